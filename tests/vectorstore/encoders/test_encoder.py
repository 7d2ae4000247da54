"""Text becomes unit vectors: the local encoder, its stand-ins, and OpenAI's over HTTP."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import InMemoryVectorStore
from paths import ROOT
from scripted_openai import ScriptedOpenAI, error, raw

from vectorstore.encoders import local as local_encoder
from vectorstore.encoders import minilm
from vectorstore.encoders.base import default_cache, unit
from vectorstore.encoders.downloaded import DownloadedEncoder
from vectorstore.encoders.local import LocalEncoder
from vectorstore.encoders.openai import OpenAIEncoder
from vectorstore.encoders.registry import open_encoder
from vectorstore.errors import EncoderError
from vectorstore.indexes import chroma

TALKS = "The Russian president met the American secretary of state in Sochi on Tuesday."
TALKS_TOLD_AGAIN = "In Sochi, Putin received Kerry for talks on Tuesday."
FERRY = "A ferry hit the pier and fourteen passengers were hurt."
BREAD = "Knead the dough, let it rise overnight, and bake it in a hot oven."


@pytest.fixture(scope="module")
def local(encoder: LocalEncoder) -> LocalEncoder:
    return encoder


def test_vectors_are_float32_of_length_one_whatever_the_text(local: LocalEncoder) -> None:
    texts = [TALKS, "", " ", "a", "😀", "\x00", "word " * 2000, "日本語の記事", "\udcff lone", TALKS.upper()]
    vectors = local.encode(texts)
    assert vectors.shape == (len(texts), local.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_no_texts_give_no_vectors(local: LocalEncoder) -> None:
    assert local.encode([]).shape == (0, local.dimension)


def test_a_text_has_the_same_vector_whatever_it_is_encoded_beside(local: LocalEncoder) -> None:
    texts = [TALKS, FERRY, BREAD, TALKS_TOLD_AGAIN, f"{FERRY} {BREAD} " * 8, "one of a few words"]
    together = local.encode(texts)
    backwards = local.encode(texts[::-1])[::-1]
    alone = np.concatenate([local.encode([text]) for text in texts])
    assert together == pytest.approx(backwards, abs=1e-6)
    assert together == pytest.approx(alone, abs=1e-6)


def test_what_means_the_same_is_nearer_than_what_does_not(local: LocalEncoder) -> None:
    talks, told_again, ferry, bread = local.encode([TALKS, TALKS_TOLD_AGAIN, FERRY, BREAD])
    assert talks @ told_again > 0.45
    assert talks @ told_again > talks @ ferry + 0.4
    assert talks @ bread < 0.2
    assert local.encode(["How many people were injured on the ferry?"])[0] @ ferry > 0.5


def test_only_the_first_256_tokens_count(local: LocalEncoder) -> None:
    head = "ferry pier harbour " * 120
    first, second = local.encode([f"{head} {TALKS}", f"{head} {BREAD}"])
    assert first @ second == pytest.approx(1, abs=1e-3)


def test_threads_may_encode_at_once(local: LocalEncoder) -> None:
    texts = [f"{TALKS} {i}" for i in range(6)]
    expected, results = local.encode(texts), dict[int, np.ndarray]()
    threads = [threading.Thread(target=lambda i=i: results.update({i: local.encode(texts)})) for i in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 6
    for found in results.values():
        assert found == pytest.approx(expected)


def test_encoding_leaves_no_id_of_this_machine_to_report_under(local: LocalEncoder, tmp_path: Path) -> None:
    local.encode(["so that the graph is there"])
    graphs = str(default_cache())
    script = f"import pathlib, vectorstore.encoders.local as e; e.LocalEncoder(pathlib.Path({graphs!r})).encode(['a'])"
    environment = {k: v for k, v in os.environ.items() if k != "ORT_DISABLE_TELEMETRY"}
    environment |= {"XDG_CACHE_HOME": str(tmp_path), "HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", script], env=environment, check=True, cwd=ROOT)
    assert list(tmp_path.iterdir()) == []


def test_long_calls_leave_room_for_a_question_beside_them(local: LocalEncoder) -> None:
    texts = [f"{FERRY} {number}" for number in range(local_encoder._FEW + 1)]
    expected = np.concatenate([local.encode([text]) for text in texts])
    assert local.encode(texts) == pytest.approx(expected, abs=1e-6)
    long = threading.Thread(target=lambda: local.encode([f"{TALKS} " * 30] * 80))
    long.start()
    local.encode([TALKS, FERRY])
    assert long.is_alive()
    long.join()


def test_it_goes_wherever_langchain_takes_embeddings(local: LocalEncoder) -> None:
    assert isinstance(local, Embeddings)
    assert all(type(x) is float for x in local.embed_query(TALKS))
    store = InMemoryVectorStore(local)
    store.add_texts([TALKS, FERRY, BREAD])
    assert store.similarity_search("How do I bake bread?", k=1)[0].page_content == BREAD


def packaged() -> Path:
    model = minilm.packaged_model()
    assert model is not None, "the model's package is part of the requirements"
    return model


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
def test_altered_weights_are_refused_and_nothing_is_cached(tmp_path: Path, name: str) -> None:
    shutil.copytree(packaged(), tmp_path / "model")
    with open(tmp_path / "model" / name, "r+b") as file:
        file.seek(-100, 2)
        byte = file.read(1)
        file.seek(-100, 2)
        file.write(bytes([byte[0] ^ 1]))
    with pytest.raises(
        EncoderError, match=rf"{name} is not the published one .*; reinstall {minilm.PACKAGE}"
    ) as caught:
        minilm.cached_graph(tmp_path / "model", tmp_path / "cache")
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "cache").exists()


def test_missing_weights_are_an_error_of_one_line(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="cannot be read; reinstall"):
        minilm.cached_graph(tmp_path, tmp_path / "cache")


def test_a_cache_that_cannot_be_written_is_an_error_of_one_line(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(EncoderError, match=r"cannot be cached in .*; make that folder writable or set ASSISTANT_CACHE"):
        minilm.cached_graph(packaged(), tmp_path / "cache")


@pytest.mark.parametrize("content", [b"", b"rubbish" * 100, None])
def test_a_damaged_cached_graph_says_which_file_to_delete(
    local: LocalEncoder, tmp_path: Path, content: bytes | None
) -> None:
    local.encode(["so that the graph is there"])
    graph = minilm.cached_graph(packaged(), default_cache())
    (tmp_path / graph.name).write_bytes(graph.read_bytes()[: 1 << 20] if content is None else content)
    with pytest.raises(EncoderError, match="cannot be loaded; delete that file; it is built again") as caught:
        LocalEncoder(tmp_path).encode(["text"])
    assert str(tmp_path / graph.name) in str(caught.value)


def test_without_the_package_chromas_own_download_of_the_model_stands_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minilm, "packaged_model", lambda: None)
    asked: list[list[str]] = []

    def embed(input: list[str]) -> list[np.ndarray]:
        asked.append(input)
        return [np.full(384, 2.0, dtype=np.float32) for _ in input]

    monkeypatch.setattr(chroma, "default_embedding_function", lambda: embed)
    standing_in = open_encoder()
    assert isinstance(standing_in, DownloadedEncoder)
    assert standing_in.fingerprint != LocalEncoder.fingerprint
    vectors = standing_in.encode([TALKS, "\udcff"])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1)
    assert asked == [[TALKS, "?"]]
    assert standing_in.encode([]).shape == (0, 384)


def test_an_encoder_of_an_unknown_name_is_refused() -> None:
    for name in ("word2vec", "openai:", ""):
        with pytest.raises(EncoderError, match="there is no encoder"):
            open_encoder(name)


def test_unit_keeps_a_row_of_zeros() -> None:
    assert unit(np.array([[0.0, 0.0], [3.0, 4.0]], dtype=np.float32)).tolist() == [
        [0, 0],
        [pytest.approx(0.6), pytest.approx(0.8)],
    ]


@pytest.fixture
def openai(scripted_openai: ScriptedOpenAI, monkeypatch: pytest.MonkeyPatch) -> ScriptedOpenAI:
    monkeypatch.setenv("OPENAI_BASE_URL", scripted_openai.base_url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-key-1234")
    return scripted_openai


def test_openai_embeds_in_batches_and_in_order(openai: ScriptedOpenAI) -> None:
    texts = [f"text number {i}" for i in range(1200)]
    remote = open_encoder("openai:scripted")
    vectors = remote.encode(texts)
    assert openai.embedded == texts
    assert openai.embedding_calls <= 2
    assert vectors.shape == (1200, openai.dimension)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert vectors[7] @ remote.encode(["text number 7"])[0] == pytest.approx(1, abs=1e-5)
    assert json.loads(json.dumps(openai.requests[0].body))["model"] == "scripted"


def test_openai_is_not_asked_for_nothing(openai: ScriptedOpenAI) -> None:
    remote = OpenAIEncoder("scripted")
    assert len(remote.encode([])) == 0
    assert openai.requests == []
    assert remote.dimension == openai.dimension
    assert remote.encode([]).shape == (0, openai.dimension)
    assert openai.embedding_calls == 1


def test_a_passing_failure_of_openais_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedOpenAI(embedding_scripts=[error(500, type="server_error"), error(429, retry_after=0.1)]) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        assert OpenAIEncoder("scripted").encode([TALKS]).shape == (1, server.dimension)
        assert server.embedding_calls == 3


def refused(server: ScriptedOpenAI, texts: list[str] | None = None) -> str:
    with pytest.raises(EncoderError) as caught:
        OpenAIEncoder("scripted").encode(texts or [TALKS])
    message = str(caught.value)
    assert "\n" not in message
    assert "openai:scripted" in message
    assert "sk-secret" not in message
    assert caught.value.exit_code == 4
    return message


@pytest.mark.parametrize(
    ("status", "code"), [(401, "invalid_api_key"), (404, "model_not_found"), (400, "context_length_exceeded")]
)
def test_what_openai_refuses_is_an_error_of_one_line_and_not_asked_again(
    monkeypatch: pytest.MonkeyPatch, status: int, code: str
) -> None:
    with ScriptedOpenAI(embedding_scripts=[error(status, "No,\nsays the server.", code=code)] * 9) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-key-1234")
        assert "check OPENAI_API_KEY and OPENAI_BASE_URL" in refused(server)
        assert server.embedding_calls == 1


def test_a_service_that_stays_down_is_given_up_after_a_few_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    failing = [error(429, retry_after=0.01)] * 50
    with ScriptedOpenAI(embedding_scripts=failing) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-key-1234")
        refused(server)
        assert 2 <= server.embedding_calls <= 6


@pytest.mark.parametrize(
    "body", ["", "<html>", "{}", "[]", '{"data": []}', '{"object": "list", "data": [{"embedding": "AAAA"}]}', "null"]
)
def test_an_answer_that_is_not_openais_protocol_is_an_error_of_one_line(
    monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    with ScriptedOpenAI(embedding_scripts=[raw(body, content_type="application/json")] * 9) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-key-1234")
        refused(server)
        assert server.embedding_calls <= 6


def test_a_service_that_is_not_there_is_an_error_of_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openai._base_client.MAX_RETRY_DELAY", 0.05)
    with ScriptedOpenAI() as server:
        address = server.base_url
    monkeypatch.setenv("OPENAI_BASE_URL", address)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-key-1234")
    begun = time.monotonic()
    refused(server)
    assert time.monotonic() - begun < 40


def test_without_a_key_openai_is_not_asked(scripted_openai: ScriptedOpenAI, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EncoderError, match="needs a key; set OPENAI_API_KEY, or unset ASSISTANT_EMBEDDING"):
        OpenAIEncoder("scripted").encode([TALKS])
    monkeypatch.setenv("OPENAI_BASE_URL", scripted_openai.base_url)  # a local server needs none
    assert len(OpenAIEncoder("scripted").encode([TALKS])) == 1


def test_openai_is_given_no_more_in_a_call_than_it_takes(openai: ScriptedOpenAI) -> None:
    texts = [f"{i} " + "\u6c34" * 2000 for i in range(400)] + ["short"] * 2500
    vectors = OpenAIEncoder("scripted").encode(texts)
    assert len(vectors) == len(texts) == len(openai.embedded)
    assert openai.embedded == texts
    bodies = [json.loads(json.dumps(request.body))["input"] for request in openai.requests]
    assert all(len(body) <= 2048 and sum(len(text.encode()) for text in body) <= 900_000 for body in bodies)
