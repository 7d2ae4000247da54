"""Quotations without a cue of their own: those that go on after an attributed one, and those that nobody took."""

from __future__ import annotations

from ingest.attribution.complements import characters
from ingest.attribution.reading import Reading, Unit
from ingest.attribution.rules import Draft


def join(reading: Reading, units: list[tuple[Unit, list[Draft]]]) -> None:
    """Give every unit that is a quotation and nothing else to the speaker before it, in place.

    In the same paragraph, or where a quotation runs on from the paragraph before, it goes on with that attribution;
    a quotation that fills the next paragraph is one more attribution to the same speaker.
    """
    last: Draft | None = None
    paragraph = -1
    for unit, drafts in units:
        lone = not drafts and reading.quote[unit.first] >= 0 and _long(reading, unit)
        if lone and last is not None:
            held = reading.quotes[reading.quote[unit.first]]
            content = characters(reading, unit.first, unit.last)
            if content and (unit.paragraph == paragraph or held.continued):
                last.contents.append(content)
                paragraph = unit.paragraph
                continue
            if content and unit.paragraph == paragraph + 1:
                last = Draft("follows", unit, last.cue, last.speaker, [content], lemma=last.lemma)
                drafts.append(last)
                paragraph = unit.paragraph
                continue
        speaking = [d for d in drafts if _quotes_to_the_end(reading, unit, d)]
        if speaking:
            last, paragraph = speaking[-1], unit.paragraph
        elif drafts or not unit.paragraph == paragraph:
            last = None


def _long(reading: Reading, unit: Unit) -> bool:
    """Whether a quotation of several words opens the unit."""
    held = reading.quote[unit.first]
    return unit.last - unit.first > 4 and reading.quote[unit.first + 3] == held


def quoted_whole(reading: Reading, unit: Unit) -> bool:
    """Whether the unit is one quotation, give or take punctuation."""
    held = reading.quote[unit.first]
    if held < 0:
        return False
    last = unit.last - 1
    while last > unit.first and reading.quote[last] < 0 and not reading.word[last][:1].isalnum():
        last -= 1
    return reading.quote[last] == held


def _quotes_to_the_end(reading: Reading, unit: Unit, draft: Draft) -> bool:
    """Whether a draft is speech that a quotation may go on from."""
    if draft.rule == "beside" or draft.rule == "quotation":
        return True
    return draft.rule in ("that", "clause", "preposition", "object", "according")
