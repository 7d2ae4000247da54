"""Reading the archive: articles, passages, vectors, and the small arrays that retrieval ranks with.

Invariant: nothing here writes. What a function returns is one consistent state of the archive.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import RowMapping, func, select

from ingest.article import Article, Published, Span, parse_published
from vectorstore.archive.database import Archive
from vectorstore.archive.documents import parts
from vectorstore.archive.schema import articles, chunks, embeddings, origins
from vectorstore.archive.sql import LISTED, TEXT, compiled

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSummary:
    """One line of ``assistant articles list``: the metadata, every origin, and the number of chunks."""

    id: str
    title: str
    url: str
    source: str
    authors: tuple[str, ...]
    published: Published
    origins: tuple[str, ...]
    chunks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPassage:
    """A chunk as it stands in the archive, with its article's metadata and the row that the indexes know it by."""

    row: int
    article_id: str
    ordinal: int
    span: Span
    sentences: tuple[Span, ...]
    text: str
    title: str
    url: str
    source: str
    authors: tuple[str, ...]
    published: Published


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleForIndex:
    """What the lexical index takes of an article: passages are (chunk row, text)."""

    row: int
    title: str
    source: str
    day: int | None
    passages: tuple[tuple[int, str], ...]


def article(archive: Archive, article_id: str) -> Article | None:
    """The article of that id, or the one whose text the document of that id shares; None where there is none."""
    query = (
        select(articles, origins.c.origin)
        .join(origins, origins.c.article_row == articles.c.row)
        .where(origins.c.id == article_id)
    )
    with archive.reading_errors(), archive.engine.connect() as connection:
        row = connection.execute(query).mappings().first()
    if row is None:
        return None
    return article_of(row, origin=row["origin"])


def article_of(row: RowMapping, origin: str = "") -> Article:
    """A line of ``articles`` as the article that it holds."""
    # It was validated when it was read, and validating again could change what was stored.
    return Article.model_construct(
        id=row["id"],
        url=row["url"],
        title=row["title"],
        source=row["source"],
        authors=tuple(json.loads(row["authors"])),
        published=_published(row["published"]),
        text=row["text"],
        origin=origin,
    )


def text(archive: Archive, article_id: str) -> str | None:
    """The text that every span of that article counts in, or None where there is no such article."""
    found = archive.rows(TEXT, (article_id,))
    return str(found[0][0]) if found else None


def origins_of(archive: Archive, article_id: str) -> list[str]:
    """Every file or URL that the text of that article was read from."""
    row = select(origins.c.article_row).where(origins.c.id == article_id).scalar_subquery()
    with archive.reading_errors(), archive.engine.connect() as connection:
        return list(
            connection.scalars(select(origins.c.origin).where(origins.c.article_row == row).order_by(origins.c.id))
        )


def summaries(archive: Archive) -> Iterator[ArticleSummary]:
    """Every article, the latest first, the undated last."""
    counts = select(chunks.c.article_row, func.count().label("count")).group_by(chunks.c.article_row).subquery("counts")
    query = (
        select(articles, counts.c.count)
        .join(counts, counts.c.article_row == articles.c.row)
        .order_by(articles.c.day.is_(None), articles.c.day.desc(), articles.c.row)
    )
    with archive.reading_errors(), archive.engine.connect() as connection:
        where: dict[int, list[str]] = {}
        for line in connection.execute(select(origins.c.article_row, origins.c.origin).order_by(origins.c.id)):
            where.setdefault(line.article_row, []).append(line.origin)
        for row in connection.execute(query).mappings():
            yield ArticleSummary(
                id=row["id"],
                title=row["title"],
                url=row["url"],
                source=row["source"],
                authors=tuple(json.loads(row["authors"])),
                published=_published(row["published"]),
                origins=tuple(where.get(row["row"], ())),
                chunks=row["count"],
            )


def counts(archive: Archive) -> tuple[int, int]:
    """How many articles and how many chunks there are."""
    with archive.reading_errors(), archive.engine.connect() as connection:
        held, cut = (connection.scalar(select(func.count()).select_from(table)) or 0 for table in (articles, chunks))
        return held, cut


def passages(archive: Archive, chunk_rows: Sequence[int]) -> dict[int, StoredPassage]:
    """Chunks by their row; a row that is not there is left out."""
    found = archive.rows(_BY_ROWS, (json.dumps([int(row) for row in chunk_rows]),))
    return {stored.row: stored for stored in _stored(found)}


def texts(archive: Archive, chunk_rows: Sequence[int]) -> list[str]:
    """The texts of chunks; one that is not there is left out."""
    return [passage.text for passage in passages(archive, chunk_rows).values()]


def passages_of(archive: Archive, article_id: str, first: int = 0, last: int | None = None) -> list[StoredPassage]:
    """The chunks of one article in order, from the ordinal ``first`` to ``last`` inclusive."""
    holder = select(origins.c.article_row).where(origins.c.id == article_id).scalar_subquery()
    condition = (chunks.c.article_row == holder) & (chunks.c.ordinal >= first)
    query = _PASSAGES.where(condition if last is None else condition & (chunks.c.ordinal <= last))
    with archive.reading_errors(), archive.engine.connect() as connection:
        return list(_stored(connection.execute(query)))


_PASSAGES = (
    select(
        chunks.c.row,
        articles.c.id,
        chunks.c.ordinal,
        chunks.c.start,
        chunks.c.end,
        chunks.c.sentences,
        # SQLite's substr counts code points, as Python does.
        func.substr(articles.c.text, chunks.c.start + 1, chunks.c.end - chunks.c.start).label("text"),
        articles.c.title,
        articles.c.url,
        articles.c.source,
        articles.c.authors,
        articles.c.published,
    )
    .join(articles, articles.c.row == chunks.c.article_row)
    .order_by(chunks.c.article_row, chunks.c.ordinal)
)


_BY_ROWS = compiled(_PASSAGES.where(chunks.c.row.in_(LISTED)))


def _stored(rows: Iterable[Sequence[Any]]) -> Iterator[StoredPassage]:
    for row, article_id, ordinal, start, end, sentences, words, title, url, source, authors, published in rows:
        yield StoredPassage(
            row=row,
            article_id=article_id,
            ordinal=ordinal,
            span=Span(start, end),
            sentences=unpacked(sentences),
            text=words,
            title=title,
            url=url,
            source=source,
            authors=tuple(json.loads(authors)),
            published=_published(published),
        )


def vectors(archive: Archive, encoder: str, chunk_rows: Iterable[int]) -> tuple[Integers, npt.NDArray[np.float32]]:
    """The chunk rows that have a stored vector, ascending, and these vectors, float32 ``[n, dimension]``."""
    wanted: list[tuple[int, bytes]] = []
    stored: dict[bytes, bytes] = {}
    with archive.reading_errors(), archive.engine.connect() as connection:
        # Two lookups by key: as one join SQLite may read every vector of the encoder.
        for part in parts(sorted(chunk_rows)):
            lines = connection.execute(select(chunks.c.row, chunks.c.digest).where(chunks.c.row.in_(part)))
            wanted.extend((line.row, line.digest) for line in lines)
        for part in parts(sorted({key for _, key in wanted})):
            query = select(embeddings.c.digest, embeddings.c.vector)
            found = query.where(embeddings.c.encoder == encoder, embeddings.c.digest.in_(part))
            stored.update((line.digest, line.vector) for line in connection.execute(found))
    wanted.sort()
    rows = [row for row, key in wanted if key in stored]
    buffers = [stored[key] for _, key in wanted if key in stored]
    matrix = np.frombuffer(b"".join(buffers), dtype="<f4").reshape(len(rows), -1 if rows else 0)
    return np.array(rows, dtype=np.int64), matrix


def chunks_without_vector(archive: Archive, encoder: str, size: int) -> Iterator[list[tuple[bytes, str, str]]]:
    """Chunks that this encoder has not embedded: (digest, title, text), ``size`` at a time, each digest once."""
    known = select(embeddings.c.digest).where(embeddings.c.encoder == encoder, embeddings.c.digest == chunks.c.digest)
    first = select(func.min(chunks.c.row).label("row")).where(~known.exists()).group_by(chunks.c.digest).subquery()
    words = func.substr(articles.c.text, chunks.c.start + 1, chunks.c.end - chunks.c.start)
    query = (
        select(chunks.c.row, chunks.c.digest, articles.c.title, words)
        .join(articles, articles.c.row == chunks.c.article_row)
        .order_by(chunks.c.row)
    )
    with archive.reading_errors(), archive.engine.connect() as connection:
        rows = list(connection.scalars(select(first.c.row).order_by(first.c.row)))
    for part in parts(rows, size):
        with archive.reading_errors(), archive.engine.connect() as connection:
            found = [(row[1], row[2], row[3]) for row in connection.execute(query.where(chunks.c.row.in_(part)))]
        if found:
            yield found


def articles_for_index(archive: Archive, article_rows: Sequence[int]) -> Iterator[ArticleForIndex]:
    """What the lexical index needs of these articles, a bounded number in memory at a time."""
    for part in parts(article_rows, 500):
        with archive.reading_errors(), archive.engine.connect() as connection:
            heads = connection.execute(select(articles).where(articles.c.row.in_(part)).order_by(articles.c.row)).all()
            spans: dict[int, list[tuple[int, int, int]]] = {}
            for row in connection.execute(
                select(chunks.c.article_row, chunks.c.row, chunks.c.start, chunks.c.end)
                .where(chunks.c.article_row.in_(part))
                .order_by(chunks.c.row)
            ):
                spans.setdefault(row[0], []).append((row[1], row[2], row[3]))
        for head in heads:
            yield ArticleForIndex(
                row=head.row,
                title=head.title,
                source=head.source,
                day=head.day,
                passages=tuple((row, head.text[start:end]) for row, start, end in spans.get(head.row, ())),
            )


def last_chunk_row(archive: Archive) -> int:
    """The highest row of a chunk; -1 where there is none."""
    with archive.reading_errors(), archive.engine.connect() as connection:
        found: int | None = connection.scalar(select(func.max(chunks.c.row)))
    return -1 if found is None else found


def article_rows(archive: Archive) -> list[int]:
    """Rows of all articles, ascending."""
    with archive.reading_errors(), archive.engine.connect() as connection:
        return list(connection.scalars(select(articles.c.row).order_by(articles.c.row)))


def chunk_rows_of(archive: Archive, article_rows: Sequence[int]) -> list[int]:
    """Rows of all chunks of these articles, ascending."""
    found: list[int] = []
    with archive.reading_errors(), archive.engine.connect() as connection:
        for part in parts(article_rows):
            found.extend(connection.scalars(select(chunks.c.row).where(chunks.c.article_row.in_(part))))
    return sorted(found)


def unpacked(packed: bytes) -> tuple[Span, ...]:
    """Spans as ``chunks.sentences`` holds them."""
    flat = np.frombuffer(packed, dtype="<u4").tolist()
    return tuple(Span(start, end) for start, end in zip(flat[::2], flat[1::2], strict=True))


def _published(value: str | None) -> Published:
    parsed = parse_published(value)
    return parsed if isinstance(parsed, dt.date) else None
