"""When to answer: abstentions, and what the confidence is worth."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Booleans = npt.NDArray[np.bool_]


def abstention_precision(abstained: bool, answerable: bool) -> float | None:
    """1.0 or 0.0 for an abstention, its mean the share of them that were on unanswerable questions; else None.

    A question that failed is no abstention. Source: the "unanswerable" class of SQuAD 2.0 (arXiv 1806.03822), as
    precision and recall of that class.
    """
    return float(not answerable) if abstained else None


def abstention_recall(abstained: bool, answerable: bool) -> float | None:
    """1.0 or 0.0 for an unanswerable question, its mean the share of them on which the program abstained; else None."""
    return None if answerable else float(abstained)


def auroc(confidence: Floats, positive: Booleans, weights: Floats) -> Floats:
    """How likely an answerable question has a higher confidence than an unanswerable one, for each row of weights.

    0.5 is chance; ties count half. Source: Hanley and McNeil, "The meaning and use of the area under a ROC curve"
    (Radiology 143, 1982): the Mann-Whitney statistic.

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


def risks(confidence: Floats, wrong: Booleans, counts: npt.NDArray[np.int64] | None = None) -> Floats:
    """The risk-coverage curve: the risk after the first answer, the second, and so on; shape ``[sum of counts]``.

    Questions that were answered, the most confident first: after each, coverage is the share of *all* questions
    answered so far, risk the share of wrong ones among the answers so far. The curve ends at the coverage that the
    program takes on itself, because what it would have answered where it abstained is not known. Within a tie of
    confidence the order is not defined, and the expected risk is taken. Source: El-Yaniv and Wiener, "On the
    foundations of noise-free selective classification" (JMLR 11, 2010).

    Args:
        confidence: of the questions that were answered, shape ``[n]``.
        wrong: whether the answer was wrong, shape ``[n]``.
        counts: how often each question counts; default once.
    """
    times = np.ones(len(confidence), dtype=np.int64) if counts is None else counts
    if not times.sum():
        return np.zeros(0)
    order = np.argsort(-confidence, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(confidence[order]) != 0])
    sizes = np.add.reduceat(times[order], starts)
    errors = np.add.reduceat((times * wrong)[order], starts)
    expected = np.divide(errors, sizes, out=np.zeros(len(sizes)), where=sizes > 0)
    each = np.repeat(expected, sizes)
    return np.asarray(np.cumsum(each) / np.arange(1, len(each) + 1))


def aurc(confidence: Floats, wrong: Booleans, counts: npt.NDArray[np.int64] | None = None) -> float:
    """The mean risk over the curve's points, 0 to 1, lower is better; not a number where nothing was answered.

    Source: Geifman, Uziel and El-Yaniv (2019, arXiv 1805.08206).
    """
    curve = risks(confidence, wrong, counts)
    return float(curve.mean()) if len(curve) else float("nan")
