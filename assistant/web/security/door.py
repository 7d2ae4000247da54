"""The outermost layer: what no page but the chat's own may have, and what is too much, never reaches Gradio.

Invariants:

* The server answers only to its own names (:mod:`assistant.web.security.hosts`), on every route.
* A request that another page sends is refused: by its ``Origin``, and where a browser says in ``Sec-Fetch-Site`` that
  it comes from another site or another name of the same site, unless it only asks for a page.
* No response allows another page to read it: there is no ``Access-Control-*`` in any.
* No body is longer than its route can need.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.security.hosts import Hosts, authority, is_own_origin
from assistant.web.security.proxies import Proxies

UPLOAD = "/gradio_api/upload"

#: Bytes of a body that is no upload: a form, a question, the values of a page's components.
LONGEST_BODY = 1024 * 1024

#: Bytes and seconds for which the rest of a refused body is taken.
_DRAINED, _DRAINED_FOR = 32 * 1024 * 1024, 5.0

_HEADERS = {"cache-control": "no-store", "x-content-type-options": "nosniff", "referrer-policy": "no-referrer"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a request goes no further."""

    status: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorOptions:
    """What is let in: to which names, past which proxies, and how many bytes of an upload."""

    hosts: Hosts
    proxies: Proxies = field(default_factory=Proxies)
    longest_upload: int = LONGEST_BODY


class _TooLong(Exception):
    """A body is longer than its route can need; ends the request that it is of."""


class Door:
    """Lets in what the chat's own page, a program, or a person's own address bar sends."""

    def __init__(self, app: ASGIApp, options: DoorOptions) -> None:
        self._app, self._options = app, options

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        scope = self._options.proxies.seen_through(scope)
        refusal = self._refusal(scope)
        if refusal is not None:
            await _refuse(refusal, scope, receive, send)
            return
        # Gradio would answer an Origin with headers that let its page read the answer; by now it is our own.
        scope["headers"] = [(name, value) for name, value in scope["headers"] if name.lower() != b"origin"]
        body = _Body(receive, self._longest(scope))
        response = _Response(send, body)
        with suppress(_TooLong):
            await self._app(scope, body.receive, response.send)
        if body.over and not response.begun:
            await _refuse(_too_long(body.longest), scope, receive, send)

    def _longest(self, scope: Scope) -> int:
        return self._options.longest_upload if scope["path"].rstrip("/") == UPLOAD else LONGEST_BODY

    def _refusal(self, scope: Scope) -> Refusal | None:
        headers = Headers(scope=scope)
        written = headers.getlist("host")
        host = authority(written[0]) if len(written) == 1 else None
        if host is None:
            return Refusal(status=400, reason="The request names no host.")
        if not self._options.hosts.knows(host, (scope.get("server") or ("",))[0] or ""):
            return Refusal(
                status=403,
                reason=f"This server does not answer to the name {host.host[:200]!r}. If it is its own, start it with "
                "--allowed-host and that name.",
            )
        origins = headers.getlist("origin")
        if origins and not all(is_own_origin(origin, host, scope["scheme"]) for origin in origins):
            return Refusal(
                status=403,
                reason="Another page sent this. Where a proxy serves the chat, it has to hand on the Host that it was "
                "asked for.",
            )
        asks_only = scope["type"] == "http" and scope["method"] == "GET"
        if not asks_only and headers.get("sec-fetch-site", "").lower() in {"cross-site", "same-site"}:
            return Refusal(status=403, reason="Another site sent this.")
        length = headers.get("content-length", "0")
        if not length.isdecimal():
            return Refusal(status=400, reason="The length of the body is no number.")
        longest = self._longest(scope)
        return _too_long(longest) if len(length) > 15 or int(length) > longest else None


class _Body:
    """What is sent, as long as it may be."""

    def __init__(self, receive: Receive, longest: int) -> None:
        self._receive, self.longest, self._length = receive, longest, 0
        self.over = False

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._length += len(message.get("body", b""))
            if self._length > self.longest:
                self.over = True
                raise _TooLong
        return message


class _Response:
    """What is answered, readable for no other page; of a body that was too long nothing is."""

    def __init__(self, send: Send, body: _Body) -> None:
        self._send, self._body, self.begun = send, body, False

    async def send(self, message: Message) -> None:
        if self._body.over and not self.begun:
            return
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name in {name for name in headers if name.startswith("access-control-")}:
                del headers[name]
        await self._send(message)


def _too_long(longest: int) -> Refusal:
    return Refusal(status=413, reason=f"The body is longer than {longest:,} bytes.")


async def _refuse(refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 4403, "reason": refusal.reason[:100]})
        return
    await drain(receive)
    response = PlainTextResponse(f"{refusal.reason}\n", refusal.status, {**_HEADERS, "connection": "close"})
    await response(scope, receive, send)


async def drain(receive: Receive) -> None:
    """Take a little more of a body that is refused: who is cut off while sending never reads why."""
    length = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(_DRAINED_FOR):
            while length < _DRAINED:
                message = await receive()
                length += len(message.get("body", b""))
                if message["type"] != "http.request" or not message.get("more_body", False):
                    return
