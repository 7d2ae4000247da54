"""A run: every question has one result, whatever happens; it goes on after an interruption and comes out the same."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ModelUnreachable
from assistant.evaluation.case import Outcome
from assistant.evaluation.errors import RunError
from assistant.evaluation.items import Item
from assistant.evaluation.result import Result
from assistant.evaluation.run import Run, RunOptions, evaluate
from assistant.pipeline.assistant import Assistant
from assistant.render.json import answer_to_dict
from prompts import NO_ANSWER
from vectorstore.store import Store


def outcomes(run: Run) -> dict[str, str]:
    return {result.item.id: result.outcome.value for result in run.results}


def without_times(records: Sequence[dict[str, Any]]) -> str:
    return json.dumps([{k: v for k, v in record.items() if k != "timings_ms"} for record in records])


@pytest.fixture
def mixed(scripted: Any) -> None:
    """One answer of every class: right, wrong, abstained, failed."""
    scripted.replies = {
        "mayor": lambda evidence: f"She cut a blue ribbon. [{evidence.sentences[0].number}]",
        "storm": NO_ANSWER,
        "king": ModelUnreachable("the model does not answer", remedy="try again"),
    }


@pytest.mark.usefixtures("mixed")
def test_right_wrong_abstained_and_failed_are_told_apart_and_add_up(
    assistant: Assistant, scripted: Any, questions: list[Item]
) -> None:
    scripted.replies["mayor"] = lambda evidence: _cite(
        evidence, "The mayor cut a red ribbon.", "The bridge opened in May."
    )
    run = evaluate(assistant, questions)
    assert outcomes(run) == {"rudder": "right", "ribbon": "wrong", "keeper": "abstained", "king": "failed"}
    assert sum(run.summary.counts.values()) == run.summary.questions == 4


def _cite(evidence: Any, sentence: str, said: str) -> str:
    """Say one sentence of the archive and nothing of the other."""
    number = next(s.number for s in evidence.sentences if s.text == said)
    return f"{said} [{number}]"


@pytest.mark.usefixtures("mixed")
def test_a_question_that_failed_is_in_the_run_with_its_error_and_scores_zero(
    assistant: Assistant, scripted: Any, questions: list[Item]
) -> None:
    scripted.replies["ferry"] = ModelUnreachable("the model does not answer", remedy="try again")
    run = evaluate(assistant, questions)
    record = run.to_records()[0]
    assert record["error"] == "ModelUnreachable: the model does not answer; try again"
    assert record["class"] == "failed"
    assert record["answer"] is None
    assert [record["scores"][name] for name in ("accuracy", "nDCG@10", "answer_recall", "F1")] == [0.0] * 4
    assert record["scores"]["citation_recall"] is None


def test_a_fault_of_the_program_is_recorded_and_does_not_take_the_other_questions_with_it(
    assistant: Assistant, scripted: Any, questions: list[Item]
) -> None:
    scripted.replies = {"mayor": ZeroDivisionError("division\nby zero")}
    run = evaluate(assistant, questions[:2])
    assert outcomes(run) == {"rudder": "right", "ribbon": "failed"}
    assert run.results[1].error == "ZeroDivisionError (a fault of the program): division by zero"


def test_abstaining_on_an_unanswerable_question_is_right_and_answering_it_wrong(
    assistant: Assistant, scripted: Any, questions: list[Item]
) -> None:
    assert outcomes(evaluate(assistant, questions[3:])) == {"king": "wrong"}
    scripted.replies = {"king": NO_ANSWER}
    run = evaluate(assistant, questions[3:])
    assert outcomes(run) == {"king": "right"}
    assert run.summary.rightly_abstained == 1
    assert run.results[0].scores["abstention_recall"] == 1.0


def test_without_gold_answers_an_answer_is_right_where_it_cites_a_gold_article(assistant: Assistant) -> None:
    items = [
        Item(id="right", question="Why did the ferry stay in port?", answers=[], articles=["ferry"]),
        Item(id="wrong", question="Why did the ferry stay in port?", answers=[], articles=["storm"]),
    ]
    assert outcomes(evaluate(assistant, items)) == {"right": "right", "wrong": "wrong"}


def test_each_line_holds_the_object_of_ask_with_gold_class_and_scores_beside_it(
    assistant: Assistant, questions: list[Item]
) -> None:
    record = evaluate(assistant, questions).to_records()[1]
    asked = answer_to_dict(assistant.ask(questions[1].question, as_of=None, question_id="ribbon"))
    assert {k: record[k] for k in asked if k != "timings_ms"} == {k: asked[k] for k in asked if k != "timings_ms"}
    assert record["gold"] == ["bridge"]
    assert record["class"] == "right"
    assert record["scores"]["quote_exactness"] == 1.0


@pytest.mark.usefixtures("mixed")
def test_a_run_that_is_saved_and_loaded_is_the_same_run(
    assistant: Assistant, questions: list[Item], tmp_path: Path
) -> None:
    run = evaluate(assistant, questions)
    run.save(tmp_path / "run.jsonl")
    loaded = Run.load(tmp_path / "run.jsonl")
    assert loaded.results == run.results
    assert loaded.summary == run.summary
    loaded.save(tmp_path / "again.jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "run.jsonl").read_bytes()


@pytest.mark.parametrize("content", ["", "not JSON\n", '{"id": "a"}\n', "[]\n", "\xff"])
def test_a_file_that_is_no_run_is_refused_in_one_line(content: str, tmp_path: Path) -> None:
    (tmp_path / "run.jsonl").write_bytes(content.encode("latin-1"))
    with pytest.raises(RunError, match=r"run\.jsonl"):
        Run.load(tmp_path / "run.jsonl")


def test_asking_in_parallel_gives_the_same_results_in_the_same_order(sample_store: Store) -> None:
    from assistant.evaluation.items import SAMPLES, read_items

    items = read_items(SAMPLES)[0][:6]
    one, three = (evaluate(Assistant.open(sample_store, "extractive"), items, RunOptions(jobs=jobs)) for jobs in (1, 3))
    assert without_times(one.to_records()) == without_times(three.to_records())
    # Nor does a question's result depend on those before it, which have left their embeddings in a cache.
    alone = evaluate(Assistant.open(sample_store, "extractive"), items[-1:])
    assert without_times(alone.to_records()) == without_times(one.to_records()[-1:])


class Interrupted(BaseException):
    """Stands in for a person who presses Ctrl-C."""


def interrupt_after(count: int) -> Any:
    seen: list[Result] = []

    def on_result(result: Result) -> None:
        seen.append(result)
        if len(seen) == count:
            raise Interrupted

    return on_result


def test_an_interrupted_run_goes_on_and_comes_out_as_one_that_was_not(
    assistant: Assistant, scripted: Any, questions: list[Item], tmp_path: Path
) -> None:
    whole = evaluate(assistant, questions)
    scripted.asked.clear()
    with pytest.raises(Interrupted):
        evaluate(assistant, questions, resume=tmp_path / "partial", on_result=interrupt_after(2))
    told: list[Result] = []
    resumed = evaluate(assistant, questions, resume=tmp_path / "partial", on_result=told.append)
    assert len(scripted.asked) == len(told) == 4
    assert without_times(resumed.to_records()) == without_times(whole.to_records())


def test_a_line_that_was_cut_off_is_asked_again(
    assistant: Assistant, scripted: Any, questions: list[Item], tmp_path: Path
) -> None:
    partial = tmp_path / "partial"
    whole = evaluate(assistant, questions, resume=partial)
    partial.write_bytes(partial.read_bytes()[:-20])
    scripted.asked.clear()
    again = evaluate(assistant, questions, resume=partial)
    assert scripted.asked == [questions[3].question]
    assert without_times(again.to_records()) == without_times(whole.to_records())
    scripted.asked.clear()
    evaluate(assistant, questions, resume=partial)
    assert scripted.asked == []  # the file is in order again: no piece of the broken line is left in it


def test_what_failed_is_asked_again_when_the_run_goes_on(
    assistant: Assistant, scripted: Any, questions: list[Item], tmp_path: Path
) -> None:
    scripted.replies = {"mayor": ModelUnreachable("the model does not answer")}
    first = evaluate(assistant, questions, resume=tmp_path / "partial")
    scripted.replies.clear()
    second = evaluate(assistant, questions, resume=tmp_path / "partial")
    assert outcomes(first)["ribbon"] == "failed"
    assert outcomes(second)["ribbon"] == "right"
    assert second.summary.questions == 4


def test_results_of_another_run_are_neither_taken_up_nor_overwritten(
    assistant: Assistant, archive: Store, scripted: Any, questions: list[Item], tmp_path: Path
) -> None:
    partial = tmp_path / "partial"
    evaluate(assistant, questions, resume=partial)
    before = partial.read_bytes()
    scripted.name = "another model"
    with pytest.raises(RunError, match="with other model"):
        evaluate(assistant, questions, resume=partial)
    with pytest.raises(RunError, match="questions, set"):
        evaluate(Assistant(archive, type(scripted)(), threshold=0.0), questions[:2], resume=partial)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assistant.evaluation.run.fingerprint", lambda: "other rules of who said what")
        with pytest.raises(RunError, match="attributions"):
            evaluate(assistant, questions, resume=partial)
    partial.write_text("something else entirely\n")
    with pytest.raises(RunError, match="not a run that was interrupted"):
        evaluate(assistant, questions, resume=partial)
    assert len(before) > 100


def test_at_most_so_many_questions_are_begun_in_a_minute(assistant: Assistant, questions: list[Item]) -> None:
    started = time.monotonic()
    evaluate(assistant, questions, RunOptions(jobs=4, per_minute=600))
    assert time.monotonic() - started >= 0.29  # the first at once, three more a tenth of a second apart


def test_tags_make_slices_and_a_question_counts_in_each_of_its_own(assistant: Assistant, questions: list[Item]) -> None:
    summary = evaluate(assistant, questions).summary
    slices = {part.tag: part for part in summary.slices}
    assert set(slices) == {"who", "moon"}
    assert slices["moon"].counts[Outcome.WRONG] == 1
    assert slices["who"].estimates["accuracy"].value == 1.0
