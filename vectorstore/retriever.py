"""Question -> ranked passages: dense and BM25 fused, dates as evidence, filters exact.

A passage's score is the sum of z-scores of its cosine, its BM25 and its article's BM25, plus a prior for the date
(the figures are in ``docs/`` and `make bench-retrieval` prints them):

* An article published after ``as_of`` is not looked at. Among the others the prior decays with age,
  ``weight * exp(-age in days / decay)``: the news of the day before a question answers it more often than older
  news. It is a prior and never a filter: what is old but fits still wins where nothing recent does.
* Where the question itself names dates, the prior follows those in place of recency.

Invariants: every passage that a filter excludes is absent, whatever its score; ranks run from 1 without gap.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from vectorstore import reading
from vectorstore.passage import Passage, Scores, passage_of
from vectorstore.reading import UNDATED, Catalogue

if TYPE_CHECKING:
    from vectorstore.archive import Archive
    from vectorstore.indexes import Indexes

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


#: Chunks that a filter leaves, up to which all of them are compared (about 20 ms).
_EXACT = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The weights of the fusion; the defaults were chosen on ``realtimeqa-dev`` by halves (`make bench-retrieval`)."""

    dense: float = 1.0
    lexical: float = 1.0
    article_lexical: float = 1.0
    date: float = 8.0
    #: Days after which the recency prior has fallen to 1/e.
    decay: float = 20.0
    #: The same for dates outside of those that the question names.
    hint_decay: float = 10.0
    #: How many candidates each index gives.
    candidates: int = 200
    articles: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What may be returned at all. Days are inclusive; ``sources`` None allows every publisher.

    With a lower bound, undated articles are left out: they cannot be shown to lie within it.
    """

    as_of: dt.date | None = None
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    sources: frozenset[str] | None = None

    @property
    def day_to(self) -> int | None:
        """The last ordinal day allowed."""
        days = [d.toordinal() for d in (self.as_of, self.date_to) if d is not None]
        return min(days) if days else None

    @property
    def day_from(self) -> int | None:
        """The first ordinal day allowed."""
        return self.date_from.toordinal() if self.date_from is not None else None

    @property
    def include_undated(self) -> bool:
        """Whether an article without a date may be returned."""
        return self.date_from is None and self.date_to is None


class Retriever(BaseRetriever):
    """Hybrid, date-aware retrieval over one store; a LangChain retriever.

    ``search`` is what it does; LangChain's ``invoke`` gives the same passages as documents, whose metadata hold
    article_id, title, url, source, published, start, end, score and rank.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    indexes: Any  # vectorstore.indexes.Indexes, which pydantic would have to import
    ranking: Ranking = Ranking()
    #: Passages that `invoke` returns.
    k: int = 8
    #: Filters that `invoke` applies.
    filters: Filters = Filters()
    _catalogue: Catalogue | None = None

    def search(
        self,
        query: str,
        *,
        limit: int = 20,
        min_articles: int = 0,
        per_article: int | None = None,
        filters: Filters | None = None,
        dates: tuple[dt.date | None, dt.date | None] | None = None,
    ) -> list[Passage]:
        """Rank passages.

        Args:
            limit: how many passages, at most; more where ``min_articles`` asks for it.
            min_articles: from how many articles at least, where there are as many.
            per_article: how many of one article at most.
            dates: the days that the question itself names (either end open), for the prior.

        Returns:
            Passages, the best first.
        """
        filters = filters or self.filters
        catalogue = self.catalogue()
        allowed = catalogue.allowed(
            day_from=filters.day_from,
            day_to=filters.day_to,
            include_undated=filters.include_undated,
            sources=filters.sources,
        )
        if not allowed.any():
            return []
        candidates = self._candidates(query, catalogue, filters, allowed)
        if len(candidates.rows) == 0:
            return []
        prior = self._prior(catalogue.days_of(candidates.articles), filters.as_of or dt.date.today(), dates)
        total = candidates.fused(self.ranking) + prior
        order = np.argsort(-total, kind="stable")
        chosen = _choose(candidates.articles[order], limit, min_articles, per_article)
        return self._passages(candidates, order[chosen], total, prior)

    def catalogue(self) -> Catalogue:
        """The arrays of the archive as it stands."""
        archive: Archive = self.indexes.archive
        if self._catalogue is None or self._catalogue.head != archive.head():
            self._catalogue = reading.catalogue(archive)
        return self._catalogue

    def _candidates(
        self, query: str, catalogue: Catalogue, filters: Filters, allowed: npt.NDArray[np.bool_]
    ) -> _Candidates:
        indexes: Indexes = self.indexes
        vector = indexes.encoder.encode([query])[0]
        native: dict[str, Any] = {
            "day_from": filters.day_from,
            "day_to": filters.day_to,
            "include_undated": filters.include_undated,
            "sources": catalogue.spelled(filters.sources),
        }
        passages = indexes.lexical.search_passages(query, self.ranking.candidates, **native)
        articles = dict(indexes.lexical.search_articles(query, self.ranking.articles, **native))
        dense = self._dense(vector, catalogue, allowed)
        lexical = {row: score for row, _, score in passages}
        rows = np.array(sorted({*dense, *lexical}), dtype=np.int64)
        article_rows = catalogue.articles_of(rows)
        # An index may for a moment hold a chunk that the archive has let go, or the other way round.
        kept = np.isin(article_rows, catalogue.article_rows[allowed])
        rows, article_rows = rows[kept], article_rows[kept]
        # A passage that the dense search did not reach is at most as near as the last that it did: ranking by that
        # bound was as good as by the exact cosine, which would have to be read for each of them.
        bound = min(dense.values(), default=0.0)
        return _Candidates(
            rows=rows,
            articles=article_rows,
            vector=vector,
            reached=np.array([int(row) in dense for row in rows], dtype=np.bool_),
            cosine=np.array([dense.get(int(row), bound) for row in rows]),
            lexical=np.array([lexical.get(int(row), 0.0) for row in rows]),
            article_lexical=np.array([articles.get(int(row), 0.0) for row in article_rows]),
        )

    def _exact_cosines(self, candidates: _Candidates, order: Integers) -> dict[int, float]:
        """The cosines of those of the chosen that the dense search did not reach, by row."""
        unreached = candidates.rows[order[~candidates.reached[order]]]
        rows, vectors = reading.vectors(self.indexes.archive, self.indexes.encoder.fingerprint, unreached.tolist())
        return dict(zip(rows.tolist(), (vectors @ candidates.vector).tolist(), strict=True)) if len(rows) else {}

    def _dense(self, vector: Any, catalogue: Catalogue, allowed: npt.NDArray[np.bool_]) -> dict[int, float]:
        """Nearest chunks among the allowed articles: over-fetched from the index, or exactly where few are allowed."""
        wanted = self.ranking.candidates
        inside = allowed[catalogue.chunk_positions]
        if inside.sum() <= max(_EXACT, wanted) and not inside.all():
            return self._exact(vector, catalogue.chunk_rows[inside])
        share = float(inside.mean())
        rows, cosines = self.indexes.dense.query(vector, min(int(wanted / share), 4 * wanted))
        kept = np.isin(catalogue.articles_of(rows), catalogue.article_rows[allowed])
        rows, cosines = rows[kept][:wanted], cosines[kept][:wanted]
        if len(rows) < wanted // 2 and len(rows) < inside.sum():
            return self._exact(vector, catalogue.chunk_rows[inside])
        return dict(zip(rows.tolist(), cosines.tolist(), strict=True))

    def _exact(self, vector: Any, chunk_rows: Integers) -> dict[int, float]:
        indexes: Indexes = self.indexes
        rows, vectors = reading.vectors(indexes.archive, indexes.encoder.fingerprint, chunk_rows.tolist())
        if len(rows) == 0:
            return {}
        cosines = vectors @ vector
        best = np.argsort(-cosines)[: self.ranking.candidates]
        return dict(zip(rows[best].tolist(), cosines[best].tolist(), strict=True))

    def _prior(self, days: Integers, as_of: dt.date, dates: tuple[dt.date | None, dt.date | None] | None) -> Floats:
        dated = days != UNDATED
        if dates is None:
            distance = np.maximum(as_of.toordinal() - days, 0)
            decay = self.ranking.decay
        else:
            first = dates[0].toordinal() if dates[0] else 0
            last = dates[1].toordinal() if dates[1] else as_of.toordinal()
            distance = np.maximum(np.maximum(first - days, days - last), 0)
            decay = self.ranking.hint_decay
        prior: Floats = np.where(dated, self.ranking.date * np.exp(-distance / decay), 0.0)
        return prior

    def _passages(self, candidates: _Candidates, order: Integers, total: Floats, prior: Floats) -> list[Passage]:
        rows = candidates.rows[order].tolist()
        found = reading.passages(self.indexes.archive, rows)
        exact = self._exact_cosines(candidates, order)
        ranked = [(i, found[row]) for i, row in zip(order.tolist(), rows, strict=True) if row in found]
        return [
            passage_of(
                stored,
                score=float(total[i]),
                rank=rank,
                scores=Scores(
                    cosine=exact.get(stored.row, float(candidates.cosine[i])),
                    lexical=float(candidates.lexical[i]),
                    article_lexical=float(candidates.article_lexical[i]),
                    date=float(prior[i]),
                ),
            )
            for rank, (i, stored) in enumerate(ranked, 1)
        ]

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [as_document(passage) for passage in self.search(query, limit=self.k)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidates:
    """Parallel arrays, one entry a candidate chunk; ``vector`` is the question's."""

    rows: Integers
    articles: Integers
    vector: npt.NDArray[np.float32]
    reached: npt.NDArray[np.bool_]
    cosine: Floats
    lexical: Floats
    article_lexical: Floats

    def fused(self, ranking: Ranking) -> Floats:
        """Weighted sum of z-scores over the candidates."""
        return (
            ranking.dense * _z(self.cosine)
            + ranking.lexical * _z(self.lexical)
            + ranking.article_lexical * _z(self.article_lexical)
        )


def _z(values: Floats) -> Floats:
    spread = values.std()
    scaled: Floats = (values - values.mean()) / (spread if spread > 0 else 1.0)
    return scaled


def _choose(articles: Integers, limit: int, min_articles: int, per_article: int | None) -> list[int]:
    """Positions to return: in order, at most ``per_article`` of one article, at least ``min_articles`` articles."""
    taken: dict[int, int] = {}
    chosen: list[int] = []
    for position, article in enumerate(articles.tolist()):
        if len(chosen) >= limit and (len(taken) >= min_articles or article in taken):
            if len(taken) >= min_articles:
                break
            continue
        if per_article is not None and taken.get(article, 0) >= per_article:
            continue
        taken[article] = taken.get(article, 0) + 1
        chosen.append(position)
    return chosen


def as_document(passage: Passage) -> Document:
    """A passage as LangChain's document."""
    return Document(
        id=f"{passage.article_id}#{passage.span.start}-{passage.span.end}",
        page_content=passage.text,
        metadata={
            "article_id": passage.article_id,
            "title": passage.title,
            "url": passage.url,
            "source": passage.source,
            "published": passage.published.isoformat() if passage.published else None,
            "start": passage.span.start,
            "end": passage.span.end,
            "score": passage.score,
            "rank": passage.rank,
        },
    )
