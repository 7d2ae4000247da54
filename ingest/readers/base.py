"""What a reader found in one document, before it is an :class:`~ingest.article.Article`.

Every reader of a single document is a function from bytes to :class:`Document`; it raises
:class:`~ingest.errors.SourceError` where there is no article to be had, with the name of the input left out: whoever
called it knows that.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass

from pydantic import ValidationError

from ingest.article import Article, Published, derived_id
from ingest.errors import SourceError
from ingest.language.dates.published import date_in_head, date_in_name

#: The longest line of metadata that an article takes; what is longer is no headline and no name.
_LONGEST = 1000

_NOBODY = frozenset(
    "admin administrator anonymous author guest none owner python-docx root staff unknown user windows".split()  # noqa: SIM905
)


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
    """One document's words and what it says of itself. ``id`` is one that the document gives itself, or ""."""

    text: str
    title: str = ""
    authors: tuple[str, ...] = ()
    published: Published = None
    source: str = ""
    url: str = ""
    id: str = ""


def to_article(document: Document, *, origin: str, identity: str = "", name: str = "") -> Article:
    """Make the article.

    Args:
        origin: the file or URL that was read.
        identity: what the article's id is derived from where the document gives itself none; ``origin`` by default.
        name: the file name or URL path, in which a date is looked for where the document has none.

    Raises:
        SourceError: where the document has no words.
    """
    published = document.published or date_in_head(document.text) or date_in_name(name)
    try:
        return Article(
            id=document.id[:512] or derived_id(identity or origin),
            url=document.url if len(document.url) <= _LONGEST else "",
            title=shortened(document.title),
            source=shortened(document.source),
            authors=tuple(shortened(author) for author in document.authors[:100]),
            published=published,
            text=document.text,
            origin=origin,
        )
    except ValidationError as error:
        if any("text" in detail["loc"] for detail in error.errors()):
            raise SourceError("it has no text", remedy="give a document that has words") from error
        detail = error.errors()[0]
        raise SourceError(f"its {detail['loc'][0]} is unusable: {detail['msg']}", remedy="correct it") from error


def shortened(line: str) -> str:
    """``line`` with its white space collapsed, cut where it is longer than any headline."""
    line = " ".join(line.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def people(names: str) -> tuple[str, ...]:
    """The persons in a metadata field, several divided by semicolons; account names that say nothing are left out."""
    found = (" ".join(name.split()) for name in re.split(r";|\n", names))
    return tuple(name for name in found if name and name.lower() not in _NOBODY)


def same_words(one: str, other: str) -> bool:
    """Whether two lines say the same but for case, spacing and punctuation."""
    return bool(one) and _words(one) == _words(other)


def _words(line: str) -> str:
    return "".join(c for c in line.casefold() if c.isalnum())
