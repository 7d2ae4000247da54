"""Plain text -> Document. The first line is the title where it reads like one, and is then not repeated in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from ingest.language.dates.published import labelled_date
from ingest.readers.base import Document, Source, whole
from ingest.readers.encoding import decode
from ingest.readers.layout import unwrap

_LONGEST_TITLE = 160
_STOP = re.compile(r"[.;:,][\"'”’»)\]]*$")
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}$")  # "Kerry Returns to the U.S." is a headline still
_ELLIPSIS = re.compile(r"(?:\.\.\.|…)[\"'”’]?$")
_BYLINE = re.compile(r"by\s+\S", re.IGNORECASE)
_HEADING = re.compile(r"#{1,6}\s+")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,}|~{3,}|\*{3,})\s*")


class TextReader:
    """See :class:`~ingest.readers.base.Reader`."""

    name = "plain text"
    suffixes = (".txt", ".text")
    media_types = frozenset({"text/plain"})

    def recognises(self, head: bytes) -> bool:
        """False: anything may be text."""
        return False

    def read(self, body: BinaryIO, source: Source) -> Iterator[Document]:
        """The one document that a text is."""
        yield read_text(whole(body, source), source.charset)


def read_text(body: bytes, declared: str | None = None) -> Document:
    """Read plain text; ``declared`` is the encoding that its sender named.

    Raises:
        SourceError: where it is binary, or in an encoding that cannot be told.
    """
    text = decode(body, declared).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    title, rest = split_title(text)
    return Document(title=title, text=unwrap(rest))


def split_title(text: str) -> tuple[str, str]:
    """The title and the text that is left; ("", text) where the first line does not read like a title.

    A title is short, has no sentence's stop, and stands before a blank line, a rule, a date or byline, or a
    paragraph that is far longer than itself.
    """
    text = text.lstrip("\ufeff").lstrip()
    line, _, rest = text.partition("\n")
    title = _HEADING.sub("", line.strip(), count=1)
    if not rest.strip() or not _reads_like_a_title(title):
        return "", text
    following, _, after = rest.partition("\n")
    if _UNDERLINE.fullmatch(following.strip()) and after.strip():
        return title, after.strip()
    if not following.strip() or line.startswith("#"):
        return title, rest.strip()
    stands_apart = len(following) > max(_LONGEST_TITLE, 2 * len(title))
    if stands_apart or _BYLINE.match(following) or labelled_date(following):
        return title, rest.strip()
    return "", text


def _reads_like_a_title(line: str) -> bool:
    if not 2 <= len(line) <= _LONGEST_TITLE or not any(c.isalpha() for c in line):
        return False
    if _STOP.search(line) and not (_INITIALS.search(line) or _ELLIPSIS.search(line)):
        return False
    return not _BYLINE.match(line) and labelled_date(line) is None
