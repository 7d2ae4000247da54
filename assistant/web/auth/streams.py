"""Streams that end with the session that they were opened in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Seconds between two looks whether who reads a stream is still logged in, and those that it gets to end by itself.
_LOOK_EVERY, _PATIENCE = 1.0, 5.0


async def serve_while(
    may: Callable[[], bool], app: ASGIApp, connection: tuple[Scope, Receive, Send], *, every: float = _LOOK_EVERY
) -> None:
    """Serve one request for as long as ``may`` says so; then it ends as if its sender had gone away.

    Args:
        connection: the request's scope, what it sends, and what is sent back.
    """
    scope, receive, send = connection
    gone, begun, ended = asyncio.Event(), False, False

    async def receive_or_leave() -> Message:
        tasks = asyncio.ensure_future(_message(receive)), asyncio.ensure_future(gone.wait())
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            return {"type": "http.disconnect"} if gone.is_set() else tasks[0].result()
        finally:
            for task in tasks:
                task.cancel()

    async def send_on(message: Message) -> None:
        nonlocal begun, ended
        if not gone.is_set():
            begun |= message["type"] == "http.response.start"
            ended |= message["type"] == "http.response.body" and not message.get("more_body", False)
            await send(message)

    serving = asyncio.ensure_future(_served(app, scope, receive_or_leave, send_on))
    try:
        while not (await asyncio.wait({serving}, timeout=every))[0]:
            if not may():
                gone.set()
                await asyncio.wait({serving}, timeout=_PATIENCE)
                break
    finally:
        serving.cancel()
        await asyncio.wait({serving})
    if not gone.is_set():
        serving.result()  # raises what it raised
    elif begun and not ended:
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _message(receive: Receive) -> Message:
    return await receive()


async def _served(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    await app(scope, receive, send)
