"""The archive: one transaction or none, one state for a reader, and files that are not what they should be."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import event, func, select
from stores import WordEncoder, article

from ingest.article import Article
from vectorstore.archive import queries as reading
from vectorstore.archive.catalogue import read_catalogue
from vectorstore.archive.database import Archive
from vectorstore.archive.documents import Outcome
from vectorstore.archive.prepared import Prepared, prepare
from vectorstore.archive.schema import VERSION, articles, chunks, embeddings
from vectorstore.errors import StoreUnreadable

ENCODER = WordEncoder()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = Archive.open(tmp_path / "archive.sqlite")
    yield archive
    archive.close()


def write(archive: Archive, *given: Article, encoder: WordEncoder = ENCODER) -> list[Outcome]:
    prepared = [prepare(item) for item in given]
    return archive.write(prepared, encoder.fingerprint, vectors(prepared, encoder))


def vectors(prepared: Sequence[Prepared], encoder: WordEncoder = ENCODER) -> dict[bytes, np.ndarray]:
    inputs = {key: text for item in prepared for key, text in zip(item.digests, item.inputs, strict=True)}
    return dict(zip(inputs, encoder.encode(list(inputs.values())), strict=True))


def count(archive: Archive) -> tuple[int, int, int]:
    with archive.engine.connect() as connection:
        tables = (articles, chunks, embeddings)
        return tuple(connection.scalar(select(func.count()).select_from(table)) for table in tables)  # type: ignore[return-value]


def test_what_is_written_is_read_back_as_it_was(archive: Archive) -> None:
    given = article(
        1, url="https://wire.example/1", authors=["Ada Lorne", "Ben Ostrow"], published="2015-05-12T23:30:00+03:00"
    )
    assert write(archive, given) == [Outcome.ADDED]
    back = reading.article(archive, "a1")
    assert back == given
    assert back is not None
    assert back.fingerprint == given.fingerprint
    assert archive.classify(given) is Outcome.UNCHANGED


def test_chunks_partition_the_text_of_every_sample_article(archive: Archive, sample_articles: list[Article]) -> None:
    write(archive, *sample_articles)
    for given in sample_articles:
        parts = reading.passages_of(archive, given.id)
        assert "".join(part.text for part in parts) == given.text
        for part in parts:
            assert part.span.of(given.text) == part.text
            assert part.sentences
            assert all(part.span.contains(sentence) for sentence in part.sentences)


def test_offsets_count_code_points_beyond_the_basic_plane_and_through_combining_marks(archive: Archive) -> None:
    words = "😀 has e\u0301 and 𝔊𝔬𝔱𝔥𝔦𝔠 and \u0939\u093f\u0928\u094d\u0926\u0940 in it."
    text = " ".join(f"Sentence {i} {words}" for i in range(60))
    given = article(1, text=text)
    write(archive, given)
    parts = reading.passages_of(archive, "a1")
    assert len(parts) > 2
    assert all(given.text[part.span.start : part.span.end] == part.text for part in parts)


def test_a_write_that_fails_leaves_nothing_behind(archive: Archive) -> None:
    write(archive, article(1))
    before = count(archive), archive.head()
    good, bad = prepare(article(2)), prepare(article(3))
    broken = Prepared(article=bad.article, chunks=bad.chunks, inputs=bad.inputs[:-1])  # a chunk without its input
    with pytest.raises(ValueError, match="shorter"):
        archive.write([good, broken], ENCODER.fingerprint, vectors([good, bad]))
    assert (count(archive), archive.head()) == before


def test_a_reader_sees_one_state_from_its_first_statement_to_its_last(archive: Archive) -> None:
    write(archive, article(1))
    with archive.engine.connect() as connection:
        first = connection.scalar(select(func.count()).select_from(articles))
        write(archive, article(2))
        assert connection.scalar(select(func.count()).select_from(articles)) == first == 1
    assert reading.counts(archive)[0] == 2


def test_a_writer_that_reads_first_waits_for_another_process_instead_of_failing(archive: Archive) -> None:
    other = Archive.open(archive.path)
    with archive.writing() as connection:
        assert connection.scalar(select(func.count()).select_from(articles)) == 0
        with other.engine.connect() as reader:
            assert reader.scalar(select(func.count()).select_from(articles)) == 0
        raw = sqlite3.connect(archive.path, timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            raw.execute("BEGIN IMMEDIATE")
        raw.close()
    assert write(other, article(1)) == [Outcome.ADDED]
    other.close()


def test_vectors_are_found_by_their_digest_and_never_by_reading_them_all(archive: Archive) -> None:
    write(archive, *(article(i) for i in range(5)))
    statements: list[tuple[str, object]] = []
    event.listen(archive.engine, "before_cursor_execute", lambda *a: statements.append((a[2], a[3])))
    rows, matrix = reading.vectors(archive, ENCODER.fingerprint, [3, 1, 2])
    assert rows.tolist() == [1, 2, 3]
    assert matrix.shape == (3, ENCODER.dimension)
    [(query, values)] = [each for each in statements if "embeddings" in each[0]]
    raw = sqlite3.connect(archive.path)
    plan = [line[3] for line in raw.execute(f"EXPLAIN QUERY PLAN {query}", values)]  # type: ignore[arg-type]
    raw.close()
    [lookup] = [step for step in plan if "embeddings" in step]
    assert "digest=? AND encoder=?" in lookup


def test_a_vector_is_kept_while_any_chunk_uses_it_and_no_longer(archive: Archive) -> None:
    shared = article(1).text
    write(archive, article(1))
    used = count(archive)[2]
    write(archive, article(2, text=f"{shared} And more.", title="Report 1"))
    archive.remove("a1")
    assert count(archive)[1] == count(archive)[2] == used
    archive.remove("a2")
    assert count(archive) == (0, 0, 0)


def test_vectors_of_an_article_that_turns_out_to_be_there_already_are_not_kept(archive: Archive) -> None:
    twin = article(2, text=article(1).text)
    assert write(archive, article(1), twin) == [Outcome.ADDED, Outcome.ANOTHER_ORIGIN]
    assert count(archive)[1] == count(archive)[2]


def test_the_text_that_loses_its_first_origin_takes_the_metadata_of_the_next(archive: Archive) -> None:
    text = article(1).text
    write(archive, article(1, authors=["Ada Lorne"], published="2015-05-12"))
    heir = article(2, text=text, authors=["Ben Ostrow"], source="Harbour Post", published="2015-05-13T01:00:00+02:00")
    write(archive, heir)
    assert write(archive, article(1, text="Quite another text.")) == [Outcome.CHANGED]
    assert reading.article(archive, "a2") == heir
    assert read_catalogue(archive).days.tolist()[0] == heir.day.toordinal()  # type: ignore[union-attr]
    assert reading.origins_of(archive, "a2") == ["2.txt"]


def test_every_document_of_a_text_leads_to_it(archive: Archive) -> None:
    write(archive, article(1), article(2, text=article(1).text))
    assert reading.text(archive, "a1") == reading.text(archive, "a2") == article(1).text
    assert reading.passages_of(archive, "a2") == reading.passages_of(archive, "a1") != []
    assert reading.origins_of(archive, "a1") == ["1.txt", "2.txt"]
    assert [(line.id, line.origins) for line in reading.summaries(archive)] == [("a1", ("1.txt", "2.txt"))]


def test_chunks_that_another_encoder_has_not_embedded_come_once_a_digest(archive: Archive) -> None:
    write(archive, article(1), article(2), article(3, text=f"{article(1).text} Postscript.", title="Report 1"))
    other = WordEncoder("others")
    parts = list(reading.chunks_without_vector(archive, other.fingerprint, 2))
    digests = [key for part in parts for key, _, _ in part]
    assert len(digests) == len(set(digests)) == count(archive)[2]
    assert all(len(part) <= 2 for part in parts)
    assert list(reading.chunks_without_vector(archive, ENCODER.fingerprint, 2)) == []


@pytest.mark.parametrize("name", ["a?b", "50%20 off", "#1", "Zürich 日本", 'it\'s "quoted"', "file:x"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    archive = Archive.open(folder / "archive.sqlite")
    write(archive, article(1))
    archive.close()
    assert (folder / "archive.sqlite").is_file()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def refused(path: Path) -> str:
    with pytest.raises(StoreUnreadable) as caught:
        Archive.open(path)
    message = str(caught.value)
    assert "\n" not in message
    assert caught.value.remedy
    return message


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "archive.sqlite"
    path.write_bytes(content)
    assert str(path) in refused(path)
    assert path.read_bytes() == content


def test_the_database_of_another_program_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE bookmarks (url TEXT)")
    raw.close()
    assert "not the archive of a store" in refused(path)
    raw = sqlite3.connect(path)
    assert raw.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]
    raw.close()


def set_version(path: Path, version: int, *statements: str) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE meta SET value = ? WHERE key = 'version'", (str(version),))
        for statement in statements:
            raw.execute(statement)
    raw.close()


def test_an_archive_of_a_newer_version_is_refused(archive: Archive) -> None:
    archive.close()
    set_version(archive.path, VERSION + 1)
    assert "newer version; upgrade news-assistant" in refused(archive.path)


def test_an_archive_of_the_first_version_is_brought_up_to_date(archive: Archive) -> None:
    write(archive, article(1, authors=["Ada Lorne"]), article(2, text=article(1).text))
    archive.close()
    set_version(
        archive.path,
        1,
        "ALTER TABLE origins DROP COLUMN authors",
        "CREATE TABLE old (encoder VARCHAR, digest BLOB, vector BLOB, PRIMARY KEY (encoder, digest)) WITHOUT ROWID",
        "INSERT INTO old SELECT encoder, digest, vector FROM embeddings",
        "DROP TABLE embeddings",
        "ALTER TABLE old RENAME TO embeddings",
    )
    for _ in range(2):
        again = Archive.open(archive.path)
        write(again, article(3, authors=["Cy Tam"]))
        again.remove("a3")
        write(again, article(1, text="Quite another text."))
        kept = reading.article(again, "a2")
        assert kept is not None
        assert kept.authors == ("Ada Lorne",)
        rows = reading.chunk_rows_of(again, reading.article_rows(again))
        assert reading.vectors(again, ENCODER.fingerprint, rows)[0].tolist() == rows
        again.close()


def test_a_page_that_is_damaged_later_on_is_an_error_of_one_line(archive: Archive) -> None:
    write(archive, *(article(i) for i in range(40)))
    archive.close()
    content = bytearray(archive.path.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    archive.path.write_bytes(content)
    with pytest.raises(StoreUnreadable, match="cannot be used") as caught:
        list(reading.summaries(Archive.open(archive.path)))
    assert "\n" not in str(caught.value)
