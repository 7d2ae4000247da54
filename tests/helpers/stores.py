"""What tests of the store share: articles made for the purpose, encoders that count, and what a store must keep to."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
import threading
from collections.abc import Sequence
from typing import Any
from zlib import crc32

import numpy as np
from paths import ROOT
from sqlalchemy import select

from ingest.article import Article
from vectorstore.archive import queries as reading
from vectorstore.archive.schema import articles, chunks, embeddings
from vectorstore.encoders.base import Vectors, unit
from vectorstore.retrieval.scope import Scope
from vectorstore.store import Store

_PEOPLE = ("clerk", "baker", "pilot", "miller", "tailor", "sexton", "glazier", "farrier", "cooper", "mason")
_DEEDS = ("counted", "carried", "painted", "measured", "borrowed", "repaired", "described", "weighed", "sold")
_THINGS = ("barrels", "lanterns", "ledgers", "anchors", "saddles", "kettles", "chimneys", "bridges", "clocks")


class WordEncoder:
    """Unit vectors of hashed words: cheap, the same in every process, and near for texts that share words.

    ``texts`` are those that were encoded so far, so that a test can tell what was embedded again.
    """

    dimension = 64
    texts_per_call: int | None = None
    calls_at_once = 1

    def __init__(self, name: str = "words") -> None:
        self.name = name
        self.fingerprint = f"{name}/1"
        self.texts: list[str] = []
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See :meth:`Encoder.encode`."""
        with self._lock:
            self.texts.extend(texts)
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[0] = 0.1  # a text without words has a direction too
            for word in re.findall(r"\w+", text.lower()):
                code = crc32(f"{self.name} {word}".encode("utf-8", "replace"))
                row[code % self.dimension] += 1.0 if code & 0x10000 else -1.0
        return unit(rows)


def word(number: int) -> str:
    """A word that no other number gives, of letters only."""
    letters = "bdfgklmnprstvz"
    syllables = [letters[number // 14**i % 14] + "aeiou"[(number // 14**i) % 5] for i in range(4)]
    return "".join(syllables) + "x"


def sentence(number: int) -> str:
    """One of some thousand plain sentences."""
    person, deed = _PEOPLE[number % len(_PEOPLE)], _DEEDS[number // 3 % len(_DEEDS)]
    return f"On day {number} the {person} {deed} {number % 89 + 2} {_THINGS[number // 7 % len(_THINGS)]}."


def article(number: int, *, sentences: int = 30, text: str | None = None, **fields: object) -> Article:
    """Article ``number``: about a word of its own, in some two chunks unless the text is given."""
    own = word(number)
    if text is None:
        text = f"The {own} came to town. " + " ".join(sentence(number * 1009 + i) for i in range(sentences))
    record = {"id": f"a{number}", "title": f"Report {number}", "source": "Meridian Wire", "text": text, **fields}
    return Article.from_record(record, origin=str(fields.get("origin", f"{number}.txt")))


def found(store: Store, query: str, *, dates: Any = None, limit: int = 20, **scope: Any) -> list[str]:
    """Ids of the articles that a search returns, best first, each once."""
    passages = store.search(query, Scope(**scope), dates=dates, limit=limit)
    return list(dict.fromkeys(passage.article_id for passage in passages))


def matching(store: Store, query: str) -> set[str]:
    """Ids of the articles in which BM25 finds a word of ``query``."""
    hits = store.indexes.lexical.search_passages(query, 1000)
    stored = reading.passages(store.archive, [chunk for chunk, _, _ in hits])
    assert len(stored) == len(hits)
    return {passage.article_id for passage in stored.values()}


def check(store: Store) -> None:
    """Assert what always holds: the same rows in the archive and both indexes, each with its vector, nothing twice;
    chunks partition their article; no vector is kept for nothing.
    """
    with store.archive.engine.connect() as connection:
        rows = list(connection.scalars(select(chunks.c.row)))
        used = set(connection.scalars(select(chunks.c.digest)))
        kept = set(connection.scalars(select(embeddings.c.digest)))
    assert len(rows) == len(set(rows)) == store.counts()[1]
    assert store.indexes.dense.rows() == set(rows)
    assert store.indexes.dense.count() == len(rows)
    assert store.indexes.lexical.passage_count == len(rows)
    assert store.indexes.lexical.article_keys() == set(reading.article_rows(store.archive))
    assert len(reading.vectors(store.archive, store.encoder.fingerprint, rows)[0]) == len(rows)
    assert kept == used
    passages: dict[str, list[reading.StoredPassage]] = {}
    for stored in reading.passages(store.archive, rows).values():
        passages.setdefault(stored.article_id, []).append(stored)
    held = texts(store)
    assert passages.keys() == held.keys()
    for article_id, parts in passages.items():
        assert [part.ordinal for part in parts] == list(range(len(parts)))
        assert "".join(part.text for part in parts) == held[article_id]
        assert all(part.span.of(held[article_id]) == part.text for part in parts)
        assert all(part.span.contains(each) for part in parts for each in part.sentences)


def texts(store: Store) -> dict[str, str]:
    """The text of every article, by its id."""
    with store.archive.engine.connect() as connection:
        return {row.id: row.text for row in connection.execute(select(articles.c.id, articles.c.text))}


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    """Run Python code in a process of its own, with the project and the tests importable."""
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests" / "helpers"), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": paths},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(script: str, *arguments: object, timeout: float = 60) -> str:
    """Run Python code in a process of its own and return what it printed; it must end well."""
    with start(script, *arguments) as process:
        output, errors = process.communicate(timeout=timeout)
    assert process.returncode == 0, f"exit {process.returncode}: {errors[-2000:]}"
    return output
