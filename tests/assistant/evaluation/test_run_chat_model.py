"""A run against a chat model behind a real server: in parallel, with its tokens, and with what it refuses."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from asking import answerer_at
from scripted_openai import Request, Script, ScriptedOpenAI, answer, error

from assistant.evaluation.case import Outcome
from assistant.evaluation.items import Item
from assistant.evaluation.reporting.report import write_report
from assistant.evaluation.run import RunOptions, evaluate
from assistant.pipeline.assistant import Assistant
from vectorstore.store import Store


def test_questions_are_asked_at_the_same_time_and_tokens_and_first_words_are_measured(
    archive: Store, questions: list[Item], tmp_path: Path
) -> None:
    together = threading.Barrier(3)

    def reply(request: Request) -> Script:
        together.wait(timeout=20)  # breaks unless three requests are under way at once
        return answer("It was a broken rudder [1].")

    with ScriptedOpenAI(reply) as server:
        assistant = Assistant(archive, answerer_at(server), threshold=0.0)
        run = evaluate(assistant, questions[:3], RunOptions(jobs=3))
    assert run.summary.counts[Outcome.FAILED] == 0
    assert [result.item.id for result in run.results] == ["rudder", "ribbon", "keeper"]
    assert run.summary.tokens["input_tokens"].count == 3
    assert run.summary.tokens["output_tokens"].mean > 0
    assert run.summary.times["first_token"].count >= 1
    write_report(run, tmp_path / "report.html", text=archive.text)
    assert "tokens out" in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_key_that_is_refused_fails_every_question_and_loses_none(
    archive: Store, questions: list[Item], jobs: int
) -> None:
    started = time.monotonic()
    with ScriptedOpenAI(lambda request: error(401)) as server:
        run = evaluate(Assistant(archive, answerer_at(server), threshold=0.0), questions, RunOptions(jobs=jobs))
    assert run.summary.counts[Outcome.FAILED] == len(questions)
    assert all(result.error and result.error.startswith("ModelRefused: ") for result in run.results)
    assert not any("sk-secret" in str(record) for record in run.to_records())
    assert time.monotonic() - started < 20
