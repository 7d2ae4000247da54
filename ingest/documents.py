"""What was found -> articles: all that is done with the bytes of a document that somebody else wrote.

Invariants:

* Each function is a generator of values that can be pickled, and depends on its arguments alone: it runs in this
  process or in a worker (:mod:`ingest.workers`) alike.
* It raises nothing: every failure is a :class:`~ingest.errors.Problem` in its place, and what came before it stays.
* No network, and no file but the one that is named.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import BinaryIO
from urllib.parse import unquote

from ingest.article import Article, derived_id
from ingest.errors import Problem, SourceError
from ingest.readers.base import Document, Reader, Source, attempt, to_article
from ingest.readers.links import canonical_url, parts
from ingest.readers.registry import check, of_response
from ingest.sources import LocalFile, unreadable

#: Documents of one file between two reports of how far its reading is.
_OFTEN = 50

#: Bytes at the beginning of a document by which its format is recognised.
_HEAD = 4096

#: What a server changes from one copy of a page to the next: numbers, and keys of letters and digits.
_CHANGING = re.compile(rb"[0-9a-fA-F-]{8,}|\d+")

_Found = Article | Document | Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What a server sent when the address ``asked`` was asked for, and the type it said that it is."""

    asked: str
    body: bytes
    media_type: str
    source: Source


def of_file(file: LocalFile, max_bytes: int) -> Iterator[Article | Problem | int]:
    """The articles of a file; now and then the number of its bytes that have been read."""
    source = Source(name=file.shown, max_bytes=max_bytes)
    try:
        with open(file.path, "rb") as body:
            head = body.read(_HEAD)
            if not head:
                raise SourceError("it is empty", remedy="give a document that has words")
            check(file.reader, head)
            body.seek(0)
            for number, found in enumerate(_read(file.reader, body, source), start=1):
                if number % _OFTEN == 0:
                    yield body.tell()
                yield _finished(found, source, identity=str(file.path), name=file.path.name)
    except SourceError as error:
        yield Problem.of(file.shown, error)
    except OSError as error:
        yield unreadable(file.shown, error)


def of_upload(file: LocalFile, max_bytes: int, name: str) -> Iterator[Article | Problem | int]:
    """The articles of a file that lies where it does only for now, under the ``name`` that it was given with."""
    for found in of_file(file, max_bytes):
        if isinstance(found, Problem):
            yield under_its_name(found, file.shown, name)
        elif isinstance(found, Article):
            own = found.id if found.id != derived_id(str(file.path)) else derived_id(found.text)
            yield found.model_copy(update={"id": own, "origin": name})
        else:
            yield found


def under_its_name(problem: Problem, lay: str, name: str) -> Problem:
    """The problem of a file that lay at ``lay`` for a moment and is called ``name``."""
    return replace(problem, source=problem.source.replace(lay, name))


def of_address(response: Response) -> Iterator[Article | Document | Problem]:
    """The articles at an address; a feed's entries as they are where their pages may say more."""
    source = response.source
    try:
        for found in _documents(response):
            if isinstance(found, Document) and found.linked:
                yield found
                continue
            address = found.url if isinstance(found, Document) else ""
            yield _finished(found, source, identity=address, name=_path_of(address))
    except SourceError as error:
        yield Problem.of(response.asked, error)
    except OSError as error:
        yield unreadable(response.asked, error)


def told_apart(
    pages: Iterable[Response | SourceError | None],
) -> Iterator[Response | SourceError | None]:
    """The pages that a feed leads to, one after the other; one body behind several links is the page of none of them.

    Each is held until the next is there: of two that are the same the first is none either.
    """
    behind: dict[bytes, str] = {}
    held: list[Response | SourceError | None] = []
    for page in pages:
        shared = False
        if isinstance(page, Response):
            key = hashlib.sha256(_CHANGING.sub(b"", page.body)).digest()
            shared = behind.setdefault(key, page.asked) != page.asked
            before = held[0] if held else None
            if shared and isinstance(before, Response) and behind[key] == before.asked:
                held = [_one_for_all(before)]
        yield from held
        held = [_one_for_all(page) if shared and isinstance(page, Response) else page]
    yield from held


def _one_for_all(page: Response) -> SourceError:
    what = f"{page.asked} sends what another link of the feed sends too, and no article of its own"
    return SourceError(what, remedy="save the page in a browser")


def of_entry(own: Document, feed: Source, linked: Response | SourceError | None) -> Iterator[Article | Problem]:
    """A feed's entry, from the page that it links to where that says more than the entry itself.

    Args:
        linked: the page; why it cannot be had; or None where the entry links to none.
    """
    page = _page(linked) if isinstance(linked, Response) else linked
    if not isinstance(page, Document) or len(page.text) < len(own.text):
        found = _finished(own, feed)
        if isinstance(found, Problem) and isinstance(page, SourceError):
            what = f"the entry has no text and its page cannot be read: {page.what}"
            found = replace(found, reason=what, remedy=page.remedy)
        yield found
        return
    both = replace(
        page,
        title=own.title or page.title,
        authors=page.authors or own.authors,
        published=own.published or page.published,
        # A page that does not name its publisher has its host's name in its place.
        source=own.source if page.source in parts(page.url).netloc and own.source else page.source,
    )
    yield _finished(both, replace(feed, name=own.url), identity=page.url, name=_path_of(page.url))


def _page(response: Response) -> Document | SourceError | None:
    """The page that was fetched, why it cannot be read, or None where it is a collection or says nothing."""
    try:
        page = next(_documents(response), None)
    except SourceError as error:
        return error
    is_page = isinstance(page, Document) and not page.label and any(map(str.isalnum, page.text))
    return page if is_page and isinstance(page, Document) else None


def _documents(response: Response) -> Iterator[_Found]:
    """What was fetched. A page may neither choose its id nor claim another site's address: with either it would take
    the place of another article.
    """
    if not response.body.strip():
        raise SourceError("what the server sends is empty", remedy="check the address")
    url = response.source.url
    reader = of_response(response.media_type, parts(url).path, response.body[:_HEAD])
    for found in _read(reader, io.BytesIO(response.body), response.source):
        if isinstance(found, Document) and not found.label:
            found = replace(found, id="", url=canonical_url(found.url, url))
        yield found


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


def _path_of(url: str) -> str:
    return unquote(parts(url).path)
