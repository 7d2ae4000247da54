"""SQLAlchemy's expressions -> the text that SQLite takes, put together once, and what several modules read with it.

Of what every search and every answer asks, building the expression took longer than running it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select, text
from sqlalchemy.dialects import sqlite

from vectorstore.archive.schema import articles, origins

#: Stands in an expression for a value that is given when it runs.
GIVEN = text("?")
#: The same for many, as a JSON list: ``column.in_(LISTED)``.
LISTED = text("SELECT value FROM json_each(?)")


def compiled(query: Select[Any]) -> str:
    """A query as text, for :meth:`vectorstore.archive.database.Archive.rows`."""
    return str(query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))


#: The text of the article of an id, or of the one whose text the document of that id shares.
TEXT = compiled(
    select(articles.c.text).join(origins, origins.c.article_row == articles.c.row).where(origins.c.id == GIVEN)
)
