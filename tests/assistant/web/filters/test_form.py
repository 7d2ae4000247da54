"""Filters: what may be written into fields and links, and what is made of it."""

from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qsl

import pytest

from assistant.errors import UsageError
from assistant.web.filters.form import (
    MOST_SOURCES,
    FilterForm,
    Filters,
    Offered,
    check_days,
    of_address,
    read,
    read_usable,
    to_address,
)
from assistant.web.filters.view import state_view
from vectorstore.retrieval.scope import Scope

MAY = dt.date(2015, 5, 1)
OFFERED = Offered(publishers=frozenset({"The Harbour Post", "الجزيرة"}), models=("openai:own", "extractive"))
EVERYTHING = Filters(
    Scope(
        as_of=dt.date(2015, 5, 20), date_from=MAY, date_to=dt.date(2015, 5, 18), sources=("The Harbour Post", "الجزيرة")
    ),
    "extractive",
)
NONE = Filters()
HOSTILE = "\"><img src=x onerror='window.__pwned=1'>"


def test_what_the_fields_hold_is_read() -> None:
    given = FilterForm("2015-05-20", "2015-05-01", "2015-05-18", ["The Harbour Post", "الجزيرة"], "extractive")
    assert read(given, OFFERED) == EVERYTHING


def test_empty_fields_and_the_model_that_answers_anyway_limit_nothing() -> None:
    assert read(FilterForm(None, "", " ", [], "openai:own"), OFFERED) == NONE
    assert read(FilterForm(), OFFERED) == NONE


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (FilterForm(date_from="2015-06-01", date_to="2015-05-01"), "no day lies from 1 June 2015 to 1 May 2015"),
        (FilterForm(date_from="2015-06-01", as_of="2015-05-20"), "no day lies from 1 June 2015 to 20 May 2015"),
        (FilterForm(date_from="2015-02-30"), "'2015-02-30' is not a date"),
        (FilterForm(sources=["Nobody's News"]), "no publisher “Nobody's News” is in the archive"),
        (FilterForm(model="openai:gpt-99"), "the model “openai:gpt-99” is not offered here"),
    ],
)
def test_what_cannot_be_used_is_one_line(given: FilterForm, line: str) -> None:
    with pytest.raises(UsageError) as raised:
        read(given, OFFERED)
    assert raised.value.what == line
    assert "\n" not in str(raised.value)


def test_without_a_day_of_its_own_a_question_stands_on_today() -> None:
    check_days(Scope(date_from=MAY), today=MAY)
    with pytest.raises(UsageError, match="no day lies from 1 May 2015 to 30 April 2015"):
        check_days(Scope(date_from=MAY), today=dt.date(2015, 4, 30))


def test_what_is_of_use_in_a_link_is_used_and_the_rest_named() -> None:
    given = FilterForm(as_of="2015-05-20", sources=["The Harbour Post", HOSTILE], model="__import__('os')")
    filters, problems = read_usable(given, OFFERED)
    assert filters == Filters(Scope(as_of=dt.date(2015, 5, 20), sources=("The Harbour Post",)))
    assert len(problems) == 2


def test_a_link_of_any_length_gives_short_lines_and_few_publishers() -> None:
    filters, problems = read_usable(FilterForm(date_from="9" * 10**6, sources=["x" * 10**5] * 10**4), OFFERED)
    assert filters == NONE
    assert all(len(str(problem)) < 300 for problem in problems)
    many = Offered(publishers=frozenset(map(str, range(200))), models=("extractive",))
    assert len(read(FilterForm(sources=list(map(str, range(200)))), many).scope.sources) == MOST_SOURCES


DEFAULT = Filters(Scope(as_of=dt.date(2015, 5, 20)))


@pytest.mark.parametrize("default", [NONE, DEFAULT])
@pytest.mark.parametrize(
    "filters", [EVERYTHING, NONE, DEFAULT, Filters(Scope(as_of=MAY)), Filters(Scope(date_to=MAY, sources=("الجزيرة",)))]
)
def test_an_address_brings_back_the_filters_that_it_was_made_of(filters: Filters, default: Filters) -> None:
    given = of_address(parse_qsl(to_address(filters, default), keep_blank_values=True), default)
    assert (read(given, OFFERED) if given is not None else default) == filters


def test_an_address_without_filters_says_nothing_of_them() -> None:
    assert of_address([("conversation", "x"), ("__theme", "dark")], NONE) is None


def test_each_filter_that_is_set_has_a_chip_and_its_text_stays_text() -> None:
    shown = state_view(Filters(Scope(date_from=MAY, sources=(HOSTILE,))), default=NONE)
    assert shown.count("label") == 2
    assert "From 1 May 2015" in shown
    assert "<img" not in shown
    assert 'data-query="from=2015-05-01&amp;source=' in shown
    assert "data-query" not in state_view(NONE, default=NONE, settled=False)
