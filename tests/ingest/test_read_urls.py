"""Reading from addresses: pages, documents, feeds and the pages behind them; private addresses are refused."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from misbehaving_server import head, misbehaving
from pytest_httpserver import HTTPServer
from reportlab.pdfgen.canvas import Canvas

from ingest import Article, Problem, Progress, read
from ingest.article import derived_id

SENTENCE = "The ministers met on Monday and said that the talks would go on."


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    # By way of sys.modules, because the package's attribute of that name is the function.
    monkeypatch.setattr(sys.modules["ingest.read"], "PAUSE", 0.05)


def page(title: str, text: str = SENTENCE, head: str = "") -> str:
    article = f"<article><h1>{title}</h1><p>{text}</p></article>"
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{article}</body></html>"


def fetch(*urls: str) -> list[Article | Problem]:
    return list(read(urls, allow_private=True))


def article(*urls: str) -> Article:
    (found,) = fetch(*urls)
    assert isinstance(found, Article), str(found)
    return found


def test_a_page_is_read_with_its_address_date_and_title(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/2015/05/12/sochi").respond_with_data(page("Talks go on"), content_type="text/html")
    url = httpserver.url_for("/2015/05/12/sochi")
    found = article(url)
    assert (found.title, found.text, found.url, found.origin) == ("Talks go on", SENTENCE, url, url)
    assert found.published == dt.date(2015, 5, 12)
    assert found.id == derived_id(url)


def test_a_page_has_its_id_from_its_canonical_address(httpserver: HTTPServer) -> None:
    canonical = httpserver.url_for("/sochi")
    body = page("Talks go on", head=f'<link rel="canonical" href="{canonical}">')
    httpserver.expect_request("/sochi").respond_with_data(body, content_type="text/html")
    assert article(canonical + "?utm_source=x").id == article(canonical).id == derived_id(canonical)


def test_a_page_cannot_pass_itself_off_as_another_sites(httpserver: HTTPServer) -> None:
    body = page("Talks go on", head='<link rel="canonical" href="https://herald.example/sochi">')
    httpserver.expect_request("/sochi").respond_with_data(body, content_type="text/html")
    assert article(httpserver.url_for("/sochi")).url == httpserver.url_for("/sochi")


def test_a_fetched_document_cannot_take_another_articles_id_or_address(httpserver: HTTPServer) -> None:
    body = f"---\nid: a1\nurl: https://herald.example/sochi\ntitle: Talks\n---\n{SENTENCE}"
    httpserver.expect_request("/a.md").respond_with_data(body, content_type="text/plain")
    found = article(httpserver.url_for("/a.md"))
    assert (found.url, found.title) == (httpserver.url_for("/a.md"), "Talks")
    assert found.id == derived_id(found.url)


def pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(50, 700, SENTENCE)
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("path", "content_type", "body"),
    [
        ("/a", "application/pdf", pdf()),
        ("/a.txt", "application/octet-stream", SENTENCE.encode()),
        ("/a", "text/plain; charset=utf-16", SENTENCE.encode("utf-16")),
        ("/a.md", "text/plain", f"# Title\n\n{SENTENCE}".encode()),
        ("/a", "text/markdown", f"# Title\n\n{SENTENCE}".encode()),
        ("/a.jsonl", "text/plain", f'{{"text": "{SENTENCE}"}}'.encode()),
        ("/a", "application/x-ndjson", f'{{"text": "{SENTENCE}"}}'.encode()),
        ("/a.jsonl.gz", "application/gzip", gzip.compress(f'{{"text": "{SENTENCE}"}}'.encode(), mtime=0)),
        ("/a", "text/plain", page("Lying server").encode()),
        ("/a", "application/octet-stream", pdf()),
    ],
    ids=[
        "pdf",
        "text by name",
        "utf-16",
        "markdown by name",
        "markdown",
        "jsonl by name",
        "ndjson",
        "gzip",
        "html as text",
        "pdf as bytes",
    ],
)
def test_the_format_is_told_by_the_content_the_type_and_the_name(
    httpserver: HTTPServer, path: str, content_type: str, body: bytes
) -> None:
    httpserver.expect_request(path).respond_with_data(body, content_type=content_type)
    assert article(httpserver.url_for(path)).text == SENTENCE


@pytest.mark.parametrize(
    ("content_type", "body", "reason"),
    [
        ("image/png", b"x", "image/png"),
        ("application/json", b"{}", "application/json"),
        ("application/zip", b"PK\x03\x04" + b"\x00" * 40, "damaged Word document"),
        ("text/html", b"", "empty"),
        ("text/html", b"<html><body></body></html>", "no article"),
        ("text/plain", bytes(range(256)) * 10, "binary"),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_is_read(
    httpserver: HTTPServer, content_type: str, body: bytes, reason: str
) -> None:
    httpserver.expect_request("/bad").respond_with_data(body, content_type=content_type)
    httpserver.expect_request("/good").respond_with_data(page("Good"), content_type="text/html")
    problem, good = fetch(httpserver.url_for("/bad"), httpserver.url_for("/good"))
    assert str(problem).startswith(httpserver.url_for("/bad") + ": ")
    assert reason in str(problem)
    assert isinstance(good, Article)


def test_a_broken_line_of_fetched_jsonl_is_named_by_its_number(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a.jsonl").respond_with_data('{"text": "One."}\n{\n{"text": "Three."}')
    one, problem, three = fetch(httpserver.url_for("/a.jsonl"))
    assert isinstance(one, Article)
    assert isinstance(three, Article)
    assert str(problem).startswith(httpserver.url_for("/a.jsonl") + ":2: ")


def test_a_404_and_a_dropped_connection_are_named_and_the_rest_is_read(httpserver: HTTPServer) -> None:
    def hang_up(connection: socket.socket) -> None:
        connection.sendall(head("Content-Length: 1000") + b"<html>")

    httpserver.expect_request("/good").respond_with_data(page("Good"), content_type="text/html")
    httpserver.expect_request("/gone").respond_with_data("no", status=404)
    with misbehaving(hang_up) as dropped:
        gone, broken, good = fetch(httpserver.url_for("/gone"), dropped, httpserver.url_for("/good"))
    assert "404 Not Found; check the address" in str(gone)
    assert "connection" in str(broken)
    assert isinstance(good, Article)


def test_a_private_address_is_refused_unless_it_is_allowed(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data(page("Inside"), content_type="text/html")
    for host in ("127.0.0.1", "localhost"):
        (problem,) = read([f"http://{host}:{httpserver.port}/a"])
        assert isinstance(problem, Problem)
        assert "private address" in str(problem)
        assert "--allow-private" in str(problem)
    assert not httpserver.log


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Herald</title>
<item><title>One, as the feed has it</title><link>{base}/one</link><pubDate>Tue, 12 May 2015 10:00:00 GMT</pubDate>
  <description>Short.</description></item>
<item><title>Two</title><link>{base}/two</link>
  <description>All that there is of two, for its page is gone.</description></item>
<item><title>Three</title><link>{base}/three</link></item>
<item><title>Four</title><link>{base}/private/four</link><description>Robots keep out of four.</description></item>
<item><title>Five</title><link>{base}/five</link><description>{longer}</description></item>
</channel></rss>"""


@pytest.fixture
def feed(httpserver: HTTPServer) -> Iterator[str]:
    base = httpserver.url_for("").rstrip("/")
    body = FEED.format(base=base, longer=f"{SENTENCE} " * 5)
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /private\n")
    httpserver.expect_request("/feed").respond_with_data(body, content_type="text/plain")
    for name in ("one", "five", "private/four"):
        httpserver.expect_request(f"/{name}").respond_with_data(page(f"{name} of the page"), content_type="text/html")
    return httpserver.url_for("/feed")


def test_a_feeds_entries_are_read_from_their_pages_and_else_from_the_feed(feed: str, httpserver: HTTPServer) -> None:
    one, two, three, four, five = fetch(feed)
    assert isinstance(one, Article)
    assert (one.title, one.text, one.source) == ("One, as the feed has it", SENTENCE, "The Herald")
    assert one.published == dt.datetime(2015, 5, 12, 10, tzinfo=dt.UTC)
    assert one.id == derived_id(one.url)
    assert isinstance(two, Article)
    assert two.text == "All that there is of two, for its page is gone."
    assert isinstance(three, Problem)
    assert "entry 3 (Three): the entry has no text and its page cannot be read: the server answered" in str(three)
    assert isinstance(four, Article)
    assert four.text == "Robots keep out of four."
    assert isinstance(five, Article)
    assert five.text == (SENTENCE + " ") * 4 + SENTENCE
    asked = [request.path for request, _ in httpserver.log]
    assert asked == ["/feed", "/robots.txt", "/one", "/two", "/three", "/five"]


def test_progress_of_addresses_is_an_estimate_that_grows_with_a_feeds_pages(feed: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    told: list[Progress] = []
    list(read([feed, tmp_path], allow_private=True, progress=told.append))
    assert {report.unit for report in told} == {"estimated bytes"}
    assert [report.done for report in told] == sorted(report.done for report in told)
    assert told[-1].done == told[-1].total
    assert any(report.current.endswith("/one") for report in told)


def test_a_feed_does_not_lead_into_the_private_network(monkeypatch: pytest.MonkeyPatch, httpserver: HTTPServer) -> None:
    item = "<item><link>http://10.0.0.7/secret</link><description>A bait.</description></item>"
    body = f"<rss version='2.0'><channel>{item}</channel></rss>"
    httpserver.expect_request("/feed").respond_with_data(body, content_type="text/xml")
    monkeypatch.setattr("ingest.addresses.is_public", lambda address: address == "127.0.0.1")
    (found,) = read([f"http://127.0.0.1:{httpserver.port}/feed"])
    assert isinstance(found, Article)
    assert found.text == "A bait."
