"""What a page says of itself: its headline, who wrote it, who publishes it, its lead; and a live blog's updates."""

from __future__ import annotations

import datetime as dt
import io
import json

import pytest

from ingest.readers.base import Document, Source
from ingest.readers.html import HtmlReader, read_html

HEADLINE = "Town of Tidewick opens its quay"
BODY = """<p>The council voted on Tuesday to raise the fares of the harbour ferry from July, after a debate of four
hours in the town hall that many of the islanders had come to hear.</p><p>The ferry company said that fuel had become
dearer, and that no crossing would be left out. Passengers said that nobody had asked them.</p>"""


def page(head: str = "", before: str = "", h1: str = HEADLINE, after: str = "", text: str = BODY) -> bytes:
    heading = f"<h1>{h1}</h1>" if h1 else ""
    return (
        f"<!doctype html><html lang='en'><head>{head}</head><body><article>{before}{heading}{text}</article>{after}"
        "</body></html>"
    ).encode()


def machine(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


@pytest.mark.parametrize(
    "head",
    [
        f"<title>{HEADLINE} - The Herald</title>",
        f"<title>{HEADLINE} | Islands | The Herald</title>",
        f"<meta property='og:title' content='{HEADLINE} ｜ヘラルド'>",
        f"<title>Islands</title>{machine(headline=HEADLINE)}",
        f"<meta property='og:title' content='Islands: {HEADLINE}'>{machine(headline=HEADLINE)}",
        f"<meta property='og:title' content='{HEADLINE}'>{machine(headline=f'{HEADLINE} – The Herald')}",
    ],
)
def test_the_headline_is_read_without_what_only_one_of_its_variants_has(head: str) -> None:
    assert read_html(page(head)).title == HEADLINE


def test_kickers_that_differ_are_no_part_of_the_headline() -> None:
    head = f"<meta property='og:title' content='Islands: {HEADLINE}'>"
    assert read_html(page(head, h1=f"A long night - {HEADLINE}")).title == HEADLINE


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (machine(author={"@type": "Person", "name": "Jane Doe"}), ("Jane Doe",)),
        (machine(author=[{"name": "Jane Doe"}, {"name": "Ada Brook (ab)"}]), ("Jane Doe", "Ada Brook")),
        (machine(author={"name": "Jane Doe und Ada Brook, dpa"}), ("Jane Doe", "Ada Brook", "dpa")),
        (machine(author={"@type": "Organization", "name": "The Herald"}), ("The Herald",)),
        ("<meta name='author' content='By Trudi Brook'>", ("Trudi Brook",)),
        (
            "<meta name='dc.creator' content='Doe, Jane'><meta name='dc.creator' content='Brook, Ada'>",
            ("Jane Doe", "Ada Brook"),
        ),
        ("<meta name='author' content='https://herald.example/jane'>", ()),
        ("<meta name='author' content='jane@herald.example'>", ()),
    ],
)
def test_those_who_wrote_it_are_named_one_by_one(head: str, names: tuple[str, ...]) -> None:
    assert read_html(page(head)).authors == names


def test_an_author_is_found_where_the_page_names_them_elsewhere() -> None:
    graph = {
        "@graph": [
            {"@type": "NewsArticle", "author": {"@id": "#j"}},
            {"@type": "Person", "@id": "#j", "name": "Jane Doe"},
        ]
    }
    head = f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    assert read_html(page(head)).authors == ("Jane Doe",)


def test_a_byline_names_whom_metadata_that_name_the_publisher_do_not() -> None:
    head = machine(author={"name": "The Herald"}, publisher={"name": "The Herald"})
    assert read_html(page(head, before="<p class='byline'>By Jane Doe</p>")).authors == ("Jane Doe",)


def test_the_publisher_is_named_alike_by_pages_that_name_it_and_pages_that_name_its_host() -> None:
    named = read_html(page("<meta property='og:site_name' content='The Herald'>"))
    by_host = read_html(
        page("<meta property='og:site_name' content='herald.example'>" + machine(publisher={"name": "The Herald"}))
    )
    assert named.source == by_host.source == "The Herald"


def test_the_lead_that_a_page_sets_apart_is_part_of_its_text() -> None:
    lead = "From July a crossing costs four crowns more, and the islanders want to go to court over it."
    header = f"<header><div class='teaser-lead'><span>{lead}</span></div></header>"
    text = read_html(page(f"<meta property='og:description' content='{lead}'>", after="", before=header)).text
    assert text.count(lead) == 1


def test_the_next_article_on_the_page_is_not_read_with_it() -> None:
    other = (
        "<article><h2>Bridge</h2>"
        + "<p>The bridge over the sound was closed for a week by a storm.</p>" * 20
        + "</article>"
    )
    text = read_html(page(after=f"<div class='under'>{other}</div>", text=BODY * 3)).text
    assert "ferry" in text
    assert "bridge" not in text


def test_a_container_that_is_called_a_paywall_but_holds_the_article_is_read() -> None:
    whole = read_html(page(text=f"<div class='paywall-wrapper'>{BODY}</div>")).text
    assert "nobody had asked them" in whole


def update(headline: str, body: str, published: str | None) -> dict[str, str | None]:
    return {"headline": headline, "articleBody": body, "datePublished": published}


def test_a_live_blog_is_its_updates_each_with_its_own_time() -> None:
    blog = {
        "@type": "LiveBlogPosting",
        "headline": "Storm over Tidewick",
        "datePublished": "2015-05-12T06:00:00Z",
        "liveBlogUpdate": [
            {
                "headline": "Bridge closed",
                "articleBody": "<p>The bridge is closed.</p>",
                "datePublished": "2015-05-12T10:15:00Z",
            },
            {"headline": "", "articleBody": "The ferry stays in port.", "datePublished": "2015-05-13T08:00:00Z"},
            {"headline": "No time", "articleBody": "Somebody calls."},
        ],
    }
    body = page(f'<script type="application/ld+json">{json.dumps(blog)}</script>', h1="Storm over Tidewick")
    found = list(HtmlReader().read(io.BytesIO(body), Source(name="x.html", max_bytes=10**6)))
    assert all(isinstance(one, Document) for one in found)
    assert [(one.title, one.text) for one in found] == [
        ("Bridge closed", "The bridge is closed."),
        ("Storm over Tidewick", "The ferry stays in port."),
    ]
    assert [one.published for one in found] == [
        dt.datetime(2015, 5, 12, 10, 15, tzinfo=dt.UTC),
        dt.datetime(2015, 5, 13, 8, tzinfo=dt.UTC),
    ]
    assert len({one.label for one in found}) == 2
