"""Which names the chat answers to, and which page a request comes from.

A browser says in ``Host`` by which name it found the server, and in ``Origin`` whose page sends the request. A name
that is not the server's own is refused because a name of somebody else can be made to lead here (DNS rebinding), and
its pages would then be of the same origin as the chat.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

_AUTHORITY = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s:/?#\\@\[\]]+)(?::(\d{1,5}))?")
_ORIGIN = re.compile(r"(https?)://([^\s/?#\\@]+)", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Authority:
    """A host in the one form in which it is compared, and its port where one is named."""

    host: str
    port: int | None = None


def authority(written: str) -> Authority | None:
    """What stands in ``Host`` or between ``//`` and the path of an address; None where it is none.

    Case and a trailing dot do not count; an IPv6 address is compared as an address, and one that stands for an IPv4
    address as that.
    """
    found = _AUTHORITY.fullmatch(written.strip())
    if found is None:
        return None
    host = found[1].strip("[]").lower().removesuffix(".")
    address = as_address(host)
    if address is None and (not host or found[1].startswith("[")):
        return None
    port = int(found[2]) if found[2] else None
    if port is not None and port > 65535:
        return None
    return Authority(str(address) if address is not None else _ascii(host), port)


def as_address(written: str) -> Address | None:
    """An IP address without brackets, None where it is none."""
    try:
        address = ipaddress.ip_address(written.strip("[]").partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _ascii(host: str) -> str:
    """A name as browsers send it."""
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


@dataclass(frozen=True, slots=True)
class Hosts:
    """The names of one server.

    Attributes:
        bound: what it listens on, as it was written; of ``0.0.0.0`` and ``::`` each address counts at which a
            connection comes in.
        allowed: further names, each for every port, or with a port for that one.
    """

    bound: str
    allowed: tuple[Authority, ...] = field(default=())

    @classmethod
    def of(cls, bound: str, allowed: Iterable[str] = ()) -> Hosts:
        """From names as they are written.

        Raises:
            ValueError: for one that is no name of a host; it is the error's argument.
        """
        read = []
        for name in allowed:
            bare = f"[{name}]" if ":" in name and as_address(name) else name
            found = authority(bare)
            if found is None:
                raise ValueError(name)
            read.append(found)
        own = authority(f"[{bound}]" if ":" in bound else bound)
        return cls(own.host if own is not None else bound, tuple(read))

    def knows(self, host: Authority, came_in_at: str) -> bool:
        """Whether a host is one of the server's; ``came_in_at`` is the local address of the connection."""
        address = as_address(host.host)
        if host.host == "localhost" or (address is not None and address.is_loopback) or host.host == self.bound:
            return True
        if address is not None and address == as_address(came_in_at):
            return True  # by an address nobody can be led here who did not mean this machine
        return any(host.host == each.host and each.port in {None, host.port} for each in self.allowed)


def is_own_origin(origin: str, host: Authority, scheme: str) -> bool:
    """Whether a page of this origin is one of the server that was found at ``host``.

    Where the request came by https, so must the page have; where it came by http, a proxy may have ended the https.
    """
    found = _ORIGIN.fullmatch(origin.strip())
    page = authority(found[2]) if found is not None else None
    if found is None or page is None:
        return False
    kind = found[1].lower()
    if scheme in {"https", "wss"} and kind != "https":
        return False
    usual = _PORTS[kind]
    return page.host == host.host and (page.port or usual) == (host.port or usual)
