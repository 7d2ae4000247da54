"""URL -> bytes: bounded in size, time and redirects, polite, and never from a private address unless that is allowed.

Invariants:

* Every connection goes through :class:`~ingest.proxies.Connections`, whatever led to it, and so past its guard.
* The whole of one fetch, redirects included, ends within ``Limits.seconds``, waiting for a busy server aside; a body
  is given up at ``Limits.max_bytes``, counted after decompression.
* No cookies, no credentials, and no request that the caller did not ask for, but for robots.txt and one
  repetition where a server says "later".
"""

from __future__ import annotations

import email.message
import email.utils
import re
import time
import urllib.robotparser
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from types import TracebackType

import httpcore2
import httpx2

from ingest.addresses import checked
from ingest.errors import SourceError
from ingest.proxies import Connections
from ingest.readers.registry import refused_type

#: How robots.txt and servers' logs know this program.
AGENT = "news-assistant"

_HEADERS: dict[bytes | str, bytes | str] = {
    "User-Agent": f"{AGENT} (reads the pages and feeds that its user names, one at a time)",
    "Accept": "text/html, application/xhtml+xml, application/pdf, application/rss+xml, application/atom+xml, */*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LATER = frozenset({429, 503})
_REMEDIES = {
    401: "save the page in a browser and give the file",
    402: "save the page in a browser and give the file",
    403: "save the page in a browser and give the file",
    404: "check the address",
    410: "check the address",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one fetch may use. ``delay`` is the least time between two pages that a feed leads to on one host."""

    max_bytes: int = 50_000_000
    seconds: float = 60.0
    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    redirects: int = 10
    wait_seconds: float = 30.0
    delay: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a server sent. ``url`` is the last address of the redirects; ``media_type`` is in lower case, or "";
    ``charset`` is the encoding that the server named, or None.
    """

    url: str
    body: bytes
    media_type: str
    charset: str | None


class StatusError(SourceError):
    """The server answered with a status that is no success."""

    def __init__(self, status: int, retry_after: str = "") -> None:
        self.status = status
        self.retry_after = retry_after
        try:
            name = HTTPStatus(status).phrase
        except ValueError:
            name = ""
        remedy = _REMEDIES.get(status, "try again later" if status in _LATER or status >= 500 else "check the address")
        super().__init__(f"the server answered {status} {name}".rstrip(), remedy=remedy)


class RobotsRefused(SourceError):
    """The site's robots.txt asks programs not to read this page."""


class _Robots(urllib.robotparser.RobotFileParser):
    """robots.txt; ``disallow_all`` is an attribute that the standard library's documentation leaves out."""

    disallow_all: bool


class Fetcher:
    """Fetches URLs one at a time; a context manager that closes its connections."""

    def __init__(self, *, allow_private: bool = False, limits: Limits | None = None) -> None:
        """Args:
        allow_private: whether addresses that are not public may be read.
        limits: what one fetch may use.
        """
        self._limits = limits or Limits()
        self._deadline = 0.0
        self._connections = Connections(
            allow_private=allow_private, remaining=lambda: self._deadline - time.monotonic()
        )
        self._robots: dict[str, _Robots] = {}
        self._last: dict[str, float] = {}

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connections.close()

    def fetch(self, url: str) -> Fetched:
        """Fetch what the user named.

        Raises:
            SourceError: where it cannot be had; the message says why, without the URL.
        """
        return self._fetch(url, self._limits.seconds)

    def follow(self, url: str) -> Fetched:
        """Fetch a page that a feed leads to: as robots.txt allows, and with a pause between pages of one host.

        Raises:
            SourceError: where it cannot be had; :class:`RobotsRefused` where robots.txt asks to leave it alone.
        """
        address = checked(url)
        robots = self._robots_of(address)
        if not robots.can_fetch(AGENT, str(address)):
            raise RobotsRefused("the site's robots.txt asks programs to leave it alone", remedy="read it in a browser")
        pause = max(self._limits.delay, min(float(robots.crawl_delay(AGENT) or 0), self._limits.wait_seconds))
        time.sleep(max(0.0, self._last.get(address.host, 0.0) + pause - time.monotonic()))
        try:
            return self.fetch(url)
        finally:
            self._last[address.host] = time.monotonic()

    def _robots_of(self, address: httpx2.URL) -> _Robots:
        """RFC 9309: a robots.txt that does not exist allows all; one that cannot be reached, nothing."""
        at = str(address.copy_with(raw_path=b"/robots.txt", fragment=None))
        if at not in self._robots:
            parser = _Robots(at)
            try:
                body = self._fetch(at, min(10.0, self._limits.seconds)).body[:512_000]
                parser.parse(body.decode("utf-8", "replace").splitlines())
            except StatusError as error:
                parser.parse([])
                parser.disallow_all = error.status >= 500 or error.status == 429
            except SourceError:
                parser.disallow_all = True
            self._robots[at] = parser
        return self._robots[at]

    def _fetch(self, url: str, seconds: float) -> Fetched:
        try:
            return self._redirected(checked(url), seconds)
        except StatusError as error:
            if error.status not in _LATER:
                raise
            wait = _seconds_to_wait(error.retry_after)
            if wait > self._limits.wait_seconds:
                raise SourceError(f"the server asks to wait {wait:.0f} s", remedy="try again then") from error
            time.sleep(wait)
        return self._redirected(checked(url), seconds)

    def _redirected(self, address: httpx2.URL, seconds: float) -> Fetched:
        self._deadline = time.monotonic() + seconds
        visited: set[str] = set()
        for _ in range(self._limits.redirects + 1):
            visited.add(str(address))
            got = self._get(address)
            if isinstance(got, Fetched):
                return got
            address = checked(str(address.join(got)), leads="it redirects to")
            if str(address) in visited:
                raise SourceError("it redirects in a circle", remedy="check the address")
        raise SourceError(f"it redirects more than {self._limits.redirects} times", remedy="check the address")

    def _get(self, address: httpx2.URL) -> Fetched | httpx2.URL:
        """One request: what came, or where it redirects to."""
        timeouts = {"connect": self._limits.connect_seconds, "read": self._limits.read_seconds}
        target = httpcore2.URL(
            scheme=address.raw_scheme, host=address.raw_host, port=address.port, target=address.raw_path
        )
        try:
            pool = self._connections.to(address)
            with pool.stream("GET", target, headers=_HEADERS, extensions={"timeout": timeouts}) as response:
                headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
                if response.status in _REDIRECTS and headers.get("location"):
                    return _location(headers["location"])
                if response.status != 200:
                    raise StatusError(response.status, headers.get("retry-after", ""))
                media_type, charset = _content_type(headers.get("content-type", ""))
                if refused_type(media_type):
                    raise SourceError(
                        f"what the server sends is of the type {media_type!r}", remedy="give a page, a PDF or a text"
                    )
                body = self._body(response, headers)
        except httpcore2.TimeoutException as error:
            raise self._too_slow() from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.ProxyError) as error:
            reason = str(error) or type(error).__name__
            raise SourceError(
                f"the connection failed ({reason})", remedy="check the address and the network"
            ) from error
        return Fetched(url=str(address), body=body, media_type=media_type, charset=charset)

    def _body(self, response: httpcore2.Response, headers: dict[str, str]) -> bytes:
        limit = self._limits.max_bytes
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length) > limit:
            raise _too_large(limit)
        body = bytearray()
        for piece in _decoded(response, headers.get("content-encoding", "").strip().lower(), limit):
            body += piece
            if len(body) > limit:
                raise _too_large(limit)
            if time.monotonic() > self._deadline:
                raise self._too_slow()
        return bytes(body)

    def _too_slow(self) -> SourceError:
        if time.monotonic() >= self._deadline - 0.05:
            return SourceError("it takes too long; it is given up", remedy="try again, or save it and give the file")
        return SourceError("the server does not answer", remedy="try again later")


def _location(value: str) -> httpx2.URL:
    try:
        return httpx2.URL(value.encode("latin-1").decode("utf-8", "replace"))
    except (httpx2.InvalidURL, ValueError) as error:
        raise SourceError("it redirects to no valid address", remedy="check the address") from error


def _content_type(header: str) -> tuple[str, str | None]:
    message = email.message.Message()
    message["content-type"] = re.sub(r"[\r\n]", " ", header)
    charset = message.get_content_charset()
    return (message.get_content_type() if header else ""), charset


def _seconds_to_wait(header: str) -> float:
    if header.strip().isdecimal():
        return float(header)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(header).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return 2.0


def _too_large(limit: int) -> SourceError:
    return SourceError(f"it is larger than {limit / 1e6:.0f} MB, the limit for one document", remedy="split it")


def _decoded(response: httpcore2.Response, encoding: str, limit: int) -> Iterator[bytes]:
    """The body, decompressed in bounded steps: a small body may expand to any size at once."""
    if encoding in ("", "identity"):
        yield from response.iter_stream()
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise SourceError(f"the server sends it compressed as {encoding!r}", remedy="save it and give the file")
    inflate, started = zlib.decompressobj(wbits=47 if "gzip" in encoding else 15), False
    try:
        for piece in response.iter_stream():
            if not started and encoding == "deflate" and piece[:1] and piece[0] & 0x0F != 8:
                inflate = zlib.decompressobj(wbits=-15)  # servers send it without the wrapper that RFC 9110 asks for
            started = True
            yield inflate.decompress(piece, limit + 1)
            while inflate.unconsumed_tail:
                yield inflate.decompress(inflate.unconsumed_tail, limit + 1)
    except zlib.error as error:
        raise SourceError("its compression is damaged", remedy="try again later") from error
    if started and not inflate.eof:
        raise SourceError("the connection broke off in the middle of it", remedy="try again")
