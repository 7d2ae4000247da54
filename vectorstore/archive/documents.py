"""One document's way into the archive's tables and out of them, inside the transaction of whoever calls."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from ingest.article import Article
from vectorstore.archive import attributions, kinds
from vectorstore.archive.prepared import Prepared
from vectorstore.archive.schema import articles, changes, chunks, embeddings, origins
from vectorstore.duplicates import clusters as duplicates

#: SQLite takes at most 32,766 variables a statement.
_VARIABLES = 10_000


def parts(values: Sequence[Any], size: int = _VARIABLES) -> Iterator[Sequence[Any]]:
    """``values`` in runs of at most ``size``."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


class Outcome(StrEnum):
    """What became of one article that was given to the store."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    ANOTHER_ORIGIN = "another origin"


# Put together once: for what every article asks and writes, that takes SQLAlchemy five times as long as running it.
_KNOWN = select(origins.c.article_row, origins.c.fingerprint).where(origins.c.id == bindparam("id"))
_HOLDER = select(articles.c.row, articles.c.id).where(articles.c.sha256 == bindparam("sha256")).limit(1)
_ENDS = select(func.min(chunks.c.row), func.max(chunks.c.row)).where(chunks.c.article_row == bindparam("row"))
_INSERT_ORIGIN, _INSERT_ARTICLE, _INSERT_CHUNKS = insert(origins), insert(articles), insert(chunks)
_INSERT_CHANGE = insert(changes)


def classify(connection: Connection, article: Article) -> tuple[Outcome, int | None]:
    """The outcome for ``article``, and the row of the article that holds its text already, if one does."""
    known = connection.execute(_KNOWN, {"id": article.id}).first()
    if known is not None and known.fingerprint == article.fingerprint:
        return Outcome.UNCHANGED, known.article_row
    holder = connection.execute(_HOLDER, {"sha256": article.sha256}).first()
    if known is not None:
        return Outcome.CHANGED, holder.row if holder is not None else None
    if holder is not None:
        return Outcome.ANOTHER_ORIGIN, holder.row
    return Outcome.ADDED, None


def write_document(connection: Connection, item: Prepared, released: set[bytes]) -> Outcome:
    """Write one document; digests of chunks that it lets go are added to ``released``."""
    article = item.article
    outcome, owner = classify(connection, article)
    if outcome is Outcome.UNCHANGED:
        return outcome
    if outcome is not Outcome.ADDED:
        released |= _release(connection, article.id)
        owner = classify(connection, article)[1]
    if owner is None:
        owner = _insert(connection, item)
    connection.execute(
        _INSERT_ORIGIN,
        {
            "id": article.id,
            "article_row": owner,
            "origin": article.origin,
            "url": article.url,
            "title": article.title,
            "source": article.source,
            "authors": _names(article),
            "published": _iso(article),
            "fingerprint": article.fingerprint,
        },
    )
    return outcome


def _insert(connection: Connection, item: Prepared) -> int:
    article = item.article
    row = connection.execute(
        _INSERT_ARTICLE,
        {
            "id": article.id,
            "url": article.url,
            "title": article.title,
            "source": article.source,
            "authors": _names(article),
            "published": _iso(article),
            "day": article.day.toordinal() if article.day else None,
            "text": article.text,
            "sha256": article.sha256,
            "fingerprint": article.fingerprint,
        },
    ).lastrowid
    connection.execute(
        _INSERT_CHUNKS,
        [
            {
                "article_row": row,
                "ordinal": chunk.ordinal,
                "start": chunk.span.start,
                "end": chunk.span.end,
                "sentences": np.array([(s.start, s.end) for s in chunk.sentences], dtype="<u4").tobytes(),
                "digest": key,
            }
            for chunk, key in zip(item.chunks, item.digests, strict=True)
        ],
    )
    if item.speech is not None:
        attributions.write(connection, row, item.speech)
    if item.kinds is not None:
        kinds.write(connection, row, item.kinds)
    duplicates.enter(connection, row, article)
    _log(connection, row, removed=False)
    return row


def _log(connection: Connection, row: int, *, removed: bool) -> None:
    first, last = connection.execute(_ENDS, {"row": row}).one()
    change = {"removed": removed, "article_row": row, "first_chunk": first, "last_chunk": last}
    connection.execute(_INSERT_CHANGE, change)


def _release(connection: Connection, article_id: str) -> set[bytes]:
    """Forget the document ``article_id``; its article goes too, unless the same text has another origin.

    Returns:
        Digests of chunks that are gone.
    """
    row = connection.scalar(select(origins.c.article_row).where(origins.c.id == article_id))
    if row is None:
        return set()
    connection.execute(delete(origins).where(origins.c.id == article_id))
    heirs = select(origins).where(origins.c.article_row == row).order_by(origins.c.id)
    heir = connection.execute(heirs.limit(1)).mappings().first()
    if heir is None:
        return delete_article(connection, row)
    # The text lives on under its next origin, with that one's metadata; the chunks need not be made again.
    published = heir["published"]
    connection.execute(
        update(articles)
        .where(articles.c.row == row)
        .values(
            id=heir["id"],
            url=heir["url"],
            title=heir["title"],
            source=heir["source"],
            authors=heir["authors"],
            published=published,
            day=dt.datetime.fromisoformat(published).toordinal() if published else None,
            fingerprint=heir["fingerprint"],
        )
    )
    duplicates.described_anew(connection, row)
    _log(connection, row, removed=False)
    return set()


def delete_article(connection: Connection, row: int) -> set[bytes]:
    """Delete an article; the digests of its chunks."""
    _log(connection, row, removed=True)
    digests = set(connection.scalars(select(chunks.c.digest).where(chunks.c.article_row == row)))
    copies = duplicates.leave(connection, row)
    connection.execute(delete(articles).where(articles.c.row == row))
    duplicates.regroup(connection, copies)
    return digests


def _names(article: Article) -> str:
    return json.dumps(article.authors, ensure_ascii=False)


def _iso(article: Article) -> str | None:
    return article.published.isoformat() if article.published else None


def insert_vectors(connection: Connection, encoder: str, vectors: Mapping[bytes, npt.NDArray[np.float32]]) -> None:
    """Enter vectors; one that is there already stays."""
    rows = [
        {"encoder": encoder, "digest": key, "vector": np.asarray(vector, dtype="<f4").tobytes()}
        for key, vector in vectors.items()
    ]
    if rows:
        connection.execute(insert(embeddings).prefix_with("OR IGNORE"), rows)


def purge_vectors(connection: Connection, digests: set[bytes]) -> None:
    """Delete the vectors of ``digests`` that no chunk uses any more."""
    for part in parts(sorted(digests)):
        used = select(chunks.c.digest).where(chunks.c.digest.in_(part))
        connection.execute(delete(embeddings).where(embeddings.c.digest.in_(part), embeddings.c.digest.not_in(used)))
