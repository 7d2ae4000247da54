"""Given names that tell a man from a woman."""

from __future__ import annotations

import pytest

from ingest.language.given_names import given_names


@pytest.mark.parametrize("name", ["dmitry", "sergei", "volodymyr", "john", "mohammed", "henrik"])
def test_a_mans_name_is_no_womans(name: str) -> None:
    assert name in given_names("male") - given_names("female")


@pytest.mark.parametrize("name", ["maria", "yulia", "olena", "mary", "astrid", "angela"])
def test_a_womans_name_is_no_mans(name: str) -> None:
    assert name in given_names("female") - given_names("male")


@pytest.mark.parametrize("name", ["jean", "nicola", "kim", "minister"])
def test_a_name_of_both_and_a_word_that_is_none_tell_nothing(name: str) -> None:
    assert name not in given_names("male") | given_names("female")
