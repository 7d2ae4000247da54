"""The scripted server itself: embeddings, models and keys, through OpenAI's own client."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import openai
import pytest
from scripted_openai import ScriptedOpenAI, answer, error, vector


@pytest.fixture
def server() -> Iterator[ScriptedOpenAI]:
    with ScriptedOpenAI(
        [answer("A storm", " was coming.")], dimension=16, models=("one", "two"), key="sk-1"
    ) as scripted:
        yield scripted


@pytest.fixture
def client(server: ScriptedOpenAI) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=server.base_url, api_key="sk-1", max_retries=0) as opened:
        yield opened


@pytest.mark.parametrize("options", [{}, {"encoding_format": "float"}], ids=["base64", "float"])
def test_embeddings_are_the_same_for_the_same_text(
    server: ScriptedOpenAI, client: openai.OpenAI, options: dict[str, Any]
) -> None:
    response = client.embeddings.create(model="e", input=["a storm", "a calm", "a storm"], **options)
    first, second, third = (item.embedding for item in response.data)
    assert first == third != second
    assert len(first) == 16
    assert first == pytest.approx(vector("a storm", 16), abs=1e-6)
    assert server.requests[0].body["encoding_format"] == options.get("encoding_format", "base64")
    assert math.hypot(*first) == pytest.approx(1.0, abs=1e-6)
    assert (server.embedding_calls, server.embedded) == (1, ["a storm", "a calm", "a storm"])


def test_langchain_embeds_through_it_too(server: ScriptedOpenAI) -> None:
    from langchain_openai import OpenAIEmbeddings

    options: dict[str, Any] = {"base_url": server.base_url, "api_key": "sk-1", "check_embedding_ctx_length": False}
    embeddings = OpenAIEmbeddings(model="e", **options)
    assert embeddings.embed_query("a storm") == pytest.approx(vector("a storm", 16), abs=1e-6)
    assert server.embedded == ["a storm"]


def test_embeddings_fail_as_scripted() -> None:
    with (
        ScriptedOpenAI(embedding_scripts=[error(429, retry_after=1)]) as server,
        openai.OpenAI(base_url=server.base_url, api_key="x", max_retries=0) as client,
    ):
        with pytest.raises(openai.RateLimitError):
            client.embeddings.create(model="e", input="a storm")
        assert len(client.embeddings.create(model="e", input="a storm").data[0].embedding) == 64


def test_models_are_listed(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["one", "two"]
    assert client.models.retrieve("two").id == "two"
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("three")


def test_a_wrong_key_is_refused(server: ScriptedOpenAI) -> None:
    with (
        openai.OpenAI(base_url=server.base_url, api_key="sk-2", max_retries=0) as client,
        pytest.raises(openai.AuthenticationError),
    ):
        client.models.list()


def test_an_answer_that_is_not_streamed_comes_whole(client: openai.OpenAI) -> None:
    done = client.chat.completions.create(model="one", messages=[{"role": "user", "content": "?"}])
    assert done.choices[0].message.content == "A storm was coming."
    assert done.usage is not None
    assert done.usage.total_tokens == 120
