"""The indexes and how they follow the archive: opened, caught up, rebuilt, switched. Beside the vector index lies the
matrix of the same vectors (:mod:`vectorstore.indexes.matrix`).

Invariants:

* An index is searched only when its record is active, not dirty, and of the fingerprint that it was opened for.
* ``dirty`` is committed before Chroma is written and cleared after; an embedded index found dirty is not opened: it
  is built again, in a new folder, from the stored vectors, and then switched to in one transaction.
* Building never embeds what is embedded already.
* Only the holder of the store's lock writes to the indexes in use. What others build beside them is a new index.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from vectorstore.archive import queries as reading
from vectorstore.archive.database import Archive, IndexRecord, parts
from vectorstore.archive.writing import embed_missing
from vectorstore.encoders.base import Encoder
from vectorstore.encoders.registry import open_encoder
from vectorstore.errors import IndexUnavailable, StoreError
from vectorstore.indexes.bm25 import ANALYSIS, LexicalArticle, LexicalIndex
from vectorstore.indexes.chroma import DenseIndex
from vectorstore.indexes.matrix import Integers, VectorMatrix, Vectors

#: Kinds of index. A vector index on a server is another than the one in the store's folder, and each has its own
#: record, so that programs which use the one and the other do not take turns at rebuilding it.
DENSE, DENSE_ON_SERVER, LEXICAL = "dense", "dense on server", "lexical"

#: Rows that are read and handed to an index at a time.
_ROWS = 5000

Report = Callable[[str], None]


class Indexes:
    """The dense and the lexical index of one archive.

    Args:
        folder: where embedded indexes live, a folder each.
        chroma_url: a Chroma server for the dense index, or None for an embedded one.
        report: told in a line what takes long.
    """

    def __init__(
        self, archive: Archive, folder: Path, encoder: Encoder, *, chroma_url: str | None, report: Report
    ) -> None:
        self.archive = archive
        self.folder = folder
        self.encoder = encoder
        self.chroma_url = chroma_url
        self.report = report
        self.dense: DenseIndex
        self.lexical: LexicalIndex
        self.matrix: VectorMatrix
        self._dense_kind = dense_kind(chroma_url)
        self._names: dict[str, str] = {}
        self._lexical_watermark = 0

    # -- opening --------------------------------------------------------------------------------------------------

    def open(self, *, writable: bool = True) -> None:
        """Open both indexes; catch up or rebuild what is not as the archive is.

        Args:
            writable: whether this process holds the store's lock; without it the indexes are taken as they are.

        Raises:
            IndexUnavailable: where one cannot be opened and may not be rebuilt.
        """
        opened: list[DenseIndex | LexicalIndex] = []
        try:
            self.dense = self._open_dense(writable)
            opened.append(self.dense)
            self.lexical = self._open_lexical(writable)
            opened.append(self.lexical)
            self.matrix = self._matrix(self._names[self._dense_kind])
            if writable:
                self.follow()
                self._check()
        except BaseException:
            for index in opened:
                index.close()
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
            if not record.active and record.kind in (self._dense_kind, LEXICAL):
                if record.kind == DENSE_ON_SERVER:
                    self._dense(record.name).delete()
                self.archive.drop_index(record.name)
        if self.folder.is_dir():
            for child in self.folder.iterdir():
                if child.name not in active:
                    shutil.rmtree(child, ignore_errors=True)

    def _open_dense(self, writable: bool) -> DenseIndex:
        record = self._active(self._dense_kind)
        if record is not None and record.fingerprint != dense_fingerprint(self.encoder):
            if reading.counts(self.archive)[1] > 0:
                raise StoreError(
                    f"the store was embedded with {record.fingerprint}, not with {dense_fingerprint(self.encoder)}",
                    remedy="run: assistant reindex",
                )
            record = None  # nothing is embedded yet
        if record is None:
            reason = "the store has no vector index yet"
        elif record.dirty and self.chroma_url is None:
            reason = "the vector index was cut off while it was written"
        else:
            try:
                index = self._dense(record.name, record.watermark)
            except IndexUnavailable as error:
                if self.chroma_url is not None:
                    raise
                reason = error.what
            else:
                self._names[self._dense_kind] = record.name
                return index
        self._say_rebuilding(reason, writable)
        return self._rebuild_dense()

    def _open_lexical(self, writable: bool) -> LexicalIndex:
        record = self._active(LEXICAL)
        if record is None:
            reason = "the store has no lexical index yet"
        elif record.fingerprint != ANALYSIS:
            reason = "the lexical index is of another version"
        else:
            try:
                index = LexicalIndex.open(self.folder / record.name)
            except IndexUnavailable as error:
                reason = error.what
            else:
                self._names[LEXICAL] = record.name
                self._lexical_watermark = record.watermark
                return index
        self._say_rebuilding(reason, writable)
        return self._rebuild_lexical()

    def _say_rebuilding(self, reason: str, writable: bool) -> None:
        if not writable:
            raise IndexUnavailable(
                f"{reason}, and another process is writing to the store", remedy="try again when that one is done"
            )
        if reading.counts(self.archive)[1] > 0:
            self.report(f"{reason}; building it from the archive")

    def _check(self) -> None:
        if self.superseded():
            return
        chunks = reading.counts(self.archive)[1]
        if self.dense.count() != chunks:
            self.report("the vector index does not hold what the archive holds; building it from the archive")
            self.dense.close()
            self.dense = self._rebuild_dense()
            self.matrix = self._matrix(self._names[self._dense_kind])
        self._fill_matrix()
        articles = set(reading.article_rows(self.archive))
        if self.lexical.passage_count != chunks or self.lexical.article_keys() != articles:
            self.report("the lexical index does not hold what the archive holds; building it from the archive")
            self.lexical.close()
            self.lexical = self._rebuild_lexical()

    def _fill_matrix(self) -> None:
        """Copy what the matrix lacks: of a store from before there was one, or of a file that was cut off."""
        if self.matrix.last_row >= reading.last_chunk_row(self.archive):
            return  # rows are added in their order
        rows = np.array(reading.chunk_rows_of(self.archive, reading.article_rows(self.archive)), dtype=np.int64)
        for part in parts(self.matrix.missing(rows).tolist(), _ROWS):
            self.matrix.add(*self._stored_vectors(np.array(part, dtype=np.int64)))
        self.matrix.refresh()

    def _active(self, kind: str) -> IndexRecord | None:
        return next((record for record in self.archive.index_records(kind) if record.active), None)

    def _matrix(self, name: str) -> VectorMatrix:
        return VectorMatrix(self.folder / name, self._stored_vectors)

    def _stored_vectors(self, chunk_rows: Integers) -> tuple[Integers, Vectors]:
        return reading.vectors(self.archive, self.encoder.fingerprint, chunk_rows.tolist())

    def _dense(self, name: str, watermark: int | None = None) -> DenseIndex:
        if self.chroma_url is not None:
            return DenseIndex.open(name, url=self.chroma_url)
        return DenseIndex.open(name, folder=self.folder / name, watermark=watermark)

    # -- what other processes do ----------------------------------------------------------------------------------

    def superseded(self) -> bool:
        """Whether another process has switched the archive to indexes other than those that are open here."""
        active = {record.kind: record.name for record in self.archive.index_records() if record.active}
        return any(active.get(kind) != name for kind, name in self._names.items())

    def behind(self) -> bool:
        """Whether another process has written to the lexical index since it was opened here. With an embedded store
        none can; a Chroma server looks after its own.
        """
        if self.chroma_url is None:
            return False
        record = self._active(LEXICAL)
        return record is not None and record.watermark != self._lexical_watermark

    def refresh(self) -> None:
        """Take the lexical index and the matrix as they stand on disk."""
        self.lexical, old = self._open_lexical(writable=False), self.lexical
        old.close()
        self.matrix.refresh()

    # -- following ------------------------------------------------------------------------------------------------

    def follow(self) -> None:
        """Bring both indexes up to the archive's last change."""
        # Beside each other: both mostly wait for the disk, or work without Python's lock.
        with ThreadPoolExecutor(1, thread_name_prefix="lexical-index") as executor:
            lexical = executor.submit(self._follow_lexical)
            self._follow_dense()
            lexical.result()
        if self.chroma_url is not None:
            self.lexical.close()  # gives up the right to write to it, which the next process may need

    def _follow_dense(self) -> None:
        record = self._active(self._dense_kind)
        if record is None or record.name != self._names[self._dense_kind]:
            return  # superseded; the one in its place has a watermark of its own
        out, into, head = self.archive.changes_after(record.watermark)
        if head == record.watermark:
            return
        self.archive.advance_index(record.name, record.watermark, dirty=True)
        gone = [row for first, last in out.values() for row in range(first, last + 1)]
        self.dense.remove(gone if record.dirty else self._indexed(gone, into))
        self._put(self.dense, self.matrix, reading.chunk_rows_of(self.archive, into))
        self.dense.seal(head)
        self.archive.advance_index(record.name, head, dirty=False)

    def _indexed(self, rows: list[int], into: list[int]) -> list[int]:
        """Those of ``rows`` that a clean index can hold: not the rows of articles that are only now put in."""
        fresh = set(reading.chunk_rows_of(self.archive, into))
        return [row for row in rows if row not in fresh]

    def _put(self, index: DenseIndex, matrix: VectorMatrix, chunk_rows: Sequence[int]) -> None:
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

    def _follow_lexical(self) -> None:
        record = self._active(LEXICAL)
        if record is None or record.name != self._names[LEXICAL]:
            return
        out, into, head = self.archive.changes_after(record.watermark)
        if head != record.watermark:
            try:
                self._apply(self.lexical, list(out), into)
            except IndexUnavailable as error:
                # A process that was killed while it committed may leave a file that stands in every later commit's way.
                self.report(f"{error.what}; building it from the archive")
                broken, self.lexical = self.lexical, self._rebuild_lexical()
                broken.close()
                return
            self.archive.advance_index(record.name, head, dirty=False)
        self._lexical_watermark = head

    def _apply(self, index: LexicalIndex, out: list[int], into: list[int]) -> None:
        articles = (
            LexicalArticle(key=a.row, title=a.title, source=a.source, day=a.day, passages=a.passages)
            for a in reading.articles_for_index(self.archive, into)
        )
        index.apply(remove_articles=out, add=articles)

    # -- building -------------------------------------------------------------------------------------------------

    def rebuild(self) -> None:
        """Build both anew beside those that are in use, and switch to them in one transaction. Both are closed before:
        the process that serves the store may open them from then on.
        """
        dense, index = self._build_dense()
        index.close()
        lexical, words = self._build_lexical()
        words.close()
        self.archive.activate_indexes([dense.name, lexical.name])

    def _rebuild_dense(self) -> DenseIndex:
        record, index = self._build_dense()
        self.archive.activate_indexes([record.name])
        self._names[record.kind] = record.name
        return index

    def _rebuild_lexical(self) -> LexicalIndex:
        record, index = self._build_lexical()
        self.archive.activate_indexes([record.name])
        self._names[LEXICAL], self._lexical_watermark = record.name, record.watermark
        return index

    def _build_dense(self) -> tuple[IndexRecord, DenseIndex]:
        record = self._new_record(self._dense_kind, dense_fingerprint(self.encoder))
        index = self._dense(record.name)
        try:
            rows = reading.chunk_rows_of(self.archive, reading.article_rows(self.archive))
            self._put(index, self._matrix(record.name), rows)
            index.seal(record.watermark)
        except BaseException:
            index.close()
            raise
        return record, index

    def _build_lexical(self) -> tuple[IndexRecord, LexicalIndex]:
        record = self._new_record(LEXICAL, ANALYSIS)
        index = LexicalIndex.open(self.folder / record.name)
        try:
            self._apply(index, [], reading.article_rows(self.archive))
        except BaseException:
            index.close()
            raise
        return record, index

    def _new_record(self, kind: str, fingerprint: str) -> IndexRecord:
        # The head is read before the rows: a change that comes in between is applied twice, not missed.
        short = hashlib.sha256(fingerprint.encode()).hexdigest()[:8]
        record = IndexRecord(
            name=f"{kind.split()[0]}-{short}-{secrets.token_hex(4)}",
            kind=kind,
            fingerprint=fingerprint,
            encoder=self.encoder.name,
            watermark=self.archive.head(),
            dirty=True,
            active=False,
        )
        self.archive.add_index(record)
        self.folder.mkdir(parents=True, exist_ok=True)
        return record


def dense_fingerprint(encoder: Encoder) -> str:
    """Stands for all that makes two vector indexes of one archive differ."""
    return f"{encoder.fingerprint}|cosine"


def dense_kind(chroma_url: str | None) -> str:
    """The kind of vector index that a program with this Chroma server, or with none, uses."""
    return DENSE if chroma_url is None else DENSE_ON_SERVER


def stored_encoder(
    archive: Archive, wanted: str | Encoder, cache: Path | None, *, chroma_url: str | None = None
) -> Encoder:
    """The encoder that the archive's active vector index was built with; the wanted one where there is none."""
    name = wanted if isinstance(wanted, str) else wanted.name
    # A store that moves to a server, or back, keeps its encoder.
    kinds = (dense_kind(chroma_url), DENSE, DENSE_ON_SERVER)
    active = next((record for kind in kinds for record in archive.index_records(kind) if record.active), None)
    if active is not None and active.encoder != name:
        return open_encoder(active.encoder, cache)
    return open_encoder(wanted, cache) if isinstance(wanted, str) else wanted
