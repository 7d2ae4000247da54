"""Days, months and years that a text mentions, and whether an article's sentence bears a mentioned day out.

Invariant: a month's name alone is a date only where the words around it say so; "may" and "march" are verbs first.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_MONTH_NAMES = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october"]
_MONTH_NAMES += ["november", "december"]
_DAY_NAMES = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
#: Month's name or its short form, lower case -> 1 to 12.
MONTHS = {name: i for i, name in enumerate(_MONTH_NAMES, start=1)}
MONTHS |= {name[:3]: i for name, i in MONTHS.items()} | {"sept": 9}
#: Day's name, lower case -> 0 (Monday) to 6.
WEEKDAYS = {name: i for i, name in enumerate(_DAY_NAMES)}

#: A month's name; a short form may have its stop.
MONTH = rf"(?:{'|'.join(_MONTH_NAMES)}|(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?)"
WEEKDAY = rf"(?:{'|'.join(_DAY_NAMES)})"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?:1[89]|20)\d\d"

_PATTERNS = (
    re.compile(rf"\b(?P<year>{YEAR})-(?P<month_number>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?\b"),
    re.compile(rf"\b(?P<day>{DAY})(?:\s+of)?\s+(?P<month>{MONTH})(?:,?\s+(?P<year>{YEAR}))?\b", re.I),
    re.compile(rf"\b(?P<month>{MONTH})\s+(?P<day>{DAY})(?!\d|[.,:]\d|%)(?:,?\s+(?P<year>{YEAR})\b)?", re.I),
    re.compile(rf"\b(?P<month>{MONTH}),?\s+(?:of\s+)?(?P<year>{YEAR})\b", re.I),
    # Capitals tell the month from the verb: "May" and "March" here only behind a word that goes with time.
    re.compile(
        r"\b(?P<month>January|February|April|June|July|August|September|October|November|December"
        r"|(?<=[Ii]n )(?:May|March)|(?<=[Ss]ince )(?:May|March)|(?<=[Ll]ast )(?:May|March)|(?<=until )(?:May|March)"
        r"|(?<=early )(?:May|March)|(?<=late )(?:May|March)|(?<=[Bb]y )(?:May|March))\b"
    ),
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
    month = int(parts["month_number"]) if parts.get("month_number") else None
    if parts.get("month"):
        month = MONTHS[parts["month"].lower().rstrip(".")]
    day = int(re.sub(r"\D", "", parts["day"])) if parts.get("day") else None
    weekday = WEEKDAYS[parts["weekday"].lower()] if parts.get("weekday") else None
    if month and day:
        try:
            dt.date(year or 2000, month, day)
        except ValueError:
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
