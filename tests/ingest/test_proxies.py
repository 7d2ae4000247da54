"""Pages are fetched through the proxy that the environment names, and a proxy is no way round the guard."""

from __future__ import annotations

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from assistant.commands.doctor import findings
from ingest import SourceError
from ingest.addresses import PrivateAddress
from ingest.fetch import Fetcher, Limits
from ingest.proxies import proxies_in_words

QUICK = Limits(seconds=10.0, connect_seconds=5.0, read_seconds=5.0)
NAMES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def proxy(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> list[Request]:
    """A proxy that answers for every page itself; what it was asked for."""
    asked: list[Request] = []

    def answer(request: Request) -> Response:
        asked.append(request)
        if request.path == "/inward":
            return Response(status=302, headers={"Location": "http://10.1.2.3/secret"})
        return Response("words by way of the proxy")

    httpserver.expect_request("/page").respond_with_handler(answer)
    httpserver.expect_request("/inward").respond_with_handler(answer)
    monkeypatch.setenv("HTTP_PROXY", httpserver.url_for("").replace("http://", "http://me:s3cret@"))
    return asked


def test_a_page_is_fetched_through_the_proxy(proxy: list[Request]) -> None:
    with Fetcher(limits=QUICK) as fetcher:
        assert fetcher.fetch("http://news.example.invalid/page").body == b"words by way of the proxy"
    assert proxy[0].host == "news.example.invalid"
    assert proxy[0].headers["Proxy-Authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    "url",
    [
        "http://10.1.2.3/page",
        "http://169.254.169.254/page",
        "http://[fd00::1]/page",
        "http://0x7f000001/page",
        "http://wiki/page",
        "http://wiki.internal/page",
        "http://localhost/page",
        "http://127.0.0.1/page",
        "http://news.example.invalid/inward",
    ],
)
def test_a_private_host_is_not_asked_of_the_proxy(proxy: list[Request], url: str) -> None:
    with Fetcher(limits=QUICK) as fetcher, pytest.raises(PrivateAddress):
        fetcher.fetch(url)
    assert [request.path for request in proxy] == (["/inward"] if url.endswith("inward") else [])


def test_a_private_host_is_asked_of_the_proxy_where_that_is_allowed(proxy: list[Request]) -> None:
    with Fetcher(allow_private=True, limits=QUICK) as fetcher:
        assert fetcher.fetch("http://10.1.2.3/page").body == b"words by way of the proxy"


def test_hosts_that_are_excepted_and_this_machine_are_reached_directly(
    proxy: list[Request], httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")  # nobody is there
    with Fetcher(allow_private=True, limits=QUICK) as fetcher:
        assert fetcher.fetch(httpserver.url_for("/page")).body == b"words by way of the proxy"
        monkeypatch.setenv("NO_PROXY", "example.invalid")
        with pytest.raises(SourceError, match="cannot be found"):
            fetcher.fetch("http://news.example.invalid/page")


def test_a_proxy_that_is_not_there_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with Fetcher(limits=QUICK) as fetcher, pytest.raises(SourceError, match="connection failed"):
        fetcher.fetch("http://news.example.invalid/page")


def test_an_encrypted_page_is_asked_of_the_proxy_by_name(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", httpserver.url_for("/"))
    with Fetcher(limits=QUICK) as fetcher, pytest.raises(SourceError, match="connection failed"):
        fetcher.fetch("https://news.example.invalid/page")  # this one knows no CONNECT


def test_the_doctor_says_which_proxy_is_used_and_tells_no_password(
    proxy: list[Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "example.org")
    said = next(finding.text for finding in findings(None, "extractive") if finding.subject == "proxy")
    assert said.startswith(("http by way of http://localhost:", "http by way of http://127.0.0.1:"))
    assert said.endswith("; not for example.org")
    assert "s3cret" not in said
    monkeypatch.setenv("HTTP_PROXY", "socks5://127.0.0.1:9")
    with pytest.raises(SourceError, match=r"'socks5' is not supported; name an HTTP proxy"):
        proxies_in_words()
