"""Regular expressions take time in proportion to the text: none looks at a run from each of its characters anew."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from pumping import Patterns, patterns, slow_text

#: Each with the patterns that no other of them has.
ROOMS = ("ingest.attribution", "ingest.language", "ingest.readers", "ingest", "assistant.question")


@cache
def all_patterns() -> Patterns:
    return patterns("ingest", "assistant.question")


def room_of(where: str) -> str:
    return next(room for room in ROOMS if where.startswith(f"{room}."))


def slow_each_time(pattern: re.Pattern[Any]) -> str | None:
    """A text that it is slow with, found three times: on a busy machine the clock is sometimes wrong."""
    found = None
    for _ in range(3):
        found = slow_text(pattern)
        if not found:
            return None
    return found


@pytest.mark.timeout(600)
@pytest.mark.parametrize("room", ROOMS)
def test_twice_the_text_takes_no_more_than_twice_the_time(room: str) -> None:
    own = {where: pattern for where, pattern in all_patterns().items() if room_of(where) == room}
    assert own
    assert {where: slow for where, pattern in own.items() if (slow := slow_each_time(pattern))} == {}


def test_patterns_inside_of_functions_are_held_too() -> None:
    assert any(pattern.pattern == r"https?://[^/]*" for pattern in all_patterns().values())


@pytest.mark.parametrize("source", [r"\s+$", r"(a+)+$", r"\s*\[x\]"])
def test_a_pattern_that_backtracks_is_found_out(source: str) -> None:
    assert slow_text(re.compile(source))
