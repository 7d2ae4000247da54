"""Candidates with their scores of each kind -> one score of content for each: article first, then its passages.

An article's score is a weighted sum of z-scores over the candidate articles: of its best passage's cosine and BM25, of
its own BM25, and of the cosine of its first passage, in which news says what it is about. Its best passage has that
score and its others less, by how far they stay behind. Figures: `make bench-retrieval`, docs/BENCHMARKS.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


#: The least standard deviation that is told from none, as a share of the largest value.
_LEAST_SPREAD = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The weights of the sum; chosen on ``realtimeqa-dev`` by halves, and checked on ``multihop-rag-dev``."""

    dense: float = 0.7
    lexical: float = 0.7
    article_lexical: float = 1.0
    lead: float = 0.7
    #: Of the part of a long question that the article answers best.
    parts: float = 1.0
    #: How much a passage that is not its article's best loses.
    within: float = 1.5


def fused(
    articles: Integers,
    *,
    cosine: Floats,
    lexical: Floats,
    article_lexical: Floats,
    lead: Floats,
    parts: Floats,
    weights: Weights,
) -> Floats:
    """The content score of each candidate passage.

    Args:
        articles: the article of each candidate; all other arrays have one entry a candidate too.
        article_lexical, lead, parts: the same for all candidates of an article.
    """
    if len(articles) == 0:
        return np.empty(0)
    _, first, inverse = np.unique(articles, return_index=True, return_inverse=True)
    best_cosine, best_lexical = _best(cosine, inverse), _best(lexical, inverse)
    score = (
        weights.dense * standardised(best_cosine)
        + weights.lexical * standardised(best_lexical)
        + weights.article_lexical * standardised(article_lexical[first])
        + weights.lead * standardised(lead[first])
        + weights.parts * parts[first]
    )
    passage = weights.dense * cosine / spread(best_cosine) + weights.lexical * lexical / spread(best_lexical)
    total: Floats = score[inverse] + weights.within * (passage - _best(passage, inverse)[inverse])
    return total


def part_scores(articles: Integers, cosines: Floats, lexical: Floats) -> Floats:
    """How well the article of each candidate answers the part of the question that it answers best.

    Args:
        cosines, lexical: ``[parts, n]``; with no parts, every score is 0.
    """
    if len(cosines) == 0 or len(articles) == 0:
        return np.zeros(len(articles))
    _, inverse = np.unique(articles, return_inverse=True)
    each = [
        standardised(_best(near, inverse)) + standardised(_best(words, inverse))
        for near, words in zip(cosines, lexical, strict=True)
    ]
    best: Floats = np.max(each, axis=0)[inverse]
    return best


def standardised(values: Floats) -> Floats:
    """The z-scores of ``values``; zeros where they are all the same."""
    scaled: Floats = (values - values.mean()) / spread(values)
    return scaled


def spread(values: Floats) -> float:
    """The standard deviation, or 1 where there is none; at least a tenth of the largest value, so that what hardly
    differs is not driven apart.
    """
    deviation = max(float(values.std()), _LEAST_SPREAD * float(np.abs(values).max()))
    return deviation if deviation > 0 else 1.0


def _best(values: Floats, groups: Integers) -> Floats:
    """The largest value of each group; ``groups`` are numbered from 0."""
    best = np.full(int(groups.max()) + 1, -np.inf)
    np.maximum.at(best, groups, values)
    return best
