"""One process owns an embedded store: a lock that the operating system releases when its holder dies.

Invariant: the lock is held exactly as long as the process that took it lives and has not released it; the holder's
description beside it is for people and decides nothing.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from pathlib import Path

from filelock import FileLock, Timeout

from vectorstore.errors import StoreLocked


class StoreLock:
    """The lock of the store in ``folder``; ``name`` tells several locks of one store apart."""

    def __init__(self, folder: Path, name: str = "store") -> None:
        self._folder = folder
        self._holder = folder / f"{name}.holder.json"
        self._lock = FileLock(folder / f"{name}.lock", timeout=0, thread_local=False)

    def acquire(self) -> None:
        """Take the lock.

        Raises:
            StoreLocked: where another process has it; the message says which.
        """
        try:
            self._lock.acquire()
        except Timeout as error:
            raise StoreLocked(
                f"the store {self._folder} is in use by {self._description()}",
                remedy="stop that process, or name another store with --store",
            ) from error
        holder = {
            "pid": os.getpid(),
            "command": " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])[:200],
            "since": dt.datetime.now().astimezone().isoformat(timespec="seconds"),
        }
        self._holder.write_text(json.dumps(holder), encoding="utf-8")

    def try_acquire(self) -> bool:
        """Take the lock where it is free; whether it was."""
        try:
            self.acquire()
        except StoreLocked:
            return False
        return True

    def is_free(self) -> bool:
        """Whether nobody has the lock at this moment."""
        free = self.try_acquire()
        if free:
            self.release()
        return free

    def release(self) -> None:
        """Give the lock up."""
        if self._lock.is_locked:
            self._holder.unlink(missing_ok=True)
            self._lock.release()

    def _description(self) -> str:
        try:
            holder = json.loads(self._holder.read_text(encoding="utf-8"))
            return f"process {holder['pid']} ({holder['command']}, since {holder['since']})"
        except (OSError, ValueError, KeyError, TypeError):
            return "another process"
