"""A run's summary and a comparison as rows of words, and as Markdown; the console and the report show the same rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from assistant.evaluation.bootstrap import Difference, Estimate
from assistant.evaluation.case import Outcome
from assistant.evaluation.comparison import Comparison
from assistant.evaluation.measures import MEASURES, Measure
from assistant.evaluation.summary import SLICED, Spread, Summary

#: What the columns of times and tokens are called.
SPREADS = {
    "retrieve": "retrieval, ms",
    "first_token": "first word, ms",
    "total": "whole answer, ms",
    "input_tokens": "tokens in",
    "output_tokens": "tokens out",
}


def number(value: float | None) -> str:
    """Three decimals; a dash where there is no value."""
    return "–" if value is None else f"{value:.3f}"


def interval(estimate: Estimate | Difference) -> str:
    """``.612 to .731``; empty where there is none."""
    return "" if estimate.low is None or estimate.high is None else f"{estimate.low:.3f} to {estimate.high:.3f}"


def counts_in_words(summary: Summary) -> str:
    """The four classes in a line; they add up to the questions."""
    parts = [f"{summary.counts[outcome]:,} {outcome.value}" for outcome in Outcome]
    if summary.rightly_abstained:
        parts[0] += f" ({summary.rightly_abstained:,} by rightly abstaining)"
    return f"{summary.questions:,} questions: {', '.join(parts)}"


def shown_measures(summary: Summary) -> Iterator[tuple[Measure, Estimate]]:
    """The measures that tables have, those that are defined for some question."""
    for measure in MEASURES.values():
        estimate = summary.estimates[measure.name]
        if measure.shown and estimate.value is not None:
            yield measure, estimate


def spreads(summary: Summary) -> Iterator[tuple[str, Spread]]:
    """Times and tokens with what they are called."""
    for name, spread in {**summary.times, **summary.tokens}.items():
        yield SPREADS[name], spread


def markdown(summary: Summary) -> str:
    """The summary as Markdown tables."""
    lines = [f"{counts_in_words(summary)}.", "", "| measure | value | 95% interval | questions |", "|---|---|---|---|"]
    lines += [
        f"| {measure.name} | {number(estimate.value)} | {interval(estimate)} | {estimate.count:,} |"
        for measure, estimate in shown_measures(summary)
    ]
    lines += ["", "| | median | 95th percentile | mean |", "|---|---|---|---|"]
    lines += [f"| {name} | {s.median:,.0f} | {s.p95:,.0f} | {s.mean:,.0f} |" for name, s in spreads(summary)]
    return "\n".join(lines)


def markdown_slices(summary: Summary) -> str:
    """The slices by tag as a Markdown table: value and interval of each measure."""
    lines = [f"| tag | questions | {' | '.join(SLICED)} |", f"|---|---|{'---|' * len(SLICED)}"]
    for part in summary.slices:
        cells = [_cell(part.estimates[name]) for name in SLICED]
        lines.append(f"| {part.tag} | {sum(part.counts.values()):,} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(estimate: Estimate) -> str:
    return f"{number(estimate.value)} ({interval(estimate)})" if estimate.count else "–"


def verdict(measure: Measure, change: Difference) -> str:
    """``better``, ``worse``, or "" where the interval of the difference holds 0."""
    if change.low <= 0 <= change.high:
        return ""
    return "better" if (change.value > 0) is not measure.lower_is_better else "worse"


def changes(comparison: Comparison) -> Iterator[tuple[Measure, Difference]]:
    """The measures that tables have and that are not the same for every question, with their differences."""
    for name, change in comparison.differences.items():
        if MEASURES[name].shown and (change.low, change.value, change.high) != (0, 0, 0):
            yield MEASURES[name], change


def unchanged(comparison: Comparison) -> list[str]:
    """Names of the measures that tables leave out, because nothing changed."""
    differing = {measure.name for measure, _ in changes(comparison)}
    return [name for name in comparison.differences if MEASURES[name].shown and name not in differing]


def signed_interval(change: Difference) -> str:
    """``-0.012 to +0.034``."""
    return f"{change.low:+.3f} to {change.high:+.3f}"


def summary_to_dict(summary: Summary, configuration: dict[str, Any], seed: int) -> dict[str, Any]:
    """The summary as JSON types; but for ``timings_ms`` the same for the same questions, store, model and seed."""
    return {
        "configuration": configuration,
        "seed": seed,
        "questions": summary.questions,
        "counts": {outcome.value: count for outcome, count in summary.counts.items()},
        "rightly_abstained": summary.rightly_abstained,
        "measures": {name: _rounded(estimate) for name, estimate in summary.estimates.items()},
        "slices": [
            {
                "tag": part.tag,
                "counts": {outcome.value: count for outcome, count in part.counts.items()},
                "measures": {name: _rounded(estimate) for name, estimate in part.estimates.items()},
            }
            for part in summary.slices
        ],
        "risk_coverage": [[round(c, 6), round(r, 6)] for c, r in summary.curve],
        "tokens": {name: _rounded(spread) for name, spread in summary.tokens.items()},
        "timings_ms": {name: _rounded(spread) for name, spread in summary.times.items()},
    }


def _rounded(value: Estimate | Spread) -> dict[str, Any]:
    return {k: round(v, 6) if isinstance(v, float) else v for k, v in asdict(value).items()}


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of words as lines with their columns aligned, the first to the left and the others to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
