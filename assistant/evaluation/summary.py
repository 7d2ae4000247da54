"""Results -> the run's summary: counts, every measure with its interval, slices by tag, time, tokens and cost.

Invariant: the counts of the four classes add up to the number of questions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.evaluation.bootstrap import Estimate, Floats, column, draws, estimate, means
from assistant.evaluation.case import Outcome
from assistant.evaluation.judging.judged import Judging, judging_of
from assistant.evaluation.measures import MEASURES
from assistant.evaluation.measures.auroc import auroc
from assistant.evaluation.measures.risk_coverage import aurc, risks
from assistant.evaluation.prices import Price
from assistant.evaluation.result import Result
from assistant.evaluation.spreads import Spread, costs_of, models_of, times_of, tokens_of

#: Measures of a slice.
SLICED = ("accuracy", "answer_recall", "success@1", "nDCG@10", "citation_recall")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """The questions with one tag."""

    tag: str
    counts: Mapping[Outcome, int]
    estimates: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A run in numbers.

    Attributes:
        rightly_abstained: of those that came out right, the unanswerable ones.
        estimates: every measure by its name.
        curve: points (coverage, risk) of the risk-coverage curve.
        times: "retrieve", "first_token" and "total", milliseconds.
        tokens: "input_tokens" and "output_tokens", and with "judge_" before them the judge's; empty without a chat
            model.
        costs: "cost" and "judge_cost", US dollars, by the prices that were given.
        prices: of each model that used tokens; None where it has none.
        judging: how a chat model judged the citations; None where none did.
    """

    questions: int
    counts: Mapping[Outcome, int]
    rightly_abstained: int
    estimates: Mapping[str, Estimate]
    slices: tuple[Slice, ...]
    curve: tuple[tuple[float, float], ...]
    times: Mapping[str, Spread]
    tokens: Mapping[str, Spread]
    costs: Mapping[str, Spread]
    prices: Mapping[str, Price | None]
    judging: Judging | None


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
        times=times_of(results, weights),
        tokens=tokens_of(results, weights),
        costs=costs_of(results, weights, prices or {}),
        prices={name: (prices or {}).get(name) for name in models_of(results)},
        judging=judging_of(results),
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
