"""AUROC of the confidence: how likely an answerable question has a higher confidence than an unanswerable one.

0.5 is chance; ties count half. Source: Hanley and McNeil, "The meaning and use of the area under a ROC curve"
(Radiology 143, 1982): the Mann-Whitney statistic.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def auroc(
    confidence: npt.NDArray[np.float64], positive: npt.NDArray[np.bool_], weights: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """The area, for each row of weights.

    Args:
        confidence: shape ``[n]``.
        positive: which are answerable, shape ``[n]``.
        weights: how often each question counts, shape ``[rows, n]``.

    Returns:
        Shape ``[rows]``; not a number where a row has no question of one of the two kinds.
    """
    if not len(confidence):
        return np.full(len(weights), np.nan)
    order = np.argsort(confidence, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(confidence[order]) != 0])
    ups = np.add.reduceat((weights * positive)[:, order], starts, axis=1)
    downs = np.add.reduceat((weights * ~positive)[:, order], starts, axis=1)
    below = np.cumsum(downs, axis=1) - downs
    pairs = ups.sum(axis=1) * downs.sum(axis=1)
    wins = (ups * (below + downs / 2)).sum(axis=1)
    return np.asarray(np.divide(wins, pairs, out=np.full(len(weights), np.nan), where=pairs > 0))
