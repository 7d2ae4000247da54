"""Which hosts are the server's own, and which origins."""

from __future__ import annotations

import pytest

from assistant.web.security.hosts import Hosts, authority, is_own_origin


def knows(written: str, hosts: Hosts, came_in_at: str = "127.0.0.1") -> bool:
    host = authority(written)
    return host is not None and hosts.knows(host, came_in_at)


@pytest.mark.parametrize(
    "host",
    ["localhost", "LocalHost:7860", "localhost.", "127.0.0.1:9", "127.8.9.1", "[::1]:7860", "[::ffff:127.0.0.1]"],
)
def test_loopback_is_always_known_whatever_the_port(host: str) -> None:
    assert knows(host, Hosts.of("127.0.0.1"))
    assert knows(host, Hosts.of("news.example"))


@pytest.mark.parametrize(
    "host",
    [
        *(
            "evil.example",
            "localhost.evil.example",
            "evil-localhost",
            "127.0.0.1.evil.example",
            "192.0.2.7",
            "[2001:db8::1]",
        ),
        *("", "localhost:99999", "localhost:x", "local host", "a@localhost", "localhost/", "::1", "[localhost]"),
    ],
)
def test_no_other_host_is_known_and_none_that_is_no_host(host: str) -> None:
    assert not knows(host, Hosts.of("127.0.0.1", ["news.example"]))


def test_the_bound_host_and_the_allowed_ones_are_known_in_whatever_form() -> None:
    hosts = Hosts.of("intranet", ["News.Example.", "other.example:8443", "2001:db8::5", "bücher.example"])
    for host in ("intranet:80", "news.example", "NEWS.EXAMPLE.:443", "other.example:8443", "[2001:db8:0::5]:1"):
        assert knows(host, hosts)
    assert knows("xn--bcher-kva.example", hosts)
    assert not knows("other.example", hosts)


def test_of_all_addresses_that_is_known_at_which_the_connection_came_in() -> None:
    hosts = Hosts.of("0.0.0.0")
    assert knows("192.0.2.7:7860", hosts, "192.0.2.7")
    assert knows("192.0.2.7", hosts, "::ffff:192.0.2.7")
    assert knows("0.0.0.0:7860", hosts)
    assert not knows("192.0.2.8:7860", hosts, "192.0.2.7")
    assert not knows("evil.example", hosts, "192.0.2.7")


def test_what_is_no_name_cannot_be_allowed() -> None:
    with pytest.raises(ValueError, match=r"http://news\.example"):
        Hosts.of("127.0.0.1", ["http://news.example"])


@pytest.mark.parametrize(
    ("origin", "host", "scheme", "own"),
    [
        ("http://news.example", "news.example", "http", True),
        ("https://News.Example:443", "news.example", "http", True),
        ("https://news.example", "news.example:443", "https", True),
        ("http://[::1]:7860", "[0::1]:7860", "http", True),
        ("http://news.example", "news.example", "https", False),
        ("http://localhost:9097", "localhost:7862", "http", False),
        ("http://localhost:7860", "127.0.0.1:7860", "http", False),
        ("http://blog.example", "news.example", "http", False),
        ("null", "news.example", "http", False),
        ("", "news.example", "http", False),
        ("file://", "news.example", "http", False),
        ("http://news.example@evil.example", "news.example", "http", False),
    ],
)
def test_an_origin_is_own_where_host_and_port_are_and_https_is_not_lost(
    origin: str, host: str, scheme: str, own: bool
) -> None:
    found = authority(host)
    assert found is not None
    assert is_own_origin(origin, found, scheme) is own
