"""The date expressions that questions use, each a pattern of the grammar's parts and the days that it names."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from ingest.language.dates import readings
from ingest.language.dates.grammar import (
    ALSO_WORDS,
    DAY,
    DAY_MONTH,
    ISO,
    MONTH,
    MONTH_DAY,
    MONTH_YEAR,
    MONTHS,
    PLAIN_MONTHS,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
)
from ingest.language.words import FUNCTION_WORDS

_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(readings.COUNTS, key=len, reverse=True))})"
_UNIT = r"(?P<unit>day|week|month|year|decade)"
_PART = r"(?:(?P<part>early|late|mid(?:dle of)?|(?:beginning|start) of|end of)(?:\s+the\s+|[\s-]+))?"
# A year is no count: "2000 people", "$2015", "2,015", "2015.5".
_NO_COUNT = r"(?![\d%]|[.,:]\d|-\d\d?\b|\s?(?:people|men|women|children|per\s?cent)\b)"
_YEAR = rf"(?<![\d$€£.,:/])(?P<year>{YEAR})\b{_NO_COUNT}"
_YEAR_WORD = r"(?:in|during|since|before|after|until|till|from|between|and|through|throughout|year|circa)"
# These stand before counts as well: "by 2015 votes", "about 1900 jobs".
_NUMBER_WORD = r"(?:of|by|to|around|about)"
# Behind these, a month that is also a word ("May", "march") is the month.
_MONTH_WORD = r"(?:in|since|until|till|during|by|before|after|of|throughout|through|to|and|from)"
_SMALL_WORDS = r"(?:a|an|and|at|by|for|from|in|of|on|or|the|to|with)\b"
_NO_NAMES = FUNCTION_WORDS | MONTHS.keys() | WEEKDAYS.keys() | {"early", "late", "last", "next", "mid"}
# Feast days and the days named after the pattern of them, which people write without capitals too; and habits.
_BEFORE_DAY = "".join(
    rf"(?<!\b{word}\s)" for word in ("good", "ash", "palm", "easter", "black", "cyber", "super", "bloody", "every")
)
_SEASON = rf"(?P<season>{'|'.join(readings.SEASONS)})"
_PLAIN_MONTH = rf"(?P<month>{'|'.join(PLAIN_MONTHS)})\b"
_ANY_MONTH = rf"(?P<month>{'|'.join((*PLAIN_MONTHS, *ALSO_WORDS))})\b"
_OF_YEAR = rf"(?:of\s|in\s)?{_YEAR}"
_BEFORE_NUMBER = r"(?<![\d.,:/$€£-])\b"
# In order: what an earlier rule has read, a later one does not read again. What "lead" holds is read with the
# expression but stands before it: "since" in "since May" says how to take the days.
_LISTED: tuple[tuple[str, readings.Rule], ...] = (
    (rf"{ISO}(?!-)", readings.iso),
    (rf"(?<![\d/.])(?P<a>\d\d?)(?P<s>[/.])(?P<b>\d\d?)(?P=s)(?P<year>{YEAR})\b", readings.numeric),
    (rf"{_BEFORE_NUMBER}(?P<from>{DAY})\s?(?:-|–|to|and)\s?{DAY_MONTH}", readings.days_of_month),
    (
        rf"\b(?P<month>{MONTH})\s(?P<from>{DAY})\s?(?:-|–|to)\s?(?P<day>{DAY})(?:,?\s+(?P<year>{YEAR}))?\b",
        readings.days_of_month,
    ),
    (rf"{_BEFORE_NUMBER}{DAY_MONTH}(?!\s\d)", readings.day_of_month),
    (MONTH_DAY, readings.day_of_month),
    (rf"\b(?P<from>{MONTH})\s?(?:-|–|to|and|through)\s?{MONTH_YEAR}", readings.months_of_year),
    (rf"\b{_PART}{MONTH_YEAR}{_NO_COUNT}", readings.month_of_year),
    (rf"\b(?P<which>{'|'.join(readings.ORDINALS)})\s(?P<of>quarter|half)\s{_OF_YEAR}", readings.quarter),
    (r"\b(?P<which>first|second|third|fourth)\s(?P<of>quarter)\b(?!\s?-?final)", readings.quarter),
    (rf"\b(?P<of>[QH])(?P<which>[1-4])\b(?:\s{_OF_YEAR})?", readings.quarter),
    (rf"\b{_SEASON}\s{_OF_YEAR}", readings.season),
    (rf"\b(?P<which>last|this|next|past|previous)\s{_SEASON}\b", readings.season),
    (rf"\b{_PART}(?P<digits>1[89]\d0|20\d0)['’]?s\b", readings.decade),
    (rf"\bthe\s{_PART}(?:['’]?(?P<digits>\d0)['’]?s|(?P<name>{'|'.join(readings.DECADES)}))\b", readings.decade),
    (rf"\b{_COUNT}\s{_UNIT}s?\s(?:ago|earlier|back|before now)\b", readings.ago),
    (rf"\b(?:the|these)\s(?:past|last|previous|preceding)\s(?:{_COUNT}\s)?{_UNIT}s?\b", readings.trailing),
    (rf"\b(?:past|last|previous)\s{_COUNT}\s{_UNIT}s?\b", readings.trailing),
    (rf"\bpast\s{_UNIT}\b", readings.trailing),
    (r"\b(?P<unit>week|month|year)\s(?P<which>before\slast)\b", readings.calendar_period),
    (r"\b(?P<which>last|this|next|previous)\s(?P<unit>weekend|week|month|year)\b", readings.calendar_period),
    (r"(?<=\bthe\s)(?P<unit>weekend)\b", readings.calendar_period),
    (
        r"\b(?:the day before yesterday|yesterday|last night|today(?!['’]s (?:world|society|standards))|tonight"
        r"|tomorrow|this (?:morning|afternoon|evening))\b",
        readings.near_day,
    ),
    (rf"{_BEFORE_DAY}\b(?:(?P<which>last|this|next|past)\s)?(?P<weekday>{WEEKDAY})\b", readings.day_of_week),
    (rf"\b(?P<which>last|this|next)\s{_ANY_MONTH}", readings.month_alone),
    (rf"\b(?P<part>early|late|mid(?:dle of)?|(?:beginning|start|end) of)[\s-]{_ANY_MONTH}", readings.month_alone),
    (rf"\b(?P<lead>{_MONTH_WORD}\s){_ANY_MONTH}", readings.month_alone),
    # "The November custom" says when no more than "the winter coat" does.
    (rf"\b{_PLAIN_MONTH}(?!\s\w)", readings.month_alone),
    (rf"(?<![\d$€£.,/-])(?P<from>{YEAR})\s?[-–/]\s?(?P<year>{YEAR}|\d\d)\b(?![-.,]?\d)", readings.years),
    (rf"\b(?P<part>early|late|mid(?:dle of)?|(?:beginning|start|end) of)[\s-]{_YEAR}", readings.year),
    (rf"\b(?P<lead>{_YEAR_WORD}\s(?:the year\s)?){_YEAR}", readings.year),
    (rf"\b(?P<lead>{_NUMBER_WORD}\s(?:the year\s)?){_YEAR}(?!\s[a-z]{{3,}}s\b)", readings.year),
    (rf"(?P<lead>\bthe\s|['’]s\s|\bhis\s|\bher\s|\bits\s|\btheir\s){_YEAR}(?=\s[A-Za-z])", readings.named_year),
    # "World Cup winner 2014"; but in "Who wrote 1984?" the number is what was written.
    (rf"(?P<lead>^(?!\W*who\s+\w+\s+\d+\W*$)[\s\S]*\s){_YEAR}(?=\W*$)", readings.year),
)
_RULES = tuple((re.compile(pattern, re.IGNORECASE), rule) for pattern, rule in _LISTED)
_MAY_BE_NAMES = (readings.month_alone, readings.day_of_week)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """A date expression of a text: the days that it names, its place, whether a day of the week names them, and whether
    it names the first of them and the last ("12-14 May").
    """

    days: readings.Days
    start: int
    end: int
    weekday: bool
    both_ends: bool


def expressions(text: str, as_of: dt.date, ahead: bool = False) -> list[Expression]:
    """The date expressions of a text, in order, each stretch read once. ``ahead``: it asks of what is to come."""
    taken: list[tuple[int, int]] = []
    found: list[Expression] = []
    for pattern, rule in _RULES:
        groups = pattern.groupindex
        for match in pattern.finditer(text):
            start, end = match.end("lead") if "lead" in groups else match.start(), match.end()
            if any(first < end and start < last for first, last in taken):
                continue
            taken.append((start, end))
            if rule in _MAY_BE_NAMES and _in_name(match):
                continue
            if days := rule(readings.Parts(match), as_of, ahead):
                found.append(
                    Expression(days=days, start=start, end=end, weekday="weekday" in groups, both_ends="from" in groups)
                )
    return sorted(found, key=lambda expression: expression.start)


#: The letters that a text ends with, and what follows them in their word. Looked for at the beginning of a word alone.
_WORD_BEFORE = re.compile(r"(?<![\w.-])[\d_.-]*+([^\W\d_][\w.-]*+)\s$")


def _in_name(match: re.Match[str]) -> bool:
    """Whether a day or month is part of a longer name, by its neighbours' capitals: "Sheffield Wednesday", "April
    Jones", "Sunday Times". Before it they tell nothing in a title, which has them throughout; "Sunday night" is a time.
    """
    text, start, end = match.string, *match.span("weekday" if "weekday" in match.re.groupindex else "month")
    if not text[start].isupper() or re.match(r"\s(?:morning|afternoon|evening|night)\b", text[end:]):
        return False
    title = not re.search(rf"\b(?!{_SMALL_WORDS})[a-z]", text)
    before = None if title else _WORD_BEFORE.search(text[:start])
    behind = re.match(r"\s([^\W\d_][\w-]*)", text[end:])
    return any(word and word[1][0].isupper() and word[1].lower() not in _NO_NAMES for word in (before, behind))
