"""The rules of one unit, in order: cues beside their content first, then the others, each with what is left to it.

A quotation beside a cue is taken by it first, whatever verbs the quotation holds.
"""

from __future__ import annotations

from ingest.attribution.beside import asides, beside
from ingest.attribution.complements import in_scope
from ingest.attribution.draft import Draft
from ingest.attribution.governing import governing
from ingest.attribution.lexicon import (
    ADJECTIVES,
    NOUNS,
    REPORTEDLY,
    SEEMING,
    VERBS,
    Verb,
    words,
)
from ingest.attribution.other_cues import according, adjective, noun, put_it, reportedly, seeming, unlisted
from ingest.attribution.phrases import Range
from ingest.attribution.reading import Reading, Unit


def in_unit(reading: Reading, unit: Unit) -> list[Draft]:
    """Every attribution whose cue stands in the unit."""
    drafts: list[Draft] = []
    stand_beside: list[tuple[int, Verb, Range | None, int, int]] = []
    others: list[int] = []
    for token in range(unit.first, unit.last):
        if not in_scope(reading, unit, token):
            continue
        word = reading.word[token]
        verb = VERBS.get(word)
        if verb is not None and "q" in verb.frames and (found := beside(reading, unit, token, verb)):
            stand_beside.append((token, verb, *found))
        elif (
            verb is not None
            or word in NOUNS
            or word in SEEMING
            or word in ADJECTIVES
            or word in REPORTEDLY
            or word == "according"
            or word in ("that", ":", "put", "puts")
        ):
            others.append(token)
    asides(reading, unit, stand_beside, drafts)
    holes = sorted(d.cue[0] if d.speaker is None else min(d.cue[0], d.speaker[0]) for d in drafts)
    previous: Range | None = None
    for token in others:
        limit = next((h for h in holes if h > token), unit.last)
        word = reading.word[token]
        limit = _front_limit(reading, unit, token, limit)
        draft: Draft | None
        if word == "according":
            draft = according(reading, unit, token)
        elif word in VERBS and (draft := governing(reading, unit, token, VERBS[word], limit, previous)):
            previous = draft.speaker or previous
        elif word == "put" or word == "puts":
            draft = put_it(reading, unit, token)
        elif word == "that" or word == ":":
            draft = unlisted(reading, unit, token, limit, {d.contents[0][0] for d in drafts if d.contents})
        elif word in NOUNS:
            draft = noun(reading, unit, token, limit)
        elif word in SEEMING:
            draft = seeming(reading, unit, token, limit)
        elif word in ADJECTIVES:
            draft = adjective(reading, unit, token, limit)
        elif word in REPORTEDLY:
            draft = reportedly(reading, unit, token)
        else:
            draft = None
        if draft is not None and draft.contents:
            drafts.append(draft)
    return drafts


def _front_limit(reading: Reading, unit: Unit, token: int, limit: int) -> int:
    """Where a cue's content must end that stands in a clause at the front: "When Trump said that …, Rubio …"."""
    if reading.word[unit.first] not in _FRONTING or token - unit.first > 12:
        return limit
    if "," in reading.word[unit.first : token]:
        return limit
    held = reading.quote
    for at in range(token + 2, limit):
        if reading.word[at] == "," and in_scope(reading, unit, at):
            return at
        if held[at] >= 0 and at + 1 < limit and held[at + 1] < 0 and reading.word[at - 1] == ",":
            return at + 1
    return limit


_FRONTING = words(
    "when while after before if although though as since asked for because once whatever despite contrary"
)
