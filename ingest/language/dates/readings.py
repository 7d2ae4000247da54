"""The days that a date expression names, a function for each sort of expression.

A date without its year is the latest such date that is not after ``as_of``; in a question about what is to come
(``ahead``), the next one. Every function gives ``(first day, last day)``, or None where the expression names no day.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable

from ingest.language.dates.grammar import WEEKDAYS, date_or_none, day_number, month_number
from ingest.language.quantities import SMALL_NUMBERS, TENS

Days = tuple[dt.date, dt.date]
# (the expression's named parts, as_of, whether the question looks ahead) -> the days, or None.
Rule = Callable[["Parts", dt.date, bool], Days | None]


class Parts(dict[str, str]):
    """The named groups of a match, in lower case; "" for one that the pattern does not have or that matched nothing."""

    def __init__(self, match: re.Match[str]) -> None:
        super().__init__({k: " ".join(v.lower().split()) for k, v in match.groupdict().items() if v})
        self["all"] = " ".join(match[0].lower().split())

    def __missing__(self, key: str) -> str:
        return ""


_DAY = dt.timedelta(days=1)
COUNTS = SMALL_NUMBERS | {"a": 1, "an": 1, "couple of": 2, "a couple of": 2, "few": 3, "a few": 3, "several": 4}
#: Days before and behind the middle of "two weeks ago".
_HALF = {"day": 0, "week": 3, "month": 15, "year": 183, "decade": 1826}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
DECADES = {f"{word[:-1]}ies": number for word, number in TENS.items()}


def month_days(year: int, month: int) -> Days:
    """The first and the last day of a month."""
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def year_days(year: int) -> Days:
    """The first and the last day of a year."""
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _part(days: Days, part: str) -> Days:
    """The first, middle or last third of some days: "early", "mid-", "late"."""
    if not part:
        return days
    third = (days[1] - days[0]) // 3
    if part.startswith(("early", "beginning", "start")):
        return days[0], days[0] + third
    return (days[1] - third, days[1]) if part.startswith(("late", "end")) else (days[0] + third, days[1] - third)


def _months(year: int, first: int, count: int) -> Days:
    last = first + count - 1
    return dt.date(year, first, 1), month_days(year + (last - 1) // 12, (last - 1) % 12 + 1)[1]


def iso(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    year, month = int(parts["year"]), int(parts["month"])
    return _day(year, month, int(parts["day"])) if parts["day"] else month_days(year, month)


def numeric(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    """12/5/2015 is read day first, month first where it can only be that."""
    first, second, year = int(parts["a"]), int(parts["b"]), int(parts["year"])
    return _day(year, second, first) or _day(year, first, second)


def _day(year: int, month: int, day: int) -> Days | None:
    date = date_or_none(year, month, day)
    return (date, date) if date else None


def day_of_month(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    month, day = month_number(parts["month"]), day_number(parts["day"])
    if parts["year"]:
        return _day(int(parts["year"]), month, day)
    found = [_day(as_of.year + shift, month, day) for shift in range(-8, 9)]  # 29 February: up to eight years away
    return _nearest([days for days in found if days], as_of, ahead)


def days_of_month(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    """ "12-14 May", "between 1 and 10 October 2023"."""
    last = day_of_month(parts, as_of, ahead)
    first = last and _day(last[0].year, last[0].month, day_number(parts["from"]))
    return (first[0], last[1]) if first and last and first <= last else None


def _nearest(options: list[Days], as_of: dt.date, ahead: bool) -> Days | None:
    if ahead:
        return next((days for days in options if days[1] >= as_of), None)
    return next((days for days in reversed(options) if days[0] <= as_of), None)


def month_of_year(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    return _part(month_days(int(parts["year"]), month_number(parts["month"])), parts["part"])


def months_of_year(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    """ "From April to June 2013"."""
    year, first, last = int(parts["year"]), month_number(parts["from"]), month_number(parts["month"])
    return (month_days(year, first)[0], month_days(year, last)[1]) if first < last else None


def month_alone(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    month, word = month_number(parts["month"]), parts["which"]
    if word == "this":
        return month_days(as_of.year, month)
    days = _nearest([month_days(as_of.year + shift, month) for shift in (-2, -1, 0, 1)], as_of, ahead or word == "next")
    if word == "last" and days and days[1] >= as_of:
        days = month_days(days[0].year - 1, month)
    return _part(days, parts["part"]) if days else None


def quarter(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    number = ORDINALS.get(parts["which"]) or int(parts["which"])
    count = 6 if parts["of"].startswith("h") else 3
    if number > 12 // count:
        number = 12 // count
    if parts["year"]:
        return _months(int(parts["year"]), (number - 1) * count + 1, count)
    return _nearest(
        [_months(as_of.year + shift, (number - 1) * count + 1, count) for shift in (-1, 0, 1)], as_of, ahead
    )


def season(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    month, word = SEASONS[parts["season"]], parts["which"]
    if parts["year"]:
        return _months(int(parts["year"]), month, 3)
    seasons = [_months(as_of.year + shift, month, 3) for shift in (-2, -1, 0, 1)]
    if word in ("last", "past", "previous"):
        return next((days for days in reversed(seasons) if days[1] < as_of), None)
    if word == "next":
        return next((days for days in seasons if days[0] > as_of), None)
    return next((days for days in seasons if days[1] >= as_of), None)


def decade(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    """ "1990s", "the '90s", "the nineties"; without its century the latest that has begun."""
    year = int(parts["digits"] or DECADES[parts["name"]])
    if year < 100:
        year += next(century for century in (2000, 1900) if century + year <= as_of.year)
    return _part((dt.date(year, 1, 1), dt.date(year + 9, 12, 31)), parts["part"])


def ago(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    middle, half = _back(as_of, _count(parts), parts["unit"]), dt.timedelta(days=_HALF[parts["unit"]])
    return middle - half, min(middle + half, as_of)


def _count(parts: Parts) -> int:
    word = parts["count"] or "a"
    return int(word) if word.isdigit() else COUNTS[word]


def _back(as_of: dt.date, count: int, unit: str) -> dt.date:
    """The day ``count`` units before; months and years by the calendar."""
    if unit in ("day", "week"):
        return as_of - count * (7 if unit == "week" else 1) * _DAY
    months = as_of.year * 12 + as_of.month - 1 - count * {"month": 1, "year": 12, "decade": 120}[unit]
    year, month = max(months // 12, 1), months % 12 + 1
    return dt.date(year, month, min(as_of.day, calendar.monthrange(year, month)[1]))


def trailing(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    return _back(as_of, _count(parts), parts["unit"]) + _DAY, as_of


def calendar_period(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    """Last, this or next week, month or year. "This week" is the last seven days: asked on a Monday it means them."""
    word, unit = parts["which"], parts["unit"]
    shift = {"before last": -2, "last": -1, "previous": -1, "next": 1}.get(word, 0)
    if unit == "week":
        monday = as_of - as_of.weekday() * _DAY + 7 * shift * _DAY
        return (as_of - 6 * _DAY, as_of) if shift == 0 else (monday, monday + 6 * _DAY)
    if unit == "weekend":
        saturday = as_of - ((as_of.weekday() - 5) % 7) * _DAY
        if shift < 0 and saturday + _DAY >= as_of:
            saturday -= 7 * _DAY
        return saturday + 7 * max(shift, 0) * _DAY, saturday + (7 * max(shift, 0) + 1) * _DAY
    if unit == "month":
        months = as_of.year * 12 + as_of.month - 1 + shift
        days = month_days(months // 12, months % 12 + 1)
    else:
        days = year_days(as_of.year + shift)
    return (days[0], as_of) if shift == 0 else days


def near_day(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    word = parts["all"]
    if word.startswith("the day before"):
        day = as_of - 2 * _DAY
    elif word.startswith(("yesterday", "last")):
        day = as_of - _DAY
    else:
        day = as_of + _DAY if word.startswith("tomorrow") else as_of
    return day, day


def day_of_week(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    number, word = WEEKDAYS[parts["weekday"]], parts["which"]
    back, wait = (as_of.weekday() - number) % 7, (number - as_of.weekday()) % 7
    if word == "next" or (ahead and word != "last"):
        day = as_of + (wait or (7 if word == "next" else 0)) * _DAY
    else:
        day = as_of - (back or (7 if word in ("last", "past") else 0)) * _DAY
    return day, day


def year(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    return _part(year_days(int(parts["year"])), parts["part"])


def years(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    """ "2014-2016" and "2014-15"."""
    first, last = parts["from"], parts["year"]
    last = first[:2] + last if len(last) == 2 else last
    return (year_days(int(first))[0], year_days(int(last))[1]) if first < last else None


def named_year(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    """ "The 2022 World Cup": the year belongs to a name, so articles of that year and of later years speak of it."""
    return dt.date(int(parts["year"]), 1, 1), dt.date.max
