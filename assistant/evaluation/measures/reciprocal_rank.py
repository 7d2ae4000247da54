"""MRR: one divided by the rank of the first article that answers the question, its mean over questions.

0 where none was retrieved. Source: Voorhees, "The TREC-8 Question Answering Track Report" (1999); "RR" of ir-measures.
"""

from __future__ import annotations

from collections.abc import Sequence, Set


def reciprocal_rank(ranking: Sequence[str], gold: Set[str]) -> float | None:
    """0 to 1; None where ``gold`` is empty. ``ranking`` holds distinct ids, best first."""
    if not gold:
        return None
    return next((1 / rank for rank, name in enumerate(ranking, 1) if name in gold), 0.0)
