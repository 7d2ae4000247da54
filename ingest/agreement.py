"""Whether two texts that are worded alike tell the same: where they differ in numbers, names or days they tell of two
things in one form of words, as a month's figures do, or the same storm in two towns.

A sentence's form is its words with the numbers, names and days left open. Two sentences of one form that fill it
differently disagree; sentences that are worded otherwise say nothing of each other, so that what was cut, added or
sub-edited is no disagreement.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from ingest.chunk import sentences
from ingest.language.dates.grammar import CALENDAR_WORDS
from ingest.language.quantities import SMALL_NUMBERS, TENS
from ingest.language.words import FUNCTION_WORDS

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NUMBERS = frozenset(SMALL_NUMBERS) | frozenset(TENS) | {"hundred", "thousand", "million", "billion", "dozen", "half"}
#: Two spellings of a name are as alike: a correction of one is no other name.
_MISSPELT = 0.75
#: Days within which a story is corrected; a report that comes every week is no correction of the last.
WITHIN = 3
#: Words of a form at least: "He did not" is one of anything.
_FEWEST = 3


class Kind(StrEnum):
    """What sentences of one form may differ in."""

    NUMBER = "number"
    NAME = "name"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class _Filled:
    """A sentence's form, and what it is filled with."""

    form: tuple[str, ...]
    with_: tuple[tuple[Kind, str], ...]


def disagreements(first: Iterable[str], second: Iterable[str]) -> frozenset[Kind]:
    """What sentences of one form differ in, of those of two texts; each text as its parts (its headline, its body)."""
    mine, theirs = _forms(first), _forms(second)
    found: set[Kind] = set()
    for form in mine.keys() & theirs.keys():
        one, other = mine[form], theirs[form]
        for left, right in zip(sorted((one - other).elements()), sorted((other - one).elements()), strict=False):
            found |= {
                kind for (kind, word), (_, against) in zip(left, right, strict=True) if _differ(kind, word, against)
            }
    return frozenset(found)


def agree(first: str, second: str) -> bool:
    """Whether two sentences that say nearly the same name the same numbers, names and days."""
    one, other = (_facts(sentence) for sentence in (first, second))
    return not any(_unmatched(kind, one, other) and _unmatched(kind, other, one) for kind in Kind)


def _unmatched(kind: Kind, facts: dict[Kind, set[str]], others: dict[Kind, set[str]]) -> bool:
    return any(all(_differ(kind, fact, other) for other in others[kind]) for fact in facts[kind])


def same_story(kinds: frozenset[Kind], days: int | None) -> bool:
    """Whether two near-duplicates are one story in spite of what they disagree in.

    Within days of each other a figure or a day that differs is a correction: the same paper's, or a later count.
    Another name makes it another story, and so do another day and another figure together, as in a daily report.
    Later than that whatever differs does.

    Args:
        days: between their publications; None where either is undated.
    """
    if days is not None and days > WITHIN:
        return not kinds
    return Kind.NAME not in kinds and not {Kind.DAY, Kind.NUMBER} <= kinds


def _facts(sentence: str) -> dict[Kind, set[str]]:
    facts: dict[Kind, set[str]] = {kind: set() for kind in Kind}
    for kind, word in _filled(sentence, frozenset()).with_:
        facts[kind].add(word)
    return facts


def _forms(parts: Iterable[str]) -> dict[tuple[str, ...], Counter[tuple[tuple[Kind, str], ...]]]:
    """What the sentences of a text fill each form with."""
    forms: defaultdict[tuple[str, ...], Counter[tuple[tuple[Kind, str], ...]]] = defaultdict(Counter)
    listed = [span.of(part) for part in parts for span in sentences(part)]
    named = frozenset(
        word for sentence in listed for kind, word in _filled(sentence, frozenset()).with_ if kind is Kind.NAME
    )
    for sentence in listed:
        filled = _filled(sentence, named)
        if len(filled.form) >= _FEWEST + len(filled.with_) and filled.with_:
            forms[filled.form][filled.with_] += 1
    return forms


def _filled(sentence: str, named: frozenset[str]) -> _Filled:
    """The form of a sentence; its first word is a name where the text names so elsewhere (``named``)."""
    form: list[str] = []
    with_: list[tuple[Kind, str]] = []
    for at, match in enumerate(_WORD.finditer(sentence)):
        word = match[0]
        kind = _kind(word, first=at == 0, named=named)
        if kind is None:
            form.append(word.casefold())
        elif kind is Kind.NAME and form and form[-1] == Kind.NAME.value and sentence[match.start() - 1] == " ":
            with_[-1] = (kind, f"{with_[-1][1]} {word.casefold()}")  # a name of several words is one
        else:
            form.append(kind.value)
            with_.append((kind, word.casefold()))
    return _Filled(tuple(form), tuple(with_))


def _kind(word: str, *, first: bool, named: frozenset[str]) -> Kind | None:
    plain = word.casefold()
    if word[0].isdigit() or plain in _NUMBERS:
        return Kind.NUMBER
    if not word[0].isupper() or len(word) == 1:
        return None
    if plain in CALENDAR_WORDS:
        return Kind.DAY
    if plain in FUNCTION_WORDS or (first and not any(plain in name.split() for name in named)):
        return None
    return Kind.NAME


def _differ(kind: Kind, one: str, other: str) -> bool:
    if one == other:
        return False
    return kind is not Kind.NAME or not _one_name(one, other)


def _one_name(one: str, other: str) -> bool:
    """Whether two names may be one: a part of the other, or written otherwise."""
    mine, theirs = set(one.split()), set(other.split())
    return bool(mine & theirs) or SequenceMatcher(None, one, other, autojunk=False).ratio() >= _MISSPELT
