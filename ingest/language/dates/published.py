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
from ingest.language.dates.grammar import MONTHS, date_or_none, date_words, months_everywhere, words_beside
from ingest.language.words import fold

#: The first printed weekly newspaper appeared in 1605; what claims to be older is a placeholder.
_EARLIEST = dt.date(1605, 1, 1)

#: What content systems write where they know no date.
_PLACEHOLDERS = frozenset({dt.date(1970, 1, 1), dt.date(1900, 1, 1), dt.date(1899, 12, 30)})

_YEAR = r"(?P<year>[12]\d{3})"
_NUMERIC = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})",
        rf"{_YEAR}\s?[年년]\s?(?P<month>\d{{1,2}})\s?[月월]\s?(?P<day>\d{{1,2}})\s?[日일]",
        rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}",
        rf"(?P<first>\d{{1,2}})[/-](?P<second>\d{{1,2}})[/-]{_YEAR}",
    )
)
#: A number of a written date with what languages put behind it: "12th", "1er", "2015г".
_NUMBER = re.compile(r"(\d+)(?:st|nd|rd|th|er|[oaгр]|го)?")
_LABEL = re.compile(
    r"(?:first\s+)?(?:published|posted|issued|date|datum|dated)(?:\s+on)?(?:\s*:\s*|\s+)", re.IGNORECASE
)
#: The time of day behind a date: ", 10:15 GMT", " at 10.15 a.m.", " um 10:15 Uhr", " à 10h15".
_TIME_OF_DAY = re.compile(
    r"(?:(?<![\s,|·•–—-])[\s,|·•–—-]++(?:[^\W\d_]{1,4}\.?\s+)?|T)\d{1,2}[:.h]\d{2}(?::\d{2})?\s*+(?:[ap]\.?m\.?)?"
    r"[\s(]*+(?:[a-z]{1,5}|[+-]\d{2}:?\d{2})?\)?[\s.]*+$",
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
    re.compile(rf"(?<!\d){_YEAR}(?P<gap>[-_/])(?P<month>[^\W\d_]{{3,}})(?P=gap)(?P<day>\d{{1,2}})(?!\d)"),
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
    text = _TIME_OF_DAY.sub("", text)
    for pattern in _NUMERIC:
        if found := pattern.fullmatch(text):
            return _date_of(found)
    return _with_month_named(text)


def _with_month_named(text: str) -> dt.date | None:
    """A date with its month as a word, in any language and order: "12 de mayo de 2015", "2015. gada 12. maijs"."""
    numbers: list[str] = []
    named: list[str] = []
    for word in date_words(text):
        if number := _NUMBER.fullmatch(word):
            numbers.append(number[1])
        elif word in months_everywhere():
            named.append(word)
        elif word not in words_beside():
            return None
    if len(named) > 1:  # "mar. 12 mai 2015" is a Tuesday
        named = [word for word in named if word not in words_beside()]
    numbers.sort(key=len)
    if len(named) != 1 or [len(number) > 2 for number in numbers] != [False, True] or len(numbers[1]) != 4:
        return None
    return _plausible_day(int(numbers[1]), months_everywhere()[named[0]], int(numbers[0]))


def _date_of(found: re.Match[str]) -> dt.date | None:
    parts = found.groupdict()
    if "first" in parts:
        day, month = sorted((int(parts["first"]), int(parts["second"])), reverse=True)
        if day != month and day <= 12:  # day and month could be either
            return None
        return _plausible_day(int(parts["year"]), month, day)
    written = fold(parts["month"])
    # In an address a short form of another language is likelier a word.
    known = months_everywhere() if len(written) > 3 else MONTHS
    month = int(written) if written.isdigit() else known.get(written, 0)
    return _plausible_day(int(parts["year"]), month, int(parts["day"]))


def _plausible_day(year: int, month: int, day: int) -> dt.date | None:
    found = date_or_none(year, month, day)
    return found if found is not None and plausible(found) else None


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
