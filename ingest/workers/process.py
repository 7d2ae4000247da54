"""What runs in a worker: requests from the program, one after the other, and what they come to, item by item.

Invariants:

* The process ends with the program, however that ends, and with the connection to it.
* No item takes more processor time than is allowed: the system ends the process, whatever it is in the middle of.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from ingest.workers.limits import Allowance

#: prctl's number for "send me this signal when my parent ends" (Linux).
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A generator function with its arguments; what is made of each of its items that ``selects`` picks out, and
    whether the program is asked before.
    """

    function: Callable[..., Iterator[Any]]
    arguments: tuple[Any, ...]
    selects: type | None = None
    then: Callable[[Any], Any] | None = None
    asks: bool = False


# What is sent back: (BEGUN, None); (ITEM, value); (ASK, value), answered with whether it is to be worked on; (END,
# None); (NO_MEMORY, None).
BEGUN, ITEM, ASK, END, NO_MEMORY = range(5)


def main(descriptor: int, parent: int, allowance: Allowance) -> None:
    """Serve the connection until it ends."""
    _end_with(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program decides what an interruption means
    _limit_memory(allowance)
    connection = Connection(descriptor)
    try:
        while True:
            request = pickle.loads(connection.recv_bytes())
            _serve(connection, request, allowance)
    except (EOFError, OSError):
        return


def _serve(connection: Connection, request: Request, allowance: Allowance) -> None:
    _send(connection, BEGUN, None)  # all that it needs is imported
    _limit_time(allowance)
    try:
        for item in request.function(*request.arguments):
            _send(connection, *_worked_on(connection, item, request))
            _limit_time(allowance)
    except MemoryError:
        connection.send((NO_MEMORY, None))
        return
    connection.send((END, None))


def _worked_on(connection: Connection, item: Any, request: Request) -> tuple[int, Any]:
    if request.then is None or request.selects is None or not isinstance(item, request.selects):
        return ITEM, item
    if request.asks:
        _send(connection, ASK, item)
        if not connection.recv():
            return ITEM, None
    return ITEM, request.then(item)


def _send(connection: Connection, kind: int, value: Any) -> None:
    connection.send_bytes(pickle.dumps((kind, value), pickle.HIGHEST_PROTOCOL))


def _end_with(parent: int) -> None:
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before it could be watched
        sys.exit()


def _limit_memory(allowance: Allowance) -> None:
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # What the process has of its own, mapped or not; the address space holds libraries and reservations beside it.
    resource.setrlimit(resource.RLIMIT_DATA, (allowance.memory, allowance.memory))


def _limit_time(allowance: Allowance) -> None:
    if sys.platform == "win32":
        return
    import resource

    until = int(time.process_time() + allowance.seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))
