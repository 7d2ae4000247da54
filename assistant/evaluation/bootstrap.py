"""Percentile bootstrap: 95% intervals of means, and of the difference of two runs over the same questions.

Questions are drawn with replacement, all measures from the same draws, two runs from the same draws too, which makes
the comparison a paired one. Source: Efron and Tibshirani, "An introduction to the bootstrap" (1993), chapters 13 and
16; for paired comparisons of systems Sakai, "Evaluating evaluation metrics based on the bootstrap" (SIGIR 2006).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

#: Draws. The ends of an interval then stand on 50 draws each.
ROWS = 2000
LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A value with its 95% interval; all None where the measure is defined for no question.

    Attributes:
        count: questions for which the measure is defined.
    """

    value: float | None
    low: float | None
    high: float | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The value after less the value before, over the same questions, with its 95% interval.

    Attributes:
        p: two-sided bootstrap p-value of no difference.
    """

    before: float
    after: float
    value: float
    low: float
    high: float
    p: float


def draws(count: int, seed: int) -> Floats:
    """How often each of ``count`` questions was drawn, shape ``[ROWS, count]``; the same for the same seed."""
    if count == 0:
        return np.zeros((ROWS, 0))
    return np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), size=ROWS).astype(np.float64)


def column(values: list[float | None]) -> Floats:
    """Values of one measure; not a number where it is None."""
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def means(values: Floats, weights: Floats) -> Floats:
    """The mean of ``values`` that are numbers, for each row of ``weights``; not a number where a row has none."""
    known = ~np.isnan(values)
    total = weights @ np.where(known, values, 0.0)
    count = weights @ known.astype(np.float64)
    return np.asarray(np.divide(total, count, out=np.full(len(weights), np.nan), where=count > 0))


def interval(samples: Floats) -> tuple[float, float] | None:
    """The percentile interval of the samples that are numbers; None where there are none."""
    known = samples[~np.isnan(samples)]
    if not len(known):
        return None
    low, high = np.quantile(known, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def estimate(value: float, samples: Floats, count: int) -> Estimate:
    """A value and the samples of it that the draws gave."""
    ends = interval(samples)
    if count == 0 or np.isnan(value) or ends is None:
        return Estimate(value=None, low=None, high=None, count=count)
    return Estimate(value=value, low=ends[0], high=ends[1], count=count)


def difference(before: float, after: float, before_samples: Floats, after_samples: Floats) -> Difference | None:
    """Two values over the same questions and the samples of both from the same draws; None where one is undefined."""
    gaps = after_samples - before_samples
    gaps = gaps[~np.isnan(gaps)]
    ends = interval(gaps)
    if ends is None or np.isnan(before) or np.isnan(after):
        return None
    tail = min(int((gaps <= 0).sum()), int((gaps >= 0).sum()))
    return Difference(
        before=before,
        after=after,
        value=after - before,
        low=ends[0],
        high=ends[1],
        p=min(1.0, 2 * (tail + 1) / (len(gaps) + 1)),
    )
