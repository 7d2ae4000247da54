"""Dates of publication: from what a document says, from lines at its head, from file names and URL paths.

Invariants:

* Nothing is invented. A date is returned only where year, month and day all stand in the input; the clock is used
  for one thing alone, to refuse a date that lies in the future.
* A date whose order of day and month cannot be told (``04/05/2015``) is no date.
"""

from __future__ import annotations

import datetime as dt
import re

from ingest.article import Published, parse_published

#: The first printed weekly newspaper appeared in 1605; what claims to be older is a placeholder.
_EARLIEST = dt.date(1605, 1, 1)

#: What content systems write where they know no date.
_PLACEHOLDERS = frozenset({dt.date(1970, 1, 1), dt.date(1900, 1, 1), dt.date(1899, 12, 30)})

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[12]\d{3})"

_WRITTEN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_WEEKDAY}{_DAY}(?:\s+of)?\s+{_MONTH},?\s+{_YEAR}(?!\d)",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}(?!\d)",
        rf"{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d)",
        rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}(?!\d)",
        rf"(?P<first>\d{{1,2}})[/-](?P<second>\d{{1,2}})[/-]{_YEAR}(?!\d)",
    )
)
_LABEL = re.compile(
    r"(?:first\s+)?(?:published|posted|issued|date|datum|dated)(?:\s+on)?(?:\s*:\s*|\s+)", re.IGNORECASE
)
_TIME_OF_DAY = re.compile(
    r"[\s,|·•–—-]*(?:at\s+|T)?\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?[\s(]*(?:[a-z]{1,5}|[+-]\d{2}:?\d{2})?\)?[\s.]*",
    re.IGNORECASE,
)
#: What is worth handing to the strict parsers; the one for RFC 5322 would skip over words that are no part of a date.
_STANDARD = re.compile(
    r"\d{4}-?\d\d-?\d\d(?!\d).*"
    r"|(?:[a-z]{3},\s*)?\d{1,2}\s+[a-z]{3,9}\s+\d{4},?\s+\d{1,2}:\d{2}(?::\d{2})?\s*(?:[a-z]{1,4}|[+-]\d{4})?",
    re.IGNORECASE,
)

_NAME_DATES = (
    re.compile(r"(?<!\d)(?P<year>[12]\d{3})(?P<gap>[-_./])(?P<month>\d{1,2})(?P=gap)(?P<day>\d{1,2})(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}(?P<gap>[-_/]){_MONTH}(?P=gap)(?P<day>\d{{1,2}})(?!\d)", re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<year>(?:18|19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?=T?(?:\d{4}|\d{6})?(?!\d))"),
)


def plausible(value: Published) -> Published:
    """``value``, or None where it cannot be a date of publication: a placeholder, before newspapers, or yet to come."""
    if value is None:
        return None
    day = value.date() if isinstance(value, dt.datetime) else value
    # Two days of grace: somewhere it is tomorrow already, and an embargoed story carries its day of release.
    latest = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=2)
    return value if _EARLIEST <= day <= latest and day not in _PLACEHOLDERS else None


def read_date(text: str) -> Published:
    """Read the date that ``text`` as a whole is: ISO 8601, RFC 5322, or written out ("Tuesday, May 12, 2015").

    Returns:
        A datetime where a zone is given, else a date; None where the text is no full, plausible date.
    """
    text = " ".join(text.split())
    if len(text) > 100:
        return None
    if _STANDARD.fullmatch(text):
        try:
            value = parse_published(text)
        except (ValueError, OverflowError):
            return _written_out(text)
        return plausible(value) if isinstance(value, dt.date) else None
    return _written_out(text)


def _written_out(text: str) -> dt.date | None:
    for pattern in _WRITTEN:
        found = pattern.match(text)
        if found and (found.end() == len(text) or _TIME_OF_DAY.fullmatch(text, found.end())):
            return _date_of(found)
    return None


def _date_of(found: re.Match[str]) -> dt.date | None:
    parts = found.groupdict()
    if "first" in parts:
        first, second = int(parts["first"]), int(parts["second"])
        if first == second or max(first, second) > 12:  # else day and month could be either
            day, month = max(first, second), min(first, second)
        else:
            return None
    else:
        written = parts["month"].lower()
        month, day = _MONTHS.get(written) or int(written), int(parts["day"])
    try:
        value = plausible(dt.date(int(parts["year"]), month, day))
    except ValueError:
        return None
    return value


def labelled_date(line: str) -> Published:
    """The date of a line that is nothing but a date, a label before it allowed ("Published: 12 May 2015, 10:15 GMT").

    A line that says when something was updated is not a date of publication.
    """
    line = line.strip().strip("*_|[]()").strip()
    label = _LABEL.match(line)
    return read_date(line[label.end() :] if label else line)


def date_in_head(text: str, lines: int = 6) -> Published:
    """The date on a line of its own among the first few lines of ``text`` that are not blank, or None."""
    start = 0
    for _ in range(lines * 3):  # blank lines between them do not count, but the search stays at the head
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)]
        if line.strip():
            lines -= 1
            if len(line) <= 80 and (value := labelled_date(line)):
                return value
        if end < 0 or lines == 0:
            return None
        start = end + 1
    return None


def date_in_name(name: str) -> dt.date | None:
    """The first full date in a file name or URL path: ``2015-05-12``, ``20150512``, ``2015/05/12``, ``2015/may/12``."""
    for pattern in _NAME_DATES:
        for found in pattern.finditer(name):
            if value := _date_of(found):
                return value
    return None
