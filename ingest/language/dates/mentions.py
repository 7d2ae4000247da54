"""Days, months and years that a text mentions, and whether an article's sentence bears a mentioned day out.

Invariant: a month's name alone is a date only where the words around it say so; "may" and "march" are verbs first.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.language.dates.grammar import (
    DAY_MONTH,
    ISO,
    MONTH_DAY,
    MONTH_YEAR,
    PLAIN_MONTHS,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    date_or_none,
    day_number,
    month_number,
)

#: Behind these a capital tells the month from the verb.
_TIME_WORDS = ("in", "since", "until", "by", "last", "early", "late")
_BEHIND_TIME = "|".join(rf"(?<=\b(?i:{word})\s)" for word in _TIME_WORDS)
_MONTH_ALONE = rf"{'|'.join(map(str.capitalize, PLAIN_MONTHS))}|August|(?:{_BEHIND_TIME})(?:May|March)"
_PATTERNS = (
    re.compile(ISO, re.I),
    re.compile(rf"\b{DAY_MONTH}", re.I),
    re.compile(MONTH_DAY, re.I),
    re.compile(rf"\b{MONTH_YEAR}", re.I),
    re.compile(rf"\b(?P<month>{_MONTH_ALONE})\b"),
    re.compile(rf"(?:(?<![\d$€£.,/:-])|(?<=\b\d{{4}}[-–]))(?P<year>{YEAR})(?![\d%]|[.,:]\d|-\d\d?\b)\b"),
    re.compile(rf"\b(?P<weekday>{WEEKDAY})\b", re.I),
)
_RELATIVE = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_RELATIVE_WORD = re.compile(r"\b(today|tonight|yesterday|tomorrow)\b", re.I)
_RELATIVE_YEAR = {"last year": -1, "this year": 0, "next year": 1, "a year ago": -1, "a year earlier": -1}


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMention:
    """What a text says of a date; ``weekday`` runs from 0, Monday. ``start`` and ``end`` are its place in the text."""

    text: str
    year: int | None
    month: int | None
    day: int | None
    weekday: int | None
    start: int
    end: int


def day_mentions(text: str) -> list[DayMention]:
    """The dates mentioned in a text, in order, without overlap; impossible ones (30 February) are none."""
    taken: list[tuple[int, int]] = []
    found: list[DayMention] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            mention = _mention(match)
            if mention is not None:
                taken.append(match.span())
                found.append(mention)
    return sorted(found, key=lambda m: m.start)


def _mention(match: re.Match[str]) -> DayMention | None:
    parts = match.groupdict()
    year = int(parts["year"]) if parts.get("year") else None
    month = month_number(parts["month"]) if parts.get("month") else None
    day = day_number(parts["day"]) if parts.get("day") else None
    weekday = WEEKDAYS[parts["weekday"].lower()] if parts.get("weekday") else None
    if month and day and date_or_none(year or 2000, month, day) is None:
        return None
    return DayMention(
        text=match[0], year=year, month=month, day=day, weekday=weekday, start=match.start(), end=match.end()
    )


def bears_out(stated: DayMention, evidence: str, published: dt.date | None) -> bool:
    """Whether a sentence of an article of that day bears a stated date out.

    The article's own day counts: a report of 12 May that says nothing else tells of 12 May, and its "Tuesday" is the
    nearest Tuesday.
    """
    days = [day for other in day_mentions(evidence) for day in _readings(other, published)]
    days += list(_relative(evidence, published))
    own_day = any(len(day) == 1 or day[-1] is not None for day in days)
    # A sentence that gives a day of its own does not tell of the day of publication.
    if published is not None and not (own_day and (stated.day is not None or stated.weekday is not None)):
        days.append((published.year, published.month, published.day))
    return any(_agrees(stated, day) for day in days)


Reading = tuple[int | None, int | None, int | None]


def _readings(mention: DayMention, published: dt.date | None) -> Iterator[Reading | tuple[int]]:
    if mention.weekday is None:
        year = mention.year
        if year is None and published is not None and mention.month is not None:
            # The year that brings the date nearest to the article's day.
            year = min(
                (published.year + shift for shift in (-1, 0, 1)),
                key=lambda y: abs((y - published.year) * 12 + (mention.month or 0) - published.month),
            )
        yield year, mention.month, mention.day
    elif published is None:
        yield (mention.weekday,)
    else:
        for shift in range(-7, 8):
            day = published + dt.timedelta(days=shift)
            if day.weekday() == mention.weekday:
                yield day.year, day.month, day.day


def _relative(evidence: str, published: dt.date | None) -> Iterator[Reading]:
    if published is None:
        return
    for match in _RELATIVE_WORD.finditer(evidence):
        day = published + dt.timedelta(days=_RELATIVE[match[1].lower()])
        yield day.year, day.month, day.day
    for phrase, shift in _RELATIVE_YEAR.items():
        if phrase in evidence.lower():
            yield published.year + shift, None, None


def _agrees(stated: DayMention, day: Reading | tuple[int]) -> bool:
    """Whether a reading has all that was stated; what it leaves open contradicts nothing but the finest part."""
    if len(day) == 1:
        return stated.weekday == day[0]
    year, month, date = day
    if stated.weekday is not None:
        return bool(year and month and date) and dt.date(year or 1, month or 1, date or 1).weekday() == stated.weekday
    pairs = ((stated.year, year), (stated.month, month), (stated.day, date))
    finest = date if stated.day is not None else month if stated.month is not None else year
    return finest is not None and all(said is None or had is None or said == had for said, had in pairs)


def blanked(text: str, mentions: Sequence[DayMention]) -> str:
    """The text with its dates replaced by spaces, so that their digits are not read as quantities."""
    for mention in mentions:
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    return text
