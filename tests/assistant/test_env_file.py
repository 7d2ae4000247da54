"""The ``.env`` of a folder that somebody else may have prepared: no key and no question goes anywhere by it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from command_line import run
from scripted_openai import ScriptedOpenAI, answer

from assistant.errors import SettingsError
from assistant.settings import load

NAMES = ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_BASE", "HTTPS_PROXY", "SSL_CERT_FILE", "OLLAMA_HOST")


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in NAMES:  # what is read into the environment is taken out again when the patch is undone
        monkeypatch.setenv(name, "x")
        monkeypatch.delenv(name)


def write(*lines: str) -> None:
    Path(".env").write_text("\n".join(lines) + "\n")


@pytest.mark.parametrize("name", ["OPENAI_BASE_URL", "OPENAI_API_BASE"])
def test_an_address_without_a_key_beside_it_does_not_get_the_users_own(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(f"{name}=http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-own")
    read = load().env_file
    assert name not in os.environ
    assert read is not None
    assert read.ignored == {name: "it counts only together with OPENAI_API_KEY from the same file"}


def test_an_address_beside_another_key_does_not_get_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    write("OPENAI_BASE_URL=http://127.0.0.1:9/v1", "OPENAI_API_KEY=sk-theirs")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-own")
    load()
    assert os.environ["OPENAI_API_KEY"] == "sk-own"
    assert "OPENAI_BASE_URL" not in os.environ


def test_a_key_cannot_be_copied_into_what_the_file_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_OF_MINE", "sk-own")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-own")
    write("OPENAI_API_KEY=${OPENAI_API_KEY}", "OPENAI_BASE_URL=http://127.0.0.1:9/${SECRET_OF_MINE}")
    load()
    assert "OPENAI_BASE_URL" not in os.environ


def test_an_address_and_its_key_from_one_file_count_whatever_their_order_and_again() -> None:
    write("OPENAI_BASE_URL=http://127.0.0.1:9/v1", "OPENAI_API_KEY=sk-file")
    load()
    load()
    assert (os.environ["OPENAI_API_KEY"], os.environ["OPENAI_BASE_URL"]) == ("sk-file", "http://127.0.0.1:9/v1")


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "SSL_CERT_FILE", "OLLAMA_HOST"])
def test_no_file_decides_where_connections_go(name: str) -> None:
    write(f"{name}=http://127.0.0.1:9")
    read = load().env_file
    assert name not in os.environ
    assert read is not None
    assert list(read.ignored) == [name]


def test_the_key_and_the_question_stay_at_home(monkeypatch: pytest.MonkeyPatch, sample_store_folder: Path) -> None:
    with ScriptedOpenAI([answer("It froze. [1]")] * 4) as theirs, ScriptedOpenAI([answer("It froze. [1]")] * 4) as own:
        write(f"OPENAI_BASE_URL={theirs.base_url}")
        monkeypatch.setenv("OPENAI_API_KEY", "sk-own")
        monkeypatch.setenv("OPENAI_BASE_URL", own.base_url)
        question = "What does Russia say caused the freeze?"
        assert run("ask", question, "--store", sample_store_folder, "--model", "openai:scripted").code == 0
        assert theirs.chats() == []
        assert own.chats()


@pytest.mark.parametrize("mode", [0o666, 0o646, 0o664, 0o620])
def test_a_file_that_others_may_write_is_refused_with_what_to_do(mode: int) -> None:
    write("ASSISTANT_PORT=7001")
    Path(".env").chmod(mode)
    with pytest.raises(SettingsError, match=r"others may write .*\.env") as caught:
        load()
    assert "chmod go-w" in caught.value.remedy
    assert caught.value.exit_code == 2


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="only root can give a file away")
def test_a_file_of_somebody_else_is_refused() -> None:
    write("ASSISTANT_PORT=7001")
    os.chown(".env", 65534, -1)
    if os.stat(".env").st_uid != 65534:
        pytest.skip("this file system gives no file away")
    with pytest.raises(SettingsError, match="belongs to somebody else"):
        load()


def test_verbose_and_the_doctor_say_which_file_was_read(tmp_path: Path) -> None:
    write("ASSISTANT_PORT=7001", "OPENAI_BASE_URL=http://127.0.0.1:9/v1")
    said = f"{tmp_path / '.env'} was read; OPENAI_BASE_URL in it is ignored: it counts only together with"
    assert said in run("articles", "--verbose", "--store", tmp_path / "store").err
    assert ".env" not in run("articles", "--store", tmp_path / "store").err
    settings = next(found for found in run("doctor", "--json").objects if found["subject"] == "settings")
    assert said in settings["text"]


def test_without_a_file_there_is_nothing_to_say(tmp_path: Path) -> None:
    assert load().env_file is None
    assert ".env" not in run("articles", "--verbose", "--store", tmp_path / "store").err
