"""The archive's tables (SQLAlchemy Core, SQLite).

``row`` columns are integers that are never used again; indexes know articles and chunks by them. ``changes`` is the
log that every index follows: an index that has applied all changes up to its watermark holds what the archive holds.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

#: Raised when the tables change; an archive of a newer version is refused, an older one is brought up to date.
VERSION = 3

metadata = MetaData()

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", Text, nullable=False))

articles = Table(
    "articles",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("authors", Text, nullable=False),  # JSON list
    Column("published", String),  # ISO 8601
    Column("day", Integer),  # proleptic ordinal, as datetime.date.toordinal
    Column("text", Text, nullable=False),
    Column("sha256", String, nullable=False),
    Column("fingerprint", String, nullable=False),
    Index("articles_by_text", "sha256"),
    Index("articles_by_url", "url"),
    Index("articles_by_day", "day"),
    Index("articles_by_source", "source"),
    sqlite_autoincrement=True,
)

#: Every document that was read, the articles' own among them: the same text elsewhere is one more origin.
origins = Table(
    "origins",
    metadata,
    Column("id", String, primary_key=True),
    Column("article_row", ForeignKey("articles.row", ondelete="CASCADE"), nullable=False),
    Column("origin", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("authors", Text, nullable=False),  # JSON list
    Column("published", String),
    Column("fingerprint", String, nullable=False),
    Index("origins_by_article", "article_row"),
)

chunks = Table(
    "chunks",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("article_row", ForeignKey("articles.row", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("sentences", LargeBinary, nullable=False),  # little-endian uint32 pairs: start, end
    Column("digest", LargeBinary, nullable=False),  # of the text that is embedded
    Index("chunks_by_article", "article_row", "ordinal"),
    Index("chunks_by_digest", "digest"),
    sqlite_autoincrement=True,
)

#: By the text that was embedded, not by chunk: whatever is embedded twice is paid for once.
embeddings = Table(
    "embeddings",
    metadata,
    # The digest first: vectors are let go by it, whatever encoder they are of.
    Column("digest", LargeBinary, primary_key=True),
    Column("encoder", String, primary_key=True),
    Column("vector", LargeBinary, nullable=False),  # little-endian float32
)

changes = Table(
    "changes",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("removed", Boolean, nullable=False),
    Column("article_row", Integer, nullable=False),
    Column("first_chunk", Integer, nullable=False),
    Column("last_chunk", Integer, nullable=False),
    sqlite_autoincrement=True,
)

#: The indexes built so far. ``dirty`` is set before an index is written and cleared after: an index found dirty was
#: killed while it wrote and is not opened again.
indexes = Table(
    "indexes",
    metadata,
    Column("name", String, primary_key=True),  # also the folder's or the collection's name
    Column("kind", String, nullable=False),  # dense | lexical
    Column("fingerprint", String, nullable=False),
    Column("encoder", String, nullable=False),
    Column("watermark", Integer, nullable=False),
    Column("dirty", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
)

#: What ``vectorstore.duplicates.clusters`` knows of an article: one line each, made where it is missing.
near_duplicates = Table(
    "near_duplicates",
    metadata,
    Column("article_row", ForeignKey("articles.row", ondelete="CASCADE"), primary_key=True),
    Column("cluster", Integer),  # the lowest row of those that are one story; None where there is no other
    Column("subject", LargeBinary, nullable=False),  # digest of the headline without a note, "CORRECTION:" and the like
    Column("note", String),  # ingest.corrections.NoteKind
    Column("note_start", Integer),  # None where the headline alone says so
    Column("note_end", Integer),
    Column("note_number", Integer, nullable=False),
    Index("near_duplicates_by_cluster", "cluster"),
    Index("near_duplicates_by_subject", "subject"),
)

#: Near-duplicates have a key in common, as good as always. There are some fifty an article, and an index by article
#: would double them: a text gives its keys again.
duplicate_bands = Table(
    "duplicate_bands",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("article_row", Integer, primary_key=True),
    sqlite_with_rowid=False,
)

#: Pairs that are one story, the lower row first.
duplicate_pairs = Table(
    "duplicate_pairs",
    metadata,
    Column("article_row", ForeignKey("articles.row", ondelete="CASCADE"), primary_key=True),
    Column("other_row", ForeignKey("articles.row", ondelete="CASCADE"), primary_key=True),
    Column("differ", Boolean, nullable=False),  # whether a word of them does
    Index("duplicate_pairs_by_other", "other_row"),
    sqlite_with_rowid=False,
)

#: Which articles take the place of which.
supersessions = Table(
    "supersessions",
    metadata,
    Column("article_row", ForeignKey("articles.row", ondelete="CASCADE"), primary_key=True),
    Column("by_row", ForeignKey("articles.row", ondelete="CASCADE"), primary_key=True),
    Index("supersessions_by_newer", "by_row"),
    sqlite_with_rowid=False,
)


#: Who speaks in an article, as its text has it; which names of two articles are one speaker is worked out on reading.
speakers = Table(
    "speakers",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("article_row", ForeignKey("articles.row", ondelete="CASCADE"), nullable=False),
    Column("name", Text, nullable=False),
    Column("descriptions", Text, nullable=False),  # JSON list: what the article calls him or her
    Index("speakers_by_article", "article_row"),
)

attributions = Table(
    "attributions",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("article_row", ForeignKey("articles.row", ondelete="CASCADE"), nullable=False),
    Column("speaker_row", ForeignKey("speakers.row", ondelete="CASCADE")),  # None where the article names none
    Column("spans", LargeBinary, nullable=False),  # little-endian uint32 pairs: cue, contents; last the speaker if any
    Column("kind", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Index("attributions_by_article", "article_row"),
    Index("attributions_by_speaker", "speaker_row"),
)

#: By which extractor an article's attributions were made; where the line is missing they are yet to be made.
attributed = Table(
    "attributed",
    metadata,
    Column("article_row", ForeignKey("articles.row", ondelete="CASCADE"), primary_key=True),
    Column("extractor", String, nullable=False),
)

#: What each sentence of an article is: prose, a caption, a heading. Without a line they are told from the text.
sentence_kinds = Table(
    "sentence_kinds",
    metadata,
    Column("article_row", ForeignKey("articles.row", ondelete="CASCADE"), primary_key=True),
    Column("classifier", String, nullable=False),
    Column("kinds", LargeBinary, nullable=False),  # little-endian uint32 triples: start, kind, whether by layout
)


def upgrade(connection: Connection, version: int) -> None:
    """Bring the tables of an archive of an older ``version`` up to date."""
    if version < 2:
        connection.exec_driver_sql("ALTER TABLE origins ADD COLUMN authors TEXT NOT NULL DEFAULT '[]'")
        connection.exec_driver_sql(
            "UPDATE origins SET authors = (SELECT authors FROM articles WHERE articles.row = origins.article_row)"
        )
        # The key began with the encoder, so that letting vectors go read all of them.
        connection.exec_driver_sql("ALTER TABLE embeddings RENAME TO embeddings_1")
        embeddings.create(connection)
        connection.exec_driver_sql("INSERT INTO embeddings SELECT digest, encoder, vector FROM embeddings_1")
        connection.exec_driver_sql("DROP TABLE embeddings_1")
