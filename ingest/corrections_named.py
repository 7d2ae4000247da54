"""A correction that names the day of the report which it corrects: "Our report of 4 August said that …".

Newspapers print such notes under a later story of their own, which is no version of the earlier one and has another
headline. The report is then the one of the same publisher and that day that names the same people and places.

Pure: no store. Invariant: a day is never later than the note's own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from ingest.language.dates.grammar import CALENDAR_WORDS, WEEKDAY, date_or_none
from ingest.language.dates.mentions import day_mentions

_WORK = r"(?:story|article|report|version|piece|item|column|dispatch)s?"
#: What stands right before the day that a note names, a weekday before its date left out.
_BEFORE = re.compile(
    rf"\b{_WORK}\s+(?:(?:that\s+(?:was\s+)?)?(?:published|printed|posted)\s+)?(?:of|from|on|in|dated)\s+(?:our\s+)?"
    rf"(?:{WEEKDAY},?\s+)?$",
    re.IGNORECASE,
)
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
    named = [mention for mention in day_mentions(note) if _BEFORE.search(note[: mention.start])]
    for mention in named:
        if mention.month is not None and mention.day is not None:
            return _day(mention.year, mention.month, mention.day, published)
    for mention in named:
        if mention.weekday is not None:
            return published - dt.timedelta(days=(published.weekday() - mention.weekday) % 7)
    return None


def _day(year: int | None, month: int, day: int, published: dt.date) -> dt.date | None:
    years = [year] if year else [published.year, published.year - 1]
    dates = (date_or_none(named, month, day) for named in years)
    return next((date for date in dates if date and date <= published), None)


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
    return found - CALENDAR_WORDS
