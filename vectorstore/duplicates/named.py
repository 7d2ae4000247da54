"""Articles whose note names the day of a report, and the reports so named: "Our report of 4 August said that …".

Invariant: both are of one publisher, and the report is no later than the note.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select

from ingest.corrections import WITHIN
from ingest.corrections_named import day_corrected, of_one_matter
from vectorstore.archive.schema import articles, near_duplicates

#: Articles that are looked up at once.
_BATCH = 200


def named_reports(connection: Connection, row: int, own: RowMapping, day: int | None) -> set[int]:
    """The rows of the reports that the note of an article names by their day, or of those whose notes so name it.

    Args:
        own: the article's line of ``near_duplicates`` with its ``source``; ``day`` its day, proleptic ordinal.
    """
    if day is None or not own["source"]:
        return set()
    same_source = func.lower(articles.c.source) == own["source"].lower()
    if own["note"] is not None:
        return _named_by(connection, row, same_source)
    # First those that have a note, which are few.
    noted = list(connection.scalars(select(near_duplicates.c.article_row).where(near_duplicates.c.note.is_not(None))))
    later = articles.c.day.between(day, day + WITHIN)
    found: set[int] = set()
    for start in range(0, len(noted), _BATCH):
        part = articles.c.row.in_(noted[start : start + _BATCH])
        query = select(articles.c.row).where(part, same_source, later)
        found |= {one for one in connection.scalars(query).all() if row in _named_by(connection, one, same_source)}
    return found


def _named_by(connection: Connection, row: int, same_source: ColumnElement[bool]) -> set[int]:
    query = (
        select(articles.c.text, articles.c.day, near_duplicates.c.note_start)
        .join(near_duplicates, near_duplicates.c.article_row == articles.c.row)
        .where(articles.c.row == row)
    )
    line = connection.execute(query).one()
    if line.note_start is None or line.day is None:
        return set()
    note = line.text[line.note_start :].split("\n")[0]
    day = day_corrected(note, dt.date.fromordinal(line.day))
    if day is None:
        return set()
    there = select(articles.c.row, articles.c.text).where(
        articles.c.day == day.toordinal(), same_source, articles.c.row != row
    )
    reports: dict[int, str] = {found.row: found.text for found in connection.execute(there).all()}
    best = of_one_matter(line.text, reports)
    return {best} if best is not None else set()
