"""The file of the kept conversations: opened, checked, its connections set up, its errors turned into ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, insert, inspect, select, update

from assistant.conversations import schema
from assistant.settings import Settings
from ingest.errors import AssistantError
from vectorstore.archive.folder import default_path
from vectorstore.archive.private import make_file
from vectorstore.encoders.base import default_cache

#: The file's name in the folder that it is kept in.
FILE_NAME = "conversations.sqlite"


class ConversationsUnusable(AssistantError):
    """The file of the conversations is damaged, of a newer version, or cannot be read or written."""

    exit_code = 3


def file_for(settings: Settings, *, samples: bool) -> Path:
    """The file of the store's conversations; those over the bundled samples are in the cache, as their store is."""
    folder = settings.cache or default_cache() if samples else settings.store or default_path()
    return folder / FILE_NAME


def file_to_read(settings: Settings) -> Path:
    """The file in which feedback is to be looked for: the store's, or the samples' where that one is not there."""
    own = file_for(settings, samples=False)
    return own if settings.store is not None or own.exists() else file_for(settings, samples=True)


class Database:
    """One SQLite file (WAL). Safe to share between threads; several processes may use it.

    Invariant: what was written when :meth:`writing` is left survives a killed process and a lost power supply.
    """

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self.path = path

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open or create the file.

        Raises:
            ConversationsUnusable: where it is damaged, something else, of a newer version, or cannot be written.
        """
        if path.parent.is_dir():
            make_file(path)  # what readers asked is for the owner alone, as is the log that SQLite makes like it
        url = URL.create("sqlite", database=str(path))
        engine = create_engine(url, connect_args={"timeout": 20, "check_same_thread": False})
        event.listen(engine, "connect", _configure)
        event.listen(engine, "begin", _begin)
        database = cls(engine, path)
        try:
            with database.writing() as connection:
                _prepare(connection, path)
        except BaseException:
            engine.dispose()
            raise
        return database

    def close(self) -> None:
        """Release every connection; the write-ahead log is folded into the file."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the file."""
        with self._errors(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: committed at the end, rolled back where an error comes up."""
        with self._errors(), self._engine.execution_options(writes=True).begin() as connection:
            yield connection

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (exc.DatabaseError, sqlite3.Error, ValueError) as error:  # ValueError: what is read makes no sense
            cause = error.orig if isinstance(error, exc.DatabaseError) and error.orig is not None else error
            raise ConversationsUnusable(
                f"the conversations in {self.path} cannot be used ({cause})",
                remedy="check the disk and the file's permissions, or move the file away to begin a new one",
            ) from error


def _prepare(connection: Connection, path: Path) -> None:
    tables = set(inspect(connection).get_table_names())
    if not tables:
        schema.metadata.create_all(connection)
        connection.execute(insert(schema.meta).values(key="version", value=str(schema.VERSION)))
        return
    found = None
    if {"meta", "conversations"} <= tables:
        found = connection.execute(select(schema.meta.c.value).where(schema.meta.c.key == "version")).scalar()
    if found is None or not found.isdecimal():
        raise ConversationsUnusable(f"{path} holds no conversations", remedy="move it away to begin a new one")
    if int(found) > schema.VERSION:
        raise ConversationsUnusable(
            f"the conversations in {path} were written by a newer version", remedy="upgrade news-assistant"
        )
    if int(found) < 2:
        connection.exec_driver_sql("ALTER TABLE turns ADD COLUMN filters TEXT")
        connection.execute(update(schema.meta).where(schema.meta.c.key == "version").values(value=str(schema.VERSION)))


def _configure(connection: Any, _record: object) -> None:
    # Else Python's driver would begin transactions late, at the first change, and none at all for reading.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")  # what a reader deletes is gone from the file
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
