"""Fusion: articles compete by the sum of their z-scores, passages inside their article."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.archive.catalogue import Catalogue
from vectorstore.retrieval.signals import (
    SIGNALS,
    ArticleScore,
    Candidates,
    Floats,
    QuestionPart,
    SearchQuery,
    WithinArticle,
    contributions,
)

QUERY = SearchQuery(text="", as_of=dt.date(2020, 1, 1), dates=None, catalogue=cast(Catalogue, None))
#: Those of content, each of the same weight.
EVEN: tuple[Any, ...] = (
    *(replace(signal, weight=1.0) for signal in SIGNALS if isinstance(signal, ArticleScore | QuestionPart)),
    WithinArticle(weight=1.0, dense=1.0, lexical=1.0),
)


def floats(*values: float) -> Floats:
    return np.array(values, dtype=np.float64)


def candidates(articles: list[int], **scores: Floats) -> Candidates:
    names = ("cosine", "lexical", "article_lexical", "lead")
    columns = {name: np.zeros(len(articles)) for name in names}
    columns |= {name: np.zeros((0, len(articles))) for name in ("part_cosines", "part_lexical")}
    rows, numbers = np.arange(len(articles)), np.array(articles, dtype=np.int64)
    return Candidates(rows=rows, articles=numbers, **(columns | scores))


def total(articles: list[int], signals: tuple[Any, ...] = EVEN, **scores: Floats) -> Floats:
    added: Floats = np.sum(list(contributions(signals, QUERY, candidates(articles, **scores)).values()), axis=0)
    return added


def best_first(scores: npt.NDArray[np.float64]) -> list[int]:
    return [int(i) for i in np.argsort(-scores, kind="stable")]


def test_the_best_passage_has_its_articles_score_and_the_others_follow_by_their_own() -> None:
    scores = total([7, 7, 7, 9], cosine=floats(0.2, 0.8, 0.5, 0.6), article_lexical=floats(3, 3, 3, 1))
    assert best_first(scores)[:2] == [1, 2]
    assert scores[1] == pytest.approx(2)  # one deviation above the mean of two, by the cosine and by its own BM25
    assert scores[3] == pytest.approx(-2)


def test_an_articles_first_passage_tells_what_it_is_about() -> None:
    scores = total([1, 2], cosine=floats(0.5, 0.5), lead=floats(0.1, 0.7))
    assert best_first(scores) == [1, 0]
    others = tuple(signal for signal in EVEN if signal.name != "lead")
    assert best_first(total([1, 2], others, cosine=floats(0.5, 0.4), lead=floats(0.1, 0.7))) == [0, 1]


def test_one_article_alone_is_ranked_by_its_passages() -> None:
    assert best_first(total([4, 4, 4], cosine=floats(0.1, 0.3, 0.2))) == [1, 2, 0]


def test_an_article_that_answers_one_part_of_a_long_question_is_as_good_as_that_part() -> None:
    cosines = np.array([[0.9, 0.1, 0.1, 0.1], [0.1, 0.1, 0.8, 0.1]])
    asked = candidates([1, 1, 2, 3], part_cosines=cosines, part_lexical=np.zeros((2, 4)))
    scores = QuestionPart().score(QUERY, asked)
    assert scores[0] == scores[1] == pytest.approx(scores[2])
    assert scores[3] < 0 < scores[2]
    assert QuestionPart().score(QUERY, candidates([1, 1, 2, 3])).tolist() == [0, 0, 0, 0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortness:
    """A signal that no module of the program knows of."""

    name: str = "shortness"
    weight: float = 10.0

    def score(self, query: SearchQuery, candidates: Candidates) -> Floats:
        return floats(*(1.0 / (row + 1) for row in candidates.rows.tolist()))


def test_a_new_signal_is_one_class_that_is_added_to_the_others() -> None:
    plain = total([1, 2, 3], cosine=floats(0.1, 0.3, 0.2))
    with_it = total([1, 2, 3], (*EVEN, Shortness()), cosine=floats(0.1, 0.3, 0.2))
    assert with_it - plain == pytest.approx([10, 5, 10 / 3])


def test_no_candidates_have_no_scores() -> None:
    assert len(total([])) == 0


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(-1, 1), st.floats(0, 30)), min_size=1, max_size=30))
def test_the_order_of_the_candidates_does_not_matter(rows: list[tuple[int, float, float]]) -> None:
    def scored(rows: list[tuple[int, float, float]]) -> list[float]:
        columns = list(zip(*rows, strict=True))
        scores = total(list(columns[0]), cosine=floats(*columns[1]), lexical=floats(*columns[2]))
        assert np.isfinite(scores).all()
        return sorted(np.round(scores, 6).tolist())

    assert scored(rows) == pytest.approx(scored(rows[::-1]), abs=1e-4)


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(0, 1)), min_size=1, max_size=30))
def test_no_passage_is_above_the_best_of_its_article(rows: list[tuple[int, float]]) -> None:
    articles, cosines = (list(column) for column in zip(*rows, strict=True))
    scores = total(articles, cosine=floats(*cosines))
    for article in set(articles):
        own = [i for i, other in enumerate(articles) if other == article]
        assert max(own, key=lambda i: cosines[i]) in [i for i in own if scores[i] >= scores[own].max() - 1e-9]
