"""Adding to the archive from the page: files and addresses, one after the other, in a thread of their own.

Invariants:

* A visitor names http and https addresses and files that were uploaded, never a path of this machine.
* What is counted as added is safe in the archive. What cannot be read is named with the reason and loses nothing else.
* What is given is read in processes of their own (:mod:`ingest.workers`), so that none of it stops the page.
* Nobody waits: chats go on, and others' additions are taken up between two batches.
* A job goes on whatever becomes of the page that it was given on, and its giver can be told of it on another one.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from assistant.errors import UsageError
from ingest.addresses import BadAddress, checked
from ingest.article import Article
from ingest.errors import AssistantError, Problem
from ingest.read import Options, Progress, Workers, read_apart
from ingest.workers.pool import Pool
from vectorstore.archive.prepared import Prepared, prepared
from vectorstore.archive.writing import AddReport
from vectorstore.store import Store

#: Files and addresses that can be given at once.
MOST_SOURCES = 50

#: Articles that are put into the store together: what has come is safe soon, and others get their turn.
_BATCH = 32

#: Seconds for which the giver of a job that is over is told what came of it.
_REMEMBERED = 3600.0

#: Jobs that are read at the same time; a feed can take minutes.
_AT_ONCE = 4

OpenStore = Callable[[], AbstractContextManager[Store]]


class State(StrEnum):
    """How far one source has come."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(slots=True, kw_only=True)
class Source:
    """One file or address and what became of it. ``problems`` are of the whole or of parts of it."""

    name: str
    address: str
    uploaded: bool
    state: State = State.WAITING
    report: AddReport = field(default_factory=AddReport)
    current: str = ""

    @property
    def articles(self) -> int:
        """Articles in it that are in the archive now."""
        return self.report.added + self.report.changed + self.report.unchanged

    @property
    def problems(self) -> list[Problem]:
        """What could not be read, in order."""
        return self.report.failed


@dataclass(slots=True, kw_only=True)
class Job:
    """Sources that were given together. ``trouble`` ended it early; ``ended`` is when, by ``time.monotonic``."""

    sources: list[Source]
    trouble: str = ""
    ended: float | None = None
    _stop: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """End it after the article at hand; what is in the archive stays."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        """Whether :meth:`stop` was called."""
        return self._stop.is_set()


class Additions:
    """Takes what visitors give and reads it into the store that ``opened`` opens."""

    def __init__(self, opened: OpenStore, *, max_bytes: int, pool: Pool | None = None) -> None:
        self._opened = opened
        self._pool = pool or Pool()
        self._workers = Workers(pool=self._pool, then=prepared)
        self._max_bytes = max_bytes
        self._threads = ThreadPoolExecutor(max_workers=_AT_ONCE, thread_name_prefix="adding")
        self._writing = threading.Lock()  # an own store is opened by one job at a time
        self._jobs: set[int] = set()
        self._running: list[Job] = []
        self._given: dict[str, tuple[Job, Future[None]]] = {}
        #: Whether anything was ever given.
        self.begun = False

    def start(self, files: Sequence[str], addresses: str, giver: str = "") -> tuple[Job, Future[None]]:
        """Begin to add.

        Args:
            files: paths of uploaded files, which are deleted when they have been read.
            addresses: web addresses, one a line.
            giver: who is to find the job again with :meth:`given_by`.

        Raises:
            UsageError: where there is nothing to add, or too much, or a line is no web address; nothing is added then.
        """
        given = [Source(name=Path(file).name, address=file, uploaded=True) for file in files]
        for line in dict.fromkeys(addresses.split()):
            given.append(Source(name=line, address=web_address(line), uploaded=False))
        if not given:
            raise UsageError("there is nothing to add", remedy="choose files, or write an address")
        if len(given) > MOST_SOURCES:
            raise UsageError(
                f"{len(given)} files and addresses are too many at once, and none was added",
                remedy=f"give at most {MOST_SOURCES}",
            )
        for source in given:
            if source.uploaded and _size(Path(source.address)) > self._max_bytes:
                raise UsageError(f"the file {source.name!r} is too large, and nothing was added", remedy=self.limit)
        job = Job(sources=given)
        self._running.append(job)
        self.begun = True
        given_job = job, self._threads.submit(self._run, job)
        self._forget_old()
        if giver:
            self._given[giver] = given_job
        return given_job

    def holds(self, path: Path) -> bool:
        """Whether a file that was uploaded is being read, or waits for it."""
        return any(source.uploaded and Path(source.address) == path for job in self._running for source in job.sources)

    def given_by(self, giver: str) -> tuple[Job, Future[None]] | None:
        """The last job of a giver, while it runs and for an hour after; None where there is none."""
        self._forget_old()
        return self._given.get(giver)

    def _forget_old(self) -> None:
        old = time.monotonic() - _REMEMBERED
        self._given = {
            giver: (job, future) for giver, (job, future) in self._given.items() if job.ended is None or job.ended > old
        }

    @property
    def limit(self) -> str:
        """The limit of a file's size as a remedy."""
        return f"give files of at most {self._max_bytes // 1_000_000} MB"

    def close(self) -> None:
        """Stop every job and wait until none touches a store."""
        for job in list(self._running):
            job.stop()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._pool.close()

    def _run(self, job: Job) -> None:
        try:
            for source in job.sources:
                if not job.stopped:
                    source.state = State.READING
                    self._read(job, source)
                source.state = State.STOPPED if job.stopped else State.DONE
        except AssistantError as error:
            job.trouble = str(error)
            for source in job.sources:
                source.state = State.DONE if source.state is State.DONE else State.STOPPED
        finally:
            job.ended = time.monotonic()
            self._running.remove(job)
            for source in job.sources:
                if source.uploaded:
                    _forget(Path(source.address))

    def _read(self, job: Job, source: Source) -> None:
        def progress(reading: Progress) -> None:
            source.current = source.name if source.uploaded else reading.current

        how = Options(max_bytes=self._max_bytes, uploaded_as=source.name if source.uploaded else "")
        batch: list[Article | Prepared | Problem] = []
        for found in read_apart([source.address], self._workers, how, progress=progress):
            batch.append(found)
            if len(batch) == _BATCH:
                self._write(source, batch)
                batch = []
            if job.stopped:
                break
        self._write(source, batch)

    def _write(self, source: Source, batch: Sequence[Article | Prepared | Problem]) -> None:
        if not batch:
            return
        with self._writing, self._opened() as store:
            report = store.add(batch)
        total = source.report
        for name in ("added", "changed", "unchanged", "another_origin", "chunks"):
            setattr(total, name, getattr(total, name) + getattr(report, name))
        total.failed += report.failed
        total.remarks += report.remarks


def web_address(line: str) -> str:
    """A line as an http or https address.

    Raises:
        UsageError: where it is none.
    """
    if re.fullmatch(r"[\w-]+(\.[\w-]+)+(:\d+)?(/\S*)?", line):  # as people write them
        line = f"https://{line}"
    remedy = "write it in full, as in https://news.example/story"
    if re.match(r"https?://[^\s/]", line, re.IGNORECASE):
        try:
            checked(line)
        except BadAddress as error:
            remedy = error.remedy
        else:
            return line
    raise UsageError(f"{line[:200]!r} is no web address, and nothing was added", remedy=remedy)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0  # reading it will say why


def _forget(file: Path) -> None:
    with suppress(OSError):
        file.unlink(missing_ok=True)
        file.parent.rmdir()  # Gradio gives each its own folder
