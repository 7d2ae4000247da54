"""Which articles there are of some days, some publishers or with some words: counted, and listed.

Invariants: what is counted is exactly what the scope and the words allow; of articles that are one story one is listed;
listed articles stand the newest first, those without a date last.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from vectorstore.archive import queries as reading
from vectorstore.archive.catalogue import UNDATED, Catalogue
from vectorstore.archive.passage import Passage, passage_of
from vectorstore.duplicates.provenance import provenance
from vectorstore.retrieval.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from vectorstore.indexes.following import Indexes

Integers = npt.NDArray[np.int64]

#: Articles among which the main stories are looked for, the newest.
_COMPARED = 2000
#: Beginnings of articles nearer than this, by cosine, tell of one matter; nearer than that, of one story.
_NEAR, _SAME = 0.5, 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundArticles:
    """Which articles there are.

    Attributes:
        count: how many articles, copies too.
        leads: the first passage of each one that is listed.
        whole: whether every story is listed.
    """

    count: int
    leads: tuple[Passage, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleQuery:
    """Which articles are looked for.

    Attributes:
        words: all of which they have, in any of their forms; empty for any article.
        scope: what may be looked at.
        limit: how many are listed, at most.
        main: list those of the stories that most others tell of too, where there are more; else the newest.
    """

    words: str = ""
    scope: Scope = EVERYTHING
    limit: int = 8
    main: bool = False


def find_articles(indexes: Indexes, catalogue: Catalogue, query: ArticleQuery) -> FoundArticles:
    """The articles that a query asks for, counted and listed."""
    scope = query.scope
    allowed = catalogue.allowed(
        day_from=scope.day_from,
        day_to=scope.day_to,
        include_undated=scope.include_undated,
        sources=scope.publishers,
    )
    if query.words:
        allowed &= np.isin(catalogue.article_rows, indexes.lexical.articles_with_all(query.words))
    stories = _newest_first(catalogue, _one_of_each(catalogue, np.flatnonzero(allowed)))
    places = stories[: query.limit]
    if query.main and len(stories) > query.limit:
        places = _main(indexes, catalogue, stories[:_COMPARED], query.limit)
    rows, articles = catalogue.lead_rows[places].tolist(), catalogue.article_rows[places].tolist()
    stored = reading.passages(indexes.archive, rows)
    known = provenance(indexes.archive, catalogue, set(articles), scope.as_of)
    there = [(stored[row], known.get(article)) for row, article in zip(rows, articles, strict=True) if row in stored]
    leads = tuple(passage_of(one, rank=rank, about=about) for rank, (one, about) in enumerate(there, 1))
    return FoundArticles(count=int(allowed.sum()), leads=leads, whole=len(places) == len(stories))


def _one_of_each(catalogue: Catalogue, places: Integers) -> Integers:
    """Without what another of these articles supersedes, and one of each cluster of copies."""
    rows = set(catalogue.article_rows[places].tolist())
    kept, clusters = [], set[int]()
    for place in places.tolist():
        cluster = int(catalogue.clusters[place])
        superseded = rows & set(catalogue.newer.get(int(catalogue.article_rows[place]), ()))
        if superseded or cluster in clusters:
            continue
        if cluster >= 0:
            clusters.add(cluster)
        kept.append(place)
    return np.array(kept, dtype=np.int64)


def _newest_first(catalogue: Catalogue, places: Integers) -> Integers:
    days = catalogue.days[places]
    newest: Integers = places[np.argsort(np.where(days == UNDATED, np.iinfo(np.int64).max, -days), kind="stable")]
    return newest


def _main(indexes: Indexes, catalogue: Catalogue, places: Integers, limit: int) -> Integers:
    """The articles that most others tell of too, by the vectors of their beginnings, one a story, in their order."""
    known, vectors = indexes.matrix.vectors(catalogue.lead_rows[places])
    places = places[np.isin(catalogue.lead_rows[places], known)]
    own = vectors[np.searchsorted(known, catalogue.lead_rows[places])]
    cosines = own @ own.T
    weight = np.maximum(cosines - _NEAR, 0).sum(axis=1)
    chosen: list[int] = []
    while len(chosen) < min(limit, len(places)):
        best = int(np.argmax(weight))
        if weight[best] < 0:
            break
        story = (cosines[best] >= _SAME) & (weight >= 0)
        story[best] = True
        chosen.append(int(np.flatnonzero(story)[0]))  # its newest
        weight[story] = -1.0
    kept: Integers = places[sorted(chosen)]
    return kept
