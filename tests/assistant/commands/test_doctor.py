"""``assistant doctor``: what is configured and reachable, and what to do about each trouble."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from command_line import Ran, run
from scripted_openai import ScriptedOpenAI, answer, error

from ingest.plugins import GROUPS
from vectorstore.encoders.local import LocalEncoder
from vectorstore.store import Store


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cwd").mkdir()
    monkeypatch.chdir(tmp_path / "cwd")


def found(ran: Ran) -> dict[str, dict[str, Any]]:
    """The findings by their subjects, each with the keys that a reader can rely on."""
    assert all(set(finding) == {"subject", "fine", "text", "remedy"} for finding in ran.objects)
    assert all(finding["fine"] or finding["remedy"] for finding in ran.objects)
    return {finding["subject"]: finding for finding in ran.objects}


def test_a_newcomers_machine_is_in_order() -> None:
    ran = run("doctor", "--json")
    findings = found(ran)
    assert ran.code == 0
    looked_at = ["program", "settings", "encoder", "store", "prompts", "proxy", "key", "model"]
    assert list(findings) == looked_at + [group.replace("_", " ") for group in GROUPS]
    assert "pdf" in findings["readers"]["text"]
    assert "holds nothing yet" in findings["store"]["text"]
    assert findings["encoder"]["text"].startswith("all-MiniLM-L6-v2 (384 dimensions), ready in")
    assert "OPENAI_API_KEY is not set" in findings["key"]["text"]
    assert "answers quote the archive" in findings["model"]["text"]


def test_the_report_is_a_line_a_finding(sample_store_folder: Path, tmp_path: Path) -> None:
    store = shutil.copytree(sample_store_folder, tmp_path / "store")
    ran = run("doctor", "--store", store)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert len(lines) == 8 + len(GROUPS)
    assert all(line.startswith("ok ") for line in lines)
    assert any("28 articles," in line and "embedded Chroma" in line for line in lines)


def test_a_model_that_answers_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedOpenAI([answer("Yes.")]) as server:
        monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-1234")
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        ran = run("doctor", "--json", "--model", "openai:scripted")
        assert len(server.chats()) == 1
    assert ran.code == 0
    assert found(ran)["model"]["text"].startswith("openai:scripted answers, in ")
    assert "sk-secret-1234" not in ran.out


def test_each_trouble_is_named_with_what_to_do_and_the_rest_is_still_looked_at(
    monkeypatch: pytest.MonkeyPatch, sample_store_folder: Path, tmp_path: Path, encoder: LocalEncoder
) -> None:
    store = shutil.copytree(sample_store_folder, tmp_path / "store")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-1234")
    monkeypatch.setenv("ASSISTANT_PROMPTS", str(tmp_path / "none"))
    with Store.open(store, encoder=encoder):
        ran = run("doctor", "--json", "--store", store, "--model", "openai:scripted")
    findings = found(ran)
    assert ran.code == 1
    assert not findings["store"]["fine"]
    assert not findings["prompts"]["fine"]
    assert not findings["model"]["fine"]
    assert findings["encoder"]["fine"]
    assert "sk-secret-1234" not in ran.out


def test_a_server_that_refuses_or_is_not_there_is_a_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-1234")
    with ScriptedOpenAI(lambda request: error(401, "Incorrect API key.", code="invalid_api_key")) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        refused = run("doctor", "--json", "--model", "openai:scripted")
        assert len(server.chats()) == 1
    gone = run("doctor", "--json", "--model", "openai:scripted")
    for ran in (refused, gone):
        assert ran.code == 1
        assert not found(ran)["model"]["fine"]
        assert "sk-secret-1234" not in ran.out


def test_a_password_in_an_address_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://user:secret@127.0.0.1:9/v1")
    ran = run("doctor", "--json")
    assert "http://127.0.0.1:9/v1" in found(ran)["key"]["text"]
    assert "secret" not in ran.out


def test_an_unusable_setting_is_the_first_thing_to_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_TIMEOUT", "soon")
    ran = run("doctor")
    assert ran.code == 1
    assert "trouble  settings: ASSISTANT_TIMEOUT is unusable" in ran.out
    assert "-> correct or unset it" in ran.out
