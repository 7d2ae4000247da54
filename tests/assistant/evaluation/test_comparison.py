"""Two runs compared question by question: what got better, what got worse, and whether it is more than chance."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assistant.errors import ModelUnreachable
from assistant.evaluation.case import Outcome
from assistant.evaluation.errors import RunError
from assistant.evaluation.items import Item
from assistant.evaluation.run import Run, evaluate
from assistant.pipeline.assistant import Assistant
from prompts import NO_ANSWER


def with_right(run: Run, right: int, total: int) -> Run:
    """A run over ``total`` questions of which the first ``right`` came out right."""
    first = run.results[0]
    results = []
    for index in range(total):
        fine = index < right
        results.append(
            replace(
                first,
                item=first.item.model_copy(update={"id": f"q{index}"}),
                outcome=Outcome.RIGHT if fine else Outcome.WRONG,
                scores={**first.scores, "accuracy": float(fine)},
            )
        )
    return Run(results=tuple(results))


@pytest.fixture
def run(assistant: Assistant, questions: list[Item]) -> Run:
    """The four questions, answered."""
    return evaluate(assistant, questions)


def test_questions_that_became_better_and_worse_are_listed(
    assistant: Assistant, scripted: Any, questions: list[Item], run: Run
) -> None:
    scripted.replies = {"ferry": NO_ANSWER, "king": NO_ANSWER}
    comparison = evaluate(assistant, questions).compare(run)
    assert [pair.after.item.id for pair in comparison.better] == ["king"]
    assert [pair.after.item.id for pair in comparison.worse] == ["rudder"]
    assert comparison.differences["accuracy"].value == 0.0


def test_saying_nothing_is_better_than_saying_what_is_wrong_and_failing_is_worst(
    assistant: Assistant, scripted: Any, questions: list[Item], run: Run
) -> None:
    scripted.replies = {"ferry": ModelUnreachable("the model does not answer")}
    failed = evaluate(assistant, questions)
    scripted.replies = {"ferry": NO_ANSWER}
    silent = evaluate(assistant, questions)
    assert [pair.after.item.id for pair in silent.compare(failed).better] == ["rudder"]
    assert [pair.after.item.id for pair in silent.compare(run).worse] == ["rudder"]


def test_a_run_is_neither_better_nor_worse_than_itself(run: Run) -> None:
    comparison = run.compare(run)
    assert comparison.better == comparison.worse == comparison.regressions == ()
    assert all(change.value == 0 and change.p == 1 for change in comparison.differences.values())


def test_a_regression_is_what_is_worse_by_more_than_chance(run: Run) -> None:
    before = with_right(run, 80, 100)
    assert with_right(run, 60, 100).compare(before).regressions == ("accuracy",)
    assert with_right(run, 79, 100).compare(before).regressions == ()
    assert before.compare(with_right(run, 60, 100)).regressions == ()


def test_one_more_failed_question_is_a_regression(
    assistant: Assistant, scripted: Any, questions: list[Item], run: Run
) -> None:
    scripted.replies = {"king": ModelUnreachable("the model does not answer")}
    assert "failed" in evaluate(assistant, questions).compare(run).regressions


def test_questions_that_only_one_run_has_or_whose_gold_was_changed_are_named_and_not_compared(
    assistant: Assistant, questions: list[Item], run: Run
) -> None:
    changed = questions[1].model_copy(update={"answers": ("a ribbon",)})
    new = Item(id="new", question="Who saw the storm first?", answers=["lighthouse keeper"])
    comparison = evaluate(assistant, [questions[0], changed, new]).compare(run)
    assert [pair.after.item.id for pair in comparison.pairs] == ["rudder"]
    assert comparison.only_before == ("ribbon", "keeper", "king")
    assert comparison.only_after == ("ribbon", "new")


def test_runs_without_a_common_question_cannot_be_compared(
    assistant: Assistant, questions: list[Item], run: Run
) -> None:
    other = evaluate(assistant, [questions[0].model_copy(update={"id": "other"})])
    with pytest.raises(RunError, match="no question in common"):
        other.compare(run)
