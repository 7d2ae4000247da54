"""The indexes and how they follow the archive: opened, caught up, rebuilt, switched.

Invariants:

* An index is searched only when its record is active, not dirty, and of the fingerprint that it was opened for.
* ``dirty`` is committed before Chroma is written and cleared after; an embedded index found dirty is not opened: it
  is built again, in a new folder, from the stored vectors, and then switched to in one transaction.
* Building never embeds what is embedded already.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from vectorstore import reading
from vectorstore.archive import Archive, IndexRecord, parts
from vectorstore.chroma import DenseIndex
from vectorstore.encoder import Encoder, open_encoder
from vectorstore.errors import IndexUnavailable, StoreError
from vectorstore.lexical import ANALYSIS, LexicalArticle, LexicalIndex

DENSE, LEXICAL = "dense", "lexical"

#: Rows that are read and handed to an index at a time.
_ROWS = 5000

Report = Callable[[str], None]
AnyIndex = TypeVar("AnyIndex", DenseIndex, LexicalIndex)


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
        self._records: dict[str, IndexRecord] = {}

    # -- opening --------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Open both indexes, catch up or rebuild what is not as the archive is, and clear away what is left over."""
        self.dense = self._open_dense()
        self.lexical = self._open_lexical()
        self.follow()
        if self.dense.count() != reading.counts(self.archive)[1]:
            self.report("the vector index does not hold what the archive holds; rebuilding it")
            self.dense.close()
            self.dense = self._rebuild_dense()
        if self.lexical.passage_count != reading.counts(self.archive)[1]:
            self.report("the lexical index does not hold what the archive holds; rebuilding it")
            self.lexical.close()
            self.lexical = self._rebuild_lexical()

    def close(self) -> None:
        """Let go of both."""
        self.dense.close()
        self.lexical.close()

    def sweep(self) -> None:
        """Delete the folders and records of indexes that nothing uses. Only the store's owner may."""
        active = {record.name for record in self.archive.index_records() if record.active}
        for record in self.archive.index_records():
            if record.name not in active:
                self.archive.drop_index(record.name)
        if self.folder.is_dir():
            for child in self.folder.iterdir():
                if child.name not in active:
                    shutil.rmtree(child, ignore_errors=True)

    def _open_dense(self) -> DenseIndex:
        record = self._active(DENSE)
        if record is None:
            return self._rebuild_dense()
        if record.fingerprint != dense_fingerprint(self.encoder):
            raise StoreError(
                f"the store was embedded with {record.fingerprint}, not with {dense_fingerprint(self.encoder)}",
                remedy="run: assistant reindex",
            )
        if record.dirty and self.chroma_url is None:
            self.report("the vector index was cut off while it was written; rebuilding it from the archive")
            return self._rebuild_dense()
        try:
            index = self._dense(record.name)
        except IndexUnavailable as error:
            if self.chroma_url is not None:
                raise
            self.report(f"{error.what}; rebuilding it from the archive")
            return self._rebuild_dense()
        self._records[DENSE] = record
        return index

    def _open_lexical(self) -> LexicalIndex:
        record = self._active(LEXICAL)
        if record is None or record.fingerprint != ANALYSIS:
            return self._rebuild_lexical()
        try:
            index = LexicalIndex.open(self.folder / record.name)
        except IndexUnavailable as error:
            self.report(f"{error.what}; rebuilding it from the archive")
            return self._rebuild_lexical()
        self._records[LEXICAL] = record
        return index

    def _active(self, kind: str) -> IndexRecord | None:
        return next((record for record in self.archive.index_records(kind) if record.active), None)

    def _dense(self, name: str) -> DenseIndex:
        if self.chroma_url is not None:
            return DenseIndex.open(name, url=self.chroma_url)
        return DenseIndex.open(name, folder=self.folder / name)

    # -- following ------------------------------------------------------------------------------------------------

    def follow(self) -> None:
        """Bring both indexes up to the archive's last change."""
        self._follow_lexical()
        self._follow_dense()

    def _follow_dense(self) -> None:
        record = self._records[DENSE]
        out, into, head = self.archive.changes_after(record.watermark)
        if head == record.watermark:
            return
        self.archive.save_index(replace(record, dirty=True))
        gone = [row for first, last in out.values() for row in range(first, last + 1)]
        self.dense.remove(gone if record.dirty or self.chroma_url is not None else self._indexed(gone, into))
        self._put(self.dense, reading.chunk_rows_of(self.archive, into))
        self._records[DENSE] = replace(record, watermark=head, dirty=False)
        self.archive.save_index(self._records[DENSE])

    def _indexed(self, rows: list[int], into: list[int]) -> list[int]:
        """Those of ``rows`` that a clean index can hold: not the rows of articles that are only now put in."""
        fresh = set(reading.chunk_rows_of(self.archive, into))
        return [row for row in rows if row not in fresh]

    def _put(self, index: DenseIndex, chunk_rows: list[int]) -> None:
        for done, part in enumerate(parts(chunk_rows, _ROWS)):
            rows, vectors = reading.vectors(self.archive, self.encoder.fingerprint, part)
            index.put(rows, vectors)
            if len(chunk_rows) > 2 * _ROWS:
                self.report(
                    f"vector index: {min((done + 1) * _ROWS, len(chunk_rows)):,} of {len(chunk_rows):,} passages"
                )

    def _follow_lexical(self) -> None:
        record = self._records[LEXICAL]
        out, into, head = self.archive.changes_after(record.watermark)
        if head == record.watermark:
            return
        self._apply(self.lexical, list(out), into)
        self._records[LEXICAL] = replace(record, watermark=head)
        self.archive.save_index(self._records[LEXICAL])

    def _apply(self, index: LexicalIndex, out: list[int], into: list[int]) -> None:
        articles = (
            LexicalArticle(key=a.row, title=a.title, source=a.source, day=a.day, passages=a.passages)
            for a in reading.articles_for_index(self.archive, into)
        )
        index.apply(remove_articles=out, add=articles)

    # -- building -------------------------------------------------------------------------------------------------

    def rebuild(self) -> None:
        """Build both anew beside those that are in use, and switch to them."""
        self.dense = self._rebuild_dense()
        self.lexical = self._rebuild_lexical()

    def _rebuild_dense(self) -> DenseIndex:
        record = self._new_record(DENSE, dense_fingerprint(self.encoder))
        index = self._dense(record.name)
        self._put(index, reading.chunk_rows_of(self.archive, reading.article_rows(self.archive)))
        return self._switch(record, index)

    def _rebuild_lexical(self) -> LexicalIndex:
        record = self._new_record(LEXICAL, ANALYSIS)
        index = LexicalIndex.open(self.folder / record.name)
        self._apply(index, [], reading.article_rows(self.archive))
        return self._switch(record, index)

    def _new_record(self, kind: str, fingerprint: str) -> IndexRecord:
        # The head is read before the rows: a change that comes in between is applied twice, not missed.
        short = hashlib.sha256(fingerprint.encode()).hexdigest()[:8]
        record = IndexRecord(
            name=f"{kind}-{short}-{secrets.token_hex(4)}",
            kind=kind,
            fingerprint=fingerprint,
            encoder=self.encoder.name,
            watermark=self.archive.head(),
            dirty=True,
            active=False,
        )
        self.archive.save_index(record)
        self.folder.mkdir(parents=True, exist_ok=True)
        return record

    def _switch(self, record: IndexRecord, index: AnyIndex) -> AnyIndex:
        self._records[record.kind] = replace(record, dirty=False, active=True)
        self.archive.save_index(self._records[record.kind])
        return index

    def superseded(self) -> bool:
        """Whether another process has switched the archive to indexes other than those that are open here."""
        active = {record.name for record in self.archive.index_records() if record.active}
        return active != {record.name for record in self._records.values()}


def dense_fingerprint(encoder: Encoder) -> str:
    """Stands for all that makes two vector indexes of one archive differ."""
    return f"{encoder.fingerprint}|cosine"


def stored_encoder(archive: Archive, wanted: str | Encoder, cache: Path | None) -> Encoder:
    """The encoder that the archive's active vector index was built with; the wanted one where there is none."""
    name = wanted if isinstance(wanted, str) else wanted.name
    active = next((record for record in archive.index_records("dense") if record.active), None)
    if active is not None and active.encoder != name:
        return open_encoder(active.encoder, cache)
    return open_encoder(wanted, cache) if isinstance(wanted, str) else wanted
