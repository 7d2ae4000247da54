"""Dates read out of a question: which days of publication it points to.

A small grammar of its own: general date parsers read "may" as May and "2,000 people" as a year. A date without its year
is the latest such date that is not after ``as_of``.

Invariants:

* ``start <= end`` where both are given; both are days inclusive; None is unbounded.
* A range that lies wholly after ``as_of`` is none: nothing is published yet on those days.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.day_mentions import DAY, MONTH, MONTHS, WEEKDAY, WEEKDAYS, YEAR

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRange:
    """Days of publication, inclusive; None is unbounded."""

    start: dt.date | None
    end: dt.date | None


@dataclass(frozen=True, slots=True)
class _Period:
    """The days that one date expression names, and where it stands in the question."""

    first: dt.date
    last: dt.date
    start: int
    end: int


_NUMBERS = {w: i for i, w in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)}
_NUMBERS |= {"a": 1, "an": 1, "couple of": 2, "a couple of": 2, "few": 3, "a few": 3, "several": 4, "twelve": 12}
_NUMBER = r"(?:\d{1,3}|(?:a )?couple of|a few|few|several|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_UNIT = r"(?P<unit>day|week|month|year|decade)s?"
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_DECADES = {w: 10 * i for i, w in enumerate(["twenties", "thirties", "forties", "fifties", "sixties"], 2)}
_DECADES |= {"seventies": 70, "eighties": 80, "nineties": 90}
# Days that have a name of their own, and words that a day's name is part of.
_NAMED_DAY = r"(?<!black )(?<!super )(?<!good )(?<!ash )(?<!bloody )(?<!cyber )(?<!easter )(?<!palm )(?<!fat )(?<!every )"
_NOT_A_DAY = r"(?!s\b|['’]s (?:child|club)|\s(?:Times|League|Express|Mirror|Mail|Post|Night Football|Night Live|Addams)\b)"
# A month whose name is also a verb or a word needs a word of time before it.
_TIME_WORD = r"(?:in|since|until|till|during|before|after|by|last|this|early|late|mid|from|to|between|and|through|of|for)"
_PART = r"(?:(?P<part>early|late|mid|middle of|beginning of|start of|end of|the beginning of|the end of)[\s-]+)?"
# A count: a round number and a plural behind it, "2000 people".
_NOT_A_COUNT = (
    r"(?![\d%]|[.,:]\d|-\d|\s?(?:people|men|women|children|jobs|votes|dollars|euros|pounds|miles|metres|meters|km"
    r"|kilomet\w+|troops|soldiers|years|days|hours|points|homes|cars|deaths|cases|seats|tons|tonnes|percent|per cent)\b)"
)
_YEAR_ALONE = rf"(?P<year>{YEAR})\b{_NOT_A_COUNT}"
_YEAR_WORD = (
    r"(?:in|during|of|since|before|after|until|till|by|from|to|between|and|through|throughout|year|for|early|late|mid|around"
    r"|about|circa|back in)"
)
_BOOK = r"(?<!author of )(?<!novel )(?<!book )(?<!film )(?<!movie )"


def _last_of_month(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])
