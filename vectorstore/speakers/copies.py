"""One wire story is one witness: a statement that stands in several copies of a story is one statement.

Two statements are one where their articles are of one cluster of near-duplicates and their words are the same, whatever
their punctuation. The article that was published first stands for the others, which are named beside it.

Invariant: what is not visible to whoever asks neither stands for anything nor is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt
from sqlalchemy import select

from vectorstore.archive.attributions import attribution
from vectorstore.archive.catalogue import UNDATED
from vectorstore.archive.database import Archive
from vectorstore.archive.documents import parts
from vectorstore.archive.schema import articles, attributions
from vectorstore.speakers.table import Roll
from vectorstore.speakers.types import MIN_CONFIDENCE

Integers = npt.NDArray[np.int64]
#: Article rows -> the cluster of each, -1 where it has none.
Clusters = Callable[[Integers], Integers]
#: Cluster and words of a statement.
Key: TypeAlias = tuple[int, str]
One = TypeVar("One")

_WORD = re.compile(r"\w+")


def words_of(quote: str) -> str:
    """The words of a statement, as those of its copies are compared: "U.S." is "US"."""
    return " ".join(_WORD.findall(quote.casefold().replace(".", "")))


def once_each(
    found: Sequence[One], key_of: Callable[[One], Key | None], order_of: Callable[[One], tuple[int, int]]
) -> tuple[list[One], dict[int, list[One]]]:
    """One statement of each key, that which comes first in ``order_of``; all that have no key.

    Returns:
        The statements in their order, and by their place in it the others of the same key.
    """
    groups: dict[Key, list[One]] = {}
    for one in found:
        if (key := key_of(one)) is not None:
            groups.setdefault(key, []).append(one)
    first = {key: min(group, key=order_of) for key, group in groups.items()}
    left: list[One] = []
    others: dict[int, list[One]] = {}
    for one in found:
        key = key_of(one)
        if key is None or first[key] is one:
            if key is not None and len(groups[key]) > 1:
                others[len(left)] = sorted((o for o in groups[key] if o is not one), key=order_of)
            left.append(one)
    return left, others


def texts_of(archive: Archive, article_rows: Sequence[int]) -> dict[int, str]:
    """The texts of articles by their rows."""
    texts: dict[int, str] = {}
    with archive.reading_errors(), archive.engine.connect() as connection:
        for part in parts(sorted(article_rows)):
            query = select(articles.c.row, articles.c.text).where(articles.c.row.in_(part))
            texts.update((row, text) for row, text in connection.execute(query))
    return texts


def keys_in_clusters(
    archive: Archive, roll: Roll, clusters: Clusters, wanted: npt.NDArray[np.bool_]
) -> dict[int, tuple[Key, ...]]:
    """For each wanted place of a roll whose article has near-duplicates: the keys of the statements counted there."""
    numbers = clusters(roll.article_rows)
    places = {int(roll.rows[at]): at for at in np.flatnonzero((numbers >= 0) & wanted).tolist()}
    texts = texts_of(archive, sorted({int(roll.article_rows[at]) for at in places.values()}))
    found: dict[int, list[Key]] = {}
    with archive.reading_errors(), archive.engine.connect() as connection:
        for part in parts(sorted(places)):
            query = select(attributions).where(
                attributions.c.speaker_row.in_(part), attributions.c.confidence >= MIN_CONFIDENCE
            )
            for line in connection.execute(query):
                at = places[line.speaker_row]
                said = attribution(line.spans, line.kind, line.confidence, "")
                text = texts.get(int(roll.article_rows[at]), "")
                found.setdefault(at, []).append((int(numbers[at]), words_of(said.content.of(text))))
    return {at: tuple(keys) for at, keys in found.items()}


def counted_once(counts: Integers, roll: Roll, keys: Mapping[int, tuple[Key, ...]], speaker_of: Integers) -> Integers:
    """Counts of statements by the places of a roll, in which a copy counts nothing where the first of it is counted.

    Args:
        counts: 0 where a place is not visible.
        keys: as :func:`keys_in_clusters` has them.
        speaker_of: which speaker each place is.
    """
    left = counts.copy()
    seen: set[tuple[int, Key]] = set()
    days = np.where(roll.days == UNDATED, np.iinfo(np.int64).max, roll.days)
    for at in sorted(keys, key=lambda place: (int(days[place]), int(roll.rows[place]))):
        if counts[at]:
            fresh = {(int(speaker_of[at]), key) for key in keys[at]} - seen
            left[at] -= len(keys[at]) - len(fresh)
            seen |= fresh
    return left
