"""Fusion: articles compete by the sum of their z-scores, passages inside their article."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.retrieval.fusion import Floats, Weights, fused, part_scores

EVEN = Weights(dense=1, lexical=1, article_lexical=1, lead=1, within=1)


def floats(*values: float) -> Floats:
    return np.array(values, dtype=np.float64)


def total(articles: list[int], weights: Weights = EVEN, **scores: Floats) -> Floats:
    names = ("cosine", "lexical", "article_lexical", "lead", "parts")
    given = {name: np.zeros(len(articles)) for name in names} | scores
    return fused(np.array(articles, dtype=np.int64), weights=weights, **given)


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
    assert best_first(total([1, 2], replace(EVEN, lead=0), cosine=floats(0.5, 0.4), lead=floats(0.1, 0.7))) == [0, 1]


def test_one_article_alone_is_ranked_by_its_passages() -> None:
    assert best_first(total([4, 4, 4], cosine=floats(0.1, 0.3, 0.2))) == [1, 2, 0]


def test_an_article_that_answers_one_part_of_a_long_question_is_as_good_as_that_part() -> None:
    articles = np.array([1, 1, 2, 3], dtype=np.int64)
    cosines = np.array([[0.9, 0.1, 0.1, 0.1], [0.1, 0.1, 0.8, 0.1]])
    scores = part_scores(articles, cosines, np.zeros((2, 4)))
    assert scores[0] == scores[1] == pytest.approx(scores[2])
    assert scores[3] < 0 < scores[2]
    assert part_scores(articles, np.zeros((0, 4)), np.zeros((0, 4))).tolist() == [0, 0, 0, 0]


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
