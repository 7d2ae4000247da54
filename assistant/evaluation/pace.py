"""A pace for what a service limits by the minute."""

from __future__ import annotations

import threading
import time


class Pacer:
    """Lets through at most so many a minute, evenly; safe to share between threads. None lets all through."""

    def __init__(self, per_minute: float | None) -> None:
        self._gap = 60 / per_minute if per_minute else 0.0
        self._next = time.monotonic()
        self._lock = threading.Lock()

    def wait(self) -> None:
        """Return when it is one's turn."""
        with self._lock:
            turn = max(self._next, time.monotonic())
            self._next = turn + self._gap
        time.sleep(max(0.0, turn - time.monotonic()))
