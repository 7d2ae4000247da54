"""The indexes and how they follow the archive: opened, caught up, rebuilt, switched.

Invariants:

* An index is searched only when its record is active, not dirty, and of the fingerprint that it was opened for.
* ``dirty`` is committed before the vector index is written and cleared after; one in the store's folder that is found
  dirty is not opened: it is built again, in a new folder, from the stored vectors, and then switched to in one
  transaction.
* Building never embeds what is embedded already.
* Only the holder of the store's lock writes to the indexes in use. What others build beside them is a new index.
"""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from vectorstore.archive.database import Archive
from vectorstore.encoders.base import Encoder
from vectorstore.encoders.registry import open_encoder
from vectorstore.indexes.base import Report, VectorBackend, VectorIndex
from vectorstore.indexes.bm25 import LexicalIndex
from vectorstore.indexes.matrix import VectorMatrix
from vectorstore.indexes.texts import TextFollower
from vectorstore.indexes.vectors import VectorFollower

#: The kind of the BM25 index's records; those of vector indexes begin with the other word.
LEXICAL, _DENSE = "lexical", "dense"


class Indexes:
    """The vector and the BM25 index of one archive.

    Args:
        folder: where those of the store's own live, a folder each.
        backend: which vector index.
        report: told in a line what takes long.
    """

    def __init__(
        self, archive: Archive, folder: Path, encoder: Encoder, *, backend: VectorBackend, report: Report
    ) -> None:
        self.archive = archive
        self.folder = folder
        self.encoder = encoder
        self.backend = backend
        self.report = report
        self._vectors = VectorFollower(archive, folder, encoder, backend, report)
        self._texts = TextFollower(archive, folder, encoder, LEXICAL, report)

    @property
    def dense(self) -> VectorIndex:
        """The vector index that is open."""
        return self._vectors.index

    @property
    def matrix(self) -> VectorMatrix:
        """The same vectors, to compare with some of them exactly."""
        return self._vectors.matrix

    @property
    def lexical(self) -> LexicalIndex:
        """The BM25 index that is open."""
        return self._texts.index

    def open(self, *, writable: bool = True) -> None:
        """Open both indexes; catch up or rebuild what is not as the archive is.

        Args:
            writable: whether this process holds the store's lock; without it the indexes are taken as they are.

        Raises:
            IndexUnavailable: where one cannot be opened and may not be rebuilt.
        """
        opened: list[VectorFollower | TextFollower] = []
        try:
            for follower in (self._vectors, self._texts):
                follower.open(writable)
                opened.append(follower)
            if writable:
                self.follow()
                if not self.superseded():
                    self._vectors.check()
                    self._texts.check()
        except BaseException:
            for follower in opened:
                follower.index.close()
            raise

    def close(self) -> None:
        """Let go of both."""
        self.dense.close()
        self.lexical.close()

    def sweep(self) -> None:
        """Delete the files and records of indexes that nothing uses. Only the store's owner may, and not while
        another process builds one.
        """
        records = self.archive.index_records()
        active = {record.name for record in records if record.active}
        for record in records:
            if not record.active and record.kind in (self._vectors.kind, LEXICAL):
                if record.kind != LEXICAL:
                    self._vectors.delete(record.name)
                self.archive.drop_index(record.name)
        if self.folder.is_dir():
            for child in self.folder.iterdir():
                if child.name not in active:
                    shutil.rmtree(child, ignore_errors=True)

    def superseded(self) -> bool:
        """Whether another process has switched the archive to indexes other than those that are open here."""
        active = {record.kind: record.name for record in self.archive.index_records() if record.active}
        return any(active.get(each.kind) != each.name for each in (self._vectors, self._texts))

    def behind(self) -> bool:
        """Whether another process has written to the lexical index since it was opened here. With all of a store in
        its folder none can; a vector index at an address looks after itself.
        """
        return bool(self.backend.address) and self._texts.behind()

    def refresh(self) -> None:
        """Take the lexical index and the matrix as they stand on disk."""
        self._texts.refresh()
        self.matrix.refresh()

    def follow(self) -> None:
        """Bring both indexes up to the archive's last change."""
        # Beside each other: both mostly wait for the disk, or work without Python's lock.
        with ThreadPoolExecutor(1, thread_name_prefix="lexical-index") as executor:
            lexical = executor.submit(self._texts.follow)
            self._vectors.follow()
            lexical.result()
        if self.backend.address:
            self.lexical.close()  # gives up the right to write to it, which the next process may need

    def rebuild(self) -> None:
        """Build both anew beside those that are in use, and switch to them in one transaction. Both are closed before:
        the process that serves the store may open them from then on.
        """
        dense, vectors = self._vectors.build()
        vectors.close()
        lexical, words = self._texts.build()
        words.close()
        self.archive.activate_indexes([dense.name, lexical.name])


def stored_encoder(archive: Archive, wanted: str | Encoder, cache: Path | None, backend: VectorBackend) -> Encoder:
    """The encoder that the archive's active vector index was built with; the wanted one where there is none."""
    name = wanted if isinstance(wanted, str) else wanted.name
    records = [each for each in archive.index_records() if each.active and each.kind.startswith(_DENSE)]
    # A store that moves to another vector index keeps its encoder.
    active = next(iter(sorted(records, key=lambda each: (each.kind != backend.kind, each.kind))), None)
    if active is not None and active.encoder != name:
        return open_encoder(active.encoder, cache)
    return open_encoder(wanted, cache) if isinstance(wanted, str) else wanted
