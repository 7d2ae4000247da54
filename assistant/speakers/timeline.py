"""What happened when: passages that span the days of a story, and cited sentences as a dated sequence.

Invariants: entries stand from the earliest to the latest, at most ``ENTRIES``, no sentence twice; a date is the one
that the sentence itself gives to what it tells, else the day on which its article was published; what has neither is
left out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import groupby

from assistant.question.query import Query
from assistant.types import Citation, TimelineEntry
from ingest.article import Published
from ingest.language.dates.mentions import DayMention, day_mentions
from ingest.language.lexicon import SPEECH, verbs
from ingest.language.quotations import unquoted
from ingest.language.words import words
from vectorstore.archive.passage import Passage
from vectorstore.store import Store

#: Steps of a sequence, at most.
ENTRIES = 8
#: Passages that are looked through for one.
_LOOKED_THROUGH, _ARTICLES = 60, 30
#: A passage below this share of the best cosine is about something else.
_RELEVANT = 0.6
#: What stands directly before a date that is given to what the sentence tells; "since", "than in" and "of" are not.
_ON = re.compile(r"(?:^|[.,;:—–-]\s*|(?<!\bthan )\b(?:on|in)\s+(?:[A-Z][a-z]+day,?\s+)?)$", re.I)
#: Years after which a bare year or month is background.
_RECALLED = 2
#: Characters of a sentence that a date at its beginning lies within.
_OPENING = 20


def passages_over_time(store: Store, query: Query) -> list[Passage]:
    """The most relevant passages of as many of the story's days as there are, the most relevant first.

    Where there are more days than ``ENTRIES``, neighbouring ones share a place, so that the whole span is covered.
    """
    # With open dates no day counts for more than another: a sequence is not about what is new.
    wide = store.search(
        query.text,
        query.scope,
        limit=_LOOKED_THROUGH,
        min_articles=_ARTICLES,
        dates=(None, query.scope.last_day),
    )
    best = max((passage.scores.cosine for passage in wide), default=0.0)
    dated = [p for p in wide if p.published is not None and p.scores.cosine >= _RELEVANT * best]
    days = {day: list(group) for day, group in groupby(sorted(dated, key=_day_of), key=_day_of)}
    buckets: list[list[Passage]] = [[] for _ in range(min(ENTRIES, len(days)))]
    for at, group in enumerate(days.values()):
        buckets[at * len(buckets) // len(days)] += group
    each = max(1, ENTRIES // max(len(buckets), 1))
    chosen = {id(p) for bucket in buckets for p in sorted(bucket, key=lambda p: p.rank)[:each]}
    return [passage for passage in dated if id(passage) in chosen]


def _day_of(passage: Passage) -> dt.date:
    return _day(passage.published) or dt.date.min


def _day(published: Published) -> dt.date | None:
    return published.date() if isinstance(published, dt.datetime) else published


def date_of(text: str, published: dt.date | None) -> tuple[str, bool] | None:
    """When what a sentence tells was so, in ISO 8601, and whether the sentence says it; None where nothing tells.

    Args:
        published: the day of its article. A date without a year is the one nearest to it. A date in quotation marks is
            part of what was said, and does not say when.
    """
    text = unquoted(text)
    told = bool(verbs(*SPEECH) & set(words(text)))
    for mention in day_mentions(text):
        front = text[max(0, mention.start - 24) : mention.start]
        # "In March the bank said" gives when it was said; "said that unemployment in February" does not.
        if mention.weekday is None and _ON.search(front) and (not told or mention.start < _OPENING):
            named = _named(mention, published)
            if named is not None:
                return named, True
    return (published.isoformat(), False) if published is not None else None


def _named(mention: DayMention, published: dt.date | None) -> str | None:
    year = mention.year
    if year is None and published is not None and mention.month is not None:
        distance = {y: abs((y - published.year) * 12 + mention.month - published.month) for y in _years(published)}
        year = min(distance, key=distance.__getitem__)
    if year is None or (mention.day is None and published is not None and not _is_news(year, mention.month, published)):
        return None
    if mention.month is None:
        return str(year)
    return f"{year}-{mention.month:02}" + (f"-{mention.day:02}" if mention.day else "")


def _is_news(year: int, month: int | None, published: dt.date) -> bool:
    """Whether a year or month is near enough to be told and not only recalled, and not a forecast's."""
    return published.year - _RECALLED <= year and (year, month or 1) <= (published.year, published.month)


def _years(published: dt.date) -> range:
    return range(published.year - 1, published.year + 2)


def timeline(citations: Sequence[Citation]) -> tuple[TimelineEntry, ...]:
    """Citations as a dated sequence."""
    entries: dict[str, TimelineEntry] = {}
    for citation in citations:
        published = dt.datetime.fromisoformat(citation.published).date() if citation.published else None
        dated = date_of(citation.quote, published)
        if dated is not None:
            entry = TimelineEntry(
                date=dated[0],
                dated_by_text=dated[1],
                text=citation.quote,
                citation=citation.number,
                speaker=citation.speaker,
            )
            entries.setdefault(" ".join(words(citation.quote)), entry)
    return tuple(sorted(entries.values(), key=lambda e: (e.date, e.citation))[:ENTRIES])
