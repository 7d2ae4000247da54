"""The bundled questions without a model: not worse than when the floors were set.

A floor is the lower end of the 95% interval of the figures then, which ``assistant eval samples --model extractive``
prints.
"""

from __future__ import annotations

import pytest

from assistant.evaluation.case import Outcome
from assistant.evaluation.run import Run

FLOORS = {
    "accuracy": 0.63,
    "answer_recall": 0.71,
    "quote_recall": 0.71,
    "success@1": 0.82,
    "success@5": 0.98,
    "nDCG@10": 0.92,
    "passage_success@5": 0.97,
    "citation_recall": 0.98,
    "citation_precision": 0.98,
    "speaker_accuracy": 0.64,
    "AUROC": 0.65,
    "abstention_recall": 0.12,
}


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_a_measure_is_not_below_its_floor(name: str, floor: float, samples_run: Run) -> None:
    value = samples_run.summary.estimates[name].value
    assert value is not None
    assert value >= floor


def test_every_quote_stands_in_the_archive_as_it_is(samples_run: Run) -> None:
    assert samples_run.summary.estimates["quote_exactness"].value == 1.0


def test_no_question_fails_and_none_vanishes(samples_run: Run) -> None:
    summary = samples_run.summary
    assert summary.counts[Outcome.FAILED] == 0
    assert sum(summary.counts.values()) == summary.questions == len(samples_run.results)
