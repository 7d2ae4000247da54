"""Every speaker of every article, as arrays: what the archive says before it is worked out who is who.

Invariant: one consistent state of the archive; parallel arrays in the order of the rows of ``speakers``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import func, select

from ingest.language.dateline import BEGINNING, home
from ingest.language.gazetteer import Gazetteer
from vectorstore.archive.catalogue import UNDATED
from vectorstore.archive.database import Archive
from vectorstore.archive.schema import articles, attributed, attributions, speakers
from vectorstore.speakers.types import MIN_CONFIDENCE

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """Attributes:
    rows, article_rows, days, statements: of each speaker of an article: its row, the article's, the article's day
        or ``UNDATED``, and how many statements of at least ``MIN_CONFIDENCE`` there are.
    names: what the article calls him or her in full; ``descriptions`` what else it does.
    homes: by article's row, the key of the country that it was written from and tells of, where that is known.
    """

    state: tuple[int, int]
    rows: Integers
    article_rows: Integers
    days: Integers
    statements: Integers
    names: tuple[str, ...]
    descriptions: tuple[tuple[str, ...], ...]
    homes: Mapping[int, str]


def state(archive: Archive) -> tuple[int, int]:
    """Changes whenever the roll would: the archive's last change, and how many articles have been attributed."""
    with archive.reading_errors(), archive.engine.connect() as connection:
        return archive.head(), connection.scalar(select(func.count()).select_from(attributed)) or 0


def read_roll(archive: Archive, gazetteer: Gazetteer) -> Roll:
    """Read the roll; about half a second for 4,500 articles."""
    now = state(archive)
    query = (
        select(speakers.c.row, speakers.c.article_row, speakers.c.name, speakers.c.descriptions, articles.c.day)
        .join(articles, articles.c.row == speakers.c.article_row)
        .order_by(speakers.c.row)
    )
    counted = (
        select(attributions.c.speaker_row, func.count())
        .where(attributions.c.confidence >= MIN_CONFIDENCE, attributions.c.speaker_row.is_not(None))
        .group_by(attributions.c.speaker_row)
    )
    opening = select(articles.c.row, func.substr(articles.c.text, 1, BEGINNING)).where(
        articles.c.row.in_(select(speakers.c.article_row))
    )
    with archive.reading_errors(), archive.engine.connect() as connection:
        lines = connection.execute(query).all()
        homes = {row: key for row, text in connection.execute(opening) if (key := home(text, gazetteer))}
        counts = {line[0]: line[1] for line in connection.execute(counted)}
    return Roll(
        state=now,
        rows=np.array([line[0] for line in lines], dtype=np.int64),
        article_rows=np.array([line[1] for line in lines], dtype=np.int64),
        days=np.array([UNDATED if line[4] is None else line[4] for line in lines], dtype=np.int64),
        statements=np.array([counts.get(line[0], 0) for line in lines], dtype=np.int64),
        names=tuple(line[2] for line in lines),
        descriptions=tuple(() if line[3] == "[]" else tuple(json.loads(line[3])) for line in lines),
        homes=homes,
    )
