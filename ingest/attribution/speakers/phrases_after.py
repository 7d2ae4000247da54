"""Who speaks, after the cue: "said **Phil Musser of the firm IMGE** on Tuesday"."""

from __future__ import annotations

from ingest.attribution.lexicon import (
    DAYS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
)
from ingest.attribution.speakers.phrases import BORDERS, LONGEST, Range, names_a_description
from ingest.attribution.tokens import Reading, Unit
from ingest.attribution.verbs import is_adverb, is_verb
from ingest.language.roles import OFFICES, ROLES
from ingest.language.words import word_set


def following(reading: Reading, unit: Unit, first: int) -> Range | None:
    """The noun phrase that begins at ``first``: "said **Phil Musser of the firm IMGE** on Tuesday"."""
    at = first
    if at >= unit.last or reading.word[at] in BORDERS or reading.quote[at] != reading.quote[first - 1]:
        return None
    if reading.word[at] in PRONOUNS:
        return at, at + 1
    if reading.word[at] in PREPOSITIONS or reading.word[at] in SUBORDINATORS or is_adverb(reading.word[at]):
        return None
    while at < unit.last and at - first < LONGEST:
        word = reading.word[at]
        if reading.quote[at] != reading.quote[first]:
            break
        if word == "(":
            close = next((t for t in range(at, min(at + 8, unit.last)) if reading.word[t] == ")"), 0)
            if not close:
                break
            at = close + 1
            continue
        if word == "," and (named := _name_behind(reading, unit, first, at)):
            at = named
            break
        if word == "," and apposition(reading, unit, at):
            at = apposition(reading, unit, at)
            continue
        if word in BORDERS or word in SUBORDINATORS or word in RELATIVES or word in DAYS:
            break
        if (
            word in PREPOSITIONS
            and word not in ("of", "for", "from", "with", "at")
            and not (
                word == "in" and at + 1 < unit.last and reading.capital(at + 1) and reading.word[at - 1] in OFFICES
            )
        ):
            break
        if at > first and (is_verb(reading, at) or (reading.word[at].endswith("ing") and not reading.capital(at))):
            break
        at += 1
    while at > first and reading.word[at - 1] in (",", "and", "with", "for", "of", "at", "from"):
        at -= 1
    return (first, at) if at > first else None


def _name_behind(reading: Reading, unit: Unit, first: int, comma: int) -> int:
    """Where the name behind a description ends, "said the mayor, **Ada Lund**."; 0 where there is none."""
    at = comma + 1
    while at < unit.last and reading.capital(at) and reading.quote[at] == reading.quote[comma]:
        at += 1
    closed = at >= unit.last or reading.word[at] in BORDERS
    return at if closed and names_a_description(reading, first, at) else 0


_OPENS_APPOSITION = ROLES | word_set("a an the head who which of whose former")


def apposition(reading: Reading, unit: Unit, comma: int) -> int:
    """Where an apposition after a comma ends ("…, a professor at Yale"), or 0 where none begins."""
    at = comma + 1
    if at >= unit.last or reading.quote[at] != reading.quote[comma]:
        return 0
    word = reading.word[at]
    linked = at + 1 < unit.last and reading.word[at + 1] in ("at", "of", "for") and not is_verb(reading, at)
    if not (linked or word in _OPENS_APPOSITION or word[:1].isdigit() or word.startswith(("r-", "d-"))):
        return 0
    while at < unit.last and at - comma < LONGEST:
        if reading.quote[at] != reading.quote[comma] or reading.word[at] in BORDERS:
            return at
        at += 1
    return at
