"""``assistant ask``: text and JSON, the samples where there is no store, and how it fails."""

from __future__ import annotations

import json
import os
import pty
import select
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from answering import FREEZE, number_of
from command_line import run, run_apart, started
from paths import ROOT
from scripted_openai import Request, Script, ScriptedOpenAI, answer, drop, error, stall

from vectorstore.encoders.local import LocalEncoder
from vectorstore.store import Store

Starts = Callable[..., ScriptedOpenAI]


@pytest.fixture(scope="module")
def samples(sample_store_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store of the sample articles, to be asked."""
    return Path(shutil.copytree(sample_store_folder, tmp_path_factory.mktemp("asked") / "store"))


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cwd").mkdir()
    monkeypatch.chdir(tmp_path / "cwd")


def positive(request: Request) -> Script:
    return answer("Peskov called the visit ", f"“very positive” [{number_of(request, 'very positive')}].")


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[Starts]:
    """Starts a scripted model, and has the settings point to it."""
    with ExitStack() as servers:

        def start(scripts: Script | Callable[[Request], Script]) -> ScriptedOpenAI:
            served = (lambda request: scripts) if isinstance(scripts, Script) else scripts
            server = servers.enter_context(ScriptedOpenAI(served))
            monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-1234")
            monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
            monkeypatch.setenv("ASSISTANT_MODEL", "openai:scripted")
            monkeypatch.setenv("ASSISTANT_RETRIES", "0")
            return server

        yield start


def test_an_answer_is_its_text_and_its_sources(samples: Path) -> None:
    ran = run("ask", FREEZE, "--as-of", "2015-05-20", "--store", samples)
    assert (ran.code, ran.complaints) == (0, [])
    lines = ran.out.splitlines()
    assert lines[0] == "Quoted from the archive:"
    assert "targeted unfriendly actions" in " ".join(lines)
    assert any(line.startswith("[1] “") for line in lines)
    assert any("(The Lantern Review, 19 May 2015) https://lantern-review.example/" in line for line in lines)
    assert "\u2060" not in ran.out


def test_the_object_of_json_is_one_line(samples: Path) -> None:
    ran = run("ask", FREEZE, "--as-of", "2015-05-20", "--store", samples, "--json")
    assert (ran.code, ran.complaints) == (0, [])
    (found,) = ran.objects
    assert (found["question"], found["as_of"], found["abstained"]) == (FREEZE, "2015-05-20", False)
    assert found["citations"]
    assert "Đ" in run("ask", "Who found the frog of Đurmaš?", "--store", samples, "--json").out  # not escaped


def test_another_form_is_chosen_by_its_name(samples: Path) -> None:
    ran = run("ask", FREEZE, "--as-of", "2015-05-20", "--store", samples, "--format", "markdown")
    assert ran.out.startswith(f"## {FREEZE}\n\n")
    assert "\n\n[^1]: “" in ran.out
    unknown = run("ask", FREEZE, "--store", samples, "--format", "braille")
    assert unknown.code == 2
    assert "there is no view 'braille'; choose one of: json, markdown, text" in unknown.complaints[0]


def test_filters_reach_the_search(samples: Path) -> None:
    options = ["--as-of", "2015-05-20", "--store", samples, "--json"]
    (found,) = run("ask", FREEZE, *options, "--from", "2015-05-13", "--to", "2015-05-14").objects
    assert {c["published"] for c in found["citations"]} <= {"2015-05-13", "2015-05-14"}
    harbour = ["--source", "The Harbour Post", "--source", "meridian wire"]
    (found,) = run("ask", FREEZE, *options, *harbour).objects
    assert {c["source"] for c in found["citations"]} <= {"The Harbour Post", "Meridian Wire"}
    (found,) = run("ask", FREEZE, *options, "--source", "Nobody's News").objects
    assert found["abstention"]["reason"] == "no article lies within what was searched"
    ran = run("ask", FREEZE, *options, "--from", "2015-05-14", "--to", "2015-05-13")
    assert (ran.code, ran.complaints) == (
        2,
        ["assistant: no day lies from 2015-05-14 to 2015-05-13; set other days with --from and --to"],
    )


def test_an_abstention_says_what_is_nearest(samples: Path) -> None:
    ran = run("ask", "How do I sort a list in Python?", "--as-of", "2015-05-20", "--store", samples)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0] == "The archive does not say."
    assert lines[1] == "(Too little evidence; searched what was published up to 20 May 2015.)"
    assert len(lines[lines.index("Nearest articles:") + 1 :]) == 3


@pytest.mark.parametrize("question", ["", " \n\t", "\x07"])
def test_an_empty_question_is_exit_code_2(question: str, samples: Path) -> None:
    ran = run("ask", question, "--store", samples)
    assert (ran.code, ran.complaints) == (2, ["assistant: the question is empty; ask something"])


def test_a_question_in_broken_unicode_is_answered(samples: Path) -> None:
    ran = run("ask", "Who met Putin in Sochi?\udcff", "--store", samples, "--json")
    assert ran.code == 0
    assert ran.objects[0]["question"].endswith("?")


def test_an_empty_store_that_was_named_is_asked_and_not_the_samples(tmp_path: Path) -> None:
    ran = run("ask", FREEZE, "--store", tmp_path / "new", "--json")
    assert ran.code == 0
    assert "is empty; add articles with: assistant ingest SOURCE…" in ran.err
    assert ran.objects[0]["abstained"] is True
    assert ran.objects[0]["passages"] == []


def test_without_a_store_the_samples_are_asked_and_it_is_said() -> None:
    ran = run("ask", FREEZE, "--as-of", "2015-05-20", "--json")
    assert ran.code == 0
    assert ran.err.splitlines()[0].startswith("Your store is empty: this is the bundled sample archive.")
    quotes = " ".join(citation["quote"] for citation in ran.objects[0]["citations"])
    assert "targeted unfriendly actions" in quotes


def test_two_at_once_on_the_samples_both_answer() -> None:
    with started("ask", FREEZE, "--json") as one, started("ask", FREEZE, "--json") as other:
        for process in (one, other):
            out, err = process.communicate(timeout=60)
            assert process.returncode == 0, err
            assert json.loads(out)["citations"]


def test_samples_of_another_version_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_CACHE", str(tmp_path / "cache"))
    encoder = Path(os.environ["XDG_CACHE_HOME"]) / "news-assistant"
    shutil.copytree(encoder, tmp_path / "cache", ignore=shutil.ignore_patterns("samples-*", "benchmarks"))
    assert run("ask", FREEZE, "--json").code == 0
    (kept,) = (tmp_path / "cache").glob("samples-*")
    (kept / "archive.sqlite").write_bytes(b"of another version" * 500)
    ran = run("ask", FREEZE, "--json")
    assert ran.code == 0
    assert ran.objects[0]["citations"]


def test_a_store_in_use_is_exit_code_3(samples: Path, encoder: LocalEncoder) -> None:
    with Store.open(samples, encoder=encoder):
        ran = run_apart("ask", FREEZE, "--store", samples)
    assert ran.code == 3
    assert len(ran.complaints) == 1
    assert str(os.getpid()) in ran.complaints[0]


def test_a_model_answers_where_one_is_named(samples: Path, model: Starts) -> None:
    model(positive)
    ran = run("ask", FREEZE, "--as-of", "2015-05-20", "--store", samples)
    assert (ran.code, ran.complaints) == (0, [])
    assert ran.out.startswith("Peskov called the visit “very positive” [1].\n\n[1] “")


def test_what_is_doubtful_is_said_below_the_answer(samples: Path, model: Starts) -> None:
    def script(request: Request) -> Script:
        cited = number_of(request, "very positive")
        return answer(f"It was “very positive” [{cited}][999]. It cost “nine million crowns” [{cited}].")

    model(script)
    ran = run("ask", FREEZE, "--store", samples, "--as-of", "2015-05-20")
    assert ran.code == 0
    doubtful = next(line for line in ran.out.splitlines() if line.startswith("! "))
    assert doubtful.startswith("! unsupported: “It cost “nine million crowns”.” (the quoted words")
    assert ran.out.splitlines()[-1] == "(1 citation mark named no sentence and left the text.)"


def test_a_model_that_fails_is_exit_code_4_and_one_line(
    samples: Path, model: Starts, monkeypatch: pytest.MonkeyPatch
) -> None:
    model(error(401, "Incorrect API key.", code="invalid_api_key"))
    asked = ["ask", FREEZE, "--store", samples, "--as-of", "2015-05-20"]
    ran = run(*asked)
    assert (ran.code, ran.out) == (4, "")
    assert len(ran.complaints) == 1
    assert "sk-secret-1234" not in ran.err
    fallen = run(*asked, "--fallback")
    monkeypatch.setenv("ASSISTANT_FALLBACK", "true")
    by_setting, without = run(*asked), run(*asked, "--no-fallback")
    assert fallen.code == by_setting.code == 0
    assert fallen.out.startswith("Quoted from the archive:")
    assert "(The chat model did not answer (" in fallen.out
    assert without.code == 4


def test_a_model_without_a_key_is_one_line(samples: Path) -> None:
    ran = run("ask", FREEZE, "--store", samples, "--model", "openai:gpt-5-mini")
    assert ran.code in (2, 4)
    assert len(ran.complaints) == 1
    assert "OPENAI_API_KEY" in ran.complaints[0]


def test_interrupting_an_answer_stops_the_model(samples: Path, model: Starts) -> None:
    server = model(stall("Peskov "))
    with started("ask", FREEZE, "--store", samples) as process:
        until = time.monotonic() + 30
        while not server.chats() and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.splitlines()[-1] == "assistant: interrupted"
    assert server.chats()[0].gone.wait(2)


def on_a_terminal(*arguments: object, seconds: float = 40) -> str:
    """What a person at a terminal sees of a command."""
    pid, terminal = pty.fork()
    if pid == 0:  # pragma: no cover - the child
        os.environ["PYTHONPATH"] = str(ROOT)
        os.execv(sys.executable, [sys.executable, "-m", "assistant.cli", *map(str, arguments)])
    seen, until = b"", time.monotonic() + seconds
    while time.monotonic() < until:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                piece = os.read(terminal, 65536)
            except OSError:
                break
            if not piece:
                break
            seen += piece
    os.waitpid(pid, 0)
    os.close(terminal)
    return seen.decode().replace("\r\n", "\n")


def test_on_a_terminal_the_answer_streams_and_is_not_repeated(samples: Path, model: Starts) -> None:
    model(positive)
    seen = on_a_terminal("ask", FREEZE, "--as-of", "2015-05-20", "--store", samples)
    assert seen.count("Peskov called the visit “very positive” [1].") == 1
    assert seen.count("[1] “") == 1


def test_on_a_terminal_a_fallback_is_said_where_it_happens(samples: Path, model: Starts) -> None:
    model(drop("Peskov called ", "the "))
    seen = on_a_terminal("ask", FREEZE, "--as-of", "2015-05-20", "--store", samples, "--fallback")
    told = seen.index("The chat model did not answer (")
    assert seen.index("Peskov called") < told < seen.index("Quoted from the archive:")
    assert seen.count("The chat model did not answer (") == 1
    assert seen.count("Quoted from the archive:") == 1


def test_escape_sequences_of_a_model_or_an_article_do_not_reach_the_terminal(tmp_path: Path, model: Starts) -> None:
    text = "A storm reached the \x9bharbour of Port \x1bAnsley on Tuesday."
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "title": "Storm \x1b]0;owned\x07", "text": text}) + "\n")
    run("ingest", tmp_path / "a.jsonl", "--store", tmp_path / "store")
    model(answer("A storm \x9breached the harbour of \x07Port \u202eAnsley\u202c on Tuesday \x1b[1]."))
    asked = ["ask", "What reached the harbour of Port Ansley?", "--store", tmp_path / "store"]
    for ran in (run(*asked), run(*asked, "--model", "extractive")):
        assert ran.code == 0
        assert "[1]" in ran.out
        assert not {"\x1b", "\x07", "\x9b", "\u202e", "\u202c"} & set(ran.out + ran.err)
