"""recall@k: the share of the articles that answer the question which are among the k best retrieved.

A question that failed scores 0. Not defined where the set names no article. "R" of ir-measures, "recall" of trec_eval.
"""

from __future__ import annotations

from collections.abc import Sequence, Set


def recall(ranking: Sequence[str], gold: Set[str], k: int) -> float | None:
    """0 to 1; None where ``gold`` is empty. ``ranking`` holds distinct ids, best first."""
    if not gold:
        return None
    return sum(name in gold for name in ranking[:k]) / len(gold)
