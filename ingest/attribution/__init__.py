"""Article -> who said what, as spans."""

from __future__ import annotations

from ingest.article import Article, Span
from ingest.attribution.reading import read
from ingest.attribution.rules import Draft, in_unit, orphans
from ingest.attribution.joining import join
from ingest.attribution.types import Attribution, Kind

__all__ = ["Attribution", "Kind", "attributions"]


def drafts(text: str):
    reading = read(text)
    units = [(u, in_unit(reading, u)) for u in reading.units if not u.inner]
    join(reading, units)
    for u, ds in units:
        orphans(reading, u, ds)
    return reading, [d for _, ds in units for d in ds]
