"""The vector index on a Chroma server: several processes read, one at a time writes."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from scripted_openai import ScriptedOpenAI
from stores import WordEncoder, article, check, found, start, word

from vectorstore.errors import IndexUnavailable, StoreLocked
from vectorstore.indexes.base import VectorBackend
from vectorstore.indexes.chroma import server_address
from vectorstore.indexes.reindexing import reindex
from vectorstore.retrieval import candidates
from vectorstore.store import Store


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def chroma_server(folder: Path, port: int) -> Iterator[str]:
    """A real Chroma server over ``folder``; its address."""
    program = Path(sys.executable).with_name("chroma")
    with (
        open(folder / "log", "ab") as log,
        subprocess.Popen(
            [program, "run", "--path", folder / "data", "--host", "127.0.0.1", "--port", str(port)],
            stdout=log,
            stderr=log,
        ) as process,
    ):
        try:
            wait_for(f"http://127.0.0.1:{port}", process, folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(f"{address}/api/v2/heartbeat", timeout=1).raise_for_status()
            return
        except httpx.HTTPError:
            time.sleep(0.05)
    pytest.fail(log.read_text())


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with chroma_server(tmp_path_factory.mktemp("server"), free_port()) as address:
        yield address


@pytest.fixture
def encoder() -> WordEncoder:
    return WordEncoder()


def test_a_store_on_a_server_keeps_to_the_same(server: str, tmp_path: Path, encoder: WordEncoder) -> None:
    with Store.open(tmp_path, encoder=encoder, vector_index=f"chroma:{server}") as store:
        assert store.add(article(i) for i in range(12)).added == 12
        store.add([article(1, text=f"The {word(300)} left.")])
        store.remove(["a2"])
        check(store)
        assert found(store, word(300))[0] == "a1"
        assert found(store, word(5))[0] == "a5"
        # Its vectors are on the server; the matrix of them is here.
        assert not list((tmp_path / "indexes").glob("dense*/chroma*"))
    encoder.texts.clear()
    with Store.open(
        tmp_path, encoder=encoder, vector_index=f"chroma:{server}", report=lambda line: pytest.fail(line)
    ) as store:
        check(store)
        assert encoder.texts == []


WRITER = """
    import sys
    from stores import WordEncoder, article
    from vectorstore import store as module
    from vectorstore.archive import writing
    from vectorstore.store import Store
    module.FOLLOW_EVERY, writing.BATCH = 16, 8
    with Store.open(sys.argv[1], encoder=WordEncoder(), vector_index=f"chroma:{sys.argv[2]}") as store:
        def articles():
            for i in range(100, 130):
                yield article(i)
                if i == 115:
                    print("half", flush=True)
                    sys.stdin.readline()
            store.remove(["a3"])
        store.add(articles())
        print("done", flush=True)
        sys.stdin.readline()
"""


def test_two_stores_read_while_a_process_writes_and_then_find_what_it_wrote(
    server: str, tmp_path: Path, encoder: WordEncoder
) -> None:
    with Store.open(tmp_path, encoder=encoder, vector_index=f"chroma:{server}") as first:
        first.add(article(i) for i in range(10))
        with (
            Store.open(tmp_path, encoder=encoder, vector_index=f"chroma:{server}") as second,
            start(WRITER, tmp_path, server) as writer,
        ):
            assert writer.stdin is not None
            assert writer.stdout is not None
            assert writer.stdout.readline() == "half\n"
            # One writes at a time; opening and reading go on.
            with pytest.raises(StoreLocked, match=f"process {writer.pid}"):
                first.add([article(50)])
            with Store.open(tmp_path, encoder=encoder, vector_index=f"chroma:{server}") as third:
                for store in (first, second, third):
                    assert found(store, f"the {word(4)}")[0] == "a4"
                    assert found(store, f"the {word(101)}")[0] == "a101"
            print(file=writer.stdin, flush=True)
            assert writer.stdout.readline() == "done\n"
            for store in (first, second):
                assert found(store, f"the {word(129)}")[0] == "a129"
                assert "a3" not in found(store, f"the {word(3)}", limit=100)
                check(store)
            first.add([article(50)])  # the writer is still there, but no longer writing
            assert found(second, f"the {word(50)}")[0] == "a50"
            writer.communicate("\n", timeout=60)
            assert writer.returncode == 0


def test_a_reindex_on_the_server_is_taken_up_by_those_who_read(
    server: str, tmp_path: Path, encoder: WordEncoder
) -> None:
    with Store.open(tmp_path, encoder=encoder, vector_index=f"chroma:{server}") as store:
        store.add(article(i) for i in range(10))
        old = store.indexes.dense
        for _ in range(2):
            assert reindex(tmp_path, encoder=encoder, vector_index=f"chroma:{server}").embedded == 0
            assert found(store, word(4))[0] == "a4"
            assert store.indexes.dense is not old
        check(store)
        store.add([article(11)])
        assert found(store, word(11))[0] == "a11"
        kept = store.archive.index_records(VectorBackend(address=server).kind)
        # The one in use, and the one before it until the next reindex.
        assert [record.active for record in kept] == [True, False]


def test_a_store_moves_to_a_server_and_back_without_embedding_again(
    server: str, tmp_path: Path, encoder: WordEncoder
) -> None:
    with Store.open(tmp_path, encoder=encoder) as store:
        store.add(article(i) for i in range(10))
    encoder.texts.clear()
    for url in (server, None, server, None):
        with Store.open(tmp_path, encoder=encoder, vector_index=f"chroma:{url}" if url else "chroma") as store:
            check(store)
            assert found(store, word(7))[0] == "a7"
    assert set(encoder.texts) == {word(7)}  # the questions alone


def test_a_collection_that_the_server_has_lost_is_built_again(
    server: str, tmp_path: Path, encoder: WordEncoder
) -> None:
    with Store.open(tmp_path, encoder=encoder, vector_index=f"chroma:{server}") as store:
        store.add(article(i) for i in range(10))
        store.indexes.dense.delete()
    encoder.texts.clear()
    with Store.open(tmp_path, encoder=encoder, vector_index=f"chroma:{server}") as store:
        check(store)
        assert encoder.texts == []
        assert found(store, word(7))[0] == "a7"


def test_an_owner_of_the_embedded_index_and_readers_on_a_server_do_not_disturb_each_other(
    server: str, tmp_path: Path, encoder: WordEncoder
) -> None:
    with Store.open(tmp_path, encoder=encoder, vector_index=f"chroma:{server}") as store:
        store.add(article(i) for i in range(10))
    said: list[str] = []
    with Store.open(tmp_path, encoder=encoder) as owner:
        with Store.open(tmp_path, encoder=encoder, vector_index=f"chroma:{server}", report=said.append) as reader:
            for _ in range(3):
                assert found(reader, word(7))[0] == found(owner, word(7))[0] == "a7"
            with pytest.raises(StoreLocked):
                reader.add([article(20)])
            owner.add([article(21)])
            assert found(reader, word(21))[0] == found(owner, word(21))[0] == "a21"
        check(owner)
    assert said == []


def test_a_server_that_is_not_there_is_an_error_of_one_line(tmp_path: Path, encoder: WordEncoder) -> None:
    begun = time.monotonic()
    with pytest.raises(IndexUnavailable, match=r"127\.0\.0\.1.*cannot be used.*check the server") as caught:
        Store.open(tmp_path, encoder=encoder, vector_index=f"chroma:http://127.0.0.1:{free_port()}")
    assert "\n" not in str(caught.value)
    assert time.monotonic() - begun < 10


def test_a_server_that_never_answers_is_given_up(
    tmp_path: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vectorstore.indexes.chroma._FIRST_ANSWER", 0.3)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        begun = time.monotonic()
        with pytest.raises(IndexUnavailable, match="timed out"):
            Store.open(tmp_path, encoder=encoder, vector_index=f"chroma:http://127.0.0.1:{silent.getsockname()[1]}")
        assert time.monotonic() - begun < 10


def test_what_is_no_chroma_server_is_named(
    tmp_path: Path, encoder: WordEncoder, scripted_openai: ScriptedOpenAI
) -> None:
    address = scripted_openai.base_url.removesuffix("/v1")
    with pytest.raises(IndexUnavailable, match=r"is no Chroma server \(status 404\); check ASSISTANT_CHROMA_URL"):
        Store.open(tmp_path, encoder=encoder, vector_index=f"chroma:{address}")


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://localhost", "http://", "http://host:port", "nonsense"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(IndexUnavailable, match="is not the address of a Chroma server; use http://HOST:PORT"):
        server_address(url)


def test_addresses_are_read() -> None:
    assert server_address("http://chroma.example") == ("chroma.example", 8000, False)
    assert server_address("https://chroma.example") == ("chroma.example", 443, True)
    assert server_address("http://[::1]:9000/") == ("::1", 9000, False)


def test_what_was_safe_when_the_server_went_away_is_indexed_when_it_is_back(
    tmp_path: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, safe = free_port(), list[str]()
    with chroma_server(tmp_path, port) as address:
        store = Store.open(tmp_path / "store", encoder=encoder, vector_index=f"chroma:{address}")
        store.add(article(i) for i in range(5))
    with pytest.raises(IndexUnavailable, match="cannot be used"):
        store.add((article(i) for i in range(5, 10)), on_article=lambda item, _: safe.append(item.id))
    assert found(store, f"the {word(7)}")[0] == "a7"  # so few passages are compared without asking the server
    monkeypatch.setattr(candidates, "_EXACT", 0)
    with pytest.raises(IndexUnavailable, match="cannot be used"):
        store.search("who came to town")
    assert safe == [f"a{i}" for i in range(5, 10)]
    store.close()
    encoder.texts.clear()
    with (
        chroma_server(tmp_path, port) as address,
        Store.open(tmp_path / "store", encoder=encoder, vector_index=f"chroma:{address}") as store,
    ):
        check(store)
        assert encoder.texts == []
        for i in range(10):
            assert found(store, f"the {word(i)}")[0] == f"a{i}"
