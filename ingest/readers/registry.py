"""The readers that are installed, and which of them reads an input, told by its name, its first bytes and its type.

Invariant: where the first bytes are clear (a PDF, a ZIP archive, a picture) they win over any name. A local file whose
name says something else is refused with both named; for a URL, which has no extension to go by, they decide.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from ingest.errors import SourceError
from ingest.plugins import instances
from ingest.readers.base import Reader

#: Types that servers give to anything: the name in the address says more.
_UNSURE = frozenset(
    {"", "text/plain", "application/octet-stream", "binary/octet-stream", "application/gzip", "application/x-gzip"}
)

_AS_TEXT = "save its text as a .txt file"

#: Clear signs of what is not read as it stands: first bytes, what they show, and what to do about it.
_SIGNS: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "ZIP", "rename it to end in .docx if it is a Word document, else unpack it"),
    (b"PK\x05\x06", "ZIP", "rename it to end in .docx if it is a Word document, else unpack it"),
    (b"\x1f\x8b", "gzip", "rename it to end in .jsonl.gz if it is article JSONL, else unpack it"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or an encrypted Office document", _AS_TEXT),
    (b"{\\rtf", "RTF", _AS_TEXT),
    (b"\x89PNG\r\n", "a PNG picture", _AS_TEXT),
    (b"\xff\xd8\xff", "a JPEG picture", _AS_TEXT),
    (b"GIF87a", "a GIF picture", _AS_TEXT),
    (b"GIF89a", "a GIF picture", _AS_TEXT),
    (b"ID3\x03", "a recording", _AS_TEXT),
    (b"ID3\x04", "a recording", _AS_TEXT),
    (b"OggS", "a recording", _AS_TEXT),
    (b"\x7fELF", "a program", _AS_TEXT),
    (b"MZ\x90\x00", "a program", _AS_TEXT),
    (b"SQLite format 3\x00", "a database", _AS_TEXT),
    (b"BZh91AY&SY", "bzip2", _AS_TEXT),
    (b"\xfd7zXZ\x00", "xz", _AS_TEXT),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _AS_TEXT),
)

#: The last one or two extensions of a file's name.
_EXTENSIONS = re.compile(r"[^./\\]((?:\.[A-Za-z0-9_~-]{1,12})?(\.[A-Za-z0-9_~-]{1,12}))$")


def readers() -> dict[str, Reader]:
    """Every reader that can be had, by its entry point's name; those that other packages bring come first."""
    return instances("readers", Reader)


@cache
def by_suffix() -> Mapping[str, Reader]:
    """The reader of each file name's end."""
    return {suffix: reader for reader in reversed(readers().values()) for suffix in reader.suffixes}


@cache
def _by_media_type() -> Mapping[str, Reader]:
    return {name: reader for reader in reversed(readers().values()) for name in reader.media_types}


def known_formats() -> str:
    """The remedy where something has no format that is read: the usual ends of those that are."""
    return "give " + ", ".join(sorted(reader.suffixes[0] for reader in readers().values() if reader.suffixes))


def extension(name: str) -> str:
    """The extension of a file name in lower case, ``.jsonl.gz`` and its like as a whole; "" where it has none."""
    found = _EXTENSIONS.search(name)
    if found is None:
        return ""
    both, last = found[1].lower(), found[2].lower()
    return both if both in by_suffix() or both.startswith(".tar.") else last


def check(chosen: Reader, head: bytes) -> None:
    """Check that the first bytes of a file do not belie the format that its name says.

    Raises:
        SourceError: where they clearly show another one.
    """
    if chosen.recognises(head):
        return
    shown, remedy = _sign(head)
    other = _recogniser(head)
    if not shown and other is not None:
        shown, remedy = other.name, f"rename it to end in {other.suffixes[0]}"
    if shown:
        raise SourceError(f"its name says {chosen.name} but it is {shown}", remedy=remedy)


def of_response(media_type: str, path: str, head: bytes) -> Reader:
    """The reader of what a server sent as ``media_type`` for a URL with this path.

    Raises:
        SourceError: where there is none.
    """
    remedy = "give a page, a PDF, a text or a feed"
    named = by_suffix().get(extension(path))
    if named is not None and named.recognises(head):
        return named
    recogniser = _recogniser(head)
    if recogniser is not None:
        return recogniser
    shown, _ = _sign(head)
    if shown:
        raise SourceError(f"it is {shown}", remedy=remedy)
    reader = named if named is not None and media_type in _UNSURE else _by_media_type().get(media_type)
    if reader is None:
        what = f"of the type {media_type!r}" if media_type else "of no stated type"
        raise SourceError(f"what the server sends is {what}", remedy=remedy)
    return reader


def refused_type(media_type: str) -> bool:
    """Whether a media type alone says that nothing can be made of the body, so that it need not be fetched."""
    is_text = media_type.partition("/")[0] not in ("image", "audio", "video", "font", "model")
    return not is_text and media_type not in _by_media_type()


def _recogniser(head: bytes) -> Reader | None:
    return next((reader for reader in readers().values() if reader.recognises(head)), None)


def _sign(head: bytes) -> tuple[str, str]:
    return next(((shown, remedy) for magic, shown, remedy in _SIGNS if head.startswith(magic)), ("", ""))
