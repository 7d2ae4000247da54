from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.question.dates import read_dates

TUESDAY = dt.date(2015, 5, 12)


def days(question: str, as_of: dt.date = TUESDAY) -> tuple[str | None, str | None] | None:
    """What is read, as ISO days."""
    found = read_dates(question, as_of)
    if found is None:
        return None
    start, end = (day.isoformat() if day else None for day in (found.start, found.end))
    return start, end


@pytest.mark.parametrize(
    ("question", "start", "end"),
    [
        ("What happened in May 2015?", "2015-05-01", "2015-05-31"),
        ("what happened in may?", "2015-05-01", "2015-05-31"),
        ("What was said on 12 May 2015?", "2015-05-12", "2015-05-12"),
        ("What was said on the 12th of May?", "2015-05-12", "2015-05-12"),
        ("What was said on May 13?", "2014-05-13", "2014-05-13"),
        ("What was said on Tuesday?", "2015-05-12", "2015-05-12"),
        ("What was said on Tuesday, May 5?", "2015-05-05", "2015-05-05"),
        ("What was said on Wednesday?", "2015-05-06", "2015-05-06"),
        ("What was said last Tuesday?", "2015-05-05", "2015-05-05"),
        ("What happened yesterday?", "2015-05-11", "2015-05-11"),
        ("What happened today?", "2015-05-12", "2015-05-12"),
        ("What happened this week?", "2015-05-06", "2015-05-12"),
        ("What happened last week?", "2015-05-04", "2015-05-10"),
        ("What happened at the weekend?", "2015-05-09", "2015-05-10"),
        ("What happened this month?", "2015-05-01", "2015-05-12"),
        ("What happened last month?", "2015-04-01", "2015-04-30"),
        ("What happened last year?", "2014-01-01", "2014-12-31"),
        ("What happened in the past month?", "2015-04-13", "2015-05-12"),
        ("What happened in the last ten days?", "2015-05-03", "2015-05-12"),
        ("What happened two weeks ago?", "2015-04-25", "2015-05-01"),
        ("What happened three days ago?", "2015-05-09", "2015-05-09"),
        ("How many died in 2014?", "2014-01-01", "2014-12-31"),
        ("What happened between 2012 and 2014?", "2012-01-01", "2014-12-31"),
        ("What happened from March to May?", "2015-03-01", "2015-05-31"),
        ("What happened in 2012-2014?", "2012-01-01", "2014-12-31"),
        ("What happened in early 2014?", "2014-01-01", "2014-05-02"),
        ("What happened in late March?", "2015-03-21", "2015-03-31"),
        ("What happened in the 1990s?", "1990-01-01", "1999-12-31"),
        ("What happened in the '90s?", "1990-01-01", "1999-12-31"),
        ("How was Q3 2014?", "2014-07-01", "2014-09-30"),
        ("How was the third quarter of 2014?", "2014-07-01", "2014-09-30"),
        ("What happened in summer 2014?", "2014-06-01", "2014-08-31"),
        ("What happened last summer?", "2014-06-01", "2014-08-31"),
        ("What happened last winter?", "2014-12-01", "2015-02-28"),
        ("What happened on 2015-05-12?", "2015-05-12", "2015-05-12"),
        ("What happened on 12/05/2015?", "2015-05-12", "2015-05-12"),
        ("What happened on 05/13/2014?", "2014-05-13", "2014-05-13"),
        ("What happened in the week of May 4?", "2015-05-04", "2015-05-10"),
        ("Who came in May 2014 and in March 2015?", "2014-05-01", "2015-03-31"),
        ("Which ministers resigned between 1 and 10 October 2013?", "2013-10-01", "2013-10-10"),
        ("What happened on April 3-5?", "2015-04-03", "2015-04-05"),
        ("Who sold more phones from April to June 2013?", "2013-04-01", "2013-06-30"),
        ("Which firms merged in February in Larnow?", "2015-02-01", "2015-02-28"),
        ("What happened in Larnow the week before last?", "2015-04-27", "2015-05-03"),
        ("Which bridge was repaired on Sunday night?", "2015-05-10", "2015-05-10"),
        ("What did Friday's report by the ministry find?", "2015-05-08", "2015-05-08"),
        ("Did Mr May attend the meeting in March?", "2015-03-01", "2015-03-31"),
        ("How many soldiers died in 2014?", "2014-01-01", "2014-12-31"),
    ],
)
def test_a_date_in_a_question_is_read(question: str, start: str, end: str) -> None:
    assert days(question) == (start, end)


@pytest.mark.parametrize(
    ("question", "start", "end"),
    [
        ("What changed since March?", "2015-03-01", None),
        ("What changed since last year?", "2014-01-01", None),
        ("What changed after 3 June?", "2014-06-04", None),
        ("What was known before 2014?", None, "2013-12-31"),
        ("What was known by the end of April?", None, "2015-04-30"),
        ("What was known until February 2015?", None, "2015-02-28"),
        # A year inside a name says no more than "not earlier".
        ("Who won the 2014 World Cup?", "2014-01-01", None),
    ],
)
def test_since_and_before_leave_one_end_open(question: str, start: str | None, end: str | None) -> None:
    assert days(question) == (start, end)


@pytest.mark.parametrize(
    "question",
    [
        "What may happen to the talks?",
        "How many of the 12 may resign?",
        "May Russia object?",
        "Why do they march in Larnow?",
        "What was the march on the capital about?",
        "What did Theresa May say?",
        "Why did 2,000 people leave 2000 homes?",
        "Who won by 2015 votes?",
        "Who wrote 1984?",
        "What does it cost, $2015?",
        "What did the Sunday Times write?",
        "How did shops fare on Black Friday?",
        "how did shops fare on black friday",
        "Who runs Ruby Tuesday restaurants?",
        "What did Sheffield Wednesday's manager say?",
        "Who founded Fat Tuesday Records?",
        "When is Giving Tuesday?",
        "What did the Sunday Telegraph report?",
        "How did Friday Night Dinner end?",
        "What did Wednesday Hale say about the fire?",
        "What did April Jones tell the court?",
        "Why did June Hartley resign?",
        "Who directed 2012?",
        "Who was fined for 1950 fake tickets?",
        "Which tribe named the July full moon?",
        "What happens on Mondays?",
        "What happened on 30 February?",
        "Is he well now?",
        "Who rose and who did fall?",
    ],
)
def test_words_and_numbers_that_look_like_dates_are_none(question: str) -> None:
    assert days(question) is None


@pytest.mark.parametrize(
    "question",
    [
        "What will happen next week?",
        "What is planned for June 30?",
        "Who hosts the 2018 World Cup?",
        "What is on tomorrow?",
    ],
)
def test_days_to_come_are_no_days_of_publication(question: str) -> None:
    assert days(question) is None


_DAYS = st.dates(dt.date(1900, 1, 1), TUESDAY)
_FORMATS = ["on {d:%Y-%m-%d}", "on {d.day} {d:%B %Y}", "on {d:%B} {d.day}, {d.year}", "on {d:%b} {d.day} {d.year}"]
_FORMATS += ["on {d.day}/{d.month}/{d.year}", "on {d:%A}, {d.day} {d:%B %Y}"]


@settings(deadline=None)
@given(_DAYS, st.sampled_from(_FORMATS))
def test_every_written_day_is_read_back(day: dt.date, form: str) -> None:
    assert days(f"What happened {form.format(d=day)}?") == (day.isoformat(), day.isoformat())


@settings(deadline=None)
@given(_DAYS)
def test_a_day_without_its_year_is_the_latest_that_is_not_after_as_of(day: dt.date) -> None:
    found = read_dates(f"What happened on {day:%B} {day.day}?", TUESDAY)
    assert found is not None
    assert found.start == found.end
    assert found.start is not None
    assert found.start <= TUESDAY
    assert (found.start.month, found.start.day) == (day.month, day.day)
    assert (TUESDAY - found.start).days < (366 if day.day < 29 else 4 * 366)


_WORDS = [
    "in",
    "on",
    "since",
    "before",
    "the",
    "last",
    "this",
    "may",
    "May",
    "March",
    "12",
    "2014",
    "2015",
    "week",
    "Tuesday",
]
_WORDS += [
    "between",
    "and",
    "to",
    "year",
    "ago",
    "two",
    "Q3",
    "summer",
    "1990s",
    "past",
    "days",
    "?",
    ",",
    "early",
    "7/8/2014",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=12).map(" ".join), st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)))
def test_a_range_never_ends_before_it_begins_nor_begins_after_as_of(question: str, as_of: dt.date) -> None:
    found = read_dates(question, as_of)
    if found is not None:
        assert found.start or found.end
        assert not (found.start and found.end) or found.start <= found.end
        assert found.start is None or found.start <= as_of


_PLAIN = [
    "may",
    "May",
    "march",
    "March",
    "fall",
    "spring",
    "second",
    "2,000",
    "2015 people",
    "$2015",
    "Theresa",
    "the",
    "who",
]
_PLAIN += ["said", "half", "Sunday Times", "a", "must", "sun", "2014.5", "16:45", "talks", "?", ","]


@settings(deadline=None)
@given(st.lists(st.sampled_from(_PLAIN), max_size=10).map(" ".join))
def test_verbs_titles_and_amounts_never_make_a_date(text: str) -> None:
    assert read_dates(text, TUESDAY) is None
