"""Dates read out of a question: which days of publication it points to.

Invariants:

* ``start <= end`` where both are given; both are days inclusive; None is unbounded.
* A range that lies wholly after ``as_of`` is none: nothing is published yet on those days.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.language.dates.expressions import Expression, expressions

_DAY = dt.timedelta(days=1)
#: Code points of a question that are read; a question has its date in its first sentences.
_READ = 1000
_AHEAD = re.compile(
    r"\b(?:will|shall|going to|upcoming|scheduled|due|deadline|planned|expected to|supposed to)\b", re.I
)
_THE = r"\s*(?:(?:the|around|about|early|of)\s+)*$"
_BETWEEN = re.compile(rf"\b(?:between|from|starting(?: in| from)?){_THE}", re.I)
_JOIN = re.compile(
    r"^\s*(?:,\s*)?(?:and|to|until|till|through|up to|[-–—])\s+(?:the\s+|in\s+|on\s+)?$|^\s?[-–]\s?$", re.I
)
_SINCE = re.compile(rf"\b(?:since|from|starting(?: in| from| on)?){_THE}", re.I)
_AFTER = re.compile(rf"\b(?:after|later than|following){_THE}", re.I)
_BEFORE = re.compile(rf"\b(?:before|prior to|earlier than|ahead of){_THE}", re.I)
_UNTIL = re.compile(rf"\b(?:until|till|up to|by|through|as of){_THE}", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRange:
    """Days of publication, inclusive; None is unbounded."""

    start: dt.date | None
    end: dt.date | None


def read_dates(question: str, as_of: dt.date) -> DateRange | None:
    """The days of publication that a question points to, or None where it points to none.

    A date without a year is the latest such date that is not after ``as_of``; "this week" is the seven days up to it,
    "last week" the calendar week before. A year inside a name ("the 2022 World Cup") opens a range without an end.
    12/5/2015 is 12 May.
    """
    question = question[:_READ]
    ranges = [r for r in _ranges(question, _periods(question, as_of)) if r.start is None or r.start <= as_of]
    if not ranges:
        return None
    bounded = [r for r in ranges if r.start and r.end]
    if bounded:  # "in May and in June" is both
        return DateRange(start=min(r.start for r in bounded if r.start), end=max(r.end for r in bounded if r.end))
    start = max((r.start for r in ranges if r.start), default=None)
    end = min((r.end for r in ranges if r.end), default=None)
    if start and end and start > end:
        start, end = end, start
    return DateRange(start=start, end=end)


def _periods(question: str, as_of: dt.date) -> list[Expression]:
    """The date expressions, in order. "Tuesday, May 12" names its day twice, and the number is the surer of the two."""
    found = expressions(question, as_of, bool(_AHEAD.search(question)))
    exact = [p for p in found if not p.weekday and p.days[0] == p.days[1]]
    return [p for p in found if not (p.weekday and any(_beside(question, p, other) for other in exact))]


def _beside(question: str, one: Expression, other: Expression) -> bool:
    between = question[min(one.end, other.end) : max(one.start, other.start)]
    return re.fullmatch(r"\s*,?\s*(?:the\s+)?", between) is not None


def _ranges(question: str, periods: Sequence[Expression]) -> list[DateRange]:
    """The periods as ranges, by the words before them."""
    ranges: list[DateRange] = []
    skip = False
    for i, period in enumerate(periods):
        if skip:
            skip = False
            continue
        before, after = question[: period.start], periods[i + 1] if i + 1 < len(periods) else None
        between = question[period.end : after.start] if after else ""
        if after and _JOIN.match(between) and (_BETWEEN.search(before) or not between.strip(" -–—")):
            first, last = min(period.days[0], after.days[0]), max(period.days[1], after.days[1])
            ranges.append(DateRange(start=first, end=last))
            skip = True
        else:
            ranges.append(_related(before, period))
    return ranges


def _related(before: str, period: Expression) -> DateRange:
    first, last = period.days
    if last == dt.date.max:  # a year inside a name
        ended = dt.date(first.year, 12, 31)
        return DateRange(start=None, end=ended) if _BEFORE.search(before) else DateRange(start=first, end=None)
    if re.search(r"\bweek of\s+(?:the\s+)?$", before, re.I):
        last = first + 6 * _DAY
    if _BEFORE.search(before):
        return DateRange(start=None, end=first - _DAY)
    if _AFTER.search(before):
        return DateRange(start=last + _DAY, end=None)
    if _SINCE.search(before) and not period.both_ends:
        return DateRange(start=first, end=None)
    if _UNTIL.search(before):
        return DateRange(start=None, end=last)
    return DateRange(start=first, end=last)
