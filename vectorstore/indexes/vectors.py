"""How the vector index follows the archive, and the matrix of the same vectors (:mod:`vectorstore.indexes.matrix`)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from vectorstore.archive import queries as reading
from vectorstore.archive.database import Archive, IndexRecord
from vectorstore.archive.documents import parts
from vectorstore.archive.writing import embed_missing
from vectorstore.encoders.base import Encoder
from vectorstore.errors import IndexUnavailable, StoreError
from vectorstore.indexes.base import Integers, Report, VectorBackend, VectorIndex, Vectors
from vectorstore.indexes.follower import Follower
from vectorstore.indexes.matrix import VectorMatrix

#: Rows that are read and handed to the index at a time.
_ROWS = 5000


class VectorFollower(Follower):
    """The vector index of an archive; see :mod:`vectorstore.indexes.following`."""

    index: VectorIndex
    matrix: VectorMatrix

    def __init__(
        self, archive: Archive, folder: Path, encoder: Encoder, backend: VectorBackend, report: Report
    ) -> None:
        super().__init__(archive, folder, encoder, backend.kind, report)
        self.backend = backend
        self._fingerprint = f"{encoder.fingerprint}|cosine"  # all that makes two vector indexes of one archive differ

    def open(self, writable: bool) -> None:
        """Open the index, or build it anew."""
        record = self.active()
        if record is not None and record.fingerprint != self._fingerprint:
            if reading.counts(self.archive)[1] > 0:
                raise StoreError(
                    f"the store was embedded with {record.fingerprint}, not with {self._fingerprint}",
                    remedy="run: assistant reindex",
                )
            record = None  # nothing is embedded yet
        if record is None:
            reason = "the store has no vector index yet"
        elif record.dirty and not self.backend.address:
            reason = "the vector index was cut off while it was written"
        else:
            try:
                self.index = self._opened(record.name, record.watermark)
            except IndexUnavailable as error:
                if self.backend.address:
                    raise
                reason = error.what
            else:
                self._use(record)
                return
        self.say_rebuilding(reason, writable)
        self._rebuild()

    def check(self) -> None:
        """Build the index anew where it does not hold as many passages as the archive, and complete the matrix."""
        if self.index.count() != reading.counts(self.archive)[1]:
            self.report("the vector index does not hold what the archive holds; building it from the archive")
            self.index.close()
            self._rebuild()
        self._fill_matrix()

    def follow(self) -> None:
        """Bring the index up to the archive's last change."""
        record = self.active()
        if record is None or record.name != self.name:
            return  # superseded; the one in its place has a watermark of its own
        out, into, head = self.archive.changes_after(record.watermark)
        if head == record.watermark:
            return
        self.archive.advance_index(record.name, record.watermark, dirty=True)
        gone = [row for first, last in out.values() for row in range(first, last + 1)]
        self.index.remove(gone if record.dirty else self._indexed(gone, into))
        self._put(self.index, self.matrix, reading.chunk_rows_of(self.archive, into))
        self.index.seal(head)
        self.archive.advance_index(record.name, head, dirty=False)

    def build(self) -> tuple[IndexRecord, VectorIndex]:
        """Build the index anew, beside the one in use."""
        record = self.new_record(self._fingerprint)
        index = self._opened(record.name)
        try:
            rows = reading.chunk_rows_of(self.archive, reading.article_rows(self.archive))
            self._put(index, self._matrix(record.name), rows)
            index.seal(record.watermark)
        except BaseException:
            index.close()
            raise
        return record, index

    def delete(self, name: str) -> None:
        """Delete an index that is not in use; what lies in the folder is its owner's to delete."""
        if self.backend.address:
            self._opened(name).delete()

    def _opened(self, name: str, watermark: int | None = None) -> VectorIndex:
        return self.backend.open(name, self.folder / name, watermark)

    def _use(self, record: IndexRecord) -> None:
        self.name = record.name
        self.matrix = self._matrix(record.name)

    def _rebuild(self) -> None:
        record, self.index = self.build()
        self.archive.activate_indexes([record.name])
        self._use(record)

    def _indexed(self, rows: list[int], into: list[int]) -> list[int]:
        """Those of ``rows`` that a clean index can hold: not the rows of articles that are only now put in."""
        fresh = set(reading.chunk_rows_of(self.archive, into))
        return [row for row in rows if row not in fresh]

    def _put(self, index: VectorIndex, matrix: VectorMatrix, chunk_rows: Sequence[int]) -> None:
        for done, part in enumerate(parts(chunk_rows, _ROWS)):
            rows, vectors = reading.vectors(self.archive, self.encoder.fingerprint, part)
            if len(rows) < len(part):
                # Written by a process that embeds otherwise, as one does that has not noticed a switch yet.
                embed_missing(self.archive, self.encoder, self.report)
                rows, vectors = reading.vectors(self.archive, self.encoder.fingerprint, part)
            index.put(rows, vectors)
            matrix.add(rows, vectors)
            if len(chunk_rows) > 2 * _ROWS:
                self.report(
                    f"vector index: {min((done + 1) * _ROWS, len(chunk_rows)):,} of {len(chunk_rows):,} passages"
                )
        matrix.refresh()

    def _matrix(self, name: str) -> VectorMatrix:
        return VectorMatrix(self.folder / name, self._stored_vectors)

    def _fill_matrix(self) -> None:
        """Copy what the matrix lacks: of a store from before there was one, or of a file that was cut off."""
        if self.matrix.last_row >= reading.last_chunk_row(self.archive):
            return  # rows are added in their order
        rows = np.array(reading.chunk_rows_of(self.archive, reading.article_rows(self.archive)), dtype=np.int64)
        for part in parts(self.matrix.missing(rows).tolist(), _ROWS):
            self.matrix.add(*self._stored_vectors(np.array(part, dtype=np.int64)))
        self.matrix.refresh()

    def _stored_vectors(self, chunk_rows: Integers) -> tuple[Integers, Vectors]:
        return reading.vectors(self.archive, self.encoder.fingerprint, chunk_rows.tolist())
