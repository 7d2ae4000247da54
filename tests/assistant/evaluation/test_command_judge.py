"""``assistant eval --judge`` and ``--prices`` as they are called."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from command_line import Ran, run
from judging import is_check, verdicts
from scripted_openai import Request, Script, ScriptedOpenAI, answer, error


@pytest.fixture
def evaluate(sample_store_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Runs the command over two bundled questions and a store of the sample articles, with a cache of its own."""
    from assistant.evaluation.items import SAMPLES
    from vectorstore.encoders.base import default_cache

    shutil.copytree(sample_store_folder, tmp_path / "store")
    lines = SAMPLES.read_text(encoding="utf-8").splitlines(keepends=True)[:2]
    (tmp_path / "set.jsonl").write_text("".join(lines), encoding="utf-8")
    cache = tmp_path / "cache"
    cache.mkdir()
    for graph in default_cache().glob("*.onnx"):
        (cache / graph.name).symlink_to(graph)  # the encoder's graph is built already
    monkeypatch.setenv("ASSISTANT_CACHE", str(cache))
    common = ("eval", tmp_path / "set.jsonl", "--store", tmp_path / "store", "--model", "extractive")
    return lambda *options: run(*common, *options)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedOpenAI]:
    """A judge who finds everything entailed."""
    with ScriptedOpenAI(verdicts({}, otherwise="yes")) as started:
        monkeypatch.setenv("OPENAI_BASE_URL", started.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-judge")
        yield started


def test_the_citations_are_judged_and_the_second_time_nothing_is_sent(
    evaluate: Callable[..., Ran], server: ScriptedOpenAI, tmp_path: Path
) -> None:
    options = ("--judge", "openai:judge", "--jobs", 2, "--fail-under", "judged_citation_recall=1")
    done = [evaluate(*options, "--json", tmp_path / f"{name}.jsonl") for name in ("one", "two")]
    assert [ran.code for ran in done] == [0, 0], done[0].err
    sent = len(server.chats())
    summaries = [json.loads((tmp_path / f"{name}.summary.json").read_text()) for name in ("one", "two")]
    votes = summaries[0]["judging"]["votes"]
    assert sent == votes + 1  # one more to find out whether there is a judge, and none for the second run
    assert summaries[0]["measures"]["judged_citation_recall"]["value"] == 1.0
    assert summaries[0]["configuration"]["judge"] == {
        "model": "openai:judge",
        "prompt": summaries[0]["judging"]["prompt"],
        "repeats": 3,
    }
    assert {**summaries[0], "timings_ms": 0} == {**summaries[1], "timings_ms": 0}
    assert "judged_citation_precision  1.000" in done[0].out
    assert "agreement between repeats 1.000" in done[0].out
    assert "no price for openai:judge; see --prices" in done[0].out


def test_a_judge_that_cannot_be_asked_is_one_line_and_exit_code_4(
    evaluate: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = [evaluate("--judge", "openai:judge")]
    with ScriptedOpenAI(lambda request: error(401)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-wrong")
        done.append(evaluate("--judge", "openai:judge"))
        assert len(server.chats()) == 1
    for ran in done:
        assert (ran.code, ran.out) == (4, "")
        assert len(ran.err.splitlines()) == 1
        assert "the judge cannot be asked: " in ran.err
        assert "extractive" not in ran.err


def test_a_judge_that_fails_in_the_middle_exits_with_1_and_the_same_command_asks_it_again(
    evaluate: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reply(request: Request) -> Script:
        return error(400, "no such thing") if failing and not is_check(request) else answer("yes")

    failing = True
    with ScriptedOpenAI(reply) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        ran = evaluate("--judge", "openai:judge", "--json", tmp_path / "run.jsonl")
        failing = False
        again = evaluate("--judge", "openai:judge", "--json", tmp_path / "run.jsonl")
    assert ran.code == 1
    assert "the judge failed: " in ran.out
    assert "judged_citation_recall" not in ran.out
    assert "citation_recall" in ran.out
    assert ran.complaints[-1].startswith("assistant: the judge failed on 2 questions; the same command")
    assert (again.code, again.err.startswith("going on with the run")) == (0, True)
    assert not list(tmp_path.glob("*.partial"))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--judge", "extractive"), "extractive is no chat model"),
        (("--judge", "openai:judge", "--judge-repeats", 2), "odd number"),
        (("--prices", "nowhere.toml"), "nowhere.toml cannot be read"),
    ],
)
def test_what_cannot_be_done_is_one_line_before_any_question(
    options: tuple[object, ...], words: str, evaluate: Callable[..., Ran], server: ScriptedOpenAI
) -> None:
    ran = evaluate(*options)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert words in ran.err
    assert server.chats() == []


def test_the_price_list_of_the_settings_is_used_and_the_options_goes_before_it(
    evaluate: Callable[..., Ran], server: ScriptedOpenAI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, price in (("one", 1), ("two", 2)):
        (tmp_path / f"{name}.toml").write_text(f'["openai:judge"]\ninput = {price}\noutput = {price}\n')
    monkeypatch.setenv("ASSISTANT_PRICES", str(tmp_path / "one.toml"))
    out = tmp_path / "run.jsonl"
    totals = []
    for options in ((), ("--prices", tmp_path / "two.toml")):
        ran = evaluate("--judge", "openai:judge", "--json", out, *options)
        assert "judge, cost, US $" in ran.out
        assert "no price" not in ran.out
        totals.append(json.loads(out.with_suffix(".summary.json").read_text())["cost_usd"]["judge_cost"]["total"])
    assert totals[1] == pytest.approx(2 * totals[0]) != 0
