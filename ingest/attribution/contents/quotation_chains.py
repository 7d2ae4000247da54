"""Quotations without a cue of their own: those that go on after an attributed one, and those that nobody took."""

from __future__ import annotations

from ingest.attribution.candidate import Draft
from ingest.attribution.contents.complements import characters
from ingest.attribution.speakers.phrases import before
from ingest.attribution.tokens import Reading, Unit
from ingest.attribution.verbs import is_verb, verb_group


def join(reading: Reading, units: list[tuple[Unit, list[Draft]]]) -> None:
    """Give every unit that is a quotation and nothing else to the speaker before it, in place.

    In the same paragraph, or where a quotation runs on from the paragraph before, it goes on with that attribution;
    a quotation that fills the next paragraph is one more attribution to the same speaker.
    """
    last: Draft | None = None
    paragraph = -1
    for unit, drafts in units:
        name = _names_its_speaker(reading, unit)
        if name is not None:
            content = characters(reading, name[1] + 1, unit.last)
            if content:
                last = Draft("transcript", unit, (name[1], name[1] + 1), name, [content], lemma=":")
                drafts[:] = [last, *(d for d in drafts if d.rule != "colon")]
                paragraph = unit.paragraph
            continue
        if last is not None and last.rule == "transcript" and unit.paragraph == paragraph:
            if content := characters(reading, unit.first, unit.last):
                last.contents.append(content)
            continue
        opening = _opening(reading, unit)
        lone = opening >= 0 and not _taken(reading, opening, drafts) and _long(reading, unit)
        if lone and last is not None:
            held = reading.quotes[reading.quote[opening]]
            content = characters(reading, unit.first, unit.last)
            if content and last.rule != "lead" and (unit.paragraph == paragraph or held.continued):
                last.contents.append(content)
                paragraph = unit.paragraph
                continue
            if content and last.rule == "lead":
                last = Draft("colon", unit, last.cue, last.speaker, [content], lemma=":")
                drafts.append(last)
                paragraph = unit.paragraph
                continue
            if content and unit.paragraph == paragraph + 1 and quoted_whole(reading, unit):
                last = Draft("follows", unit, last.cue, last.speaker, [content], lemma=last.lemma)
                drafts.append(last)
                paragraph = unit.paragraph
                continue
        if reading.word[unit.last - 1] == ":" and (lead := _leads(reading, unit)) is not None:
            last, paragraph = lead, unit.paragraph
            continue
        speaking = sorted((d for d in drafts if _quotes_to_the_end(reading, unit, d)), key=lambda d: d.cue)
        quoting = [d for d in speaking if d.rule in ("beside", "quotation") and _quotes(reading, d)]
        if speaking:
            last, paragraph = (quoting or speaking)[-1], unit.paragraph
        elif drafts or unit.paragraph != paragraph:
            last = None


def _leads(reading: Reading, unit: Unit) -> Draft | None:
    """ "Mr Peskov made the following comment:": a cue whose quotation is the next unit."""
    for token in range(unit.first + 1, unit.last):
        if is_verb(reading, token) and reading.quote[token] < 0:
            speaker = before(reading, unit, verb_group(reading, unit, token)[0])
            return Draft("lead", unit, (token, unit.last), speaker) if speaker else None
    return None


def _long(reading: Reading, unit: Unit) -> bool:
    """Whether most of a unit stands in quotation marks."""
    inside = sum(held >= 0 for held in reading.quote[unit.first : unit.last])
    return 2 * inside > unit.last - unit.first


def _opening(reading: Reading, unit: Unit) -> int:
    """The first token in quotation marks, where no more than a word or two stands before it; or -1."""
    for token in range(unit.first, min(unit.first + 3, unit.last)):
        if reading.quote[token] >= 0:
            return token
    return -1


def _taken(reading: Reading, token: int, drafts: list[Draft]) -> bool:
    """Whether a draft holds a token."""
    return any(a <= reading.start[token] < b for d in drafts for a, b in d.contents)


def _quotes(reading: Reading, draft: Draft) -> bool:
    return any(reading.quotes_in(*content) for content in draft.contents)


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


def _names_its_speaker(reading: Reading, unit: Unit) -> tuple[int, int] | None:
    """The name at the front of a transcript's line: "WALLACE: …"."""
    first = unit.first
    while first < unit.last and not reading.word[first][:1].isalnum():
        first += 1
    if first > unit.first + 1:
        return None
    at = first
    while at < unit.last and at - first < 4 and reading.text[reading.start[at] : reading.end[at]].isupper():
        at += 1
    if at == first or at + 1 >= unit.last or reading.word[at] != ":" or reading.word[first][0].isdigit():
        return None
    if reading.end[at - 1] - reading.start[first] < 4:
        return None
    return first, at
