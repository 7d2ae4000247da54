"""The store: one folder with the archive and its indexes, and the face that other packages use.

Layout of a store's folder: ``archive.sqlite`` (the truth), ``indexes/`` (built from it), ``store.lock``.

Invariants:

* ``store.text(article_id)[start:end]`` is what a passage of that span says.
* What :meth:`Store.add` has reported is found by :meth:`Store.search`, at the latest after the next opening.
* One process owns an embedded store. With a Chroma server, any number read and one at a time writes.
* A search never waits for one who adds or reindexes, in this process or another.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Self, TypeVar

from ingest.article import Article, SentenceKind
from ingest.attribution import Attribution
from ingest.language.gazetteer import Gazetteer, bundled, load
from vectorstore.archive import attributions, kinds
from vectorstore.archive import queries as reading
from vectorstore.archive.database import Archive
from vectorstore.archive.documents import Outcome
from vectorstore.archive.folder import seal, store_folder
from vectorstore.archive.lock import StoreLock
from vectorstore.archive.passage import Passage, passage_of
from vectorstore.archive.queries import ArticleSummary
from vectorstore.archive.writing import AddReport, Given, write_articles
from vectorstore.duplicates import clusters as duplicates
from vectorstore.encoders.base import LOCAL, Encoder
from vectorstore.encoders.local import LocalEncoder
from vectorstore.errors import EncoderError, UnknownArticle
from vectorstore.indexes.base import Report, VectorBackend
from vectorstore.indexes.current import CurrentIndexes, open_indexes
from vectorstore.indexes.following import Indexes, stored_encoder
from vectorstore.retrieval.retriever import Retriever
from vectorstore.retrieval.scope import EVERYTHING, Scope
from vectorstore.retrieval.spelling import Spelling
from vectorstore.speakers.search import SpeakerSearch
from vectorstore.speakers.statements import ALL_STATEMENTS, StatementQuery
from vectorstore.speakers.types import Speaker, SpokenStatement

T = TypeVar("T")

#: Chunks that are committed before the indexes are brought up to them: a search meanwhile sees what they hold.
FOLLOW_EVERY = 4096


class Store:
    """A news archive that can be added to and searched. Use :meth:`open`; a context manager, leaving closes it."""

    def __init__(
        self, path: Path, archive: Archive, indexes: Indexes, lock: StoreLock, cache: Path | None, gazetteer: Gazetteer
    ) -> None:
        self.path = path
        self.archive = archive
        self.retriever = Retriever(indexes=indexes)
        # The same retriever also over new indexes: others may hold it.
        self._current = CurrentIndexes(indexes, lock, cache, lambda new: setattr(self.retriever, "indexes", new))
        self.gazetteer = gazetteer
        self._speakers = SpeakerSearch(
            archive=archive,
            gazetteer=gazetteer,
            catalogue=self.retriever.catalogue,
            indexes=lambda: self.indexes,
            passing=self._current.gate.passing,
            report=indexes.report,
        )

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str] | None = None,
        *,
        encoder: str | Encoder = LOCAL,
        vector_index: str = "chroma",
        cache: Path | None = None,
        institutions: Path | None = None,
        report: Report | None = None,
    ) -> Store:
        """Open the store in folder ``path``, or create it; bring its indexes up to its archive.

        Args:
            path: default the user's data folder.
            encoder: for a new store. A store that exists keeps the encoder that it was embedded with
                (``encoder_name`` says which) until it is reindexed.
            vector_index: ``chroma``, ``chroma:http://HOST:PORT`` for one on a Chroma server, or another package's.
            institutions: a file of who speaks for whom, in place of the bundled ``ingest/language/gazetteer.toml``.
            report: told in a line what takes long.

        Raises:
            StoreError: StoreLocked where another process owns it, StoreUnreadable where the archive is damaged or the
                folder cannot be used, IndexUnavailable where the Chroma server does not answer.
            InstitutionsError: where the file of institutions cannot be used.
        """
        known = load(institutions) if institutions is not None else bundled()
        folder = store_folder(path, report)
        lock = StoreLock(folder)
        backend = VectorBackend.named(vector_index)
        if not backend.address:
            lock.acquire()
        with ExitStack() as undo:
            undo.callback(lock.release)
            archive = Archive.open(folder / "archive.sqlite")
            undo.callback(archive.close)
            used = stored_encoder(archive, encoder, cache, backend)
            say = report or (lambda line: None)
            if not backend.address:
                duplicates.catch_up(archive, say)
            indexes = Indexes(archive, folder / "indexes", used, backend=backend, report=say)
            open_indexes(indexes, lock)
            undo.pop_all()
        return cls(folder, archive, indexes, lock, cache, known)

    def close(self) -> None:
        """Let go of everything; the store can be opened by another process then."""
        self._current.close()
        seal(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    @property
    def indexes(self) -> Indexes:
        """The indexes that are searched at the moment."""
        return self._current.now

    @property
    def encoder(self) -> Encoder:
        """The encoder that the store is embedded with."""
        return self.indexes.encoder

    def add(self, items: Iterable[Given], *, on_article: Callable[[Article, Outcome], None] | None = None) -> AddReport:
        """Add articles: new ones, changed ones in place of their old form, unchanged ones passed over.

        Args:
            items: what :func:`ingest.read` yields, or ``ingest.read.read_apart``; problems go into the report.
            on_article: called with each article once it is safe, in the thread that called ``add``.

        Raises: EncoderError, StoreError, or what ``items`` does; what was given before stays.
        """
        waiting = 0

        def follow(enough: int) -> None:
            nonlocal waiting
            if waiting >= enough:
                self.reconcile()
                waiting = 0

        def committed(chunks: int) -> None:
            nonlocal waiting
            waiting += chunks
            follow(FOLLOW_EVERY)

        with self._current.writing():
            if self._current.shared:
                duplicates.catch_up(self.archive, self.indexes.report)
            try:
                report = write_articles(
                    self.archive,
                    self.encoder,
                    items,
                    on_article=on_article,
                    on_commit=committed,
                    # While the last ones are embedded, so that little is left to do after them.
                    on_ending=lambda: follow(FOLLOW_EVERY // 8),
                )
            except EncoderError:
                self.reconcile()  # what was reported is found at once, not only after the next opening
                raise
            self.reconcile()
        return report

    def remove(self, article_ids: Iterable[str]) -> list[str]:
        """Remove articles from the archive and every index; returns the ids for which there was no article."""
        with self._current.writing():
            unknown = [article_id for article_id in article_ids if not self.archive.remove(article_id)]
            self.reconcile()
        return unknown

    def reconcile(self) -> None:
        """Bring the indexes up to the archive, over to those that ``reindex`` has built; raises StoreLocked."""
        with self._current.writing():
            self._current.take_up()
            self.indexes.follow()

    def search(
        self,
        query: str,
        scope: Scope = EVERYTHING,
        *,
        limit: int = 20,
        min_articles: int = 0,
        dates: tuple[dt.date | None, dt.date | None] | None = None,
        copies: bool = False,
    ) -> list[Passage]:
        """Rank passages for a question; see :meth:`vectorstore.retrieval.retriever.Retriever.search`.

        Args:
            scope: what may be looked at.
            dates: days that the question itself names; a preference, not a filter.
            copies: give near-duplicates of what is found too, behind it and marked (``Passage.copy_of``).
        """
        self._current.look_around()
        with self._current.gate.passing():
            return self.retriever.search(
                query, scope, limit=limit, min_articles=min_articles, dates=dates, copies=copies
            )

    def speakers(
        self, matching: str | None = None, scope: Scope = EVERYTHING, *, limit: int | None = 100
    ) -> list[Speaker]:
        """Who speaks in the archive, those with the most statements first; of all, or of those whose name has
        ``matching`` in it, who hold that office, or who speak for that body or country.
        """
        return self._speakers.speakers(matching, scope, limit)

    def statements(
        self, speaker: str, query: StatementQuery = ALL_STATEMENTS, scope: Scope = EVERYTHING
    ) -> list[SpokenStatement]:
        """What somebody said.

        Args:
            speaker: a person ("Peskov"), an office ("Russian foreign minister"), a body ("the Kremlin"), or a country,
                also by its people or its capital ("Russia", "Moscow"), which gives all who speak for it.
        """
        return self._speakers.statements(speaker, query, scope)

    def stands_for(self, name: str, scope: Scope = EVERYTHING) -> tuple[str, ...]:
        """The bodies and countries that the speaker of that name spoke for, the most frequent first."""
        return self._speakers.stands_for(name, scope)

    def nearest_speakers(self, name: str, scope: Scope = EVERYTHING, *, limit: int = 3) -> list[str]:
        """Speakers and countries whose names are spelled most like ``name``."""
        return self._speakers.nearest(name, scope, limit)

    def attributions(self, article_id: str) -> list[Attribution]:
        """Who says what in an article, in the order of the cues; nothing where there is no such article."""
        return attributions.read(self.archive, article_id)

    def sentence_kinds(self, article_id: str) -> Mapping[int, SentenceKind]:
        """What each sentence of an article is, by where it begins."""
        return kinds.read(self.archive, article_id)

    def rarity(self, words: Sequence[str]) -> list[float]:
        """How much each word tells the articles apart; see :meth:`vectorstore.indexes.bm25.LexicalIndex.rarity`."""
        with self._current.gate.passing():
            return self.indexes.lexical.rarity(words)

    def spelled(self, text: str) -> str:
        """A question in the archive's spelling; see :meth:`vectorstore.retrieval.spelling.Spelling.spelled`."""
        with self._current.gate.passing():
            indexes, texts = self.indexes, partial(reading.texts, self.archive)
            knows = indexes.encoder.knows if isinstance(indexes.encoder, LocalEncoder) else None
            return Spelling(index=indexes.lexical, texts=texts, knows=knows).spelled(text)

    def neighbours(self, passage: Passage, distance: int = 1) -> list[Passage]:
        """The passages of the same article up to ``distance`` before and after, without ``passage`` itself."""
        span = max(passage.ordinal - distance, 0), passage.ordinal + distance
        found = reading.passages_of(self.archive, passage.article_id, *span)
        return [passage_of(stored, about=passage) for stored in found if stored.ordinal != passage.ordinal]

    def article(self, article_id: str) -> Article:
        """One article; raises UnknownArticle where there is none of that id."""
        return _known(reading.article(self.archive, article_id), article_id)

    def text(self, article_id: str) -> str:
        """The text in which every span of that article counts; raises UnknownArticle where there is none of that id."""
        return _known(reading.text(self.archive, article_id), article_id)

    def origins(self, article_id: str) -> list[str]:
        """Every file or URL that the article's text was read from."""
        return reading.origins_of(self.archive, article_id)

    def chunks(self, article_id: str) -> list[Passage]:
        """The chunks of one article, in the order of its text; none where there is no such article."""
        return [passage_of(stored) for stored in reading.passages_of(self.archive, article_id)]

    def articles(self) -> Iterator[ArticleSummary]:
        """A line on every article, the latest first."""
        return reading.summaries(self.archive)

    def counts(self) -> tuple[int, int]:
        """How many articles and how many chunks the store holds."""
        return reading.counts(self.archive)


def _known(found: T | None, article_id: str) -> T:
    if found is None:
        raise UnknownArticle(f"the store has no article {article_id!r}", remedy="see: assistant articles list")
    return found
