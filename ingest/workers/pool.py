"""The program's side of the workers: started when they are needed, stopped when a document goes beyond its allowance.

Invariants:

* The items of a task come in its order, and a task that is given first is begun first.
* A task that stops its worker costs itself alone: the next one has a new worker.
* Workers are programs started anew, not copies of this one: its threads and its memory are none of theirs.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from multiprocessing import Pipe
from typing import Any

from ingest.errors import SourceError
from ingest.workers.limits import Allowance
from ingest.workers.process import ASK, BEGUN, END, ITEM, NO_MEMORY, Request

#: Items of a task that wait to be fetched, at most.
_WAITING = 16

#: Seconds by the clock in which a worker has to be there.
_START = 120.0

#: Seconds without a task after which a worker's memory is given back.
_IDLE = 30.0

_AS_TEXT = "save its text as a .txt file, or raise the limit"


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Task:
    """Items that a worker makes, in order; iterate it once, and :meth:`cancel` it where that ends early."""

    def __init__(self, request: Request, wanted: Callable[[Any], bool] | None) -> None:
        self.request = request
        self._wanted = wanted
        self._items: queue.Queue[tuple[int, Any]] = queue.Queue(_WAITING)
        self.cancelled = threading.Event()

    def __iter__(self) -> Iterator[Any]:
        """The items.

        Raises:
            SourceError: where the worker was stopped or ended; what came before it was given.
        """
        try:
            while True:
                kind, value = self._items.get()
                if kind == END:
                    if value is not None:
                        raise value
                    return
                yield value
        finally:
            self.cancel()

    def cancel(self) -> None:
        """Let go of what is still to come."""
        self.cancelled.set()

    def asked(self, item: Any) -> bool:
        """Whether an item is to be worked on."""
        return self._wanted is None or self._wanted(item)

    def put(self, kind: int, value: Any) -> bool:
        """Hand an item over; False where nobody waits for it any more."""
        while not self.cancelled.is_set():
            try:
                self._items.put((kind, value), timeout=0.5)
            except queue.Full:
                continue
            return True
        return False


class Pool:
    """At most ``count`` workers. A context manager; leaving it ends them all."""

    def __init__(self, count: int | None = None, allowance: Allowance | None = None) -> None:
        """Args:
        count: default the processors.
        allowance: what one document may take.
        """
        self.count = count or processors()
        self.allowance = allowance or Allowance()
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._free = 0  # threads that wait for a task, less the tasks that wait for a thread
        self._closed = False

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def warm(self, *needed: Callable[..., Any]) -> None:
        """Start a worker that has the modules of what is ``needed``, so that it is there when the first task comes."""
        self.submit(Request(function=iter, arguments=(needed,)), None)

    def submit(self, request: Request, wanted: Callable[[Any], bool] | None) -> Task:
        """Have a request worked on; ``wanted`` answers where it asks, in a thread of the pool."""
        task = Task(request, wanted)
        with self._lock:
            if self._closed:
                raise RuntimeError("the workers are closed")
            self._free -= 1
            if self._free < 0 and len(self._threads) < self.count:
                self._free += 1
                thread = threading.Thread(target=self._serve, name="reading", daemon=True)
                self._threads.append(thread)
                thread.start()
        self._tasks.put(task)
        return task

    def close(self) -> None:
        """End the workers; tasks that are under way end with an error, unless they are cancelled."""
        with self._lock:
            self._closed = True
            threads = list(self._threads)
        for _ in threads:
            self._tasks.put(None)
        for thread in threads:
            thread.join()

    def _serve(self) -> None:
        # The system ends a worker together with the thread that started it, so that one thread has one at a time.
        worker: _Worker | None = None
        try:
            while True:
                try:
                    task = self._tasks.get(timeout=_IDLE if worker is not None else None)
                except queue.Empty:
                    _end(worker)
                    worker = None
                    continue
                if task is None:
                    return
                if not task.cancelled.is_set() and not self._closed:
                    worker = worker or _Worker(self.allowance)
                    if not self._run(worker, task):
                        _end(worker)
                        worker = None
                with self._lock:
                    self._free += 1
        finally:
            _end(worker)

    def _run(self, worker: _Worker, task: Task) -> bool:
        """Whether the worker can go on with another task."""
        try:
            worker.send(task.request)
            while True:
                kind, value = worker.receive(lambda: self._closed or task.cancelled.is_set())
                if kind == ASK:
                    worked = task.asked(value)
                    worker.send_answer(worked)
                    if worked:
                        continue
                    worker.receive(lambda: self._closed)  # that it goes on
                elif kind == NO_MEMORY:
                    task.put(END, SourceError(self.allowance.too_large, remedy=_AS_TEXT))
                    return False
                elif kind == END:
                    return task.put(END, None) or True
                if not task.put(ITEM, value):
                    return False
        except SourceError as error:
            task.put(END, error)
            return False


def _end(worker: _Worker | None) -> None:
    if worker is not None:
        worker.end()


class _Worker:
    """One process and the connection to it."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        ours, theirs = Pipe()
        with theirs:
            program = (
                f"import sys; sys.path[:] = {sys.path!r}\n"
                "from ingest.workers.limits import Allowance\n"
                "from ingest.workers.process import main\n"
                f"main({theirs.fileno()}, {os.getpid()}, {allowance!r})"
            )
            self._process = subprocess.Popen(
                [sys.executable, "-c", program],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # parsers complain of documents there
                process_group=0,  # an interruption from the terminal is the program's to handle
            )
        self._connection = ours
        self._begun = False  # whether it is at work on a request, and not still importing what that needs

    def send(self, request: Request) -> None:
        self._begun = False
        self._write(pickle.dumps(request, pickle.HIGHEST_PROTOCOL))

    def send_answer(self, answer: bool) -> None:
        self._write(pickle.dumps(answer))

    def _write(self, message: bytes) -> None:
        try:
            self._connection.send_bytes(message)
        except OSError as error:
            raise self._why() from error

    def receive(self, given_up: Callable[[], bool]) -> tuple[int, Any]:
        """The next message.

        Raises:
            SourceError: where the process ended, took too long, or what it does is ``given_up``.
        """
        left = self._allowance.by_the_clock if self._begun else _START
        try:
            while not self._connection.poll(0.25):
                left -= 0.25
                if left <= 0:
                    raise SourceError(
                        self._allowance.too_slow if self._begun else "no process could be started to read it",
                        remedy=_AS_TEXT,
                    )
                if given_up():
                    raise SourceError("reading was stopped", remedy="give it again")
            kind, value = pickle.loads(self._connection.recv_bytes())
        except (EOFError, OSError) as error:
            raise self._why() from error
        if kind == BEGUN:
            self._begun = True
            return self.receive(given_up)
        return kind, value

    def _why(self) -> SourceError:
        """Why the process is no more."""
        try:
            code = self._process.wait(10)
        except subprocess.TimeoutExpired:
            code = 0
        if code == -signal.SIGXCPU:
            return SourceError(self._allowance.too_slow, remedy=_AS_TEXT)
        if code == -signal.SIGKILL:  # by the system, where memory is short
            return SourceError(self._allowance.too_large, remedy=_AS_TEXT)
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return SourceError(f"reading it ended the process that read it ({how})", remedy=_AS_TEXT)

    def end(self) -> None:
        self._connection.close()
        self._process.kill()
        self._process.wait()
