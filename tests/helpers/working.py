"""What the tests have workers do; a module, since a worker imports what it is given."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import time
from collections.abc import Iterator

from ingest.article import Article


def numbers(count: int) -> Iterator[int]:
    yield from range(count)


def process() -> Iterator[int]:
    yield os.getpid()


def hog(before: int) -> Iterator[int]:
    """Some items, then one pattern that takes longer than anybody waits, with the interpreter's lock held."""
    yield from range(before)
    re.match(r"(a+)+$", "a" * 40 + "b")


def swell(before: int) -> Iterator[int]:
    """Some items, then gigabytes."""
    yield from range(before)
    kept = [bytearray(50_000_000) for _ in range(1000)]
    yield len(kept)


def crash(before: int) -> Iterator[int]:
    yield from range(before)
    ctypes.string_at(0)


def quit_at_once() -> Iterator[int]:
    os._exit(3)
    yield 0


def sleep(seconds: float) -> Iterator[int]:
    time.sleep(seconds)
    yield 1


def interrupted() -> Iterator[int]:
    os.kill(os.getpid(), signal.SIGINT)
    yield 1


def articles(count: int) -> Iterator[Article | str]:
    for number in range(count):
        yield Article.from_record({"id": str(number), "text": f"Words {number}."})
    yield "the end"


def shout(article: Article) -> str:
    return article.text.upper()
