"""Written dates, of any language, as a whole: a field of a document, a line, a part of a name.

Invariants:

* Nothing is invented. A date is returned only where year, month and day all stand in the input; the clock is used
  for one thing alone, to refuse a date that lies in the future.
* A date whose order of day and month cannot be told (``04/05/2015``) is no date.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping

from ingest.article import Published, parse_published
from ingest.language.dates.calendars import gregorian
from ingest.language.dates.grammar import (
    MONTHS,
    date_or_none,
    date_words,
    day_comes_first,
    months_everywhere,
    months_of,
    words_beside,
)
from ingest.language.words import fold, word_set

#: The first printed weekly newspaper appeared in 1605; what claims to be older is a placeholder.
_EARLIEST = dt.date(1605, 1, 1)

#: What content systems write where they know no date.
_PLACEHOLDERS = frozenset({dt.date(1970, 1, 1), dt.date(1900, 1, 1), dt.date(1899, 12, 30)})

_YEAR = r"(?P<year>[12]\d{3})"
_FREE = r"(?<![\d.,/:-])"
_ENDS = r"(?!\d|[-/.,:]\d)"
_DAY, _MONTH = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})"
_NUMERIC = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_FREE}{_YEAR}[-/.]\s?{_MONTH}[-/.]\s?{_DAY}{_ENDS}",
        rf"(?<!\d){_YEAR}\s?[年년]\s?{_MONTH}\s?[月월]\s?{_DAY}\s?[日일号號]"
        r"(?:[\s(（]*(?:星期.|[週周].|[月火水木金土日](?:曜日?)?|[월화수목금토일](?:요일)?)[)）]?(?!\w))?",
        rf"{_FREE}{_DAY}\.\s?{_MONTH}\.\s?{_YEAR}{_ENDS}",
        rf"{_FREE}(?P<first>\d{{1,2}})(?P<gap>[/-])(?P<second>\d{{1,2}})(?P=gap){_YEAR}{_ENDS}",
        # Of the short forms the two that are written in one order alone.
        rf"{_FREE}(?P<day>\d\d)\.(?P<month>\d\d)\.(?P<short>\d\d){_ENDS}",
        rf"{_FREE}{_DAY}-(?P<month>[A-Za-z]{{3}})-(?P<short>\d\d){_ENDS}",
        # Vietnamese and Mongolian number their months and say that they are months.
        rf"(?:ngày\s+)?(?<!\d){_DAY}\s+tháng\s+{_MONTH}(?:,?\s+năm|,|)\s+{_YEAR}{_ENDS}",
        rf"(?<!\d){_YEAR}\s?оны\s+{_MONTH}(?:-р|\s?д[уү]г[аэ]{{2}}р)?\s+сарын\s+{_DAY}{_ENDS}",
    )
)
#: The two-digit years of POSIX: 69 to 99 are of the last century.
_PIVOT = 69
#: A number of a written date with what languages put behind it: "12th", "1er", "2015г", "12ê".
_NUMBER = re.compile(r"(\d+)[^\W\d_]{0,4}")
#: The time of day behind a date: ", 10:15 GMT", " at 10.15 a.m.", " um 10:15 Uhr", " à 10h15".
_TIME_OF_DAY = re.compile(
    r"(?:(?<![\s,|·•–—-])[\s,|·•–—-]++(?:[^\W\d_]{1,4}\.?\s+)?|T)\d{1,2}[:.h]\d{2}(?::\d{2})?\s*+(?:[ap]\.?m\.?)?"
    r"[\s(]*+(?:[a-z]{1,5}|[+-]\d{2}:?\d{2})?\)?[\s.]*+$",
    re.IGNORECASE,
)
#: The time of day before it, or between its parts: "10:15, 12 May 2015", "Tue May 12 10:15:00 GMT 2015".
_CLOCK = re.compile(
    r"(?<![\d:./-])\d{1,2}(?::\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?|[時时点]\s?\d{1,2}分?(?:\s?\d{1,2}秒)?|시\s?\d{1,2}분|\s?[ap]\.?m\b\.?)"
    r"(?![\d:])(?:\s(?:UTC|GMT)?[+-]\d\d:?\d\d(?!\d))?",
    re.IGNORECASE,
)
#: What stands beside the time of day: "at" and the like, halves of the day, zones.
_BESIDE_CLOCK = word_set(
    """at um à a as às las klo kl kello ore o om u в у о h hs hrs uhr saat น เวลา 오전 오후 午前 午後 上午 下午 ص م
    utc gmt z bst est edt cst cdt mst mdt pst pdt cet cest eet eest wet west msk ist jst kst hkt sgt aest aedt nzst
    nzdt sast wib et ct mt pt"""
)
#: What is worth handing to the strict parsers; the one for RFC 5322 would skip over words that are no part of a date.
_STANDARD = re.compile(
    r"\d{4}-?\d\d-?\d\d(?!\d).*"
    r"|(?:[a-z]{3},\s*)?\d{1,2}\s+[a-z]{3,9}\s+\d{4},?\s+\d{1,2}:\d{2}(?::\d{2})?\s*(?:[a-z]{1,4}|[+-]\d{4})?"
    r"|[a-z]{3},\s*\d{1,2}\s+[a-z]{3}\s+\d\d\s+\d{1,2}:\d{2}(?::\d{2})?\s*(?:[a-z]{1,4}|[+-]\d{4})",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?P<year>(?:1[89]|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:\d{4}(?:\d\d)?)?Z?")
_EPOCH = re.compile(r"\d{10}(?:\.\d{1,9})?|\d{13}")
#: What has a year at all: four digits, or a short form.
_HAS_YEAR = re.compile(r"\d{4}|\d\.\d\d\.\d\d|-\d\d(?!\d)|年")

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
    # A day of grace: somewhere it is tomorrow already.
    latest = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
    return value if _EARLIEST <= day <= latest and day not in _PLACEHOLDERS else None


def read_date(text: str, language: str = "") -> Published:
    """Read the date that ``text`` as a whole is: ISO 8601, RFC 5322, or written out ("Tuesday, May 12, 2015").

    Args:
        language: the tag of the language that it is written in ("pl", "de-AT"), where that is known.

    Returns:
        A datetime where a zone is given, else a date; None where the text is no full, plausible date.
    """
    text = " ".join(gregorian(text[:1000]).split())
    if len(text) > 100 or not _HAS_YEAR.search(text):
        return None
    if _STANDARD.fullmatch(text):
        try:
            value = parse_published(text)
        except (ValueError, OverflowError):
            return _written_out(text, language)
        return plausible(value) if isinstance(value, dt.date) else None
    if digits := _DIGITS.fullmatch(text):
        return _date_of(digits, language)
    return _written_out(text, language)


def read_stamp(value: object, language: str = "") -> Published:
    """Read a field that a machine wrote: a date as :func:`read_date` reads it, or the seconds or milliseconds since
    1970, as a number or in digits; None where it is neither.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, str):
        written = value.strip()
        return _of_epoch(float(written)) if _EPOCH.fullmatch(written) else read_date(written, language)
    if not math.isfinite(value) or value < 0 or value > 1e15:
        return None
    return _of_epoch(value) or read_date(str(int(value)), language)


def _of_epoch(number: float) -> Published:
    """The moment so many seconds after 1970; milliseconds where those would lie some thousand years ahead."""
    seconds = number / 1000 if number >= 1e11 else number
    if not 1e8 <= seconds < 1e11:
        return None
    return plausible(dt.datetime.fromtimestamp(seconds, dt.UTC))


def _written_out(text: str, language: str) -> dt.date | None:
    without = _TIME_OF_DAY.sub("", text)
    with_clock = without != text
    text = _CLOCK.sub(" ", without)
    beside = words_beside() | _BESIDE_CLOCK if with_clock or text != without else words_beside()
    for pattern in _NUMERIC:
        if (found := pattern.search(text)) and beside.issuperset(
            date_words(f"{text[: found.start()]} {text[found.end() :]}")
        ):
            return _date_of(found, language)
    return _with_month_named(text, language, beside)


def _with_month_named(text: str, language: str, beside: frozenset[str]) -> dt.date | None:
    """A date with its month as a word, in any language and order: "12 de mayo de 2015", "2015. gada 12. maijs"."""
    own, everywhere = months_of(language.split("-")[0].lower()), months_everywhere()
    numbers: list[str] = []
    named: list[str] = []
    for word in _phrases(date_words(text), own, everywhere):
        if number := _NUMBER.fullmatch(word):
            numbers.append(number[1])
        elif word in own or word in everywhere:
            named.append(word)
        elif word not in beside:
            return None
    if len(named) > 1:  # "mar. 12 mai 2015" is a Tuesday
        named = [word for word in named if word not in beside]
    numbers.sort(key=len)
    if len(named) != 1 or [len(number) > 2 for number in numbers] != [False, True] or len(numbers[1]) != 4:
        return None
    month = own.get(named[0]) or everywhere[named[0]]
    return _plausible_day(int(numbers[1]), month, int(numbers[0]))


def _phrases(words: list[str], *names: Mapping[str, int]) -> list[str]:
    """The words, two that are one month's name put together: "deireadh fomhair"."""
    joined: list[str] = []
    for word in words:
        if joined and any(f"{joined[-1]} {word}" in known for known in names):
            joined[-1] += f" {word}"
        else:
            joined.append(word)
    return joined


def _date_of(found: re.Match[str], language: str = "") -> dt.date | None:
    parts = found.groupdict()
    if "first" in parts:
        first, second = int(parts["first"]), int(parts["second"])
        if first == second or max(first, second) > 12:
            day, month = max(first, second), min(first, second)
        elif day_comes_first(language):
            day, month = first, second
        else:  # day and month could be either
            return None
        return _plausible_day(int(parts["year"]), month, day)
    written = fold(parts["month"])
    # In an address a short form of another language is likelier a word.
    known = months_everywhere() if len(written) > 3 else MONTHS
    month = int(written) if written.isdigit() else known.get(written, 0)
    year = int(parts["year"]) if "year" in parts else int(parts["short"])
    if "year" not in parts:
        year += 1900 if year >= _PIVOT else 2000
    return _plausible_day(year, month, int(parts["day"]))


def _plausible_day(year: int, month: int, day: int) -> dt.date | None:
    found = date_or_none(year, month, day)
    return found if found is not None and plausible(found) else None


def date_in_name(name: str) -> dt.date | None:
    """The first full date in a file name or URL path: ``2015-05-12``, ``20150512``, ``2015/05/12``, ``2015/may/12``."""
    for pattern in _NAME_DATES:
        for found in pattern.finditer(name):
            if value := _date_of(found):
                return value
    return None
