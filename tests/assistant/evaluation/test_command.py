"""``assistant eval`` as it is called: what it prints, what it writes, and its exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from scripted_openai import ScriptedOpenAI, error

from assistant import cli
from vectorstore.store import Store


def call(*arguments: object) -> int:
    """Run the command in this process; its exit code."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["assistant", "eval", *map(str, arguments)])
        try:
            cli.main()
        except SystemExit as end:
            return int(end.code or 0)
    return 0


@pytest.fixture
def folder(sample_store_folder: Path, tmp_path: Path) -> Path:
    """A store of the sample articles that no one has open."""
    import shutil

    shutil.copytree(sample_store_folder, tmp_path / "store")
    return tmp_path / "store"


@pytest.fixture
def qaset(tmp_path: Path) -> Path:
    """Six of the bundled questions, the last unanswerable."""
    from assistant.evaluation.items import SAMPLES

    lines = SAMPLES.read_text(encoding="utf-8").splitlines(keepends=True)
    unanswerable = next(line for line in lines if '"answerable": false' in line)
    file = tmp_path / "set.jsonl"
    file.write_text("".join([*lines[:5], unanswerable]), encoding="utf-8")
    return file


def without_times(path: Path) -> list[dict[str, Any]]:
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [{k: v for k, v in record.items() if k != "timings_ms"} for record in records]


def test_a_set_is_asked_and_its_lines_summary_and_report_are_written(
    folder: Path, qaset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, page = tmp_path / "run.jsonl", tmp_path / "run.html"
    assert call(qaset, "--store", folder, "--model", "extractive", "--json", out, "--report", page) == 0
    printed = capsys.readouterr().out
    records = without_times(out)
    assert len(records) == 6
    assert printed.startswith("6 questions: ")
    summary = json.loads((tmp_path / "run.summary.json").read_text(encoding="utf-8"))
    assert sum(summary["counts"].values()) == summary["questions"] == 6
    assert summary["measures"]["quote_exactness"]["value"] == 1.0
    assert "nDCG@10" in printed
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert not list(tmp_path.glob("*.partial"))


def test_the_same_call_writes_the_same_lines_but_for_the_times(folder: Path, qaset: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        call(qaset, "--store", folder, "--model", "extractive", "--json", tmp_path / name, "--seed", 3)
    assert without_times(tmp_path / "one") == without_times(tmp_path / "two")
    first, second = (json.loads((tmp_path / f"{name}.summary.json").read_text()) for name in ("one", "two"))
    assert {**first, "timings_ms": 0} == {**second, "timings_ms": 0}


def test_falling_short_of_a_threshold_exits_with_1_and_says_by_how_much(
    folder: Path, qaset: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    common = [qaset, "--store", folder, "--model", "extractive", "--tag", "says"]
    assert call(*common, "--fail-under", "ndcg@10=0.2", "--fail-under", "quote_exactness=1") == 0
    assert call(*common, "--fail-under", "nDCG@10=1.1") == 1
    assert "and 1.1 was asked for" in capsys.readouterr().err
    assert call(*common, "--fail-under", "abstention_recall=0.1") == 1
    assert "defined for no question" in capsys.readouterr().err


def test_a_run_worse_than_the_one_before_exits_with_1_and_a_comparison_is_printed(
    folder: Path, qaset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "run.jsonl"
    common = [qaset, "--store", folder, "--model", "extractive"]
    assert call(*common, "--json", out) == 0
    assert call(*common, "--compare", out, "--fail-if-worse", out) == 0
    assert "compared on 6 questions" in capsys.readouterr().out
    better = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    for record in better:
        record["scores"]["success@1"] = 1.5  # better than can be
    out.write_text("".join(json.dumps(record) + "\n" for record in better), encoding="utf-8")
    assert call(*common, "--fail-if-worse", out) == 1
    assert "success@1 is worse" in capsys.readouterr().err


def test_every_problem_with_a_set_is_a_line_and_no_question_is_asked(
    folder: Path, qaset: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with qaset.open("a", encoding="utf-8") as file:
        file.write("broken\n")
        file.write('{"id": "n", "question": "Why?", "answers": ["x"], "articles": ["nowhere"]}\n')
    assert call(qaset, "--store", folder, "--model", "extractive") == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "assistant: set.jsonl line 7: it is not JSON (Expecting value at column 1)",
        "assistant: question 'n': the store has no article 'nowhere'",
        "assistant: the set has 2 problems; correct them; no question was asked",
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--fail-under", "nDCG=1"], "there is no measure 'nDCG'"),
        (["--fail-under", "nDCG@10=high"], "has no number"),
        (["--compare", "none.jsonl"], "none.jsonl cannot be read"),
        (["--json", "nowhere/run.jsonl"], "cannot be written there"),
        (["--tag", "nothing"], "has the tag nothing"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_code_2(
    arguments: list[str], words: str, folder: Path, qaset: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(qaset, "--store", folder, "--model", "extractive", *arguments) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert words in lines[0]


def test_the_word_samples_stands_for_the_bundled_questions_over_the_bundled_articles(
    sample_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("samples", "--model", "extractive", "--limit", 3) == 0
    assert capsys.readouterr().out.startswith("3 questions: ")


def test_questions_that_fail_are_named_with_their_error_and_the_exit_code_is_1(
    folder: Path, qaset: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with ScriptedOpenAI(lambda request: error(401)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-wrong")
        # No fallback, whatever the settings say: quoted sentences would be another system's figures.
        monkeypatch.setenv("ASSISTANT_FALLBACK", "true")
        assert call(qaset, "--store", folder, "--model", "openai:scripted", "--limit", 2, "--jobs", 2) == 1
    out, err = capsys.readouterr()
    assert out.startswith("2 questions: 0 right, 0 wrong, 0 abstained, 2 failed")
    assert out.count("failed: ") == 2
    assert out.count("ModelRefused: ") == 2
    assert err.splitlines()[-1] == "assistant: 2 of 2 questions failed; the summary names them"
