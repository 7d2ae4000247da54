"""The candidates for the lexical index behind one face: tantivy (what is shipped), bm25s and SQLite FTS5.

All three are fed the terms of the one analysis and score BM25 with k1 = 1.2 and b = 0.75, so that what differs is
the engine. Each keeps passages and whole articles, durably in one directory, and replaces an article that it has.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from vectorstore.indexes.analysis import analyse, query_terms
from vectorstore.indexes.base import TextArticle
from vectorstore.indexes.bm25 import LexicalIndex

Hit = tuple[int, int, float]


class Engine(Protocol):
    """What is measured. Hits are (chunk key, article key, score), best first; an article's own hit has chunk 0."""

    def add(self, articles: Iterable[TextArticle]) -> None:
        """Add or replace; durable and searchable on return."""

    def remove(self, keys: Sequence[int]) -> None:
        """Remove articles; durable and gone on return."""

    def passages(self, query: str, limit: int) -> list[Hit]:
        """Passages that match."""

    def articles(self, query: str, limit: int) -> list[Hit]:
        """Whole articles that match."""

    def article_keys(self) -> set[int]:
        """The articles that are there."""

    def close(self) -> None:
        """Give it up."""


class Tantivy:
    """The index that the program uses."""

    def __init__(self, path: Path) -> None:
        self.index = LexicalIndex.open(path)

    def add(self, articles: Iterable[TextArticle]) -> None:
        self.index.apply(remove_articles=(), add=articles)

    def remove(self, keys: Sequence[int]) -> None:
        self.index.apply(remove_articles=keys, add=())

    def passages(self, query: str, limit: int) -> list[Hit]:
        return self.index.search_passages(query, limit)

    def articles(self, query: str, limit: int) -> list[Hit]:
        return [(0, article, score) for article, score in self.index.search_articles(query, limit)]

    def article_keys(self) -> set[int]:
        return self.index.article_keys()

    def close(self) -> None:
        self.index.close()


class TantivyTitled(Tantivy):
    """The same with every passage under its article's title, to see whether that helps."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.titled = LexicalIndex.open(path / "titled")

    def add(self, articles: Iterable[TextArticle]) -> None:
        new = list(articles)
        super().add(new)
        titled = (replace(a, passages=tuple((chunk, f"{a.title}\n{text}") for chunk, text in a.passages)) for a in new)
        self.titled.apply(remove_articles=(), add=titled)

    def remove(self, keys: Sequence[int]) -> None:
        super().remove(keys)
        self.titled.apply(remove_articles=keys, add=())

    def passages(self, query: str, limit: int) -> list[Hit]:
        return self.titled.search_passages(query, limit)

    def close(self) -> None:
        super().close()
        self.titled.close()


class Fts5:
    """SQLite's full text search over terms analysed already; WAL, and a commit waits for the disk."""

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self.path = path / "fts5.sqlite"
        self.local = threading.local()
        self.connection.executescript(
            """
            CREATE TABLE IF NOT EXISTS owner (chunk INTEGER PRIMARY KEY, article INTEGER NOT NULL);
            CREATE INDEX IF NOT EXISTS owner_article ON owner (article);
            CREATE VIRTUAL TABLE IF NOT EXISTS passage USING fts5 (terms, tokenize = "unicode61 tokenchars '.'");
            CREATE VIRTUAL TABLE IF NOT EXISTS whole USING fts5 (terms, tokenize = "unicode61 tokenchars '.'");
            """
        )

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's own; sqlite3 lets threads share none."""
        if not hasattr(self.local, "connection"):
            self.local.connection = sqlite3.connect(self.path, isolation_level=None)
            self.local.connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")
        opened: sqlite3.Connection = self.local.connection
        return opened

    def add(self, articles: Iterable[TextArticle]) -> None:
        run = self.connection.execute
        run("BEGIN IMMEDIATE")
        for article in articles:
            self._delete(article.key)
            whole = analyse(article.title)
            for chunk, text in article.passages:
                terms = analyse(text)
                whole += terms
                run("INSERT INTO owner VALUES (?, ?)", (chunk, article.key))
                run("INSERT INTO passage (rowid, terms) VALUES (?, ?)", (chunk, " ".join(terms)))
            run("INSERT INTO whole (rowid, terms) VALUES (?, ?)", (article.key, " ".join(whole)))
        run("COMMIT")

    def remove(self, keys: Sequence[int]) -> None:
        self.connection.execute("BEGIN IMMEDIATE")
        for key in keys:
            self._delete(key)
        self.connection.execute("COMMIT")

    def _delete(self, key: int) -> None:
        run = self.connection.execute
        run("DELETE FROM passage WHERE rowid IN (SELECT chunk FROM owner WHERE article = ?)", (key,))
        run("DELETE FROM owner WHERE article = ?", (key,))
        run("DELETE FROM whole WHERE rowid = ?", (key,))

    def passages(self, query: str, limit: int) -> list[Hit]:
        return self._search(
            "SELECT p.rowid, o.article, -p.rank FROM passage p JOIN owner o ON o.chunk = p.rowid"
            " WHERE passage MATCH ? ORDER BY p.rank LIMIT ?",
            query,
            limit,
        )

    def articles(self, query: str, limit: int) -> list[Hit]:
        return self._search("SELECT 0, rowid, -rank FROM whole WHERE whole MATCH ? ORDER BY rank LIMIT ?", query, limit)

    def _search(self, statement: str, query: str, limit: int) -> list[Hit]:
        match = " OR ".join(f'"{term}"' for term in query_terms(query))
        return self.connection.execute(statement, (match, limit)).fetchall() if match else []

    def article_keys(self) -> set[int]:
        return {key for (key,) in self.connection.execute("SELECT rowid FROM whole")}

    def close(self) -> None:
        self.connection.close()


class Bm25s:
    """bm25s over two sets of documents. It has no change: adding or removing computes and saves the whole anew."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sets = {name: _Bm25sSet(path / name) for name in ("passage", "whole")}

    def add(self, articles: Iterable[TextArticle]) -> None:
        new = list(articles)
        self._drop({article.key for article in new})
        for article in new:
            whole = analyse(article.title)
            for chunk, text in article.passages:
                terms = analyse(text)
                whole += terms
                self.sets["passage"].append(chunk, article.key, terms)
            self.sets["whole"].append(0, article.key, whole)
        for each in self.sets.values():
            each.save()

    def remove(self, keys: Sequence[int]) -> None:
        self._drop(set(keys))
        for each in self.sets.values():
            each.save()

    def _drop(self, keys: set[int]) -> None:
        for each in self.sets.values():
            each.drop(keys)

    def passages(self, query: str, limit: int) -> list[Hit]:
        return self.sets["passage"].search(query, limit)

    def articles(self, query: str, limit: int) -> list[Hit]:
        return self.sets["whole"].search(query, limit)

    def article_keys(self) -> set[int]:
        return set(self.sets["whole"].owners)

    def close(self) -> None:
        """It holds nothing open."""


class _Bm25sSet:
    """One bm25s index, and the terms of its documents, which the next change needs."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine: Any = None
        self.chunks: list[int] = []
        self.owners: list[int] = []
        self.terms: list[Any] | None = []
        self.vocabulary: dict[str, int] = {}
        if path.is_dir():
            self._load()

    def _load(self) -> None:
        import bm25s  # type: ignore[import-untyped]

        self.engine = bm25s.BM25.load(str(self.path), mmap=True, show_progress=False)
        self.vocabulary = self.engine.vocab_dict
        self.chunks, self.owners = json.loads((self.path / "rows.json").read_text())
        self.terms = None

    def _terms(self) -> list[Any]:
        if self.terms is None:  # only a change needs them
            with np.load(self.path / "terms.npz") as saved:
                self.terms = np.split(saved["ids"], saved["ends"][:-1])
        return self.terms

    def append(self, chunk: int, owner: int, terms: list[str]) -> None:
        ids = [self.vocabulary.setdefault(term, len(self.vocabulary)) for term in terms]
        self._terms().append(np.array(ids, dtype=np.int32))
        self.chunks.append(chunk)
        self.owners.append(owner)

    def drop(self, keys: set[int]) -> None:
        if keys.isdisjoint(self.owners):
            return
        kept = [row for row, owner in enumerate(self.owners) if owner not in keys]
        terms = self._terms()
        self.terms = [terms[row] for row in kept]
        self.chunks = [self.chunks[row] for row in kept]
        self.owners = [self.owners[row] for row in kept]

    def save(self) -> None:
        import bm25s
        from bm25s.tokenization import Tokenized  # type: ignore[import-untyped]

        terms = self._terms()
        self.engine = bm25s.BM25(k1=1.2, b=0.75, method="lucene")
        self.engine.index(Tokenized(ids=[t.tolist() for t in terms], vocab=self.vocabulary), show_progress=False)
        self.engine.save(str(self.path), show_progress=False)
        np.savez(self.path / "terms.npz", ids=np.concatenate(terms), ends=np.cumsum([len(t) for t in terms]))
        (self.path / "rows.json").write_text(json.dumps([self.chunks, self.owners]))

    def search(self, query: str, limit: int) -> list[Hit]:
        terms = [term for term in query_terms(query) if term in self.vocabulary]
        if not terms:
            return []
        rows, scores = self.engine.retrieve([terms], k=min(limit, len(self.owners)), show_progress=False)
        return [
            (self.chunks[row], self.owners[row], float(score))
            for row, score in zip(rows[0], scores[0], strict=True)
            if score > 0
        ]


#: In the order of the report.
ENGINES: dict[str, Callable[[Path], Engine]] = {
    "tantivy": Tantivy,
    "bm25s": Bm25s,
    "fts5": Fts5,
    "tantivy-titled": TantivyTitled,
}
