"""A run as one HTML file that opens anywhere: no network, no other files.

Invariants: every word of a question, an answer or an article is escaped by the template engine, which escapes by
default; the page's own script and styles are allowed by their digests, and nothing else is (Content-Security-Policy).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from markupsafe import Markup

from assistant.evaluation.bootstrap import Estimate
from assistant.evaluation.case import Outcome
from assistant.evaluation.comparison import Comparison
from assistant.evaluation.journal import write_whole
from assistant.evaluation.reporting.charts import Line, class_bar, histogram, interval_bar, line_chart
from assistant.evaluation.reporting.question_view import QuestionView, Texts, question_view
from assistant.evaluation.reporting.tables import (
    CHANGE_HEADINGS,
    SPREAD_HEADINGS,
    change_rows,
    counts_in_words,
    group_of,
    interval,
    judging_line,
    number,
    prices_line,
    shown_measures,
    spread_rows,
    unchanged,
)
from assistant.evaluation.run import Run
from assistant.evaluation.scores import CUTS, MEASURES, Measure
from assistant.evaluation.summary import SLICED, Summary

_PAGE = Path(__file__).with_name("page")
_HEADLINE = ("accuracy", "answer_recall", "nDCG@10", "citation_recall", "quote_exactness", "abstention_recall")


def write_report(
    run: Run, path: Path, *, text: Callable[[str], str], before: Run | None = None, name: str = "Q&A set"
) -> None:
    """Write the report of a run.

    Args:
        text: article id -> its text, for the passages that citations stand in; raises ``UnknownArticle``.
        before: an earlier run over the same questions, to compare with.
        name: what the set is called.

    Raises:
        RunError: where the file cannot be written, or the runs have no question in common.
    """
    write_whole(path, render(run, text=text, before=before, name=name))


def render(run: Run, *, text: Callable[[str], str], before: Run | None = None, name: str = "Q&A set") -> str:
    """The report as HTML; see :func:`write_report`."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_PAGE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"number": number, "interval": interval, "bar": _bar, "class_bar": _class_bar}
    comparison = run.compare(before) if before is not None else None
    style, script = ((_PAGE / file).read_text(encoding="utf-8") for file in ("report.css", "report.js"))
    questions = _questions(run, comparison, Texts(text))
    return environment.get_template("report.html.j2").render(
        name=name,
        run=run,
        model=run.results[0].answer["model"],
        headline=[(MEASURES[name], run.summary.estimates[name]) for name in _HEADLINE],
        counts_line=counts_in_words(run.summary),
        counts=[(outcome.value, run.summary.counts[outcome]) for outcome in Outcome],
        groups=_groups(run.summary),
        sliced=SLICED,
        spread_headings=SPREAD_HEADINGS,
        spreads=list(spread_rows(run.summary)),
        judging_line=judging_line(run.summary),
        prices_line=prices_line(run.summary),
        plots=_plots(run, before),
        comparison=comparison,
        change_headings=CHANGE_HEADINGS,
        changes=list(change_rows(comparison)) if comparison else [],
        unchanged=unchanged(comparison) if comparison else [],
        moved=[q for q in questions if q.change],
        questions=questions,
        tags=[part.tag for part in run.summary.slices],
        style=Markup(style),  # our own files, not data
        script=Markup(script),
        style_digest=_digest(style),
        script_digest=_digest(script),
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _questions(run: Run, comparison: Comparison | None, texts: Texts) -> list[QuestionView]:
    pairs = {pair.after.item.id: pair for pair in comparison.pairs} if comparison else {}
    found = []
    for index, result in enumerate(run.results, 1):
        pair = pairs.get(result.item.id)
        found.append(question_view(index, result, pair.before if pair else None, pair.change if pair else 0, texts))
    return found


def _groups(summary: Summary) -> list[tuple[str, list[tuple[Measure, Estimate]]]]:
    rows = [(group_of(measure, summary), (measure, estimate)) for measure, estimate in shown_measures(summary)]
    return [(group, [row for _, row in members]) for group, members in groupby(rows, key=lambda row: row[0])]


def _bar(estimate: Estimate) -> Markup:
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return Markup()
    return interval_bar(estimate.value, estimate.low, estimate.high)


def _class_bar(counts: Mapping[Outcome, int]) -> Markup:
    return class_bar([(outcome.value, counts[outcome]) for outcome in Outcome])


def _plots(run: Run, before: Run | None) -> list[Markup]:
    sides = [(run.summary, "", "")] + ([(before.summary, " before", ", before")] if before else [])
    plots = []
    lines = [line for summary, style, suffix in sides for line in _retrieval_lines(summary, style, suffix)]
    if lines:
        plots.append(line_chart(lines, title="Retrieval by k", x_label="best k", x_ticks=[*CUTS], percent_x=False))
    curves = [
        Line(name=f"risk{suffix}", style=f"one{style}", points=summary.curve, dots=False)
        for summary, style, suffix in sides
        if summary.curve
    ]
    if curves:
        ticks = [0, 0.25, 0.5, 0.75, 1]
        title = "Risk and coverage"
        label = "coverage: share of all questions answered"
        plots.append(line_chart(curves, title=title, x_label=label, x_ticks=ticks, percent_x=True))
    times = [
        (words, style, _milliseconds(run, name))
        for name, words, style in (("retrieve", "retrieval", "two"), ("total", "whole answer", "one"))
    ]
    plots.append(histogram(times, title="Latency", x_label="time a question took"))
    return plots


def _retrieval_lines(summary: Summary, style: str, suffix: str) -> Iterable[Line]:
    kinds = (("success", "one", "an article that answers"), ("recall", "two", "share of them"))
    for name, own, words in (*kinds, ("passage_success", "three", "a passage with the answer")):
        estimates = [(k, summary.estimates[f"{name}@{k}"]) for k in CUTS]
        known = [(k, e.value, e.low, e.high) for k, e in estimates if e.value is not None]
        if known:
            band = [(k, low, high) for k, _, low, high in known if low is not None and high is not None]
            yield Line(
                name=f"{words}{suffix}",
                style=f"{own}{style}",
                points=[(k, value) for k, value, _, _ in known],
                band=() if style else band,
            )


def _milliseconds(run: Run, name: str) -> Sequence[float]:
    timings = [result.answer["timings_ms"] or {} for result in run.results]
    return [float(t[name]) for t in timings if t.get(name) is not None]
