"""Near-duplicates: one wire story in two papers is found and told from two stories that look alike."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from near_duplicates import ADDED, APART, LEAD, TOGETHER, WIRE

from ingest.duplicates import band_keys, says, shingles, similarity


def meet(first: str, second: str) -> bool:
    """Whether the two have a key in common, so that they are compared at all."""
    return not set(band_keys(first)).isdisjoint(band_keys(second))


@pytest.mark.parametrize("case", TOGETHER)
def test_one_story_told_twice_is_one(case: str) -> None:
    first, second = TOGETHER[case]
    assert similarity(shingles(first), shingles(second)).near_duplicate
    assert meet(first, second)


@pytest.mark.parametrize("case", APART)
def test_two_stories_stay_two(case: str) -> None:
    first, second = APART[case]
    assert not similarity(shingles(first), shingles(second)).near_duplicate


def test_the_thresholds_have_room_on_both_sides() -> None:
    together = [similarity(shingles(a), shingles(b)) for a, b in TOGETHER.values()]
    apart = [similarity(shingles(a), shingles(b)) for a, b in APART.values()]
    assert all(each.jaccard > 0.62 or each.containment > 0.9 for each in together)
    assert all(each.jaccard < 0.45 and each.containment < 0.6 for each in apart)


def test_case_punctuation_and_line_breaks_do_not_count() -> None:
    shouted = WIRE.upper().replace(",", " –").replace(". ", ".\n\n").replace("“", '"')
    assert similarity(shingles(WIRE), shingles(shouted)).jaccard == 1


def test_a_line_or_two_is_no_evidence_of_a_copy() -> None:
    line = "Three people were hurt when a tram left the rails in Lenz on Monday, police said."
    assert similarity(shingles(line), shingles(line)).jaccard == 1
    assert not similarity(shingles(line), shingles(f"{line} {WIRE}")).near_duplicate


def test_what_both_papers_add_to_every_story_makes_no_copies() -> None:
    footer = "Sign up for our letter and never miss a story from the coast. We are read in nine towns. Terms apply."
    assert not similarity(shingles(f"{APART['the weather of two days'][0]} {footer}"), shingles(footer)).near_duplicate
    assert not similarity(shingles(f"{ADDED} {footer}"), shingles(f"{LEAD} {footer}")).near_duplicate


def test_the_keys_are_the_same_in_every_process() -> None:
    script = "import sys; from ingest.duplicates import band_keys; print(band_keys(sys.argv[1]))"
    output = subprocess.run([sys.executable, "-c", script, WIRE], capture_output=True, text=True, check=True).stdout
    assert output.strip() == str(band_keys(WIRE))


@given(st.text(max_size=60))
def test_any_text_has_keys_that_a_database_holds(text: str) -> None:
    keys = band_keys(text)
    assert keys == band_keys(text)
    assert all(-(1 << 63) <= key < 1 << 63 for key in keys)
    assert similarity(shingles(text), shingles(text)).jaccard == 1


def test_a_quotation_stands_in_a_text_word_by_word() -> None:
    assert says(WIRE, "rather lose six weeks\nin spring,")
    assert not says(WIRE, "ather lose six weeks")
    assert not says(LEAD, "rather lose six weeks in spring")
