"""Sources -> articles, lazily: the one way in, whatever the format and wherever from.

Invariants:

* A problem with one input never loses another: it is yielded as a :class:`Problem` in its place and reading goes on.
* One document, or one line of JSONL, is in memory at a time.
* No network is used for local files, a feed's file included; for a feed that was named by its address, the pages that
  its entries link to are fetched.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO, TextIO
from urllib.parse import unquote

from ingest.article import Article
from ingest.errors import Problem, SourceError
from ingest.readers.base import Document, Reader, Source, attempt, to_article
from ingest.readers.links import canonical_url, parts
from ingest.readers.registry import check, of_response
from ingest.sources import LocalFile, WebAddress, locate, unreadable

if TYPE_CHECKING:
    from ingest.fetch import Fetched, Fetcher

#: Bytes of a single document; article JSONL may be larger, since it is read line by line.
MAX_BYTES = 50_000_000

#: What a page counts for in the progress before it is there; about the size of a news page's HTML.
_PAGE = 100_000

#: Seconds between two pages that a feed leads to on one host.
PAUSE = 1.0

#: Documents of one file between two reports of progress.
_OFTEN = 50

#: Bytes at the beginning of a document by which its format is recognised.
_HEAD = 4096

_Found = Article | Document | Problem


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


def read(
    sources: Iterable[str | os.PathLike[str]],
    *,
    allow_private: bool = False,
    progress: Callable[[Progress], None] | None = None,
    stdin: TextIO | None = None,
    max_bytes: int = MAX_BYTES,
) -> Iterator[Article | Problem]:
    """Read articles from files, folders, glob patterns, web addresses and feeds.

    Args:
        sources: paths, patterns, http(s) URLs, or "-" for a list of these, one a line, on standard input.
        allow_private: whether URLs may lead to addresses that are not public.
        progress: is told how far reading has come, before and after each file and now and then within large ones.
        stdin: what "-" reads; ``sys.stdin`` by default.
        max_bytes: the largest single document that is read. Article JSONL may be larger, its lines may not.

    Yields:
        Each article, and each problem in the place of what could not be read.
    """
    if isinstance(sources, str | os.PathLike):
        sources = [sources]
    reading = _Reading(allow_private=allow_private, progress=progress, max_bytes=max_bytes)
    try:
        yield from reading.run(sources, sys.stdin if stdin is None else stdin)
    finally:
        reading.close()


class _Reading:
    """One call of :func:`read`."""

    def __init__(self, *, allow_private: bool, progress: Callable[[Progress], None] | None, max_bytes: int) -> None:
        self._allow_private = allow_private
        self._progress = progress
        self._max_bytes = max_bytes
        self._fetcher: Fetcher | None = None
        self._done = self._total = 0
        self._unit = "bytes"

    def close(self) -> None:
        if self._fetcher is not None:
            self._fetcher.__exit__(None, None, None)

    def run(self, sources: Iterable[str | os.PathLike[str]], stdin: TextIO | None) -> Iterator[Article | Problem]:
        located = locate(sources, stdin)
        self._total = sum(_weight(item) for item in located)
        if any(isinstance(item, WebAddress) for item in located):
            self._unit = "estimated bytes"
        for item in located:
            if isinstance(item, Problem):
                yield item
                continue
            self._report(item.shown)
            yield from self._file(item) if isinstance(item, LocalFile) else self._address(item.url)
            self._done += _weight(item)
        self._report("")

    def _report(self, current: str, within: int = 0) -> None:
        if self._progress is not None:
            done = self._done + within
            self._progress(Progress(done=done, total=max(self._total, done), unit=self._unit, current=current))

    def _file(self, file: LocalFile) -> Iterator[Article | Problem]:
        source = Source(name=file.shown, max_bytes=self._max_bytes)
        try:
            with open(file.path, "rb") as body:
                head = body.read(_HEAD)
                if not head:
                    raise SourceError("it is empty", remedy="give a document that has words")
                check(file.reader, head)
                body.seek(0)
                for number, found in enumerate(_read(file.reader, body, source), start=1):
                    if number % _OFTEN == 0:
                        self._report(file.shown, within=body.tell())
                    yield _finished(found, source, identity=str(file.path), name=file.path.name)
        except SourceError as error:
            yield Problem.of(file.shown, error)
        except OSError as error:
            yield unreadable(file.shown, error)

    def _address(self, url: str) -> Iterator[Article | Problem]:
        try:
            fetched = self._client().fetch(url)
            source = _source(fetched, self._max_bytes)
            documents = _documents(fetched, source)
            first = next(documents, None)
            if isinstance(first, Document) and first.linked:
                yield from self._entries([first, *documents], source)
            elif first is not None:
                for found in chain((first,), documents):
                    address = found.url if isinstance(found, Document) else ""
                    yield _finished(found, source, identity=address, name=_path_of(address))
        except SourceError as error:
            yield Problem.of(url, error)
        except OSError as error:
            yield unreadable(url, error)

    def _client(self) -> Fetcher:
        if self._fetcher is None:
            from ingest.fetch import Fetcher, Limits  # here, since most reading is of files

            limits = Limits(max_bytes=self._max_bytes, delay=PAUSE)
            self._fetcher = Fetcher(allow_private=self._allow_private, limits=limits)
        return self._fetcher

    def _entries(self, entries: list[_Found], source: Source) -> Iterator[Article | Problem]:
        """Each entry of a fetched feed, from the page that it links to where that says more than the entry itself."""
        self._total += _PAGE * len(entries)
        for entry in entries:
            self._report((entry.url if isinstance(entry, Document) else "") or source.name)
            yield self._entry(entry, source) if isinstance(entry, Document) else entry
            self._done += _PAGE

    def _entry(self, own: Document, feed: Source) -> Article | Problem:
        page = self._linked_page(own.url) if own.url else None
        if not isinstance(page, Document) or len(page.text) < len(own.text):
            found = _finished(own, feed)
            if isinstance(found, Article) or not isinstance(page, SourceError):
                return found
            what = f"the entry has no text and its page cannot be read: {page.what}"
            return replace(found, reason=what, remedy=page.remedy)
        both = replace(
            page,
            title=own.title or page.title,
            authors=page.authors or own.authors,
            published=own.published or page.published,
            # A page that does not name its publisher has its host's name in its place.
            source=own.source if page.source in parts(page.url).netloc and own.source else page.source,
        )
        return _finished(both, replace(feed, name=own.url), identity=page.url, name=_path_of(page.url))

    def _linked_page(self, url: str) -> Document | SourceError | None:
        """The page at ``url``, why it cannot be had, or None where it is a collection or says nothing."""
        try:
            fetched = self._client().follow(url)
            page = next(_documents(fetched, _source(fetched, self._max_bytes)), None)
        except SourceError as error:
            return error
        is_page = isinstance(page, Document) and not page.label and any(map(str.isalnum, page.text))
        return page if is_page and isinstance(page, Document) else None


def _read(reader: Reader, body: BinaryIO, source: Source) -> Iterator[_Found]:
    """What the reader finds; its failure, that of another package's included, as an error of the one source."""
    found = attempt(lambda: iter(reader.read(body, source)))
    while True:
        item = found if isinstance(found, SourceError) else attempt(next, found, None)
        if item is None:
            return
        if isinstance(item, SourceError):
            raise item
        yield item


def _finished(found: _Found, source: Source, *, identity: str = "", name: str = "") -> Article | Problem:
    """The article of a document; see :func:`~ingest.readers.base.to_article`."""
    if not isinstance(found, Document):
        return found
    made = attempt(partial(to_article, found, origin=source.name, identity=identity, name="" if found.label else name))
    if not isinstance(made, SourceError):
        return made
    if not found.label:
        return Problem.of(source.name, made)
    if any(map(str.isalnum, found.text)):
        return Problem.of(f"{source.name}, {found.label}", made)
    fetchable = found.linked and found.url and not source.url
    remedy = "give the feed's address, so that the linked pages are read" if fetchable else made.remedy
    return Problem(source=f"{source.name}, {found.label}", reason="the entry has no text", remedy=remedy)


def _source(fetched: Fetched, max_bytes: int) -> Source:
    return Source(name=fetched.url, url=fetched.url, charset=fetched.charset, max_bytes=max_bytes)


def _documents(fetched: Fetched, source: Source) -> Iterator[_Found]:
    """What was fetched. A page may neither choose its id nor claim another site's address: with either it would take
    the place of another article.
    """
    if not fetched.body.strip():
        raise SourceError("what the server sends is empty", remedy="check the address")
    reader = of_response(fetched.media_type, parts(fetched.url).path, fetched.body[:_HEAD])
    for found in _read(reader, io.BytesIO(fetched.body), source):
        if isinstance(found, Document) and not found.label:
            found = replace(found, id="", url=canonical_url(found.url, fetched.url))
        yield found


def _weight(item: LocalFile | WebAddress | Problem) -> int:
    return item.size if isinstance(item, LocalFile) else _PAGE if isinstance(item, WebAddress) else 0


def _path_of(url: str) -> str:
    return unquote(parts(url).path)
