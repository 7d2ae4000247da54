"""Intervals and paired differences: as the normal distribution has them, and the same for the same seed."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.evaluation.bootstrap import column, difference, draws, estimate, interval, means


def test_the_interval_of_a_mean_is_near_the_normal_one() -> None:
    values = column([1.0] * 140 + [0.0] * 60)
    low, high = interval(means(values, draws(200, 0))) or (0.0, 0.0)
    half = 1.96 * (0.7 * 0.3 / 200) ** 0.5
    assert low == pytest.approx(0.7 - half, abs=0.01)
    assert high == pytest.approx(0.7 + half, abs=0.01)


def test_intervals_hold_the_true_mean_about_19_times_in_20() -> None:
    generator = np.random.default_rng(7)
    held = 0
    for trial in range(200):
        sample = (generator.random(100) < 0.6).astype(float)
        low, high = interval(means(sample, draws(100, trial))) or (0.0, 0.0)
        held += low <= 0.6 <= high
    assert 0.89 <= held / 200 <= 0.99


def test_draws_are_the_same_for_the_same_seed_and_others_for_another() -> None:
    assert np.array_equal(draws(50, 3), draws(50, 3))
    assert not np.array_equal(draws(50, 3), draws(50, 4))
    assert (draws(50, 3).sum(axis=1) == 50).all()


def test_questions_for_which_a_measure_is_not_defined_are_left_out_of_its_mean() -> None:
    values = column([1.0, None, 0.0, None])
    assert means(values, np.ones((1, 4))).tolist() == [0.5]
    assert np.isnan(means(column([None]), np.ones((1, 1)))[0])


def test_a_measure_that_is_defined_for_no_question_has_no_value_and_no_interval() -> None:
    empty = estimate(float("nan"), means(column([None, None]), draws(2, 0)), 0)
    assert (empty.value, empty.low, empty.high, empty.count) == (None, None, None, 0)


def test_a_paired_difference_is_found_where_separate_intervals_overlap() -> None:
    weights = draws(100, 0)
    before = column([1.0] * 50 + [0.0] * 50)
    after = column([1.0] * 58 + [0.0] * 42)  # the same questions right, and eight more
    first, second = interval(means(before, weights)), interval(means(after, weights))
    assert first is not None
    assert second is not None
    assert first[1] > second[0]
    change = difference(0.5, 0.58, means(before, weights), means(after, weights))
    assert change is not None
    assert change.value == pytest.approx(0.08)
    assert change.low > 0
    assert change.p < 0.05


def test_two_runs_that_do_not_differ_have_a_p_value_of_one() -> None:
    weights = draws(30, 0)
    samples = means(column([1.0, 0.0] * 15), weights)
    change = difference(0.5, 0.5, samples, samples)
    assert change is not None
    assert (change.value, change.low, change.high, change.p) == (0.0, 0.0, 0.0, 1.0)
