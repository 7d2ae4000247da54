"""What a store says of speakers: the part of :class:`vectorstore.store.Store` that answers who said what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from ingest.attribution import Attribution, Kind
from vectorstore.archive import attributions
from vectorstore.retrieval.candidates import Filters
from vectorstore.speakers.ranking import Candidate, StatementRanker, nearest_passages
from vectorstore.speakers.search import Speech
from vectorstore.speakers.statements import Place
from vectorstore.speakers.types import MIN_CONFIDENCE, Speaker, SpokenStatement

if TYPE_CHECKING:
    from ingest.language.gazetteer import Gazetteer
    from vectorstore.archive.database import Archive
    from vectorstore.archive.lock import Gate
    from vectorstore.indexes.following import Indexes
    from vectorstore.retrieval.retriever import Retriever


class StoreSpeech:
    """Speakers and statements of one store."""

    archive: Archive
    indexes: Indexes
    retriever: Retriever
    #: Who speaks for whom, by the file that the store was opened with.
    gazetteer: Gazetteer
    _gate: Gate
    _speech: Speech
    _ranker: StatementRanker | None = None

    def _open_speech(self) -> None:
        self._speech = Speech(
            archive=self.archive,
            gazetteer=self.gazetteer,
            catalogue=self.retriever.catalogue,
            rank=self._rank,
            report=self.indexes.report,
        )

    def attributions(self, article_id: str) -> list[Attribution]:
        """Who says what in an article, in the order of the cues; nothing where there is no such article."""
        return attributions.read(self.archive, article_id)

    def speakers(
        self,
        matching: str | None = None,
        *,
        as_of: dt.date | None = None,
        date_from: dt.date | None = None,
        date_to: dt.date | None = None,
        sources: Collection[str] | None = None,
        limit: int | None = 100,
    ) -> list[Speaker]:
        """Who speaks in the archive, those with the most statements first.

        Args:
            matching: a name or a part of one, an office ("Kremlin spokesman"), or a body or country, which gives all
                who speak for it.
            as_of: nothing published after this day is looked at.
            date_from, date_to: only statements of articles dated within these days, inclusive.
            sources: only of these publishers, without regard to case.
            limit: how many at most; None for all.
        """
        return self._speech.speakers(matching, _filters(as_of, date_from, date_to, sources), limit)

    def statements(
        self,
        speaker: str,
        about: str | None = None,
        *,
        as_of: dt.date | None = None,
        date_from: dt.date | None = None,
        date_to: dt.date | None = None,
        sources: Collection[str] | None = None,
        kinds: Collection[Kind] | None = None,
        min_confidence: float = MIN_CONFIDENCE,
        limit: int | None = 20,
        copies: bool = False,
        foremost: Sequence[Place] = (),
    ) -> list[SpokenStatement]:
        """What somebody said.

        Args:
            speaker: a person ("Peskov"), an office ("Russian foreign minister"), a body ("the Kremlin", "State
                Department"), or a country, also by its people or its capital ("Russia", "Russian", "Moscow"), which
                gives all who speak for it.
            about: what it is to be about; the most relevant come first then, else the latest.
            kinds: only statements of these kinds.
            min_confidence: only those of which at least this much is thought.
            limit: how many at most; None for all, without ``about``.
            copies: every copy of a statement by itself; else it comes once, from the article that was published first,
                with the near-duplicates in which it also stands.
            foremost: places, as a search has found them, whose statements come too, however far their own words are
                from ``about``: beyond ``limit``, with their relevance.

        Returns:
            None at all where there is no such speaker; :meth:`nearest_speakers` says who is meant perhaps.
        """
        return self._speech.statements(
            speaker,
            about,
            _filters(as_of, date_from, date_to, sources),
            kinds=kinds,
            min_confidence=min_confidence,
            limit=limit,
            copies=copies,
            foremost=foremost,
        )

    def nearest_speakers(self, name: str, *, as_of: dt.date | None = None, limit: int = 3) -> list[str]:
        """Speakers and countries whose names are spelled most like ``name``."""
        return self._speech.nearest(name, Filters(as_of=as_of), limit)

    def _rank(self, about: str, candidates: Sequence[Candidate], foremost: Collection[int]) -> list[float]:
        with self._gate.passing():
            indexes = self.indexes
            if self._ranker is None or self._ranker.encoder is not indexes.encoder:
                self._ranker = StatementRanker(
                    encoder=indexes.encoder,
                    nearest=lambda vector: nearest_passages(self.archive, self.indexes.dense, vector),
                )
            return self._ranker.rank(about, candidates, foremost)


def _filters(
    as_of: dt.date | None, date_from: dt.date | None, date_to: dt.date | None, sources: Collection[str] | None
) -> Filters:
    return Filters(as_of=as_of, date_from=date_from, date_to=date_to, sources=frozenset(sources) if sources else None)
