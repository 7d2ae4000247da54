"""The picture of ``tests.benchmarks.scale``: four small plots, both axes logarithmic, as SVG."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 500, 270
#: Space around the axes of one plot, left, top, right, bottom; at the right stand the names of the lines.
MARGIN = (44, 34, 150, 34)
COLOURS = ("#1f5fa8", "#c2541b", "#2f7d4f", "#7a4fa0", "#8a6d1d")
GREY = "#6b7280"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """One plot: lines by their names, each a value a size; ``targets`` are horizontal lines."""

    title: str
    lines: Mapping[str, Sequence[float]]
    targets: Mapping[str, float]


def plots(rows: Sequence[Mapping[str, Any]]) -> list[Plot]:
    """The four plots of the figures."""

    def search(name: str, at: int) -> list[float]:
        return [row["search"][name][at] for row in rows]

    def change(name: str) -> list[float]:
        return [row["change"][name] for row in rows]

    return [
        Plot(
            title="warm search, ms",
            lines={
                "no filter, median": search("no filter", 0),
                "no filter, 95th percentile": search("no filter", 1),
                "one publisher, median": search("the most frequent publisher", 0),
                "two years, median": search("two years", 0),
            },
            targets={"median": 10, "95th percentile": 25, "with a filter": 40},
        ),
        Plot(
            title="opening and changing, s",
            lines={
                "opening": [row["open"] for row in rows],
                "adding an article": change("add"),
                "removing an article": change("remove"),
            },
            targets={"adding": 1, "opening": 2},
        ),
        Plot(
            title="resident memory after 100 searches, MiB",
            lines={
                "all": [row["memory"]["VmRSS"] for row in rows],
                "of it mapped files": [row["memory"]["RssFile"] for row in rows],
            },
            targets={"1 GiB": 1024},
        ),
        Plot(
            title="disk, MB",
            lines={
                "archive": [row["disk"]["archive"] for row in rows],
                "indexes": [row["disk"]["indexes"] for row in rows],
            },
            targets={},
        ),
    ]


def picture(rows: Sequence[Mapping[str, Any]]) -> str:
    """The figures of stores of two sizes or more, the smallest first, as an SVG document."""
    sizes = [row["passages"] for row in rows]
    body = []
    for number, plot in enumerate(plots(rows)):
        column, line = number % 2, number // 2
        body.append(f'<g transform="translate({column * WIDTH} {line * HEIGHT})">{drawn(plot, sizes)}</g>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDTH} {2 * HEIGHT}" '
        f'font-family="system-ui, sans-serif" font-size="11">\n'
        f'<title>How a store grows</title>\n<rect width="100%" height="100%" fill="#fff"/>\n' + "\n".join(body) + "\n"
        "</svg>\n"
    )


def drawn(plot: Plot, sizes: Sequence[int]) -> str:
    """One plot."""
    left, top, right, bottom = MARGIN
    values = [value for line in plot.lines.values() for value in line] + list(plot.targets.values())
    low, high = min(values) / 1.3, max(values) * 1.3

    def x(size: float) -> float:
        return left + (WIDTH - left - right) * _share(size, sizes[0], sizes[-1])

    def y(value: float) -> float:
        return HEIGHT - bottom - (HEIGHT - top - bottom) * _share(value, low, high)

    parts = [_text(left, 18, plot.title, weight="600")]
    for tick in _ticks(low, high):
        parts.append(_line(left, y(tick), WIDTH - right, y(tick), "#e5e7eb"))
        parts.append(_text(left - 6, y(tick) + 4, f"{tick:g}", anchor="end", fill=GREY))
    for size in sizes:
        parts.append(_text(x(size), HEIGHT - bottom + 16, _rounded(size), anchor="middle", fill=GREY))
    for name, target in plot.targets.items():
        parts.append(_line(left, y(target), WIDTH - right, y(target), GREY, dashed=True))
        parts.append(_text(left + 4, y(target) - 3, f"target, {name}", fill=GREY, size=9))
    for number, (name, line) in enumerate(plot.lines.items()):
        colour = COLOURS[number]
        points = [(x(size), y(value)) for size, value in zip(sizes, line, strict=True)]
        path = " ".join(f"{px:.1f},{py:.1f}" for px, py in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.8"/>')
        parts += [f'<circle cx="{px:.1f}" cy="{py:.1f}" r="2.6" fill="{colour}"/>' for px, py in points]
        parts.append(_text(WIDTH - right + 16, top + 10 + 15 * number, name, fill=colour))
    return "".join(parts)


def _share(value: float, low: float, high: float) -> float:
    return math.log(value / low) / math.log(high / low)


def _ticks(low: float, high: float) -> list[float]:
    """1, 2 and 5 of each power of ten between the two; the powers alone where these are many."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    fine = [step * 10.0**power for power in powers for step in (1, 2, 5)]
    within = [tick for tick in fine if low <= tick <= high]
    return within if len(within) <= 8 else [tick for tick in within if math.log10(tick) == round(math.log10(tick))]


def _rounded(size: int) -> str:
    """A number of passages, to the nearest thousand."""
    return f"{round(size, -3):,}"


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, *, dashed: bool = False) -> str:
    dash = ' stroke-dasharray="4 3"' if dashed else ""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"{dash}/>'


def _text(
    x: float,
    y: float,
    text: str,
    *,
    anchor: str = "start",
    fill: str = "#111827",
    weight: str = "400",
    size: int = 11,
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{fill}" font-weight="{weight}" '
        f'font-size="{size}">{html.escape(text)}</text>'
    )
