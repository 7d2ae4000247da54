"""The tables of the kept conversations (SQLAlchemy Core, SQLite).

Times are ISO 8601 in UTC. A turn that was asked again or in other words is marked ``replaced`` and stays, because what
was thought of its answer is worth as much as before; whoever reopens the conversation does not see it.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

#: Raised when the tables change; a file of a newer version is refused.
VERSION = 2

metadata = MetaData()

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", Text, nullable=False))

conversations = Table(
    "conversations",
    metadata,
    Column("id", String, primary_key=True),
    Column("user", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("folded", Text, nullable=False),  # the title as it is searched
    Column("created", String, nullable=False),
    Column("updated", String, nullable=False),
    Column("revision", Integer, nullable=False),  # goes up with every change to its turns
    Index("conversations_by_user", "user", "updated"),
)

turns = Table(
    "turns",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("asked", String, nullable=False),
    Column("question", Text, nullable=False),
    Column("as_of", String),  # the day that the reader set, ISO 8601
    Column("filters", Text),  # JSON object of the others that the reader set; null in files of version 1
    Column("answer", Text),  # the object of ``ask --json``, or null where there is none (yet)
    Column("trouble", Text, nullable=False),  # the line that stands in place of an answer
    Column("partial", Text, nullable=False),  # the words so far, of an answer that was not finished
    Column("citations", Text, nullable=False),  # JSON list: what the words so far cite
    Column("folded", Text, nullable=False),  # question and answer as they are searched
    Column("replaced", Boolean, nullable=False),
    Index("turns_by_conversation", "conversation_id"),
    sqlite_autoincrement=True,
)

feedback = Table(
    "feedback",
    metadata,
    Column("turn_row", ForeignKey("turns.row", ondelete="CASCADE"), primary_key=True),
    Column("rating", String, nullable=False),  # up | down
    Column("comment", Text, nullable=False),
    Column("given", String, nullable=False),
)
