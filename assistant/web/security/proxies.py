"""Whose word is taken on where a request comes from.

Anybody can write ``X-Forwarded-For``; a proxy that is named adds to what it was given, so that what it has added itself
stands last. Nothing in such headers is taken for the host that was asked: a proxy has to hand ``Host`` on.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from starlette.datastructures import Headers
from starlette.types import Scope

from assistant.web.security.hosts import as_address

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

#: By which proxies tell of a request, and what Gradio reads of them: gone after :meth:`Proxies.seen_through`.
FORWARDED = frozenset(
    name.encode()
    for name in (
        *("x-forwarded-for", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto", "x-forwarded-prefix"),
        *("x-forwarded-server", "forwarded", "x-real-ip", "x-gradio-server"),
    )
)


@dataclass(frozen=True, slots=True)
class Proxies:
    """The proxies that are believed."""

    networks: tuple[Network, ...] = ()

    @classmethod
    def of(cls, written: Iterable[str]) -> Proxies:
        """From addresses and networks such as ``10.0.0.0/8``.

        Raises:
            ValueError: for one that is none; it is the error's argument.
        """
        read = []
        for each in written:
            try:
                read.append(ipaddress.ip_network(each.strip("[]"), strict=False))
            except ValueError:
                raise ValueError(each) from None
        return cls(tuple(read))

    def believes(self, address: str) -> bool:
        """Whether an address is one of theirs."""
        found = as_address(address)
        return found is not None and any(found in network for network in self.networks)

    def seen_through(self, scope: Scope) -> Scope:
        """The request as its sender made it, without the headers of proxies."""
        headers = Headers(scope=scope)
        kept = [(name, value) for name, value in scope["headers"] if name.lower() not in FORWARDED]
        seen = {**scope, "headers": kept, "scheme": _scheme(scope["scheme"], headers)}
        client = scope.get("client")
        if client and self.believes(client[0]):
            hops = [hop.strip() for line in headers.getlist("x-forwarded-for") for hop in line.split(",")]
            for hop in reversed(hops):
                address = as_address(hop) or as_address(hop.rpartition(":")[0])
                if address is None:
                    break  # what stands before it was written by whoever wrote this
                seen["client"] = (str(address), 0)
                if not self.believes(str(address)):
                    break
        return seen


def _scheme(scheme: str, headers: Headers) -> str:
    """``https`` where a proxy says that it ended it. Anybody is believed that: who lies gets a cookie that only https
    sends and addresses that only https serves, and nobody else does.
    """
    told = headers.get("x-forwarded-proto", "").partition(",")[0].strip().lower()
    if told not in {"https", "wss"}:
        return scheme
    return "wss" if scheme in {"ws", "wss"} else "https"
