"""A correction that names the day of the report which it corrects: "Our report of 4 August said that …".

Newspapers print such notes under a later story of their own, which is no version of the earlier one and has another
headline. The report is then the one of the same publisher and that day that names the same people and places.

Pure: no store. Invariant: a day is never later than the note's own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

_MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()  # noqa: SIM905
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
_YEAR = r"(?:,?\s+(?P<year>[12]\d{3}))?"
_DATE = rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH}{_YEAR})"
_DATE_US = rf"(?:{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_YEAR})"
_WORK = r"(?:story|article|report|version|piece|item|column|dispatch)s?"
_BEFORE = (
    rf"\b{_WORK}\s+(?:(?:that\s+(?:was\s+)?)?(?:published|printed|posted)\s+)?(?:of|from|on|in|dated)\s+(?:our\s+)?"
)
_NAMED = tuple(
    re.compile(rf"{_BEFORE}(?:(?:{'|'.join(_WEEKDAYS)}),?\s+)?{date}", re.IGNORECASE) for date in (_DATE, _DATE_US)
)
_ON_WEEKDAY = re.compile(rf"{_BEFORE}(?P<weekday>{'|'.join(_WEEKDAYS)})\b", re.IGNORECASE)
#: A capital that does not begin a sentence.
_NAME = re.compile(r"(?<=[\w,;:] )[A-Z][\w’'-]{2,}")
#: Names that two texts share at least, and what share of those of the shorter, to be of one matter.
_LEAST, _SHARE = 3, 0.3


def day_corrected(note: str, published: dt.date) -> dt.date | None:
    """The day of the report that a note says it corrects; None where it names none.

    Args:
        note: the sentences of the note.
        published: the day of the article that carries it. A date without a year, and a weekday, is the last one
            before it, or that day itself.
    """
    for pattern in _NAMED:
        if found := pattern.search(note):
            month = next(at for at, name in enumerate(_MONTHS, 1) if name.startswith(found["month"].casefold()[:3]))
            return _day(found["year"], month, int(found["day"]), published)
    if found := _ON_WEEKDAY.search(note):
        back = (published.weekday() - _WEEKDAYS.index(found["weekday"].casefold())) % 7
        return published - dt.timedelta(days=back)
    return None


def _day(year: str | None, month: int, day: int, published: dt.date) -> dt.date | None:
    try:
        named = dt.date(int(year) if year else published.year, month, day)
        if named > published and year is None:
            named = named.replace(year=published.year - 1)
    except ValueError:
        return None
    return named if named <= published else None


def of_one_matter(correction: str, reports: Mapping[int, str]) -> int | None:
    """The key of the report that a text corrects: that which shares most of its names; None where none shares them."""
    names = _names(correction)
    shared = {key: len(names & _names(text)) for key, text in reports.items()}
    best = max(shared, key=lambda key: (shared[key], -key), default=None)
    if best is None or shared[best] < max(_LEAST, _SHARE * min(len(names), len(_names(reports[best])))):
        return None
    return best


def _names(text: str) -> set[str]:
    found = {re.sub(r"[’']s?$", "", name).casefold() for name in _NAME.findall(text)}
    return found - set(_MONTHS) - set(_WEEKDAYS)
