"""Fetching: what comes comes whole, and whatever a server does, it ends soon and with a reason."""

from __future__ import annotations

import gzip
import re
import socket
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import pytest
from misbehaving_server import drip, head, misbehaving
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from ingest import SourceError
from ingest.fetch import Fetcher, Limits, RobotsRefused, StatusError

QUICK = Limits(max_bytes=100_000, seconds=1.0, connect_seconds=0.5, read_seconds=0.4, wait_seconds=1.5, delay=0.3)


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(allow_private=True, limits=QUICK) as fetcher:
        yield fetcher


def test_a_page_comes_with_its_type_and_charset(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    httpserver.expect_request("/a").respond_with_data("Талки", content_type="Text/HTML; charset=UTF-8")
    fetched = fetcher.fetch(httpserver.url_for("/a") + "#part")
    assert (fetched.media_type, fetched.charset) == ("text/html", "utf-8")
    assert fetched.body.decode() == "Талки"
    assert fetched.url == httpserver.url_for("/a")


def test_the_program_says_who_it_is_and_sends_no_cookies(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    def answer(request: Request) -> Response:
        assert request.headers["User-Agent"].startswith("news-assistant ")
        assert "Cookie" not in request.headers
        return Response("words", headers={"Set-Cookie": "a=b"})

    httpserver.expect_request("/a").respond_with_handler(answer)
    for _ in range(2):
        assert fetcher.fetch(httpserver.url_for("/a")).body == b"words"
    httpserver.check_assertions()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_and_its_end_named(httpserver: HTTPServer, fetcher: Fetcher, status: int) -> None:
    httpserver.expect_request("/a").respond_with_data(status=status, headers={"Location": "b/../c?x=1"})
    httpserver.expect_request("/c").respond_with_data("words")
    assert fetcher.fetch(httpserver.url_for("/a")).url == httpserver.url_for("/c?x=1")


def test_a_redirect_in_a_circle_is_named_as_such(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    httpserver.expect_request("/a").respond_with_data(status=302, headers={"Location": "/b"})
    httpserver.expect_request("/b").respond_with_data(status=302, headers={"Location": "/a"})
    with pytest.raises(SourceError, match="circle"):
        fetcher.fetch(httpserver.url_for("/a"))


def test_a_redirect_that_never_ends_is_given_up(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    def onward(request: Request) -> Response:
        return Response(status=302, headers={"Location": f"/{int(request.path[1:]) + 1}"})

    httpserver.expect_request(re.compile("/[0-9]+")).respond_with_handler(onward)
    with pytest.raises(SourceError, match="more than 10 times"):
        fetcher.fetch(httpserver.url_for("/1"))


@pytest.mark.parametrize(
    "location", ["ftp://a.example/b", "file:///etc/passwd", "http://user:secret@127.0.0.1/", "http://[::1", "https://"]
)
def test_a_redirect_to_no_usable_address_is_refused(fetcher: Fetcher, location: str) -> None:
    answer = head(f"Location: {location}", "Content-Length: 0", status="302 Found")
    with misbehaving(lambda c: c.sendall(answer)) as url, pytest.raises(SourceError, match="redirects to") as caught:
        fetcher.fetch(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://a.example/b", "'ftp'"),
        ("file:///etc/passwd", "'file'"),
        ("http://user:secret@a.example/", "user name"),
        ("http://", "without a host"),
        ("http://[::1", "no valid address"),
        ("http://a b/", "valid|found"),
        ("http://exa mple.invalid/", "valid|found"),
        ("http://nowhere.invalid/", "cannot be found"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_with_the_reason(fetcher: Fetcher, url: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason) as caught:
        fetcher.fetch(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "404 Not Found"), (403, "403 Forbidden"), (410, "410"), (500, "500"), (204, "204"), (999, "999")],
)
def test_a_status_that_is_no_success_is_named(
    httpserver: HTTPServer, fetcher: Fetcher, status: int, words: str
) -> None:
    httpserver.expect_request("/a").respond_with_data("no", status=status)
    with pytest.raises(StatusError, match=words):
        fetcher.fetch(httpserver.url_for("/a"))


def test_a_busy_server_is_asked_once_more_when_it_says(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    httpserver.expect_ordered_request("/a").respond_with_data(status=429, headers={"Retry-After": "1"})
    httpserver.expect_ordered_request("/a").respond_with_data("words")
    start = time.monotonic()
    assert fetcher.fetch(httpserver.url_for("/a")).body == b"words"
    assert 1.0 <= time.monotonic() - start < 3.0


def test_a_server_that_stays_busy_is_asked_no_third_time(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    httpserver.expect_request("/a").respond_with_data(status=503, headers={"Retry-After": "0"})
    with pytest.raises(StatusError, match="503"):
        fetcher.fetch(httpserver.url_for("/a"))
    assert len(httpserver.log) == 2


def test_a_server_that_asks_for_a_long_wait_is_left_alone(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    httpserver.expect_request("/a").respond_with_data(status=503, headers={"Retry-After": "3600"})
    with pytest.raises(SourceError, match="3600 s"):
        fetcher.fetch(httpserver.url_for("/a"))
    assert len(httpserver.log) == 1


def test_a_page_that_says_it_is_too_large_is_not_fetched(fetcher: Fetcher) -> None:
    with (
        misbehaving(lambda c: c.sendall(head("Content-Length: 200000000") + b"x")) as url,
        pytest.raises(SourceError, match="limit"),
    ):
        fetcher.fetch(url)


def test_an_endless_page_is_given_up_at_the_limit(fetcher: Fetcher) -> None:
    def endless(connection: socket.socket) -> None:
        drip(connection, head("Content-Type: text/html"), b"x" * 20_000, every=0.0)

    with misbehaving(endless) as url, pytest.raises(SourceError, match="limit"):
        fetcher.fetch(url)


def stall(connection: socket.socket) -> None:
    time.sleep(0.8)


def drip_head(connection: socket.socket) -> None:
    drip(connection, b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", seconds=2.5)


def drip_body(connection: socket.socket) -> None:
    drip(connection, head("Content-Type: text/html"), b"x", seconds=2.5)


@pytest.mark.parametrize(
    ("handler", "reason"),
    [(stall, "does not answer"), (drip_head, "takes too long"), (drip_body, "takes too long")],
    ids=["it stalls", "it drips its head", "it drips its body"],
)
def test_a_slow_server_is_given_up_in_time(
    fetcher: Fetcher, handler: Callable[[socket.socket], None], reason: str
) -> None:
    with misbehaving(handler) as url:
        start = time.monotonic()
        with pytest.raises(SourceError, match=reason):
            fetcher.fetch(url)
        assert time.monotonic() - start < 1.4


def test_the_time_for_the_whole_ends_a_single_wait_too() -> None:
    patient = Limits(seconds=0.3, read_seconds=30.0)
    with misbehaving(stall) as url, Fetcher(allow_private=True, limits=patient) as fetcher:
        start = time.monotonic()
        with pytest.raises(SourceError, match="takes too long"):
            fetcher.fetch(url)
        assert time.monotonic() - start < 0.7


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"no http at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n",
        head("Content-Length: 100") + b"short",
        head("Transfer-Encoding: chunked") + b"ffff\r\nshort",
        head("Content-Encoding: gzip") + b"no gzip",
        head("Content-Encoding: gzip") + gzip.compress(b"words" * 1000, mtime=0)[:40],
        head("Content-Encoding: br") + b"x",
        b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 500_000,
    ],
    ids=[
        "nothing",
        "no HTTP",
        "half a head",
        "short body",
        "short chunk",
        "no gzip",
        "half a gzip",
        "brotli",
        "long head",
    ],
)
def test_a_broken_answer_ends_with_a_reason(fetcher: Fetcher, answer: bytes) -> None:
    with misbehaving(lambda connection: connection.sendall(answer)) as url, pytest.raises(SourceError) as caught:
        fetcher.fetch(url)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(b"words", mtime=0)),  # the time would be part of the test's name
        ("deflate", zlib.compress(b"words")),
        ("deflate", zlib.compress(b"words")[2:-4]),
    ],
)
def test_a_compressed_page_is_unpacked(httpserver: HTTPServer, fetcher: Fetcher, encoding: str, body: bytes) -> None:
    httpserver.expect_request("/a").respond_with_data(body, headers={"Content-Encoding": encoding})
    assert fetcher.fetch(httpserver.url_for("/a")).body == b"words"


def test_a_compressed_page_that_expands_without_bound_is_given_up(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert len(bomb) < QUICK.max_bytes
    httpserver.expect_request("/a").respond_with_data(bomb, headers={"Content-Encoding": "gzip"})
    tracemalloc.start()
    try:
        with pytest.raises(SourceError, match="limit"):
            fetcher.fetch(httpserver.url_for("/a"))
        # Half of what it would come to; the test's own server may take 10 MB for its buffer.
        assert tracemalloc.get_traced_memory()[1] < 25_000_000
    finally:
        tracemalloc.stop()


def test_a_picture_is_refused_by_its_type(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    httpserver.expect_request("/a").respond_with_data(b"x", content_type="image/png")
    with pytest.raises(SourceError, match="image/png"):
        fetcher.fetch(httpserver.url_for("/a"))


def test_a_server_that_is_not_there_is_named_as_such(fetcher: Fetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(SourceError, match="connection failed"):
        fetcher.fetch(f"http://127.0.0.1:{port}/")


def test_pages_that_a_feed_leads_to_are_fetched_with_a_pause(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/a").respond_with_data("words")
    start = time.monotonic()
    for _ in range(3):
        fetcher.follow(httpserver.url_for("/a"))
    assert time.monotonic() - start >= 2 * QUICK.delay
    assert sum(request.path == "/robots.txt" for request, _ in httpserver.log) == 1


def test_robots_txt_keeps_the_followed_pages_out_but_not_what_the_user_names(
    httpserver: HTTPServer, fetcher: Fetcher
) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /private")
    httpserver.expect_request("/private/a").respond_with_data("words")
    with pytest.raises(RobotsRefused):
        fetcher.follow(httpserver.url_for("/private/a"))
    assert fetcher.fetch(httpserver.url_for("/private/a")).body == b"words"


def test_a_robots_txt_that_cannot_be_read_forbids_all(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("", status=500)
    with pytest.raises(RobotsRefused):
        fetcher.follow(httpserver.url_for("/a"))
