"""Who may do what when: a lock between processes, and a gate between the threads of one.

One process owns an embedded store, by a lock that the operating system releases when its holder dies.

Invariant: the lock is held exactly as long as the process that took it lives and has not released it; the holder's
description beside it is for people and decides nothing.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from vectorstore.errors import StoreLocked, StoreUnreadable


class StoreLock:
    """The lock of the store in ``folder``; ``name`` tells several locks of one store apart."""

    def __init__(self, folder: Path, name: str = "store") -> None:
        self.folder = folder
        self._holder = folder / f"{name}.holder.json"
        self._lock = FileLock(folder / f"{name}.lock", timeout=0, thread_local=False)

    def acquire(self, *, wait: float = 0) -> None:
        """Take the lock.

        Args:
            wait: seconds to wait for one who holds it for a moment.

        Raises:
            StoreLocked: where another process has it; the message says which.
            StoreUnreadable: where the folder cannot be written.
        """
        try:
            self._lock.acquire(timeout=wait)
        except Timeout as error:
            raise StoreLocked(
                f"the store {self.folder} is in use by {self._description()}",
                remedy="stop that process, or name another store with --store",
            ) from error
        except OSError as error:
            raise StoreUnreadable(
                f"the store's folder {self.folder} cannot be written ({error.strerror or error})",
                remedy="make it writable, or name another with --store",
            ) from error
        holder = {
            "pid": os.getpid(),
            "command": " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])[:200],
            "since": dt.datetime.now().astimezone().isoformat(timespec="seconds"),
        }
        with suppress(OSError):
            self._holder.write_text(json.dumps(holder), encoding="utf-8")

    def try_acquire(self) -> bool:
        """Take the lock where it is free; whether it was."""
        try:
            self.acquire()
        except StoreLocked:
            return False
        return True

    def release(self) -> None:
        """Give the lock up."""
        if self._lock.is_locked:
            if self._lock.lock_counter == 1:  # it may be taken again by its holder
                self._holder.unlink(missing_ok=True)
            self._lock.release()

    def _description(self) -> str:
        try:
            holder = json.loads(self._holder.read_text(encoding="utf-8"))
            return f"process {holder['pid']} ({holder['command']}, since {holder['since']})"
        except (OSError, ValueError, KeyError, TypeError):
            return "another process"


class Gate:
    """Any number of threads pass; one at a time may close it, once all who are inside have left."""

    def __init__(self) -> None:
        self._state = threading.Condition()
        self._inside = 0
        self._closing = False

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Be inside; waits while the gate is closed or about to be."""
        with self._state:
            self._state.wait_for(lambda: not self._closing)
            self._inside += 1
        try:
            yield
        finally:
            with self._state:
                self._inside -= 1
                self._state.notify_all()

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Be the only one; must not be asked for from inside."""
        with self._state:
            self._state.wait_for(lambda: not self._closing)
            self._closing = True
            self._state.wait_for(lambda: self._inside == 0)
        try:
            yield
        finally:
            with self._state:
                self._closing = False
                self._state.notify_all()
