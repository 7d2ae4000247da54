"""Building the indexes anew on purpose, while another process serves the old ones."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from scripted_openai import ScriptedOpenAI
from stores import WordEncoder, article, check, found, start, word

from ingest.article import Article
from vectorstore import store as store_module
from vectorstore.archive import queries as reading
from vectorstore.archive import writing
from vectorstore.encoders.base import Vectors
from vectorstore.errors import EncoderError, StoreError, StoreLocked, StoreUnreadable
from vectorstore.indexes import following as indexes
from vectorstore.indexes import reindexing
from vectorstore.indexes.bm25 import LexicalIndex
from vectorstore.indexes.reindexing import reindex
from vectorstore.store import Store

ARTICLES = 30

# Waits before its first batch is embedded, and again before it is put into the new index, until it is told to go on.
REINDEX = """
    import sys
    from pathlib import Path
    from stores import WordEncoder
    from vectorstore.indexes import chroma
    from vectorstore.indexes.chroma import DenseIndex
    from vectorstore.indexes.reindexing import reindex

    class Slow(WordEncoder):
        def encode(self, texts):
            if not self.texts:
                wait("embedding")
            return super().encode(texts)

    class SlowIndex(DenseIndex):
        def put(self, rows, vectors):
            wait("putting")
            super().put(rows, vectors)

    def wait(what):
        print(what, flush=True)
        sys.stdin.readline()

    chroma.DenseIndex = SlowIndex
    done = reindex(Path(sys.argv[1]), encoder=Slow(sys.argv[2]))
    print(done.encoder, done.passages, done.embedded)
"""


@pytest.fixture
def encoder() -> WordEncoder:
    return WordEncoder()


@pytest.fixture
def path(tmp_path: Path, encoder: WordEncoder) -> Path:
    with Store.open(tmp_path / "store", encoder=encoder) as store:
        store.add(article(i) for i in range(ARTICLES))
    encoder.texts.clear()
    return tmp_path / "store"


def all_found(store: Store, articles: int = ARTICLES) -> None:
    check(store)
    for i in range(articles):
        assert found(store, f"Who was the {word(i)} that came to town?")[0] == f"a{i}"


def test_the_indexes_are_built_from_stored_vectors_and_switched_to(path: Path, encoder: WordEncoder) -> None:
    before = {child.name for child in (path / "indexes").iterdir()}
    done = reindex(path, encoder=encoder)
    assert (done.encoder, done.embedded, encoder.texts) == ("words", 0, [])
    with Store.open(path, encoder=encoder) as store:
        assert done.passages == store.counts()[1]
        all_found(store)
    after = {child.name for child in (path / "indexes").iterdir()}
    assert len(after) == 2
    assert before.isdisjoint(after)


def test_a_store_goes_over_to_another_encoder_and_keeps_it(path: Path, encoder: WordEncoder) -> None:
    other = WordEncoder("others")
    done = reindex(path, encoder=other)
    assert (done.encoder, done.embedded) == ("others", done.passages)
    assert len(other.texts) == done.passages
    assert encoder.texts == []
    with Store.open(path, encoder=other) as store:
        assert store.encoder is other
        same_rows(store)
        assert found(store, word(5))[0] == "a5"
    with pytest.raises(EncoderError, match="there is no encoder 'others'"):
        Store.open(path, encoder=encoder)  # what it was embedded with counts, not what is asked for


def test_a_new_version_of_the_encoder_asks_for_a_reindex_where_anything_is_embedded(path: Path, tmp_path: Path) -> None:
    newer = WordEncoder()
    newer.fingerprint = "another version"
    with pytest.raises(StoreError, match="run: assistant reindex"):
        Store.open(path, encoder=newer)
    Store.open(tmp_path / "empty", encoder=WordEncoder()).close()
    with Store.open(tmp_path / "empty", encoder=newer) as store:
        store.add([article(1)])
        assert found(store, word(1)) == ["a1"]


def test_an_interrupted_reindex_goes_on_where_it_was(
    path: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "BATCH", 8)
    other = WordEncoder("others")
    encode = other.encode

    def interrupted(texts: list[str]) -> object:
        if len(other.texts) > 30:
            raise KeyboardInterrupt
        return encode(texts)

    monkeypatch.setattr(other, "encode", interrupted)
    with pytest.raises(KeyboardInterrupt):
        reindex(path, encoder=other)
    Store.open(path, encoder=encoder).close()  # the owner clears away, but not what was paid for
    monkeypatch.setattr(other, "encode", encode)
    done = reindex(path, encoder=other)
    assert len(other.texts) == len(set(other.texts)) == done.passages
    assert 0 < done.embedded < done.passages


def test_a_reindex_that_fails_at_any_point_leaves_the_old_indexes(
    path: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(WordEncoder):
        def encode(self, texts: object) -> object:  # type: ignore[override]
            raise EncoderError("embedding failed", remedy="try again")

    with pytest.raises(EncoderError):
        reindex(path, encoder=Failing("failing"))
    with monkeypatch.context() as patch:
        patch.setattr(LexicalIndex, "apply", lambda *_, **__: (_ for _ in ()).throw(OSError("disk full")))
        with pytest.raises(OSError, match="disk full"):
            reindex(path, encoder=WordEncoder("others"))
    with Store.open(path, encoder=encoder, report=lambda line: pytest.fail(line)) as store:
        assert store.encoder.name == "words"
        same_rows(store)
        assert len(list((path / "indexes").iterdir())) == 2  # what was half built is gone


@pytest.fixture
def words_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the store find the encoders of these tests by their name, as it finds real ones."""
    monkeypatch.setattr(indexes, "open_encoder", lambda name, cache: WordEncoder(name))


@pytest.mark.usefixtures("words_by_name")
def test_searches_go_on_while_another_process_reindexes_and_then_use_its_index(
    path: Path, encoder: WordEncoder
) -> None:
    store = Store.open(path, encoder=encoder)
    retriever, before = store.retriever, store.indexes
    searches, stop = [0], threading.Event()

    def search() -> None:
        while not stop.is_set():
            number = searches[0] % ARTICLES
            assert found(store, f"the {word(number)} came to town")[0] == f"a{number}"
            searches[0] += 1

    def some_more() -> None:
        until = searches[0] + 60
        while searches[0] < until and not any(searcher.done() for searcher in searchers):
            time.sleep(0.005)

    with ThreadPoolExecutor(3) as pool:
        searchers = [pool.submit(search) for _ in range(3)]
        with start(REINDEX, path, "others") as process:
            expect(process, "embedding")
            some_more()
            go_on(process)
            expect(process, "putting")
            some_more()
            output, problems = process.communicate("\n", timeout=60)
        some_more()
        stop.set()
    for searcher in searchers:
        searcher.result()
    assert output.startswith("others "), problems
    assert store.indexes is not before
    assert store.encoder.name == "others"
    assert store.retriever is retriever
    assert retriever.invoke(f"the {word(3)}")[0].metadata["article_id"] == "a3"
    assert len(list((path / "indexes").iterdir())) == 2
    store.close()


def expect(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == f"{line}\n"


def go_on(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    print(file=process.stdin, flush=True)


def test_a_search_under_way_ends_on_the_index_that_it_began_with(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go, narrow = threading.Event(), threading.Event(), WordEncoder("narrow")
    narrow.dimension = 32
    monkeypatch.setattr(indexes, "open_encoder", lambda name, cache: narrow)

    class Pausing(WordEncoder):
        def encode(self, texts: Sequence[str]) -> Vectors:
            if "pause" in texts[0]:
                begun.set()
                assert go.wait(30)
            return super().encode(texts)

    with Store.open(path, encoder=Pausing()) as store, ThreadPoolExecutor(2) as pool:
        first = pool.submit(found, store, f"pause at the {word(3)}")
        assert begun.wait(30)
        reindex(path, encoder=narrow)
        second = pool.submit(found, store, word(4))  # notices the switch, and waits for the first to leave
        time.sleep(0.3)
        go.set()
        assert first.result()[0] == "a3"
        assert second.result()[0] == "a4"


@pytest.mark.usefixtures("words_by_name")
def test_what_is_added_while_another_process_reindexes_is_found_afterwards(path: Path, encoder: WordEncoder) -> None:
    with Store.open(path, encoder=encoder) as store:
        with start(REINDEX, path, "others") as process:
            expect(process, "embedding")
            store.add([article(ARTICLES), article(2, text=f"The {word(500)} left.")])
            go_on(process)
            expect(process, "putting")
            store.add([article(3, text=f"The {word(501)} left.")])
            store.remove(["a4"])
            assert found(store, word(500))[0] == "a2"
            _, problems = process.communicate("\n", timeout=60)
        assert process.returncode == 0, problems
        store.add([article(ARTICLES + 1)])  # before any search could have noticed the switch
        assert store.encoder.name == "others"
        assert found(store, word(500))[0] == "a2"
        assert found(store, word(501))[0] == "a3"
        assert "a4" not in found(store, word(4), limit=100)
        for i in (0, 5, ARTICLES, ARTICLES + 1):
            assert found(store, f"Who was the {word(i)} that came to town?")[0] == f"a{i}"
        same_rows(store)


def same_rows(store: Store) -> None:
    """What :func:`check` asserts of the indexes; vectors of the old encoder are still there."""
    rows = set(reading.chunk_rows_of(store.archive, reading.article_rows(store.archive)))
    assert store.indexes.dense.rows() == rows
    assert store.indexes.lexical.passage_count == len(rows)
    assert len(reading.vectors(store.archive, store.encoder.fingerprint, rows)[0]) == len(rows)


@pytest.mark.usefixtures("words_by_name")
def test_a_run_of_additions_during_which_another_process_switches_ends_well(
    path: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "BATCH", 4)
    monkeypatch.setattr(store_module, "FOLLOW_EVERY", 8)
    with Store.open(path, encoder=encoder) as store:

        def articles() -> Iterator[Article]:
            yield from (article(100 + i) for i in range(10))
            reindex(path, encoder=WordEncoder("others"))
            yield from (article(200 + i) for i in range(10))

        assert store.add(articles()).added == 20
        assert store.encoder.name == "others"
        same_rows(store)
        for number in (0, 100, 109, 200, 209):
            assert found(store, f"the {word(number)}")[0] == f"a{number}"


def test_a_serving_process_goes_over_to_the_encoder_that_another_has_switched_to(
    path: Path, encoder: WordEncoder, scripted_openai: ScriptedOpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", scripted_openai.base_url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    with Store.open(path, encoder=encoder) as store:
        passages = store.counts()[1]
        done = reindex(path, encoder="openai:scripted")
        assert (done.encoder, done.passages, done.embedded) == ("openai:scripted", passages, passages)
        assert sorted(scripted_openai.embedded) == sorted(set(scripted_openai.embedded))
        assert found(store, word(5))[0] == "a5"
        assert store.encoder.name == "openai:scripted"
        embedded = len(scripted_openai.embedded)
        store.add([article(ARTICLES)])
        assert len(scripted_openai.embedded) - embedded == store.counts()[1] - passages
        same_rows(store)
    with Store.open(path, encoder="all-MiniLM-L6-v2") as store:  # asked for another, it keeps its own
        assert store.encoder.name == "openai:scripted"
        assert found(store, word(ARTICLES))[0] == f"a{ARTICLES}"


def test_one_process_reindexes_at_a_time(path: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reindexing, "_SWEEPING", 0.1)
    with start(REINDEX, path, "others") as process:
        expect(process, "embedding")
        with pytest.raises(StoreLocked, match=f"in use by process {process.pid}"):
            reindex(path, encoder=encoder)
        go_on(process)
        expect(process, "putting")
        Store.open(path, encoder=encoder).close()  # which must not clear away what the other one builds
        output, problems = process.communicate("\n", timeout=60)
        assert output.startswith("others "), problems
    with Store.open(path, encoder=WordEncoder("others"), report=lambda line: pytest.fail(line)) as store:
        same_rows(store)


def test_where_there_is_no_store_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(StoreUnreadable, match="there is no store in"):
        reindex(tmp_path, encoder=WordEncoder())
    assert list(tmp_path.iterdir()) == []
