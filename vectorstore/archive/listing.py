"""What an archive holds, for a person to look through: articles page by page, and figures about all of them.

Invariant: nothing here writes. What a function returns is one consistent state of the archive.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import func, select

from ingest.article import Published, parse_published
from vectorstore.archive.database import Archive
from vectorstore.archive.schema import articles, chunks


class Order(StrEnum):
    """How articles are listed; the undated come last by date, and articles that are equal by date."""

    LATEST = "latest first"
    EARLIEST = "earliest first"
    TITLE = "by title"
    PUBLISHER = "by publisher"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedArticle:
    """One line of the list."""

    id: str
    title: str
    source: str
    published: Published


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """Some of the articles that were asked for, beginning at ``offset``, and how many there are in all."""

    articles: tuple[ListedArticle, ...]
    offset: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """Figures about an archive. ``days`` counts articles by day (None: undated) and publisher ("" where unknown);
    ``publishers`` are those that have a name, the one with the most articles first.
    """

    articles: int
    passages: int
    days: Counter[tuple[dt.date | None, str]]
    publishers: tuple[str, ...]

    @property
    def first(self) -> dt.date | None:
        """The day of the earliest dated article."""
        return min((day for day, _ in self.days if day), default=None)

    @property
    def last(self) -> dt.date | None:
        """The day of the latest dated article."""
        return max((day for day, _ in self.days if day), default=None)


class _Head(NamedTuple):
    """What listing and ordering look at; ``day`` is an ordinal."""

    row: int
    id: str
    title: str
    source: str
    day: int | None


def list_articles(
    archive: Archive,
    *,
    words: str = "",
    source: str | None = None,
    order: Order = Order.LATEST,
    offset: int = 0,
    limit: int = 50,
) -> ArticlePage:
    """One page of the articles.

    Args:
        words: each of them stands in the title or the publisher's name, without regard to case and accents.
        source: only this publisher, as the archive spells it.
        offset: the first to return; beyond the end it is the beginning of the last page.
    """
    # SQLite folds the case of ASCII alone, so the heads of all articles come here: 4,500 take 30 to 100 ms.
    query = select(articles.c.row, articles.c.id, articles.c.title, articles.c.source, articles.c.day)
    if source is not None:
        query = query.where(articles.c.source == source)
    with archive.reading_errors(), archive.engine.connect() as connection:
        wanted = _folded(words).split()
        heads = map(_Head._make, connection.execute(query))
        found = [head for head in heads if _has(head, wanted)]
        _sort(found, order)
        last = max((len(found) - 1) // limit * limit, 0)
        begin = min(max(offset, 0), last)
        shown = found[begin : begin + limit]
        published = dict(
            connection.execute(
                select(articles.c.row, articles.c.published).where(articles.c.row.in_([row.row for row in shown]))
            ).all()
        )
    return ArticlePage(
        articles=tuple(
            ListedArticle(id=row.id, title=row.title, source=row.source, published=_published(published[row.row]))
            for row in shown
        ),
        offset=begin,
        total=len(found),
    )


def _has(row: _Head, words: Sequence[str]) -> bool:
    if not words:
        return True
    head = _folded(f"{row.title} {row.source}")
    return all(word in head for word in words)


def _sort(rows: list[_Head], order: Order) -> None:
    sign = 1 if order is Order.EARLIEST else -1
    rows.sort(key=lambda row: (row.day is None, sign * (row.day or 0), row.row))
    if order is Order.TITLE:
        rows.sort(key=lambda row: _as_filed(row.title))
    elif order is Order.PUBLISHER:
        rows.sort(key=lambda row: _as_filed(row.source))


def _as_filed(name: str) -> tuple[bool, str]:
    """Where a name is filed: quotation marks and the like do not count, and what has none comes last."""
    return not name, "".join(c for c in _folded(name) if c.isalnum() or c == " ").strip()


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def _published(value: str | None) -> Published:
    parsed = parse_published(value)
    return parsed if isinstance(parsed, dt.date) else None


def holdings(archive: Archive) -> Holdings:
    """Count what the archive holds."""
    with archive.reading_errors(), archive.engine.connect() as connection:
        passages = connection.scalar(select(func.count()).select_from(chunks)) or 0
        rows = connection.execute(
            select(articles.c.day, articles.c.source, func.count().label("number")).group_by(
                articles.c.day, articles.c.source
            )
        ).all()
    days: Counter[tuple[dt.date | None, str]] = Counter()
    publishers: Counter[str] = Counter()
    for row in rows:
        days[(dt.date.fromordinal(row.day) if row.day else None, row.source)] += row.number
        publishers[row.source] += row.number
    named = sorted((name for name in publishers if name), key=lambda name: (-publishers[name], name))
    return Holdings(articles=publishers.total(), passages=passages, days=days, publishers=tuple(named))
