"""The date expressions that questions use, each a pattern and the days that it names.

A date without its year is the latest such date that is not after ``as_of``; in a question about what is to come
(``ahead``), the next one. Every rule gives ``(first day, last day)`` or None where the expression names no day.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable

from ingest.language.dates.mentions import DAY, MONTH, MONTHS, WEEKDAY, WEEKDAYS, YEAR

Days = tuple[dt.date, dt.date]
#: (the expression's named parts, as_of, whether the question looks ahead) -> the days, or None.
Rule = Callable[["Parts", dt.date, bool], Days | None]


class Parts(dict[str, str]):
    """The named groups of a match, in lower case; "" for one that the pattern does not have or that matched nothing."""

    def __init__(self, match: re.Match[str]) -> None:
        super().__init__({k: " ".join(v.lower().split()) for k, v in match.groupdict().items() if v})
        self["all"] = " ".join(match[0].lower().split())

    def __missing__(self, key: str) -> str:
        return ""


_DAY = dt.timedelta(days=1)
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_COUNTS |= {"a": 1, "an": 1, "couple of": 2, "a couple of": 2, "few": 3, "a few": 3, "several": 4, "twelve": 12}
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})"
_UNIT = r"(?P<unit>day|week|month|year|decade)"
#: Days before and behind the middle of "two weeks ago".
_HALF = {"day": 0, "week": 3, "month": 15, "year": 183, "decade": 1826}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70}
_DECADES |= {"eighties": 80, "nineties": 90}
_PART = r"(?:(?P<part>early|late|mid(?:dle of)?|(?:beginning|start) of|end of)(?:\s+the\s+|[\s-]+))?"
# A year is no count: "2000 people", "2015 votes", "$2015", "2,015", "2015.5".
_NO_COUNT = (
    r"(?![\d%]|[.,:]\d|-\d\d?\b|\s?(?:people|men|women|children|jobs|votes|voters|dollars|euros|pounds|miles|met(?:re|er)s|km"
    r"|kilomet\w+|troops|soldiers|workers|years|days|hours|minutes|points|homes|houses|cars|deaths|cases|seats|tons|tonnes"
    r"|percent|per cent|others|items|pages)\b)"
)
_YEAR = rf"(?<![\d$€£.,:/])(?P<year>{YEAR})\b{_NO_COUNT}"
_YEAR_WORD = (
    r"(?:in|during|(?<!author )(?<!writer )(?<!novel )(?<!book )of|since|before|after|until|till|by|from|to|between|and"
    r"|through|throughout|year|around|about|circa)"
)
# Behind these, a month that is also a word ("May", "march") is the month.
_MONTH_WORD = r"(?:in|since|until|till|during|by|before|after|of|throughout|through|to|and|from)"
_NO_VERB = r"(?!['’]s\b|\s\w+ed\b|\s(?:said|left|lost|won|met|quit|took|went|says|has|had|will|be|not|have|the|a)\b)"


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


def _iso(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    year, month = int(parts["year"]), int(parts["month"])
    return _day(year, month, int(parts["day"])) if parts["day"] else month_days(year, month)


def _numeric(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    """12/5/2015 is read day first, month first where it can only be that."""
    first, second, year = int(parts["a"]), int(parts["b"]), int(parts["year"])
    return _day(year, second, first) or _day(year, first, second)


def _day(year: int, month: int, day: int) -> Days | None:
    try:
        date = dt.date(year, month, day)
    except ValueError:
        return None
    return date, date


def _day_of_month(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    month, day = _month(parts), int(re.sub(r"\D", "", parts["day"]))
    if parts["year"]:
        return _day(int(parts["year"]), month, day)
    found = [_day(as_of.year + shift, month, day) for shift in range(-8, 9)]  # 29 February: up to eight years away
    return _nearest([days for days in found if days], as_of, ahead)


def _nearest(options: list[Days], as_of: dt.date, ahead: bool) -> Days | None:
    if ahead:
        return next((days for days in options if days[1] >= as_of), None)
    return next((days for days in reversed(options) if days[0] <= as_of), None)


def _month(parts: Parts) -> int:
    return MONTHS[parts["month"].rstrip(".")]


def _month_of_year(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    return _part(month_days(int(parts["year"]), _month(parts)), parts["part"])


def _month_alone(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    month, word = _month(parts), parts["which"]
    if word == "this":
        return month_days(as_of.year, month)
    days = _nearest([month_days(as_of.year + shift, month) for shift in (-2, -1, 0, 1)], as_of, ahead or word == "next")
    if word == "last" and days and days[1] >= as_of:
        days = month_days(days[0].year - 1, month)
    return _part(days, parts["part"]) if days else None


def _quarter(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    number = _ORDINALS.get(parts["which"]) or int(parts["which"])
    count = 6 if parts["of"].startswith("h") else 3
    if number > 12 // count:
        number = 12 // count
    if parts["year"]:
        return _months(int(parts["year"]), (number - 1) * count + 1, count)
    return _nearest(
        [_months(as_of.year + shift, (number - 1) * count + 1, count) for shift in (-1, 0, 1)], as_of, ahead
    )


def _season(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    month, word = _SEASONS[parts["season"]], parts["which"]
    if parts["year"]:
        return _months(int(parts["year"]), month, 3)
    seasons = [_months(as_of.year + shift, month, 3) for shift in (-2, -1, 0, 1)]
    if word in ("last", "past", "previous"):
        return next((days for days in reversed(seasons) if days[1] < as_of), None)
    if word == "next":
        return next((days for days in seasons if days[0] > as_of), None)
    return next((days for days in seasons if days[1] >= as_of), None)


def _decade(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    """ "1990s", "the '90s", "the nineties"; without its century the latest that has begun."""
    year = int(parts["digits"] or _DECADES[parts["name"]])
    if year < 100:
        year += next(century for century in (2000, 1900) if century + year <= as_of.year)
    return _part((dt.date(year, 1, 1), dt.date(year + 9, 12, 31)), parts["part"])


def _ago(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    middle, half = _back(as_of, _count(parts), parts["unit"]), dt.timedelta(days=_HALF[parts["unit"]])
    return middle - half, min(middle + half, as_of)


def _count(parts: Parts) -> int:
    word = parts["count"] or "a"
    return int(word) if word.isdigit() else _COUNTS[word]


def _back(as_of: dt.date, count: int, unit: str) -> dt.date:
    """The day ``count`` units before; months and years by the calendar."""
    if unit in ("day", "week"):
        return as_of - count * (7 if unit == "week" else 1) * _DAY
    months = as_of.year * 12 + as_of.month - 1 - count * {"month": 1, "year": 12, "decade": 120}[unit]
    year, month = max(months // 12, 1), months % 12 + 1
    return dt.date(year, month, min(as_of.day, calendar.monthrange(year, month)[1]))


def _trailing(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    return _back(as_of, _count(parts), parts["unit"]) + _DAY, as_of


def _calendar(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    """Last, this or next week, month or year. "This week" is the last seven days: asked on a Monday it means them."""
    word, unit = parts["which"], parts["unit"]
    shift = {"last": -1, "previous": -1, "next": 1}.get(word, 0)
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


def _near_day(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    word = parts["all"]
    if word.startswith("the day before"):
        day = as_of - 2 * _DAY
    elif word.startswith(("yesterday", "last")):
        day = as_of - _DAY
    else:
        day = as_of + _DAY if word.startswith("tomorrow") else as_of
    return day, day


def _weekday(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    number, word = WEEKDAYS[parts["weekday"]], parts["which"]
    back, wait = (as_of.weekday() - number) % 7, (number - as_of.weekday()) % 7
    if word == "next" or (ahead and word != "last"):
        day = as_of + (wait or (7 if word == "next" else 0)) * _DAY
    else:
        day = as_of - (back or (7 if word in ("last", "past") else 0)) * _DAY
    return day, day


def _year(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    return _part(year_days(int(parts["year"])), parts["part"])


def _years(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    """ "2014-2016" and "2014-15"."""
    first, last = parts["from"], parts["year"]
    last = first[:2] + last if len(last) == 2 else last
    return (year_days(int(first))[0], year_days(int(last))[1]) if first < last else None


def _named_year(parts: Parts, as_of: dt.date, ahead: bool) -> Days | None:
    """ "The 2022 World Cup": the year belongs to a name, so articles of that year and of later years speak of it."""
    return dt.date(int(parts["year"]), 1, 1), dt.date.max


_NAMED = ["black", "super", "good", "ash", "bloody", "cyber", "easter", "palm", "fat", "every", "sheffield", "ruby"]
_BEFORE_DAY = "".join(rf"(?<!\b{word}\s)" for word in _NAMED)
_BEHIND_DAY = r"(?!s\b|\s(?:Times|League|Express|Mirror|Mail|Post|Night (?:Football|Live|Lights)|Addams)\b)"
_SEASON = rf"(?P<season>{'|'.join(_SEASONS)})"
_PLAIN_MONTH = r"(?P<month>january|february|april|june|july|september|october|november|december)\b(?!\s[A-Z])"
_OF_YEAR = rf"(?:of\s|in\s)?{_YEAR}"
_BEFORE_NUMBER = r"(?<![\d.,:/$€£-])\b"
# "How many of the 12 may resign?"
_NO_MODAL = r"(?!(?-i:may|march)\s+(?!(?:at|in|and|to|about|for|by|or)\b)(?-i:[a-z]))"
_PERCENT = r"(?![\d%]|[.,:]\d|\s(?:percent|per cent|people)\b)"
# In order: what an earlier rule has read, a later one does not read again. What "lead" holds is read with the
# expression but stands before it: "since" in "since May" says how to take the days.
_LISTED: tuple[tuple[str, Rule], ...] = (
    (rf"\b(?P<year>{YEAR})-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?\b(?!-)", _iso),
    (rf"(?<![\d/.])(?P<a>\d\d?)(?P<s>[/.])(?P<b>\d\d?)(?P=s)(?P<year>{YEAR})\b", _numeric),
    (
        rf"{_BEFORE_NUMBER}(?P<day>{DAY})(?:\s+of)?\s+{_NO_MODAL}(?P<month>{MONTH})(?:,?\s+(?P<year>{YEAR}))?\b(?!\s\d)",
        _day_of_month,
    ),
    (rf"\b(?P<month>{MONTH})\s+(?P<day>{DAY}){_PERCENT}(?:,?\s+(?P<year>{YEAR})\b)?", _day_of_month),
    (rf"\b{_PART}(?P<month>{MONTH}),?\s+(?:of\s+)?{_YEAR}", _month_of_year),
    (rf"\b(?P<which>{'|'.join(_ORDINALS)})\s(?P<of>quarter|half)\s{_OF_YEAR}", _quarter),
    (r"\b(?P<which>first|second|third|fourth)\s(?P<of>quarter)\b(?!\s?-?final)", _quarter),
    (rf"\b(?P<of>[QH])(?P<which>[1-4])\b(?:\s{_OF_YEAR})?", _quarter),
    (rf"\b{_SEASON}\s{_OF_YEAR}", _season),
    (rf"\b(?P<which>last|this|next|past|previous)\s{_SEASON}\b", _season),
    (rf"\b{_PART}(?P<digits>1[89]\d0|20\d0)['’]?s\b", _decade),
    (rf"\bthe\s{_PART}(?:['’]?(?P<digits>\d0)['’]?s|(?P<name>{'|'.join(_DECADES)}))\b", _decade),
    (rf"\b{_COUNT}\s{_UNIT}s?\s(?:ago|earlier|back|before now)\b", _ago),
    (rf"\b(?:the|these)\s(?:past|last|previous|preceding)\s(?:{_COUNT}\s)?{_UNIT}s?\b", _trailing),
    (rf"\b(?:past|last|previous)\s{_COUNT}\s{_UNIT}s?\b", _trailing),
    (rf"\bpast\s{_UNIT}\b", _trailing),
    (r"\b(?P<which>last|this|next|previous)\s(?P<unit>weekend|week|month|year)\b", _calendar),
    (r"(?<=\bthe\s)(?P<unit>weekend)\b", _calendar),
    (
        r"\b(?:the day before yesterday|yesterday|last night|today(?!['’]s (?:world|society|standards))|tonight"
        r"|tomorrow|this (?:morning|afternoon|evening))\b",
        _near_day,
    ),
    (rf"{_BEFORE_DAY}\b(?:(?P<which>last|this|next|past)\s)?(?P<weekday>{WEEKDAY})\b{_BEHIND_DAY}", _weekday),
    (rf"\b(?:(?P<which>last|this|next)\s)?{_PART}{_PLAIN_MONTH}", _month_alone),
    (rf"\b(?P<lead>{_MONTH_WORD}\s)(?P<month>may|march|august)\b{_NO_VERB}", _month_alone),
    (r"\b(?P<which>last|this|next)\s(?P<month>may|march|august)\b", _month_alone),
    (r"\b(?P<part>early|late|mid)[\s-](?P<month>may|march|august)\b", _month_alone),
    (rf"(?<![\d$€£.,/-])(?P<from>{YEAR})\s?[-–/]\s?(?P<year>{YEAR}|\d\d)\b(?![-.,]?\d)", _years),
    (rf"\b(?P<part>early|late|mid(?:dle of)?|(?:beginning|start|end) of)[\s-]{_YEAR}", _year),
    (rf"\b(?P<lead>{_YEAR_WORD}\s(?:the year\s)?){_YEAR}", _year),
    (rf"(?P<lead>\bthe\s|['’]s\s|\bhis\s|\bher\s|\bits\s|\btheir\s){_YEAR}(?=\s[A-Za-z])", _named_year),
    (rf"(?P<lead>(?<!\bwrote)(?<!\bread)(?<!\bcalled)(?<!\bnamed)(?<!\bof)\s){_YEAR}(?=\W*$)", _year),
)
#: The rules, compiled.
RULES = tuple((re.compile(pattern, re.IGNORECASE), rule) for pattern, rule in _LISTED)
