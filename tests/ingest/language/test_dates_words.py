"""Days as a reader is shown them."""

from __future__ import annotations

import pytest

from ingest.language.dates.words import day_in_words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2015-05-03", "3 May 2015"),
        ("2015-05-03T23:30:00+02:00", "3 May 2015"),
        ("2015-05", "May 2015"),
        ("2015", "2015"),
        (None, "undated"),
        ("soon", "soon"),
    ],
)
def test_a_day_is_told_as_precisely_as_it_is_known(day: str | None, words: str) -> None:
    assert day_in_words(day) == words
