"""Regular expressions take time in proportion to the text: none looks at a run from each of its characters anew."""

from __future__ import annotations

import re

import pytest
from pumping import patterns, slow_text

ROOMS = ("ingest", "assistant.question")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("room", ROOMS)
def test_twice_the_text_takes_no_more_than_twice_the_time(room: str) -> None:
    assert {where: slow for where, pattern in patterns(room).items() if (slow := slow_text(pattern))} == {}


@pytest.mark.parametrize("source", [r"\s+$", r"(a+)+$", r"\s*\[x\]"])
def test_a_pattern_that_backtracks_is_found_out(source: str) -> None:
    assert slow_text(re.compile(source))
