"""Articles -> the archive: chunked, embedded in batches, committed in batches, counted one by one.

Invariants:

* An article is reported only after the transaction that holds it has committed.
* While batches are embedded, those before them are written and the next ones are read.
* No text is embedded twice: not one that the archive has a vector of, nor one that an earlier batch has under way.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from ingest.article import Article
from ingest.errors import Problem, Remark
from vectorstore.archive import queries as reading
from vectorstore.archive.database import Archive
from vectorstore.archive.documents import Outcome
from vectorstore.archive.prepared import Prepared, embedding_input, prepared
from vectorstore.encoders.base import Encoder
from vectorstore.errors import EncoderError

#: Chunks embedded and committed together, where the encoder names no other number: enough to sort by length, few
#: enough to commit about once a second.
BATCH = 128

#: Batches that are read ahead, so that the encoder has work while the indexes are brought up to the archive.
AHEAD = 8

#: How many batches are under way when the end is near.
_LAST = 2

#: What can be given to a store.
Given = Article | Prepared | Problem

Vectors = npt.NDArray[np.float32]
OnArticle = Callable[[Article, Outcome], None]


@dataclass(slots=True)
class AddReport:
    """What became of the articles that were given to a store. ``another_origin`` are counted in ``unchanged`` too."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    another_origin: int = 0
    chunks: int = 0
    failed: list[Problem] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def note(self, article: Article) -> None:
        """Keep what is to be said of an article that was added or changed."""
        self.remarks += (Remark(source=article.origin or article.id, what=what) for what in article.remarks)

    def count(self, outcome: Outcome, chunks: int = 0) -> None:
        """Count one article."""
        if outcome is Outcome.ADDED:
            self.added += 1
            self.chunks += chunks
        elif outcome is Outcome.CHANGED:
            self.changed += 1
            self.chunks += chunks
        else:
            self.unchanged += 1
            self.another_origin += outcome is Outcome.ANOTHER_ORIGIN


def write_articles(
    archive: Archive,
    encoder: Encoder,
    items: Iterable[Given],
    *,
    on_article: OnArticle | None = None,
    on_commit: Callable[[int], None] | None = None,
    on_ending: Callable[[], None] | None = None,
) -> AddReport:
    """Add articles, prepared already or not; problems are passed on to the report.

    Args:
        on_article: called for each article once it is safe.
        on_commit: called after each commit with the number of chunks that it added.
        on_ending: called when all but the last batches are written, and there is nothing to do until they are embedded.

    Raises:
        EncoderError: where a batch cannot be embedded. What was committed before stays.
        StoreUnreadable: where the archive cannot be written.
        Exception: what ``items`` raises, once all that came before it is committed.
    """
    report = AddReport()
    until = _UntilFailure(items)
    pending: set[str] = set()

    def commit(batch: list[Prepared], vectors: dict[bytes, Vectors]) -> None:
        # A batch before may have let go a vector that was there when this one's were made, or failed with one of them.
        vectors |= _embed(archive, encoder, batch, vectors.keys())
        outcomes = archive.write(batch, encoder.fingerprint, vectors)
        pending.difference_update(item.article.id for item in batch)
        for item, outcome in zip(batch, outcomes, strict=True):
            report.count(outcome, len(item.chunks))
            if outcome is not Outcome.UNCHANGED:
                report.note(item.article)
            if on_article is not None:
                on_article(item.article, outcome)
        if on_commit is not None:
            on_commit(sum(len(item.chunks) for item in batch))

    executor = ThreadPoolExecutor(max_workers=encoder.calls_at_once, thread_name_prefix="embedding")
    underway: deque[_Underway] = deque()
    try:
        for batch in _batches(archive, until, report, on_article, pending, encoder.texts_per_call or BATCH):
            others = frozenset[bytes]().union(*(one.keys for one in underway))
            keys = {key for item in batch for key in item.digests}
            future = executor.submit(_embed, archive, encoder, batch, others)
            underway.append(_Underway(batch=batch, keys=keys, vectors=future))
            while len(underway) > AHEAD or (underway and underway[0].vectors.done()):
                commit(underway[0].batch, underway[0].vectors.result())
                underway.popleft()
        waited = False
        while underway:
            if len(underway) <= _LAST and on_ending is not None and not waited:
                on_ending()
                waited = True
            commit(underway[0].batch, underway[0].vectors.result())
            underway.popleft()
    except (EncoderError, KeyboardInterrupt):
        executor.shutdown(cancel_futures=True)
        for one in underway:
            if _is_whole(one, archive, encoder):  # embedded beside what failed, and paid for
                commit(one.batch, one.vectors.result())
        raise
    finally:
        executor.shutdown(cancel_futures=True)
    if until.failure is not None:
        raise until.failure
    return report


class _UntilFailure:
    """Items until their iterator fails; ``failure`` is what it raised, for when those before are safe."""

    def __init__(self, items: Iterable[Given]) -> None:
        self._items = items
        self.failure: Exception | None = None

    def __iter__(self) -> Iterator[Given]:
        try:
            yield from self._items
        except Exception as error:  # noqa: BLE001 - whatever it is: it is raised again
            self.failure = error


@dataclass(frozen=True, slots=True, kw_only=True)
class _Underway:
    """A batch that is being embedded; ``keys`` are the digests of its texts."""

    batch: list[Prepared]
    keys: Collection[bytes]
    vectors: Future[dict[bytes, Vectors]]


def _is_whole(one: _Underway, archive: Archive, encoder: Encoder) -> bool:
    """Whether nothing of it is left to embed."""
    if not one.vectors.done() or one.vectors.cancelled() or one.vectors.exception() is not None:
        return False
    return not archive.missing_embeddings(encoder.fingerprint, set(one.keys) - one.vectors.result().keys())


def _batches(
    archive: Archive,
    items: Iterable[Given],
    report: AddReport,
    on_article: OnArticle | None,
    pending: set[str],
    most: int,
) -> Iterator[list[Prepared]]:
    """Pass over what the archive holds as it is and batch the rest, ``most`` chunks or little more in each; ``pending``
    are the ids that await their commit.
    """
    batch: list[Prepared] = []
    size = 0
    for item in items:
        if isinstance(item, Problem):
            report.failed.append(item)
            continue
        article = item.article if isinstance(item, Prepared) else item
        # Where the same document comes twice in one run, the last one counts: it is compared with the one before it.
        if article.id not in pending and archive.classify(article) is Outcome.UNCHANGED:
            report.count(Outcome.UNCHANGED)
            if on_article is not None:
                on_article(article, Outcome.UNCHANGED)
            continue
        made = item if isinstance(item, Prepared) else prepared(item)
        if isinstance(made, Problem):
            report.failed.append(made)
            continue
        pending.add(article.id)
        batch.append(made)
        size += len(made.chunks)
        if size >= most:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _embed(
    archive: Archive, encoder: Encoder, batch: list[Prepared], made: Collection[bytes] = ()
) -> dict[bytes, Vectors]:
    """Vectors of what has none yet, neither in the archive nor among those that are ``made``, by digest."""
    texts = {key: text for item in batch for key, text in zip(item.digests, item.inputs, strict=True)}
    missing = sorted(archive.missing_embeddings(encoder.fingerprint, texts.keys() - set(made)))
    if not missing:
        return {}
    return dict(zip(missing, encoder.encode([texts[key] for key in missing]), strict=True))


def embed_missing(archive: Archive, encoder: Encoder, report: Callable[[str], None]) -> int:
    """Embed every chunk that has no vector of this encoder yet, committing batch by batch; how many there were.

    Raises:
        EncoderError: where a batch cannot be embedded; what was committed before stays.
    """
    done = 0
    total = reading.counts(archive)[1]
    for part in reading.chunks_without_vector(archive, encoder.fingerprint, encoder.texts_per_call or BATCH):
        vectors = encoder.encode([embedding_input(title, text) for _, title, text in part])
        archive.write_vectors(encoder.fingerprint, {key: v for (key, _, _), v in zip(part, vectors, strict=True)})
        done += len(part)
        if done // 2500 > (done - len(part)) // 2500:
            report(f"embedded {done:,} of up to {total:,} passages")
    return done
