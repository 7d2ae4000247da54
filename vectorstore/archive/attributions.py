"""Who says what, stored: made beside an article's chunks, written in its transaction, read back as it was.

Invariants:

* An article's attributions are committed with the article, and gone with it.
* They stand under the fingerprint of the extractor that made them. What another one has made, or none yet, is made
  again by :func:`make_missing`, batch by batch, so that an interrupted run goes on where it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, insert, select

from ingest.article import Article, Span
from ingest.attribution import Attribution, Kind
from ingest.attribution import attributions as extract
from ingest.attribution.extractor import fingerprint
from vectorstore.archive.prepared import ArticleSpeech, article_speech
from vectorstore.archive.schema import articles, attributed, attributions, origins, speakers
from vectorstore.archive.sql import GIVEN, TEXT, compiled

if TYPE_CHECKING:
    from vectorstore.archive.database import Archive

#: Articles whose attributions are made and committed together: about a second's work.
_BATCH = 200


def replace(connection: Connection, article_row: int, speech: ArticleSpeech) -> None:
    """Store an article's attributions in place of those that it has."""
    for table in (attributions, speakers, attributed):
        connection.execute(delete(table).where(table.c.article_row == article_row))
    write(connection, article_row, speech)


def write(connection: Connection, article_row: int, speech: ArticleSpeech) -> None:
    """Store the attributions of an article that has none yet."""
    # Nobody else writes meanwhile: the transaction has SQLite's write lock.
    first = (connection.scalar(_LAST_SPEAKER) or 0) + 1
    names = dict.fromkeys(one.name for one in speech.attributions if one.name)
    rows = {name: row for row, name in enumerate(names, first)}
    called = {name: json.dumps(speech.descriptions.get(name, ()), ensure_ascii=False) for name in rows}
    named = [
        {"row": row, "article_row": article_row, "name": name, "descriptions": called[name]}
        for name, row in rows.items()
    ]
    if named:
        connection.execute(_INSERT_SPEAKERS, named)
    lines = [
        {
            "article_row": article_row,
            "speaker_row": rows.get(one.name),
            "spans": _packed(one),
            "kind": one.kind.value,
            "confidence": one.confidence,
        }
        for one in speech.attributions
    ]
    if lines:
        connection.execute(_INSERT_ATTRIBUTIONS, lines)
    connection.execute(_INSERT_ATTRIBUTED, {"article_row": article_row, "extractor": fingerprint()})


# Put together once, as every article is written with them.
_LAST_SPEAKER = select(func.max(speakers.c.row))
_INSERT_SPEAKERS, _INSERT_ATTRIBUTIONS, _INSERT_ATTRIBUTED = insert(speakers), insert(attributions), insert(attributed)


def read(archive: Archive, article_id: str) -> list[Attribution]:
    """Who says what in an article of the archive, in the order of the cues; nothing where there is no such article."""
    found = archive.rows(_OF_ARTICLE, (article_id,))
    if not found:
        return []
    if found[0][0] != fingerprint():  # by this program's rules, whatever stands in the archive
        texts = archive.rows(TEXT, (article_id,))
        return extract(Article.model_construct(text=texts[0][0])) if texts else []
    return [
        attribution(spans, kind, confidence, name or "")
        for _, spans, kind, confidence, name in found
        if spans is not None
    ]


#: One line an attribution, or one without where there is none, each with the extractor that made them.
_OF_ARTICLE = compiled(
    select(
        attributed.c.extractor, attributions.c.spans, attributions.c.kind, attributions.c.confidence, speakers.c.name
    )
    .select_from(origins)
    .join(attributed, attributed.c.article_row == origins.c.article_row, isouter=True)
    .join(attributions, attributions.c.article_row == origins.c.article_row, isouter=True)
    .join(speakers, speakers.c.row == attributions.c.speaker_row, isouter=True)
    .where(origins.c.id == GIVEN)
    .order_by(attributions.c.row)
)


def attribution(spans: bytes, kind: str, confidence: float, name: str) -> Attribution:
    """One stored line as it was extracted."""
    flat = np.frombuffer(spans, dtype="<u4").tolist()
    pairs = [Span(start, end) for start, end in zip(flat[::2], flat[1::2], strict=True)]
    return Attribution(
        speaker=pairs[-1] if len(pairs[-1]) else None,
        cue=pairs[0],
        contents=tuple(pairs[1:-1]),
        kind=Kind(kind),
        confidence=confidence,
        name=name,
    )


def _packed(one: Attribution) -> bytes:
    spans = (one.cue, *one.contents, one.speaker or Span(0, 0))
    return np.array([(span.start, span.end) for span in spans], dtype="<u4").tobytes()


def missing(archive: Archive) -> int:
    """How many articles have attributions yet to be made, or made by another extractor."""
    with archive.reading_errors(), archive.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(articles).where(_stale())) or 0


def make_missing(archive: Archive, report: Callable[[str], None]) -> int:
    """Make the attributions that are missing, committing batch by batch; of how many articles.

    Raises:
        StoreUnreadable: where the archive cannot be read or written; what was committed before stays.
    """
    total = missing(archive)
    if total > _BATCH:
        report(f"reading who says what in {total:,} articles, once")
    done = 0
    after = 0
    while True:
        query = select(articles.c.row, articles.c.text).where(_stale(), articles.c.row > after)
        with archive.reading_errors(), archive.engine.connect() as connection:
            batch = connection.execute(query.order_by(articles.c.row).limit(_BATCH)).all()
        if not batch:
            return done
        made = {line.row: article_speech(Article.model_construct(text=line.text)) for line in batch}
        with archive.writing() as connection:
            # Meanwhile another process may have removed one.
            there = set(connection.scalars(select(articles.c.row).where(articles.c.row.in_(made))))
            for row in sorted(there):
                replace(connection, row, made[row])
        after = batch[-1].row
        done += len(there)
        if total > 10 * _BATCH and done % (10 * _BATCH) == 0:
            report(f"who says what: {done:,} of {total:,} articles")


def _stale() -> ColumnElement[bool]:
    current = and_(attributed.c.article_row == articles.c.row, attributed.c.extractor == fingerprint())
    return ~exists().where(current)
