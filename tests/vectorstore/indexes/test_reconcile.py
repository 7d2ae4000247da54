"""Opening a store whose indexes are not as the archive is: they are made so, from stored vectors."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from stores import WordEncoder, article, check, found, word

from vectorstore.archive import queries as reading
from vectorstore.archive.database import Archive
from vectorstore.archive.prepared import prepare
from vectorstore.errors import IndexUnavailable, StoreError, StoreUnreadable
from vectorstore.indexes.base import TextArticle, VectorBackend
from vectorstore.indexes.bm25 import LexicalIndex
from vectorstore.indexes.following import LEXICAL
from vectorstore.store import Store

DENSE = VectorBackend().kind

#: Above the thousand rows after which Chroma writes its graph to the disk.
ARTICLES, CHUNKS = 60, 20


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store, large enough for Chroma to have written all of its files."""
    folder = tmp_path_factory.mktemp("built") / "store"
    with Store.open(folder, encoder=WordEncoder()) as store:
        store.add(article(i, sentences=18 * CHUNKS) for i in range(ARTICLES))
        assert store.counts()[1] > 1000
    return folder


@pytest.fixture
def path(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "store")
    return tmp_path / "store"


def folder(path: Path, kind: str) -> Path:
    """Where the store keeps its index of that kind."""
    [name] = [child for child in (path / "indexes").iterdir() if child.name.startswith(f"{kind}-")]
    return name


def dense_file(path: Path, name: str) -> Path:
    [file] = folder(path, DENSE).rglob(name)
    return file


def opened_whole(path: Path, *, rebuilt: bool = True) -> None:
    """Open the store; assert that all is there, nothing twice, nothing embedded again."""
    encoder, said = WordEncoder(), list[str]()
    with Store.open(path, encoder=encoder, report=said.append) as store:
        assert encoder.texts == []
        assert bool(said) == rebuilt, said
        assert all("\n" not in line for line in said)
        check(store)
        for i in range(0, ARTICLES, 7):
            assert found(store, f"Who was the {word(i)} that came to town?")[0] == f"a{i}"
        rows, vectors = reading.vectors(store.archive, encoder.fingerprint, range(1, 1000, 90))
        for row, vector in zip(rows, vectors, strict=True):
            nearest, cosines = store.indexes.dense.query(vector, 1)
            assert (nearest[0], cosines[0]) == (row, pytest.approx(1, abs=1e-5))
        store.add([article(ARTICLES + 1)])
        assert found(store, word(ARTICLES + 1))[0] == f"a{ARTICLES + 1}"
        names = {record.name for record in store.archive.index_records()}
        assert {child.name for child in (path / "indexes").iterdir()} == names
        assert len(names) == 2
    with Store.open(path, encoder=encoder, report=lambda line: pytest.fail(f"again: {line}")) as store:
        store.search("who came to town")


def test_a_store_that_was_closed_is_opened_as_it_is(path: Path) -> None:
    opened_whole(path, rebuilt=False)


def test_a_small_store_is_never_built_again_however_often_it_is_opened_and_added_to(tmp_path: Path) -> None:
    """Below its first thousand rows Chroma writes a graph file of whatever stood in memory, anew at each opening."""
    encoder = WordEncoder()
    for i in range(24):
        with Store.open(tmp_path / "store", encoder=encoder, report=lambda line: pytest.fail(line)) as store:
            store.search("who came to town")
            if i % 3 == 0:
                store.add([article(i)])


def garbage(file: Path) -> None:
    file.write_bytes(os.urandom(file.stat().st_size))


def zeros(file: Path) -> None:
    file.write_bytes(b"\0" * file.stat().st_size)


def truncate(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def scratch(file: Path) -> None:
    """Damage a few bytes in the middle."""
    with open(file, "r+b") as opened:
        opened.seek(file.stat().st_size // 2)
        opened.write(b"\xa5" * 64)


GRAPH = ("data_level0.bin", "header.bin", "link_lists.bin", "index_metadata.pickle")


# Several of these end the process with a segmentation fault where Chroma is let open them.
@pytest.mark.parametrize(
    ("name", "damage"),
    [
        *((name, garbage) for name in GRAPH),
        ("data_level0.bin", scratch),
        ("header.bin", truncate),
        ("link_lists.bin", zeros),
        ("index_metadata.pickle", Path.unlink),
    ],
)
def test_a_damaged_file_of_chromas_graph_is_noticed_before_chroma_reads_it(
    path: Path, name: str, damage: Callable[[Path], None]
) -> None:
    damage(dense_file(path, name))
    opened_whole(path)


def break_page(file: Path) -> None:
    """Damage the head of a page that is in use."""
    with closing(sqlite3.connect(file)) as raw:
        [page] = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'embeddings'").fetchone()
    with open(file, "r+b") as opened:
        opened.seek(4096 * (page - 1))
        opened.write(b"\xa5" * 64)


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("chroma.sqlite3", garbage),
        ("chroma.sqlite3", break_page),
        ("chroma.sqlite3", Path.unlink),
        ("seal.json", garbage),
        ("seal.json", Path.unlink),
    ],
)
def test_chromas_damaged_database_or_seal_is_noticed(path: Path, name: str, damage: Callable[[Path], None]) -> None:
    damage(dense_file(path, name))
    opened_whole(path)


@pytest.mark.parametrize("name", ["indexes", DENSE, LEXICAL])
def test_a_missing_index_folder_is_built_again(path: Path, name: str) -> None:
    shutil.rmtree(path / name if name == "indexes" else folder(path, name))
    opened_whole(path)


@pytest.mark.parametrize(
    ("suffix", "damage"), [("idx", garbage), ("term", truncate), ("fast", zeros), ("json", Path.unlink)]
)
def test_a_damaged_lexical_index_is_built_again(path: Path, suffix: str, damage: Callable[[Path], None]) -> None:
    for file in folder(path, LEXICAL).glob(f"[!.]*.{suffix}"):
        damage(file)
    opened_whole(path)


def set_dirty(path: Path) -> None:
    with closing(sqlite3.connect(path / "archive.sqlite", isolation_level=None)) as raw:
        raw.execute("UPDATE indexes SET dirty = 1 WHERE kind = 'dense'")


def test_a_vector_index_that_was_cut_off_is_built_again_and_its_folder_cleared_away(path: Path) -> None:
    before = folder(path, DENSE)
    set_dirty(path)
    opened_whole(path)
    assert not before.exists()


@pytest.mark.parametrize("kind", [DENSE, LEXICAL])
def test_rows_that_an_index_has_lost_come_back(path: Path, kind: str) -> None:
    with Store.open(path, encoder=WordEncoder()) as store:
        if kind == DENSE:
            store.indexes.dense.remove([7, 8, 9])
            store.indexes.dense.seal(store.archive.head())
        else:
            store.indexes.lexical.apply(remove_articles=[7], add=())
    opened_whole(path)


@pytest.mark.parametrize("kind", [DENSE, LEXICAL])
def test_rows_that_an_index_has_beside_the_archive_go(path: Path, kind: str) -> None:
    encoder = WordEncoder()
    with Store.open(path, encoder=encoder) as store:
        if kind == DENSE:
            store.indexes.dense.put([900_000], encoder.encode(["a stray"]))
            store.indexes.dense.seal(store.archive.head())
    if kind == LEXICAL:
        with LexicalIndex.open(folder(path, LEXICAL)) as index:
            stray = next(reading.articles_for_index(_archive(path), [3]))
            copy = TextArticle(key=900_000, title="", source="", day=None, passages=stray.passages)
            index.apply(remove_articles=(), add=[copy])
    opened_whole(path)


def _archive(path: Path) -> Archive:
    return Archive.open(path / "archive.sqlite")


def test_indexes_that_are_behind_catch_up_without_being_built_again(path: Path) -> None:
    archive, encoder = _archive(path), WordEncoder()
    for item in (article(100), article(3, text=f"The {word(200)} left.")):
        ready = prepare(item)
        archive.write([ready], encoder.fingerprint, dict(zip(ready.digests, encoder.encode(ready.inputs), strict=True)))
    archive.remove("a5")
    archive.close()
    before = folder(path, DENSE), folder(path, LEXICAL)
    encoder = WordEncoder()
    with Store.open(path, encoder=encoder) as store:
        check(store)
        assert encoder.texts == []
        assert found(store, word(100))[0] == "a100"
        assert found(store, word(200))[0] == "a3"
        assert "a5" not in found(store, word(5), limit=100)
    assert before == (folder(path, DENSE), folder(path, LEXICAL))


def test_an_archive_that_was_restored_from_a_backup_gets_indexes_of_its_own_state(path: Path, tmp_path: Path) -> None:
    backup = shutil.copy(path / "archive.sqlite", tmp_path / "backup.sqlite")
    encoder = WordEncoder()
    with Store.open(path, encoder=encoder) as store:
        chunks = store.counts()[1]
        store.add([article(4, sentences=18 * CHUNKS, title="Report 4, changed")])
        assert store.counts()[1] == chunks  # as many rows as before, and other ones
    for name in ("archive.sqlite-wal", "archive.sqlite-shm"):
        (path / name).unlink(missing_ok=True)
    shutil.copy(backup, path / "archive.sqlite")
    opened_whole(path)


def test_a_vector_that_the_archive_has_lost_is_made_again(path: Path) -> None:
    with closing(sqlite3.connect(path / "archive.sqlite", isolation_level=None)) as raw:
        raw.execute("DELETE FROM embeddings WHERE digest IN (SELECT digest FROM chunks WHERE row IN (3, 50))")
    set_dirty(path)
    encoder = WordEncoder()
    with Store.open(path, encoder=encoder) as store:
        assert len(encoder.texts) == 2
        check(store)


def test_a_damaged_archive_is_an_error_of_one_line_and_its_indexes_stay(path: Path) -> None:
    garbage(path / "archive.sqlite")
    with pytest.raises(StoreUnreadable, match=r"archive.sqlite.*restore a backup") as caught:
        Store.open(path, encoder=WordEncoder())
    assert "\n" not in str(caught.value)
    assert folder(path, DENSE).is_dir()


def test_what_earlier_runs_left_in_the_index_folder_is_cleared_away(path: Path) -> None:
    (path / "indexes" / "dense-0-0").mkdir()
    (path / "indexes" / "dense-0-0" / "chroma.sqlite3").write_bytes(b"half")
    opened_whole(path, rebuilt=False)


def test_an_encoder_of_another_make_under_the_same_name_asks_for_a_reindex(path: Path) -> None:
    other = WordEncoder()
    other.fingerprint = "words/2"
    with pytest.raises(StoreError, match=r"embedded with words/1\|cosine, not with words/2.*run: assistant reindex"):
        Store.open(path, encoder=other)
    opened_whole(path, rebuilt=False)


def test_a_store_is_empty_after_its_archive_was_deleted(path: Path) -> None:
    for file in path.glob("archive.sqlite*"):
        file.unlink()
    with Store.open(path, encoder=WordEncoder()) as store:
        assert store.counts() == (0, 0)
        check(store)
        assert store.search("who came to town") == []


def test_a_lexical_index_that_takes_no_more_changes_is_built_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    with Store.open(tmp_path / "store", encoder=WordEncoder(), report=said.append) as store:
        store.add([article(1)])
        stuck = store.indexes.lexical

        def refuse(**_: object) -> None:
            raise IndexUnavailable("a file stands in the way of the lexical index", remedy="none")

        monkeypatch.setattr(stuck, "apply", refuse)
        store.add([article(2)])
        assert store.indexes.lexical is not stuck
        assert "a file stands in the way of the lexical index; building it from the archive" in said
        check(store)
        assert found(store, word(2))[0] == "a2"
    with Store.open(tmp_path / "store", encoder=WordEncoder()) as store:
        check(store)
