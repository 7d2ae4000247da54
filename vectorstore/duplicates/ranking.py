"""Ranking with near-duplicates: of one story one copy is shown, where its best copy stands; the newer version first.

Invariants, over the candidates that the filters allow:

* Of a cluster one article is left: none that another of them supersedes; of the others the one with the best
  passage; of those whose best passages say the same the one that was published first.
* An article that is superseded by one of another cluster stands below it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from ingest.duplicates import shingles, similarity
from vectorstore.archive.catalogue import UNDATED, Catalogue

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: Passages of which the one has as many of its runs of words in the other say the same.
SAME = 0.8
#: What a superseded article's score falls below that of the one that supersedes it.
_BELOW = 1e-6
#: Articles, from the best, of whose copies the words are compared; further down the best passage decides alone.
_COMPARED = 30

Texts = Callable[[Sequence[int]], Mapping[int, str]]


def one_copy_each(
    rows: Integers, article_rows: Integers, total: Floats, catalogue: Catalogue, texts: Texts
) -> tuple[npt.NDArray[np.bool_], Floats]:
    """Choose among copies and versions.

    Args:
        rows: candidate passages, ``article_rows`` their articles, ``total`` their scores.
        texts: the texts of passages by their row.

    Returns:
        Which candidates are left, and all scores as they then are.
    """
    kept = np.ones(len(rows), dtype=np.bool_)
    total = total.copy()
    best = _best_passages(article_rows, total)
    compared = set(list(best)[:_COMPARED])
    for articles in _clusters(catalogue, best):
        chosen = _current(articles, catalogue)
        if len(chosen) > 1 and articles[0] in compared:
            chosen = [_first_published(chosen, best, rows, total, catalogue, texts)]
        shown = chosen[0]
        total[article_rows == shown] += total[best[articles[0]]] - total[best[shown]]
        kept &= ~np.isin(article_rows, [article for article in articles if article != shown])
    left = {article: at for article, at in best.items() if kept[at]}
    for article in left:
        # The best of the newer first: a correction of a correction stands above both.
        above = [total[left[new]] for new in catalogue.newer.get(article, ()) if new in left]
        if above:
            own = article_rows == article
            total[own] = np.minimum(total[own], max(above) - _BELOW)
    return kept, total


def _best_passages(article_rows: Integers, total: Floats) -> dict[int, int]:
    """Where the best passage of each article stands among the candidates."""
    best: dict[int, int] = {}
    for at in np.argsort(-total, kind="stable").tolist():
        best.setdefault(int(article_rows[at]), at)
    return best


def _clusters(catalogue: Catalogue, best: Mapping[int, int]) -> list[list[int]]:
    """The articles of each cluster of which there are several candidates, the best first."""
    articles = list(best)
    numbers = catalogue.clusters_of(np.array(articles, dtype=np.int64)).tolist()
    groups: dict[int, list[int]] = {}
    for article, number in zip(articles, numbers, strict=True):
        if number >= 0:
            groups.setdefault(number, []).append(article)
    return [group for group in groups.values() if len(group) > 1]


def _current(articles: Sequence[int], catalogue: Catalogue) -> Sequence[int]:
    """Those that none of the others supersedes, in their order."""
    present = set(articles)
    return [article for article in articles if present.isdisjoint(catalogue.newer.get(article, ()))] or articles


def _first_published(
    current: Sequence[int],
    best: Mapping[int, int],
    rows: Integers,
    total: Floats,
    catalogue: Catalogue,
    texts: Texts,
) -> int:
    """Of those whose best passage says what the best one's does, the one that was published first."""
    passages = {article: int(rows[best[article]]) for article in current}
    words = {row: shingles(text) for row, text in texts(list(passages.values())).items()}
    first = words.get(passages[current[0]])
    if first is None:  # it was removed a moment ago
        return current[0]
    same = [
        article
        for article in current
        if total[best[article]] == total[best[current[0]]]
        or (passages[article] in words and similarity(first, words[passages[article]]).containment >= SAME)
    ]
    days = catalogue.days_of(np.array(same, dtype=np.int64)).tolist()
    return min(zip(same, days, strict=True), key=lambda pair: (pair[1] == UNDATED, pair[1], pair[0]))[0]
