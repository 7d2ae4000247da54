"""What a judge replied, kept on disk: a judgement that was made once is not paid for again.

Invariant: a reply is kept before the next request is sent, under a key that holds all that it may depend on; the file
holds keys and replies, no statement and no article. Threads and processes may share it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import URL, Column, Integer, MetaData, String, Table, Text, create_engine, exc, select
from sqlalchemy.dialects.sqlite import insert

from assistant.evaluation.errors import RunError
from assistant.types import Usage

_METADATA = MetaData()

_REPLIES = Table(
    "replies",
    _METADATA,
    Column("key", String, primary_key=True),
    Column("reply", Text, nullable=False),
    Column("input_tokens", Integer, nullable=False),
    Column("output_tokens", Integer, nullable=False),
)


class JudgementCache:
    """Replies by key. A context manager; leaving closes the file.

    Args:
        path: the file; it and its folder are made where they are missing.

    Raises:
        RunError: here and below, where the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": 60})
        with self._errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            _METADATA.create_all(self._engine)

    def get(self, key: str) -> tuple[str, Usage] | None:
        """The reply of that key and what it cost in tokens, or None."""
        with self._errors(), self._engine.connect() as connection:
            row = connection.execute(select(_REPLIES).where(_REPLIES.c.key == key)).one_or_none()
        return (row.reply, Usage(input_tokens=row.input_tokens, output_tokens=row.output_tokens)) if row else None

    def put(self, key: str, reply: str, usage: Usage) -> None:
        """Keep a reply; one that is there already stays."""
        row = {"key": key, "reply": reply, "input_tokens": usage.input_tokens, "output_tokens": usage.output_tokens}
        with self._errors(), self._engine.begin() as connection:
            connection.execute(insert(_REPLIES).values(row).on_conflict_do_nothing())

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (exc.DatabaseError, sqlite3.DatabaseError, OSError) as error:
            cause = error.orig if isinstance(error, exc.DatabaseError) and error.orig is not None else error
            raise RunError(
                f"the judgements in {self.path} cannot be used ({cause})",
                remedy="delete that file, or name another folder in ASSISTANT_CACHE",
            ) from error

    def close(self) -> None:
        """Close the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
