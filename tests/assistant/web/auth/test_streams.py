"""A stream ends with the login that it was opened in; where requests come from is nobody's to choose."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from requests_by_hand import Answered, send
from stores import WordEncoder

from assistant.pipeline.assistant import Assistant
from assistant.web.auth.sessions import PAIR_LIMIT
from assistant.web.auth.users import add_user, remove_user
from vectorstore.store import Store

PASSWORD = "correct horse"


@dataclass(frozen=True, slots=True)
class Served:
    """A chat with a login, by itself and as behind a proxy on this machine."""

    url: str
    proxied: str
    users: Path


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory, served: Callable[..., str]) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("streams")
    users = folder / "users.txt"
    for name in ("ann", "bob", "eve"):
        add_user(users, name, PASSWORD)
    with Store.open(folder / "store", encoder=WordEncoder()) as store:
        addresses = [
            served(Assistant.open(store, model="extractive"), auth=users, conversations=folder / f"{n}.sqlite", **more)
            for n, more in enumerate[dict[str, Any]]([{}, {"trusted_proxies": ("127.0.0.1",)}])
        ]
        yield Served(*addresses, users)


def log_in(url: str, name: str, password: str = PASSWORD, **headers: str) -> Answered:
    form = urlencode({"username": name, "password": password})
    return send(url, "/login", "POST", form, content_type="application/x-www-form-urlencoded", **headers)


def stream(url: str, path: str, cookie: str) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    connection.request("GET", path, headers={"cookie": cookie})
    return connection, connection.getresponse()


@pytest.mark.parametrize("ends", ["removed", "leaves", "another password"])
def test_a_stream_ends_with_its_login(ends: str, chat: Served) -> None:
    name = "bob"
    add_user(chat.users, name, PASSWORD)
    cookie = log_in(chat.url, name).headers["set-cookie"].split(";")[0]
    connection, answer = stream(chat.url, f"/gradio_api/heartbeat/of-{ends.partition(' ')[0]}", cookie)
    try:
        assert answer.status == 200
        assert answer.readline() == b"data: ALIVE\n"
        if ends == "removed":
            remove_user(chat.users, name)
        elif ends == "leaves":
            assert send(chat.url, "/logout", "POST", cookie=cookie).status == 303
        else:
            add_user(chat.users, name, "battery staple")
        answer.read()  # to the end, which would not come
    finally:
        connection.close()


def test_whoever_invents_addresses_does_not_escape_the_limit(chat: Served) -> None:
    statuses = [log_in(chat.url, "eve", "guess", x_forwarded_for=f"192.0.2.{n}").status for n in range(PAIR_LIMIT + 1)]
    assert statuses == [401] * PAIR_LIMIT + [429]
    assert log_in(chat.url, "ann").status == 200  # and nobody else is kept out


def test_behind_a_proxy_that_is_named_each_address_has_its_own_limit(chat: Served) -> None:
    def tried(address: str) -> int:
        return log_in(chat.proxied, "eve", "guess", x_forwarded_for=f"198.51.100.1, {address}").status

    assert [tried("192.0.2.1") for _ in range(PAIR_LIMIT + 1)][-1] == 429
    assert tried("192.0.2.2") == 401


def test_a_form_of_the_page_to_log_in_says_which_page_it_stands_on(chat: Served) -> None:
    page = send(chat.url, "/login", accept="text/html")
    assert page.headers["referrer-policy"] == "same-origin"
    assert log_in(chat.url, "ann", origin=chat.url).status == 200
    assert log_in(chat.url, "ann", origin="http://evil.example").status == 403
    assert log_in(chat.url, "ann", origin="null").status == 403
