"""Retrieval: article hit@1/5/10 on ``realtimeqa-dev`` (questions tagged ``linked``) and its time.

Run: ``make bench-retrieval`` or ``python -m tests.benchmarks.retrieval [--store DIR]``.

A hit at k: one of the k first distinct articles of the ranking is one that the quiz itself links; near-duplicates that
gave way to a copy stand behind it and take a place each, as they did before copies were known. The halves are the
earlier and the later 72 questions by date, so that a weight which only fits one of them shows. "No date" asks without
``as_of``: nothing is hidden and recency says nothing. On ``multihop-rag-dev``: the share of the evidence of a question
that is among the first ten articles.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.question.dates import read_dates
from tests.benchmarks.data import Question, questions, store_of
from vectorstore.retrieval.scope import Scope
from vectorstore.store import Store

CUTS = (1, 5, 10)


def ranked_articles(store: Store, question: Question, *, dated: bool) -> list[str]:
    """Distinct article ids in the order of their best passage."""
    as_of = question.as_of if dated else None
    # As the assistant asks: with the days that the question names.
    named = read_dates(question.question, as_of or dt.date.today())
    dates = (named.start, named.end) if named is not None else None
    passages = store.search(question.question, Scope(as_of=as_of), limit=20, min_articles=10, dates=dates, copies=True)
    return list(dict.fromkeys(passage.article_id for passage in passages))


def hits(store: Store, asked: Sequence[Question], *, dated: bool) -> list[list[bool]]:
    """For each question, whether there is a hit at each of ``CUTS``."""
    rows = []
    for question in asked:
        ranking = ranked_articles(store, question, dated=dated)
        rows.append([any(article in question.articles for article in ranking[:cut]) for cut in CUTS])
    return rows


def evidence_recall(store: Store, asked: Sequence[Question]) -> float:
    """Mean share of the articles that answer a question which are among the first ten."""
    found = [set(ranked_articles(store, question, dated=False)[:10]) for question in asked]
    return statistics.fmean(
        len(question.articles & articles) / len(question.articles)
        for question, articles in zip(asked, found, strict=True)
    )


def row(name: str, found: list[list[bool]]) -> str:
    """One line of the table."""
    return f"| {name} | " + " | ".join(f"{statistics.fmean(column):.3f}" for column in zip(*found, strict=True)) + " |"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path)
    with store_of("realtimeqa-dev", parser.parse_args().store) as store:
        articles, passages = store.counts()
        linked = sorted((q for q in questions("realtimeqa-dev") if "linked" in q.tags), key=lambda q: str(q.as_of))
        print(f"{articles:,} articles, {passages:,} passages, {len(linked)} questions\n")
        print("| article hit | @1 | @5 | @10 |\n|---|---|---|---|")
        half = len(linked) // 2
        for name, dated in (("with the question's date", True), ("no date", False)):
            found = hits(store, linked, dated=dated)
            print(row(name, found))
            print(row(f"{name}, earlier half", found[:half]))
            print(row(f"{name}, later half", found[half:]))
        times = []
        for question in questions("realtimeqa-dev"):
            started = time.perf_counter()
            store.search(question.question, Scope(as_of=question.as_of), limit=20, min_articles=10)
            times.append((time.perf_counter() - started) * 1000)
        cuts = statistics.quantiles(times, n=20)
        print(f"\nwarm, {len(times)} questions: median {statistics.median(times):.1f} ms, 95th {cuts[18]:.1f} ms")
    with store_of("multihop-rag-dev") as store:
        asked = [question for question in questions("multihop-rag-dev") if question.answerable]
        print(f"\nmultihop-rag-dev, {len(asked):,} questions: evidence recall@10 {evidence_recall(store, asked):.3f}")


if __name__ == "__main__":
    main()
