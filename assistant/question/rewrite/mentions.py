"""What a text mentions that a later "he", "it", "they" or "there" can stand for.

There is no parser here: a noun phrase is an article and the few words behind it, up to a word that ends phrases. What
is found is therefore only offered, and what does not fit is left to the reader of the whole question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from ingest.language.gazetteer import bundled
from ingest.language.names import names
from ingest.language.roles import BODIES, GENERIC, ROLES
from ingest.language.words import FUNCTION_WORDS, SPEECH_VERBS, word_set, words


class Kind(Enum):
    """What a mention is, as far as its words show."""

    PERSON = "person"
    COUNTRY = "country"
    BODY = "body"  # a ministry, a company, a union
    PLACE = "place"
    THING = "thing"
    THINGS = "things"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One mention: its words with their article, where it begins, and whether it is the subject of a question."""

    text: str
    kind: Kind
    start: int
    subject: bool = False

    @property
    def end(self) -> int:
        """The code point behind it."""
        return self.start + len(self.text)

    @property
    def again(self) -> str:
        """The words for a second mention: "a plan" is "the plan" then."""
        return re.sub(r"^(?:an?|the)\s", "the ", self.text, flags=re.IGNORECASE)

    @property
    def plural(self) -> bool:
        """Whether "they" is its natural pronoun."""
        return self.kind is Kind.THINGS or " and " in self.text


_AUXILIARY = re.compile(
    r"\b(?P<do>do|does|did|will|would|can|could|should|has|have|had)\s|\b(?P<be>is|are|was|were)\s", re.IGNORECASE
)
_ARTICLE = re.compile(r"\b(?:the|a|an)\s", re.IGNORECASE)
_POSSESSOR = re.compile(r"\b[A-Z][\w.-]+['’]s?\s(?=\w)")
_BARE_PLURAL = re.compile(r"(?<![\w'’-])[a-z]{3,}s\b(?!['’])")
_TOKEN = re.compile(r"(?:[A-Z]\.)+|[\w’'&.-]*\w")
_STOP = FUNCTION_WORDS | SPEECH_VERBS | word_set("want wants wanted happen happened begin began start started")
_PARTICIPLE = re.compile(r"(?:\w{3,}ed|held|set|built|made|found|hit|shot|born|known|seen|sent|won|lost|paid|sold)$")
_PEOPLE = word_set("people police men women children troops media staff")
_UNITS = word_set("seconds minutes hours days weeks months years decades times metres meters miles dollars euros")
_PERSONS = ROLES | word_set("boy girl man woman teacher player driver expert")
_BODIES = BODIES | word_set("team nato eu un")
_IN_PLACE = re.compile(r"\b(?:in|at|near|outside)\s+(?:the\s+)?$", re.IGNORECASE)


def mentions(text: str) -> list[Mention]:
    """The mentions of a text, in order: names, noun phrases, and countries however they are spelled."""
    subject_at = _subject_start(text)
    found: list[Mention] = []
    found += _phrases(text, _POSSESSOR)
    possessed = len(found)  # beside the possessor, who is a mention too
    for mention in (*_phrases(text, _ARTICLE), *_named(text), *_bare_plurals(text), *_lower_case(text, subject_at)):
        if not any(mention.start < other.end and other.start < mention.end for other in found[possessed:]):
            found.append(mention)
    found.sort(key=lambda m: m.start)
    joined = list(_coordinated(text, found))
    return [_as_subject(m, subject_at) for m in joined]


def _as_subject(mention: Mention, subject_at: int | None) -> Mention:
    subject = subject_at is not None and mention.start == subject_at
    return Mention(text=mention.text, kind=mention.kind, start=mention.start, subject=subject)


def _subject_start(text: str) -> int | None:
    """Where the subject of a question begins: behind its first auxiliary."""
    auxiliary = _AUXILIARY.search(text)
    return auxiliary.end() if auxiliary and text.rstrip().endswith("?") else None


def _phrases(text: str, opening: re.Pattern[str]) -> Iterator[Mention]:
    """An article or a possessor with the words behind it: "the Kessa vaccine", "Kerry's trip"."""
    for article in opening.finditer(text):
        tokens: list[re.Match[str]] = []
        at = article.end()
        while len(tokens) < 5 and (token := _TOKEN.match(text, at)):
            if token[0].lower() in _STOP or (tokens and token[0].endswith("ly")):
                break
            tokens.append(token)
            if not text[token.end() : token.end() + 1].isspace():
                break
            at = token.end() + 1
        tokens = _without_verb(text, article.start(), tokens)
        if tokens and words(tokens[-1][0]):
            phrase = text[article.start() : tokens[-1].end()]
            yield Mention(text=phrase, kind=_kind(phrase), start=article.start())


def _without_verb(text: str, start: int, tokens: list[re.Match[str]]) -> list[re.Match[str]]:
    """A phrase right behind "did" or "was" ends before the verb: "did the monitors find", "was the village shelled"."""
    auxiliaries = list(_AUXILIARY.finditer(text[:start]))
    auxiliary = auxiliaries[-1] if auxiliaries else None
    if auxiliary is None or auxiliary.end() != start or len(tokens) < 2:
        return tokens
    following = _TOKEN.match(text, tokens[-1].end() + 1)
    stopped_at_verb = following is not None and following[0].lower() in SPEECH_VERBS | {
        "do",
        "want",
        "happen",
        "begin",
        "start",
    }
    if auxiliary["do"] and not stopped_at_verb:
        return tokens[:-1]
    return tokens[:-1] if auxiliary["be"] and _PARTICIPLE.search(tokens[-1][0]) else tokens


def _kind(phrase: str) -> Kind:
    listed = words(phrase)
    head = listed[-1]
    if bundled().country(" ".join(listed[1:])):
        return Kind.COUNTRY
    if head in _PERSONS:
        return Kind.PERSON
    if head in _BODIES or phrase.split()[-1].isupper():
        return Kind.BODY
    plural = head in _PEOPLE or (head.endswith("s") and not head.endswith(("ss", "us", "is")))
    return Kind.THINGS if plural else Kind.THING


def _named(text: str) -> Iterator[Mention]:
    for name in names(text):
        listed = set(name.words)
        if name.country:
            kind = Kind.COUNTRY
        elif listed & _BODIES or listed <= GENERIC:
            kind = Kind.BODY
        else:
            kind = Kind.PLACE if _IN_PLACE.search(text[: name.start]) else Kind.PERSON
        yield Mention(text=name.text, kind=kind, start=name.start)


def _lower_case(text: str, subject_at: int | None) -> Iterator[Mention]:
    """For who types without capitals: countries, and the one word behind "did"."""
    if any(c.isupper() for c in text[1:]):
        return
    for token in re.finditer(r"[\w.'’-]+", text):
        key = list(bundled().countries(words(token[0])))
        if key and token[0].lower() not in ("us", "polish"):
            yield Mention(text=token[0], kind=Kind.COUNTRY, start=token.start())
    subject = _TOKEN.match(text, subject_at) if subject_at is not None else None
    if subject and subject[0].lower() not in _STOP:
        yield Mention(text=subject[0], kind=Kind.PERSON, start=subject.start())


def _bare_plurals(text: str) -> Iterator[Mention]:
    """ "sanctions", "exports": plural nouns without an article; not the verb behind "who"."""
    for word in _BARE_PLURAL.finditer(text):
        before = text[: word.start()].lower().split()[-1:]
        if (
            word[0] not in _STOP | _UNITS
            and not word[0].endswith(("ss", "us", "is"))
            and before not in (["who"], ["what"], ["it"])
        ):
            yield Mention(text=word[0], kind=Kind.THINGS, start=word.start())


def _coordinated(text: str, found: list[Mention]) -> Iterator[Mention]:
    """ "Kerry and Putin" is one mention for "they", beside its two parts for "he"."""
    for i, mention in enumerate(found):
        following = found[i + 1] if i + 1 < len(found) else None
        if following and text[mention.end : following.start] == " and " and mention.kind is following.kind:
            yield Mention(text=text[mention.start : following.end], kind=Kind.THINGS, start=mention.start)
        yield mention
