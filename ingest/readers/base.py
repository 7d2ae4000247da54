"""What a reader of a format is, and what it finds in a document before that is an :class:`~ingest.article.Article`."""

from __future__ import annotations

import os
import re
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol, TypeVar

from pydantic import ValidationError

from ingest.article import Article, Marked, Published, SentenceKind, Span, derived_id, normalise
from ingest.errors import Problem, SourceError
from ingest.language.dates.published import date_in_head, date_in_name
from ingest.limits import MAX_FIELD, MAX_TEXT, bounded

#: The longest line of metadata that an article takes; what is longer is no headline and no name.
_LONGEST = 1000

_NOBODY = frozenset(
    "admin administrator anonymous author guest none owner python-docx root staff unknown user windows".split()  # noqa: SIM905
)


_WEB = re.compile(r"https?://", re.IGNORECASE)

T = TypeVar("T")

#: What the parsers of other people's formats raise on damaged input beyond their own errors, found by feeding them
#: some ten thousand damaged files. pypdf documents that "broken PDF files might cause other exceptions".
DAMAGE: tuple[type[Exception], ...] = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document's words and what it says of itself. ``id`` is one that the document gives itself, or "".

    Where a source holds several, ``label`` is what a message calls this one ("entry 3"), and ``identity`` is what tells
    it from all others. ``linked`` says that the page at ``url``, where there is one, may hold more of its text.
    ``remarks`` are what is to be said of it beside the article, a clause each.
    ``layout`` are the blocks of ``text`` that the format says to be no running text, in order, and what they are.
    """

    text: str
    title: str = ""
    authors: tuple[str, ...] = ()
    published: Published = None
    source: str = ""
    url: str = ""
    id: str = ""
    label: str = ""
    identity: str = ""
    linked: bool = False
    remarks: tuple[str, ...] = ()
    layout: tuple[tuple[str, SentenceKind], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a body was read from: the file's path, or the address, which is ``url`` too; the encoding that the server
    named; and the most bytes that a document may have that is read as a whole.
    """

    name: str
    max_bytes: int
    url: str = ""
    charset: str | None = None


class Reader(Protocol):
    """Reads one format. Registered as a class without arguments in ``news_assistant.readers``; makes nothing heavy
    when it is imported or made.

    ``name`` is how a message names the format; ``suffixes`` are the ends of files' names in lower case, with their dot,
    the usual one first; ``media_types`` are what servers call the format.
    """

    name: str
    suffixes: tuple[str, ...]
    media_types: frozenset[str]

    def recognises(self, head: bytes) -> bool:
        """Whether ``head``, the first 4,096 bytes, clearly shows this format, whatever the name says; False where it
        could be anything, such as text.
        """
        ...

    def read(self, body: BinaryIO, source: Source) -> Iterator[Document | Article | Problem]:
        """What the body holds, in its order; a problem stands in the place of what cannot be read.

        Raises:
            SourceError: where nothing more can be read, with the name of the source left out.
        """
        ...


def attempt(make: Callable[..., T], *arguments: object) -> T | SourceError:
    """``make(*arguments)``, or why there is no such thing: the one place where whatever a reader, a parser or a plug-in
    raises over a document becomes an error of that document, so that it costs none of those beside it.

    Raises:
        OSError: what the operating system says of a file or a connection; whoever opened it can name it.
    """
    try:
        return make(*arguments)
    except SourceError as error:
        return error
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - what is read is anybody's, and so are the parsers
        return _unforeseen(error)


def _unforeseen(error: Exception) -> SourceError:
    what = f"reading it failed ({type(error).__name__}: {str(error)[:200]})"
    if isinstance(error, RecursionError):
        what = "it is nested too deeply"
    elif isinstance(error, MemoryError):
        what = "it needs more memory than reading it may take"
    found = SourceError(what, remedy="save its text as a .txt file")
    found.__cause__ = error
    return found


def whole(body: BinaryIO, source: Source) -> bytes:
    """All bytes of a document that has to be read as a whole.

    Raises:
        SourceError: where there are more than ``source.max_bytes``, or nothing but white space.
    """
    size, limit = body.seek(0, os.SEEK_END), source.max_bytes
    if size > limit:
        raise SourceError(
            f"it is {size / 1e6:.0f} MB, and the limit for one document is {limit / 1e6:.0f} MB", remedy="split it"
        )
    body.seek(0)
    content = body.read(limit)
    if not content.strip():
        raise SourceError("it is empty", remedy="give a document that has words")
    return content


def unmarked(head: bytes) -> bytes:
    """``head`` without a byte order mark and the zeros of UTF-16, for a look at the tags that it begins with."""
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\x00", b"").lstrip()


def misnamed(format_name: str) -> SourceError:
    """The error of a file that does not begin as its format always does."""
    return SourceError(f"its name says {format_name} but it is not", remedy="give it the extension that it should have")


def to_article(document: Document, *, origin: str, identity: str = "", name: str = "") -> Article:
    """Make the article.

    Args:
        origin: the file or URL that was read.
        identity: what the article's id is derived from where the document gives none; ``origin`` by default.
        name: the file name or URL path, in which a date is looked for where the document has none.

    Raises:
        SourceError: where the document has no words.
    """
    text = bounded(document.text)
    check_length(text)
    published, remarks = document.published or date_in_head(text), document.remarks
    if published is None and (published := date_in_name(name[-MAX_FIELD:])) and not _WEB.match(origin):
        remarks = (*remarks, f"it is dated {published}, by its file's name alone")  # on which it may have been saved
    identity = document.identity or "#".join(filter(None, (identity or origin, document.label)))
    try:
        return Article(
            id=document.id[:512] or derived_id(identity),
            url=document.url if len(document.url) <= _LONGEST else "",
            title=shortened(document.title),
            source=shortened(document.source),
            authors=tuple(shortened(author) for author in document.authors[:100]),
            published=published,
            text=text,
            origin=origin,
            remarks=remarks,
            layout=_placed(document.layout, text),
        )
    except ValidationError as error:
        if any("text" in detail["loc"] for detail in error.errors()):
            raise SourceError("it has no text", remedy="give a document that has words") from error
        detail = error.errors()[0]
        raise SourceError(f"its {detail['loc'][0]} is unusable: {detail['msg']}", remedy="correct it") from error


def _placed(blocks: Sequence[tuple[str, SentenceKind]], text: str) -> tuple[Marked, ...]:
    """Where the blocks stand in the text as an article has it; one that is not found there says nothing."""
    text, marks, at = normalise(text).strip(), [], 0
    for block, kind in blocks:
        words = normalise(block).strip()
        start = text.find(words, at) if words else -1
        if start >= 0:
            at = start + len(words)
            marks.append(Marked(Span(start, at), kind))
    return tuple(marks)


def check_length(text: str) -> None:
    """Raises SourceError where a text is longer than any article."""
    if len(text) > MAX_TEXT:
        what = f"its text has {len(text):,} characters, and the limit for one article is {MAX_TEXT:,}"
        raise SourceError(what, remedy="divide it")


def shortened(line: str) -> str:
    """``line`` with its white space collapsed, cut where it is longer than any headline."""
    line = " ".join(line[: 4 * MAX_FIELD].split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def people(names: str) -> tuple[str, ...]:
    """The persons in a metadata field, several divided by semicolons; account names that say nothing are left out."""
    found = (" ".join(name.split()) for name in re.split(r";|\n", names[:MAX_FIELD]))
    return tuple(name for name in found if name and name.lower() not in _NOBODY)


def same_words(one: str, other: str) -> bool:
    """Whether two lines say the same but for case, spacing and punctuation."""
    return bool(one) and _words(one) == _words(other)


def _words(line: str) -> str:
    return "".join(c for c in line.casefold() if c.isalnum())
