"""Sources -> articles, lazily: the one way in, whatever the format and wherever from.

Invariants:

* A problem with one input never loses another: it is yielded as a :class:`Problem` in its place and reading goes on.
* One document, or one line of JSONL, is in memory at a time; in workers some files are read ahead.
* No network is used for local files, a feed's file included; for a feed that was named by its address, the pages that
  its entries link to are fetched. Fetching is done here; what is done with what was fetched stands in
  :mod:`ingest.documents`, and with :func:`read_apart` runs in processes of its own.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TextIO, TypeVar, cast

from ingest.article import Article
from ingest.documents import Response, of_address, of_entry, of_file, of_upload, told_apart, under_its_name
from ingest.errors import Problem, SourceError
from ingest.readers.base import Document, Source, attempt
from ingest.sources import LocalFile, Located, WebAddress, locate, unreadable

if TYPE_CHECKING:
    from ingest.fetch import Fetcher
    from ingest.workers.pool import Pool, Task

#: Bytes of a single document; article JSONL may be larger, since it is read line by line.
MAX_BYTES = 50_000_000

#: What a page counts for in the progress before it is there; about the size of a news page's HTML.
_PAGE = 100_000

#: Seconds between two pages that a feed leads to on one host.
PAUSE = 1.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far reading has come. ``done`` and ``total`` count bytes of local files, which are known ahead; an address
    counts for a fixed amount, and ``unit`` is then "estimated bytes" in place of "bytes". ``total`` grows when a feed
    turns out to lead to more pages. ``current`` is the file or address at hand, "" at the end.
    """

    done: int
    total: int
    unit: str
    current: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Workers(Generic[T]):
    """The processes that read, and what else they do with every article: ``then``, a function of a module, unless
    ``wanted`` says of an article, in a thread of its own, that it may be passed on as it is.
    """

    pool: Pool
    then: Callable[[Article], T | Problem]
    wanted: Callable[[Article], bool] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to read: whether URLs may lead to addresses that are not public, and links out of a folder that was named;
    the largest single document; and what a file is called that lies where it does only for a moment.
    """

    allow_private: bool = False
    follow_links: bool = False
    max_bytes: int = MAX_BYTES
    uploaded_as: str = ""


def read(
    sources: Iterable[str | os.PathLike[str]],
    *,
    allow_private: bool = False,
    follow_links: bool = False,
    progress: Callable[[Progress], None] | None = None,
    stdin: TextIO | None = None,
    max_bytes: int = MAX_BYTES,
) -> Iterator[Article | Problem]:
    """Read articles from files, folders, glob patterns, web addresses and feeds, in this process.

    Args:
        sources: paths, patterns, http(s) URLs, or "-" for a list of these, one a line, on standard input.
        allow_private: whether URLs may lead to addresses that are not public.
        follow_links: whether symbolic links may lead out of the folders that are named.
        progress: is told how far reading has come, before and after each file and now and then within large ones.
        stdin: what "-" reads; ``sys.stdin`` by default.
        max_bytes: the largest single document that is read. Article JSONL may be larger, its lines may not.

    Yields:
        Each article, and each problem in the place of what could not be read.
    """
    options = Options(allow_private=allow_private, follow_links=follow_links, max_bytes=max_bytes)
    return _Reading(options, progress, None).run(sources, stdin)


def read_apart(
    sources: Iterable[str | os.PathLike[str]],
    workers: Workers[T],
    options: Options | None = None,
    *,
    progress: Callable[[Progress], None] | None = None,
    stdin: TextIO | None = None,
) -> Iterator[T | Article | Problem]:
    """The same in processes of their own, in the same order: a document that crashes, hangs or fills the memory ends
    its worker, and is a problem.

    Yields:
        What ``workers.then`` makes of each article, each article that was not ``wanted``, and each problem.
    """
    return _Reading(options or Options(), progress, workers).run(sources, stdin)


class _Reading:
    """One call of :func:`read`."""

    def __init__(
        self, options: Options, progress: Callable[[Progress], None] | None, workers: Workers[Any] | None
    ) -> None:
        self._options = options
        self._progress = progress
        self._workers = workers
        self._fetcher: Fetcher | None = None
        self._done = self._total = 0
        self._unit = "bytes"
        self._ahead: deque[tuple[Located, Iterable[Any] | None]] = deque()

    def run(self, sources: Iterable[str | os.PathLike[str]], stdin: TextIO | None) -> Iterator[Any]:
        if isinstance(sources, str | os.PathLike):
            sources = [sources]
        located = locate(sources, sys.stdin if stdin is None else stdin, follow_links=self._options.follow_links)
        self._total = sum(_weight(item) for item in located)
        if any(isinstance(item, WebAddress) for item in located):
            self._unit = "estimated bytes"
        try:
            for item, found in self._begun(located):
                if isinstance(item, Problem):
                    yield item
                    continue
                self._report(item.shown)
                yield from self._file(item, found) if isinstance(item, LocalFile) else self._address(item.url)
                self._done += _weight(item)
            self._report("")
        finally:
            for _, begun in self._ahead:
                if begun is not None and self._workers is not None:
                    cast("Task", begun).cancel()
            if self._fetcher is not None:
                self._fetcher.__exit__(None, None, None)

    def _begun(self, located: Iterable[Located]) -> Iterator[tuple[Located, Any]]:
        """Each with what is read of it, where workers have begun to: files are read ahead, up to the next address,
        since its pages are waiting for a worker too.
        """
        most = 1 if self._workers is None else 2 * self._workers.pool.count
        for item in located:
            if isinstance(item, Problem) and self._options.uploaded_as:
                item = under_its_name(item, item.source, self._options.uploaded_as)
            if isinstance(item, WebAddress):
                while self._ahead:
                    yield self._ahead.popleft()
                yield item, None
                continue
            self._ahead.append((item, self._begin_file(item) if isinstance(item, LocalFile) else None))
            if len(self._ahead) >= most:
                yield self._ahead.popleft()
        while self._ahead:
            yield self._ahead.popleft()

    def _begin_file(self, file: LocalFile) -> Iterable[Any]:
        if self._options.uploaded_as:
            return self._begin(of_upload, file, self._options.max_bytes, self._options.uploaded_as)
        return self._begin(of_file, file, self._options.max_bytes)

    def _begin(self, function: Callable[..., Iterator[Any]], *arguments: object) -> Iterable[Any]:
        """Have a function of :mod:`ingest.documents` work, here or in a worker."""
        if self._workers is None:
            return function(*arguments)
        from ingest.workers.process import Request

        request = Request(
            function=function,
            arguments=arguments,
            selects=Article,
            then=self._workers.then,
            asks=self._workers.wanted is not None,
        )
        return self._workers.pool.submit(request, self._workers.wanted)

    def _report(self, current: str, within: int = 0) -> None:
        if self._progress is not None:
            done = self._done + within
            self._progress(Progress(done=done, total=max(self._total, done), unit=self._unit, current=current))

    def _file(self, file: LocalFile, begun: Iterable[Any]) -> Iterator[Any]:
        try:
            for found in begun:
                if isinstance(found, int):
                    self._report(file.shown, within=found)
                else:
                    yield found
        except SourceError as error:  # its worker was stopped
            problem = Problem.of(file.shown, error)
            name = self._options.uploaded_as
            yield under_its_name(problem, file.shown, name) if name else problem

    def _address(self, url: str) -> Iterator[Any]:
        try:
            response = self._response(url, self._client().fetch)
            entries: list[Document | Problem] = []
            for found in self._begin(of_address, response):
                if isinstance(found, Document) or entries:  # of a feed, or a problem in the place of an entry
                    entries.append(found)
                else:
                    yield found
            yield from self._entries(entries, response.source)
        except SourceError as error:
            yield Problem.of(url, error)
        except OSError as error:
            yield unreadable(url, error)

    def _client(self) -> Fetcher:
        if self._fetcher is None:
            from ingest.fetch import Fetcher, Limits  # here, since most reading is of files

            limits = Limits(max_bytes=self._options.max_bytes, delay=PAUSE)
            self._fetcher = Fetcher(allow_private=self._options.allow_private, limits=limits)
        return self._fetcher

    def _response(self, url: str, get: Callable[[str], Any]) -> Response:
        """What ``get`` fetches.

        Raises:
            SourceError: where it cannot be had.
        """
        fetched = attempt(get, url)
        if isinstance(fetched, SourceError):
            raise fetched
        source = Source(name=fetched.url, url=fetched.url, charset=fetched.charset, max_bytes=self._options.max_bytes)
        return Response(asked=url, body=fetched.body, media_type=fetched.media_type, source=source)

    def _entries(self, entries: list[Document | Problem], source: Source) -> Iterator[Any]:
        """Each entry of a fetched feed, with the page that it links to."""
        self._total += _PAGE * len(entries)
        pages = told_apart(self._linked(entry) for entry in entries)
        for entry, linked in zip(entries, pages, strict=True):
            self._report((entry.url if isinstance(entry, Document) else "") or source.name)
            if isinstance(entry, Document):
                yield from self._entry(entry, source, linked)
            else:
                yield entry
            self._done += _PAGE

    def _linked(self, entry: Document | Problem) -> Response | SourceError | None:
        """The page that an entry links to, why it cannot be had, or None where there is none."""
        if not isinstance(entry, Document) or not entry.url:
            return None
        try:
            return self._response(entry.url, self._client().follow)
        except (SourceError, OSError) as error:
            return error if isinstance(error, SourceError) else SourceError(str(error), remedy="try again")

    def _entry(self, own: Document, feed: Source, linked: Response | SourceError | None) -> Iterator[Any]:
        try:
            yield from self._begin(of_entry, own, feed, linked)
        except SourceError as error:
            yield Problem.of(own.url or f"{feed.name}, {own.label}", error)


def _weight(item: Located) -> int:
    return item.size if isinstance(item, LocalFile) else _PAGE if isinstance(item, WebAddress) else 0
