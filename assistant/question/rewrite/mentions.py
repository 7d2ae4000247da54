"""What a text mentions that a later "he", "they", "there" or "And Kyiv?" can refer to.

There is no parser here: a noun phrase is a name, or an article with the few words behind it up to a word that ends
phrases. Who reads the mentions takes one only where no other fits.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum

from ingest.language.gazetteer import Gazetteer
from ingest.language.lexicon import Act, verbs
from ingest.language.names import names
from ingest.language.roles import BODIES, GENERIC, ROLES
from ingest.language.words import FUNCTION_WORDS, words


class Kind(Enum):
    """What a mention is, as far as its words show. A name that could be a person's or a company's is a ``PERSON``."""

    PERSON = "person"
    SIDE = "side"  # a country or a body: it acts, and is no "he"
    PLACE = "place"
    THING = "thing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One mention: its words with their article, and where it begins."""

    text: str
    kind: Kind
    start: int
    proper: bool

    @property
    def end(self) -> int:
        """The code point behind it."""
        return self.start + len(self.text)

    @property
    def plural(self) -> bool:
        """Whether "they" is its natural pronoun."""
        head = words(re.split(r"\sof\s", self.text)[0])[-1]
        return not self.proper and re.search(r"[^sui]s$", head) is not None


AUXILIARY = r"(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|should)"
WH = r"(?:who|whom|whose|what|when|where|why|how|which)"
#: How a whole question, or a request, begins.
WHOLE = re.compile(
    rf"(?:{WH}|{AUXILIARY}|tell|list|name|show|give|explain|describe|(?:in|on|at|to|for|from|with|of|by|since) {WH})\b",
    re.IGNORECASE,
)
_PHRASE = re.compile(r"\b(?:the|an?)\s+|\b[A-Z][\w.-]{1,80}['’]s?\s+(?=\w)", re.IGNORECASE)
_TOKEN = re.compile(r"(?:[A-Z]\.)+|[\w’'&.-]{0,99}\w")
_OF_NAME = re.compile(r"\sof\s(?:the\s)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*")
_BEFORE_VERB = re.compile(r"\b(?:do|does|did|will|would|can|could|should)\s+$", re.I)
_IN_PLACE = re.compile(r"\b(?:in|at|near|outside|from)\s+(?:the\s+)?$", re.IGNORECASE)


def mentions(text: str, gazetteer: Gazetteer, publishers: Collection[str] = ()) -> list[Mention]:
    """The mentions of a text, in order: names, noun phrases, and countries however they are spelled.

    Args:
        publishers: folded names of the archive's publishers, which report and are no "he".
    """
    found: list[Mention] = []
    for mention in (*_phrases(text, gazetteer), *_named(text, gazetteer, publishers), *_countries(text, gazetteer)):
        if not any(mention.start < other.end and other.start < mention.end for other in found):
            found.append(mention)
    return sorted(found, key=lambda mention: mention.start)


def _phrases(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """ "the Kessa vaccine", "Kerry's trip", "the governor of Maranha"."""
    speaking = verbs(*Act) | {"do", "have"}
    for opening in _PHRASE.finditer(text):
        ends: list[int] = []
        at = opening.end()
        while len(ends) < 5 and (token := _TOKEN.match(text, at)):
            if token[0].lower() in FUNCTION_WORDS | speaking or (ends and re.search(r"(?:ly|ed)$", token[0])):
                break
            ends.append(token.end())
            if not text[token.end() : token.end() + 1].isspace():
                break
            at = token.end() + 1
        verb = text[ends[-1] :].split()[:1] if ends else []
        if len(ends) > 1 and _BEFORE_VERB.search(text[: opening.start()]) and not speaking.intersection(verb):
            ends.pop()  # "did the monitors find": behind an auxiliary the last word is the verb
        if ends:
            named = _OF_NAME.match(text, ends[-1])
            phrase = text[opening.start() : named.end() if named else ends[-1]]
            proper = re.search(r"(?<!^)[A-Z]|^[A-Z][\w.-]*['’]", phrase) is not None
            yield Mention(text=phrase, kind=_kind(phrase, gazetteer), start=opening.start(), proper=proper)


def _kind(phrase: str, gazetteer: Gazetteer) -> Kind:
    head = words(re.split(r"\sof\s", phrase)[0])[1:]
    if not head or gazetteer.country(" ".join(head)) or phrase.split()[-1].isupper() or head[-1] in BODIES:
        return Kind.SIDE
    return Kind.PERSON if head[-1] in ROLES else Kind.THING


def _named(text: str, gazetteer: Gazetteer, publishers: Collection[str]) -> Iterator[Mention]:
    for name in names(text, gazetteer):
        plain = " ".join(name.words)
        if name.country or plain in publishers or set(name.words) & GENERIC or re.fullmatch(r"[A-Z.&]{2,}", name.text):
            kind = Kind.SIDE
        else:
            kind = Kind.PLACE if _IN_PLACE.search(text[: name.start]) else Kind.PERSON
        yield Mention(text=name.text, kind=kind, start=name.start, proper=True)


def _countries(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Those typed without a capital; "us" is a pronoun."""
    for token in re.finditer(r"[\w.'’-]+", text):
        if token[0] != "us" and gazetteer.country_keys(words(token[0])):
            yield Mention(text=token[0], kind=Kind.SIDE, start=token.start(), proper=True)
