"""Whether two statements conflict, and on what: a denial of what the other says, another cause, another number.

Cheap signs that can be explained, not proofs. Invariants: two statements conflict only where they are of different
voices and share words beyond those that say that somebody spoke; nothing is a conflict because the topic is one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from assistant.types import ConflictKind
from assistant.verification.polarity import negation_differs
from ingest.language.dates.mentions import blanked, day_mentions
from ingest.language.gazetteer import bundled
from ingest.language.quantities import Quantity, match, quantities
from ingest.language.words import FUNCTION_WORDS, SPEECH_VERBS, content_stems, stem, word_set, words

#: Days between two reports within which their numbers may be of one thing.
_ONE_STORY = 31
#: Words that name what two statements conflict on, at most.
_ABOUT = 5
#: Two causes that share more of their words than this are one.
_ALIKE = 0.6
#: Characters before a denial of "it" in which the statement stands that it denies.
_BEFORE = 300

_CAUSE = re.compile(
    r"\b(?:because|due to|owing to|caus(?:e|ed|es|ing)|result of|blam(?:e|ed|es|ing)|provok(?:e|ed|ing)"
    r"|trigger(?:ed|s)?"
    r"|(?:start|began|beg[iu]n|came)\w*\s+(?:with|first)|response to|initiators?|responsible|led to"
    r"|brought about|in the wake of|fault|thanks to|reasons?|what caused|if there[’']d been no|fired (?:from|by|on))\b",
    re.I,
)
_DEAD = word_set("dead died die dies killed kills kill killing death deaths toll fatalities")
_HURT = word_set("hurt injured injuries wounded wounding casualties")
_NO_UNIT = word_set("about according nearly almost least estimated number total said say says percent per cent")


@dataclass(frozen=True)
class Told:
    """A statement as it is compared with others.

    Attributes:
        voice: whose it is; statements of one voice do not conflict.
        sides: the bodies and countries that are spoken for; empty where not known.
        own: whether it is an article's own statement.
        content: what was said.
        sentence: the whole cited sentence.
        denied: what it denies; None where it denies nothing, "" where only "it".
    """

    voice: str
    sides: frozenset[str]
    own: bool
    content: str
    sentence: str
    denied: str | None
    article_id: str
    start: int
    published: dt.date | None

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of what was said, without verbs of speech."""
        return frozenset(content_stems(self.content)) - _SPOKEN


_SPOKEN = frozenset(map(stem, SPEECH_VERBS))
#: Words of a question that only say that there are two sides.
_SIDES = frozenset(map(stem, ("two", "side", "sides", "party", "parties")))


def conflict(question: str, one: Told, other: Told) -> tuple[ConflictKind, str] | None:
    """How two statements conflict and on what, in words that they share; None where they do not.

    Args:
        question: two causes are of one event where the question asks for its cause.
    """
    if one.voice == other.voice:
        return None
    denied = _denied(one, other) or _denied(other, one)
    if denied:
        return ConflictKind.DENIAL, denied
    number = _other_number(one, other)
    if number:
        return ConflictKind.NUMBER, number
    cause = _other_cause(question, one, other)
    return (ConflictKind.CAUSE, cause) if cause else None


def _denied(denial: Told, claim: Told) -> str:
    """What ``denial`` denies of what ``claim`` says; empty where nothing."""
    if denial.own and claim.own:
        return ""
    if denial.denied is not None and claim.denied is None:
        stems = frozenset(content_stems(denial.denied)) - _SPOKEN
        shared = stems & claim.stems
        if len(stems) <= 2 and (shared or not stems):  # "denied it", "denied that any such offer had been made"
            near = denial.article_id == claim.article_id and 0 < denial.start - claim.start < _BEFORE
            if near and not claim.own:
                return _words_of(claim.content, shared or claim.stems)
        return _words_of(denial.denied, shared) if len(shared) >= 2 and 2 * len(shared) >= len(stems) else ""
    if denial.denied is None and claim.denied is None and negation_differs(denial.content, [claim.content]):
        shared = denial.stems & claim.stems
        return _words_of(denial.content, shared) if len(shared) >= 2 else ""
    return ""


def _other_cause(question: str, one: Told, other: Told) -> str:
    if not one.sides or not other.sides or one.sides & other.sides:
        return ""  # two that speak for one side, or may, give parts of one account
    if not (_CAUSE.search(one.sentence) and _CAUSE.search(other.sentence)):
        return ""
    shared = one.stems & other.stems
    if len(shared) > _ALIKE * min(len(one.stems), len(other.stems)):
        return ""
    if _CAUSE.search(question) or _ASKS_WHY.search(question):
        plain = _CAUSE.sub(" ", question)
        named = {stem(w) for start, end, _ in bundled().countries(words(plain)) for w in words(plain)[start:end]}
        return _words_of(plain, frozenset(content_stems(plain)) - _SPOKEN - named - _SIDES) or "cause"
    return _words_of(one.content, shared) if len(shared) >= 3 else ""


_ASKS_WHY = re.compile(r"\b(?:why|who\b[^?]*\b(?:began|started|shelled|fired|froze)|froze)\b", re.I)


def _other_number(one: Told, other: Told) -> str:
    if one.published and other.published and abs((one.published - other.published).days) > _ONE_STORY:
        return ""
    mine, others = list(_counted(one.sentence)), list(_counted(other.sentence))
    for units, quantity in mine:
        same = [
            (shared, found) for theirs, found in others if (shared := units & theirs) and found.kind == quantity.kind
        ]
        if not same or any(match(quantity, [q]) or match(q, [quantity]) for _, q in same):
            continue
        context = (one.stems & other.stems) - same[0][0]
        if len(context) >= 2:
            return _words_of(one.sentence, same[0][0] | context)
    return ""


def _counted(text: str) -> Iterator[tuple[frozenset[str], Quantity]]:
    """The numbers of a sentence and what each counts: the next words, or those of "the number of … at"."""
    plain = blanked(text, day_mentions(text))
    for quantity in quantities(plain):
        if quantity.kind == "ordinal":
            continue
        behind = [w for w in words(plain[quantity.end : quantity.end + 40])[:3] if w not in FUNCTION_WORDS]
        front = re.search(
            r"\b(?:number|toll|total|count) (?:of )?(?:the )?(\w*)[^.;]{0,20}$", plain[: quantity.start], re.I
        )
        listed = [*behind[:2], *(words(front[0]) if front else ())]
        yield frozenset(_unit(w) for w in listed if w not in FUNCTION_WORDS | _NO_UNIT), quantity


def _unit(word: str) -> str:
    return "dead" if word in _DEAD else "hurt" if word in _HURT else stem(word)


def _words_of(text: str, stems: frozenset[str]) -> str:
    """The words of a text that have these stems, in its order, each once."""
    kept: dict[str, str] = {}
    for raw in re.findall(r"[^\W_][\w’'-]*", text):
        for word in words(raw, keep_possessive=False)[:1]:
            if (stem(word) in stems or _unit(word) in stems) and word not in FUNCTION_WORDS:
                kept.setdefault(stem(word), raw)
    return " ".join(list(kept.values())[:_ABOUT])
