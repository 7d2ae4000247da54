"""How many articles there are of each publisher over time: bars as SVG, and the same as a table.

Invariant: the SVG holds numbers, class names and tooltips; every colour comes from a class and no word is drawn in it,
so that it may be stretched to any width.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assistant.render.text import counted
from assistant.web.html import element
from vectorstore.archive.listing import Holdings

#: Publishers with a colour of their own; all others share one.
_SERIES = 5
_MOST_BARS = 48
_HEIGHT, _BAR, _STEP = 120, 8, 10
_OTHERS, _UNKNOWN = "Others", "Publisher unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The bars in order, gaps included: label, and articles by series (one for each of ``series``)."""

    series: tuple[str, ...]
    bars: tuple[tuple[str, tuple[int, ...]], ...]
    unit: str
    undated: int

    @classmethod
    def of(cls, holdings: Holdings) -> Chart:
        """Count by the finest unit that gives no more than some fifty bars."""
        totals = Counter[str]()
        for (_, source), number in holdings.days.items():
            totals[source] += number
        order = sorted(totals, key=lambda name: (-totals[name], name))
        leading = order if len(order) <= _SERIES + 1 else order[:_SERIES]
        series = tuple(name or _UNKNOWN for name in leading) + ((_OTHERS,) if len(leading) < len(order) else ())
        at = {name: leading.index(name) if name in leading else len(leading) for name in order}
        days = {day for day, _ in holdings.days if day}
        undated = sum(number for (day, _), number in holdings.days.items() if day is None)
        if not days:
            return cls(series=series, bars=(), unit="", undated=undated)
        unit, labels, label_of = _bins(min(days), max(days))
        counts = {label: [0] * len(series) for label in labels}
        for (day, source), number in holdings.days.items():
            if day:
                counts[label_of(day)][at[source]] += number
        return cls(
            series=series,
            bars=tuple((label, tuple(counts[label])) for label in labels),
            unit=unit,
            undated=undated,
        )


def _bins(first: dt.date, last: dt.date) -> tuple[str, list[str], Callable[[dt.date], str]]:
    """The unit, the labels from the first to the last bar, and the label of a day."""
    if (last - first).days < _MOST_BARS:
        days = [first + dt.timedelta(days=i) for i in range((last - first).days + 1)]
        return "day", [_day(day) for day in days], _day
    months = [divmod(month, 12) for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)]
    if len(months) <= _MOST_BARS:
        return "month", [_month(dt.date(year, month + 1, 1)) for year, month in months], _month
    width = -(-(last.year - first.year + 1) // _MOST_BARS)
    starts = range(first.year // width * width, last.year + 1, width)

    def years(day: dt.date) -> str:
        return _years(day.year // width * width, width)

    return "year" if width == 1 else f"{width} years", [_years(start, width) for start in starts], years


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _month(day: dt.date) -> str:
    return f"{day:%B} {day.year}"


def _years(start: int, width: int) -> str:
    return str(start) if width == 1 else f"{start}–{start + width - 1}"


def chart_view(holdings: Holdings) -> Markup | None:
    """The chart with its legend and table; None where no article has a date."""
    chart = Chart.of(holdings)
    if not chart.bars:
        return None
    highest = max(sum(numbers) for _, numbers in chart.bars)
    said = f"Articles by {chart.unit} and publisher, {_range(chart)}: at most {highest:,} in one {chart.unit}."
    return element(
        "figure",
        element("figcaption", f"Articles by {chart.unit}", *_undated(chart)),
        element("div", element("span", f"{highest:,}", class_="most"), _svg(chart, highest, said), class_="plot"),
        element("div", element("span", chart.bars[0][0]), element("span", chart.bars[-1][0]), class_="ends"),
        _legend(chart),
        _table(chart),
        class_="chart",
    )


def _range(chart: Chart) -> str:
    first, last = chart.bars[0][0], chart.bars[-1][0]
    return first if first == last else f"{first} to {last}"


def _undated(chart: Chart) -> list[Markup]:
    return [element("span", f" · {counted(chart.undated, 'article')} without a date")] if chart.undated else []


def _svg(chart: Chart, highest: int, said: str) -> Markup:
    bars = [_bar(i, label, numbers, chart.series, highest) for i, (label, numbers) in enumerate(chart.bars)]
    return element(
        "svg",
        bars,
        role="img",
        aria_label=said,
        viewbox=f"0 0 {max(len(bars), 12) * _STEP} {_HEIGHT}",  # a few bars must not become walls
        preserveaspectratio="none",
    )


def _bar(at: int, label: str, numbers: Sequence[int], series: Sequence[str], highest: int) -> Markup:
    pieces: list[Markup] = []
    top = float(_HEIGHT)
    for i, number in enumerate(numbers):
        if number:
            height = number / highest * _HEIGHT
            top -= height
            pieces.append(
                element(
                    "rect", class_=_colour(i, series), x=at * _STEP, y=f"{top:.2f}", width=_BAR, height=f"{height:.2f}"
                )
            )
    parts = ", ".join(f"{name} {number:,}" for name, number in zip(series, numbers, strict=True) if number)
    tip = f"{label}: {counted(sum(numbers), 'article')}" + (f" ({parts})" if parts else "")
    whole = element("rect", class_="whole", x=at * _STEP, y=0, width=_STEP, height=_HEIGHT)
    return element("g", element("title", tip), whole, pieces)


def _colour(series: int, names: Sequence[str]) -> str:
    return "others" if names[series] == _OTHERS and series == _SERIES else f"series-{series + 1}"


def _legend(chart: Chart) -> Markup:
    items = [
        element(
            "li",
            element("span", class_=f"swatch {_colour(i, chart.series)}"),
            element("bdi", name),
            f" {sum(numbers[i] for _, numbers in chart.bars):,}",
        )
        for i, name in enumerate(chart.series)
    ]
    return element("ul", items, class_="legend")


def _table(chart: Chart) -> Markup:
    head = element("tr", [_cell(name) for name in (chart.unit.capitalize(), *chart.series)])
    rows = [
        element("tr", element("th", label, scope="row"), [element("td", f"{number:,}") for number in numbers])
        for label, numbers in chart.bars
        if any(numbers)
    ]
    table = element("table", element("thead", head), element("tbody", rows))
    return element(
        "details",
        element("summary", "The same as a table"),
        element("div", table, class_="wide", tabindex=0, role="region", aria_label="Articles as a table"),
    )


def _cell(name: str) -> Markup:
    return element("th", element("bdi", name), scope="col")
