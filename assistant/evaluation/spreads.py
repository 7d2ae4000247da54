"""Time, tokens and cost of a run: how each is spread over the questions, its mean with an interval, and its total.

Invariant: a question whose tokens are not known, because it failed or no model was asked, is not counted as one without
tokens; a model without a price costs nobody knows what, and not nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.evaluation.bootstrap import Floats, column, interval, means
from assistant.evaluation.prices import Price
from assistant.evaluation.result import Result

_TOKENS = ("input_tokens", "output_tokens")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Milliseconds, tokens or US dollars over the questions that have them; ``low`` and ``high`` are of the mean."""

    count: int
    total: float
    mean: float
    low: float
    high: float
    median: float
    p95: float
    maximum: float


def times_of(results: Sequence[Result], weights: Floats) -> dict[str, Spread]:
    """ "retrieve", "first_token" and "total", milliseconds, those that are known of some question."""
    timings = [result.answer["timings_ms"] or {} for result in results]
    return _spreads({n: [t.get(n) for t in timings] for n in ("retrieve", "first_token", "total")}, weights)


def tokens_of(results: Sequence[Result], weights: Floats) -> dict[str, Spread]:
    """ "input_tokens" and "output_tokens" of the answers, and the judge's, as "judge_input_tokens" and so on."""
    columns = {}
    for prefix, usages in (("", _answers(results)), ("judge_", _judgements(results))):
        for name in _TOKENS:
            columns[f"{prefix}{name}"] = [usage.get(name) for _, usage in usages]
    return _spreads(columns, weights)


def costs_of(results: Sequence[Result], weights: Floats, prices: Mapping[str, Price]) -> dict[str, Spread]:
    """ "cost" of the answers and "judge_cost", US dollars, of the questions whose model has a price."""
    columns = {
        name: [prices[model].of(usage) if usage and model in prices else None for model, usage in usages]
        for name, usages in (("cost", _answers(results)), ("judge_cost", _judgements(results)))
    }
    return _spreads(columns, weights)


def models_of(results: Sequence[Result]) -> tuple[str, ...]:
    """Names of the models that used tokens, sorted."""
    return tuple(sorted({model for model, usage in (*_answers(results), *_judgements(results)) if usage}))


def _answers(results: Sequence[Result]) -> list[tuple[str, Mapping[str, int]]]:
    return [(str(result.answer["model"]), result.answer["usage"] or {}) for result in results]


def _judgements(results: Sequence[Result]) -> list[tuple[str, Mapping[str, int]]]:
    return [
        (judged.model, {name: getattr(judged, name) for name in _TOKENS}) if judged is not None else ("", {})
        for judged in (result.judged for result in results)
    ]


def _spreads(columns: Mapping[str, Sequence[float | None]], weights: Floats) -> dict[str, Spread]:
    return dict(_known(columns, weights))


def _known(columns: Mapping[str, Sequence[float | None]], weights: Floats) -> Iterator[tuple[str, Spread]]:
    for name, values in columns.items():
        known = [float(value) for value in values if value is not None]
        ends = interval(means(column(list(values)), weights)) if known else None
        if ends is not None:
            median, p95 = np.quantile(known, [0.5, 0.95])
            yield (
                name,
                Spread(
                    count=len(known),
                    total=float(np.sum(known)),
                    mean=float(np.mean(known)),
                    low=ends[0],
                    high=ends[1],
                    median=float(median),
                    p95=float(p95),
                    maximum=max(known),
                ),
            )
