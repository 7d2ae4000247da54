"""What an article is: normalisation, spans, identity, and records of article JSONL."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ingest import Article, RecordError, Span
from ingest.article import derived_id, normalise, parse_published

ANY_TEXT = st.text(st.characters(), max_size=200)  # lone surrogates and control characters included


@given(ANY_TEXT)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(ANY_TEXT)
def test_normalised_text_can_be_stored_and_shown(text: str) -> None:
    result = normalise(text)
    result.encode("utf-8")
    assert unicodedata.is_normalized("NFC", result)
    assert not {c for c in result if unicodedata.category(c) == "Cc"} - {"\n", "\t"}
    assert not {"\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\ufeff"} & set(result)


@given(ANY_TEXT)
def test_normalising_loses_no_letter_and_no_digit(text: str) -> None:
    def words(value: str) -> str:
        return "".join(c for c in unicodedata.normalize("NFC", value) if c.isalnum())

    assert words(normalise(text)) == words(text)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
def test_every_kind_of_line_end_becomes_a_line_feed(end: str) -> None:
    assert normalise(f"one{end}two") == "one\ntwo"


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_that_runs_backwards_or_before_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@given(ANY_TEXT, st.integers(0, 200), st.integers(0, 200))
def test_a_span_covers_what_slicing_covers(text: str, one: int, other: int) -> None:
    span = Span(min(one, other), max(one, other))
    assert span.of(text) == text[span.start : span.end]
    assert len(span) == span.end - span.start
    assert span.contains(span)


def test_a_record_with_all_fields_becomes_an_article() -> None:
    article = Article.from_record(
        {
            "id": "a1",
            "url": "https://herald.example/a1",
            "title": "Talks  go on\n",
            "source": "The Herald",
            "authors": ["Jane Doe", "", "John Smith", "Jane Doe"],
            "published": "2015-05-12T10:00:00+03:00",
            "text": "  The talks go on. ",
            "section": "world",
        },
        origin="news.jsonl:1",
    )
    assert (article.id, article.title, article.text) == ("a1", "Talks go on", "The talks go on.")
    assert article.authors == ("Jane Doe", "John Smith")
    assert article.day == dt.date(2015, 5, 12)
    assert article.origin == "news.jsonl:1"


@pytest.mark.parametrize(
    ("record", "field"),
    [
        ({"title": "no text"}, "text"),
        ({"text": None}, "text"),
        ({"text": 5}, "text"),
        ({"text": " \n — "}, "text"),
        ({"text": "words", "published": "next week"}, "published"),
        ({"text": "words", "published": 20150512}, "published"),
        ({"text": "words", "authors": {"name": "x"}}, "authors"),
        ({"text": "words", "title": ["a"]}, "title"),
    ],
)
def test_a_record_with_an_unusable_field_is_refused_and_the_field_named(record: dict[str, object], field: str) -> None:
    with pytest.raises(RecordError, match=field) as caught:
        Article.from_record(record)
    assert "\n" not in str(caught.value)


def test_a_record_without_id_and_url_is_known_by_its_text_wherever_it_stands() -> None:
    one = Article.from_record({"text": "The talks go on."}, origin="a.jsonl:1")
    other = Article.from_record({"text": "The talks go on.", "title": "T"}, origin="b.jsonl:9")
    assert one.id == other.id == derived_id("The talks go on.")


def test_a_numeric_id_is_kept_as_its_digits() -> None:
    assert Article.from_record({"id": 17, "text": "words"}).id == "17"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://a.example/b"])
def test_an_address_that_is_not_of_the_web_is_dropped(url: str) -> None:
    assert Article(text="words", url=url).url == ""


def test_the_digest_is_of_the_normalised_text() -> None:
    composed, decomposed = Article(text="caf\u00e9 opens"), Article(text="cafe\u0301 opens")
    assert composed.sha256 == decomposed.sha256


def test_the_fingerprint_changes_with_metadata_but_not_with_the_origin() -> None:
    article = Article(id="a", text="words", title="One", origin="here")
    assert article.fingerprint == article.model_copy(update={"origin": "there"}).fingerprint
    assert article.fingerprint != Article(id="a", text="words", title="Two").fingerprint


def test_an_article_cannot_be_changed() -> None:
    article = Article(text="words")
    with pytest.raises(ValidationError):
        article.text = "others"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2015-05-12", dt.date(2015, 5, 12)),
        ("20150512", dt.date(2015, 5, 12)),
        ("2015-05-12T10:00:00", dt.date(2015, 5, 12)),
        ("2015-05-12T10:00:00Z", dt.datetime(2015, 5, 12, 10, tzinfo=dt.UTC)),
        ("Tue, 12 May 2015 10:00:00 +0000", dt.datetime(2015, 5, 12, 10, tzinfo=dt.UTC)),
        ("", None),
        (None, None),
    ],
)
def test_a_date_is_read_as_written_and_a_time_without_zone_keeps_its_day(written: object, read: object) -> None:
    assert parse_published(written) == read
