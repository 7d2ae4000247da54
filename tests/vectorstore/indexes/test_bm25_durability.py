"""The lexical index keeps what it was given, whatever happens to processes, threads and full disks."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from paths import ROOT

from vectorstore.errors import IndexUnavailable, StoreLocked
from vectorstore.indexes.base import TextArticle
from vectorstore.indexes.bm25 import LexicalIndex


def article(key: int, *passages: str) -> TextArticle:
    chunks = tuple((key * 100 + number, text) for number, text in enumerate(passages))
    return TextArticle(key=key, title=f"Number {key}", source="Meridian Wire", day=735730, passages=chunks)


def put(index: LexicalIndex, *articles: TextArticle) -> None:
    index.apply(remove_articles=(), add=articles)


def chunks(index: LexicalIndex, query: str) -> set[int]:
    return {chunk for chunk, _, _ in index.search_passages(query, 1000)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "lexical"


@pytest.fixture
def index(path: Path) -> Iterator[LexicalIndex]:
    with LexicalIndex.open(path) as opened:
        yield opened


# -- change -----------------------------------------------------------------------------------------------------------


def test_what_was_added_is_there_after_reopening(path: Path) -> None:
    with LexicalIndex.open(path) as index:
        assert (index.article_count, index.passage_count, index.article_keys()) == (0, 0, set())
        put(index, article(1, "A storm.", "A calm."), article(2, "A storm."))
        before = index.search_passages("storm", 5)
    with LexicalIndex.open(path) as again:
        assert again.search_passages("storm", 5) == before
        assert (again.article_count, again.passage_count, again.article_keys()) == (2, 3, {1, 2})


def test_adding_an_article_again_replaces_it(index: LexicalIndex) -> None:
    put(index, article(1, "A storm.", "A harbour."), article(2, "A storm."))
    put(index, article(1, "A drought."), article(3, "first"), article(3, "second"))
    assert chunks(index, "storm harbour") == {200}
    assert chunks(index, "drought") == {100}
    assert chunks(index, "first second") == {300}
    assert [key for key, _ in index.search_articles("harbour", 5)] == []
    assert (index.article_count, index.passage_count) == (3, 3)


def test_removing_takes_passages_and_article_away_and_the_unknown_does_no_harm(index: LexicalIndex) -> None:
    put(index, article(1, "A storm."), article(2, "A storm.", "Rain."))
    index.apply(remove_articles=[2, 77], add=[article(3, "Hail.")])
    assert chunks(index, "storm rain hail") == {100, 300}
    assert [key for key, _ in index.search_articles("storm rain", 5)] == [1]
    assert index.article_keys() == {1, 3}


def test_an_error_in_the_middle_leaves_all_as_it_was(index: LexicalIndex) -> None:
    put(index, article(1, "A storm."))

    def broken() -> Iterator[TextArticle]:
        yield article(2, "A flood.")
        raise ValueError("the archive's row is unreadable")

    with pytest.raises(ValueError, match="row is unreadable"):
        index.apply(remove_articles=[1], add=broken())
    put(index, article(3, "Hail."))
    assert index.article_keys() == {1, 3}
    assert chunks(index, "storm flood hail") == {100, 300}


def test_many_small_changes_are_merged_and_do_not_fill_the_disk(path: Path) -> None:
    with LexicalIndex.open(path) as index:
        for key in range(1, 31):
            put(index, article(key % 10 + 1, f"A storm of the year {key}."))
        assert index.article_count == 10
    assert len(list(path.glob("*.store"))) < 15
    with LexicalIndex.open(path) as again:
        assert chunks(again, "storm") == {key * 100 for key in range(1, 11)}


def test_closing_twice_and_writing_after_closing_are_fine(index: LexicalIndex) -> None:
    put(index, article(1, "A storm."))
    index.close()
    index.close()
    put(index, article(2, "A storm."))
    assert chunks(index, "storm") == {100, 200}


# -- processes and threads --------------------------------------------------------------------------------------------


def python(code: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


HOLD = """
import sys
from pathlib import Path
from vectorstore.indexes.base import TextArticle
from vectorstore.indexes.bm25 import LexicalIndex
index = LexicalIndex.open(Path(sys.argv[1]))
add = [TextArticle(key=9, title="", source="", day=None, passages=((900, "A storm."),))]
index.apply(remove_articles=(), add=add)
print("written", flush=True)
sys.stdin.read() if len(sys.argv) < 3 else index.close()
"""


def test_a_second_writer_is_told_and_a_reader_is_let_in(path: Path, index: LexicalIndex) -> None:
    put(index, article(1, "A storm."))
    index.close()  # only the first apply after this takes the lock again
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "written\n"
    reader = LexicalIndex.open(path)
    assert chunks(reader, "storm") == {100, 900}
    with pytest.raises(StoreLocked, match=r"is being written by another.*; stop the other process") as caught:
        put(reader, article(2, "A storm."))
    assert "\n" not in str(caught.value)
    holder.kill()
    holder.communicate()
    put(reader, article(2, "A storm."))
    assert chunks(reader, "storm") == {100, 200, 900}
    reader.close()


WRITE = """
import sys
from pathlib import Path
from vectorstore.indexes.base import TextArticle
from vectorstore.indexes.bm25 import LexicalIndex
index = LexicalIndex.open(Path(sys.argv[1]))
first = int(sys.argv[2])
for batch in range(first, first + 10_000, 3):
    texts = {key: [f"storm {key} {n} " + "harbour council " * 30 for n in range(4)] for key in range(batch, batch + 3)}
    passages = {key: tuple((key * 100 + n, text) for n, text in enumerate(texts[key])) for key in texts}
    add = [TextArticle(key=k, title=f"storm {k}", source="", day=None, passages=passages[k]) for k in passages]
    index.apply(remove_articles=[batch - 3], add=add)
    print(batch, flush=True)
"""


def test_killing_the_writer_at_any_moment_loses_nothing_that_was_acknowledged(path: Path) -> None:
    rng = random.Random(5)
    for number in range(1, 7):
        first = number * 100_000
        writer = python(WRITE, path, first)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(rng.uniform(0.0, 0.25))
        writer.kill()
        acknowledged = [first, *(int(line) for line in writer.stdout if line.endswith("\n"))]
        writer.communicate()
        with LexicalIndex.open(path) as index:
            keys = {key for key in index.article_keys() if key >= first}
            last = max(acknowledged)
            # The last acknowledged batch, or the one that was committed before it could be acknowledged.
            assert max(keys) - 2 in (last, last + 3)
            removed = set(range(first, max(keys) - 2, 3))
            assert keys == set(range(first, max(keys) + 1)) - removed
            assert {chunk // 100 for chunk in chunks(index, f"{max(keys)}")} == {max(keys)}
            hits = {article for _, article, _ in index.search_passages("storm", 100_000)}
            assert hits == index.article_keys() == {key for key, _ in index.search_articles("storm", 100_000)}
            assert index.passage_count == 4 * index.article_count


FILL = """
import resource, sys
from pathlib import Path
from vectorstore.errors import IndexUnavailable
from vectorstore.indexes.base import TextArticle
from vectorstore.indexes.bm25 import LexicalIndex

def article(key, passages):
    texts = (" ".join(f"w{key * 7919 * n % 99991}" for n in range(200)) for _ in range(passages))
    passages = tuple((key * 100 + n, text) for n, text in enumerate(texts))
    return TextArticle(key=key, title="", source="", day=None, passages=passages)

path = Path(sys.argv[1])
index = LexicalIndex.open(path)
index.apply(remove_articles=(), add=[article(1, 1)])
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, resource.RLIM_INFINITY))  # no file may grow beyond this
for _ in range(2):
    try:
        index.apply(remove_articles=[1], add=[article(key, 40) for key in range(2, 90)])
    except IndexUnavailable as error:
        print(error)
    print(index.article_keys(), len(list(path.glob("*.store"))))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
index.apply(remove_articles=(), add=[article(2, 1)])
print(index.article_keys())
"""


def test_a_disk_without_room_costs_the_call_and_nothing_else(path: Path) -> None:
    writer = python(FILL, path)
    lines = writer.communicate()[0].splitlines()
    assert [line for line in lines if line.startswith("{")] == ["{1} 1", "{1} 1", "{1, 2}"]
    assert ["free disk space" in line for line in lines if not line.startswith("{")] == [True, True]


def test_threads_search_while_one_writes(index: LexicalIndex) -> None:
    put(index, article(1, "A storm over the harbour."))
    stop = threading.Event()
    wrong: list[object] = []

    def search() -> None:
        while not stop.is_set():
            try:
                hits = index.search_passages("storm harbour", 1000)
                keys = {key for key, _ in index.search_articles("storm harbour", 1000)}
            except IndexUnavailable as error:
                wrong.append(error)
                return
            if 1 not in keys or any(chunk // 100 != key for chunk, key, _ in hits):
                wrong.append(hits)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for key in range(2, 15):
        put(index, article(key, f"Storm {key}.", "A harbour."))
        index.apply(remove_articles=[key - 1] if key > 2 else [], add=())
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert index.article_keys() == {1, 14}
