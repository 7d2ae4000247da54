"""PDF -> Document, by pypdf.

The date is not taken from the file's metadata: CreationDate is when the file was made, which for an archive's scan or
a page printed today has nothing to do with publication. A date on a line of its own at the head of the text counts,
and after that one in the file's name.
"""

from __future__ import annotations

import io
import logging
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, BinaryIO

from ingest.errors import SourceError
from ingest.language.dates.published import date_in_head, labelled_date
from ingest.readers.base import DAMAGE, Document, Source, misnamed, people, same_words, whole
from ingest.readers.layout import paragraphs
from ingest.readers.pdf_pages import lines_of, picture_pages
from ingest.readers.text import split_title

if TYPE_CHECKING:
    from pypdf import PdfReader as Parsed

_MARK = b"%PDF-"
_QUIET = logging.NullHandler()

#: Seconds after which a file is given up. A newspaper's 500 pages take about 20.
_PATIENCE = 120.0

#: Articles of a press review, and the lines of a page's head in which one has its date.
_FEWEST_ARTICLES, _HEAD = 2, 6

_PAGE_NUMBER = re.compile(r"(?:page\s+)?\W{0,3}\d{1,4}\W{0,3}(?:(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_STOP = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_NO_TITLE = re.compile(
    r"untitled.*|microsoft (?:word|powerpoint|excel).*|document\d*|slide \d+"
    r"|.*\.(?:docx?|pdf|indd|qxd|rtf|odt|tex|dvi|html?)",
    re.IGNORECASE,
)


class PdfReader:
    """See :class:`~ingest.readers.base.Reader`."""

    name = "PDF"
    suffixes = (".pdf",)
    media_types = frozenset({"application/pdf", "application/x-pdf"})

    def recognises(self, head: bytes) -> bool:
        """By its first bytes."""
        return head.startswith(_MARK)

    def read(self, body: BinaryIO, source: Source) -> Iterator[Document]:
        """The one document that it is, or the articles of a press review."""
        content = whole(body, source)
        if not source.url and _MARK not in content[:1024]:  # it may have some bytes before it
            raise misnamed(self.name)
        yield from read_articles(content)


def read_pdf(body: bytes) -> Document:
    """Read a PDF as one document; the title is the file's own, else the first line where it reads like one.

    Raises:
        SourceError: where it is damaged, encrypted, without text, or takes longer than two minutes.
    """
    pages, title, authors, remarks = _parsed(body)
    return _document(_without_running_heads(pages), title, authors, remarks)


def read_articles(body: bytes) -> list[Document]:
    """Read a PDF: one document, or several where its pages begin, again and again, with a headline and a date.

    Raises:
        SourceError: as :func:`read_pdf` does.
    """
    pages, title, authors, remarks = _parsed(body)
    pages = _without_running_heads(pages)
    starts = [n for n, page in enumerate(pages) if _begins_an_article(page)]
    if len(starts) < _FEWEST_ARTICLES:
        return [_document(pages, title, authors, remarks)]
    found = []
    bounds = [0, *starts[1:], len(pages)]  # a cover goes with the first
    for number, (first, last) in enumerate(pairwise(bounds), start=1):
        one = _document(pages[first:last], "", (), remarks if number == 1 else ())
        found.append(replace(one, label=f"article {number} ({one.title[:60]})", published=date_in_head(one.text)))
    return found


def _begins_an_article(page: Sequence[str]) -> bool:
    """Whether a page's first line is a headline and one of the next few dates it."""
    head = [line for line in page if line][:_HEAD]
    return (
        bool(head)
        and not head[0][0].islower()
        and split_title("\n\n".join(head))[0] != ""
        and any(map(labelled_date, head[1:]))
    )


def _parsed(body: bytes) -> tuple[list[list[str]], str, tuple[str, ...], tuple[str, ...]]:
    """The lines of each page, the title and authors that the file states, and what is to be said of its pages."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, DeprecationError, PyPdfError

    damage: tuple[type[Exception], ...] = (PyPdfError, DeprecationError, *DAMAGE)
    _silence()
    try:
        reader = PdfReader(io.BytesIO(body))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _encrypted()
        pages = _pages(reader)
        title, authors = _metadata(reader)
        pictures = picture_pages(pages, lambda number: "/XObject" in (reader.pages[number].get("/Resources") or {}))
    except DependencyError as error:  # AES without the library for it
        raise _encrypted() from error
    except damage as error:
        raise SourceError("it is a damaged PDF", remedy="open it in a viewer and save it anew") from error
    return pages, title, authors, (pictures,) if pictures and any(map(any, pages)) else ()


def _document(pages: Sequence[list[str]], title: str, authors: tuple[str, ...], remarks: tuple[str, ...]) -> Document:
    text = _flow(pages)
    if not any(c.isalnum() for c in text):
        raise SourceError("the PDF has no text; it may be a scan", remedy="run text recognition (OCR) on it")
    first, rest = split_title(text)
    if not title:
        title, text = first, rest
    elif first and same_words(first, title):
        text = rest
    return Document(title=title, text=text, authors=authors, remarks=remarks)


def _silence() -> None:
    """A damaged file makes hundreds of thousands of warnings, which take longer to word than the file to read."""
    logger = logging.getLogger("pypdf")
    logger.addHandler(_QUIET)
    if logger.level == logging.NOTSET:  # whoever wants them has said so
        logger.setLevel(logging.CRITICAL)


def _encrypted() -> SourceError:
    return SourceError("the PDF is encrypted", remedy="save it without a password")


def _pages(reader: Parsed) -> list[list[str]]:
    """The lines of each page."""
    until = time.monotonic() + _PATIENCE

    def patient(*operation: object) -> None:  # before each of a page's operations: one page may have any number
        if time.monotonic() > until:
            raise SourceError(f"the PDF takes more than {_PATIENCE:.0f} s to read", remedy="split it")

    return [lines_of(page, patient) for page in reader.pages]


def _metadata(reader: Parsed) -> tuple[str, tuple[str, ...]]:
    metadata = reader.metadata
    if metadata is None:
        return "", ()
    title = " ".join(str(metadata.title or "").split())
    return "" if _NO_TITLE.fullmatch(title) else title, people(str(metadata.author or ""))


def _without_running_heads(pages: Sequence[list[str]]) -> list[list[str]]:
    """The pages without their numbers, and without the short lines that most of them begin or end with."""
    edges: Counter[str] = Counter()
    for page in pages:
        lines = [line for line in page if line]
        edges.update({_shape(line) for line in (*lines[:2], *lines[-2:]) if len(line) <= 80})
    often = {shape for shape, count in edges.items() if count >= 3 and count > len(pages) / 2}
    return [_trimmed(page, often) for page in pages]


def _trimmed(page: list[str], often: set[str]) -> list[str]:
    full = [number for number, line in enumerate(page) if line]
    away: set[int] = set()
    for edge in (full[:2], full[:-3:-1]):
        for number in edge:  # the second line from the edge only where the first is none of the text's
            if not (_PAGE_NUMBER.fullmatch(page[number]) or _shape(page[number]) in often):
                break
            away.add(number)
    return [line for number, line in enumerate(page) if number not in away] if len(away) < len(full) else page


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _flow(pages: Sequence[list[str]]) -> str:
    """One text of all pages; a sentence that runs over a page's end goes on."""
    whole = ""
    for text in filter(None, map(paragraphs, pages)):
        paragraph = whole[whole.rfind("\n\n") + 1 :]
        # A short line without a stop may be a heading; a long one breaks off in the middle.
        runs_on = whole and not _STOP.search(whole) and (text[0].islower() or len(paragraph) > 120)
        whole = f"{whole} {text}" if runs_on else f"{whole}\n\n{text}" if whole else text
    return whole
