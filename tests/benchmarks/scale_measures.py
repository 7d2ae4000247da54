"""What ``tests.benchmarks.scale`` measures of one store, in a process of its own: one JSON object on standard output.

Run: ``python -m tests.benchmarks.scale_measures STORE ASKED``, ASKED being a file of ``{"questions": [[question, day]],
"articles": [records]}``: the articles are in no store and are added and removed one by one.
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ingest.article import Article
from tests.benchmarks.lexical_measures import memory
from vectorstore.store import Store

Question = tuple[str, dt.date]
#: A question's day -> how its search is filtered.
Options = Callable[[dt.date], dict[str, Any]]


def times(store: Store, asked: Sequence[Question], options: Options) -> tuple[float, float]:
    """The median and the 95th percentile of the times of one search a question, milliseconds."""
    taken = []
    for question, day in asked:
        chosen = options(day)
        started = time.perf_counter()
        store.search(question, limit=20, min_articles=10, **chosen)
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken), statistics.quantiles(taken, n=20)[18]


def search_times(store: Store, asked: Sequence[Question]) -> dict[str, tuple[float, float]]:
    """Median and 95th percentile of a search, milliseconds, by its filter."""
    catalogue = store.retriever.catalogue()
    frequent = catalogue.source_names[int(np.bincount(catalogue.sources).argmax())]

    def within(days: int) -> Options:
        return lambda day: {"date_from": day - dt.timedelta(days=days), "date_to": day}

    return {
        "as of the question's day": times(store, asked, lambda day: {"as_of": day}),
        "the most frequent publisher": times(store, asked, lambda day: {"sources": [frequent]}),
        "one week": times(store, asked, within(7)),
        "two years": times(store, asked, within(730)),
    }


def change_times(store: Store, articles: Sequence[Article], question: str) -> dict[str, float]:
    """Seconds of adding one article (median and longest), of the search after it, and of removing one."""
    adding, asking, removing = [], [], []
    for article in articles:
        started = time.perf_counter()
        store.add([article])
        added = time.perf_counter()
        store.search(question)
        adding.append(added - started)
        asking.append(time.perf_counter() - added)
    for article in articles:
        started = time.perf_counter()
        store.remove([article.id])
        removing.append(time.perf_counter() - started)
    return {
        "add": statistics.median(adding),
        "add, longest": max(adding),
        "search after": statistics.median(asking),
        "remove": statistics.median(removing),
    }


def disk(store: Path) -> dict[str, float]:
    """MB of the archive and of the indexes."""
    archive = sum(file.stat().st_size for file in store.glob("archive.sqlite*"))
    indexes = sum(file.stat().st_size for file in (store / "indexes").rglob("*") if file.is_file())
    return {"archive": archive / 1e6, "indexes": indexes / 1e6}


def main() -> None:
    """Print the figures."""
    path, given = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    asked = [(question, dt.date.fromisoformat(day)) for question, day in given["questions"]]
    started = time.perf_counter()
    store = Store.open(path)
    opened = time.perf_counter()
    store.search(asked[0][0])
    first = time.perf_counter() - opened
    plain = times(store, asked, lambda day: {})
    held = memory()
    filtered = search_times(store, asked)
    articles, passages = store.counts()
    size = disk(path)
    new = [Article.from_record(record) for record in given["articles"]]
    store.remove([article.id for article in new])  # of a run that was cut off
    changed = change_times(store, new, asked[0][0])
    store.close()
    figures = {
        "articles": articles,
        "passages": passages,
        "open": opened - started,
        "first search": first,
        "search": {"no filter": plain, **filtered},
        "memory": held,
        "disk": size,
        "change": changed,
    }
    json.dump(figures, sys.stdout)


if __name__ == "__main__":
    main()
