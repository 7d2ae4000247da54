"""Results -> the run's summary: counts, every measure with its interval, slices by tag, time, tokens and cost.

Invariants: the counts of the four classes add up to the number of questions. A question whose tokens are not known,
because it failed or no model was asked, is not counted as one without tokens; a model without a price costs nobody
knows what, and not nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import Field

from assistant.evaluation.bootstrap import Estimate, Floats, column, draws, estimate, interval, means
from assistant.evaluation.case import Outcome
from assistant.evaluation.measures.confidence import aurc, auroc, risks
from assistant.evaluation.prices import Price
from assistant.evaluation.result import Result
from assistant.evaluation.scores import MEASURES

#: Measures of a slice.
SLICED = ("accuracy", "answer_recall", "success@1", "nDCG@10", "citation_recall")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """The questions with one tag."""

    tag: str
    counts: Mapping[Outcome, int]
    estimates: Annotated[Mapping[str, Estimate], Field(serialization_alias="measures")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """The judging of a run.

    Attributes:
        answers: how many were judged.
        votes: how many were cast.
        agreement: mean over the judgements of the share of pairs of repeats that agree; None with one repeat.
        unreadable: ``{"id", "reply"}`` of each vote that was neither yes nor no.
        undecided: ids of the questions with a judgement that has no majority.
        failed: ``{"id", "error"}`` of each question in which the judge failed.
    """

    model: str
    prompt: str
    repeats: int
    answers: int
    judgements: int
    votes: int
    agreement: float | None
    unreadable: tuple[dict[str, str], ...]
    undecided: tuple[str, ...]
    failed: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A run in numbers.

    Attributes:
        rightly_abstained: of those that came out right, the unanswerable ones.
        estimates: every measure by its name.
        curve: points (coverage, risk) of the risk-coverage curve.
        judging: how a chat model judged the citations; None where none did.
        tokens: "input_tokens" and "output_tokens", and with "judge_" before them the judge's; empty without a chat
            model.
        costs: "cost" and "judge_cost", US dollars, by the prices that were given.
        prices: of each model that used tokens; None where it has none.
        times: "retrieve", "first_token" and "total", milliseconds.
    """

    questions: int
    counts: Mapping[Outcome, int]
    rightly_abstained: int
    estimates: Annotated[Mapping[str, Estimate], Field(serialization_alias="measures")]
    slices: tuple[Slice, ...]
    curve: Annotated[tuple[tuple[float, float], ...], Field(serialization_alias="risk_coverage")]
    judging: Judging | None
    tokens: Mapping[str, Spread]
    costs: Annotated[Mapping[str, Spread], Field(serialization_alias="cost_usd")]
    prices: Annotated[Mapping[str, Price | None], Field(serialization_alias="prices_usd_per_million")]
    times: Annotated[Mapping[str, Spread], Field(serialization_alias="timings_ms")]


def summarise(results: Sequence[Result], seed: int, prices: Mapping[str, Price] | None = None) -> Summary:
    """The numbers of a run; the intervals are the same for the same results and seed."""
    weights = draws(len(results), seed)
    curve = risks(*_confidence_and_wrong([r for r in results if r.answered]))
    return Summary(
        questions=len(results),
        counts=counts_of(results),
        rightly_abstained=sum(r.abstained and r.outcome is Outcome.RIGHT for r in results),
        estimates=estimates_of(results, seed, tuple(MEASURES)),
        slices=slices_of(results, seed),
        curve=tuple((float((i + 1) / len(results)), float(risk)) for i, risk in enumerate(curve)),
        judging=judging_of(results),
        tokens=tokens_of(results, weights),
        costs=costs_of(results, weights, prices or {}),
        prices={name: (prices or {}).get(name) for name in models_of(results)},
        times=times_of(results, weights),
    )


def counts_of(results: Sequence[Result]) -> dict[Outcome, int]:
    """How many questions are in each class, all four."""
    found = Counter(result.outcome for result in results)
    return {outcome: found[outcome] for outcome in Outcome}


def estimates_of(results: Sequence[Result], seed: int, names: Sequence[str]) -> dict[str, Estimate]:
    """Measures with their intervals."""
    weights = draws(len(results), seed)
    once = np.ones((1, len(results)))
    return {
        name: estimate(
            float(values_of(name, results, once)[0]), values_of(name, results, weights), defined_for(name, results)
        )
        for name in names
    }


def defined_for(name: str, results: Sequence[Result]) -> int:
    """For how many questions a measure is defined."""
    if name == "AURC":
        return sum(result.answered for result in results)
    if name == "AUROC":
        return sum(result.outcome is not Outcome.FAILED for result in results)
    return sum(result.scores.get(name) is not None for result in results)


def values_of(name: str, results: Sequence[Result], weights: Floats) -> Floats:
    """A measure of the whole set, for each row of ``weights``, which say how often each question counts."""
    if name == "AUROC":
        known = [i for i, result in enumerate(results) if result.outcome is not Outcome.FAILED]
        confidence = np.array([float(results[i].answer["confidence"]) for i in known])
        answerable = np.array([results[i].item.answerable for i in known], dtype=np.bool_)
        return auroc(confidence, answerable, weights[:, known])
    if name == "AURC":
        answered = [i for i, result in enumerate(results) if result.answered]
        confidence, wrong = _confidence_and_wrong([results[i] for i in answered])
        rows = weights[:, answered].astype(np.int64)
        return np.array([aurc(confidence, wrong, row) for row in rows])
    return means(column([result.scores.get(name) for result in results]), weights)


def _confidence_and_wrong(answered: Sequence[Result]) -> tuple[Floats, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    confidence = np.array([float(result.answer["confidence"]) for result in answered], dtype=np.float64)
    return confidence, np.array([result.outcome is Outcome.WRONG for result in answered], dtype=np.bool_)


def slices_of(results: Sequence[Result], seed: int) -> tuple[Slice, ...]:
    """A slice for every tag, the most frequent first."""
    tags = Counter(tag for result in results for tag in dict.fromkeys(result.item.tags))
    found = []
    for tag, _ in sorted(tags.items(), key=lambda pair: (-pair[1], pair[0])):
        chosen = [result for result in results if tag in result.item.tags]
        found.append(Slice(tag=tag, counts=counts_of(chosen), estimates=estimates_of(chosen, seed, SLICED)))
    return tuple(found)


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
    found = {name: _spread(values, weights) for name, values in columns.items()}
    return {name: spread for name, spread in found.items() if spread is not None}


def _spread(values: Sequence[float | None], weights: Floats) -> Spread | None:
    known = [float(value) for value in values if value is not None]
    ends = interval(means(column(list(values)), weights)) if known else None
    if ends is None:
        return None
    median, p95 = np.quantile(known, [0.5, 0.95])
    return Spread(
        count=len(known),
        total=float(np.sum(known)),
        mean=float(np.mean(known)),
        low=ends[0],
        high=ends[1],
        median=float(median),
        p95=float(p95),
        maximum=max(known),
    )


def judging_of(results: Sequence[Result]) -> Judging | None:
    """The judging of these results; None where no judge was asked."""
    found = [(result.item.id, result.judged) for result in results if result.judged is not None]
    if not found:
        return None
    first = found[0][1]
    judgements = [judgement for _, judged in found for judgement in judged.judgements]
    agreements = [j.agreement for j in judgements if j.agreement is not None]
    return Judging(
        model=first.model,
        prompt=first.prompt,
        repeats=first.repeats,
        answers=len(found),
        judgements=len(judgements),
        votes=sum(len(judgement.votes) for judgement in judgements),
        agreement=float(np.mean(agreements)) if agreements else None,
        unreadable=tuple(
            {"id": name, "reply": reply} for name, one in found for j in one.judgements for reply in j.unreadable
        ),
        undecided=tuple(name for name, judged in found if judged.undecided),
        failed=tuple({"id": name, "error": one.error} for name, one in found if one.error is not None),
    )
