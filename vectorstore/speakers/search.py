"""Who speaks in a store and what they said: ``Store.speakers`` and ``Store.statements``.

Invariants:

* What a scope excludes has no part in anything: neither in a count, nor in who is taken for whom.
* A statement that stands in several copies of one story counts once.
* A statement's quote is cut out of the stored text by its span.
* Attributions that are missing are made before the first question is answered.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ingest.language.gazetteer import Gazetteer
from ingest.language.words import fold
from vectorstore.archive import attributions
from vectorstore.archive.catalogue import UNDATED, Catalogue
from vectorstore.speakers import entities as speaker_directory
from vectorstore.speakers import table as speaker_roll
from vectorstore.speakers.copies import Key, counted_once, keys_in_clusters
from vectorstore.speakers.entities import Directory, Entity, NameReader
from vectorstore.speakers.names import last_word
from vectorstore.speakers.ranking import Candidate, StatementRanker, nearest_passages
from vectorstore.speakers.statements import StatementQuery, Wanted, find_statements
from vectorstore.speakers.table import Roll
from vectorstore.speakers.types import Speaker, SpokenStatement

if TYPE_CHECKING:
    from vectorstore.archive.database import Archive
    from vectorstore.indexes.following import Indexes
    from vectorstore.retrieval.scope import Scope

#: Directories kept: one for each day that questions were asked as of.
_DIRECTORIES = 8

Mask = npt.NDArray[np.bool_]


@dataclass(slots=True)
class SpeakerSearch:
    """Answers who said what from one archive. Safe to share between threads."""

    archive: Archive
    gazetteer: Gazetteer
    catalogue: Callable[[], Catalogue]
    indexes: Callable[[], Indexes]
    passing: Callable[[], AbstractContextManager[None]]
    report: Callable[[str], None]
    _ranker: StatementRanker | None = None
    _roll: Roll | None = None
    _version: int = -1  # of the archive, when the roll was last compared with it
    _reader: NameReader | None = None
    _directories: dict[int, Directory] = field(default_factory=dict)
    _keys: dict[int, tuple[Key, ...]] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def speakers(self, matching: str | None, scope: Scope, limit: int | None) -> list[Speaker]:
        """See :meth:`vectorstore.store.Store.speakers`."""
        roll, directory, visible = self._as_of(scope)
        counts = np.where(visible, roll.statements, 0)
        named = directory.entity_of >= 0
        if matching is not None:
            places = list(self._places(directory, matching))
            wanted = fold(matching.strip())
            chosen = np.array([wanted in name for name in directory.folded], dtype=np.bool_)
            found = directory.entity_of[places]
            chosen[found[found >= 0]] = True
            counts = np.where(np.isin(directory.entity_of, np.flatnonzero(chosen)), counts, 0)
        counts = counted_once(counts, roll, self._keys_of(roll, counts > 0), directory.entity_of)
        totals = np.bincount(directory.entity_of[named], weights=counts[named], minlength=len(directory.entities))
        order = np.argsort(-totals, kind="stable")
        order = order[totals[order] > 0][:limit]
        return [_speaker(roll, directory, directory.entities[at], counts) for at in order.tolist()]

    def statements(self, speaker: str, query: StatementQuery, scope: Scope) -> list[SpokenStatement]:
        """See :meth:`vectorstore.store.Store.statements`."""
        roll, directory, visible = self._as_of(scope)
        wanted = []
        for place in sorted(self._places(directory, speaker)):
            if visible[place]:
                number = int(directory.entity_of[place])
                name = directory.entities[number].name if number >= 0 else roll.names[place]
                wanted.append(Wanted(int(roll.rows[place]), name, directory.sides.get(place, ())))
        return find_statements(self.archive, wanted, query, rank=self._rank, clusters=self.catalogue().clusters_of)

    def stands_for(self, name: str, scope: Scope) -> tuple[str, ...]:
        """See :meth:`vectorstore.store.Store.stands_for`."""
        _, directory, _ = self._as_of(scope)
        named = directory.by_alias.get(fold(name), set())
        if not named:
            return ()
        entity = directory.entities[max(named, key=lambda number: int(directory.statements[number]))]
        sides = Counter(side for place in entity.places for side in directory.sides.get(place, ()))
        return tuple(side for side, _ in sides.most_common() if side != entity.name)

    def nearest(self, name: str, scope: Scope, limit: int) -> list[str]:
        """Names of speakers that are spelled most like ``name``."""
        _, directory, _ = self._as_of(scope)
        spelled: dict[str, str] = {}
        for entity, folded in zip(directory.entities, directory.folded, strict=True):
            for form in (folded, last_word(entity.name)):
                spelled.setdefault(form, entity.name)
        spelled |= {fold(country): country for country in self.gazetteer.names.values()}
        near = get_close_matches(fold(name.strip()), spelled, n=limit * 2, cutoff=0.6)
        return list(dict.fromkeys(spelled[form] for form in near))[:limit]

    def _rank(self, about: str, candidates: Sequence[Candidate], foremost: Collection[int]) -> list[float]:
        with self.passing():  # the indexes stay what they are meanwhile
            encoder = self.indexes().encoder
            if self._ranker is None or self._ranker.encoder is not encoder:
                self._ranker = StatementRanker(
                    encoder=encoder,
                    nearest=lambda vector: nearest_passages(self.archive, self.indexes().dense, vector),
                )
            return self._ranker.rank(about, candidates, foremost)

    def _as_of(self, scope: Scope) -> tuple[Roll, Directory, Mask]:
        """The roll, who is who as of the day, and which of the roll's positions pass all scope."""
        with self._lock:
            roll = self._current()
            catalogue = self.catalogue()
            as_of = scope.as_of.toordinal() if scope.as_of is not None else None
            published = np.ones(len(roll.rows), dtype=np.bool_)
            if as_of is not None:
                published = (roll.days == UNDATED) | (roll.days <= as_of)
            passed = catalogue.article_rows[
                catalogue.allowed(
                    day_from=scope.day_from,
                    day_to=scope.day_to,
                    include_undated=scope.include_undated,
                    sources=scope.publishers,
                )
            ]
            return roll, self._directory(roll, published), published & np.isin(roll.article_rows, passed)

    def _current(self) -> Roll:
        version = self.archive.version()
        if self._roll is not None and version == self._version:
            return self._roll
        if self._roll is None or self._roll.state != speaker_roll.state(self.archive):
            attributions.make_missing(self.archive, self.report)
            self._roll = speaker_roll.read_roll(self.archive, self.gazetteer)
            self._reader = NameReader.of(self.gazetteer, self._roll)
            self._keys = {}
            self._directories = {}
        self._version = version
        return self._roll

    def _keys_of(self, roll: Roll, wanted: Mask) -> dict[int, tuple[Key, ...]]:
        """The keys of the statements at these places, those of before kept."""
        with self._lock:
            missing = wanted.copy()
            missing[list(self._keys)] = False
            fresh = keys_in_clusters(self.archive, roll, self.catalogue().clusters_of, missing)
            self._keys = {**self._keys, **fresh}
            return self._keys

    def _directory(self, roll: Roll, published: Mask) -> Directory:
        assert self._reader is not None
        key = int(published.sum())  # as many of one roll, by day, are the same
        if key not in self._directories:
            if len(self._directories) >= _DIRECTORIES:
                self._directories.pop(next(iter(self._directories)))
            self._directories[key] = speaker_directory.build(self._reader, roll, published)
        return self._directories[key]

    def _places(self, directory: Directory, speaker: str) -> set[int]:
        """Positions in the roll of whoever is meant by ``speaker``."""
        asked = " ".join(speaker.split())
        folded = fold(asked).removeprefix("the ")
        named = directory.by_alias.get(fold(asked)) or directory.by_alias.get(folded) or set()
        # An article that never gives the first name is no reason to leave out those that do.
        named = named | directory.of_surname(folded)
        found = {place for number in named for place in directory.entities[number].places}
        found.update(directory.by_side.get(folded, ()))
        standing = self.gazetteer.standing(asked, asked=True)
        if standing.sides:
            spoken = set(directory.by_side.get(fold(standing.sides[0]), ()))
            if not standing.offices:
                found |= spoken
            else:
                in_office = {p for p in spoken if standing.offices & directory.offices.get(p, frozenset())}
                found |= in_office or (set() if found else spoken)
        return found or set(directory.anybody.get(folded, ()))


def _speaker(roll: Roll, directory: Directory, entity: Entity, counts: npt.NDArray[np.int64]) -> Speaker:
    spoken = [place for place in entity.places if counts[place]]
    sides = Counter(side for place in spoken for side in directory.sides.get(place, ()))
    days = [int(roll.days[place]) for place in spoken if roll.days[place] != UNDATED]
    return Speaker(
        name=entity.name,
        stands_for=tuple(side for side, _ in sides.most_common() if side != entity.name),
        aliases=tuple(speaker_directory.aliases(roll, entity)),
        statements=int(counts[entity.places].sum()),
        first=dt.date.fromordinal(min(days)) if days else None,
        last=dt.date.fromordinal(max(days)) if days else None,
    )
