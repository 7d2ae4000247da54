"""What "Thursday" and "yesterday" are, counted from an article's day."""

from __future__ import annotations

import datetime as dt

import pytest

from ingest.language.relative_days import resolved_days

#: A Friday.
DAY = dt.date(2022, 7, 8)


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("The mill burned on Thursday.", [("Thursday", 7)]),
        ("Firefighters arrived late Thursday night.", [("Thursday", 7)]),
        ("The council said on Monday that it will pay.", [("Monday", 4)]),
        ("The mill burned yesterday.", [("yesterday", 7)]),
        ("The vote will be on Tuesday.", [("Tuesday", 12)]),
        ("It closed on Friday.", [("Friday", 8)]),
        ("The school will stay closed on Tuesday because of the storm, the county said.", [("Tuesday", 12)]),
        ("The council met on Monday, and said that it would pay.", [("Monday", 4)]),
        ("On Monday the council met.", [("Monday", 4)]),
        ("The shop stays closed on Tuesday.", []),
        ("He said it opens on Monday.", []),
        ("It opens on Monday.", []),  # no verb tells which
        ("He spoke at noon and will vote on Monday.", [("Monday", 11)]),
        ("Sales on Black Friday fell.", []),
        ("She was seen on Sundays.", []),
        ("On Thursday, July 7, he left.", []),  # it says so itself
        ("“We met on Monday,” he said.", []),
        ("Last Thursday it rained.", []),
        ("It rained.", []),
    ],
)
def test_a_day_is_said_where_it_is_certain(sentence: str, days: list[tuple[str, int]]) -> None:
    assert resolved_days(sentence, DAY) == [(word, DAY.replace(day=day)) for word, day in days]


def test_nothing_is_said_of_an_article_without_a_date() -> None:
    assert resolved_days("The mill burned on Thursday.", None) == []
