"""Building a store's indexes anew, on purpose, while another process may go on serving the old ones.

Invariants: vectors that exist are not made again; those that are missing are committed batch by batch, so that an
interrupted run goes on where it was; the switch is one transaction, after which a serving process takes the new ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vectorstore import reading
from vectorstore.archive import Archive
from vectorstore.encoder import LOCAL, Encoder, open_encoder
from vectorstore.indexes import Indexes, Report, stored_encoder
from vectorstore.lock import StoreLock
from vectorstore.writing import BATCH, embedding_input


@dataclass(frozen=True, slots=True, kw_only=True)
class ReindexReport:
    """What a rebuild did: passages indexed, and those of them that had to be embedded."""

    encoder: str
    passages: int
    embedded: int


def reindex(
    path: Path,
    *,
    encoder: str | None = None,
    chroma_url: str | None = None,
    cache: Path | None = None,
    report: Report | None = None,
) -> ReindexReport:
    """Rebuild the vector and the lexical index of the store in ``path`` beside those in use, then switch to them.

    Args:
        encoder: the encoder to switch to; default the one that the store has.
        report: told in a line what takes long.

    Raises:
        StoreLocked: where another process is reindexing the same store.
        EncoderError: where passages cannot be embedded; what was embedded is kept, and the old indexes stay.
    """
    say = report or (lambda line: None)
    archive = Archive.open(path / "archive.sqlite")
    lock = StoreLock(path, "reindex")
    lock.acquire()
    try:
        used = open_encoder(encoder, cache) if encoder is not None else stored_encoder(archive, LOCAL, cache)
        embedded = embed_missing(archive, used, say)
        indexes = Indexes(archive, path / "indexes", used, chroma_url=chroma_url, report=say)
        indexes.rebuild()
        indexes.close()
        return ReindexReport(encoder=used.name, passages=reading.counts(archive)[1], embedded=embedded)
    finally:
        lock.release()
        archive.close()


def embed_missing(archive: Archive, encoder: Encoder, report: Report) -> int:
    """Embed every chunk that has no vector of this encoder yet; how many there were."""
    done = 0
    total = reading.counts(archive)[1]
    for part in reading.chunks_without_vector(archive, encoder.fingerprint, BATCH):
        vectors = encoder.encode([embedding_input(title, text) for _, title, text in part])
        archive.write_vectors(encoder.fingerprint, {key: v for (key, _, _), v in zip(part, vectors, strict=True)})
        done += len(part)
        if done % (BATCH * 20) == 0:
            report(f"embedded {done:,} of up to {total:,} passages")
    return done
