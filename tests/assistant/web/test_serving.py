"""The chat is served, says where, answers programs too, and stops when it is told to."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from paths import ROOT

from assistant.errors import UsageError
from assistant.pipeline.assistant import Assistant
from assistant.web.app import ServerOptions, serve
from assistant.web.archive.tab import Access
from assistant.web.auth.users import add_user

QUESTION = "What does Russia say caused the freeze?"

SERVE = """
import sys
from vectorstore.store import Store
from assistant.pipeline.assistant import Assistant
from assistant.web.app import ServerOptions, serve
store = Store.open(sys.argv[1])
assistant = Assistant.open(store, model="extractive")
serve(assistant, ServerOptions(port=0, open_browser=False), report=lambda line: print(line, flush=True))
Store.open(sys.argv[1]).close()
print("closed", flush=True)
"""


class Unused:
    """An assistant that only notices that it is closed."""

    def __init__(self, assistant: Assistant) -> None:
        self.store, self.answerer, self.astream = assistant.store, assistant.answerer, assistant.astream
        self.closed = threading.Event()

    def close(self) -> None:
        self.closed.set()


@pytest.fixture
def unused(samples: Any, running_chat: Any) -> Unused:
    return Unused(Assistant(samples, running_chat.script))


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that something else listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield int(listener.getsockname()[1])


async def test_a_taken_port_is_said_and_the_next_free_one_used(unused: Unused, taken: int) -> None:
    said: list[str] = []
    stop = threading.Event()
    stop.set()  # it ends as soon as it has begun
    serve(unused, ServerOptions(port=taken, open_browser=False), stop=stop, report=said.append)
    assert said[0].startswith(f"Port {taken} is taken; using ")
    assert said[1] == f"News Assistant is at http://127.0.0.1:{said[0].split()[-1].rstrip('.')} (Ctrl-C stops it)"
    assert unused.closed.is_set()


async def test_an_address_that_is_not_ours_is_an_error_and_closes_the_store(unused: Unused) -> None:
    with pytest.raises(UsageError, match=r"cannot listen on 203\.0\.113\.7"):
        serve(unused, ServerOptions(host="203.0.113.7", port=0, open_browser=False))
    assert unused.closed.is_set()


@pytest.mark.parametrize("host", ["::1", "::"])
async def test_an_address_of_ipv6_can_be_listened_on(host: str, unused: Unused) -> None:
    with socket.socket(socket.AF_INET6) as probe:
        try:
            probe.bind(("::1", 0))
        except OSError:
            pytest.skip("this machine has no IPv6")
    said: list[str] = []
    stop = threading.Event()
    stop.set()
    serve(unused, ServerOptions(host=host, port=0, open_browser=False), stop=stop, report=said.append)
    assert said[0].startswith(f"News Assistant is at http://{'[::1]' if host == '::1' else 'localhost'}:")


@pytest.mark.parametrize("port", [65536, -1])
async def test_a_port_that_is_none_is_said_so(port: int, unused: Unused) -> None:
    with pytest.raises(UsageError, match=f"{port} is no port"):
        serve(unused, ServerOptions(port=port, open_browser=False))
    assert unused.closed.is_set()


def test_a_signal_ends_it_cleanly_and_frees_the_store(tmp_path: Path) -> None:
    numbers = (signal.SIGINT, signal.SIGTERM)
    with ExitStack() as stack:
        processes = [stack.enter_context(serving(tmp_path / number.name)) for number in numbers]
        for number, process in zip(numbers, processes, strict=True):
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("News Assistant is at http://127.0.0.1:")
            # A page that stays open keeps this connection.
            heartbeat = stack.enter_context(
                urllib.request.urlopen(f"{line.split()[4]}/gradio_api/heartbeat/x", timeout=60)
            )
            assert heartbeat.readline()
            process.send_signal(number)
        for process in processes:
            assert process.communicate(timeout=60) == ("closed\n", "")
            assert process.returncode == 0


def serving(store: Path) -> subprocess.Popen[str]:
    """The chat in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", SERVE, str(store)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


@pytest.mark.parametrize("read_only", [False, True])
async def test_other_machines_without_a_login_are_warned_of_in_a_line_each(read_only: bool, unused: Unused) -> None:
    said: list[str] = []
    stop = threading.Event()
    stop.set()
    serve(
        unused,
        ServerOptions(host="0.0.0.0", port=0, open_browser=False, access=Access(read_only=read_only)),
        stop=stop,
        report=said.append,
    )
    assert said[1] == (
        "It can be reached from other machines, and nobody is asked for a password; --auth FILE asks for one."
    )
    assert len(said) == (2 if read_only else 3)


async def test_a_login_that_other_machines_reach_wants_https(unused: Unused, tmp_path: Path) -> None:
    add_user(tmp_path / "users.txt", "ann", "correct horse")
    said: list[str] = []
    stop = threading.Event()
    stop.set()
    auth = tmp_path / "users.txt"
    options = ServerOptions(host="0.0.0.0", port=0, open_browser=False, auth=auth)
    serve(unused, options, stop=stop, report=said.append)
    assert said[1:] == [
        "It can be reached from other machines; without a proxy that speaks HTTPS, passwords travel unencrypted."
    ]


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
async def test_a_users_file_that_others_could_read_is_taken_from_them(unused: Unused, tmp_path: Path) -> None:
    auth = tmp_path / "users.txt"
    add_user(auth, "ann", "correct horse")
    auth.chmod(0o644)
    said: list[str] = []
    stop = threading.Event()
    stop.set()
    serve(unused, ServerOptions(port=0, open_browser=False, auth=auth), stop=stop, report=said.append)
    assert said[0] == f"Others could read the users file {auth}; now only you can."
    assert stat.S_IMODE(auth.stat().st_mode) == 0o600


def test_the_page_forbids_what_it_does_not_need(running_chat: Any) -> None:
    with urllib.request.urlopen(running_chat.url, timeout=60) as response:
        policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "script-src-attr 'none'" in policy
    assert response.headers["Referrer-Policy"] == "no-referrer"


async def test_a_program_gets_the_answers_json(running_chat: Any) -> None:
    from gradio_client import Client  # type: ignore[import-untyped]

    running_chat.script.reset()

    def predict() -> dict[str, Any]:
        client = Client(running_chat.url, verbose=False, analytics_enabled=False)
        try:
            result: dict[str, Any] = client.predict(question=QUESTION, as_of="2015-05-13", api_name="/ask")
        finally:
            client.close()
        return result

    answer = await asyncio.to_thread(predict)
    assert answer["question"] == QUESTION
    assert answer["as_of"] == "2015-05-13"
    assert answer["model"] == "scripted-model"
    assert [citation["number"] for citation in answer["citations"]] == [1, 2]
    assert set(answer) >= {"answer", "abstained", "statements", "passages", "timings_ms"}


async def test_the_api_is_one_call_that_describes_itself(running_chat: Any) -> None:
    info = json.loads(get(running_chat.url, "/gradio_api/info"))
    assert list(info["named_endpoints"]) == ["/ask"]
    asked = info["named_endpoints"]["/ask"]
    names = [parameter["parameter_name"] for parameter in asked["parameters"]]
    assert names == ["question", "as_of", "date_from", "date_to", "sources", "model"]
    assert [p["parameter_name"] for p in asked["parameters"] if not p["parameter_has_default"]] == ["question"]


async def test_a_program_without_python_asks_in_two_requests(running_chat: Any) -> None:
    running_chat.script.reset()
    call = json.dumps({"data": [QUESTION, "2015-05-13", "", "", None, ""]}).encode()
    request = urllib.request.Request(
        f"{running_chat.url}/gradio_api/call/ask", call, {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        event = json.load(response)["event_id"]
    lines = get(running_chat.url, f"/gradio_api/call/ask/{event}").splitlines()
    assert lines[0] == "event: complete"
    (answer,) = json.loads(lines[1].removeprefix("data: "))
    assert (answer["question"], answer["as_of"]) == (QUESTION, "2015-05-13")


def get(url: str, path: str) -> str:
    """What is served there."""
    with urllib.request.urlopen(f"{url}{path}", timeout=60) as response:
        text: str = response.read().decode()
    return text


async def test_a_program_is_told_what_is_wrong(running_chat: Any) -> None:
    from gradio_client import Client
    from gradio_client.exceptions import AppError  # type: ignore[import-untyped]

    def predict() -> None:
        client = Client(running_chat.url, verbose=False, analytics_enabled=False)
        try:
            client.predict(question=QUESTION, as_of="soon", api_name="/ask")
        finally:
            client.close()

    with pytest.raises(AppError, match="'soon' is not a date; write it as in 2015-05-12"):
        await asyncio.to_thread(predict)
