"""The indexes that a store searches at the moment: opened as far as this process may, and exchanged while it serves.

Invariant: who searches is inside the gate, and the indexes are exchanged and closed only behind it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from vectorstore.archive.lock import Gate, StoreLock
from vectorstore.indexes.following import Indexes, stored_encoder


class CurrentIndexes:
    """The indexes in use. Safe to share between threads.

    Args:
        on_switch: told of new indexes while nobody searches.
    """

    def __init__(
        self, indexes: Indexes, lock: StoreLock, cache: Path | None, on_switch: Callable[[Indexes], None]
    ) -> None:
        self.now = indexes
        self.gate = Gate()
        self._lock = lock
        self._cache = cache
        self._on_switch = on_switch
        self._changing = threading.RLock()
        self._seen = -1  # the archive's version when the indexes were last looked after

    @property
    def shared(self) -> bool:
        """Whether other processes use the same vector index."""
        return bool(self.now.backend.address)

    def take_up(self) -> None:
        """Go over to what other processes have made of the indexes; by one thread at a time."""
        if self.now.superseded():
            self._switch()
        elif self.now.behind():
            self.now.refresh()

    def look_around(self) -> None:
        """Take up what was made of the indexes since the last search, unless somebody is at it."""
        version = self.now.archive.version()
        if version == self._seen:
            return
        if self.now.superseded() or self.now.behind():
            if not self._changing.acquire(blocking=False):
                return
            try:
                self.take_up()
            finally:
                self._changing.release()
        self._seen = version

    def _switch(self) -> None:
        old = self.now
        used = stored_encoder(old.archive, old.encoder, self._cache, old.backend)
        new = Indexes(old.archive, old.folder, used, backend=old.backend, report=old.report)
        open_indexes(new, self._lock)
        with self.gate.closed():
            self.now = new
            self._on_switch(new)
            old.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only one who writes: of this process, and with a vector index that is shared of all."""
        with self._changing:
            if self.shared:
                self._lock.acquire()
            try:
                yield
            finally:
                if self.shared:
                    self._lock.release()

    def close(self) -> None:
        """Let go of everything."""
        with self._changing, self.gate.closed():
            self.now.close()
            self.now.archive.close()
            self._lock.release()


def open_indexes(indexes: Indexes, lock: StoreLock) -> None:
    """Open them as far as this process may: with a Chroma server, another one may hold the lock and be writing."""
    if indexes.backend.address:
        writable = lock.try_acquire()
        try:
            indexes.open(writable=writable)
        finally:
            if writable:
                lock.release()
        return
    indexes.open()
    building = StoreLock(lock.folder, "reindex")
    if building.try_acquire():
        try:
            indexes.sweep()
        finally:
            building.release()
