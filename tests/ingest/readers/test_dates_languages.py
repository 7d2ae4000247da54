"""Dates of publication in the languages of the world, by machines, and in lines that say more than the date."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from babel import Locale
from babel.dates import format_date

from ingest import Article, read
from ingest.language.dates.published import labelled_date, plausible, read_date, read_stamp
from ingest.readers.feed import read_feed
from ingest.readers.html import read_html

SOCHI = dt.date(2015, 5, 12)
#: Of Levantine Arabic to Zulu: of every script that newspapers are printed in.
LANGUAGES = (
    "ar_LB be bg bn ca cs da de_AT el en_IN es et eu fa fi fr ga gu he hi hr hu hy id is it ja ka kk km kn ko lo lt lv"
    " mk ml mr ms my nb ne nl pa pl ps pt_BR ro ru si sk sl sq sr sr_Latn sv sw ta te th tr uk ur uz vi zh_Hans"
    " zh_Hant zu"
)
DAYS = (dt.date(2015, 5, 12), dt.date(2019, 10, 3), dt.date(2021, 12, 25), dt.date(2018, 2, 28), dt.date(2020, 8, 31))


@pytest.mark.parametrize("language", LANGUAGES.split())
def test_the_long_dates_of_a_language_are_read_and_none_is_another_day(language: str) -> None:
    locale = Locale.parse(language)
    tag = language.replace("_", "-")
    for length in ("long", "full"):
        for day in DAYS:
            written = format_date(day, length, locale)
            assert read_date(written, tag) == day, written
            assert read_date(written) in (day, None), written


@pytest.mark.parametrize(
    "language", ["am", "br", "cy", "fo", "ha", "haw", "ig", "lb", "mg", "rm", "so", "wo", "xh", "yo"]
)
def test_no_length_of_another_language_gives_another_day(language: str) -> None:
    for length in ("short", "medium", "long", "full"):
        for day in DAYS:
            written = format_date(day, length, Locale.parse(language))
            assert read_date(written, language) in (day, None), written


def test_a_name_of_two_months_is_read_where_the_language_is_known() -> None:
    assert read_date("12 listopada 2015", "pl") == dt.date(2015, 11, 12)
    assert read_date("12. listopada 2015.", "hr") == dt.date(2015, 10, 12)


@pytest.mark.parametrize("tag", ["de", "fr-CH", "pt-BR", "en", "en-US", "en-GB", "fil", ""])
def test_day_and_month_in_numbers_are_told_apart_by_languages_that_write_them_in_one_order(tag: str) -> None:
    day_first = tag in ("de", "fr-CH", "pt-BR")
    assert read_date("04/05/2015", tag) == (dt.date(2015, 5, 4) if day_first else None)


@pytest.mark.parametrize(
    "written",
    [
        "Tue May 12 10:15:00 GMT 2015",
        "10:15, 12 May 2015",
        "May 12, 2015 Tuesday",
        "20150512101500",
        "12.05.15",
        "12-May-15",
        "2015 May 12",
        "二〇一五年五月十二日",
        "平成27年5月12日（火）",
        "民國104年5月12日",
        "12 พ.ค. 2558",
        "ngày 12 tháng 5 năm 2015",
        "2015 оны 5 сарын 12",
        "2015年5月12日 10時15分",
        "2015-05-12 10:15:00 +0200",
        "١٢ مايو ٢٠١٥",
    ],
)
def test_other_forms_and_calendars_are_read(written: str) -> None:
    found = read_date(written)
    assert found is not None
    assert (found.date() if isinstance(found, dt.datetime) else found) == SOCHI


@pytest.mark.parametrize(
    "written", ["10:15", "2015年5月", "12-05-2015 10:15", "05/12/15", "1394/02/22", "12 May", "10.15.20", "kl. 10.15"]
)
def test_what_lacks_a_part_of_its_own_is_no_date(written: str) -> None:
    assert read_date(written) is None


@pytest.mark.parametrize("value", [1431425700, "1431425700", 1431425700.5, 1431425700000, "1431425700000"])
def test_a_machine_may_state_the_moment_by_its_clock(value: object) -> None:
    found = read_stamp(value)
    assert isinstance(found, dt.datetime)
    assert found.replace(microsecond=0) == dt.datetime(2015, 5, 12, 10, 15, tzinfo=dt.UTC)


@pytest.mark.parametrize("value", [0, -5, True, float("nan"), float("inf"), 10**40, "39664259", [], {"a": 1}, None])
def test_other_values_are_no_moments(value: object) -> None:
    assert read_stamp(value) is None


def test_a_day_that_is_yet_to_come_or_before_printing_is_refused() -> None:
    today = dt.datetime.now(dt.UTC).date()
    assert plausible(today) == today
    assert plausible(today + dt.timedelta(days=2)) is None
    assert read_stamp("1431-05-12") is None


@pytest.mark.parametrize(
    "line",
    [
        "Published 12 May 2015 | Updated 14 May 2015",
        "12 May 2015, updated 14 May 2015",
        "Updated 14 May 2015 | Published 12 May 2015",
        "Updated: 14 May 2015 | 12 May 2015",
        "By Jane Doe | 12 May 2015",
        "By Jane Doe, 12 May 2015",
        "By Jane Doe – May 12, 2015",
        "12 May 2015 by Jane Doe",
        "World | 12 May 2015",
        "Erschienen am 12. Mai 2015 um 10:15 Uhr, aktualisiert am 14. Mai 2015",
        "Publicado: 12 de mayo de 2015 · Actualizado: 14 de mayo de 2015",
        "Опубликовано 12 мая 2015, 10:15 | Обновлено 14 мая 2015",
        "公開日：2015年5月12日 更新日：2015年5月14日",
    ],
)
def test_a_line_of_the_head_dates_its_article_by_the_day_of_publication(line: str) -> None:
    assert labelled_date(line) == SOCHI


@pytest.mark.parametrize(
    "line",
    [
        "Updated | 12 May 2015",
        "Zuletzt aktualisiert am 12. Mai 2015",
        "Mis à jour le 12 mai 2015",
        "12 May 2015 | 14 May 2015",
        "12 May 2015 – the bridge is opened",
        "Talks were held on 12 May 2015",
        "3 hours ago",
    ],
)
def test_an_update_and_a_day_that_the_text_tells_of_date_nothing(line: str) -> None:
    assert labelled_date(line) is None


def test_no_feed_takes_a_part_of_its_date_from_the_clock() -> None:
    stated = [
        "12-05-2015 10:15",
        "10:15",
        "2015. május 12.",
        "1431425700",
        "last Tuesday",
        "2015年5月12日 10:15",
    ]
    items = "".join(f"<item><description>Words.</description><pubDate>{d}</pubDate></item>" for d in stated)
    found = read_feed(f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>".encode(), address="f.xml")
    days = [entry.published for entry in found if not isinstance(entry, Exception)]
    moment = dt.datetime(2015, 5, 12, 10, 15, tzinfo=dt.UTC)
    assert days == [None, None, SOCHI, moment, None, SOCHI]


def test_the_language_of_a_page_settles_how_its_numbers_are_read() -> None:
    body = "<article><h1>Fähre</h1><p class='date'>{}</p><p>Der Rat von Altenhafen hat die Preise erhöht.</p></article>"
    page = f"<!doctype html><html lang='{{}}'><title>Fähre</title>{body}</html>"
    assert read_html(page.format("de", "04/05/2015").encode()).published == dt.date(2015, 5, 4)
    assert read_html(page.format("en", "04/05/2015").encode()).published is None


def test_a_record_takes_the_same_forms_and_one_that_cannot_be_read_is_undated_and_said(tmp_path: Path) -> None:
    stated = ["12. Mai 2015", 1431425700, "20150512", "soon", "2999-01-01", "1431-05-12", None, ""]
    lines = [json.dumps({"text": f"Story {n}.", "published": value}) for n, value in enumerate(stated)]
    (tmp_path / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    articles = [item for item in read([tmp_path]) if isinstance(item, Article)]
    assert [article.day for article in articles] == [SOCHI] * 3 + [None] * 5
    assert [bool(article.remarks) for article in articles] == [False] * 3 + [True] * 3 + [False] * 2
    assert "soon" in articles[3].remarks[0]
    assert articles[3].origin.endswith("news.jsonl:4")


def test_that_a_files_name_alone_dates_an_article_is_said(tmp_path: Path) -> None:
    (tmp_path / "2015-05-12-ferry.txt").write_text("The ferry was late.")
    (tmp_path / "2016-01-01-fares.txt").write_text("Fares\n\n12 May 2015\n\nThey went up.")
    saved, dated = (item for item in read([tmp_path]) if isinstance(item, Article))
    assert (saved.day, dated.day) == (SOCHI, SOCHI)
    assert (len(saved.remarks), dated.remarks) == (1, ())
    assert "name" in saved.remarks[0]
