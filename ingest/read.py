"""Sources -> articles, lazily: the one way in, whatever the format and wherever from.

Invariants:

* A problem with one input never loses another: it is yielded as a :class:`Problem` in its place and reading goes on.
* One document, or one line of JSONL, is in memory at a time.
* No network is used for local files, a feed's file included; for a feed that was named by its address, the pages that
  its entries link to are fetched.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TextIO
from urllib.parse import unquote

from ingest.article import Article
from ingest.errors import SourceError
from ingest.readers import registry as formats
from ingest.readers.base import Document, to_article
from ingest.readers.feed import Entry, read_feed
from ingest.readers.links import canonical_url, parts
from ingest.readers.registry import Format
from ingest.sources import LocalFile, Problem, WebAddress, locate, unreadable

if TYPE_CHECKING:
    from ingest.fetch import Fetched, Fetcher

__all__ = ["MAX_BYTES", "Problem", "Progress", "read"]

#: Bytes of a single document; article JSONL may be larger, since it is read line by line.
MAX_BYTES = 50_000_000

#: What a page counts for in the progress before it is there; about the size of a news page's HTML.
_PAGE = 100_000

#: Seconds between two pages that a feed leads to on one host.
PAUSE = 1.0

#: JSONL lines between two reports of progress.
_OFTEN = 50


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
        try:
            if file.format in (Format.JSONL, Format.JSONL_GZIP):
                yield from self._lines(file)
                return
            body = _bytes_of(file, self._max_bytes)
            if file.format is Format.FEED:
                for entry in read_feed(body, address=file.shown):
                    yield _from_entry(entry, file.shown)
                return
            document = formats.read_document(file.format, body)
            yield to_article(document, origin=file.shown, identity=str(file.path), name=file.path.name)
        except SourceError as error:
            yield _problem(file.shown, error)
        except OSError as error:
            yield unreadable(file.shown, error)

    def _lines(self, file: LocalFile) -> Iterator[Article | Problem]:
        from ingest.readers.jsonl import read_jsonl

        gzipped = file.format is Format.JSONL_GZIP
        with open(file.path, "rb") as stream:
            if not stream.peek(1):
                raise _empty()
            if gzipped or stream.peek(4)[:1] not in (b"{", b" ", b"\n", b"\r"):
                formats.check(file.format, stream.peek(4096))
            for number, found in read_jsonl(stream, origin=file.shown, gzipped=gzipped):
                if number % _OFTEN == 0 and self._progress is not None:
                    self._report(file.shown, within=stream.tell())
                yield found if isinstance(found, Article) else _problem(f"{file.shown}:{number}", found)

    def _address(self, url: str) -> Iterator[Article | Problem]:
        try:
            fetcher = self._client()
            fetched = fetcher.fetch(url)
            chosen = _format_of(fetched)
            if chosen is Format.FEED:
                yield from self._feed(fetched)
            elif chosen in (Format.JSONL, Format.JSONL_GZIP):
                yield from _fetched_lines(fetched, gzipped=chosen is Format.JSONL_GZIP)
            else:
                page = _page(fetched, chosen)
                yield to_article(page, origin=fetched.url, identity=page.url, name=_path_of(page.url))
        except SourceError as error:
            yield _problem(url, error)

    def _client(self) -> Fetcher:
        if self._fetcher is None:
            from ingest.fetch import Fetcher, Limits  # here, since most reading is of files

            limits = Limits(max_bytes=self._max_bytes, delay=PAUSE)
            self._fetcher = Fetcher(allow_private=self._allow_private, limits=limits)
        return self._fetcher

    def _feed(self, fetched: Fetched) -> Iterator[Article | Problem]:
        """Each entry of a fetched feed, from the page that it links to where that says more than the entry itself."""
        entries = read_feed(fetched.body, address=fetched.url)
        self._total += _PAGE * len(entries)
        for entry in entries:
            self._report(entry.document.url or fetched.url)
            yield self._entry(entry, fetched.url)
            self._done += _PAGE

    def _entry(self, entry: Entry, feed: str) -> Article | Problem:
        own = entry.document
        page = self._linked_page(own.url) if own.url else None
        if not isinstance(page, Document) or len(page.text) < len(own.text):
            found = _from_entry(entry, feed)
            if isinstance(found, Article) or not isinstance(page, SourceError):
                return found
            what = f"the entry has no text and its page cannot be read: {page.what}"
            return Problem(source=f"{feed}, {entry.label}", reason=what, remedy=page.remedy)
        both = replace(
            page,
            title=own.title or page.title,
            authors=page.authors or own.authors,
            published=own.published or page.published,
            # A page that does not name its publisher has its host's name in its place.
            source=own.source if page.source in parts(page.url).netloc and own.source else page.source,
        )
        return to_article(both, origin=own.url, identity=page.url, name=_path_of(page.url))

    def _linked_page(self, url: str) -> Document | SourceError | None:
        """The page at ``url``, why it cannot be had, or None where it is another collection and no page."""
        try:
            fetched = self._client().follow(url)
            chosen = _format_of(fetched)
            if chosen in (Format.FEED, Format.JSONL, Format.JSONL_GZIP):
                return None
            page = _page(fetched, chosen)
            return page if any(map(str.isalnum, page.text)) else None
        except SourceError as error:
            return error


def _bytes_of(file: LocalFile, limit: int) -> bytes:
    if file.size > limit:
        raise SourceError(
            f"it is {file.size / 1e6:.0f} MB, and the limit for one document is {limit / 1e6:.0f} MB", remedy="split it"
        )
    with open(file.path, "rb") as stream:
        body = stream.read(limit + 1)
    if len(body) > limit:  # it has grown since
        raise SourceError(f"it is larger than {limit / 1e6:.0f} MB, the limit for one document", remedy="split it")
    if not body.strip():
        raise _empty()
    formats.check(file.format, body[:4096])
    return body


def _empty() -> SourceError:
    return SourceError("it is empty", remedy="give a document that has words")


def _weight(item: LocalFile | WebAddress | Problem) -> int:
    return item.size if isinstance(item, LocalFile) else _PAGE if isinstance(item, WebAddress) else 0


def _problem(source: str, error: SourceError) -> Problem:
    return Problem(source=source, reason=error.what, remedy=error.remedy)


def _from_entry(entry: Entry, feed: str) -> Article | Problem:
    try:
        return to_article(entry.document, origin=feed, identity=entry.identity)
    except SourceError as error:
        remedy = "give the feed's address, so that the linked pages are read" if entry.document.url else error.remedy
        return Problem(source=f"{feed}, {entry.label}", reason="the entry has no text", remedy=remedy)


def _format_of(fetched: Fetched) -> Format:
    if not fetched.body.strip():
        raise SourceError("what the server sends is empty", remedy="check the address")
    return formats.of_response(fetched.media_type, parts(fetched.url).path, fetched.body[:4096])


def _page(fetched: Fetched, chosen: Format) -> Document:
    """The document of a fetched page. It may neither choose its id nor claim another site's address: with either it
    would take the place of another article.
    """
    document = formats.read_document(chosen, fetched.body, fetched.charset, url=fetched.url)
    return replace(document, id="", url=canonical_url(document.url, fetched.url))


def _path_of(url: str) -> str:
    return unquote(parts(url).path)


def _fetched_lines(fetched: Fetched, *, gzipped: bool) -> Iterator[Article | Problem]:
    import io

    from ingest.readers.jsonl import read_jsonl

    for number, found in read_jsonl(io.BytesIO(fetched.body), origin=fetched.url, gzipped=gzipped):
        yield found if isinstance(found, Article) else _problem(f"{fetched.url}:{number}", found)
