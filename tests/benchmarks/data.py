"""The third-party sets that benchmarks measure on; they are not part of the project and may be absent."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.article import Article
from vectorstore.store import Store

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a set: ``articles`` are the ids of those that answer it."""

    id: str
    question: str
    as_of: dt.date | None
    answers: tuple[str, ...]
    articles: frozenset[str]
    answerable: bool
    tags: frozenset[str]

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Question:
        """A line of a set's file."""
        return cls(
            id=record["id"],
            question=record["question"],
            as_of=dt.date.fromisoformat(record["as_of"]) if record.get("as_of") else None,
            answers=tuple(record["answers"]),
            articles=frozenset(record.get("articles") or ()),
            answerable=record["answerable"],
            tags=frozenset(record.get("tags") or ()),
        )


def folder(name: str) -> Path:
    """The folder of a set; ends the program with one line where it is absent."""
    path = SHARED / name
    if not path.is_dir():
        sys.exit(f"the set {name} is not at {path}; this benchmark needs it")
    return path


def articles(name: str) -> Iterator[Article]:
    """The articles of a set."""
    file = folder(name) / ("facts.jsonl" if name.startswith("multihop") else "articles.jsonl.gz")
    raw = file.read_bytes()
    lines = (gzip.decompress(raw) if file.suffix == ".gz" else raw).decode("utf-8").split("\n")
    for number, line in enumerate(filter(None, lines), 1):
        yield Article.from_record(json.loads(line), origin=f"{file}:{number}")


def questions(name: str) -> list[Question]:
    """The questions of a set."""
    with open(folder(name) / "questions.jsonl", encoding="utf-8") as lines:
        return [Question.of(record) for record in map(json.loads, lines)]


def store_of(name: str, path: Path | None = None) -> Store:
    """A store that holds the set, kept between runs: ingested where it is not there yet."""
    kept = path or Path(__file__).resolve().parents[2] / ".cache" / "benchmarks" / name
    store = Store.open(kept, report=lambda line: print(line, file=sys.stderr))
    if store.counts()[0] == 0:
        print(f"ingesting {name} into {kept}, once", file=sys.stderr)
        store.add(articles(name))
    return store
