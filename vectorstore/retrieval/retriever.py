"""Question -> ranked passages: dense and BM25 fused, dates as evidence, filters exact.

A passage's score is the sum of signals (:mod:`vectorstore.retrieval.signals`): of its content, and a prior for the date
(the figures are in ``docs/`` and `make bench-retrieval` prints them):

* An article published after ``as_of`` is not looked at. Among the others the prior decays with age,
  ``weight * exp(-age in days / decay)``: the news of the day before a question answers it more often than older
  news. It is a prior and never a filter: what is old but fits still wins where nothing recent does.
* Where the question itself names days before its own, the prior follows those as much as recency.

Of articles that are one story one copy is returned, which knows the others (``duplicates_ranking`` says which).

Invariants: every passage that a filter excludes is absent, whatever its score; ranks run from 1 without gap; no two
articles are near-duplicates of each other, but where copies are asked for, and then they say of what they are one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from ingest.plugins import instances
from vectorstore.archive import queries as reading
from vectorstore.archive.catalogue import Catalogue, read_catalogue
from vectorstore.archive.passage import Passage, Scores, passage_of
from vectorstore.duplicates.provenance import provenance
from vectorstore.duplicates.ranking import one_copy_each
from vectorstore.retrieval.articles import ArticleQuery, FoundArticles, find_articles
from vectorstore.retrieval.candidates import CandidateSearch
from vectorstore.retrieval.reranking import Reranker, reranked
from vectorstore.retrieval.scope import Scope
from vectorstore.retrieval.signals import SIGNALS, Candidates, SearchQuery, Signal, contributions

if TYPE_CHECKING:
    from vectorstore.archive.database import Archive

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: How often the candidates are made four times as many, where copies leave too few of them.
_WIDENED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """What passages are ranked by, and how many candidates each index gives."""

    signals: tuple[Signal, ...] = field(default_factory=lambda: (*SIGNALS, *instances("signals", Signal).values()))
    candidates: int = 100
    articles: int = 100


class Retriever(BaseRetriever):
    """Hybrid, date-aware retrieval over one store; a LangChain retriever.

    ``search`` is what it does; LangChain's ``invoke`` gives the same passages as documents, whose metadata hold
    article_id, title, url, source, published, start, end, score and rank.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    indexes: Any  # vectorstore.indexes.following.Indexes, which pydantic would have to import
    ranking: Ranking = Ranking()
    #: Puts what was found into another order, where one is named.
    reranker: Reranker | None = None
    #: Passages that `invoke` returns.
    k: int = 8
    #: What `invoke` looks at.
    scope: Scope = Scope()
    #: The catalogue, and the version of the archive that it was last compared with.
    _known: tuple[int, Catalogue] | None = None

    def search(
        self,
        query: str,
        scope: Scope | None = None,
        *,
        limit: int = 20,
        min_articles: int = 0,
        dates: tuple[dt.date | None, dt.date | None] | None = None,
        copies: bool = False,
    ) -> list[Passage]:
        """Rank passages.

        Args:
            scope: what may be looked at; None for the retriever's own.
            limit: how many passages, at most; more where ``min_articles`` asks for it.
            min_articles: from how many articles at least, where there are as many.
            dates: the days that the question itself names (either end open), for the prior.
            copies: also give the best passage of each near-duplicate that gave way, behind the one it is a copy of;
                such a passage says so (``copy_of``) and is not counted.

        Returns:
            Passages, the best first.
        """
        scope = scope or self.scope
        catalogue = self.catalogue()
        search = CandidateSearch(self.indexes, query, catalogue, scope)
        if search.empty:
            return []
        wanted = SearchQuery(text=query, as_of=scope.as_of or dt.date.today(), dates=dates, catalogue=catalogue)
        ranked = self._ranked(search, wanted, limit, min_articles)
        chosen = ranked.order[_choose(ranked.candidates.articles[ranked.order], limit, min_articles)]
        if copies:
            chosen = ranked.with_copies(chosen, catalogue)
        passages = self._passages(ranked, chosen, catalogue, scope.as_of)
        return passages if self.reranker is None else reranked(self.reranker, query, passages)

    def articles(self, query: ArticleQuery) -> FoundArticles:
        """Which articles there are; see :func:`vectorstore.retrieval.articles.find_articles`."""
        return find_articles(self.indexes, self.catalogue(), query)

    def _ranked(self, search: CandidateSearch, query: SearchQuery, limit: int, min_articles: int) -> _Ranked:
        """Candidates in their order, without the copies; more are fetched where copies have filled the places."""
        ranking, catalogue = self.ranking, query.catalogue
        fetched = -1
        for width in (4**i for i in range(_WIDENED + 1)):
            candidates = search.find(width * ranking.candidates, width * ranking.articles)
            parts = contributions(ranking.signals, query, candidates)
            total: Floats = sum(parts.values(), start=np.zeros(len(candidates.rows)))
            kept, total = one_copy_each(candidates.rows, candidates.articles, total, catalogue, self._texts)
            ranked = _Ranked(candidates=candidates, total=total, parts=parts, kept=kept)
            enough = kept.sum() >= limit and len(np.unique(candidates.articles[kept])) >= min_articles
            if kept.all() or enough or len(kept) == fetched:
                break
            fetched = len(kept)
        return ranked

    def _texts(self, chunk_rows: Sequence[int]) -> dict[int, str]:
        return {row: stored.text for row, stored in reading.passages(self.indexes.archive, chunk_rows).items()}

    def catalogue(self) -> Catalogue:
        """The arrays of the archive as it stands."""
        archive: Archive = self.indexes.archive
        version, known = archive.version(), self._known
        if known is None or (known[0] != version and known[1].head != archive.head()):
            known = (version, read_catalogue(archive))
        self._known = (version, known[1])
        return known[1]

    def _passages(self, ranked: _Ranked, order: Integers, catalogue: Catalogue, as_of: dt.date | None) -> list[Passage]:
        archive: Archive = self.indexes.archive
        candidates = ranked.candidates
        rows, articles = candidates.rows[order].tolist(), candidates.articles[order].tolist()
        found = reading.passages(archive, rows)
        known = provenance(archive, catalogue, set(articles), as_of)
        there = [(i, found[row]) for i, row in zip(order.tolist(), rows, strict=True) if row in found]
        passages: list[Passage] = []
        for rank, (i, stored) in enumerate(there, 1):
            scores = Scores(
                cosine=float(candidates.cosine[i]),
                signals={name: float(each[i]) for name, each in ranked.parts.items()},
            )
            about = known.get(int(candidates.articles[i]))
            passage = passage_of(stored, score=float(ranked.total[i]), rank=rank, scores=scores, about=about)
            passages.append(passage if ranked.kept[i] else replace(passage, copy_of=passages[-1].shown_as))
        return passages

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [as_document(passage) for passage in self.search(query, limit=self.k)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranked:
    """Candidates with their scores, each signal's part of them, and which are left when of each story one copy is."""

    candidates: Candidates
    total: Floats
    parts: dict[str, Floats]
    kept: npt.NDArray[np.bool_]

    @property
    def order(self) -> Integers:
        """Those that are left, the best first."""
        order = np.argsort(-self.total, kind="stable")
        return order[self.kept[order]]

    def with_copies(self, chosen: Integers, catalogue: Catalogue) -> Integers:
        """``chosen``, and behind each article's first passage the best passage of each of its copies."""
        left_out = np.flatnonzero(~self.kept)
        if len(left_out) == 0:
            return chosen
        best: dict[int, int] = {}
        for at in left_out[np.argsort(-self.total[left_out], kind="stable")].tolist():
            best.setdefault(int(self.candidates.articles[at]), at)
        copies: dict[int, list[int]] = {}
        for cluster, at in zip(catalogue.clusters_of(np.array(list(best))).tolist(), best.values(), strict=True):
            copies.setdefault(cluster, []).append(at)
        spliced: list[int] = []
        clusters = catalogue.clusters_of(self.candidates.articles[chosen]).tolist()
        for at, cluster in zip(chosen.tolist(), clusters, strict=True):
            spliced += [at, *(copies.pop(cluster, ()) if cluster >= 0 else ())]
        return np.array(spliced, dtype=np.int64)


def _choose(articles: Integers, limit: int, min_articles: int) -> list[int]:
    """Positions to return: in order, from at least ``min_articles`` articles."""
    taken: set[int] = set()
    chosen: list[int] = []
    for position, article in enumerate(articles.tolist()):
        if len(chosen) >= limit and (len(taken) >= min_articles or article in taken):
            if len(taken) >= min_articles:
                break
            continue
        taken.add(article)
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
