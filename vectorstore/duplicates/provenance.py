"""Where else a story stands, and which version of it takes the place of which, as of a day.

Invariant: what was published after ``as_of`` is not spoken of.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import func, select

from ingest.corrections import NoteKind
from vectorstore.archive.catalogue import Catalogue
from vectorstore.archive.database import Archive
from vectorstore.archive.passage import ArticleReference, Revision
from vectorstore.archive.schema import articles, near_duplicates, origins
from vectorstore.archive.sql import LISTED, compiled

#: A change that nobody announced.
NEWER_VERSION = "newer version"

#: What is read of an article, by the names of its columns.
Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What is known of an article besides itself; see :class:`vectorstore.archive.passage.Passage`."""

    also_in: tuple[ArticleReference, ...]
    superseded_by: Revision | None
    corrects: Revision | None


def provenance(
    archive: Archive, catalogue: Catalogue, article_rows: Collection[int], as_of: dt.date | None
) -> dict[int, Provenance]:
    """What is known of those of these articles of which anything is, as of a day (None: whatever the date)."""
    article_rows = _remarkable(catalogue, article_rows)
    if not article_rows:
        return {}
    copies = _copies(catalogue, article_rows)
    older = {row: catalogue.older.get(row, ()) for row in article_rows}
    newer = {row: catalogue.newer.get(row, ()) for row in article_rows}
    wanted = {*article_rows, *_flat(copies.values()), *_flat(older.values()), *_flat(newer.values())}
    known = {row: line for row, line in _lines(archive, wanted).items() if _is_known(line["published"], as_of)}
    elsewhere = _origins(archive, article_rows, as_of)
    found: dict[int, Provenance] = {}
    for row in article_rows:
        if row not in known:  # it was removed a moment ago
            continue
        versions = {*older[row], *newer[row]}
        others = [_reference(known[copy]) for copy in copies[row] if copy in known and copy not in versions]
        later = max((known[new] for new in newer[row] if new in known), key=_order, default=None)
        before = max((known[old] for old in older[row] if old in known), key=_order, default=None)
        found[row] = Provenance(
            also_in=_distinct([*elsewhere.get(row, ()), *others], known[row]),
            superseded_by=_revision(later, _reference(later)) if later is not None else None,
            corrects=_own_revision(known[row], before),
        )
    return found


def _own_revision(line: Line, before: Line | None) -> Revision | None:
    """What an article does to the version before it, or says of one that is not there."""
    if before is not None:
        return _revision(line, _reference(before))
    # That a page "has been updated" since nobody knows what is no news.
    return _revision(line, None) if line["note"] not in (None, NoteKind.UPDATE) else None


def _revision(newer: Line, other: ArticleReference | None) -> Revision:
    if newer["note"] is None:
        return Revision(article=other, kind=NEWER_VERSION, note="")
    said = newer["said"] if newer["note_start"] is not None else newer["title"]
    return Revision(article=other, kind=newer["note"], note=" ".join(said.split()))


def _remarkable(catalogue: Catalogue, article_rows: Collection[int]) -> list[int]:
    """Those that have copies, versions, a note or several origins: most have none, and need not be looked up."""
    rows = sorted(article_rows)
    clusters = catalogue.clusters_of(np.array(rows, dtype=np.int64)).tolist()
    related = (catalogue.noted, catalogue.newer, catalogue.older)
    return [row for row, cluster in zip(rows, clusters, strict=True) if cluster >= 0 or any(row in r for r in related)]


def _copies(catalogue: Catalogue, article_rows: Collection[int]) -> dict[int, list[int]]:
    """The other members of each article's cluster."""
    rows = np.array(list(article_rows), dtype=np.int64)
    found: dict[int, list[int]] = {row: [] for row in article_rows}
    for row, cluster in zip(rows.tolist(), catalogue.clusters_of(rows).tolist(), strict=True):
        if cluster >= 0:
            members = catalogue.article_rows[catalogue.clusters == cluster].tolist()
            found[row] = [member for member in members if member != row]
    return found


_NOTE = near_duplicates.c
_ARTICLE = ("row", "id", "title", "url", "source", "published")
_LINES = compiled(
    select(
        *(articles.c[name] for name in _ARTICLE),
        _NOTE.note,
        _NOTE.note_start,
        func.substr(articles.c.text, _NOTE.note_start + 1, _NOTE.note_end - _NOTE.note_start),
    )
    .outerjoin(near_duplicates, _NOTE.article_row == articles.c.row)
    .where(articles.c.row.in_(LISTED))
)
_ORIGIN = ("article_row", "id", "title", "url", "source", "published")
_ORIGINS = compiled(
    select(*(origins.c[name] for name in _ORIGIN))
    .join(articles, articles.c.row == origins.c.article_row)
    .where(origins.c.article_row.in_(LISTED), origins.c.id != articles.c.id)
    .order_by(origins.c.id)
)


def _lines(archive: Archive, rows: Iterable[int]) -> dict[int, Line]:
    names = (*_ARTICLE, "note", "note_start", "said")
    return {found[0]: dict(zip(names, found, strict=True)) for found in archive.rows(_LINES, (json.dumps([*rows]),))}


def _origins(
    archive: Archive, article_rows: Collection[int], as_of: dt.date | None
) -> dict[int, list[ArticleReference]]:
    """The other documents that the very text of each article was read from."""
    found: dict[int, list[ArticleReference]] = {}
    for values in archive.rows(_ORIGINS, (json.dumps([*article_rows]),)):
        line = dict(zip(_ORIGIN, values, strict=True))
        if _is_known(line["published"], as_of):
            found.setdefault(line["article_row"], []).append(_reference(line))
    return found


def _distinct(references: Iterable[ArticleReference], own: Line) -> tuple[ArticleReference, ...]:
    """In the order of their dates, each publisher's page once, the article's own left out."""
    seen = {_page(_reference(own))}
    kept = []
    for one in sorted(references, key=lambda r: (r.published is None, r.published or "", r.source, r.article_id)):
        if _page(one) not in seen:
            seen.add(_page(one))
            kept.append(one)
    return tuple(kept)


def _page(reference: ArticleReference) -> tuple[str, str, str | None]:
    return reference.source.casefold(), reference.url, reference.published


def _reference(line: Line) -> ArticleReference:
    return ArticleReference(
        article_id=line["id"],
        title=line["title"],
        url=line["url"],
        source=line["source"],
        published=line["published"],
    )


def _is_known(published: str | None, as_of: dt.date | None) -> bool:
    return published is None or as_of is None or dt.datetime.fromisoformat(published).date() <= as_of


def _order(line: Line) -> tuple[str, int]:
    return line["published"] or "", line["row"]


def _flat(groups: Iterable[Iterable[int]]) -> Iterable[int]:
    return (row for group in groups for row in group)
