"""The names of months and days, and the patterns of written dates that every reading of dates is built from.

The names are CLDR's, of ``calendar.json``, which ``python -m tests.helpers.calendar_table`` writes. Text is read in
English; the line that dates a document, in every language of the table.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from pathlib import Path

from ingest.language.words import fold

_CALENDAR = json.loads(Path(__file__).with_name("calendar.json").read_text(encoding="utf-8"))
_ENGLISH = _CALENDAR["en"]
#: January to December, lower case.
FULL_MONTHS = [forms[0] for forms in _ENGLISH["months"]]
_FULL_DAYS = [forms[0] for forms in _ENGLISH["weekdays"]]
#: Month's name or its short form, lower case -> 1 to 12. "Sept" is how the press shortens it.
MONTHS = {form: i for i, forms in enumerate(_ENGLISH["months"], start=1) for form in forms} | {"sept": 9}
#: Day's name, lower case -> 0 (Monday) to 6.
WEEKDAYS = {name: i for i, name in enumerate(_FULL_DAYS)}
_MONTHS_EVERYWHERE: dict[str, int] = _CALENDAR.get("months", {}) | MONTHS
_OF_LANGUAGE: dict[str, dict[str, int]] = _CALENDAR.get("of_language", {})
_BESIDE = frozenset(_CALENDAR.get("beside", ()))
#: The names of months and days as words of a text, lower case, months' short forms without their stop.
CALENDAR_WORDS = frozenset(MONTHS) | frozenset(WEEKDAYS)
#: Months whose names are words of their own: "may" and "march" are verbs first.
ALSO_WORDS = ("may", "march", "august")
#: The other months' full names.
PLAIN_MONTHS = tuple(name for name in FULL_MONTHS if name not in ALSO_WORDS)

#: A month's name; a short form may have its stop.
MONTH = rf"(?:{'|'.join(FULL_MONTHS)}|(?:{'|'.join(sorted(set(MONTHS) - set(FULL_MONTHS), reverse=True))})\b\.?)"
WEEKDAY = rf"(?:{'|'.join(_FULL_DAYS)})"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?:1[89]|20)\d\d"

# "How many of the 12 may resign?": a verb has its next word close behind it.
_NO_MODAL = r"(?!(?-i:may|march)\s+(?!(?:at|in|and|to|about|for|by|or)\b)(?-i:[a-z]))"
#: To be read without regard to case, with the groups ``year``, ``month`` and ``day``.
ISO = rf"\b(?P<year>{YEAR})-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?\b"
MONTH_BEHIND = rf"\s+{_NO_MODAL}(?P<month>{MONTH})(?:,?\s+(?P<year>{YEAR}))?\b"
DAY_MONTH = rf"(?P<day>{DAY})(?:\s+of)?{MONTH_BEHIND}"
MONTH_DAY = (
    rf"\b(?P<month>{MONTH})\s+(?P<day>{DAY})(?![\d%]|[.,:]\d|\s(?:per\s?cent|people)\b)(?:,?\s+(?P<year>{YEAR})\b)?"
)
MONTH_YEAR = rf"(?P<month>{MONTH}),?\s+(?:of\s+)?(?P<year>{YEAR})\b"


def month_number(written: str) -> int:
    """1 to 12 of an English name, of a short form, or of a number as written."""
    return int(written) if written.isdigit() else MONTHS[written.lower().rstrip(".")]


def day_number(written: str) -> int:
    """12 of "12th"."""
    return int(re.sub(r"\D", "", written))


def date_or_none(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None where there is no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def months_everywhere() -> Mapping[str, int]:
    """The folded names of months in all languages. What two languages call different months ("listopada" is October in
    Croatian, November in Polish) is left out, but an English name means what it means in English.
    """
    return _MONTHS_EVERYWHERE


def months_of(language: str) -> Mapping[str, int]:
    """The names that mean another month in ``language`` ("pl") than elsewhere, or none elsewhere."""
    return _OF_LANGUAGE.get(language, {})


def words_beside() -> frozenset[str]:
    """The folded words that written dates have besides month and numbers: weekdays, "de" in "12 de mayo de 2015"."""
    return _BESIDE


def day_comes_first(tag: str) -> bool:
    """Whether 4/5/2015 is the fourth of May in the language of a tag ("de-AT"). English is written both ways, and
    pages in any language say that they are English.
    """
    tag = tag.lower()
    return tag.split("-")[0] in _CALENDAR["day_first"] and tag not in _CALENDAR["month_first"]


_MARKS = str.maketrans("", "", "\u200e\u200f\u061c")  # of the direction of writing


def date_words(text: str) -> list[str]:
    """The words and numbers of a written date, folded. A stop between letters is of an abbreviation ("พ.ค.")."""
    parts = re.split(r"(?:[\s,،/()’'‘\u200c\u200f-]|(?<![^\W\d_])\.|\.(?![^\W\d_]))+", fold(text.translate(_MARKS)))
    return [word for word in parts if word]
