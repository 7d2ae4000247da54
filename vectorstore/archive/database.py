"""The durable record: articles, chunks and embeddings in one SQLite file; every index follows it.

Invariants:

* An article, its chunks, their embeddings, who says what in it, which articles it is a copy or a version of, and the
  line in ``changes`` commit in one transaction, or not at all.
* ``text(article_id)[chunk.start:chunk.end]`` is the chunk, and the chunks of an article partition its text.
* What :meth:`Archive.write` has returned from survives a killed process and a lost power supply (WAL and
  synchronous=FULL).
* A connection sees one state of the archive from its first statement to its end, whatever others write meanwhile.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    delete,
    event,
    exc,
    func,
    insert,
    inspect,
    select,
    update,
)

from ingest.article import Article
from vectorstore.archive import schema
from vectorstore.archive.documents import (
    Outcome,
    classify,
    delete_article,
    insert_vectors,
    parts,
    purge_vectors,
    write_document,
)
from vectorstore.archive.prepared import Prepared
from vectorstore.archive.schema import changes, embeddings, indexes, meta, origins
from vectorstore.errors import StoreUnreadable

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRecord:
    """What the archive knows of one index that follows it."""

    name: str
    kind: str
    fingerprint: str
    encoder: str
    watermark: int
    dirty: bool
    active: bool


class Archive:
    """The SQLite file of one store. Safe to share between threads; several processes may read, one writes at a time."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self.engine = engine
        self.path = path
        # A transaction that will write takes SQLite's write lock first: one that read before could not wait for it.
        self._writer = engine.execution_options(writes=True)
        self._watching = threading.Lock()
        self._watch: sqlite3.Connection | None = None
        self._readers: deque[sqlite3.Connection] = deque()  # those that no thread is reading with

    @classmethod
    def open(cls, path: Path) -> Archive:
        """Open or create the archive at ``path``.

        Raises:
            StoreUnreadable: where the file is damaged, no archive, or of a newer version.
        """
        url = URL.create("sqlite", database=str(path))
        engine = create_engine(url, connect_args={"timeout": 60, "check_same_thread": False})
        event.listen(engine, "connect", _configure)
        event.listen(engine, "begin", _begin)
        archive = cls(engine, path)
        try:
            with archive.reading_errors(), archive.writing() as connection:
                _prepare_tables(connection, path)
        except BaseException:
            engine.dispose()
            raise
        return archive

    def close(self) -> None:
        """Release every connection; the write-ahead log is folded into the file."""
        with self._watching:
            if self._watch is not None:
                self._watch.close()
                self._watch = None
        while self._readers:
            self._readers.pop().close()
        self.engine.dispose()

    @contextmanager
    def reading_errors(self) -> Iterator[None]:
        """Turn SQLite's errors into :class:`StoreUnreadable`."""
        try:
            yield
        except (exc.DatabaseError, sqlite3.DatabaseError) as error:
            cause = error.orig if isinstance(error, exc.DatabaseError) and error.orig is not None else error
            raise StoreUnreadable(
                f"the archive {self.path} cannot be used ({cause})",
                remedy="check the disk, restore a backup of that file, or name another store with --store",
            ) from error

    def rows(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """What one SELECT finds, all of it of one state of the archive: for the statements that every search makes,
        which take SQLAlchemy several times as long as they take SQLite.
        """
        with self.reading_errors():
            try:
                reader = self._readers.pop()
            except IndexError:
                reader = sqlite3.connect(self.path, timeout=60, check_same_thread=False, isolation_level=None)
            try:
                return reader.execute(statement, parameters).fetchall()
            finally:
                self._readers.append(reader)

    # -- writing ------------------------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: committed at the end, rolled back where an error comes up."""
        with self.reading_errors(), self._writer.begin() as connection:
            yield connection

    def classify(self, article: Article) -> Outcome:
        """What writing ``article`` would come to, as things stand."""
        with self.reading_errors(), self.engine.connect() as connection:
            return classify(connection, article)[0]

    def is_new(self, article: Article) -> bool:
        """Whether writing ``article`` would change anything, as things stand."""
        return self.classify(article) is not Outcome.UNCHANGED

    def missing_embeddings(self, encoder: str, digests: Iterable[bytes]) -> set[bytes]:
        """Those of ``digests`` for which this encoder has no vector yet."""
        wanted = set(digests)
        with self.reading_errors(), self.engine.connect() as connection:
            for part in parts(sorted(wanted)):
                found = select(embeddings.c.digest).where(
                    embeddings.c.encoder == encoder, embeddings.c.digest.in_(part)
                )
                wanted.difference_update(connection.scalars(found))
        return wanted

    def write(
        self, prepared: Sequence[Prepared], encoder: str, vectors: Mapping[bytes, npt.NDArray[np.float32]]
    ) -> list[Outcome]:
        """Commit articles with their chunks and embeddings, all or none.

        Args:
            vectors: a unit vector for every digest of ``prepared`` that has none yet.

        Returns:
            One outcome an article.
        """
        with self.writing() as connection:
            insert_vectors(connection, encoder, vectors)
            released = set(vectors)  # of these, too, some may be of no use: a text that turns out to be there already
            outcomes = [write_document(connection, item, released) for item in prepared]
            # Last, because a changed article's new chunks may use vectors of its old ones.
            purge_vectors(connection, released)
            return outcomes

    def write_vectors(self, encoder: str, vectors: Mapping[bytes, npt.NDArray[np.float32]]) -> None:
        """Commit vectors by themselves; one that is there already stays."""
        with self.writing() as connection:
            insert_vectors(connection, encoder, vectors)

    def remove(self, article_id: str) -> bool:
        """Remove an article with all its origins; whether there was one."""
        with self.writing() as connection:
            row = connection.scalar(select(origins.c.article_row).where(origins.c.id == article_id))
            if row is not None:
                purge_vectors(connection, delete_article(connection, row))
            return row is not None

    # -- the indexes that follow --------------------------------------------------------------------------------

    def version(self) -> int:
        """Another number whenever anything was committed, by this process or another; some microseconds.

        Source: SQLite's ``PRAGMA data_version``, which counts the commits of other connections: this one commits none.
        """
        with self.reading_errors(), self._watching:
            if self._watch is None:
                self._watch = sqlite3.connect(self.path, check_same_thread=False, isolation_level=None)
            return int(self._watch.execute("PRAGMA data_version").fetchone()[0])

    def head(self) -> int:
        """The number of the last change."""
        with self.reading_errors(), self.engine.connect() as connection:
            return connection.scalar(select(func.max(changes.c.seq))) or 0

    def changes_after(self, watermark: int) -> tuple[dict[int, tuple[int, int]], list[int], int]:
        """What an index at ``watermark`` has to do.

        Returns:
            the articles to take out (row: first and last chunk row), those to put in (rows, in order), and the head.
            An article changed twice is in both: out first, then in.
        """
        with self.reading_errors(), self.engine.connect() as connection:
            lines = connection.execute(select(changes).where(changes.c.seq > watermark).order_by(changes.c.seq)).all()
        out: dict[int, tuple[int, int]] = {}
        into: dict[int, None] = {}
        for line in lines:
            out[line.article_row] = (line.first_chunk, line.last_chunk)
            if line.removed:
                into.pop(line.article_row, None)
            else:
                into[line.article_row] = None
        return out, list(into), lines[-1].seq if lines else watermark

    def index_records(self, kind: str | None = None) -> list[IndexRecord]:
        """The indexes that the archive knows, the active one of each kind first."""
        query = select(indexes).order_by(indexes.c.active.desc(), indexes.c.name)
        if kind is not None:
            query = query.where(indexes.c.kind == kind)
        with self.reading_errors(), self.engine.connect() as connection:
            return [IndexRecord(**row) for row in connection.execute(query).mappings()]

    def add_index(self, record: IndexRecord) -> None:
        """Keep the record of a new index."""
        values = {name: getattr(record, name) for name in IndexRecord.__slots__}
        with self.writing() as connection:
            connection.execute(insert(indexes).values(**values))

    def advance_index(self, name: str, watermark: int, *, dirty: bool) -> None:
        """Say how far an index has come. Which is active stays as it is: another process may have switched."""
        with self.writing() as connection:
            connection.execute(update(indexes).where(indexes.c.name == name).values(watermark=watermark, dirty=dirty))

    def activate_indexes(self, names: Sequence[str]) -> None:
        """Make these indexes clean and active, each in place of the others of its kind, all at once."""
        with self.writing() as connection:
            kinds = connection.scalars(select(indexes.c.kind).where(indexes.c.name.in_(names))).all()
            connection.execute(update(indexes).where(indexes.c.kind.in_(kinds)).values(active=False))
            connection.execute(update(indexes).where(indexes.c.name.in_(names)).values(active=True, dirty=False))

    def drop_index(self, name: str) -> None:
        """Forget an index; its files are the caller's to delete."""
        with self.writing() as connection:
            connection.execute(delete(indexes).where(indexes.c.name == name))


def _prepare_tables(connection: Connection, path: Path) -> None:
    """Make the tables, or see that they are ours and bring them up to date."""
    tables = inspect(connection).get_table_names()
    found = connection.scalar(select(meta.c.value).where(meta.c.key == "version")) if "meta" in tables else None
    if tables and (found is None or not found.isdecimal()):
        raise StoreUnreadable(f"{path} is not the archive of a store", remedy="name another store with --store")
    if found is not None and int(found) > schema.VERSION:
        raise StoreUnreadable(
            f"the store {path.parent} was written by a newer version", remedy="upgrade news-assistant"
        )
    schema.metadata.create_all(connection)
    if found is None:
        connection.execute(insert(meta).values(key="version", value=str(schema.VERSION)))
    elif int(found) < schema.VERSION:
        schema.upgrade(connection, int(found))
        connection.execute(update(meta).where(meta.c.key == "version").values(value=str(schema.VERSION)))


def _configure(connection: Any, _record: object) -> None:
    # Else Python's driver would begin transactions late, at the first change, and none at all for reading.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=60000")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
