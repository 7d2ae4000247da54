"""Which format an input is in, told by its name, by its first bytes and by what a server calls it, and its reader.

Invariant: where the first bytes are clear (a PDF, a ZIP archive, a picture) they win over any name. A local file whose
name says something else is refused with both named; for a URL, which has no extension to go by, they decide.
"""

from __future__ import annotations

import re
from enum import StrEnum

from ingest.errors import SourceError
from ingest.readers.base import Document
from ingest.readers.feed import looks_like_a_feed


class Format(StrEnum):
    """A format that can be read; the value is how a message names it."""

    TEXT = "plain text"
    MARKDOWN = "Markdown"
    HTML = "HTML"
    PDF = "PDF"
    DOCX = "DOCX"
    JSONL = "article JSONL"
    JSONL_GZIP = "gzipped article JSONL"
    FEED = "a feed"


EXTENSIONS = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".jsonl.gz": Format.JSONL_GZIP,
    ".ndjson.gz": Format.JSONL_GZIP,
    ".xml": Format.FEED,
    ".rss": Format.FEED,
    ".atom": Format.FEED,
    ".rdf": Format.FEED,
}

#: What servers call these formats. "application/octet-stream" and "text/plain" leave it to the name.
_MEDIA_TYPES = {
    "text/html": Format.HTML,
    "application/xhtml+xml": Format.HTML,
    "application/pdf": Format.PDF,
    "application/x-pdf": Format.PDF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Format.DOCX,
    "text/markdown": Format.MARKDOWN,
    "text/x-markdown": Format.MARKDOWN,
    "application/jsonl": Format.JSONL,
    "application/x-jsonl": Format.JSONL,
    "application/jsonlines": Format.JSONL,
    "application/x-jsonlines": Format.JSONL,
    "application/x-ndjson": Format.JSONL,
    "application/ndjson": Format.JSONL,
    "application/rss+xml": Format.FEED,
    "application/atom+xml": Format.FEED,
    "application/rdf+xml": Format.FEED,
    "application/xml": Format.FEED,
    "text/xml": Format.FEED,
}
_BY_NAME = frozenset(
    {"", "text/plain", "application/octet-stream", "binary/octet-stream", "application/gzip", "application/x-gzip"}
)

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"\x1f\x8b", "gzip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or an encrypted Office document"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"ID3\x03", "a recording"),
    (b"ID3\x04", "a recording"),
    (b"OggS", "a recording"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"BZh91AY&SY", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_XML = re.compile(rb"\s*<\?xml\b", re.IGNORECASE)

#: The clear signs, and the formats that may bear each.
_RIGHT = {
    "PDF": {Format.PDF},
    "ZIP": {Format.DOCX},
    "gzip": {Format.JSONL_GZIP},
    "HTML": {Format.HTML, Format.MARKDOWN},
    "a feed": {Format.FEED},
}
_NEEDED = {Format.PDF: b"%PDF-", Format.DOCX: b"PK", Format.JSONL_GZIP: b"\x1f\x8b"}
_OF_SIGN = {"PDF": Format.PDF, "ZIP": Format.DOCX, "HTML": Format.HTML, "a feed": Format.FEED}
_REMEDY = {
    "PDF": "rename it to end in .pdf",
    "ZIP": "rename it to end in .docx if it is a Word document, else unpack it",
    "gzip": "rename it to end in .jsonl.gz if it is article JSONL, else unpack it",
    "HTML": "rename it to end in .html",
    "a feed": "rename it to end in .xml",
}


def extension(name: str) -> str:
    """The extension of a file name in lower case, ``.jsonl.gz`` as a whole; "" where it has none."""
    found = re.search(r"[^./\\](?P<suffix>(?:\.(?:jsonl|ndjson|tar))?\.[A-Za-z0-9_~-]{1,12})$", name)
    return found["suffix"].lower() if found else ""


def sign(head: bytes) -> str:
    """What the first bytes of a file clearly show it to be, or ""."""
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return name
    plain = head.lstrip(b"\xef\xbb\xbf\xff\xfe")[:4096].replace(b"\x00", b"")
    if _HTML.match(plain):
        return "HTML"
    return "a feed" if _is_feed(plain) else ""


def _is_feed(head: bytes) -> bool:
    return (_XML.match(head) is not None or head.lstrip().startswith(b"<")) and looks_like_a_feed(head)


def check(chosen: Format, head: bytes) -> None:
    """Check that the first bytes of a file do not belie the format that its name says.

    Raises:
        SourceError: where they clearly show another one.
    """
    shown = sign(head)
    magic = _NEEDED.get(chosen)
    if not shown and magic and magic not in head[:1024]:  # a PDF may have some bytes before it
        raise SourceError(
            f"its name says {chosen.value} but it is not", remedy="give it the extension that it should have"
        )
    if not shown or chosen in _RIGHT.get(shown, ()):
        return
    if chosen is Format.FEED and shown == "HTML":
        raise SourceError("it is HTML, not a feed", remedy=_REMEDY["HTML"])
    if chosen in (Format.TEXT, Format.MARKDOWN) and shown == "a feed" and b"<?xml" not in head[:100]:
        return  # text about feeds
    remedy = _REMEDY.get(shown, "save its text as a .txt file")
    raise SourceError(f"its name says {chosen.value} but it is {shown}", remedy=remedy)


def of_response(media_type: str, path: str, head: bytes) -> Format:
    """The format of what a server sent as ``media_type`` for a URL with this path.

    Raises:
        SourceError: where it is none that can be read.
    """
    shown, named = sign(head), EXTENSIONS.get(extension(path))
    if shown == "gzip" and named is Format.JSONL_GZIP:
        return named
    if shown in _OF_SIGN:
        return _OF_SIGN[shown]
    if shown:
        raise SourceError(f"it is {shown}", remedy="give a page, a PDF, a text or a feed")
    if media_type in _BY_NAME:
        by_name = {Format.TEXT, Format.MARKDOWN, Format.JSONL}
        if named in by_name:
            return named
        if media_type == "text/plain" or named is Format.HTML:
            return named or Format.TEXT
    elif media_type in _MEDIA_TYPES:
        return _MEDIA_TYPES[media_type]
    what = f"of the type {media_type!r}" if media_type else "of no stated type"
    raise SourceError(f"what the server sends is {what}", remedy="give a page, a PDF, a text or a feed")


def refused_type(media_type: str) -> bool:
    """Whether a media type alone says that nothing can be made of the body, so that it need not be fetched."""
    return media_type.partition("/")[0] in ("image", "audio", "video", "font", "model")


def read_document(chosen: Format, body: bytes, declared: str | None = None, *, url: str = "") -> Document:
    """Read a single document of a known format; ``declared`` is the encoding that its sender named.

    Raises:
        SourceError: where there is no article in it, without the name of the source.
    """
    try:
        return _read_document(chosen, body, declared, url)
    except RecursionError as error:
        raise SourceError("it is nested too deeply", remedy="save its text as a .txt file") from error


def _read_document(chosen: Format, body: bytes, declared: str | None, url: str) -> Document:
    match chosen:
        case Format.HTML:
            from ingest.readers.html import read_html

            return read_html(body, declared, url=url)
        case Format.PDF:
            from ingest.readers.pdf import read_pdf

            return read_pdf(body)
        case Format.DOCX:
            from ingest.readers.docx import read_docx

            return read_docx(body)
        case Format.MARKDOWN:
            from ingest.readers.markdown import read_markdown

            return read_markdown(body, declared)
        case Format.TEXT:
            from ingest.readers.text import read_text

            return read_text(body, declared)
    raise ValueError(f"{chosen} is not a single document")
