"""The bundled questions without a model: not worse than the README says.

A floor is the lower end of the 95% interval in the README's table, which ``make eval-samples`` writes.
"""

from __future__ import annotations

import pytest
from samples_table import floors

from assistant.evaluation.case import Outcome
from assistant.evaluation.run import Run
from assistant.evaluation.scores import MEASURES

FLOORS = {name: floor for name, floor in floors().items() if not MEASURES[name].lower_is_better}


def test_the_readme_has_a_floor_for_every_measure_that_matters() -> None:
    assert {"accuracy", "quote_recall", "speaker_accuracy", "nDCG@10", "citation_recall", "AUROC"} <= FLOORS.keys()
    assert len(FLOORS) > 15


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
