"""Question -> candidate passages with their scores of each kind, from Chroma, the BM25 index and the matrix.

Chroma and BM25 say which passages may be worth ranking; the cosines that they are ranked by are read from the matrix,
for every candidate and for the first passage of its article. A long question is searched for in its parts too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from vectorstore.archive.catalogue import Catalogue
from vectorstore.indexes.base import TextFilter
from vectorstore.retrieval.clauses import question_parts
from vectorstore.retrieval.scope import Scope
from vectorstore.retrieval.signals import Candidates, Floats, Integers

if TYPE_CHECKING:
    from vectorstore.indexes.following import Indexes

Allowed = npt.NDArray[np.bool_]
Vectors = npt.NDArray[np.float32]
Answered = tuple[Integers, Vectors]

#: Chunks, all that there are or those that a filter leaves, up to which every one is compared: some 2 ms.
_EXACT = 20_000

#: How many times the wanted number is fetched from Chroma, at most, where a filter passes a share of it.
_OVERFETCHED = 16


@cache
def _executor() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=16, thread_name_prefix="question")


class CandidateSearch:
    """The search for one question: ``find`` may be called again for more candidates."""

    def __init__(self, indexes: Indexes, query: str, catalogue: Catalogue, scope: Scope) -> None:
        self._indexes = indexes
        self._catalogue = catalogue
        self._queries = [query, *question_parts(query)]
        self._allowed = catalogue.allowed(
            day_from=scope.day_from,
            day_to=scope.day_to,
            include_undated=scope.include_undated,
            sources=scope.publishers,
        )
        self._native: TextFilter = {
            "day_from": scope.day_from,
            "day_to": scope.day_to,
            "include_undated": scope.include_undated,
            "sources": catalogue.spelled(scope.publishers),
        }

    @cached_property
    def _vectors(self) -> Vectors:
        return self._indexes.encoder.encode(self._queries)

    @cached_property
    def _inside(self) -> Integers:
        """The chunks of the allowed articles."""
        rows = self._catalogue.chunk_rows
        return rows if self._allowed.all() else rows[self._allowed[self._catalogue.chunk_positions]]

    @property
    def empty(self) -> bool:
        """Whether the filters leave no article."""
        return not self._allowed.any()

    def find(self, passages: int, articles: int) -> Candidates:
        """Up to so many passages of each index, ranked by the passage, and articles by the article."""
        catalogue = self._catalogue
        # The encoder, which takes longer, gives up Python's lock: another thread searches for words meanwhile.
        searching = _executor().submit(self._lexical, passages, articles)
        vectors = self._vectors
        dense = self._dense(vectors, passages)
        lexical, by_article = searching.result()
        rows = np.unique(np.concatenate([*dense, *(np.array(list(found), dtype=np.int64) for found in lexical)]))
        article_rows = catalogue.articles_of(rows)
        # An index may for a moment hold a chunk that the archive has let go, or the other way round.
        kept = catalogue.among(article_rows, self._allowed)
        rows, article_rows = rows[kept], article_rows[kept]
        rows, cosines, leads = self._cosines(vectors, rows, catalogue.leads_of(article_rows))
        article_rows = catalogue.articles_of(rows)
        bm25 = np.array([[found.get(row, 0.0) for row in rows.tolist()] for found in lexical])
        return Candidates(
            rows=rows,
            articles=article_rows,
            cosine=cosines[0],
            lexical=bm25[0],
            article_lexical=np.array([by_article.get(row, 0.0) for row in article_rows.tolist()]),
            lead=leads,
            part_cosines=cosines[1:],
            part_lexical=bm25[1:],
        )

    def _lexical(self, passages: int, articles: int) -> tuple[list[dict[int, float]], dict[int, float]]:
        """BM25 of the best passages, by their rows, for each query, and of the best articles for the question."""
        index = self._indexes.lexical
        found = [index.search_passages(query, passages, **self._native) for query in self._queries]
        by_passage = [{row: score for row, _, score in each} for each in found]
        return by_passage, dict(index.search_articles(self._queries[0], articles, **self._native))

    def _cosines(self, questions: Vectors, rows: Integers, lead_rows: Integers) -> tuple[Integers, Floats, Floats]:
        """Those of ``rows`` that have a vector, their cosines ``[1 + parts, n]``, and the cosines of their leads."""
        known, vectors = self._indexes.matrix.vectors(np.concatenate([rows, lead_rows]))
        if len(known) == 0:
            return np.empty(0, dtype=np.int64), np.empty((len(self._queries), 0)), np.empty(0)
        cosines = np.vecdot(questions[:, None], vectors).astype(np.float64)
        there = np.isin(rows, known)
        rows, lead_rows = rows[there], lead_rows[there]
        own = cosines[:, np.searchsorted(known, rows)]
        at = np.minimum(np.searchsorted(known, lead_rows), len(known) - 1)
        return rows, own, np.where(known[at] == lead_rows, cosines[0, at], own[0])

    def _dense(self, vectors: Vectors, wanted: int) -> list[Integers]:
        """The nearest chunks of the allowed articles to each vector: exactly where there are few, else from Chroma, and
        more of them where a filter passes a share.
        """
        inside = self._inside
        count = len(inside)
        if count <= _EXACT:
            return self._nearest(vectors, wanted)
        fetched = min(int(wanted * len(self._catalogue.chunk_rows) / count), _OVERFETCHED * wanted)
        ask = partial(self._indexes.dense.query, limit=fetched)
        found = []
        for vector, (rows, _) in zip(vectors, self._side_by_side(ask, vectors), strict=True):
            rows = rows[self._catalogue.among(self._catalogue.articles_of(rows), self._allowed)][:wanted]
            if len(rows) < min(wanted // 2, count):
                rows = self._nearest(vector[None], wanted)[0]
            found.append(rows)
        return found

    @staticmethod
    def _side_by_side(ask: Callable[[Vectors], Answered], vectors: Vectors) -> Iterable[Answered]:
        """What each vector is answered; another thread is not worth waking for one."""
        return _executor().map(ask, vectors) if len(vectors) > 1 else map(ask, vectors)

    def _nearest(self, vectors: Vectors, wanted: int) -> list[Integers]:
        rows, cosines = self._indexes.matrix.cosines(self._inside, vectors)
        if len(rows) <= wanted:
            return [rows] * len(vectors)
        return [rows[np.argpartition(-each, wanted)[:wanted]] for each in cosines]
