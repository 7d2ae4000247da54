"""Quotations that no cue took: "“…” — Krystal Correa", and those after a verb that no list holds."""

from __future__ import annotations

from ingest.attribution.candidate import Draft
from ingest.attribution.contents.complements import characters, clause_end, in_scope
from ingest.attribution.lexicon import (
    AUXILIARIES,
    VERBS,
)
from ingest.attribution.speakers import phrases
from ingest.attribution.speakers.phrases_after import following
from ingest.attribution.tokens import Reading, Unit
from ingest.attribution.verbs import is_verb, verb_group


def orphans(reading: Reading, unit: Unit, drafts: list[Draft]) -> None:
    """Give quotations that no cue took to the nearest verb before them, in place."""
    if max(reading.quote[unit.first : unit.last]) < 0:
        return
    token = unit.first
    while token < unit.last:
        held = reading.quote[token]
        if held < 0:
            token += 1
            continue
        first = token
        while token < unit.last and reading.quote[token] == held:
            token += 1
        begin, end = reading.start[first], reading.end[token - 1]
        if token - first < 6 or any(a <= begin and end <= b for d in drafts for a, b in d.contents):
            continue
        draft = (
            _dash(reading, unit, first, token)
            or _beside_unlisted(reading, unit, first, token)
            or _orphan(reading, unit, first, token)
        )
        if draft is not None:
            drafts.append(draft)


def _dash(reading: Reading, unit: Unit, first: int, last: int) -> Draft | None:
    """ "“…” — Krystal Correa": a quotation and its source."""
    if (
        last + 1 < unit.last
        and reading.word[last] in ("―", "—", "–", "--", "-")
        and unit.last - last < 14
        and reading.capital(last + 1)
    ):
        end = unit.last
        while end > last + 1 and not reading.word[end - 1][:1].isalnum():
            end -= 1
        content = characters(reading, first, last)
        if content and end > last + 1:
            return Draft("dash", unit, (last, last + 1), (last + 1, end), [content], lemma="—")
    return None


def _beside_unlisted(reading: Reading, unit: Unit, first: int, last: int) -> Draft | None:
    """ "“The third,” Mr Fenn corrected her": any verb after a quotation that a comma or a question ends."""
    if not reading.text[reading.start[first] : reading.end[last - 1]].rstrip("\"'”’»“").endswith((",", "?", "!")):
        return None
    if last < unit.last and is_verb(reading, last) and reading.word[last] not in AUXILIARIES:
        speaker, content = following(reading, unit, last + 1), characters(reading, first, last)
        if speaker and content:
            return Draft("beside", unit, (last, last + 1), speaker, [content], lemma=reading.word[last])
    for verb in range(last + 1, min(last + 8, unit.last)):
        word = reading.word[verb]
        if not in_scope(reading, unit, verb) or word in (",", ";", ":", "."):
            return None
        if is_verb(reading, verb) and word not in AUXILIARIES:
            speaker = phrases.after_quotation(reading, unit, verb)
            content = characters(reading, first, last)
            if speaker is None or content is None:
                return None
            return Draft("beside", unit, (verb, verb + 1), speaker, [content], lemma=word)
    return None


def _orphan(reading: Reading, unit: Unit, first: int, last: int) -> Draft | None:
    verb = first - 1
    while verb >= unit.first and first - verb < 20:
        if reading.quote[verb] >= 0 or reading.word[verb] in (";", ".", "?", "!"):
            return None
        if (is_verb(reading, verb) and reading.word[verb] not in AUXILIARIES) or reading.word[verb] in VERBS:
            break
        verb -= 1
    else:
        return None
    if verb < unit.first:
        return None
    group, passive, _ = verb_group(reading, unit, verb)
    speaker = phrases.before(reading, unit, group) if group > unit.first else None
    content = characters(reading, verb + 1, clause_end(reading, unit, verb + 1, narrow=True, limit=unit.last))
    return Draft(
        "orphan",
        unit,
        (verb, verb + 1),
        None if passive else speaker,
        [content] if content else [],
        lemma=reading.word[verb],
    )
