"""Judged citation recall and precision: ALCE's definitions by hand, and a judge that fails or mumbles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from judging import cited_in, is_check, judge_at, verdicts
from scripted_openai import Request, Script, ScriptedOpenAI, answer, error

from assistant.errors import ModelRefused
from assistant.evaluation.errors import RunError
from assistant.evaluation.items import Item
from assistant.evaluation.judging.cache import JudgementCache
from assistant.evaluation.judging.judging import PRECISION, RECALL, judge_result
from assistant.evaluation.reporting.console import comparison_lines, summary_lines
from assistant.evaluation.reporting.report import render
from assistant.evaluation.reporting.tables import markdown
from assistant.evaluation.result import Result
from assistant.evaluation.run import Run, RunOptions, evaluate
from assistant.pipeline.assistant import Assistant
from vectorstore.store import Store

FERRY = "The ferry stayed in port."
RUDDER = "The harbour master blamed a broken rudder."
STORM = "A storm is coming from the north."


@pytest.fixture
def cited(assistant: Assistant, archive: Store, questions: list[Item]) -> Result:
    """An answer of three statements with two, two and one citations, and one without."""
    from dataclasses import replace

    result = evaluate(assistant, questions[:1]).results[0]
    sentences = [("ferry", FERRY), ("ferry", RUDDER), ("storm", STORM)]
    citations = []
    for number, (article_id, quote) in enumerate(sentences, 1):
        start = archive.text(article_id).index(quote)
        found = {"number": number, "article_id": article_id, "title": "T", "url": None, "source": None}
        citations.append({**found, "published": None, "start": start, "end": start + len(quote), "quote": quote})
    texts = [("one", [1, 2]), ("two", [2, 3]), ("three", [3]), ("four", [])]
    statements = [{"text": text, "citations": numbers, "support": "supported"} for text, numbers in texts]
    return replace(result, answer={**result.answer, "statements": statements, "citations": citations})


def test_recall_and_precision_are_alces_and_only_what_they_need_is_asked(cited: Result, archive: Store) -> None:
    # "one": both together and the first alone are enough, so the second is of no use. "two": only together, so both
    # are of use. "three": not entailed. "four": nothing cited. Recall 2/4; precision (1 + 2 + 0) / 5.
    table = {(FERRY, RUDDER): "yes", (FERRY,): "yes", (RUDDER, STORM): "yes"}
    with ScriptedOpenAI(verdicts(table)) as server:
        result = judge_result(cited, judge_at(server, repeats=1), text=archive.text)
    assert result.scores[RECALL] == 0.5
    assert result.scores[PRECISION] == 0.6
    assert result.scores["citation_recall"] == cited.scores["citation_recall"]
    asked = [cited_in(request) for request in server.chats()]
    # "one" whole, each alone; "two" whole, each alone, which are the others of one another; "three" whole.
    assert sorted(asked) == sorted(
        [(FERRY, RUDDER), (FERRY,), (RUDDER,), (RUDDER, STORM), (RUDDER,), (STORM,), (STORM,)]
    )
    assert result.judged is not None
    assert (result.judged.input_tokens, result.judged.output_tokens) == (700, 140)
    assert Result.from_record(result.to_record()) == result


def test_a_statement_without_a_majority_has_no_measure_instead_of_a_no(cited: Result, archive: Store) -> None:
    replies = iter(["yes", "no", "It depends\non <b>."])

    def reply(request: Request) -> Script:
        return answer(next(replies) if cited_in(request) == (FERRY, RUDDER) else "yes")

    with ScriptedOpenAI(reply) as server:
        result = judge_result(cited, judge_at(server, repeats=3), text=archive.text)
    assert result.scores[RECALL] is result.scores[PRECISION] is None
    lines = list(summary_lines(Run(results=(result,))))
    assert "the judge's vote is unreadable: rudder: 'It depends on <b>.'" in lines
    assert "the judge's votes have no majority: rudder" in lines


def test_precision_alone_has_no_value_where_only_a_single_citation_has_no_majority(
    cited: Result, archive: Store
) -> None:
    def reply(request: Request) -> Script:
        return answer("perhaps" if cited_in(request) == (FERRY,) else "yes")

    with ScriptedOpenAI(reply) as server:
        result = judge_result(cited, judge_at(server, repeats=1), text=archive.text)
    assert result.scores[RECALL] == 0.75
    assert result.scores[PRECISION] is None


@pytest.fixture
def judged(assistant: Assistant, questions: list[Item]) -> Run:
    """A run with a judge who disagrees with himself on one of three votes over what the ribbon's answer cites."""
    votes = iter(["yes", "no", "yes"] * 100)

    def reply(request: Request) -> Script:
        return answer(next(votes) if "ribbon" in "".join(cited_in(request)) else "yes")

    with ScriptedOpenAI(reply) as server:
        return evaluate(assistant, questions, RunOptions(judge=judge_at(server)))


def test_judged_measures_stand_apart_with_judge_prompt_repeats_and_agreement(judged: Run, archive: Store) -> None:
    summary = judged.summary
    assert summary.estimates[RECALL].value == 1.0
    assert summary.estimates[RECALL].count == summary.estimates["citation_recall"].count
    assert summary.judging is not None
    assert 1 / 3 < (summary.judging.agreement or 0) < 1
    configuration = judged.configuration["judge"]
    assert configuration["model"] == "openai:judge"
    assert configuration["prompt"].startswith("judge@")
    assert configuration["repeats"] == 3
    page = render(judged, text=archive.text)
    assert "Citations, judged by openai:judge" in page
    assert "Citations, by the program&#39;s own check" in page
    for text in (page, markdown(summary), "\n".join(summary_lines(judged))):
        assert RECALL in text
        assert f"agreement between repeats {summary.judging.agreement:.3f}" in text
    assert judged.summary_record()["judging"]["agreement"] == round(summary.judging.agreement or 0, 6)


def test_a_run_without_a_judge_has_no_judged_measures(assistant: Assistant, questions: list[Item]) -> None:
    run = evaluate(assistant, questions)
    assert run.summary.judging is None
    assert RECALL not in markdown(run.summary)
    assert run.to_records()[0]["judged"] is None


def test_figures_of_different_judges_are_not_compared(judged: Run, assistant: Assistant, questions: list[Item]) -> None:
    with ScriptedOpenAI(verdicts({})) as server:
        other = evaluate(assistant, questions, RunOptions(judge=judge_at(server, repeats=1)))
    assert RECALL in judged.compare(judged).differences
    comparison = other.compare(judged)
    assert not {RECALL, PRECISION} & set(comparison.differences)
    assert "citation_recall" in comparison.differences
    assert any("different judges" in line for line in comparison_lines(comparison))


def test_a_judge_that_refuses_at_once_is_found_before_a_question_is_asked(
    assistant: Assistant, scripted: Any, questions: list[Item], tmp_path: Path
) -> None:
    with (
        ScriptedOpenAI(lambda request: error(401)) as server,
        pytest.raises(ModelRefused, match="the judge cannot be asked"),
    ):
        evaluate(assistant, questions, RunOptions(judge=judge_at(server)), resume=tmp_path / "partial")
    assert scripted.asked == []
    assert not (tmp_path / "partial").exists()


def test_where_the_judge_fails_in_the_middle_its_measures_are_empty_and_the_question_is_counted(
    assistant: Assistant, questions: list[Item], archive: Store
) -> None:
    def reply(request: Request) -> Script:
        return error(401) if "ribbon" in "".join(cited_in(request)) else answer("yes")

    with ScriptedOpenAI(reply) as server:
        run = evaluate(assistant, questions, RunOptions(judge=judge_at(server, repeats=1)))
    scores = {result.item.id: result.scores for result in run.results}
    assert scores["ribbon"][RECALL] is scores["ribbon"][PRECISION] is None
    assert scores["ribbon"]["citation_recall"] == 1.0
    assert scores["rudder"][RECALL] == 1.0
    assert run.summary.judging is not None
    assert [one["id"] for one in run.summary.judging.failed] == ["ribbon"]
    assert any(line.startswith("the judge failed: ribbon: ModelRefused") for line in summary_lines(run))
    assert "1 in which the judge failed" in render(run, text=archive.text)


def test_an_interrupted_run_judges_again_where_the_judge_failed_and_asks_nothing_twice(
    assistant: Assistant, scripted: Any, questions: list[Item], tmp_path: Path
) -> None:
    failing = True

    def reply(request: Request) -> Script:
        return error(401) if failing and "ribbon" in "".join(cited_in(request)) else answer("yes")

    with (
        ScriptedOpenAI(reply) as server,
        judge_at(server, cache=JudgementCache(tmp_path / "judgements.sqlite")) as judge,
    ):
        evaluate(assistant, questions, RunOptions(judge=judge), resume=tmp_path / "partial")
        asked, sent, failing = len(scripted.asked), len(server.chats()), False
        again = evaluate(assistant, questions, RunOptions(judge=judge), resume=tmp_path / "partial")
        assert len(scripted.asked) == asked
        assert all("ribbon" in request.prompt for request in server.chats()[sent:])
        assert again.results[1].scores[RECALL] == 1.0
        sent = len(server.chats())
        whole = evaluate(assistant, questions, RunOptions(judge=judge))
        assert len(server.chats()) == sent
        assert [result.judged for result in whole.results] == [result.judged for result in again.results]
        with pytest.raises(RunError, match="other judge"):
            evaluate(assistant, questions, resume=tmp_path / "partial")


def test_judging_in_parallel_and_at_a_pace_comes_to_the_same(
    assistant: Assistant, questions: list[Item], tmp_path: Path
) -> None:
    def at(server: ScriptedOpenAI, jobs: int = 1, per_minute: float | None = None) -> list[Any]:
        with judge_at(server, repeats=1, cache=JudgementCache(tmp_path / f"{jobs}-{per_minute}")) as judge:
            options = RunOptions(judge=judge, jobs=jobs, per_minute=per_minute)
            return [(r.scores, r.judged) for r in evaluate(assistant, questions, options).results]

    with ScriptedOpenAI(verdicts({(RUDDER,): "yes"})) as server:
        assert at(server) == at(server, jobs=4)
        first = len(server.requests)
        assert at(server, jobs=4, per_minute=600) == at(server)
    times = sorted(r.received for r in server.requests[first:] if not is_check(r))
    assert len(times) > 6  # the questions' own pace takes a third of a second
    assert times[-1] - times[0] >= 0.095 * (len(times) - 1)
