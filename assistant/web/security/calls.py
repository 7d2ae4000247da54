"""The innermost layer: what reaches Gradio is a call that it can answer, of a page that is the caller's own.

Invariants:

* A page's session belongs to the user, else the browser, that was first seen with it; nobody else acts in it or reads
  what it is sent.
* A file that a call names was uploaded by who names it; no call makes the server fetch an address.
* Where the archive is read-only nothing is uploaded.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.auth.visitor import sender_of
from assistant.web.security.api import PREFIX, Api, files_in
from assistant.web.security.door import LONGEST_BODY, UPLOAD, drain
from assistant.web.security.uploads import Full, Uploads

_MOST_PAGES = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOptions:
    """What can be called, and where uploads go; ``uploads`` is None where there are none."""

    api: Api
    uploads: Uploads | None


class Calls:
    """Hands on to Gradio what it can answer."""

    def __init__(self, app: ASGIApp, options: CallOptions) -> None:
        self._app, self._api, self._uploads = app, options.api, options.uploads
        self._pages: OrderedDict[str, str] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            self._api.check_route(scope["path"])
            if scope["path"].rstrip("/") == UPLOAD and request.method == "POST":
                await self._upload(request, send)
            else:
                await self._app(scope, await self._checked(request), send)
        except HTTPException as refusal:
            answer = JSONResponse({"detail": refusal.detail}, refusal.status_code)
            await answer(scope, receive, send)

    async def _checked(self, request: Request) -> Receive:
        """What the request sends, once it is in order."""
        path, sender = request.scope["path"], sender_of(request.scope)
        if not path.startswith(PREFIX):
            return request.receive
        session = request.query_params.get("session_hash", "")
        self._claim(session, sender)
        if request.method == "POST":
            return await self._checked_call(request, sender)
        if path.startswith(f"{PREFIX}heartbeat/"):
            self._claim(path.rpartition("/")[2], sender)
        if path.startswith(f"{PREFIX}file=") and not self._is_own(path.removeprefix(f"{PREFIX}file="), sender):
            raise HTTPException(403, "There is no such file of yours.")
        self._api.check_stream(path, session)
        return request.receive

    async def _checked_call(self, request: Request, sender: str) -> Receive:
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > LONGEST_BODY:
                raise HTTPException(413, f"The body is longer than {LONGEST_BODY:,} bytes.")
        try:
            call = json.loads(body)
        except RecursionError:
            raise HTTPException(422, "The body is too deeply nested.") from None
        except ValueError:
            call = None  # Gradio says so
        if isinstance(call, dict):
            session = call.get("session_hash")
            self._claim(session if isinstance(session, str) else "", sender)
            if not all(self._is_own(path, sender) for path in files_in(call)):
                raise HTTPException(403, "A call can name no file but one that was uploaded from the same browser.")
            self._api.check_call(request.scope["path"], call)
        return _replayed(bytes(body), request.receive)

    def _is_own(self, path: str, sender: str) -> bool:
        return self._uploads is not None and self._uploads.belongs(path, sender)

    def _claim(self, page: str, sender: str) -> None:
        """See to it that a page's session is the sender's; one that nobody has yet becomes it."""
        if not page:
            return
        owner = self._pages.setdefault(page, sender)
        self._pages.move_to_end(page)
        while len(self._pages) > _MOST_PAGES:
            self._pages.popitem(last=False)
        if owner != sender:
            raise HTTPException(403, "this page belongs to somebody else")

    async def _upload(self, request: Request, send: Send) -> None:
        if self._uploads is None:
            raise HTTPException(413, "The archive is read-only: a file of any size is too large.")
        sender, answered = sender_of(request.scope), _Answer(send)
        with self._uploads.coming(sender) as count:

            async def counted() -> Message:
                message = await request.receive()
                if message["type"] == "http.request":
                    count(len(message.get("body", b"")))
                return message

            try:
                await self._app(request.scope, counted, answered.send)
            except Full as full:
                await drain(request.receive)
                raise HTTPException(413, str(full)) from None
            self._uploads.take(sender, answered.paths)
        await answered.finish()


class _Answer:
    """What Gradio answers to an upload: the paths of the files, held back until it is noted whose they are."""

    def __init__(self, send: Send) -> None:
        self._send, self._held, self._body = send, list[Message](), b""
        self._status = 0

    async def send(self, message: Message) -> None:
        """Hold back one message."""
        self._held.append(message)
        if message["type"] == "http.response.start":
            self._status = message["status"]
        elif message["type"] == "http.response.body":
            self._body += message.get("body", b"")

    @property
    def paths(self) -> list[str]:
        """Where the files are."""
        found = json.loads(self._body) if self._status == 200 else []
        return [path for path in found if isinstance(path, str)]

    async def finish(self) -> None:
        """Send what was held back."""
        for message in self._held:
            await self._send(message)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Hands out what has been read already, then goes on."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
