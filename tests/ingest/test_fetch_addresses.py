"""Private addresses: refused by number, by name, by redirect, and whatever a name resolves to the second time."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer

from ingest import SourceError
from ingest.addresses import PrivateAddress, is_public
from ingest.fetch import Fetcher, Limits

QUICK = Limits(seconds=1.0, connect_seconds=0.3, read_seconds=0.3)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd12::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "no address",
    ],
)
def test_an_address_that_is_not_of_the_public_internet_is_told(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_a_public_address_is_told(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_wrapping_a_private_address_in_ipv6_makes_it_no_more_public(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    wrapped = (
        f"::ffff:{address}",
        str(ipaddress.IPv6Address((0x64FF9B << 96) | number)),
        str(ipaddress.IPv6Address((0x2002 << 112) | (number << 80))),
    )
    if not is_public(str(address)):
        assert not any(map(is_public, wrapped))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_this_machine_is_refused_however_it_is_written(httpserver: HTTPServer, host: str) -> None:
    httpserver.expect_request("/a").respond_with_data("secret")
    with Fetcher(limits=QUICK) as fetcher, pytest.raises(SourceError) as caught:
        fetcher.fetch(f"http://{host}:{httpserver.port}/a")
    assert isinstance(caught.value, PrivateAddress) or "valid" in str(caught.value)
    assert not httpserver.log


def test_a_private_address_is_read_where_that_is_allowed(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data("words")
    with Fetcher(allow_private=True, limits=QUICK) as fetcher:
        assert fetcher.fetch(httpserver.url_for("/a")).body == b"words"


class Names:
    """A name server whose answers a test decides; it stands in for the network's, which a test cannot change."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def getaddrinfo(self, host: str, port: int, *args: Any, **options: Any) -> list[Any]:
        if host[0].isdigit():  # connecting to an address asks for it by its number
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
        self.asked.append(host)
        turns = self.answers[host.replace(".", "_")]
        addresses = turns.pop(0) if len(turns) > 1 else turns[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]


def test_a_name_is_refused_where_any_one_of_its_addresses_is_private(monkeypatch: pytest.MonkeyPatch) -> None:
    names = Names(mixed_example=[["93.184.216.34", "10.0.0.7"]])
    monkeypatch.setattr(socket, "getaddrinfo", names.getaddrinfo)
    with (
        Fetcher(limits=QUICK) as fetcher,
        pytest.raises(PrivateAddress, match=r"mixed\.example.*10\.0\.0\.7.*--allow-private"),
    ):
        fetcher.fetch("http://mixed.example/")


def test_a_name_that_turns_private_after_the_check_is_not_asked_again(
    monkeypatch: pytest.MonkeyPatch, httpserver: HTTPServer
) -> None:
    names = Names(rebinding_example=[["192.0.2.1"], ["127.0.0.1"]])
    connected: list[str] = []

    def connect(address: tuple[str, int], *args: Any, **options: Any) -> socket.socket:
        connected.append(address[0])
        raise ConnectionRefusedError("no route in a test")

    monkeypatch.setattr(socket, "getaddrinfo", names.getaddrinfo)
    monkeypatch.setattr(socket, "create_connection", connect)
    monkeypatch.setattr("ingest.addresses.is_public", lambda address: address == "192.0.2.1")
    with Fetcher(limits=QUICK) as fetcher, pytest.raises(SourceError, match="connection failed"):
        fetcher.fetch(f"http://rebinding.example:{httpserver.port}/")
    assert connected == ["192.0.2.1"], "the connection goes to the address that was checked"
    assert names.asked == ["rebinding.example"]


def test_a_redirect_from_a_public_page_to_a_private_one_is_refused(
    monkeypatch: pytest.MonkeyPatch, httpserver: HTTPServer
) -> None:
    # The test's own server passes for public under one name and stands for the private network under another.
    names = Names(public_example=[["127.0.0.1"]], inside_example=[["10.0.0.7"]])
    monkeypatch.setattr(socket, "getaddrinfo", names.getaddrinfo)
    monkeypatch.setattr("ingest.addresses.is_public", lambda address: address == "127.0.0.1")
    httpserver.expect_request("/a").respond_with_data(status=302, headers={"Location": "http://inside.example/secret"})
    with Fetcher(limits=QUICK) as fetcher, pytest.raises(PrivateAddress, match=r"inside\.example"):
        fetcher.fetch(f"http://public.example:{httpserver.port}/a")
