"""Abstention: precision, the share of the abstentions that were on unanswerable questions, and recall, the share of the
unanswerable questions on which the program abstained.

A question that failed is no abstention. Source: the "unanswerable" class of SQuAD 2.0 (arXiv 1806.03822), as precision
and recall of that class.
"""

from __future__ import annotations


def abstention_precision(*, abstained: bool, answerable: bool) -> float | None:
    """1.0 or 0.0 for an abstention; None where there was none."""
    return float(not answerable) if abstained else None


def abstention_recall(*, abstained: bool, answerable: bool) -> float | None:
    """1.0 or 0.0 for an unanswerable question; None for an answerable one."""
    return None if answerable else float(abstained)
