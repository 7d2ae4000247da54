"""AUROC and the risk-coverage curve, by hand and by brute force; abstention's precision and recall."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation.measures.confidence import abstention_precision, abstention_recall, aurc, auroc, risks

ROWS = st.lists(st.tuples(st.sampled_from([0.1, 0.2, 0.5, 0.9]), st.booleans(), st.integers(0, 3)), max_size=12)


@given(rows=ROWS)
def test_auroc_is_the_share_of_pairs_in_order_with_ties_as_half(rows: list[tuple[float, bool, int]]) -> None:
    ups = [c for c, up, times in rows if up for _ in range(times)]
    downs = [c for c, up, times in rows if not up for _ in range(times)]
    wins = sum((up > down) + (up == down) / 2 for up in ups for down in downs)
    ours = auroc(
        np.array([c for c, _, _ in rows]),
        np.array([up for _, up, _ in rows], dtype=np.bool_),
        np.array([[times for _, _, times in rows]], dtype=np.float64),
    )[0]
    if ups and downs:
        assert ours == pytest.approx(wins / (len(ups) * len(downs)))
    else:
        assert math.isnan(ours)


def test_risk_is_the_share_of_wrong_answers_among_the_most_confident() -> None:
    confidence, wrong = np.array([0.2, 0.9, 0.5]), np.array([True, False, True])
    assert risks(confidence, wrong).tolist() == pytest.approx([0, 1 / 2, 2 / 3])
    assert aurc(confidence, wrong) == pytest.approx((0 + 1 / 2 + 2 / 3) / 3)


def test_within_a_tie_the_order_does_not_matter_to_the_risk() -> None:
    confidence = np.array([0.5, 0.5])
    one, other = np.array([True, False]), np.array([False, True])
    assert risks(confidence, one).tolist() == risks(confidence, other).tolist() == pytest.approx([0.5, 0.5])


def test_a_question_drawn_twice_counts_twice() -> None:
    confidence, wrong = np.array([0.9, 0.5]), np.array([False, True])
    assert risks(confidence, wrong, np.array([2, 1])).tolist() == pytest.approx([0, 0, 1 / 3])


def test_without_an_answer_there_is_no_curve() -> None:
    assert risks(np.zeros(0), np.zeros(0, dtype=np.bool_)).tolist() == []
    assert math.isnan(aurc(np.zeros(0), np.zeros(0, dtype=np.bool_)))


def test_abstention_precision_looks_at_abstentions_and_recall_at_unanswerable_questions() -> None:
    assert abstention_precision(abstained=True, answerable=False) == 1.0
    assert abstention_precision(abstained=True, answerable=True) == 0.0
    assert abstention_precision(abstained=False, answerable=False) is None
    assert abstention_recall(abstained=True, answerable=False) == 1.0
    assert abstention_recall(abstained=False, answerable=False) == 0.0
    assert abstention_recall(abstained=True, answerable=True) is None
