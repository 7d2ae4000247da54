"""Days that a sentence names from its article's day: "on Thursday", "yesterday", as days of the calendar.

Precision before recall: a day in quotation marks counts from another day, "last Thursday" and "next Thursday" are two
days to different readers, "Black Friday" and "every Friday" are none; nothing is said of them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from ingest.language.dates.mentions import DayMention, day_mentions
from ingest.language.lexicon import SPEECH, verbs
from ingest.language.quotations import unquoted
from ingest.language.words import words

_WORDS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_WORD = re.compile(rf"\b({'|'.join(_WORDS)})\b", re.IGNORECASE)
_PAST = (
    r"(?:\w+ed|said|told|was|were|had|did|began|came|went|took|held|met|won|lost|left|made|saw|gave|spoke|wrote|rose|fell"
    r"|shot|hit|fled|sent|struck|broke|became|drove|flew|found|got|grew|kept|knew|led|paid|ran|sank|sold|stood|swept)"
)
_HAPPENED = re.compile(rf"\b{_PAST}\b", re.IGNORECASE)
#: What stands before a weekday that is the nearest one: "on Thursday", "late Thursday", "said Thursday".
_BEFORE = re.compile(
    rf"(?:^|\b(?:on|late|early|since|from|of|for|through|{_PAST})\s{{1,3}}|[,—–-]\s{{0,3}})$",
    re.IGNORECASE,
)
#: The same with what may stand between a verb and its day: "held talks late on Thursday"; "said it opens on Thursday"
#: gives no day to "said".
_NEXT_TO = re.compile(
    rf"\b(?P<verb>{_PAST})\s{{1,3}}(?P<between>(?:\w+\s{{1,3}}){{0,2}}?)(?:(?:on|late|early|since|until)\s{{1,3}}){{0,2}}$",
    re.IGNORECASE,
)
#: "Will stay closed on Thursday" is no past.
_STATES = re.compile(r"\b(?:is|are|be|been|being|stays?|remains?|keeps?)\s{1,3}$", re.IGNORECASE)
#: Where the clause begins that a day stands in.
_CLAUSE = re.compile(r"[,;:—–]|\b(?:that|which|who|when|where|while|because|after|before|and|but)\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|shall|would|to be|going to|is due|are due|is set|are set|plans?|planned|expected|scheduled|expects?"
    r"|hopes?|upcoming|must|may|might|could)\b",
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
    clause = _clause(before)
    ahead, beside = _AHEAD.search(clause), _NEXT_TO.search(clause)
    # A day at the front of a sentence is that of the verb behind it.
    front = set(words(clause)) <= {"on", "late", "early"}
    if front:
        following = re.split(_CLAUSE, behind)[0]
        ahead, happened = _AHEAD.search(following), _HAPPENED.search(following)
        if bool(ahead) == bool(happened):
            return None
        return published - dt.timedelta(days=ago) if happened else published + dt.timedelta(days=-ago % 7)
    state = beside is not None and _STATES.search(clause[: beside.start()]) is not None
    if ahead:
        return None if beside and not state else published + dt.timedelta(days=-ago % 7)
    if beside is None or state:
        return None
    # "Said it opens on Thursday": what stands between may be a clause of its own.
    speaks = beside["verb"].casefold() in verbs(*SPEECH)
    return None if speaks and beside["between"].strip() else published - dt.timedelta(days=ago)


def _clause(before: str) -> str:
    """What stands before a day, from where its clause begins."""
    starts = [match.end() for match in _CLAUSE.finditer(before)]
    return before[starts[-1] if starts else 0 :]
