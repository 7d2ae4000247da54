"""nDCG@k with binary gains: the discounted gain of the ranking, divided by that of the best ranking there could be.

An article that answers gains 1 / log2(rank + 1). Source: Järvelin and Kekäläinen, "Cumulated gain-based evaluation of
IR techniques" (ACM TOIS 20, 2002), in the form of trec_eval's ``ndcg_cut``; "nDCG" of ir-measures.
"""

from __future__ import annotations

import math
from collections.abc import Sequence, Set


def ndcg(ranking: Sequence[str], gold: Set[str], k: int) -> float | None:
    """0 to 1; None where ``gold`` is empty. ``ranking`` holds distinct ids, best first."""
    if not gold:
        return None
    gained = sum(1 / math.log2(rank + 1) for rank, name in enumerate(ranking[:k], 1) if name in gold)
    best = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(gold), k) + 1))
    return gained / best
