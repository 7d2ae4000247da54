"""The command line: its help, its errors of one line, its exit codes, and the commands over articles and indexes."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from command_line import Ran, run, run_apart, started
from paths import ROOT

from vectorstore.encoders.local import LocalEncoder
from vectorstore.store import Store


@pytest.fixture
def samples(sample_store_folder: Path, tmp_path: Path) -> Path:
    """A store of the sample articles that may be changed."""
    return Path(shutil.copytree(sample_store_folder, tmp_path / "store"))


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands read ``.env`` where they are run."""
    folder = tmp_path / "cwd"
    folder.mkdir()
    monkeypatch.chdir(folder)


def one_line(ran: Ran, code: int) -> str:
    """The one line that a command complains with."""
    assert ran.code == code
    (line,) = ran.complaints
    assert ran.err.splitlines()[-1] == line
    assert "Traceback" not in ran.err
    return line


def test_help_lists_the_commands_in_the_order_in_which_one_needs_them() -> None:
    ran = run("--help")
    assert ran.code == 0
    listed = [line.split()[0] for line in ran.out.split("Commands:")[1].splitlines() if line.strip()]
    assert listed[:3] == ["ingest", "ask", "chat"]
    assert {"articles", "reindex", "doctor", "eval"} <= set(listed)


@pytest.mark.parametrize(
    "command", [["ingest"], ["ask"], ["chat"], ["eval"], ["articles"], ["articles", "list"], ["reindex"], ["doctor"]]
)
def test_every_command_has_help(command: list[str]) -> None:
    ran = run(*command, "-h")
    assert ran.code == 0
    assert ran.out.startswith(f"Usage: assistant {' '.join(command)}")


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['assistant', '--help']\n"
        "from assistant.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([m for m in ('gradio', 'chromadb', 'langchain', 'langchain_core', 'onnxruntime', 'openai', 'numpy',"
        " 'pydantic', 'sqlalchemy', 'tantivy', 'rich') if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_without_a_command_the_help_is_shown_and_it_is_a_usage_error() -> None:
    ran = run()
    assert ran.code == 2
    assert ran.err.startswith("Usage: assistant")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["frobnicate"], "No such command 'frobnicate'"),
        (["ask"], "Missing argument 'QUESTION'"),
        (["ingest"], "Missing argument 'SOURCE…'"),
        (["ask", "Who?", "--as-of", "2015-13-01"], "'2015-13-01' does not match the format"),
        (["ask", "Who?", "--frobnicate"], "No such option"),
        (["chat", "--port", "99999"], "99999 is not in the range"),
        (["articles", "show"], "Missing argument 'ID'"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(arguments: list[str], words: str) -> None:
    assert words in one_line(run(*arguments), 2)


def test_an_unknown_setting_is_exit_code_2(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_STORRE", "x")
    assert "there is no setting ASSISTANT_STORRE" in one_line(run("articles", "list"), 2)


def test_dotenv_of_the_working_folder_is_read(samples: Path, tmp_path: Path) -> None:
    cwd = tmp_path / "cwd"
    (cwd / ".env").write_text(f"ASSISTANT_STORE={samples}\n")
    ran = run_apart("articles", "list", cwd=cwd)
    assert ran.code == 0
    assert "kremlin-very-positive  Kremlin welcomes Kerry’s visit" in ran.out


def test_verbose_adds_the_traceback_wherever_it_is_written(samples: Path) -> None:
    for arguments in (["--verbose", "articles", "show", "nope"], ["articles", "show", "nope", "--verbose"]):
        ran = run(*arguments, "--store", samples)
        assert ran.code == 1
        assert "Traceback (most recent call last)" in ran.err
        assert ran.err.splitlines()[-1] == "assistant: the store has no article 'nope'; see: assistant articles list"


def test_behind_two_dashes_a_flag_is_a_word() -> None:
    assert "Traceback" not in run("ask", "--store", "/dev/null/x", "--", "--verbose").err


def test_what_nobody_foresaw_is_one_line_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: Any) -> None:
        raise RuntimeError("two\nlines")

    monkeypatch.setattr("assistant.commands.articles.list_all", broken)
    line = one_line(run("articles", "list"), 1)
    assert "RuntimeError: two lines; run it again with --verbose" in line


def test_a_store_that_cannot_be_made_is_exit_code_3(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    assert "cannot be made" in one_line(run("articles", "list", "--store", file / "store"), 3)


def test_a_damaged_archive_is_exit_code_3(samples: Path) -> None:
    (samples / "archive.sqlite").write_bytes(b"not a database at all" * 1000)
    assert one_line(run("articles", "list", "--store", samples), 3)


def test_a_locked_store_is_exit_code_3_and_names_the_holder(samples: Path, encoder: LocalEncoder) -> None:
    import os

    with Store.open(samples, encoder=encoder):
        ran = run_apart("articles", "list", "--store", samples)
    assert str(os.getpid()) in one_line(ran, 3)


def test_articles_are_listed_the_latest_first(samples: Path) -> None:
    ran = run("articles", "list", "--store", samples, "--json")
    assert ran.code == 0
    keys = {"id", "title", "url", "source", "authors", "published", "origins", "chunks"}
    assert all(set(entry) == keys for entry in ran.objects)
    days = [entry["published"] for entry in ran.objects if entry["published"]]
    assert days == sorted(days, reverse=True)
    assert len(ran.objects) == len(run("articles", "--store", samples).out.splitlines()) > 20


def test_an_article_is_shown_with_its_text_and_who_says_what_in_it(samples: Path, sample_store: Store) -> None:
    (shown,) = run("articles", "show", "kremlin-very-positive", "--store", samples, "--json").objects
    assert shown["text"] == sample_store.text("kremlin-very-positive")
    assert shown["authors"] == ["Colm Farraday"]
    peskov = [a for a in shown["attributions"] if a["name"] == "Dmitry Peskov"]
    assert peskov
    for attribution in peskov:
        start, end = (attribution["cue"][side] for side in ("start", "end"))
        assert shown["text"][start:end].strip()
    plain = run("articles", "show", "kremlin-very-positive", "--store", samples).out
    assert plain.startswith(
        "Kremlin welcomes Kerry’s visit and denies that Russia started the freeze\nThe Harbour Post, 12 May 2015\n"
    )


def test_articles_are_removed_everywhere_and_an_unknown_one_is_named(samples: Path, encoder: LocalEncoder) -> None:
    ran = run("articles", "remove", "kremlin-very-positive", "nope", "--store", samples)
    assert (ran.code, ran.out) == (1, "removed 1\n")
    assert ran.complaints == ["assistant: there is no article 'nope'; see: assistant articles list"]
    (done,) = run("articles", "remove", "sochi-preview", "sochi-preview", "--store", samples, "--json").objects
    assert done == {"removed": ["sochi-preview"], "unknown": []}
    with Store.open(samples, encoder=encoder) as store:
        found = {passage.article_id for passage in store.search("Kerry in Sochi", limit=100)}
    assert found
    assert not found & {"kremlin-very-positive", "sochi-preview"}


def test_reindexing_embeds_nothing_twice(samples: Path) -> None:
    (done,) = run("reindex", "--store", samples, "--json").objects
    assert done["embedded"] == 0
    assert done["passages"] > 80
    plain = run("reindex", "--store", samples)
    assert plain.code == 0
    assert plain.out.startswith(f"indexed {done['passages']} passages with all-MiniLM-L6-v2; 0 had to be embedded")
    assert run("ask", "Who denied starting the freeze?", "--store", samples).code == 0


def test_there_is_nothing_to_reindex_where_there_is_no_store(tmp_path: Path) -> None:
    assert "there is no store in" in one_line(run("reindex", "--store", tmp_path / "none"), 3)
    assert not (tmp_path / "none").exists()


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    ran = run("articles", "list", "--store", tmp_path / "new")
    assert (ran.code, ran.out) == (0, "")
    assert "add articles with: assistant ingest SOURCE…" in ran.err


def test_a_reader_that_has_had_enough_is_no_error(samples: Path) -> None:
    for leaving in ("head -n 1", "true"):
        command = f"{sys.executable} -m assistant.cli articles show fog-frog-of-durmas --store {samples}"
        command = f"{command} | {leaving}; echo ${{PIPESTATUS[0]}}"
        done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
        assert done.stdout.splitlines()[-1] == "0"
        assert "Broken" not in done.stderr
        assert "Traceback" not in done.stderr


def test_an_interrupted_command_ends_at_once_with_one_line(tmp_path: Path) -> None:
    # It waits for a list of sources on standard input.
    with started("ingest", "-", "--store", tmp_path / "store") as process:
        assert process.stdin is not None
        while not (tmp_path / "store" / "archive.sqlite").exists():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.splitlines()[-1] == "assistant: interrupted"
    assert "Traceback" not in err


def test_a_terminal_that_is_not_unicode_is_no_error(samples: Path) -> None:
    ran = run_apart(
        *("articles", "show", "fog-frog-of-durmas", "--store", samples),
        env={"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"},
    )
    assert ran.code == 0
    assert "\\u0110urma\\u0161" in ran.out
