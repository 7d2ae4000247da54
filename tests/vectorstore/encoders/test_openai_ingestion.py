"""Ingestion with OpenAI's embeddings, from a scripted server: large batches, several at once, nothing paid twice."""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from pathlib import Path

import pytest
from scripted_openai import Script, ScriptedOpenAI, error
from stores import article, check, start

from vectorstore.archive.prepared import prepare
from vectorstore.encoders.openai import OpenAIEncoder
from vectorstore.errors import EncoderError
from vectorstore.store import Store

#: Texts a call, where a test makes them few.
TEXTS = 20

WORKER = """
import sys
from stores import article
from vectorstore.encoders.openai import OpenAIEncoder
from vectorstore.store import Store

OpenAIEncoder.texts_per_call = int(sys.argv[2])
with Store.open(sys.argv[1], encoder="openai:scripted") as store:
    store.add((article(i) for i in range(1000)), on_article=lambda item, _: print(item.id, flush=True))
"""


@pytest.fixture
def server(scripted_openai: ScriptedOpenAI, monkeypatch: pytest.MonkeyPatch) -> ScriptedOpenAI:
    monkeypatch.setenv("OPENAI_BASE_URL", scripted_openai.base_url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-key-1234")
    return scripted_openai


def sizes(server: ScriptedOpenAI) -> list[int]:
    """How many texts each request brought."""
    return [len(request.body["input"]) for request in server.requests]


def test_a_call_takes_a_thousand_texts(server: ScriptedOpenAI, tmp_path: Path) -> None:
    with Store.open(tmp_path, encoder="openai:scripted") as store:
        report = store.add(article(i, sentences=900) for i in range(26))
    assert sum(sizes(server)) == report.chunks > 1000
    full = [size for size in sizes(server) if size >= 1000]
    assert max(full) < 1100  # the article that passes the number goes in whole
    assert len(full) == report.chunks // max(full)


def test_four_calls_are_under_way_at_once(
    server: ScriptedOpenAI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = threading.Barrier(4, timeout=10)

    def wait() -> None:  # till four calls do
        if not together.broken:
            together.wait()

    monkeypatch.setattr(OpenAIEncoder, "texts_per_call", TEXTS)
    monkeypatch.setattr(server, "next_embedding", wait)
    with Store.open(tmp_path, encoder="openai:scripted") as store:
        store.add(article(i) for i in range(4 * TEXTS))  # some two texts each
    assert len(sizes(server)) == 8
    assert not together.broken


def test_no_text_is_paid_for_twice_when_a_call_fails_and_all_is_added_again(
    server: ScriptedOpenAI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = itertools.count(1)

    def fail_the_third() -> Script | None:
        return error(400, "No.") if next(calls) == 3 else None

    monkeypatch.setattr(OpenAIEncoder, "texts_per_call", TEXTS)
    monkeypatch.setattr(server, "next_embedding", fail_the_third)
    articles = [article(i) for i in range(100)]
    with Store.open(tmp_path, encoder="openai:scripted") as store:
        with pytest.raises(EncoderError):
            store.add(articles)
        kept = store.counts()[0]
        assert 0 < kept < len(articles)
        report = store.add(articles)
        assert (report.unchanged, report.added) == (kept, len(articles) - kept)
        check(store)
        chunks = store.counts()[1]
    assert len(server.embedded) == len(set(server.embedded)) == chunks


def test_what_was_acknowledged_before_a_kill_is_not_paid_for_again(
    server: ScriptedOpenAI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with start(WORKER, tmp_path, TEXTS) as process:
        assert process.stdout is not None
        safe = [line.strip() for line in itertools.islice(process.stdout, 60)]
        process.kill()
        safe += process.stdout.read().split()
    monkeypatch.setattr(OpenAIEncoder, "texts_per_call", TEXTS)
    last = int(safe[-1].removeprefix("a")) + 30
    articles = [article(i) for i in range(last)]
    with Store.open(tmp_path, encoder="openai:scripted") as store:
        assert store.counts()[0] >= len(safe)
        store.add(articles)
        check(store)
        held = {line.id for line in store.articles()}
    assert held >= {each.id for each in articles}
    paid = Counter(server.embedded)
    texts = {each.id: prepare(each).inputs for each in articles}
    assert all(paid[text] == 1 for name in safe for text in texts[name])
    assert all(paid[text] >= 1 for inputs in texts.values() for text in inputs)


def test_a_text_that_two_articles_share_is_paid_for_once(server: ScriptedOpenAI, tmp_path: Path) -> None:
    text = article(1).text
    with Store.open(tmp_path, encoder="openai:scripted") as store:
        store.add(article(i, title="Alike", text=f"{text}\n\nNumber {i} ends here.") for i in range(30))
        check(store)
        assert len(server.embedded) == len(set(server.embedded)) < store.counts()[1]
