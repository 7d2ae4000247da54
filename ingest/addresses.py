"""Which network addresses are public, and the connections that may be made: the one gate of every fetch.

Invariant: a name is resolved once, every address that it resolves to is checked, and the connection goes to one of
those very addresses. Nothing can therefore lead to a private address: no redirect, and no name that resolves
differently the second time (DNS rebinding).
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore2
import httpx2

from ingest.errors import SourceError

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_SITE_LOCAL = ipaddress.IPv6Network("fec0::/10")
_LAST_PORT = 65535


class PrivateAddress(SourceError):
    """A URL leads to an address that is not public."""


class BadAddress(SourceError):
    """A URL is none that anything could be fetched from, whatever the network."""


def checked(url: str, *, leads: str = "it is") -> httpx2.URL:
    """The address that ``url`` is; ``leads`` begins what is said of one that is none.

    Raises:
        BadAddress: where nothing can be fetched from it.
    """
    try:
        address = httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError, TypeError) as error:
        raise BadAddress(f"{leads} no valid address", remedy="check the address") from error
    if address.scheme not in ("http", "https"):
        raise BadAddress(f"{leads} an address of the kind {address.scheme!r}", remedy="give an http or https address")
    if not address.host:
        raise BadAddress(f"{leads} an address without a host", remedy="check the address")
    if address.port is not None and not 0 < address.port <= _LAST_PORT:
        raise BadAddress(f"{leads} an address with a port that is none", remedy=f"give one from 1 to {_LAST_PORT}")
    if address.userinfo:
        raise BadAddress(f"{leads} an address with a user name in it", remedy="leave out what is before the @")
    return address.copy_with(fragment=None)


def is_public(address: str) -> bool:
    """Whether ``address`` is one of the public Internet (IANA's special-purpose registries, RFC 6890).

    An IPv6 address that carries an IPv4 address (mapped, 6to4, Teredo, NAT64) is as public as that one is.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64 or int(ip) >> 32 == 0:  # the last: IPv4-compatible, long deprecated
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip in _SITE_LOCAL:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_loopback or ip.is_unspecified)


def resolve(host: str, port: int, *, allow_private: bool) -> list[str]:
    """The addresses of ``host``.

    Raises:
        PrivateAddress: where any of them is not public and ``allow_private`` is false.
        SourceError: where the name cannot be resolved.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceError(f"the host {host!r} cannot be found", remedy="check the address and the network") from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not allow_private and not is_public(address):
            raise PrivateAddress(
                f"the host {host!r} is at the private address {address}", remedy="allow it with --allow-private"
            )
    return addresses


class GuardedBackend(httpcore2.NetworkBackend):
    """Connects to checked addresses only, and lets nothing last beyond the deadline of the fetch under way."""

    def __init__(self, *, allow_private: bool, remaining: Callable[[], float]) -> None:
        """Args:
        allow_private: whether addresses that are not public may be connected to.
        remaining: the seconds left; where there are none, every operation ends in a timeout.
        """
        self._allow_private = allow_private
        self._remaining = remaining
        self._network = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first address of ``host`` that answers."""
        failure: Exception = httpcore2.ConnectError(f"no address for {host}")
        for address in resolve(host, port, allow_private=self._allow_private):
            try:
                stream = self._network.connect_tcp(
                    address, port, _within(timeout, self._remaining()), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return TimedStream(stream, self._remaining)
        raise failure

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Refused: no URL leads to a socket of this machine."""
        raise httpcore2.ConnectError("no connection is made to a local socket")

    def sleep(self, seconds: float) -> None:
        """Wait, as the pool does between attempts."""
        time.sleep(max(0.0, min(seconds, self._remaining())))


class TimedStream(httpcore2.NetworkStream):
    """A connection of which every single operation ends by the deadline.

    A timeout for each read alone is no limit: a server that sends one byte a second never meets it.
    """

    def __init__(self, stream: httpcore2.NetworkStream, remaining: Callable[[], float]) -> None:
        """Args:
        stream: the connection.
        remaining: the seconds left.
        """
        self._stream = stream
        self._remaining = remaining

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what there is, at most ``max_bytes``."""
        return self._stream.read(max_bytes, _within(timeout, self._remaining()))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of ``buffer``."""
        self._stream.write(buffer, _within(timeout, self._remaining()))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """Go over to TLS; the certificate is checked against the name, not the address."""
        secure = self._stream.start_tls(ssl_context, server_hostname, _within(timeout, self._remaining()))
        return TimedStream(secure, self._remaining)

    def get_extra_info(self, info: str) -> Any:
        """What the connection knows of itself."""
        return self._stream.get_extra_info(info)


def _within(timeout: float | None, remaining: float) -> float:
    if remaining <= 0:
        raise httpcore2.ReadTimeout("the time for this address is used up")
    return remaining if timeout is None else min(timeout, remaining)
