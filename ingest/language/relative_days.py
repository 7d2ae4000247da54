"""Days that a sentence names from its article's day: "on Thursday", "yesterday", as days of the calendar.

Precision before recall: a day in quotation marks counts from another day, "last Thursday" and "next Thursday" are two
days to different readers, "Black Friday" and "every Friday" are none; nothing is said of them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from ingest.language.dates.mentions import DayMention, day_mentions
from ingest.language.quotations import unquoted

_WORDS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_WORD = re.compile(rf"\b({'|'.join(_WORDS)})\b", re.IGNORECASE)
_PAST = (
    r"(?:\w+ed|said|told|was|were|had|did|began|came|went|took|held|met|won|lost|left|made|saw|gave|spoke|wrote|rose|fell"
    r"|shot|hit|fled|sent|struck|broke|became|drove|flew|found|got|grew|kept|knew|led|paid|ran|sank|sold|stood|swept|took)"
)
_HAPPENED = re.compile(rf"\b{_PAST}\b", re.IGNORECASE)
#: What stands before a weekday that is the nearest one: "on Thursday", "late Thursday", "said Thursday".
_BEFORE = re.compile(
    rf"(?:^|\b(?:on|late|early|since|until|till|by|from|of|for|through|{_PAST})\s{{1,3}}|[,—–-]\s{{0,3}})$",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(rf"\b{_PAST}\s{{1,3}}(?:(?:on|late|early)\s{{1,3}})?$", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|shall|would|to be|going to|is due|are due|is set|are set|plans?|planned|expected|scheduled|expects?"
    r"|hopes?|upcoming|deadline|by|until|till|must|may|might|could)\b",
    re.IGNORECASE,
)
_TIME_OF_DAY = re.compile(r"\s{1,3}(?:morning|afternoon|evening|night)\b", re.IGNORECASE)
_NEAR = 4


def resolved_days(text: str, published: dt.date | None) -> list[tuple[str, dt.date]]:
    """The words for a day in a sentence, each with the day of the calendar, in order; none of what is in doubt.

    Args:
        published: the day of the article.
    """
    return list(dict.fromkeys(_found(unquoted(text), published))) if published is not None else []


def _found(text: str, published: dt.date) -> Iterator[tuple[str, dt.date]]:
    mentions = day_mentions(text)
    dates = [one for one in mentions if one.weekday is None]
    places = [(m.start(), m[0], published + dt.timedelta(days=_WORDS[m[0].lower()])) for m in _WORD.finditer(text)]
    for one in mentions:
        if one.weekday is None or any(_beside(one, other) for other in dates):
            continue
        day = _weekday(text, one, published)
        if day is not None:
            places.append((one.start, one.text, day))
    for _, word, day in sorted(places):
        yield word, day


def _beside(one: DayMention, other: DayMention) -> bool:
    return 0 <= other.start - one.end <= _NEAR or 0 <= one.start - other.end <= _NEAR


def _weekday(text: str, one: DayMention, published: dt.date) -> dt.date | None:
    """The day: the last one of that name up to the article's, the next where the words around tell of what is ahead."""
    assert one.weekday is not None
    before, behind = text[: one.start], text[one.end :]
    plural_or_name = re.match(r"s\b|['’]s\b|\s{1,3}[A-Z]", behind)
    if not _BEFORE.search(before) or (plural_or_name and not _TIME_OF_DAY.match(behind)):
        return None
    ago = (published.weekday() - one.weekday) % 7
    happened, ahead = _HAPPENED.search(text), _AHEAD.search(text)
    # "Said on Thursday that it will rain": the day stands by the verb; elsewhere both leave it in doubt.
    if _AT_ONCE.search(before) or (happened and not ahead):
        return published - dt.timedelta(days=ago)
    return published + dt.timedelta(days=-ago % 7) if ahead and not happened else None
