"""A proxy is believed where it is named, and nobody else is."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.web.security.proxies import Proxies


def seen(proxies: Proxies, client: str, *forwarded_for: str, **headers: str) -> dict[str, Any]:
    raw = [(b"x-forwarded-for", line.encode()) for line in forwarded_for]
    raw += [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return dict(proxies.seen_through({"type": "http", "scheme": "http", "client": (client, 1), "headers": raw}))


@pytest.mark.parametrize(
    ("client", "forwarded_for", "address"),
    [
        ("127.0.0.1", ["192.0.2.1"], "127.0.0.1"),
        ("10.0.0.7", ["192.0.2.1"], "192.0.2.1"),
        ("10.0.0.7", ["198.51.100.9, 192.0.2.1"], "192.0.2.1"),  # the first was written by the sender
        ("10.0.0.7", ["198.51.100.9", "192.0.2.1, 10.0.0.8"], "192.0.2.1"),
        ("::ffff:10.0.0.7", ["[2001:db8::1]:443"], "2001:db8::1"),
        ("10.0.0.7", ["192.0.2.1, nonsense"], "10.0.0.7"),
        ("10.0.0.7", [], "10.0.0.7"),
    ],
)
def test_the_address_is_the_last_that_no_named_proxy_has(client: str, forwarded_for: list[str], address: str) -> None:
    assert seen(Proxies.of(["10.0.0.0/8"]), client, *forwarded_for)["client"][0] == address


def test_that_https_was_ended_is_believed_and_the_headers_are_gone() -> None:
    scope = seen(Proxies(), "127.0.0.1", "192.0.2.1", x_forwarded_proto="https", x_forwarded_host="evil.example", a="b")
    assert scope["scheme"] == "https"
    assert scope["headers"] == [(b"a", b"b")]


def test_what_is_no_address_cannot_be_trusted() -> None:
    with pytest.raises(ValueError, match="everybody"):
        Proxies.of(["everybody"])
