"""success@k: whether an article that answers the question is among the k best retrieved.

1 or 0 a question; a question of which nothing was retrieved, or that failed, scores 0. Not defined where the set names
no article. "Success" of ir-measures and trec_eval; "hit@k" elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence, Set


def success(ranking: Sequence[str], gold: Set[str], k: int) -> float | None:
    """1.0 or 0.0; None where ``gold`` is empty. ``ranking`` holds distinct ids, best first."""
    if not gold:
        return None
    return float(any(name in gold for name in ranking[:k]))
