"""Bytes -> text: what encoding they are in, or that they are no text at all.

Order: a byte order mark, the encoding that the sender or the document declares, UTF-8, then a guess by
charset-normalizer. A guess among the Latin alphabets' single-byte encodings is settled here, because there
charset-normalizer takes Windows-1250 for Windows-1252 on plain French.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from ingest.errors import SourceError
from ingest.limits import bounded

_MARKS = (  # UTF-32 before UTF-16: the little-endian mark of the one begins with that of the other
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Control characters that text does not hold; form feed and escape are left out, old terminals' files have them.
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
#: A symbol inside or at the end of a word, as in "powiedzia³", the mark of a wrongly guessed Latin encoding.
_ODD = re.compile(r"(?<=[^\W\d_])[^\w\s!-~‘’“”„‚«»‹›–—…·•€£°§™®©\u00a0]|(?<=[^\W\d_])[²³¹¼½¾ªº]")
_SAMPLE = 65536


def declared_by_mark(body: bytes) -> str | None:
    """The encoding that a byte order mark at the start of ``body`` names, or None."""
    return next((name for mark, name in _MARKS if body.startswith(mark)), None)


def decode(body: bytes, declared: str | None = None) -> str:
    """The text of ``body``, its runs of punctuation :func:`~ingest.limits.bounded`; ``declared`` is the encoding that
    its sender or its own head names, if any.

    Raises:
        SourceError: where the bytes are binary, or in no encoding that can be told.
    """
    mark = declared_by_mark(body)
    if mark:
        try:
            return bounded(body.decode(mark))
        except UnicodeDecodeError as error:
            raise SourceError(
                f"it starts as {mark.removesuffix('-sig').upper()} does, with a byte order mark, but is not",
                remedy="save it as UTF-8",
            ) from error
    for encoding in (declared, "utf-8"):
        text = _try(body, encoding)
        if text is not None:
            return _checked(text)
    return _checked(_damaged_utf8(body) or _guess(body))


def _damaged_utf8(body: bytes) -> str | None:
    """UTF-8 with a byte broken here and there keeps its words; read as anything else every quotation mark is lost."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return text if broken * 20 <= sum(c > "\x7f" for c in text) - broken else None


def _try(body: bytes, encoding: str | None) -> str | None:
    if not encoding:
        return None
    # The web's rule: what is labelled Latin-1 or ASCII is Windows-1252 (WHATWG Encoding, section 4.2).
    if encoding.strip().lower() in {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"}:
        text = _try(body, "utf-8")
        encoding = "cp1252" if text is None else "utf-8"
    try:
        text = body.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None
    return text if isinstance(text, str) else None  # "hex" and its like are codecs too, but not of text


def _checked(text: str) -> str:
    sample = text[:_SAMPLE]
    if len(_NOT_TEXT.findall(sample)) > len(sample) / 100:
        raise _binary()
    return bounded(text.replace("\x00", ""))  # a stray one stops parsers short


def _binary() -> SourceError:
    return SourceError("it is binary data, not text", remedy="give its text, as UTF-8")


def _guess(body: bytes) -> str:
    from charset_normalizer import from_bytes

    if len(_NOT_TEXT.findall(body[:_SAMPLE].decode("latin-1"))) > min(len(body), _SAMPLE) / 100:
        raise _binary()
    sample = body if len(body) <= _SAMPLE else body[: body.rfind(b"\n", 0, _SAMPLE) + 1] or body[:_SAMPLE]
    best = from_bytes(sample).best()
    if best is None:
        raise SourceError("its character encoding cannot be told", remedy="save it as UTF-8")
    candidates = [best.encoding]
    if _is_latin(str(best)):
        candidates = list(dict.fromkeys(["cp1252", "cp1250", best.encoding]))
    texts = [text for encoding in candidates if (text := _try(body, encoding)) is not None]
    if not texts:  # the sample could be decoded, what follows it cannot
        raise SourceError(f"it begins as {best.encoding} but holds bytes of no such text", remedy="save it as UTF-8")
    return min(texts, key=lambda text: len(_ODD.findall(text[:_SAMPLE])))


def _is_latin(text: str) -> bool:
    letters = [c for c in text[:_SAMPLE] if c.isalpha()]
    foreign = [c for c in letters if c > "\x7f" and not unicodedata.name(c, "").startswith("LATIN")]
    return len(foreign) <= len(letters) / 20
