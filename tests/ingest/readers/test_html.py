"""HTML: the article's words and no others, its metadata, and a date only where the page states its own."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import SourceError
from ingest.readers.html import fragment_text, read_html
from ingest.readers.links import canonical_url

BODY = "".join(
    f"<p>The ministers met for the {n}. time on Monday and said that the talks would go on until an agreement was "
    "found, although nobody would say when that might be.</p>"
    for n in range(1, 6)
)
SOCHI = dt.date(2015, 5, 12)


def page(head: str = "", before: str = "", after: str = "", title: str = "Talks go on in Sochi") -> bytes:
    return (
        f"<!doctype html><html><head><meta charset='utf-8'><title>{title} | The Herald</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a> <a href='/world'>World</a></nav>"
        f"<article><h1>{title}</h1>{before}{BODY}</article>{after}<footer>© 2024 The Herald</footer></body></html>"
    ).encode()


META = """
<meta property="og:site_name" content="The Herald"><meta name="author" content="Jane Doe; John Smith">
<meta property="article:published_time" content="2015-05-12T10:15:00+03:00">
<meta property="article:modified_time" content="2016-01-01T00:00:00Z">
<link rel="canonical" href="https://herald.example/world/sochi">
"""


def test_what_the_page_says_of_itself_becomes_metadata() -> None:
    document = read_html(page(META))
    assert document.title == "Talks go on in Sochi"
    assert document.source == "The Herald"
    assert document.authors == ("Jane Doe", "John Smith")
    assert document.url == "https://herald.example/world/sochi"
    assert document.published == dt.datetime.fromisoformat("2015-05-12T10:15:00+03:00")


def test_the_text_is_the_article_in_paragraphs_without_title_navigation_and_footer() -> None:
    text = read_html(page(META)).text
    assert len(text.split("\n\n")) == 5
    assert text.startswith("The ministers met for the 1. time")
    for other in ("Talks go on in Sochi", "Home", "©"):
        assert other not in text


@pytest.mark.parametrize(
    "data",
    [
        {"@type": "NewsArticle", "datePublished": "2015-05-12"},
        [{"@type": "Organization"}, {"@type": ["Article"], "datePublished": "2015-05-12"}],
        {
            "@graph": [
                {"@type": "WebPage", "datePublished": "2014-01-01"},
                {"@type": "NewsArticle", "datePublished": "2015-05-12"},
            ]
        },
    ],
)
def test_json_ld_gives_the_date_of_the_article(data: object) -> None:
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    assert read_html(page(script)).published == SOCHI


@pytest.mark.parametrize(
    "before",
    [
        '<time itemprop="datePublished" datetime="2015-05-12">12 May</time>',
        '<time pubdate datetime="2015-05-12">12 May</time>',
        '<span class="dateline">Tuesday, 12 May 2015</span>',
        "<p>Published: 12 May 2015</p>",
        "<ul><li><strong>Date</strong> 12.05.2015</li></ul>",
    ],
)
def test_a_date_in_microdata_or_in_a_line_of_the_head_is_found(before: str) -> None:
    assert read_html(page(before=before)).published == SOCHI


def test_the_date_in_the_address_counts_where_the_metadata_has_none() -> None:
    assert read_html(page(), url="https://herald.example/2015/05/12/sochi").published == SOCHI
    assert read_html(page(META), url="https://herald.example/2014/01/01/sochi").published != dt.date(2014, 1, 1)


@pytest.mark.parametrize(
    ("head", "after"),
    [
        ("", ""),
        ("", '<aside class="related"><span class="date">01.08.2019</span> Another story</aside>'),
        ("", '<div id="comments"><time datetime="2019-08-03T04:11:57+00:00">3 August</time> So true</div>'),
        ("", '<img src="/uploads/2016/05/22/picture.jpg">'),
        ("", "<p>Copyright 2024. Updated 12 May 2019.</p>"),
        ('<meta property="article:modified_time" content="2019-05-12">', ""),
        ('<meta property="article:published_time" content="1970-01-01T00:00:00Z">', ""),
        ('<script type="application/ld+json">{"@type": "VideoObject", "datePublished": "2019-05-12"}</script>', ""),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "comment": '
            '[{"@type": "Article", "datePublished": "2019-05-12"}]}</script>',
            "",
        ),
    ],
    ids=["nothing", "teaser", "comment", "picture", "copyright", "modified", "epoch", "video", "comment in JSON-LD"],
)
def test_where_the_page_states_no_date_of_its_own_none_is_invented(head: str, after: str) -> None:
    assert read_html(page(head, after=after)).published is None


def test_the_encoding_that_the_document_declares_is_used() -> None:
    body = page().decode().replace("utf-8", "windows-1251").replace("The ministers", "Министры")
    assert "Министры" in read_html(body.encode("windows-1251")).text


def test_the_encoding_that_the_sender_declares_goes_before_the_documents() -> None:
    body = page().decode().replace("The ministers", "Министры").encode("koi8-r")
    assert "Министры" in read_html(body, "koi8-r").text


def test_a_flash_of_one_sentence_is_an_article() -> None:
    document = read_html(
        b"<html><body><article><h1>Flash</h1><p>The minister resigned on Monday.</p></article></body></html>"
    )
    assert (document.title, document.text) == ("Flash", "The minister resigned on Monday.")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p></p>",
        "<nav><a href=/a>World news and more of it</a> <a href=/b>Politics and all about it</a></nav>",
        "".join(f"<h3><a href='/{n}'>Headline number {n} about the talks in Sochi</a></h3>" for n in range(30)),
        "<noscript>You need to enable JavaScript to run this app.</noscript><script>var a = 1</script>",
        "<form><label>User</label><input><label>Password</label><input><button>Log in</button></form>",
    ],
    ids=["empty", "blank", "navigation", "front page", "script only", "login"],
)
def test_a_page_without_an_article_is_refused(body: str) -> None:
    with pytest.raises(SourceError, match="no article"):
        read_html(f"<html><head><title>Herald</title></head><body>{body}</body></html>".encode())


@pytest.mark.parametrize("body", [b"<div>" * 30000, b"<html" * 5000, b"<!--" * 1000, b"<p>" + b"&#x110000;" * 100])
def test_hostile_markup_ends_in_an_article_or_a_reason(body: bytes) -> None:
    with pytest.raises(SourceError):
        read_html(body)


@given(st.text(alphabet="<>/=!-&;\"'abdiptr 1\n", max_size=200))
def test_no_markup_whatever_breaks_the_reading_of_fragments(fragment: str) -> None:
    assert isinstance(fragment_text(fragment), str)


def test_a_fragment_keeps_every_word_in_the_order_of_its_blocks() -> None:
    fragment = (
        "Lead<p>One <b>two</b><br>three</p><ul><li>four</li><li>five</li></ul>"
        "<script>x</script>&amp; six<pre>a\n  b</pre>"
    )
    assert fragment_text(fragment) == "Lead\n\nOne two\nthree\n\n- four\n- five\n\n& six\n\na\n  b"


@pytest.mark.parametrize(
    ("claimed", "fetched", "believed"),
    [
        ("https://herald.example/a", "https://www.herald.example/a?utm=1", "https://herald.example/a"),
        ("/a", "https://herald.example/a?utm=1", "https://herald.example/a"),
        ("https://herald.example/a", "https://amp.herald.example/a", "https://herald.example/a"),
        ("https://other.example/a", "https://herald.example/a", "https://herald.example/a"),
        ("https://herald.example/", "https://herald.example/a", "https://herald.example/a"),
        ("javascript:alert(1)", "https://herald.example/a", "https://herald.example/a"),
        ("", "https://herald.example/a", "https://herald.example/a"),
    ],
)
def test_a_page_may_name_its_address_within_its_own_site_only(claimed: str, fetched: str, believed: str) -> None:
    assert canonical_url(claimed, fetched) == believed
