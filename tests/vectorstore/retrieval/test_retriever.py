"""Retrieval: filters are exact, dates are evidence, and no question is too odd to be asked."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langchain_core.documents import Document
from langchain_core.runnables import RunnableLambda
from stores import WordEncoder, article, check, found, word

from ingest.article import Span
from vectorstore.archive import queries as reading
from vectorstore.archive.passage import Passage
from vectorstore.retrieval import candidates
from vectorstore.retrieval.retriever import Ranking, Retriever
from vectorstore.retrieval.scope import Scope
from vectorstore.store import Store

DAY = dt.date(2015, 5, 1)
SOURCES = ("Meridian Wire", "Harbour Post", "The Eastgate")

#: Every seventh article is undated; the others are a day apart. Each has about ten chunks.
ARTICLES = 42


def day_of(number: int) -> dt.date | None:
    return None if number % 7 == 6 else DAY + dt.timedelta(days=number)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("archive"), encoder=WordEncoder()) as store:
        store.add(
            article(i, sentences=180, source=SOURCES[i % 3], published=day and day.isoformat(), authors=["A. Lorne"])
            for i in range(ARTICLES)
            for day in [day_of(i)]
        )
        yield store


def ids(passages: list[Passage]) -> set[str]:
    return {passage.article_id for passage in passages}


def numbers(passages: list[Passage]) -> set[int]:
    return {int(each[1:]) for each in ids(passages)}


def test_ranks_run_from_one_and_scores_fall(archive: Store) -> None:
    passages = archive.search("who carried the lanterns to town?", Scope(as_of=dt.date(2015, 6, 20)), limit=25)
    assert [passage.rank for passage in passages] == list(range(1, 26))
    scores = [passage.score for passage in passages]
    assert scores == sorted(scores, reverse=True)
    spans = [(passage.article_id, passage.span) for passage in passages]
    assert len(spans) == len(set(spans))


def test_a_passage_is_the_words_of_its_article_with_its_metadata(archive: Store) -> None:
    for passage in archive.search(f"what of the {word(8)}?", limit=30):
        number = int(passage.article_id[1:])
        assert archive.text(passage.article_id)[passage.span.start : passage.span.end] == passage.text
        assert (passage.title, passage.source) == (f"Report {number}", SOURCES[number % 3])
        assert (passage.published, passage.authors) == (day_of(number), ("A. Lorne",))
        assert passage.sentences
        for span in passage.sentences:
            assert passage.sentence(span) == span.of(archive.text(passage.article_id))


def test_what_was_published_after_the_day_of_the_question_is_hidden(archive: Store) -> None:
    as_of = DAY + dt.timedelta(days=10)
    for query in (word(30), word(11), word(10), "who counted the barrels?"):
        passages = archive.search(query, Scope(as_of=as_of), limit=500)
        assert all(passage.published is None or passage.published <= as_of for passage in passages)
    assert found(archive, word(30), as_of=DAY + dt.timedelta(days=30))[0] == "a30"
    assert found(archive, word(10), as_of=as_of)[0] == "a10"


def test_dates_bound_inclusively_and_leave_the_undated_out(archive: Store) -> None:
    first, last = DAY + dt.timedelta(days=9), DAY + dt.timedelta(days=15)
    dated = {i for i in range(ARTICLES) if day_of(i) is not None}
    query, wide = "who came to town?", dict[str, Any](limit=1000)
    assert numbers(archive.search(query, Scope(date_from=first, date_to=last), **wide)) == dated & set(range(9, 16))
    assert numbers(archive.search(query, Scope(date_to=first), **wide)) == dated & set(range(10))
    assert numbers(archive.search(query, Scope(date_from=last), **wide)) == dated & set(range(15, ARTICLES))
    assert numbers(archive.search(query, Scope(date_from=last, as_of=last), **wide)) == {15}
    assert archive.search(query, Scope(date_from=last, date_to=first)) == []


def test_the_undated_are_found_where_no_dates_are_set(archive: Store) -> None:
    assert found(archive, word(13))[0] == "a13"
    assert found(archive, word(13), as_of=DAY)[0] == "a13"
    assert "a13" not in found(archive, word(13), date_to=dt.date(2020, 1, 1), limit=1000)


def test_sources_are_matched_whatever_their_case(archive: Store) -> None:
    query = f"the {word(4)} and the {word(5)}"
    exact = archive.search(query, Scope(sources=("Harbour Post",)))
    assert ids(exact) <= {f"a{i}" for i in range(1, ARTICLES, 3)}
    for spelling in (["harbour post"], {"HARBOUR POST", "no such paper"}):
        again = archive.search(query, Scope(sources=spelling))
        assert [(p.article_id, p.span, p.score) for p in again] == [(p.article_id, p.span, p.score) for p in exact]
    assert numbers(archive.search(query, Scope(sources=("harbour post", "THE EASTGATE")), limit=1000)) <= {
        i for i in range(ARTICLES) if i % 3
    }
    assert archive.search(query, Scope(sources=("no such paper",))) == []


def by_full_comparison(store: Store, query: str, scope: Scope) -> dict[tuple[str, Span], float]:
    """Cosines of all passages that the scope allows, the nearest first."""
    catalogue = store.retriever.catalogue()
    allowed = catalogue.allowed(
        day_from=scope.day_from,
        day_to=scope.day_to,
        include_undated=scope.include_undated,
        sources=scope.publishers,
    )
    inside = catalogue.chunk_rows[np.isin(catalogue.chunk_articles, catalogue.article_rows[allowed])]
    rows, vectors = reading.vectors(store.archive, store.encoder.fingerprint, inside.tolist())
    cosines = vectors @ store.encoder.encode([query])[0]
    stored = reading.passages(store.archive, rows.tolist())
    order = np.argsort(-cosines)
    return {(stored[row].article_id, stored[row].span): float(cosines[at]) for at in order for row in [int(rows[at])]}


NARROW = [
    Scope(date_from=DAY, date_to=DAY + dt.timedelta(days=2)),
    Scope(as_of=DAY),
    Scope(sources=("the eastgate",), date_from=DAY, date_to=DAY + dt.timedelta(days=9)),
]


@pytest.mark.parametrize("scope", NARROW)
@pytest.mark.parametrize("candidates", [8, 20, 200])
def test_under_a_narrow_filter_the_nearest_are_those_of_a_full_comparison(
    archive: Store, scope: Scope, candidates: int
) -> None:
    query = "what did the farrier measure on day 40?"
    retriever = Retriever(indexes=archive.indexes, ranking=Ranking(candidates=candidates))
    exact = by_full_comparison(archive, query, scope)
    ranked = {(p.article_id, p.span): p.scores.cosine for p in retriever.search(query, limit=1000, scope=scope)}
    nearest = dict(list(exact.items())[: candidates // 2])
    assert {key: ranked.get(key) for key in nearest} == pytest.approx(nearest, abs=5e-4)
    assert ranked.keys() <= exact.keys()


@pytest.mark.parametrize("options", [{}, {"sources": (SOURCES[0],)}, {"date_from": DAY, "date_to": day_of(20)}])
def test_what_chroma_finds_in_a_large_archive_is_what_comparing_all_would(
    archive: Store, options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, query = list[int](), archive.indexes.dense.query

    def noted(vector: Any, limit: int) -> Any:
        asked.append(limit)
        return query(vector, limit)

    monkeypatch.setattr(archive.indexes.dense, "query", noted)
    question = f"who took the {word(3)} to the {word(9)}?"
    compared = archive.search(question, Scope(as_of=DAY + dt.timedelta(days=60), **options), limit=5)
    assert asked == []
    monkeypatch.setattr(candidates, "_EXACT", 0)
    found_by_chroma = archive.search(question, Scope(as_of=DAY + dt.timedelta(days=60), **options), limit=5)
    assert len(asked) == 1
    assert [(p.article_id, p.span) for p in found_by_chroma] == [(p.article_id, p.span) for p in compared]
    assert [p.score for p in found_by_chroma] == pytest.approx([p.score for p in compared], abs=0.05)


def test_at_least_so_many_articles_where_there_are_as_many(archive: Store) -> None:
    query = f"the {word(9)} came to town"
    assert len(archive.search(query, limit=3)) == 3
    wide = archive.search(query, limit=3, min_articles=12)
    assert len(ids(wide)) == 12
    assert [passage.rank for passage in wide] == list(range(1, len(wide) + 1))
    assert [p.span for p in wide[:3]] == [p.span for p in archive.search(query, limit=3)]
    few = archive.search(query, Scope(date_from=DAY, date_to=DAY + dt.timedelta(days=2)), limit=3, min_articles=12)
    assert len(ids(few)) == 3


def test_of_articles_that_fit_alike_the_latest_comes_first(tmp_path: Path) -> None:
    text = "The council voted on the harbour and the budget."
    with Store.open(tmp_path, encoder=WordEncoder()) as store:
        for i, day in enumerate(["2015-01-05", "2015-03-10", "2014-05-10", None, "2015-05-12"]):
            store.add([article(i, title="Vote", text=f"{text} {word(i)}.", published=day)])
        ranked = found(store, "how did the council vote?", as_of=dt.date(2015, 5, 11))
        assert ranked[0] == "a1"
        assert "a4" not in ranked
        assert found(store, "how did the council vote?", as_of=dt.date(2015, 5, 13))[0] == "a4"
        # Days that the question names take the place of recency.
        january = (dt.date(2015, 1, 1), dt.date(2015, 1, 31))
        assert found(store, "how did the council vote?", as_of=dt.date(2015, 5, 13), dates=january)[0] == "a0"
        until = (None, dt.date(2014, 6, 1))
        assert found(store, "how did the council vote?", as_of=dt.date(2015, 5, 13), dates=until)[0] == "a2"
        # A preference only: nothing is left out.
        assert len(found(store, "how did the council vote?", as_of=dt.date(2015, 5, 13), dates=january)) == 5


def test_it_is_a_langchain_retriever(archive: Store) -> None:
    retriever = Retriever(indexes=archive.indexes, k=5, scope=Scope(as_of=DAY + dt.timedelta(days=20)))
    documents = retriever.invoke(f"the {word(12)}")
    assert len(documents) == 5
    assert all(isinstance(document, Document) for document in documents)
    first = documents[0]
    assert first.metadata["article_id"] == "a12"
    assert set(first.metadata) >= {"title", "url", "source", "published", "start", "end", "score", "rank"}
    assert archive.text("a12")[first.metadata["start"] : first.metadata["end"]] == first.page_content
    assert first.id == f"a12#{first.metadata['start']}-{first.metadata['end']}"
    chain = retriever | RunnableLambda(ranks)
    assert chain.invoke(f"the {word(12)}") == [1, 2, 3, 4, 5]


def ranks(documents: list[Document]) -> list[int]:
    return [document.metadata["rank"] for document in documents]


async def test_it_is_a_langchain_retriever_for_asynchronous_programs_too(archive: Store) -> None:
    documents = await archive.retriever.ainvoke(f"the {word(12)}")
    assert documents[0].metadata["article_id"] == "a12"


def test_an_empty_store_finds_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path, encoder=WordEncoder()) as store:
        assert store.search("who came to town?", min_articles=10) == []
        assert store.retriever.invoke("") == []


ODD = {
    "nothing": "",
    "white space": " \t\n\r ",
    "stop words": "who is it that was of the and",
    "ten thousand characters": "lantern harbour " * 625,
    "query syntax": 'title:"x" AND (a OR b)^2 ~3 [1 TO 5] {* TO *} +must -not field:* \\ / && || !',
    "unbalanced": '"(((]]}} ^~:\\',
    "emoji": "😀👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "no characters": "\x00\x00lantern\x00",
    "right to left": "\u202eمن الذي حمل الفوانيس؟\u202c",
    "lone surrogates": "lantern \udcff\ud800",
    "one word of ten thousand": "x" * 10_000,
    "sql": "'; DROP TABLE articles; --",
    "a path": "../../etc/passwd",
    "numbers": "1e999 0x7fffffffffffffff -0.0 ½ ٣ Ⅷ",
    "combining": "e" + "\u0301" * 500,
}


@pytest.mark.parametrize("query", ODD.values(), ids=ODD.keys())
def test_an_odd_question_is_answered_with_passages_like_any_other(archive: Store, query: str) -> None:
    passages = archive.search(query, limit=5)
    assert [passage.rank for passage in passages] == list(range(1, 6))
    assert all(np.isfinite(passage.score) for passage in passages)


@settings(max_examples=60, deadline=None)
@given(query=st.text(max_size=80))
def test_any_text_is_a_question(archive: Store, query: str) -> None:
    assert len(archive.search(query, limit=3)) == 3


def test_odd_questions_go_to_the_real_encoder_too(sample_store: Store) -> None:
    for query in ODD.values():
        assert len(sample_store.search(query, limit=3)) == 3


def test_the_sample_articles_answer_their_example_question(sample_store: Store) -> None:
    passages = sample_store.search(
        "what does Russia say caused the freeze?", Scope(as_of=dt.date(2015, 5, 13)), limit=10
    )
    assert any("Moscow" in passage.text or "Russia" in passage.text for passage in passages[:3])
    assert all(sample_store.text(p.article_id)[p.span.start : p.span.end] == p.text for p in passages)


def test_neighbours_are_the_passages_around_one(archive: Store) -> None:
    middle = archive.chunks("a3")[4]
    around = archive.neighbours(middle, 2)
    assert [passage.ordinal for passage in around] == [2, 3, 5, 6]
    assert [passage.ordinal for passage in archive.neighbours(archive.chunks("a3")[0])] == [1]
    joined = "".join(p.text for p in sorted([*around, middle], key=lambda p: p.ordinal))
    assert joined in archive.text("a3")


def test_eight_threads_search_while_another_adds_and_removes(tmp_path: Path) -> None:
    with Store.open(tmp_path, encoder=WordEncoder()) as store:
        store.add(article(i) for i in range(20))
        stop = threading.Event()

        def search(first: int) -> int:
            count = 0
            while not stop.is_set():
                number = (first + count) % 20
                passages = store.search(f"Who was the {word(number)} that came to town?", limit=10)
                assert passages[0].article_id == f"a{number}"
                assert all("a" in p.article_id and p.text for p in passages)
                count += 1
            return count

        with ThreadPoolExecutor(8) as pool:
            searchers = [pool.submit(search, first) for first in range(8)]
            try:
                for turn in range(4):
                    store.add(article(100 + turn * 5 + i) for i in range(5))
                    store.add([article(100 + turn * 5, text=f"The {word(900 + turn)} left.")])
                    store.remove([f"a{101 + turn * 5}"])
            finally:
                stop.set()
        assert all(searcher.result() > 0 for searcher in searchers)
        check(store)
