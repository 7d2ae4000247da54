"""Settings: the environment and ``.env``, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.settings import DEFAULT_OPENAI_MODEL, EXTRACTIVE, PREFIX, Settings, load


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    # What `load` puts into the environment is taken out again when the patch is undone.
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", *(f"{PREFIX}{n.upper()}" for n in Settings.model_fields)):
        monkeypatch.setenv(name, "x")
        monkeypatch.delenv(name)


def test_without_any_setting_all_is_as_it_comes() -> None:
    settings = load()
    assert settings.model_fields_set == set()
    assert (settings.model_name, settings.store, settings.fallback) == (EXTRACTIVE, None, None)


def test_a_key_chooses_openais_model_and_a_name_wins_over_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-1")
    assert load().model_name == DEFAULT_OPENAI_MODEL
    monkeypatch.setenv("ASSISTANT_MODEL", "extractive")
    assert load().model_name == EXTRACTIVE
    assert load(model="openai:other").model_name == "openai:other"


@pytest.mark.parametrize("name", ["ASSISTANT_STORRE", "assistant_modell", "ASSISTANT_"])
def test_an_unknown_name_is_refused_and_the_known_ones_are_listed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "x")
    with pytest.raises(SettingsError) as caught:
        load()
    assert f"there is no setting {name}" in str(caught.value)
    assert "ASSISTANT_STORE" in caught.value.remedy
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TIMEOUT", "soon"),
        ("TIMEOUT", "0"),
        ("PORT", "70000"),
        ("CHROMA_URL", "http://127.0.0.1:70000"),
        ("RETRIES", "-1"),
        ("THRESHOLD", "1.5"),
        ("FALLBACK", "perhaps"),
    ],
)
def test_an_unusable_value_is_refused_by_name(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"ASSISTANT_{name}", value)
    with pytest.raises(SettingsError, match=f"ASSISTANT_{name} is unusable") as caught:
        load()
    assert "\n" not in str(caught.value)


def test_dotenv_is_read_and_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text(
        "ASSISTANT_PORT=7001\nASSISTANT_HOST=0.0.0.0\nOPENAI_API_KEY=sk-from-file\nOPENAI_BASE_URL=http://127.0.0.1:9/v1\n"
    )
    monkeypatch.setenv("ASSISTANT_PORT", "7002")
    settings = load()
    assert (settings.port, settings.host) == (7002, "0.0.0.0")
    assert (os.environ["OPENAI_API_KEY"], os.environ["OPENAI_BASE_URL"]) == ("sk-from-file", "http://127.0.0.1:9/v1")
    assert settings.model_name == DEFAULT_OPENAI_MODEL


def test_an_unknown_name_in_dotenv_is_refused_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_PORTT", "x")
    monkeypatch.delenv("ASSISTANT_PORTT")
    (tmp_path / ".env").write_text("ASSISTANT_PORTT=7001\n")
    with pytest.raises(SettingsError, match="there is no setting ASSISTANT_PORTT"):
        load()


def test_a_dotenv_that_is_no_text_is_one_line(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"ASSISTANT_PORT=\xff\xfe\x00")
    with pytest.raises(SettingsError, match=r"\.env cannot be read"):
        load()


def test_an_empty_value_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STORE", "MODEL", "CHROMA_URL", "CACHE", "PROMPTS", "FALLBACK", "THRESHOLD", "PORT"):
        monkeypatch.setenv(f"ASSISTANT_{name}", "")
    settings = load(model="")
    assert (settings.store, settings.cache, settings.prompts, settings.fallback) == (None, None, None, None)
    assert (settings.model_name, settings.port) == (EXTRACTIVE, 7860)


def test_the_home_folder_may_be_written_with_a_tilde(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_STORE", "~/news")
    assert load().store == Path.home() / "news"
    assert load(store=Path("here")).store == Path("here")


def test_every_setting_says_what_it_is() -> None:
    assert all(field.description for field in Settings.model_fields.values())


@pytest.mark.parametrize(
    ("listed", "offered"),
    [
        (None, ("openai:own", "extractive")),
        ("openai:other, openai:own,", ("openai:own", "openai:other")),
        ("", ("openai:own", "extractive")),
    ],
)
def test_the_chat_offers_its_own_model_first_and_no_other_than_those_listed(
    monkeypatch: pytest.MonkeyPatch, listed: str | None, offered: tuple[str, ...]
) -> None:
    if listed is not None:
        monkeypatch.setenv("ASSISTANT_CHAT_MODELS", listed)
    assert load(model="openai:own").chat_model_names == offered


def test_without_a_model_there_is_nothing_to_choose() -> None:
    assert load(model="extractive").chat_model_names == ("extractive",)
