"""Retrieval's measures: by hand, and against ir-measures on the same rankings."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation.measures.retrieval import (
    ndcg,
    passage_reciprocal_rank,
    passage_success,
    recall,
    reciprocal_rank,
    success,
)

RANKING = ["a", "b", "c", "d", "e"]


def test_success_at_k_looks_at_the_first_k_and_no_further() -> None:
    assert success(RANKING, {"c"}, 2) == 0.0
    assert success(RANKING, {"c"}, 3) == 1.0


def test_recall_at_k_is_the_share_of_the_gold_articles_found() -> None:
    assert recall(RANKING, {"b", "d", "x", "y"}, 3) == 0.25
    assert recall(RANKING, {"b", "d", "x", "y"}, 5) == 0.5


def test_the_reciprocal_rank_is_that_of_the_first_gold_article() -> None:
    assert reciprocal_rank(RANKING, {"c", "e"}) == pytest.approx(1 / 3)
    assert reciprocal_rank(RANKING, {"x"}) == 0.0


def test_ndcg_discounts_by_rank_and_divides_by_the_best_ranking_of_all_gold_articles() -> None:
    gained = 1 / math.log2(3) + 1 / math.log2(5)  # ranks 2 and 4
    best = 1 + 1 / math.log2(3) + 1 / math.log2(4)  # three gold articles, one of which was not retrieved
    assert ndcg(RANKING, {"b", "d", "x"}, 10) == pytest.approx(gained / best)
    assert ndcg(["a"], {"a", "b", "c"}, 1) == 1.0


def test_a_question_without_gold_articles_is_not_scored_and_one_without_a_ranking_scores_zero() -> None:
    assert [success(RANKING, set(), 1), recall(RANKING, set(), 1), reciprocal_rank(RANKING, set())] == [None] * 3
    assert ndcg(RANKING, set(), 10) is None
    assert [success([], {"a"}, 1), recall([], {"a"}, 1), reciprocal_rank([], {"a"}), ndcg([], {"a"}, 10)] == [0.0] * 4


@given(
    ranking=st.lists(st.sampled_from("abcdefghijklmnopq"), unique=True, min_size=1),
    gold=st.sets(st.sampled_from("abcdefghijklmnopqrstuv"), min_size=1),
)
def test_every_measure_is_that_of_ir_measures(ranking: list[str], gold: set[str]) -> None:
    from ir_measures import RR, Qrel, R, ScoredDoc, Success, calc_aggregate, nDCG

    wanted = [Success @ 1, Success @ 5, R @ 5, R @ 10, RR, nDCG @ 10]
    qrels = [Qrel("q", name, 1) for name in gold]
    run = [ScoredDoc("q", name, -float(rank)) for rank, name in enumerate(ranking)]
    reference = calc_aggregate(wanted, qrels, run)
    ours = [
        success(ranking, gold, 1),
        success(ranking, gold, 5),
        recall(ranking, gold, 5),
        recall(ranking, gold, 10),
        reciprocal_rank(ranking, gold),
        ndcg(ranking, gold, 10),
    ]
    assert ours == pytest.approx([reference[measure] for measure in wanted])


def test_a_passage_is_a_hit_where_an_answer_stands_in_it_as_whole_words() -> None:
    passages = ["The reddish ribbons.", "It was a red-letter day.", "She cut the “Red” ribbon!"]
    assert passage_success(passages, ["red ribbon"], 2) == 0.0
    assert passage_success(passages, ["red ribbon"], 3) == 1.0
    assert passage_reciprocal_rank(passages, ["nothing", "the Red Ribbon"]) == pytest.approx(1 / 3)
    assert passage_reciprocal_rank(passages, ["blue"]) == 0.0
    assert passage_reciprocal_rank(passages, []) is None
