"""Sentences of one form that are filled differently tell of two things; other differences say nothing."""

from __future__ import annotations

import pytest
from near_duplicates import APART, TOGETHER

from ingest.agreement import Kind, agree, disagreements, same_story

STORM = (
    "Lessons in {place} are cancelled on {day}, the district said. Buses will run again once the roads are clear. "
    "About {number} children stay at home."
)


def storm(place: str, day: str, number: str) -> str:
    return STORM.format(place=place, day=day, number=number)


@pytest.mark.parametrize("case", [case for case in TOGETHER if case != "two figures corrected"])
def test_what_is_cut_added_or_worded_otherwise_is_no_disagreement(case: str) -> None:
    first, second = TOGETHER[case]
    assert disagreements([first], [second]) == set()
    assert same_story(disagreements([first], [second]), 90)


def test_figures_that_differ_are_corrected_within_days_and_another_report_later() -> None:
    found = disagreements(*([text] for text in TOGETHER["two figures corrected"]))
    assert found == {Kind.NUMBER}
    assert same_story(found, 1)
    assert same_story(found, None)
    assert not same_story(found, 30)


def test_the_same_words_of_two_towns_are_two_stories() -> None:
    found = disagreements([storm("Brenn", "Monday", "90")], [storm("Osvik", "Monday", "90")])
    assert found == {Kind.NAME}
    assert not same_story(found, 0)


def test_a_daily_report_differs_in_its_day_and_its_figures() -> None:
    found = disagreements([storm("Brenn", "Monday", "90")], [storm("Brenn", "Tuesday", "70")])
    assert found == {Kind.DAY, Kind.NUMBER}
    assert not same_story(found, 1)


def test_a_name_that_is_spelt_otherwise_is_no_other_name() -> None:
    assert disagreements(["It was Ragna Lindqvist who opened it."], ["It was Ragna Lindquist who opened it."]) == set()


def test_a_headline_tells_two_stories_apart_as_a_sentence_does() -> None:
    assert disagreements(["Storm closes the schools of Brenn"], ["Storm closes the schools of Osvik"]) == {Kind.NAME}


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Fares will rise by three per cent.", "Fares will rise by eight per cent.", False),
        ("Fares will rise by 3 per cent in July.", "In July fares will rise by 3 per cent.", True),
        ("The talks in Brenn failed.", "The talks in Osvik failed.", False),
        ("He met the mayor on Monday.", "He met the mayor on Friday.", False),
        ("He met Ada Brook.", "He met Mayor Brook on Friday.", True),
        ("Fares will rise.", "Fares will rise by 3 per cent.", True),
    ],
)
def test_two_sentences_agree_unless_each_names_what_the_other_does_not(first: str, second: str, same: bool) -> None:
    assert agree(first, second) is same
    assert agree(second, first) is same


@pytest.mark.parametrize("case", ["the weather of two days", "the results of two rounds"])
def test_series_disagree(case: str) -> None:
    first, second = APART[case]
    assert not same_story(disagreements([first], [second]), 7)
