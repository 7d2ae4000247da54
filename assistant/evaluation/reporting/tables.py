"""A run's summary and a comparison as rows of words, and as Markdown; the console and the report show the same rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.evaluation.bootstrap import Difference, Estimate
from assistant.evaluation.case import Outcome
from assistant.evaluation.comparison import Comparison
from assistant.evaluation.scores import MEASURES, Measure
from assistant.evaluation.summary import SLICED, Spread, Summary

#: What the rows of times, tokens and cost are called.
SPREADS = {
    "retrieve": "retrieval, ms",
    "first_token": "first word, ms",
    "total": "whole answer, ms",
    "input_tokens": "tokens in",
    "output_tokens": "tokens out",
    "cost": "cost, US $",
    "judge_input_tokens": "judge, tokens in",
    "judge_output_tokens": "judge, tokens out",
    "judge_cost": "judge, cost, US $",
}
CHANGE_HEADINGS = ("before", "after", "difference", "95% interval", "p", "")
SPREAD_HEADINGS = ("median", "95th percentile", "mean", "95% interval", "most", "total", "questions")


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


def spread_rows(summary: Summary) -> Iterator[tuple[str, ...]]:
    """Times, tokens and cost: what each is called, and its cells under ``SPREAD_HEADINGS``."""
    known = {**summary.times, **summary.tokens, **summary.costs}
    for name, words in SPREADS.items():
        if name in known:
            yield words, *_cells(known[name], dollars=name in summary.costs, summed=name not in summary.times)
        elif name in ("cost", "judge_cost") and name.replace("cost", "input_tokens") in known:
            yield words, "no price", *[""] * (len(SPREAD_HEADINGS) - 1)


def _cells(spread: Spread, *, dollars: bool, summed: bool) -> tuple[str, ...]:
    def written(value: float) -> str:
        return f"{value:,.6f}" if dollars else f"{value:,.0f}"

    return (
        *(written(value) for value in (spread.median, spread.p95, spread.mean)),
        f"{written(spread.low)} to {written(spread.high)}",
        written(spread.maximum),
        # Times of questions that are asked side by side do not add up.
        written(spread.total) if summed else "",
        f"{spread.count:,}",
    )


def prices_line(summary: Summary) -> str:
    """The prices that the cost was reckoned with, and which models have none; "" where no tokens were used."""
    known = [f"{name} {p.input:g} in, {p.output:g} out" for name, p in summary.prices.items() if p is not None]
    unknown = [name for name, price in summary.prices.items() if price is None]
    parts = [f"US $ for a million tokens: {'; '.join(known)}"] if known else []
    return "; ".join([*parts, f"no price for {', '.join(unknown)}; see --prices"] if unknown else parts)


def judging_line(summary: Summary) -> str:
    """Who judged the citations and how well the repeats agree; "" where nobody did."""
    judging = summary.judging
    if judging is None:
        return ""
    parts = [
        f"Citations judged by {judging.model} ({judging.prompt})",
        f"{judging.answers:,} answers, {judging.judgements:,} judgements, {judging.votes:,} votes",
        f"agreement between repeats {number(judging.agreement)}",
        f"{len(judging.unreadable):,} unreadable votes",
        f"{len(judging.undecided):,} questions without a majority",
        f"{len(judging.failed):,} in which the judge failed",
    ]
    return "; ".join(parts)


def group_of(measure: Measure, summary: Summary) -> str:
    """The heading that a measure stands under; a judged one's names the judge."""
    judge = f" {summary.judging.model}" if measure.judged and summary.judging else ""
    return f"{measure.group}{judge}"


def markdown(summary: Summary) -> str:
    """The summary as Markdown tables."""
    lines = [f"{counts_in_words(summary)}.", "", "| measure | value | 95% interval | questions |", "|---|---|---|---|"]
    lines += [
        f"| {measure.name} | {number(estimate.value)} | {interval(estimate)} | {estimate.count:,} |"
        for measure, estimate in shown_measures(summary)
    ]
    lines += ["", f"| | {' | '.join(SPREAD_HEADINGS)} |", f"|---|{'---|' * len(SPREAD_HEADINGS)}"]
    lines += [f"| {' | '.join(row)} |" for row in spread_rows(summary)]
    lines += [part for line in (judging_line(summary), prices_line(summary)) if line for part in ("", f"{line}.")]
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


def _changes(comparison: Comparison) -> Iterator[tuple[Measure, Difference]]:
    """The measures that tables have and that are not the same for every question, with their differences."""
    for name, change in comparison.differences.items():
        if MEASURES[name].shown and (change.low, change.value, change.high) != (0, 0, 0):
            yield MEASURES[name], change


def change_rows(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    """The measures that changed: what each is called, and its cells under ``CHANGE_HEADINGS``."""
    for measure, change in _changes(comparison):
        yield (
            measure.name,
            number(change.before),
            number(change.after),
            f"{change.value:+.3f}",
            f"{change.low:+.3f} to {change.high:+.3f}",
            f"{change.p:.3f}",
            verdict(measure, change),
        )


def verdict(measure: Measure, change: Difference) -> str:
    """``better``, ``worse``, or "" where the interval of the difference holds 0."""
    if change.low <= 0 <= change.high:
        return ""
    return "better" if (change.value > 0) is not measure.lower_is_better else "worse"


def unchanged(comparison: Comparison) -> list[str]:
    """Names of the measures that tables leave out, because nothing changed."""
    differing = {measure.name for measure, _ in _changes(comparison)}
    return [name for name in comparison.differences if MEASURES[name].shown and name not in differing]


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of words as lines with their columns aligned, the first to the left and the others to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
