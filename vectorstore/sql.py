"""SQLAlchemy's expressions -> the text that SQLite takes, put together once.

Of what every search and every answer asks, building the expression took longer than running it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, text
from sqlalchemy.dialects import sqlite

#: Stands in an expression for a value that is given when it runs.
GIVEN = text("?")
#: The same for many, as a JSON list: ``column.in_(LISTED)``.
LISTED = text("SELECT value FROM json_each(?)")


def compiled(query: Select[Any]) -> str:
    """A query as text, for :meth:`vectorstore.archive.Archive.rows`."""
    return str(query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
