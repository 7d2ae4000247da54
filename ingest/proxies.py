"""Which proxy a page is fetched through: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, as other programs read them.

Invariant: through a proxy as without one, a page whose host is private is not fetched unless that is allowed. The
proxy resolves the name itself; therefore the name is resolved here first, and refused where it leads to a private
address or is one that only a private network has. A name that only the proxy can resolve passes: in networks that
need a proxy often no outside name can be resolved here, so that to refuse them would be to fetch nothing. What such a
name leads to is then for the proxy to guard; README says so.
"""

from __future__ import annotations

import ipaddress
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote

import httpcore2
import httpx2

from ingest.addresses import GuardedBackend, PrivateAddress, resolve
from ingest.errors import SourceError

#: Endings of names that no public host has (RFC 6761, RFC 6762, RFC 8375, and .internal as ICANN reserves it).
_PRIVATE = (".localhost", ".local", ".internal", ".home.arpa", ".lan", ".intranet", ".corp", ".home", ".private")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """A proxy. ``name`` is its address without a password, to be shown; ``auth`` its user and password."""

    name: str
    url: httpcore2.URL
    auth: tuple[str, str] | None = field(default=None, repr=False)


class Connections:
    """The connections of one fetcher: direct ones, and those by way of the proxies that the environment names."""

    def __init__(self, *, allow_private: bool, remaining: Callable[[], float]) -> None:
        """Args:
        allow_private: whether addresses that are not public may be read.
        remaining: the seconds left for the fetch under way.
        """
        self._allow_private = allow_private
        self._remaining = remaining
        self._pools: dict[str, httpcore2.ConnectionPool] = {}

    def to(self, address: httpx2.URL) -> httpcore2.ConnectionPool:
        """The connections that lead to ``address``.

        Raises:
            PrivateAddress: where a proxy would be asked for a private host and that is not allowed.
            SourceError: where the environment names no usable proxy.
        """
        proxy = proxy_for(address)
        key = proxy.name if proxy is not None else ""
        if proxy is not None:
            port = address.port or (443 if address.scheme == "https" else 80)
            check_host(address.host, port, allow_private=self._allow_private)
        if key not in self._pools:
            # The proxy itself may be at a private address: the user named it, no page did.
            allowed = self._allow_private or proxy is not None
            backend = GuardedBackend(allow_private=allowed, remaining=self._remaining)
            self._pools[key] = (
                httpcore2.ConnectionPool(network_backend=backend, max_connections=4, keepalive_expiry=10.0)
                if proxy is None
                else httpcore2.HTTPProxy(
                    proxy.url,
                    proxy_auth=proxy.auth,
                    network_backend=backend,
                    max_connections=4,
                    keepalive_expiry=10.0,
                )
            )
        return self._pools[key]

    def close(self) -> None:
        """Close them all."""
        for pool in self._pools.values():
            pool.close()


def proxy_for(address: httpx2.URL) -> Proxy | None:
    """The proxy that the environment names for ``address``; None where the connection is to be direct.

    Raises:
        SourceError: where what it names is no HTTP proxy.
    """
    if address.host in ("localhost", "127.0.0.1", "::1") or urllib.request.proxy_bypass(address.host):
        return None
    named = urllib.request.getproxies_environment()
    value = named.get(address.scheme) or named.get("all")
    return _proxy(value) if value else None


def check_host(host: str, port: int, *, allow_private: bool) -> None:
    """Refuse a host that is private, as far as can be known here, before a proxy is asked for it.

    Raises:
        PrivateAddress: where it is.
    """
    if allow_private:
        return
    name = host.rstrip(".").lower()
    try:
        ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        if "." not in name or name.endswith(_PRIVATE):
            raise PrivateAddress(
                f"the host {host!r} is of a private network", remedy="allow it with --allow-private"
            ) from None
    try:
        resolve(host, port, allow_private=False)
    except PrivateAddress:
        raise
    except SourceError:
        return  # a network whose names only the proxy can resolve


def proxies_in_words() -> str:
    """What the environment names, without passwords.

    Raises:
        SourceError: where what it names is no HTTP proxy.
    """
    named = urllib.request.getproxies_environment()
    schemes = [scheme for scheme in ("http", "https", "all") if named.get(scheme)]
    parts = [f"{scheme} by way of {_proxy(named[scheme]).name}" for scheme in schemes]
    if not parts:
        return "none: pages are fetched directly"
    return ", ".join(parts) + (f"; not for {named['no']}" if named.get("no") else "")


def _proxy(value: str) -> Proxy:
    try:
        url = httpx2.URL(value if "://" in value else f"http://{value}")
        port = url.port or (443 if url.scheme == "https" else 80)
    except (httpx2.InvalidURL, ValueError):
        raise SourceError("the proxy that the environment names has no valid address", remedy="correct it") from None
    if url.scheme not in ("http", "https") or not url.host:
        remedy = "name an HTTP proxy in HTTP_PROXY and HTTPS_PROXY, or none"
        raise SourceError(f"a proxy of the kind {url.scheme!r} is not supported", remedy=remedy)
    user, _, password = url.userinfo.decode("latin-1").partition(":")
    return Proxy(
        name=f"{url.scheme}://{url.host}:{port}",
        url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=port, target=b"/"),
        auth=(unquote(user), unquote(password)) if user else None,
    )
