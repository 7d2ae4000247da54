"""What is read out of real news pages: title, authors, day and body, each against what a person would copy.

Run: ``python -m tests.benchmarks.pages`` (125 pages of ``news-pages-dev``, a minute); ``--wrong`` lists what differs.
A title and authors count where they are equal but for case, white space and the form of quotation marks, a day where it
is equal, a body by the F1 of its words, as often as they occur.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import SourceError
from ingest.readers.base import Document
from ingest.readers.html import read_html
from tests.benchmarks.data import folder

#: The day in a page's name is when it was fetched, and no part of its address.
ADDRESS = "https://news.example/article"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page and what is right for it."""

    name: str
    html: bytes
    title: str
    authors: tuple[str, ...]
    day: dt.date | None
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How a page was read: what is right of it, and the F1 of its body."""

    page: Page
    read: Document | None
    title: bool
    authors: bool
    day: bool
    body: float


def pages(folder: Path) -> Iterator[Page]:
    """The pages with what is right for them."""
    for line in (folder / "expected.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        stated = record.get("date")
        yield Page(
            name=record["file"],
            html=gzip.decompress((folder / record["file"]).read_bytes()),
            title=record.get("title") or "",
            authors=tuple(record.get("authors") or ()),
            day=dt.datetime.fromisoformat(stated).date() if stated else None,
            body=record.get("body") or "",
        )


def measured(page: Page) -> Measured:
    """Read a page and compare."""
    try:
        found = read_html(page.html)
    except SourceError:
        return Measured(page=page, read=None, title=False, authors=False, day=False, body=0.0)
    published = found.published
    day = published.date() if isinstance(published, dt.datetime) else published
    return Measured(
        page=page,
        read=found,
        title=_line(found.title) == _line(page.title),
        authors={_line(name) for name in found.authors} == {_line(name) for name in page.authors},
        day=day == page.day,
        body=f1(found.text, page.body),
    )


def f1(found: str, right: str) -> float:
    """The harmonic mean of the shares of the words found that are right and of the right ones that are found."""
    one, other = Counter(_words(found)), Counter(_words(right))
    common = (one & other).total()
    return 2 * common / (one.total() + other.total()) if common else float(one == other)


def _words(text: str) -> list[str]:
    # A character of Chinese, Japanese or Thai is a word here.
    words = r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]|[^\W_]+"
    return re.findall(words, unicodedata.normalize("NFKC", text).casefold())


def _line(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[\"'‘’‚“”„«»`´]", "'", text).split())


def _print_wrong(result: Measured) -> None:
    page, read = result.page, result.read
    shown = {
        "title": (read.title if read else None, page.title),
        "authors": (read.authors if read else None, page.authors),
        "day": (read.published if read else None, page.day),
    }
    for name, (found, right) in shown.items():
        if not getattr(result, name):
            print(f"{page.name} {name}\n    read  {found!r}\n    right {right!r}")
    if result.body < 0.95:
        print(f"{page.name} body {result.body:.3f}")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--wrong", action="store_true", help="list what differs")
    options = parser.parse_args(arguments)
    results = [measured(page) for page in pages(folder("news-pages-dev"))]
    if options.wrong:
        for result in results:
            _print_wrong(result)
    print("| news-pages-dev | pages | title | authors | day | body F1 |\n|---|---|---|---|---|---|")
    measures = ("title", "authors", "day", "body")
    shares = [statistics.mean(getattr(result, name) for result in results) for name in measures]
    print(f"| all | {len(results)} | " + " | ".join(f"{share:.3f}" for share in shares) + " |")


if __name__ == "__main__":
    main()
