"""Near-duplicate articles and superseded ones, kept in the archive as articles come and go.

Each function works inside the transaction that changes the article, so that archive and clusters are never apart.

Invariants:

* A cluster is a connected component of ``duplicate_pairs``; what it holds does not depend on the order in which its
  articles came, and an article that leaves splits it where it was the only link.
* ``supersessions`` holds what :func:`ingest.corrections.supersedes` says of every two articles of one cluster, one
  address or one headline, or of which the one names the day of the other in its note.
* Coming in costs a look-up of its keys and a comparison with at most ``CANDIDATES`` texts, however many there are.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy import text as text_clause

from ingest.article import Article, Published, Span, parse_published
from ingest.corrections import Note, NoteKind, Version, bare_headline, correction_note, supersedes
from ingest.duplicates import FINGERPRINT, band_keys, shingles, similarity
from vectorstore.archive.schema import articles, duplicate_bands, duplicate_pairs, meta, near_duplicates, supersessions
from vectorstore.duplicates.named import named_reports
from vectorstore.duplicates.story import of_one_story

if TYPE_CHECKING:
    from vectorstore.archive.database import Archive  # which calls this module

#: Texts that a new article is compared with, those with most keys in common first: many would have to share its
#: words for the next one to be missed, and it is a copy of these then.
CANDIDATES = 64
#: Versions of one story that each is compared with, the latest first.
VERSIONS = 200
#: Articles of an older archive that are compared in one transaction.
_BATCH = 200
_META = "near_duplicates"


def enter(connection: Connection, row: int, article: Article) -> None:
    """Take in an article that has just been written as ``row``."""
    connection.execute(_INSERT_FACTS, {"article_row": row, **_facts(article)})
    keys = sorted(set(band_keys(article.text)))
    linked = _link(connection, row, article, keys)
    connection.execute(_INSERT_BANDS, [{"key": key, "article_row": row} for key in keys])
    clusters = set(_clusters(connection, linked).values()) if linked else set()
    if clusters:
        _join(connection, [row, *linked], clusters)
    members = _members(connection, row) if len(clusters) > 1 else [row]
    _compare_versions(connection, members)


def leave(connection: Connection, row: int) -> list[int]:
    """Let go of an article that is about to be deleted.

    Returns:
        The others of its cluster, for :func:`regroup` once it is gone.
    """
    text = connection.scalar(select(articles.c.text).where(articles.c.row == row))
    gone = duplicate_bands.c.key.in_(band_keys(text or "")) & (duplicate_bands.c.article_row == row)
    connection.execute(delete(duplicate_bands).where(gone))
    return [member for member in _members(connection, row) if member != row]


def regroup(connection: Connection, rows: Sequence[int]) -> None:
    """Find the clusters of ``rows`` anew, which were one until an article left it."""
    left = set(rows)
    while left:
        component = _component(connection, min(left))
        _join(connection, sorted(component), set())
        left -= component
    if rows:
        _compare_versions(connection, rows)


def described_anew(connection: Connection, row: int) -> None:
    """Take note that the address, headline, publisher or date of an article changed; its text did not."""
    found = connection.execute(select(articles).where(articles.c.row == row)).mappings().one()
    values = _facts(_article(found))
    line = update(near_duplicates).where(near_duplicates.c.article_row == row).values(**values)
    if connection.execute(line).rowcount:  # else the archive is yet to catch up
        _compare_versions(connection, [row])


def catch_up(archive: Archive, report: Callable[[str], None]) -> int:
    """Take in the articles of an archive that was written before there was this; how many there were.

    It can be interrupted and goes on where it was.
    """
    with archive.writing() as connection:
        if connection.scalar(select(meta.c.value).where(meta.c.key == _META)) != FINGERPRINT:
            for table in (near_duplicates, duplicate_bands, duplicate_pairs, supersessions):
                connection.execute(delete(table))
            connection.execute(delete(meta).where(meta.c.key == _META))
            connection.execute(insert(meta).values(key=_META, value=FINGERPRINT))
    known = select(near_duplicates.c.article_row)
    done = 0
    with archive.reading_errors(), archive.engine.connect() as connection:
        missing = list(
            connection.scalars(select(articles.c.row).where(articles.c.row.not_in(known)).order_by(articles.c.row))
        )
    if missing:
        report(f"looking for copies among {len(missing):,} articles, once")
    for start in range(0, len(missing), _BATCH):
        with archive.writing() as connection:
            wanted = articles.c.row.in_(missing[start : start + _BATCH])
            query = select(articles).where(wanted, articles.c.row.not_in(known)).order_by(articles.c.row)
            for found in connection.execute(query).mappings().all():
                enter(connection, found["row"], _article(found))
                done += 1
    return done


# -- clusters ----------------------------------------------------------------------------------------------------


def _link(connection: Connection, row: int, article: Article, keys: Sequence[int]) -> list[int]:
    """Keep the pairs that ``row`` makes with what is there; the rows that it pairs with."""
    candidates = connection.scalars(_SHARING, {"keys": json.dumps(keys)}).all()
    if not candidates:
        return []
    mine = shingles(article.text)
    linked = []
    columns = (articles.c.row, articles.c.title, articles.c.text, articles.c.published)
    texts = select(*columns).where(articles.c.row.in_(candidates)).order_by(articles.c.row)
    for other in connection.execute(texts).mappings():
        alike = similarity(mine, shingles(other["text"]))
        if alike.near_duplicate and (alike.jaccard == 1 or of_one_story(article, _article(other))):
            pair = {"article_row": min(row, other["row"]), "other_row": max(row, other["row"])}
            connection.execute(insert(duplicate_pairs).values(**pair, differ=alike.jaccard < 1))
            linked.append(other["row"])
    return linked


def _clusters(connection: Connection, rows: Sequence[int]) -> dict[int, int]:
    """The cluster of each row, or the row itself where it has no other."""
    query = select(near_duplicates.c.article_row, near_duplicates.c.cluster)
    found = connection.execute(query.where(near_duplicates.c.article_row.in_(rows)))
    return {line.article_row: line.cluster if line.cluster is not None else line.article_row for line in found}


def _join(connection: Connection, rows: Sequence[int], clusters: set[int]) -> None:
    """Make ``rows`` and the members of ``clusters`` one cluster; none where it is one row alone."""
    number = min([*rows, *clusters]) if len(rows) + len(clusters) > 1 else None
    touched = or_(near_duplicates.c.article_row.in_(rows), near_duplicates.c.cluster.in_(clusters))
    connection.execute(update(near_duplicates).where(touched).values(cluster=number))


def _members(connection: Connection, row: int) -> list[int]:
    """The rows of the cluster of ``row``, itself among them."""
    cluster = select(near_duplicates.c.cluster).where(near_duplicates.c.article_row == row).scalar_subquery()
    query = select(near_duplicates.c.article_row).where(near_duplicates.c.cluster == cluster)
    return list(connection.scalars(query.order_by(near_duplicates.c.article_row))) or [row]


def _component(connection: Connection, row: int) -> set[int]:
    """All rows that a chain of pairs leads to from ``row``."""
    reached, edge = {row}, {row}
    while edge:
        pairs = select(duplicate_pairs.c.article_row, duplicate_pairs.c.other_row)
        touching = or_(duplicate_pairs.c.article_row.in_(edge), duplicate_pairs.c.other_row.in_(edge))
        edge = {each for pair in connection.execute(pairs.where(touching)) for each in pair} - reached
        reached |= edge
    return reached


# -- versions ----------------------------------------------------------------------------------------------------


def _compare_versions(connection: Connection, rows: Iterable[int]) -> None:
    """Find anew which articles each of ``rows`` supersedes and which supersede it."""
    pairs: set[tuple[int, int]] = set()
    for row in rows:
        connection.execute(_FORGET_VERSIONS, {"concerned": row})
        pairs |= _versions(connection, row)
    if pairs:
        lines = [{"article_row": old, "by_row": new} for old, new in sorted(pairs)]
        connection.execute(insert(supersessions).prefix_with("OR IGNORE"), lines)


def _versions(connection: Connection, row: int) -> set[tuple[int, int]]:
    """Pairs (older row, newer row) of ``row`` with the articles of its cluster, its address and its headline."""
    own = _described(connection, _ITSELF, row)[row]
    others: dict[int, RowMapping] = {}
    if own["cluster"] is not None:
        others |= _described(connection, _OF_CLUSTER, own["cluster"])
    if own["title"]:  # without a note on either side a headline says nothing
        others |= _described(connection, _OF_HEADLINE if own["note"] is not None else _NOTED, own["subject"])
    if own["url"]:
        others |= _described(connection, _OF_ADDRESS, own["url"])
    published = _published(own["published"])
    named = named_reports(connection, row, own, published.toordinal() if published is not None else None)
    for report in named:
        others |= _described(connection, _ITSELF, report)
    others.pop(row, None)
    alike = _alike(connection, row) if others else set()
    found: set[tuple[int, int]] = set()
    mine = _version(own)
    for other_row, other in others.items():
        theirs = _version(other)
        one_story = (own["cluster"] is not None and own["cluster"] == other["cluster"]) or other_row in named
        differs = other_row not in alike
        if supersedes(mine, theirs, same_story=one_story, differs=differs):
            found.add((other_row, row))
        elif supersedes(theirs, mine, same_story=one_story, differs=differs):
            found.add((row, other_row))
    return found


def _described(connection: Connection, query: Select[Any], value: object) -> dict[int, RowMapping]:
    return {line["article_row"]: line for line in connection.execute(query, {"value": value}).mappings()}


def _where(*conditions: ColumnElement[bool]) -> Select[Any]:
    return (
        select(near_duplicates, articles.c.url, articles.c.title, articles.c.source, articles.c.published)
        .join(articles, articles.c.row == near_duplicates.c.article_row)
        .where(*conditions)
        .order_by(articles.c.row.desc())
        .limit(VERSIONS)
    )


# Put together once: for what every article asks and writes, that takes SQLAlchemy five times as long as running it.
_ITSELF = _where(near_duplicates.c.article_row == bindparam("value"))
_OF_CLUSTER = _where(near_duplicates.c.cluster == bindparam("value"))
_OF_HEADLINE = _where(near_duplicates.c.subject == bindparam("value"))
_NOTED = _where(near_duplicates.c.subject == bindparam("value"), near_duplicates.c.note.is_not(None))
_OF_ADDRESS = _where(articles.c.url == bindparam("value"))
_INSERT_FACTS, _INSERT_BANDS = insert(near_duplicates), insert(duplicate_bands)
_FORGET_VERSIONS = delete(supersessions).where(
    or_(supersessions.c.article_row == bindparam("concerned"), supersessions.c.by_row == bindparam("concerned"))
)
_SHARING = (
    select(duplicate_bands.c.article_row)
    .where(duplicate_bands.c.key.in_(text_clause("SELECT value FROM json_each(:keys)")))
    .group_by(duplicate_bands.c.article_row)
    .order_by(func.count().desc(), duplicate_bands.c.article_row)
    .limit(CANDIDATES)
)


def _alike(connection: Connection, row: int) -> set[int]:
    """The rows that have the very words of ``row``."""
    here, there = duplicate_pairs.c.article_row, duplicate_pairs.c.other_row
    pairs = select(here, there).where(or_(here == row, there == row), duplicate_pairs.c.differ.is_(False))
    return {each for pair in connection.execute(pairs) for each in pair} - {row}


def _version(line: RowMapping) -> Version:
    span = Span(line["note_start"], line["note_end"]) if line["note_start"] is not None else None
    noted = line["note"] is not None
    return Version(
        url=line["url"],
        source=line["source"],
        subject=bare_headline(line["title"]).casefold(),
        published=_published(line["published"]),
        note=Note(kind=NoteKind(line["note"]), span=span, number=line["note_number"]) if noted else None,
    )


def _facts(article: Article) -> dict[str, object]:
    note = correction_note(article)
    subject = bare_headline(article.title).casefold()
    span = note.span if note is not None else None
    return {
        "subject": hashlib.blake2b(subject.encode("utf-8"), digest_size=8).digest(),
        "note": note.kind.value if note is not None else None,
        "note_start": span.start if span is not None else None,
        "note_end": span.end if span is not None else None,
        "note_number": note.number if note is not None else 0,
    }


def _article(line: RowMapping) -> Article:
    """What matters here of a stored article; it was validated when it was read."""
    return Article.model_construct(title=line["title"], text=line["text"], published=_published(line["published"]))


def _published(value: str | None) -> Published:
    parsed = parse_published(value)
    return parsed if isinstance(parsed, dt.date) else None
