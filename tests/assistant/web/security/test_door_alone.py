"""The outermost layer by itself: what it holds back, whatever the program behind it would do."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from starlette.types import Message, Receive, Scope, Send

from assistant.web.security.door import LONGEST_BODY, Door, DoorOptions
from assistant.web.security.hosts import Hosts

HEADERS = [(b"host", b"localhost:7862"), (b"origin", b"http://localhost:7862")]


class Behind:
    """A program that reads all that it is sent, and lets every page read what it answers."""

    def __init__(self) -> None:
        self.read = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        more = True
        while more:
            message = await receive()
            self.read += len(message["body"])
            more = message["more_body"]
        allowed = [(b"access-control-allow-origin", b"*"), (b"access-control-allow-credentials", b"true")]
        await send({"type": "http.response.start", "status": 200, "headers": [*allowed, (b"x-own", b"1")]})
        await send({"type": "http.response.body", "body": b"done"})


def sent(behind: Behind, pieces: Iterator[bytes]) -> list[Message]:
    """What is answered to a body that comes in pieces and does not say its length."""
    answered: list[Message] = []

    async def receive() -> Message:
        piece = next(pieces, b"")
        return {"type": "http.request", "body": piece, "more_body": bool(piece)}

    async def send(message: Message) -> None:
        answered.append(message)

    scope = {"type": "http", "method": "POST", "path": "/login", "scheme": "http", "headers": list(HEADERS)}
    asyncio.run(Door(behind, DoorOptions(hosts=Hosts.of("127.0.0.1")))(scope, receive, send))
    return answered


def test_no_answer_lets_another_page_read_it() -> None:
    head, _ = sent(Behind(), iter([b"words"]))
    assert head["status"] == 200
    assert head["headers"] == [(b"x-own", b"1")]


def test_a_body_that_does_not_say_its_length_is_read_no_further_than_its_limit() -> None:
    behind = Behind()
    head, _ = sent(behind, iter([b"x" * 100_000] * 40))
    assert head["status"] == 413
    assert behind.read <= LONGEST_BODY
