"""What following the archive takes of either index: its record, and a new one where it is built anew."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

from vectorstore.archive import queries as reading
from vectorstore.archive.database import Archive, IndexRecord
from vectorstore.encoders.base import Encoder
from vectorstore.errors import IndexUnavailable
from vectorstore.indexes.base import Report


class Follower:
    """One index of an archive. ``name`` is that of the record which is open here, "" before one is."""

    def __init__(self, archive: Archive, folder: Path, encoder: Encoder, kind: str, report: Report) -> None:
        self.archive = archive
        self.folder = folder
        self.encoder = encoder
        self.kind = kind
        self.report = report
        self.name = ""

    def active(self) -> IndexRecord | None:
        """The record of the index in use."""
        return next((record for record in self.archive.index_records(self.kind) if record.active), None)

    def say_rebuilding(self, reason: str, writable: bool) -> None:
        """Say why the index is built anew.

        Raises:
            IndexUnavailable: where it may not be.
        """
        if not writable:
            raise IndexUnavailable(
                f"{reason}, and another process is writing to the store", remedy="try again when that one is done"
            )
        if reading.counts(self.archive)[1] > 0:
            self.report(f"{reason}; building it from the archive")

    def new_record(self, fingerprint: str) -> IndexRecord:
        """Enter an index that is to be built."""
        # The head is read before the rows: a change that comes in between is applied twice, not missed.
        short = hashlib.sha256(fingerprint.encode()).hexdigest()[:8]
        record = IndexRecord(
            name=f"{self.kind.split()[0]}-{short}-{secrets.token_hex(4)}",
            kind=self.kind,
            fingerprint=fingerprint,
            encoder=self.encoder.name,
            watermark=self.archive.head(),
            dirty=True,
            active=False,
        )
        self.archive.add_index(record)
        self.folder.mkdir(parents=True, exist_ok=True)
        return record
