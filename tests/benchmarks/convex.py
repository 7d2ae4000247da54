"""The least of a smooth convex function, and a matrix of zeros and ones: what fitting a linear model takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = Any


@dataclass(slots=True)
class Matrix:
    """Which columns are one in each row."""

    rows: Array
    columns: Array
    shape: tuple[int, int]

    def dot(self, weights: Array) -> Array:
        return np.bincount(self.rows, weights[self.columns], self.shape[0])

    def transposed_dot(self, values: Array) -> Array:
        return np.bincount(self.columns, values[self.rows], self.shape[1])


def minimise(loss: Callable[[Array], tuple[float, Array]], size: int, steps: int = 150, memory: int = 8) -> Array:
    """The least of a smooth convex function: L-BFGS (Nocedal and Wright, Numerical Optimization, algorithm 7.4) with
    backtracking.
    """
    point = np.zeros(size)
    value, gradient = loss(point)
    pairs: list[tuple[Array, Array, float]] = []
    for _ in range(steps):
        direction = -gradient
        used = []
        for step, change, rho in reversed(pairs):
            a = rho * step.dot(direction)
            direction = direction - a * change
            used.append(a)
        if pairs:
            step, change, _ = pairs[-1]
            direction = direction * (step.dot(change) / change.dot(change))
        for (step, change, rho), a in zip(pairs, reversed(used), strict=True):
            direction = direction + step * (a - rho * change.dot(direction))
        slope, length = gradient.dot(direction), 1.0 if pairs else 1.0 / max(1.0, float(np.abs(gradient).sum()))
        while True:
            moved = point + length * direction
            new_value, new_gradient = loss(moved)
            if new_value <= value + 1e-4 * length * slope or length < 1e-10:
                break
            length /= 2
        step, change = moved - point, new_gradient - gradient
        if step.dot(change) > 1e-10:
            pairs = [*pairs, (step, change, 1 / step.dot(change))][-memory:]
        done = value - new_value < 1e-6 * max(1.0, abs(value))
        point, value, gradient = moved, new_value, new_gradient
        if done:
            break
    return point
