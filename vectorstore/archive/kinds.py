"""What each sentence of an article is, stored beside it: made when it is read, as only then its layout is known.

Invariants:

* The kinds are committed with the article, and gone with it.
* They stand under the fingerprint of the classifier that told them. Where another one did, or none yet, as in a store
  of an older version, they are told from the text when they are asked for; what the layout said stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import Connection, insert, select

from ingest.article import Marked, SentenceKind, Span
from ingest.furniture.kinds import Decided, decided, fingerprint
from vectorstore.archive.schema import articles, origins, sentence_kinds
from vectorstore.archive.sql import GIVEN, compiled

if TYPE_CHECKING:
    from vectorstore.archive.database import Archive

#: The order in which they are numbered, which must never change: new kinds go to the end.
_ORDER = (
    SentenceKind.PROSE,
    SentenceKind.HEADLINE,
    SentenceKind.SUBHEAD,
    SentenceKind.CAPTION,
    SentenceKind.CREDIT,
    SentenceKind.DATE_LINE,
    SentenceKind.PROMOTION,
    SentenceKind.LIST_ITEM,
    SentenceKind.TABLE_ROW,
)
_NUMBERS = {kind: number for number, kind in enumerate(_ORDER)}
_INSERT = insert(sentence_kinds)


def write(connection: Connection, article_row: int, found: Sequence[Decided]) -> None:
    """Store the kinds of an article that has none yet."""
    triples = [(one.span.start, _NUMBERS[one.kind], one.by_layout) for one in found]
    packed = np.array(triples, dtype="<u4").tobytes()
    connection.execute(_INSERT, {"article_row": article_row, "classifier": fingerprint(), "kinds": packed})


def read(archive: Archive, article_id: str) -> Mapping[int, SentenceKind]:
    """Where each sentence of an article begins -> what it is; nothing where there is no such article."""
    lines = archive.rows(_OF_ARTICLE, (article_id,))
    if not lines:
        return {}
    text, title, classifier, packed = lines[0]
    triples = np.frombuffer(packed or b"", dtype="<u4").reshape(-1, 3).tolist()
    if classifier == fingerprint():
        return {start: _ORDER[number] for start, number, _ in triples}
    marks = (Marked(Span(start, start + 1), _ORDER[number]) for start, number, by_layout in triples if by_layout)
    return _told(text, title, tuple(marks))


@lru_cache(maxsize=1024)
def _told(text: str, title: str, layout: tuple[Marked, ...]) -> Mapping[int, SentenceKind]:
    # Every question over a store of an older version asks for those of some ten articles, at 12 ms each.
    return {one.span.start: one.kind for one in decided(text, title, layout)}


_OF_ARTICLE = compiled(
    select(articles.c.text, articles.c.title, sentence_kinds.c.classifier, sentence_kinds.c.kinds)
    .select_from(origins)
    .join(articles, articles.c.row == origins.c.article_row)
    .join(sentence_kinds, sentence_kinds.c.article_row == articles.c.row, isouter=True)
    .where(origins.c.id == GIVEN)
)
