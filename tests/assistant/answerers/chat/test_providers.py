"""A chat model is opened by its name; what is missing for it is said in one line."""

from __future__ import annotations

import os
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asking import pieces, question, text_of
from scripted_openai import Request, ScriptedOpenAI, answer

from assistant.answerers.chat.answerer import ChatModelAnswerer, Timeouts, open_chat_model
from assistant.answerers.chat.call import CallOptions, Retries
from assistant.errors import ModelRefused, SettingsError


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "LANGSMITH_", "LANGCHAIN_")):
            monkeypatch.delenv(name)


@pytest.fixture
def server() -> Iterator[ScriptedOpenAI]:
    with ScriptedOpenAI(lambda request: answer("Yes [1].")) as scripted:
        yield scripted


def ask(model: Any) -> str:
    return text_of(pieces(ChatModelAnswerer(model, options=CallOptions(retries=Retries(attempts=0))), question()))


def test_address_and_key_are_what_the_environment_says(server: ScriptedOpenAI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-from-the-environment\n")
    assert ask(open_chat_model("openai:scripted")) == "Yes [1]."
    assert server.chats()[0].headers["authorization"] == "Bearer sk-from-the-environment"
    assert server.chats()[0].body["model"] == "scripted"


def test_what_is_given_wins_over_the_environment(server: ScriptedOpenAI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-from-the-environment")
    ask(open_chat_model("openai:scripted", base_url=server.base_url, api_key="sk-given"))
    assert server.chats()[0].headers["authorization"] == "Bearer sk-given"


@pytest.mark.parametrize("name", ["OPENAI_API_BASE", "LANGSMITH_GATEWAY", "OPENAI_PROXY"])
def test_other_variables_do_not_lead_the_request_elsewhere(
    server: ScriptedOpenAI, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "http://127.0.0.1:9/v1")
    assert ask(open_chat_model("openai:scripted", base_url=server.base_url)) == "Yes [1]."


@pytest.mark.parametrize("name", ["OPENAI_API_BASE", "LANGSMITH_GATEWAY"])
def test_without_an_address_the_official_one_is_meant(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "http://127.0.0.1:9/v1")
    model: Any = open_chat_model("openai:gpt-4o-mini", api_key="sk-given")
    assert str(model.root_client.base_url) == str(model.root_async_client.base_url) == "https://api.openai.com/v1/"


def test_a_server_of_ones_own_needs_no_key(server: ScriptedOpenAI) -> None:
    assert ask(open_chat_model("openai:qwen3:8b", base_url=server.base_url)) == "Yes [1]."
    assert server.chats()[0].body["model"] == "qwen3:8b"


@pytest.mark.parametrize("name", ["openai:gpt-4o-mini", "gpt-4o-mini", "o3"])
def test_without_key_and_address_the_error_says_what_to_set(name: str) -> None:
    with pytest.raises(ModelRefused, match=r"no key for openai:.*set OPENAI_API_KEY.*--model extractive"):
        open_chat_model(name)


def test_the_limit_of_tokens_has_the_name_that_the_service_knows(server: ScriptedOpenAI) -> None:
    ask(open_chat_model("openai:scripted", base_url=server.base_url, max_output_tokens=77))
    assert server.chats()[0].body["max_tokens"] == 77
    ours: Any = open_chat_model("openai:gpt-4o-mini", api_key="sk-given")
    payload = ours._get_request_payload([("user", "?")])
    assert payload["max_completion_tokens"] == 4000
    assert "max_tokens" not in payload
    assert "extra_body" not in payload


def test_the_model_may_keep_its_own_temperature_and_limit(server: ScriptedOpenAI) -> None:
    ask(open_chat_model("openai:scripted", base_url=server.base_url, temperature=None, max_output_tokens=None))
    assert not {"temperature", "max_tokens", "max_completion_tokens"} & set(server.chats()[0].body)


def test_the_official_service_is_not_spelled_out_in_messages() -> None:
    from assistant.answerers.chat.providers import service_of

    model = open_chat_model("openai:gpt-4o-mini", api_key="sk-given-1234")
    service = service_of(model, "openai:gpt-4o-mini")
    assert str(service) == "openai:gpt-4o-mini"
    assert "sk-given" not in repr(service)


def test_a_missing_package_is_named_with_the_way_to_install_it() -> None:
    with pytest.raises(SettingsError, match=r"needs the package langchain-anthropic.*pip install langchain-anthropic"):
        open_chat_model("anthropic:claude-sonnet-4-5")


@pytest.mark.parametrize("name", ["nobody:model", "just-a-name", ":"])
def test_a_name_that_nobody_knows_is_refused_in_one_line(name: str) -> None:
    with pytest.raises(SettingsError, match=r"cannot be set up: .*PROVIDER:NAME") as caught:
        open_chat_model(name)
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize("name", ["openai:", "", " "])
def test_a_model_without_a_name_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match="has no name; write it as openai:NAME"):
        open_chat_model(name, api_key="sk-given")


def test_any_other_provider_is_opened_through_langchain(monkeypatch: pytest.MonkeyPatch) -> None:
    from langchain_core.language_models import GenericFakeChatModel

    class Theirs(GenericFakeChatModel):
        """A provider's package as LangChain loads it; what it was given is kept."""

        given: dict[str, Any] = {}  # noqa: RUF012 - a pydantic field

        def __init__(self, **given: Any) -> None:
            super().__init__(messages=iter(["Yes [1]."]))
            self.given = given

    package = types.ModuleType("langchain_groq")
    package.ChatGroq = Theirs  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "langchain_groq", package)
    model: Any = open_chat_model("groq:llama", timeouts=Timeouts(first_token=12.0))
    assert model.given == {
        "model": "llama",
        "timeout": 12.0,
        "max_retries": 0,
        "temperature": 0.0,
        "max_tokens": 4000,
    }
    assert ask(model) == "Yes [1]."


def test_a_package_that_fails_to_start_ends_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    class TheirError(Exception):
        pass

    def fail(**_: Any) -> None:
        raise TheirError("no\ncredentials for sk-other-secret-12")

    package = types.ModuleType("langchain_mistralai")
    package.ChatMistralAI = fail  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "langchain_mistralai", package)
    with pytest.raises(SettingsError, match=r"'mistralai:small' cannot be set up: no credentials for \[key\]"):
        open_chat_model("mistralai:small")


def test_nothing_is_sent_anywhere_but_to_the_model(
    server: ScriptedOpenAI, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def nothing(request: Request) -> Any:
        raise AssertionError(f"a request to {request.path}")

    with ScriptedOpenAI(nothing) as everything_else:
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, everything_else.base_url.removesuffix("/v1"))
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
        assert ask(open_chat_model("openai:scripted", base_url=server.base_url)) == "Yes [1]."
        assert everything_else.requests == []
    assert [request.path for request in server.requests] == ["/v1/chat/completions"]
    assert list(tmp_path.iterdir()) == []
    assert not any(name.startswith(("LANGSMITH", "LANGCHAIN")) for name in os.environ)
