"""Speakers of articles -> their statements, by date or by relevance to what is asked about.

Invariants:

* ``text[start:end] == quote`` for every statement.
* Where nothing is asked about, the latest come first and the undated last.
* A statement that stands in several copies of one story is one (``statement_copies``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from sqlalchemy import select

from ingest.article import Article, Span
from ingest.attribution import Attribution
from vectorstore.archive import queries as reading
from vectorstore.archive.attributions import attribution
from vectorstore.archive.database import Archive
from vectorstore.archive.documents import parts
from vectorstore.archive.passage import ArticleReference
from vectorstore.archive.schema import articles, attributions, chunks
from vectorstore.speakers.copies import Clusters, Key, once_each, texts_of, words_of
from vectorstore.speakers.ranking import Candidate
from vectorstore.speakers.types import MIN_CONFIDENCE, SpokenStatement

#: The day of an article without one: behind all others.
_NEVER = 10**9


@dataclass(frozen=True, slots=True)
class Wanted:
    """A speaker of one article: the row, the speaker's name in the archive, and whom he or she spoke for there."""

    speaker_row: int
    name: str
    stands_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A stored statement, without the words of its article."""

    wanted: Wanted
    article_row: int
    attribution: Attribution

    @property
    def window(self) -> Span:
        """From the first word of cue, speaker and contents to the last."""
        one = self.attribution
        spans = [one.cue, one.content, *([one.speaker] if one.speaker else [])]
        return Span(min(span.start for span in spans), max(span.end for span in spans))


#: Ranks candidates for a question, some of which are not to be left out: relevance of each, NaN for those that are out.
Rank = Callable[[str, Sequence[Candidate], Collection[int]], list[float]]
#: A stretch of an article: its id and where.
Place: TypeAlias = tuple[str, Span]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementQuery:
    """Which of a speaker's statements are wanted.

    Attributes:
        about: what they are to be about, in any words, the most relevant first; empty for all, the latest first.
        limit: how many at most; None for all, without ``about``.
        min_confidence: only those of which at least this much is thought.
        copies: every copy of a statement by itself; else it comes once, from the article that was published first,
            with the near-duplicates in which it also stands.
        foremost: places, as a search has found them, whose statements come too, however far their own words are from
            ``about``: beyond ``limit``, with their relevance.
    """

    about: str = ""
    limit: int | None = 20
    min_confidence: float = MIN_CONFIDENCE
    copies: bool = False
    foremost: tuple[Place, ...] = ()


#: The latest of all that somebody said.
ALL_STATEMENTS = StatementQuery()


def find_statements(
    archive: Archive, wanted: Sequence[Wanted], query: StatementQuery, *, rank: Rank, clusters: Clusters
) -> list[SpokenStatement]:
    """The statements of these speakers.

    Args:
        rank: called with what they are to be about, where that is given.
        clusters: of near-duplicate articles.
    """
    found = list(_said(archive, wanted, query.min_confidence))
    if not found:
        return []
    others: dict[int, list[Said]] = {}
    if not query.copies:
        found, others = _once_each(archive, found, clusters)
    relevance = dict.fromkeys(range(len(found)), 0.0)
    kept: set[int] = set()
    if query.about.strip():
        kept = _standing_in(archive, found, query.foremost)
        scores = rank(query.about, _candidates(archive, found), kept)
        relevance = {at: score for at, score in enumerate(scores) if not np.isnan(score)}
        order = sorted(relevance, key=lambda at: -relevance[at])
    else:
        days = _days(archive, {said.article_row for said in found})
        order = sorted(
            relevance, key=lambda at: (-days.get(found[at].article_row, 0), found[at].article_row, found[at].window)
        )
    order = [at for place, at in enumerate(order) if query.limit is None or place < query.limit or at in kept]
    return _told(archive, [(found[at], relevance[at], others.get(at, ())) for at in order])


def _standing_in(archive: Archive, found: Sequence[Said], places: Sequence[Place]) -> set[int]:
    """Which statements share words with one of these places."""
    if not places:
        return set()
    query = select(articles.c.row, articles.c.id).where(articles.c.id.in_({article for article, _ in places}))
    with archive.reading_errors(), archive.engine.connect() as connection:
        ids = {line.row: line.id for line in connection.execute(query)}
    spans: dict[str, list[Span]] = {}
    for article, span in places:
        spans.setdefault(article, []).append(span)
    return {
        at
        for at, said in enumerate(found)
        for span in spans.get(ids.get(said.article_row, ""), ())
        if span.start < said.window.end and said.window.start < span.end
    }


def _once_each(archive: Archive, found: list[Said], clusters: Clusters) -> tuple[list[Said], dict[int, list[Said]]]:
    """Each statement once, as the article has it that was published first, and where else each of them stands."""
    rows = np.array([said.article_row for said in found], dtype=np.int64)
    number = dict(zip(rows.tolist(), clusters(rows).tolist(), strict=True))
    several = Counter(cluster for row, cluster in number.items() if cluster >= 0)
    copied = [row for row, cluster in number.items() if several[cluster] > 1]
    if not copied:
        return found, {}
    texts, days = texts_of(archive, copied), _days(archive, set(copied))

    def key_of(said: Said) -> Key | None:
        text = texts.get(said.article_row)
        return (number[said.article_row], words_of(said.attribution.content.of(text))) if text is not None else None

    return once_each(found, key_of, lambda said: (days.get(said.article_row, _NEVER), said.article_row))


def _said(archive: Archive, wanted: Sequence[Wanted], min_confidence: float) -> Iterator[Said]:
    by_row = {one.speaker_row: one for one in wanted}
    query = select(attributions).where(attributions.c.confidence >= min_confidence)
    with archive.reading_errors(), archive.engine.connect() as connection:
        for part in parts(sorted(by_row)):
            for line in connection.execute(query.where(attributions.c.speaker_row.in_(part))):
                one = by_row[line.speaker_row]
                yield Said(one, line.article_row, attribution(line.spans, line.kind, line.confidence, one.name))


def _days(archive: Archive, rows: set[int]) -> dict[int, int]:
    days: dict[int, int] = {}
    with archive.reading_errors(), archive.engine.connect() as connection:
        for part in parts(sorted(rows)):
            query = select(articles.c.row, articles.c.day).where(articles.c.row.in_(part), articles.c.day.is_not(None))
            days.update((row, day) for row, day in connection.execute(query))
    return days


def _candidates(archive: Archive, found: Sequence[Said]) -> list[Candidate]:
    texts = texts_of(archive, list({said.article_row for said in found}))
    return [
        Candidate(article_row=said.article_row, span=said.window, words=said.window.of(texts.get(said.article_row, "")))
        for said in found
    ]


def _told(archive: Archive, chosen: Sequence[tuple[Said, float, Sequence[Said]]]) -> list[SpokenStatement]:
    rows = sorted({said.article_row for first, _, others in chosen for said in (first, *others)})
    heads: dict[int, Article] = {}
    sentences: dict[int, list[Span]] = {}
    with archive.reading_errors(), archive.engine.connect() as connection:
        for part in parts(rows):
            query = select(articles).where(articles.c.row.in_(part))
            heads.update((line["row"], reading.article_of(line)) for line in connection.execute(query).mappings())
            cut = select(chunks.c.article_row, chunks.c.sentences).where(chunks.c.article_row.in_(part))
            for row, packed in connection.execute(cut.order_by(chunks.c.article_row, chunks.c.ordinal)):
                sentences.setdefault(row, []).extend(reading.unpacked(packed))
    return [
        _statement(
            heads[said.article_row],
            sentences.get(said.article_row, []),
            said,
            score,
            [heads[row] for row in dict.fromkeys(o.article_row for o in others) if row in heads],
        )
        for said, score, others in chosen
        if said.article_row in heads  # else it has been removed meanwhile
    ]


def _statement(
    article: Article, sentences: Sequence[Span], said: Said, score: float, also_in: Sequence[Article]
) -> SpokenStatement:
    one, window = said.attribution, said.window
    around = [span for span in sentences if span.start < window.end and window.start < span.end]
    context = Span(min([window.start, *(s.start for s in around)]), max([window.end, *(s.end for s in around)]))
    return SpokenStatement(
        speaker=said.wanted.name,
        stands_for=said.wanted.stands_for,
        article_id=article.id,
        title=article.title,
        url=article.url,
        source=article.source,
        published=article.published,
        cue=one.cue,
        contents=one.contents,
        context=context,
        quote=one.content.of(article.text),
        kind=one.kind,
        confidence=one.confidence,
        relevance=score,
        also_in=tuple(_reference(copy) for copy in also_in if copy.id != article.id),
    )


def _reference(article: Article) -> ArticleReference:
    return ArticleReference(
        article_id=article.id,
        title=article.title,
        url=article.url,
        source=article.source,
        published=article.published.isoformat() if article.published else None,
    )
