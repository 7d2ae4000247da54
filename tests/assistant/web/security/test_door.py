"""What reaches the chat of a real server, sent by hand: its own names, no other page's requests, no long bodies."""

from __future__ import annotations

import re
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import gradio as gr
import pytest
from requests_by_hand import file_at, send, upload
from starlette.exceptions import HTTPException
from stores import WordEncoder

from assistant.errors import UsageError
from assistant.pipeline.assistant import Assistant
from assistant.web.app import ServerOptions, serve
from assistant.web.archive.tab import Access
from ingest.article import Article
from vectorstore.store import Store

#: One of every kind: the page, this program's own, Gradio's files, what it is asked, and its streams.
ROUTES = [
    *("/", "/article?id=a", "/reader.js", "/config", "/gradio_api/info", "/gradio_api/heartbeat/x"),
    *("/gradio_api/queue/data?session_hash=x", "/gradio_api/startup-events", "/static/none", "/none", "//"),
]


@dataclass(frozen=True, slots=True)
class Served:
    """A chat over one article."""

    url: str
    store: Store

    @property
    def own(self) -> str:
        """Its own origin."""
        return self.url


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory, served: Callable[..., str]) -> Iterator[Served]:
    with Store.open(tmp_path_factory.mktemp("door") / "store", encoder=WordEncoder()) as store:
        store.add([Article.from_record({"id": "a", "text": "The storm came on Monday."})])
        assistant = Assistant.open(store, model="extractive")
        yield Served(
            served(assistant, allowed_hosts=("news.example",), access=Access(upload_limit=1)),
            store,
        )


@pytest.fixture(scope="module")
def read_only(chat: Served, served: Callable[..., str]) -> str:
    return served(Assistant.open(chat.store, model="extractive"), access=Access(read_only=True))


def join(chat: Served, **headers: str) -> int:
    """The status of a call of the function that shows the archive."""
    call = {"data": [None], "fn_index": 0, "session_hash": "s"}
    return send(chat.url, "/gradio_api/queue/join", "POST", call, **headers).status


@pytest.mark.parametrize("path", ROUTES)
def test_no_route_answers_to_a_name_that_leads_here_by_somebody_elses_doing(path: str, chat: Served) -> None:
    answer = send(chat.url, path, host="evil.example")
    assert answer.status == 403
    assert "--allowed-host" in answer.text


@pytest.mark.parametrize("path", ["queue/join", "call/ask", "upload", "cancel"])
def test_nothing_is_taken_under_such_a_name(path: str, chat: Served) -> None:
    names = {"host": "evil.example", "origin": "http://evil.example"}
    assert send(chat.url, f"/gradio_api/{path}", "POST", {}, **names).status == 403


def test_its_own_names_are_answered_to(chat: Served) -> None:
    port = urlsplit(chat.url).port
    for host in (
        f"localhost:{port}",
        f"127.0.0.1:{port}",
        f"[::1]:{port}",
        "localhost.:1",
        "News.Example",
        "news.example:443",
    ):
        assert send(chat.url, "/config", host=host).status == 200


def test_a_request_without_one_host_is_none(chat: Served) -> None:
    address = urlsplit(chat.url)
    for head in (
        "GET /config HTTP/1.0\r\n\r\n",
        "GET /config HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
    ):
        with socket.create_connection((address.hostname, address.port), timeout=60) as connection:
            connection.sendall(head.encode())
            assert re.match(rb"HTTP/1\.\d 400 ", connection.recv(100))


def test_a_websocket_is_no_way_past_the_door(chat: Served) -> None:
    upgrade = {"connection": "Upgrade", "upgrade": "websocket", "sec-websocket-version": "13"}
    upgrade["sec-websocket-key"] = "dGhlIHNhbXBsZSBub25jZQ=="
    for given in ({"host": "evil.example"}, {"origin": "http://evil.example"}):
        assert send(chat.url, "/gradio_api/queue/data", **upgrade, **given).status == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:9", "https://127.0.0.1"])
def test_another_origin_gets_nothing_and_does_nothing(origin: str, chat: Served) -> None:
    for path in ROUTES:
        answer = send(chat.url, path, origin=origin)
        assert answer.status == 403
        assert not [name for name in answer.headers if name.startswith("access-control-")]
    assert join(chat, origin=origin) == 403
    preflight = send(chat.url, "/gradio_api/queue/join", "OPTIONS", origin=origin, access_control_request_method="POST")
    assert preflight.status == 403
    assert upload(chat.url, b"x", origin=origin).status == 403


def test_its_own_origin_and_a_program_without_one_are_served_and_told_nothing_for_others(chat: Served) -> None:
    for headers in ({}, {"origin": chat.own}, {"origin": "https://news.example", "host": "news.example"}):
        answer = send(chat.url, "/config", **headers)
        assert answer.status == 200
        assert not [name for name in answer.headers if name.startswith("access-control-")]
        assert join(chat, **headers) == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_browser_that_says_that_another_site_sends_it_is_believed(site: str, chat: Served) -> None:
    assert join(chat, sec_fetch_site=site) == 403
    assert send(chat.url, "/article?id=a", sec_fetch_site=site).status == 200  # a link
    for own in ("same-origin", "none"):
        assert join(chat, sec_fetch_site=own) == 200


def test_a_forwarded_host_changes_nothing(chat: Served) -> None:
    assert send(chat.url, "/config", host="evil.example", x_forwarded_host="localhost").status == 403
    page = send(chat.url, "/config", x_forwarded_host="evil.example", x_gradio_server="http://evil.example").text
    assert "evil.example" not in page
    assert '"root":"https://127.0.0.1' in send(chat.url, "/config", x_forwarded_proto="https").text


def test_a_body_has_a_limit_whether_it_says_its_length_or_not(chat: Served) -> None:
    long = b'{"data": ["' + b"x" * 1_100_000 + b'"]}'
    for path in ("/gradio_api/call/ask", "/gradio_api/none", "/article"):
        assert send(chat.url, path, "POST", long, content_type="application/json").status == 413
    address = urlsplit(chat.url)
    head = f"POST /gradio_api/call/ask HTTP/1.1\r\nHost: localhost:{address.port}\r\ntransfer-encoding: chunked\r\n\r\n"
    with socket.create_connection((address.hostname, address.port), timeout=60) as connection:
        connection.sendall(head.encode())
        for _ in range(11):
            connection.sendall(b"186a0\r\n" + b"x" * 100_000 + b"\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("queue/join", {"data": [], "fn_index": 9999, "session_hash": "b"}, 404),
        ("queue/join", {"data": [], "fn_index": -1, "session_hash": "b"}, 404),
        ("queue/join", {"data": [], "fn_index": "0", "session_hash": "b"}, 404),
        ("queue/join", {"data": [], "fn_index": 0, "session_hash": "b"}, 422),
        ("queue/join", {"data": [None]}, 400),
        ("queue/join", [], 422),
        ("queue/join", "{", 422),
        ("queue/join", "[" * 100_000, 422),
        ("call/ask", {}, 422),
        ("call/ask", {"data": []}, 422),
        ("call/none", {"data": []}, 404),
        ("call/v2/ask", {}, 422),
        ("call/v2/ask", {"question": "x", "other": 1}, 422),
        ("call/v2/none", {}, 404),
        ("run/ask", {"data": ["x", "", "", "", None, ""], "fn_index": 77}, 404),
        ("run/none", {"data": []}, 404),
        ("api/ask", {"data": [], "fn_index": 77}, 404),
        ("cancel", {}, 422),
        ("component_server", {"data": 1, "component_id": 99999, "session_hash": "b", "fn_name": "x"}, 404),
        ("process_recording", {}, 404),
        ("vibe-edit", {"prompt": "x"}, 404),
        ("upload", {}, 400),
    ],
)
def test_a_call_that_cannot_be_answered_is_said_so_without_a_traceback(
    path: str, body: Any, status: int, chat: Served, capfd: pytest.CaptureFixture[str]
) -> None:
    assert send(chat.url, f"/gradio_api/{path}", "POST", body, content_type="application/json").status == status
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize(
    "path",
    [
        *("/pwa_icon/64", "/pwa_icon/x", "/monitoring", "/monitoring/summary", "/login", "/custom_component/a/b/c/d"),
        *(
            "/gradio_api/queue/data?session_hash=nobody",
            "/gradio_api/call/ask/none",
            "/gradio_api/deep_link?session_hash=a",
        ),
        *(
            "/gradio_api/file=/etc/hostname",
            "/gradio_api/file=http://127.0.0.1:9/",
            "/gradio_api/proxy=http://127.0.0.1:9/",
        ),
        *("/gradio_api/stream/a/0/0/playlist.m3u8", "/gradio_api/runs", "/static/../../x", "/assets/x%00y", "/%ff"),
    ],
)
def test_a_route_that_is_none_is_said_so_without_a_traceback(
    path: str, chat: Served, capfd: pytest.CaptureFixture[str]
) -> None:
    assert 400 <= send(chat.url, path).status < 500
    assert "Traceback" not in capfd.readouterr().err


def test_a_session_belongs_to_the_browser_that_began_it(chat: Served) -> None:
    ann, bob = (send(chat.url, "/").headers["set-cookie"].split(";")[0] for _ in range(2))
    call = {"data": [None], "fn_index": 0, "session_hash": "of-ann"}
    assert send(chat.url, "/gradio_api/queue/join", "POST", call, cookie=ann).status == 200
    for other in ({"cookie": bob}, {}):
        assert send(chat.url, "/gradio_api/queue/join", "POST", call, **other).status == 403
        for path in ("queue/data?session_hash=of-ann", "heartbeat/of-ann"):
            assert send(chat.url, f"/gradio_api/{path}", **other).status == 403
        cancel = {"session_hash": "of-ann", "fn_index": 0, "event_id": "x"}
        assert send(chat.url, "/gradio_api/cancel", "POST", cancel, **other).status == 403


def test_only_who_uploaded_a_file_can_name_it_and_it_is_for_the_owners_eyes_alone(chat: Served) -> None:
    ann, bob = (send(chat.url, "/").headers["set-cookie"].split(";")[0] for _ in range(2))
    answer = upload(chat.url, b"The storm came.", cookie=ann)
    assert answer.status == 200
    (path,) = re.findall(r'"(/[^"]+)"', answer.text)
    assert Path(path).stat().st_mode & 0o077 == 0 or Path(path).parents[1].stat().st_mode & 0o077 == 0
    assert send(chat.url, f"/gradio_api/file={path}", cookie=ann).text == "The storm came."
    assert send(chat.url, f"/gradio_api/file={path}", cookie=bob).status == 403
    call = {"data": ["x", "", "", "", [file_at(path)], ""]}
    assert send(chat.url, "/gradio_api/call/ask", "POST", call, cookie=bob).status == 403
    assert send(chat.url, "/gradio_api/call/ask", "POST", call, cookie=ann).status == 200


def test_uploads_have_a_quota_and_what_broke_off_is_removed(chat: Served) -> None:
    ann = send(chat.url, "/").headers["set-cookie"].split(";")[0]
    answers = [upload(chat.url, bytes([i]) * 990_000, f"{i}.txt", cookie=ann) for i in range(11)]
    assert [answer.status for answer in answers] == [200] * 10 + [413]
    (path,) = re.findall(r'"(/[^"]+)"', answers[0].text)
    lying = [each for each in Path(path).parents[1].iterdir() if each.is_file() and each.name != "in-use"]
    assert lying == []
    Path(path).unlink()
    assert upload(chat.url, b"x" * 900_000, cookie=ann).status == 200


def test_nothing_is_uploaded_to_a_read_only_archive(read_only: str) -> None:
    assert upload(read_only, b"x").status == 413


@pytest.fixture(scope="module")
def connections() -> Iterator[list[tuple[str, object]]]:
    """Every connection that this process makes and every name that it looks up, from the first test that asks on."""
    made: list[tuple[str, object]] = []
    watching = True

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if watching and event == "socket.connect":
            made.append((event, arguments[1]))
        elif watching and event == "socket.getaddrinfo":
            made.append((event, arguments[0]))

    sys.addaudithook(hook)  # for good: there is no way to take one away
    yield made
    watching = False


@pytest.mark.parametrize("address", ["http://fetched.example/x", "https://127.0.0.1:9/x", "HTTP://fetched.example/x"])
@pytest.mark.parametrize("where", ["value", "deep", "event"])
def test_no_call_makes_the_server_fetch_an_address(
    where: str, address: str, chat: Served, read_only: str, connections: list[tuple[str, object]]
) -> None:
    connections.clear()
    file, rest = file_at(address), ["", "", "", None, ""]
    call: dict[str, Any] = {"data": [file if where == "value" else {"a": [{"b": file}]}, *rest]}
    if where == "event":
        call = {"data": [None], "fn_index": 0, "session_hash": "f", "event_data": file}
    for url in (chat.url, read_only):
        assert send(url, f"/gradio_api/{'queue/join' if where == 'event' else 'call/ask'}", "POST", call).status == 403
        assert send(url, f"/gradio_api/file={address}").status == 403
    own = {("127.0.0.1", urlsplit(url).port) for url in (chat.url, read_only)}
    assert [each for event, each in connections if event == "socket.connect" and each not in own] == []
    assert {each for event, each in connections if event == "socket.getaddrinfo"} == {"127.0.0.1"}


async def test_past_the_door_gradio_has_no_downloader_either(
    chat: Served, connections: list[tuple[str, object]], tmp_path: Path
) -> None:
    from gradio import processing_utils, routes

    connections.clear()
    with pytest.raises(gr.Error, match="fetches no files"):
        await processing_utils.async_ssrf_protected_download("http://fetched.example/x", str(tmp_path))
    with pytest.raises(gr.Error, match="fetches no files"):
        processing_utils.save_url_to_cache("http://fetched.example/x", str(tmp_path))
    with pytest.raises(HTTPException):
        await routes.secure_url_stream_response("http://fetched.example/x", None)
    assert connections == []


def test_what_is_misspelt_is_said_before_anything_is_opened(chat: Served) -> None:
    for options in (ServerOptions(allowed_hosts=("http://x",)), ServerOptions(trusted_proxies=("x",))):
        with pytest.raises(UsageError, match="is no"):
            serve(_Closable(Assistant.open(chat.store, model="extractive")), options)


class _Closable:
    """An assistant whose store stays open for the other tests."""

    def __init__(self, assistant: Assistant) -> None:
        self.store, self.answerer, self.astream = assistant.store, assistant.answerer, assistant.astream

    def close(self) -> None:
        """Nothing is closed."""
