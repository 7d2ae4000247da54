"""The rules of one unit, in order: cues beside their content first, then the others, each with what is left to it.

A quotation beside a cue is taken by it first, whatever verbs the quotation holds.
"""

from __future__ import annotations

from itertools import compress

from ingest.attribution.candidate import Draft
from ingest.attribution.contents.complements import in_scope
from ingest.attribution.cues.after import asides, beside
from ingest.attribution.cues.before import governing
from ingest.attribution.cues.other import according, adjective, noun, put_it, reportedly, seeming, unlisted
from ingest.attribution.lexicon import (
    ADJECTIVES,
    ALL_VERBS,
    NOUNS,
    REPORTEDLY,
    SEEMING,
    VERBS,
)
from ingest.attribution.speakers.phrases import Range
from ingest.attribution.tokens import Reading, Unit
from ingest.language.lexicon import Entry
from ingest.language.words import word_set


def in_unit(reading: Reading, unit: Unit) -> list[Draft]:
    """Every attribution in the making whose cue stands in the unit, likely or not."""
    drafts: list[Draft] = []
    stand_beside: list[tuple[int, Entry, Range | None, int, int]] = []
    others: list[int] = []
    word, quote = reading.word, reading.quote
    listed = compress(range(unit.first, unit.last), map(_CUES.__contains__, word[unit.first : unit.last]))
    cues = [t for t in listed if quote[t] < 0]
    if not cues:
        return drafts
    for token in cues:
        verb = VERBS.get(word[token])
        if verb is not None and "q" in verb.frames and (found := beside(reading, unit, token, verb)):
            stand_beside.append((token, verb, *found))
        else:
            others.append(token)
    asides(reading, unit, stand_beside, drafts)
    holes = sorted(d.cue[0] if d.speaker is None else min(d.cue[0], d.speaker[0]) for d in drafts)
    previous: Range | None = None
    for token in others:
        limit = next((h for h in holes if h > token), unit.last)
        limit = _front_limit(reading, unit, token, limit)
        draft = _governing_or_other(reading, unit, token, limit, previous, drafts)
        if draft is not None and (draft.contents or draft.begin >= 0):
            drafts.append(draft)
            if word[token] in VERBS:
                previous = draft.speaker or previous
    return drafts


def _governing_or_other(
    reading: Reading, unit: Unit, token: int, limit: int, previous: Range | None, drafts: list[Draft]
) -> Draft | None:
    """What the cue at a token attributes by the first rule that fits."""
    word = reading.word[token]
    if word == "according":
        return according(reading, unit, token)
    verb = ALL_VERBS.get(word)
    if verb is not None and (draft := governing(reading, unit, token, verb, limit, previous)):
        return draft
    if word in ("put", "puts"):
        return put_it(reading, unit, token)
    if word in ("that", ":"):
        return unlisted(reading, unit, token, limit, _begun(reading, drafts))
    for listed, rule in ((NOUNS, noun), (SEEMING, seeming), (ADJECTIVES, adjective)):
        if word in listed:
            return rule(reading, unit, token, limit)
    return reportedly(reading, unit, token) if word in REPORTEDLY else None


def _begun(reading: Reading, drafts: list[Draft]) -> set[int]:
    """Where the contents begin that are taken."""
    return {d.contents[0][0] if d.contents else reading.start[d.begin] for d in drafts}


#: Every word that a rule looks at.
_CUES = frozenset(ALL_VERBS) | NOUNS | SEEMING | ADJECTIVES | REPORTEDLY | word_set("according that : put puts")


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


_FRONTING = word_set(
    "when while after before if although though as since asked for because once whatever despite contrary"
)
