"""Two runs over the same questions: what changed, and whether it is more than chance.

Invariant: only questions that both runs asked, with the same words and the same gold, are compared; the others are
named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.evaluation.bootstrap import Difference, difference, draws
from assistant.evaluation.case import Outcome
from assistant.evaluation.errors import RunError
from assistant.evaluation.result import Result
from assistant.evaluation.scores import MEASURES
from assistant.evaluation.summary import values_of

#: From the worst class to the best: to say nothing is better than to say what is wrong.
_ORDER = (Outcome.FAILED, Outcome.WRONG, Outcome.ABSTAINED, Outcome.RIGHT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One question in both runs."""

    before: Result
    after: Result

    @property
    def change(self) -> int:
        """Positive where the question's class became better, negative where it became worse."""
        return _ORDER.index(self.after.outcome) - _ORDER.index(self.before.outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changed from one run to another.

    Attributes:
        pairs: the questions that both have, in the order of the later run.
        differences: every measure that is defined in both, by its name; what judges say, where it was the same judge.
        judges_differ: whether both were judged, and not by the same model, prompt and number of repeats.
        only_before, only_after: ids of the questions that are not compared.
    """

    pairs: tuple[Pair, ...]
    differences: Mapping[str, Difference]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    judges_differ: bool = False

    @property
    def better(self) -> tuple[Pair, ...]:
        """The questions whose class became better."""
        return tuple(pair for pair in self.pairs if pair.change > 0)

    @property
    def worse(self) -> tuple[Pair, ...]:
        """The questions whose class became worse."""
        return tuple(pair for pair in self.pairs if pair.change < 0)

    @property
    def regressions(self) -> tuple[str, ...]:
        """Guarded measures that became worse by more than chance: the difference's whole interval is on the worse side.

        "failed" is among them where more questions failed than before, by however few.
        """
        found = [
            name
            for name, change in self.differences.items()
            if MEASURES[name].guarded and (change.low > 0 if MEASURES[name].lower_is_better else change.high < 0)
        ]
        failed = [sum(r.outcome is Outcome.FAILED for r in side) for side in self._sides()]
        return (*found, *(["failed"] if failed[1] > failed[0] else []))

    def _sides(self) -> tuple[list[Result], list[Result]]:
        return [pair.before for pair in self.pairs], [pair.after for pair in self.pairs]


def compare(before: Sequence[Result], after: Sequence[Result], seed: int) -> Comparison:
    """Pair the questions and test the differences.

    Raises:
        RunError: where the runs have no question in common.
    """
    earlier = {result.item.id: result for result in before}
    pairs = tuple(
        Pair(before=earlier[result.item.id], after=result)
        for result in after
        if result.item.id in earlier and _same(earlier[result.item.id], result)
    )
    if not pairs:
        raise RunError("the two runs have no question in common", remedy="compare runs over the same Q&A set")
    paired = {pair.after.item.id for pair in pairs}
    return Comparison(
        pairs=pairs,
        differences=_differences(pairs, seed),
        only_before=tuple(name for name in earlier if name not in paired),
        only_after=tuple(result.item.id for result in after if result.item.id not in paired),
        judges_differ=len(_judges(pairs)) > 1,
    )


def _same(one: Result, other: Result) -> bool:
    return one.item.model_dump(exclude={"tags"}) == other.item.model_dump(exclude={"tags"})


def _judges(pairs: Sequence[Pair]) -> set[tuple[str, str, int]]:
    judged = [side.judged for pair in pairs for side in (pair.before, pair.after)]
    return {one.identity for one in judged if one is not None}


def _differences(pairs: Sequence[Pair], seed: int) -> dict[str, Difference]:
    weights = draws(len(pairs), seed)
    once = np.ones((1, len(pairs)))
    sides = [pair.before for pair in pairs], [pair.after for pair in pairs]
    found: dict[str, Difference] = {}
    comparable = len(_judges(pairs)) <= 1
    for name, measure in MEASURES.items():
        if measure.judged and not comparable:
            continue
        before, after = (float(values_of(name, side, once)[0]) for side in sides)
        change = difference(before, after, *(values_of(name, side, weights) for side in sides))
        if change is not None:
            found[name] = change
    return found
