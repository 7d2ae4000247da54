"""Article JSONL (one JSON object a line), plain or gzipped -> articles, one line at a time.

Invariants: a broken line is one :class:`~ingest.errors.SourceError` and nothing else is lost; no more than one line is
held in memory, and no line of more than ``MAX_LINE`` bytes, however far a compressed one expands.
"""

from __future__ import annotations

import gzip
import json
import math
import os
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO, cast

from ingest.article import Article, Published
from ingest.errors import Problem, SourceError
from ingest.language.dates.published import read_stamp
from ingest.limits import MAX_ARTICLES, MAX_EXPANSION, SMALL_EXPANSION, bounded
from ingest.readers.base import Source, attempt, check_length, misnamed
from ingest.readers.links import parts

#: Bytes of one line. The longest newspaper issue on record would fit.
MAX_LINE = 16 * 1024 * 1024

#: Bytes of one line that are read only to find its end; past them the rest of the file is given up.
_HOPELESS = 64 * MAX_LINE

_GZIP = b"\x1f\x8b"
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


class JsonlReader:
    """See :class:`~ingest.readers.base.Reader`."""

    name = "article JSONL"
    suffixes: tuple[str, ...] = (".jsonl", ".ndjson")
    media_types = frozenset(
        f"application/{name}" for name in ("jsonl", "x-jsonl", "jsonlines", "x-jsonlines", "ndjson", "x-ndjson")
    )
    gzipped = False

    def recognises(self, head: bytes) -> bool:
        """False: other things begin with a brace too."""
        return False

    def read(self, body: BinaryIO, source: Source) -> Iterator[Article | Problem]:
        """An article a line."""
        for number, found in read_jsonl(body, origin=source.name, gzipped=self.gzipped):
            yield found if isinstance(found, Article) else Problem.of(f"{source.name}:{number}", found)


class JsonlGzipReader(JsonlReader):
    """The same, compressed."""

    name = "gzipped article JSONL"
    suffixes = (".jsonl.gz", ".ndjson.gz")
    media_types = frozenset()
    gzipped = True

    def recognises(self, head: bytes) -> bool:
        """By gzip's first two bytes."""
        return head.startswith(_GZIP)

    def read(self, body: BinaryIO, source: Source) -> Iterator[Article | Problem]:
        """An article a line."""
        if source.url and not parts(source.url).path.lower().endswith(self.suffixes):
            raise SourceError("it is gzip", remedy="give a page, a PDF, a text or a feed")
        if body.read(2) != _GZIP:
            raise misnamed(self.name)
        body.seek(0)
        yield from super().read(body, source)


def read_jsonl(stream: IO[bytes], *, origin: str, gzipped: bool) -> Iterator[tuple[int, Article | SourceError]]:
    """The number of each line that is not blank, from 1, with its article or with what is wrong with it.

    Args:
        stream: the file, opened for reading bytes.
        origin: what the file is called; an article's origin is ``origin:LINE``.
        gzipped: whether the stream is gzip.
    """
    number, found = 0, False
    most = _most_bytes(stream) if gzipped else math.inf
    try:
        with cast(IO[bytes], gzip.GzipFile(fileobj=stream)) if gzipped else stream as lines:
            while line := lines.readline(MAX_LINE + 1):
                number += 1
                most -= len(line)
                if number > MAX_ARTICLES or most < 0:
                    yield number, _too_much(number)
                    return
                if number == 1 and line.startswith(_UTF16):
                    yield 1, SourceError("it is UTF-16, and JSON is to be UTF-8", remedy="save it as UTF-8")
                    return
                if len(line) > MAX_LINE and not line.endswith(b"\n"):
                    found = True
                    yield number, _too_long(whole := _skip_line(lines))
                    if not whole:
                        return
                elif line.strip():
                    found = True
                    yield number, attempt(_article, line, f"{origin}:{number}")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        what = "it is not gzip" if number == 0 and isinstance(error, gzip.BadGzipFile) else "the gzip data are damaged"
        broken = SourceError(f"{what}, so nothing after line {number} is read", remedy="get the file again")
        broken.__cause__ = error
        yield number + 1, broken
        return
    if not found:
        yield 1, SourceError("the file is empty", remedy="give a file with one JSON object a line")


def _article(line: bytes, origin: str) -> Article:
    try:
        record = json.loads(line)
    except UnicodeDecodeError as error:
        raise SourceError("the line is not UTF-8", remedy="save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:
        reason = f" ({error.msg} at column {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        raise SourceError(f"the line is not JSON{reason}", remedy="correct the line") from error
    if not isinstance(record, dict):
        raise SourceError("the line is not a JSON object", remedy='write it as {"title": …, "text": …}')
    if isinstance(text := record.get("text"), str):
        record["text"] = text = bounded(text)
        check_length(text)
    published, remarks = _published(record.get("published"))
    article = Article.from_record({**record, "published": published}, origin=origin)
    return article.model_copy(update={"remarks": remarks}) if remarks else article


def _published(stated: object) -> tuple[Published, tuple[str, ...]]:
    """The date that a record states in any form, and what is to be said where it is none."""
    if stated is None or stated == "":
        return None, ()
    published = read_stamp(stated)
    if published is not None:
        return published, ()
    shown = json.dumps(stated, ensure_ascii=False)[:60]
    return None, (f"'published' ({shown}) is no date of publication with its year, month and day: it is left undated",)


def _most_bytes(stream: IO[bytes]) -> int:
    """How far a compressed file may unpack."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    return max(SMALL_EXPANSION, MAX_EXPANSION * size)


def _too_much(number: int) -> SourceError:
    if number > MAX_ARTICLES:
        return SourceError(f"nothing after line {MAX_ARTICLES:,} is read", remedy="divide the file")
    what = f"it unpacks to more than {MAX_EXPANSION} times its size, so nothing more of it is read"
    return SourceError(what, remedy="unpack it and give the .jsonl file")


def _skip_line(lines: IO[bytes]) -> bool:
    """Read to the end of the line; False where there is none within reason."""
    skipped = 0
    while skipped < _HOPELESS:
        piece = lines.readline(1 << 20)
        if not piece or piece.endswith(b"\n"):
            return True
        skipped += len(piece)
    return False


def _too_long(end_found: bool) -> SourceError:
    limit = f"the line is longer than {MAX_LINE // 1024**2} MB"
    if end_found:
        return SourceError(limit, remedy="divide the article")
    return SourceError(f"{limit} and has no end, so the rest of the file is not read", remedy="correct the file")
