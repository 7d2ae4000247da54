"""Whether two statements conflict, and on what: a denial of what the other says, another cause, another number.

Cheap signs that can be explained, not proofs. Invariants: two statements conflict only where they are of different
speakers and share words beyond those that say that somebody spoke; nothing is a conflict because the topic is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.citing.evidence import AttributedSentence, Evidence
from assistant.question.answer_type import AnswerType
from assistant.question.query import Query
from assistant.types import ConflictKind
from assistant.verification.polarity import negation_differs
from ingest.language.dates.mentions import blanked, day_mentions
from ingest.language.lexicon import SPEECH, verbs
from ingest.language.quantities import Quantity, match, quantities
from ingest.language.words import FUNCTION_WORDS, content_stems, stem, word_set, words

#: Days between two reports within which their numbers may be of one thing.
_ONE_STORY = 31
#: Words that name what two statements conflict on, at most.
_ABOUT = 5
#: Two causes that share more of their words than this are one.
_ALIKE = 0.6
#: Characters before a denial of "it" in which the statement stands that it denies.
_BEFORE = 300

#: What marks a cause: conjunctions and verbs of causing, beginning and blaming, and the conditional that is contrary to
#: fact ("if there had been no …", "had it not been for …", "without …").
_CAUSE = re.compile(
    r"\b(?:because|(?:due|owing|thanks|response|reaction|led) to|in the wake of|result(?:s|ed)? (?:of|from)"
    r"|brought about"
    r"|caus(?:e[sd]?|ing)|blam(?:e[sd]?|ing)|provok(?:e[sd]?|ing)|prompt(?:s|ed|ing)?|trigger(?:s|ed|ing)?"
    r"|(?:start|began|beg[iu]n|came|stem)\w*\s+(?:with|first|from)|initiat\w+|responsible|fault|reasons?"
    r"|(?:if|had|were)\b[^.,;]{1,25}\b(?:no|not|never)\b|\w+n[’']t been for|but for|without|fired (?:from|by|on))\b",
    re.I,
)
_DEAD = word_set("dead died die dies killed kills kill killing death deaths toll fatalities")
_HURT = word_set("hurt injured injuries wounded wounding casualties")
_NO_UNIT = word_set("about according nearly almost least estimated number total said say says percent per cent")
#: Words of a question that only say that there are two sides.
_SIDES = frozenset(map(stem, ("two", "side", "sides", "party", "parties")))


@lru_cache(maxsize=1024)
def _stems(text: str) -> frozenset[str]:
    """The stems of what was said, without verbs of speech."""
    return frozenset(content_stems(text)) - _speaking()


@lru_cache(maxsize=1)
def _speaking() -> frozenset[str]:
    return frozenset(map(stem, verbs(*SPEECH)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflicts:
    """Tells how the sentences of one question's evidence conflict.

    Two causes are of one event where the question asks for its cause.
    """

    query: Query

    def against(self, number: int, evidence: Evidence) -> list[int]:
        """The numbers of the sentences that conflict with that sentence."""
        mine = evidence.sentences[number - 1]
        return [other.number for other in evidence.sentences if other is not mine and self.between(mine, other)]

    def between(self, one: AttributedSentence, other: AttributedSentence) -> tuple[ConflictKind, str] | None:
        """How two sentences conflict and on what, in words that they share; None where they do not."""
        if one.voice == other.voice:
            return None
        denied = _denied(one, other) or _denied(other, one)
        if denied:
            return ConflictKind.DENIAL, denied
        number = _other_number(one, other)
        if number:
            return ConflictKind.NUMBER, number
        cause = self._other_cause(one, other)
        return (ConflictKind.CAUSE, cause) if cause else None

    def _other_cause(self, one: AttributedSentence, other: AttributedSentence) -> str:
        if not one.sides or not other.sides or one.sides & other.sides:
            return ""  # two that speak for one side, or may, give parts of one account
        if not (_CAUSE.search(one.text) and _CAUSE.search(other.text)):
            return ""
        mine, others = _stems(one.content), _stems(other.content)
        if len(mine & others) > _ALIKE * min(len(mine), len(others)):
            return ""
        if not self._asks_for_a_cause:
            return _words_of(one.content, mine & others) if len(mine & others) >= 3 else ""
        plain = _CAUSE.sub(" ", self.query.text)
        listed = words(plain)
        named = {stem(w) for start, end, _ in self.query.gazetteer.countries(listed) for w in listed[start:end]}
        return _words_of(plain, _stems(plain) - named - _SIDES) or "cause"

    @property
    def _asks_for_a_cause(self) -> bool:
        """ "Why …", "what caused …", and "who began …", which is disputed for that."""
        kind = self.query.answer_type
        by_whom = kind is AnswerType.PERSON and self.query.disputed
        return kind is AnswerType.REASON or by_whom or _CAUSE.search(self.query.text) is not None


def _denied(denial: AttributedSentence, claim: AttributedSentence) -> str:
    """What ``denial`` denies of what ``claim`` says; empty where nothing."""
    if denial.claim is None and claim.claim is None:
        return ""
    if denial.denied is not None and claim.denied is None:
        stems = _stems(denial.denied)
        shared = stems & _stems(claim.content)
        if len(stems) <= 2 and (shared or not stems):  # "denied it", "denied that any such offer had been made"
            apart = denial.span.start - claim.span.start
            near = denial.passage.article_id == claim.passage.article_id and 0 < apart < _BEFORE
            if near and claim.claim is not None:
                return _words_of(claim.content, shared or _stems(claim.content))
        return _words_of(denial.denied, shared) if len(shared) >= 2 and 2 * len(shared) >= len(stems) else ""
    if denial.denied is None and claim.denied is None and negation_differs(denial.content, [claim.content]):
        shared = _stems(denial.content) & _stems(claim.content)
        return _words_of(denial.content, shared) if len(shared) >= 2 else ""
    return ""


def _other_number(one: AttributedSentence, other: AttributedSentence) -> str:
    if one.day and other.day and abs((one.day - other.day).days) > _ONE_STORY:
        return ""
    mine, others = list(_counted(one.text)), list(_counted(other.text))
    for units, quantity in mine:
        same = [
            (shared, found) for theirs, found in others if (shared := units & theirs) and found.kind == quantity.kind
        ]
        if not same or any(match(quantity, [q]) or match(q, [quantity]) for _, q in same):
            continue
        context = (_stems(one.content) & _stems(other.content)) - same[0][0]
        if len(context) >= 2:
            return _words_of(one.text, same[0][0] | context)
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
