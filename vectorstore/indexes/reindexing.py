"""Building a store's indexes anew, on purpose, while another process may go on serving the old ones.

Invariants: vectors that exist are not made again; those that are missing are committed batch by batch, so that an
interrupted run goes on where it was; the switch is one transaction, after which a serving process takes the new ones.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from vectorstore.archive import queries as reading
from vectorstore.archive.attributions import make_missing
from vectorstore.archive.database import Archive
from vectorstore.archive.lock import StoreLock
from vectorstore.archive.writing import embed_missing
from vectorstore.encoders.base import LOCAL, Encoder
from vectorstore.encoders.registry import open_encoder
from vectorstore.errors import StoreUnreadable
from vectorstore.indexes.base import Report, VectorBackend
from vectorstore.indexes.following import Indexes, stored_encoder

#: Seconds to wait for a process that has the lock only to clear away what is left over.
_SWEEPING = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReindexReport:
    """What a rebuild did: passages indexed, those of them that had to be embedded, and articles of which it had to be
    read who says what.
    """

    encoder: str
    passages: int
    embedded: int
    attributed: int


def reindex(
    path: Path,
    *,
    encoder: str | Encoder | None = None,
    vector_index: str = "chroma",
    cache: Path | None = None,
    report: Report | None = None,
) -> ReindexReport:
    """Rebuild the vector and the lexical index of the store in ``path`` beside those in use, then switch to them.

    Args:
        encoder: the encoder to switch to; default the one that the store has.
        report: told in a line what takes long.

    Raises:
        StoreUnreadable: where there is no store, or its archive is damaged.
        StoreLocked: where another process is reindexing the same store.
        EncoderError: where passages cannot be embedded; what was embedded is kept, and the old indexes stay.
    """
    if not (path / "archive.sqlite").is_file():
        raise StoreUnreadable(f"there is no store in {path}", remedy="name another with --store, or ingest articles")
    say, backend = report or (lambda line: None), VectorBackend.named(vector_index)
    with ExitStack() as undo:
        archive = Archive.open(path / "archive.sqlite")
        undo.callback(archive.close)
        building = StoreLock(path, "reindex")
        building.acquire(wait=_SWEEPING)
        undo.callback(building.release)
        used = encoder or stored_encoder(archive, LOCAL, cache, backend)
        if isinstance(used, str):
            used = open_encoder(used, cache)
        indexes = Indexes(archive, path / "indexes", used, backend=backend, report=say)
        if backend.address:
            _sweep(indexes, StoreLock(path))
        embedded = embed_missing(archive, used, say)
        attributed = make_missing(archive, say)
        indexes.rebuild()
        passages = reading.counts(archive)[1]
        return ReindexReport(encoder=used.name, passages=passages, embedded=embedded, attributed=attributed)


def _sweep(indexes: Indexes, lock: StoreLock) -> None:
    """Clear away what earlier runs have left on the server, unless someone is writing. Those who still had it open have
    long gone over to what took its place.
    """
    if lock.try_acquire():
        try:
            indexes.sweep()
        finally:
            lock.release()
