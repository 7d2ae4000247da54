"""The risk-coverage curve and the area under it (AURC).

Questions that were answered, the most confident first: after each, coverage is the share of *all* questions answered so
far, risk the share of wrong ones among the answers so far. The curve ends at the coverage that the program takes on
itself, because what it would have answered where it abstained is not known. AURC is the mean risk over the curve's
points; lower is better. Within a tie of confidence the order is not defined, and the expected risk is taken.

Source: El-Yaniv and Wiener, "On the foundations of noise-free selective classification" (JMLR 11, 2010); Geifman, Uziel
and El-Yaniv (2019, arXiv 1805.08206) for the area.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_Floats = npt.NDArray[np.float64]


def risks(confidence: _Floats, wrong: npt.NDArray[np.bool_], counts: npt.NDArray[np.int64] | None = None) -> _Floats:
    """Risk after the first answer, the second, and so on; shape ``[sum of counts]``.

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


def aurc(confidence: _Floats, wrong: npt.NDArray[np.bool_], counts: npt.NDArray[np.int64] | None = None) -> float:
    """The area, 0 to 1; not a number where nothing was answered."""
    curve = risks(confidence, wrong, counts)
    return float(curve.mean()) if len(curve) else float("nan")
