"""The BM25 index: words -> passages and articles, on disk, changed in place.

Invariants:

* One :meth:`LexicalIndex.apply` is one commit: after a crash the index opens at the last commit, whole.
* Passages and whole articles are documents of one index, so that they cannot disagree. A passage is indexed
  without its article's title, the whole article with it.

Scores are BM25 (Robertson and Zaragoza, 2009) with k1 = 1.2 and b = 0.75. tantivy counts documents and averages
lengths over both kinds, so that a long article pays more for its length than alone in an index; that was measured to
be no worse, and the sum of both z-scores is better than either (``tests/benchmarks/lexical.py``).

Any number of threads may search while one writes. The writer's lock is taken by the first ``apply`` and
kept until ``close``; searching takes none.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, Unpack, cast

import tantivy
from tantivy import Occur, Query

from ingest.article import normalise
from vectorstore.errors import IndexUnavailable
from vectorstore.indexes.analysis import ANALYSIS, analyser, prepare, query_terms
from vectorstore.indexes.base import TextArticle, TextFilter
from vectorstore.indexes.engine_errors import engine_errors

_MAX_QUERY_TERMS = 64
_WRITER_BYTES = 32_000_000  # tantivy's least is 15 MB a thread; more only makes fewer, larger segments
_UNSEEN = 5  # articles that are added to both counts of a rarity: how little is known where there are few
_UNDATED = 0  # date.toordinal() begins with 1


class LexicalIndex:
    """A BM25 index in one directory; see the module for what it keeps to. A context manager: leaving closes it."""

    def __init__(self, path: Path, index: tantivy.Index) -> None:
        self._path = path
        self._index = index
        self._schema = index.schema
        self._writer: tantivy.IndexWriter | None = None
        self._write_lock = threading.Lock()

    @classmethod
    def open(cls, path: Path) -> LexicalIndex:
        """Open the index in the directory ``path``, at its last commit; where there is none, make an empty one.

        Raises:
            IndexUnavailable: where it is damaged, was made by another version, or the directory cannot be used.
        """
        with engine_errors(path):
            path.mkdir(parents=True, exist_ok=True)
            if not (path / "meta.json").exists() and any(path.glob("*.store")):
                raise OSError("its list of segments is missing")  # tantivy would begin an empty index over them
            index = tantivy.Index(_schema(), str(path))
            index.register_tokenizer(ANALYSIS, analyser())
            index.config_reader("manual")  # the other policy keeps a thread that polls the disk
        return cls(path, index)

    def apply(self, *, remove_articles: Sequence[int], add: Iterable[TextArticle]) -> None:
        """Remove and add articles in one durable commit; they are searchable, or gone, when this returns.

        An article that is there already is replaced, so that repeating a call changes nothing. Where an error
        comes up, one of ``add`` itself included, nothing of the call is kept.

        Raises:
            StoreLocked: where another process, or another index object, is writing.
            IndexUnavailable: where it cannot be written (a full disk, a damaged file).
        """
        with self._write_lock:
            writer = self._open_writer()
            try:
                with engine_errors(self._path):
                    for key in remove_articles:
                        writer.delete_documents_by_term("article", key)
                for article in add:
                    with engine_errors(self._path):
                        self._write(writer, article)
                with engine_errors(self._path):
                    writer.commit()
                    self._index.reload()
            except BaseException:  # Ctrl-C too must leave no half of a call to the next commit
                self._roll_back(writer)
                raise

    def search_passages(self, query: str, limit: int, **within: Unpack[TextFilter]) -> list[tuple[int, int, float]]:
        """The passages that match ``query`` best: (chunk key, article key, BM25 score), best first.

        Args:
            query: plain words; a passage matches that has any of them.
            limit: how many at most.

        Raises:
            IndexUnavailable: where the index cannot be read.
        """
        filters = self._filters(within)
        return self._search("passage", query, limit, filters)

    def search_articles(self, query: str, limit: int, **within: Unpack[TextFilter]) -> list[tuple[int, float]]:
        """The articles whose title and whole text match ``query`` best: (article key, BM25 score), best first.

        Arguments and errors are those of :meth:`search_passages`.
        """
        filters = self._filters(within)
        return [(article, score) for _, article, score in self._search("article_text", query, limit, filters)]

    def rarity(self, words: Sequence[str]) -> list[float]:
        """How much each word tells articles apart: ``ln(1 + (N + 5) / (n + 5))`` where n of N articles have it.

        Raises:
            IndexUnavailable: where the index cannot be read.
        """
        with engine_errors(self._path):
            searcher = self._index.searcher()
            articles = self._count(searcher) + _UNSEEN
            held = [
                min((searcher.doc_freq("article_text", term) for term in query_terms(word)), default=0)
                for word in words
            ]
        return [math.log(1 + articles / (count + _UNSEEN)) for count in held]

    def articles_with(self, term: str) -> int:
        """How many articles have a term of :func:`vectorstore.indexes.analysis.analyse`."""
        with engine_errors(self._path):
            return self._index.searcher().doc_freq("article_text", term)

    def articles_with_all(self, words: str) -> list[int]:
        """Keys of the articles whose title and text have every term of some words; none of no words."""
        with engine_errors(self._path):
            searcher, terms = self._index.searcher(), query_terms(words)
            each = [Query.term_query(self._schema, "article_text", term, index_option="basic") for term in terms]
            if not each:
                return []
            wanted = Query.boolean_query([(Occur.Must, Query.const_score_query(one, 0.0)) for one in each])
            hits = searcher.search(wanted, max(self._count(searcher), 1), count=False).hits
            return _integers(searcher, "article", [address for _, address in hits]) if hits else []

    def passages_like(self, term: str, edits: int, *, without: Sequence[str] = (), limit: int) -> list[int]:
        """Keys of some passages with a term up to so many edits away, and none of those in ``without``."""
        with engine_errors(self._path):
            searcher = self._index.searcher()
            near = Query.fuzzy_term_query(self._schema, "passage", term, distance=edits)
            known = [Query.term_query(self._schema, "passage", each, index_option="freq") for each in without]
            wanted = Query.boolean_query([(Occur.Must, near), *((Occur.MustNot, each) for each in known)])
            hits = searcher.search(wanted, limit, count=False).hits
            return _integers(searcher, "chunk", [address for _, address in hits]) if hits else []

    @property
    def article_count(self) -> int:
        """How many articles are indexed."""
        with engine_errors(self._path):
            return self._count(self._index.searcher())

    @property
    def passage_count(self) -> int:
        """How many passages are indexed."""
        with engine_errors(self._path):
            searcher = self._index.searcher()
            return searcher.num_docs - self._count(searcher)

    def article_keys(self) -> set[int]:
        """The keys of all indexed articles, for comparing with the archive."""
        with engine_errors(self._path):
            searcher = self._index.searcher()
            count = self._count(searcher)
            hits = searcher.search(self._is_article(), count, count=False).hits if count else []
            return set(_integers(searcher, "article", [address for _, address in hits]))

    def close(self) -> None:
        """Wait for merges under way and give the writer's lock up. Closing twice does nothing more."""
        with self._write_lock:
            writer, self._writer = self._writer, None
            if writer is not None:
                with engine_errors(self._path):
                    writer.wait_merging_threads()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            with engine_errors(self._path):
                self._writer = self._index.writer(_WRITER_BYTES, 1)
        return self._writer

    def _roll_back(self, writer: tantivy.IndexWriter) -> None:
        try:
            with engine_errors(self._path):
                writer.rollback()
                writer.garbage_collect_files()  # what was written before a disk ran full would keep it full
        except IndexUnavailable:  # the caller raises what came first; the next apply begins with a new writer
            self._writer = None

    def _write(self, writer: tantivy.IndexWriter, article: TextArticle) -> None:
        writer.delete_documents_by_term("article", article.key)
        common = {"article": article.key, "day": article.day or _UNDATED, "source": _one_line(article.source)}
        texts = [prepare(text) for _, text in article.passages]
        for (chunk, _), text in zip(article.passages, texts, strict=True):
            writer.add_document(tantivy.Document(chunk=chunk, passage=text, is_article=False, **common))
        whole = "\n".join([prepare(article.title), *texts])
        writer.add_document(tantivy.Document(chunk=0, article_text=whole, is_article=True, **common))

    def _is_article(self) -> Query:
        return Query.term_query(self._schema, "is_article", True, index_option="basic")

    def _count(self, searcher: tantivy.Searcher) -> int:
        return cast(int, searcher.search(self._is_article(), 1).count)  # type: ignore[attr-defined]  # not in its stubs

    def _search(self, field: str, query: str, limit: int, filters: list[Query]) -> list[tuple[int, int, float]]:
        with engine_errors(self._path):
            searcher = self._index.searcher()
            terms = self._rarest(searcher, field, query_terms(query))
            if limit < 1 or not terms:
                return []
            matching = [Query.term_query(self._schema, field, term, index_option="freq") for term in terms]
            wanted = Query.boolean_query([(Occur.Should, term) for term in matching])
            if filters:
                unscored = [(Occur.Must, Query.const_score_query(each, 0.0)) for each in filters]
                wanted = Query.boolean_query([(Occur.Must, wanted), *unscored])
            hits = searcher.search(wanted, limit, count=False).hits
            addresses = [address for _, address in hits]
            chunks = _integers(searcher, "chunk", addresses)
            articles = _integers(searcher, "article", addresses)
        found = [(chunk, article, score) for chunk, article, (score, _) in zip(chunks, articles, hits, strict=True)]
        # Equal scores come in the order of the segments, which a merge changes.
        return sorted(found, key=lambda hit: (-hit[2], hit[1], hit[0]))

    def _rarest(self, searcher: tantivy.Searcher, field: str, terms: list[str]) -> list[str]:
        """Keep a pasted page from costing a search of every word in it: its rarest known words stand for it."""
        if len(terms) <= _MAX_QUERY_TERMS:
            return terms
        known = [(frequency, term) for term in terms if (frequency := searcher.doc_freq(field, term))]
        return [term for _, term in sorted(known)[:_MAX_QUERY_TERMS]]

    def _filters(self, within: TextFilter) -> list[Query]:
        day_from, day_to, sources = within.get("day_from"), within.get("day_to"), within.get("sources")
        include_undated = within.get("include_undated", True)
        filters: list[Query] = []
        if day_from is not None or day_to is not None or not include_undated:
            first = _UNDATED if include_undated and day_from is None else max(day_from or 1, 1)
            days = Query.range_query(self._schema, "day", tantivy.FieldType.Integer, first, day_to)
            if include_undated and first != _UNDATED:
                undated = Query.term_query(self._schema, "day", _UNDATED, index_option="basic")
                days = Query.boolean_query([(Occur.Should, days), (Occur.Should, undated)])
            filters.append(days)
        if sources is not None:
            filters.append(Query.term_set_query(self._schema, "source", [_one_line(source) for source in sources]))
        return filters


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("article", indexed=True, fast=True)
    builder.add_integer_field("chunk", fast=True)
    builder.add_integer_field("day", indexed=True, fast=True)
    builder.add_boolean_field("is_article", indexed=True)
    builder.add_text_field("source", tokenizer_name="raw", index_option="basic")
    # Without positions: phrases gained nothing in the measurement and double the size.
    builder.add_text_field("passage", tokenizer_name=ANALYSIS, index_option="freq")
    builder.add_text_field("article_text", tokenizer_name=ANALYSIS, index_option="freq")
    return builder.build()


def _integers(searcher: tantivy.Searcher, field: str, addresses: list[tantivy.DocAddress]) -> list[int]:
    return cast("list[int]", searcher.fast_field_values(field, addresses))


def _one_line(source: str) -> str:
    """A publisher's name as ``Article.source`` holds it."""
    return " ".join(normalise(source).split())
