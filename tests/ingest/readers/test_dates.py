"""Dates of publication: read where a full one is written, and never made up."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.language.dates.published import date_in_head, date_in_name, labelled_date, read_date

SOCHI = dt.date(2015, 5, 12)


@pytest.mark.parametrize(
    "written",
    [
        "2015-05-12",
        "20150512",
        "2015/5/12",
        "12 May 2015",
        "12th of May 2015",
        "May 12, 2015",
        "Tuesday, May 12, 2015",
        "Tue 12 May 2015",
        "12.05.2015",
        "MAY 12 2015",
        "May 12, 2015 at 10:15 a.m. EDT",
        "2015-05-12 | 5:00 PM",
    ],
)
def test_a_date_is_read_in_the_forms_that_news_writes_it_in(written: str) -> None:
    assert read_date(written) == SOCHI


@pytest.mark.parametrize(
    "written",
    [
        "12 de mayo de 2015",
        "mardi 12 mai 2015",
        "mar. 12 mai 2015, 10h15",
        "Dienstag, 12. Mai 2015 um 10:15 Uhr",
        "terça-feira, 12 de maio de 2015",
        "12 d’maig del 2015",
        "den 12 maj 2015",
        "2015. gada 12. maijs",
        "2015 m. gegužės 12 d.",
        "2015. május 12., kedd",
        "12 мая 2015 г., 10:15",
        "12 травня 2015 р.",
        "12 Mayıs 2015 Salı",
        "12 मई 2015",
        "2015年5月12日",
        "2015년 5월 12일",
    ],
)
def test_a_date_is_read_in_other_languages(written: str) -> None:
    assert read_date(written) == SOCHI


def test_a_name_that_two_languages_give_to_different_months_dates_nothing() -> None:
    assert read_date("12 listopada 2015") is None  # October in Croatian, November in Polish


@pytest.mark.parametrize(
    "written",
    ["2015-05-12T10:15:00Z", "Tue, 12 May 2015 10:15:00 GMT", "2015-05-12T13:15:00+0300", "2015-05-12T10:15:00.000Z"],
)
def test_a_time_with_its_zone_is_kept(written: str) -> None:
    assert read_date(written) == dt.datetime(2015, 5, 12, 10, 15, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2015",
        "May 2015",
        "2015-05",
        "04/05/2015",  # the fourth of May, or the fifth of April
        "31 February 2015",
        "next Tuesday",
        "may",
        "1970-01-01T00:00:00Z",  # what content systems write for "no date"
        "0001-01-01",
        "2999-01-01",
        "On 12 May 2015 talks began",
        "12 May 2015 saw talks",
        "1431426000",
        "",
    ],
)
def test_what_is_no_full_plausible_date_gives_none(written: str) -> None:
    assert read_date(written) is None


def test_day_and_month_are_told_apart_where_only_one_order_is_possible() -> None:
    assert read_date("25/12/2015") == read_date("12/25/2015") == dt.date(2015, 12, 25)


@given(st.text(max_size=120))
def test_no_text_whatever_breaks_the_reading_of_dates(text: str) -> None:
    for reader in (read_date, labelled_date, date_in_head, date_in_name):
        value = reader(text)
        assert value is None or isinstance(value, dt.date)


@given(st.dates(dt.date(1605, 1, 2), dt.date(2024, 12, 31)).filter(lambda day: day != dt.date(1970, 1, 1)))
def test_every_iso_date_is_read_back(day: dt.date) -> None:
    if day not in (dt.date(1900, 1, 1), dt.date(1899, 12, 30)):
        assert read_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2015-05-12-kerry.txt", SOCHI),
        ("kerry_2015_05_12.md", SOCHI),
        ("20150512.html", SOCHI),
        ("kerry-20150512T101500Z.txt", SOCHI),
        ("/world/2015/05/12/kerry-in-sochi", SOCHI),
        ("/world/2015/may/12/kerry-in-sochi", SOCHI),
        ("/world/2015/5/12/kerry", SOCHI),
        ("/mundo/2015/mayo/12/kerry", SOCHI),
        ("/best-of-2015-out-10-winners", None),
        ("/world/2015/05/kerry", None),
        ("/story/39664259/", None),
        ("/story/1234201505127/", None),
        ("kerry-20151332.txt", None),
        ("kerry-2999-01-01.txt", None),
        ("kerry.txt", None),
    ],
)
def test_a_name_gives_its_date_where_it_holds_a_full_one(name: str, day: dt.date | None) -> None:
    assert date_in_name(name) == day


def test_a_dated_line_at_the_head_of_a_text_is_its_date() -> None:
    assert date_in_head("Kerry in Sochi\n\nPublished: 12 May 2015\n\nThe talks go on.") == SOCHI


def test_a_date_within_a_sentence_or_far_down_is_not() -> None:
    assert date_in_head("The talks of 12 May 2015 are over.") is None
    assert date_in_head("\n\n".join(["A line of the text."] * 10) + "\n\n12 May 2015") is None


def test_the_day_of_an_update_is_not_the_day_of_publication() -> None:
    assert labelled_date("Updated: 12 May 2015") is None
    assert labelled_date("Last modified 12 May 2015") is None
