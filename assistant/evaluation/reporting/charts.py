"""The report's plots as SVG. Numbers and our own words go in, no text of answers or articles.

Invariant: what is returned is well-formed markup without style attributes, scripts or addresses; colours come from CSS
classes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

Point = tuple[float, float]

_WIDTH, _HEIGHT = 420, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 12, 12, 38


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a plot.

    Attributes:
        style: a CSS class: "one", "two" or "three"; with " before" added it is dashed.
        band: (x, low, high), drawn behind the line; or nothing.
    """

    name: str
    style: str
    points: Sequence[Point]
    band: Sequence[tuple[float, float, float]] = ()
    dots: bool = True


def line_chart(lines: Sequence[Line], *, title: str, x_label: str, x_ticks: Sequence[float], percent_x: bool) -> Markup:
    """Lines over an x axis from the first to the last tick; the y axis runs from 0 to 1."""
    low, high = x_ticks[0], x_ticks[-1]

    def x(value: float) -> float:
        return _LEFT + (value - low) / (high - low) * (_WIDTH - _LEFT - _RIGHT)

    parts = [_y_axis()]
    for tick in x_ticks:
        words = f"{tick:.0%}" if percent_x else f"{tick:g}"
        anchor = "end" if percent_x and tick == high else "middle"
        parts.append(f'<text class="tick" x="{x(tick):.1f}" y="{_HEIGHT - 20}" text-anchor="{anchor}">{words}</text>')
    parts.append(_x_label(x_label))
    for line in lines:
        if line.band:
            over = [f"{x(at):.1f},{_y(top):.1f}" for at, _, top in line.band]
            under = [f"{x(at):.1f},{_y(bottom):.1f}" for at, bottom, _ in reversed(line.band)]
            parts.append(f'<polygon class="band {line.style}" points="{" ".join([*over, *under])}"/>')
    for line in lines:
        where = " ".join(f"{x(at):.1f},{_y(value):.1f}" for at, value in line.points)
        parts.append(f'<polyline class="line {line.style}" points="{where}"/>')
        if line.dots:
            parts += [
                f'<circle class="dot {line.style}" cx="{x(at):.1f}" cy="{_y(value):.1f}" r="3">'
                f"<title>{escape(line.name)}, {at:g}: {value:.3f}</title></circle>"
                for at, value in line.points
            ]
    return _figure(title, parts, [(line.name, line.style) for line in lines])


def histogram(groups: Sequence[tuple[str, str, Sequence[float]]], *, title: str, x_label: str) -> Markup:
    """How often values fall where: (name, style, values) of each group, over a logarithmic axis."""
    values = [max(value, 0.1) for _, _, group in groups for value in group]
    if not values:
        return Markup()
    low, high = math.floor(math.log10(min(values)) * 2) / 2, math.ceil(math.log10(max(values)) * 2) / 2
    high = high if high > low else low + 0.5
    bins = 32
    counted = [(name, style, _counts(group, low, high, bins)) for name, style, group in groups]
    most = max(max(counts) for _, _, counts in counted) or 1
    plot = _WIDTH - _LEFT - _RIGHT
    parts = []
    for _, style, counts in counted:
        for i, count in enumerate(counts):
            tall = count / most * (_HEIGHT - _TOP - _BOTTOM)
            left = _LEFT + i * plot / bins
            parts.append(
                f'<rect class="bar {style}" x="{left + 0.5:.1f}" y="{_HEIGHT - _BOTTOM - tall:.1f}" '
                f'width="{plot / bins - 1:.1f}" height="{tall:.1f}"><title>{count}</title></rect>'
            )
    base = _HEIGHT - _BOTTOM
    parts.append(f'<line class="axis" x1="{_LEFT}" y1="{base}" x2="{_WIDTH - _RIGHT}" y2="{base}"/>')
    for exponent in range(math.ceil(low), math.floor(high) + 1):
        at = _LEFT + (exponent - low) / (high - low) * plot
        parts.append(
            f'<text class="tick" x="{at:.1f}" y="{_HEIGHT - 20}" text-anchor="middle">{_ms(10**exponent)}</text>'
        )
    parts.append(_x_label(x_label))
    parts.append(f'<text class="tick" x="{_LEFT - 6}" y="{_TOP + 8}" text-anchor="end">{most}</text>')
    return _figure(title, parts, [(name, style) for name, style, _ in groups])


def interval_bar(value: float, low: float, high: float) -> Markup:
    """A value between 0 and 1 with its interval, as wide as its cell."""
    left, right, at = (round(100 * min(max(v, 0.0), 1.0), 1) for v in (low, high, value))
    return Markup(
        f'<svg class="interval" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="rail" x="0" y="4.5" width="100" height="1"/>'
        f'<rect class="range" x="{left}" y="2.5" width="{max(right - left, 0.6):.1f}" height="5"/>'
        f'<rect class="value" x="{max(at - 0.6, 0):.1f}" y="0" width="1.2" height="10"/></svg>'
    )


def class_bar(counts: Sequence[tuple[str, int]]) -> Markup:
    """The classes of some questions as one bar, in proportion."""
    total = sum(count for _, count in counts) or 1
    parts, left = [], 0.0
    for name, count in counts:
        wide = 100 * count / total
        if count:
            parts.append(
                f'<rect class="{escape(name)}" x="{left:.2f}" y="0" width="{wide:.2f}" height="10">'
                f"<title>{escape(name)}: {count}</title></rect>"
            )
        left += wide
    return Markup(f'<svg class="classes" viewBox="0 0 100 10" preserveAspectRatio="none">{"".join(parts)}</svg>')


def _counts(values: Sequence[float], low: float, high: float, bins: int) -> list[int]:
    counts = [0] * bins
    for value in values:
        at = (math.log10(max(value, 0.1)) - low) / (high - low)
        counts[min(max(int(at * bins), 0), bins - 1)] += 1
    return counts


def _ms(value: float) -> str:
    return f"{value:g} ms" if value < 1000 else f"{value / 1000:g} s"


def _y(value: float) -> float:
    return _TOP + (1 - value) * (_HEIGHT - _TOP - _BOTTOM)


def _y_axis() -> str:
    parts = []
    for tick in (0, 0.25, 0.5, 0.75, 1):
        at = _y(tick)
        parts.append(f'<line class="grid" x1="{_LEFT}" y1="{at:.1f}" x2="{_WIDTH - _RIGHT}" y2="{at:.1f}"/>')
        parts.append(f'<text class="tick" x="{_LEFT - 6}" y="{at + 4:.1f}" text-anchor="end">{tick:g}</text>')
    return "".join(parts)


def _x_label(words: str) -> str:
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    return f'<text class="label" x="{middle:.0f}" y="{_HEIGHT - 3}" text-anchor="middle">{escape(words)}</text>'


def _figure(title: str, parts: Sequence[str], legend: Sequence[tuple[str, str]]) -> Markup:
    keys = "".join(f'<li><i class="key {style}"></i>{escape(name)}</li>' for name, style in legend)
    return Markup(
        f"<figure><figcaption>{escape(title)}</figcaption>"
        f'<svg class="plot" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(title)}">'
        f'{"".join(parts)}</svg><ul class="legend">{keys}</ul></figure>'
    )
