"""The door: nobody who is not logged in gets anything but the page to log in, whatever route is asked for.

It stands before Gradio and before this program's own routes, so that no route can be forgotten; Gradio is told who is
logged in (``user_of``, its ``auth_dependency``), and knows them by that name from there on.

Invariants:

* What is let through without a login is in :data:`OPEN`, exactly; the rest is refused.
* A page's session belongs to the user who was first seen with it: what is written in it reaches nobody else.
* Nothing that another site sends is taken: its requests come without the cookie, or are refused.
"""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from urllib.parse import parse_qs, quote

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.auth.page import login_page, logout_page
from assistant.web.auth.sessions import LIFETIME, WINDOW, Attempt, Login, Outcome
from assistant.web.auth.visitor import cookie_in
from assistant.web.headers import STRICT_POLICY

COOKIE = "news_assistant_login"
LOGIN, LOGOUT = "/login", "/logout"

#: What is served to everybody: what the page to log in needs, and the call by which Gradio begins.
OPEN = frozenset({"/favicon.svg", "/palette.css", "/login.css", "/gradio_api/startup-events"})

_USER = "news_assistant.user"
_HEADERS = {"content-security-policy": STRICT_POLICY, "cache-control": "no-store"}
_LONGEST_FORM = 8 * 1024
_LONGEST_CALL = 1024 * 1024
_MOST_PAGES = 20_000
#: Where a login may lead: the chat and the reader, whatever their parameters.
_NEXT = re.compile(r"(?:article)?(?:\?[^#\s\\]*)?")
_TOO_MANY = f"Too many attempts. Try again in {WINDOW // 60} minutes."


def user_of(request: Request) -> str | None:
    """Who is logged in; Gradio's ``auth_dependency``."""
    user: str | None = request.scope.get(_USER)
    return user


class Guard:
    """Lets in who is logged in."""

    def __init__(self, app: ASGIApp, login: Login) -> None:
        self._app, self._login = app, login
        self._pages: OrderedDict[str, str] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "lifespan" or scope.get("path") in OPEN:
            await self._app(scope, receive, send)
            return
        user = self._login.user(_token(scope))
        if scope["type"] != "http":
            if user is None:
                await send({"type": "websocket.close", "code": 4401})
                return
            await self._app({**scope, _USER: user}, receive, send)
            return
        request = Request(scope, receive)
        if scope["path"] in {LOGIN, LOGOUT}:
            await (await self._door(request, user))(scope, receive, send)
        elif user is None:
            await _refusal(request)(scope, receive, send)
        else:
            await self._inside(user, request, send)

    # -- the door ----------------------------------------------------------------------------------------------------

    async def _door(self, request: Request, user: str | None) -> Response:
        if request.method == "POST":
            if request.headers.get("sec-fetch-site") in {"cross-site", "same-site"}:
                return JSONResponse({"detail": "another site sent this"}, status_code=403)
            return self._leave(request) if request.url.path.endswith(LOGOUT) else await self._enter(request)
        if request.method not in {"GET", "HEAD"}:
            return Response(status_code=405)
        if request.scope["path"] == LOGOUT:
            return _html(logout_page(user)) if user is not None else RedirectResponse("login", 303)
        return RedirectResponse(_next(request), 303) if user is not None else _html(login_page())

    async def _enter(self, request: Request) -> Response:
        body, whole = await _body(request, _LONGEST_FORM)
        if not whole:
            return Response(status_code=413)
        form = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
        name, password = (form.get(field, [""])[0] for field in ("username", "password"))
        address = request.client.host if request.client else ""
        attempt = await self._login.attempt(name, password, address)
        wants_page = _wants_page(request)
        if attempt.outcome is Outcome.IN:
            response = RedirectResponse(_next(request), 303) if wants_page else JSONResponse({"success": True})
            self._set_cookie(response, request, attempt)
            return response
        if attempt.outcome is Outcome.TOO_MANY:
            status, said, headers = 429, _TOO_MANY, {"retry-after": str(WINDOW)}
        else:
            status, said, headers = 401, "The name or the password is wrong.", {}
        if wants_page:
            return HTMLResponse(login_page(said, name=name), status, {**_HEADERS, **headers})
        return JSONResponse({"detail": said}, status, headers)

    @staticmethod
    def _set_cookie(response: Response, request: Request, attempt: Attempt) -> None:
        response.set_cookie(
            COOKIE,
            attempt.token,
            max_age=LIFETIME,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )

    def _leave(self, request: Request) -> Response:
        self._login.leave(_token(request.scope))
        response = RedirectResponse("login", 303)
        response.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=request.url.scheme == "https")
        return response

    # -- inside ------------------------------------------------------------------------------------------------------

    async def _inside(self, user: str, request: Request, send: Send) -> None:
        receive = request.receive
        pages = [request.query_params.get("session_hash", "")]
        if request.scope["path"].startswith("/gradio_api/heartbeat/"):
            pages.append(request.scope["path"].rpartition("/")[2])
        if request.method == "POST" and not request.headers.get("content-type", "").startswith("multipart/"):
            body, whole = await _body(request, _LONGEST_CALL)
            if not whole:
                await Response(status_code=413)(request.scope, receive, send)
                return
            pages.append(_session_hash(body))
            receive = _replayed(body, request.receive)
        if not all(self._owns(user, page) for page in pages if page):
            refusal = JSONResponse({"detail": "this page belongs to somebody else"}, 403)
            await refusal(request.scope, receive, send)
            return
        await self._app({**request.scope, _USER: user}, receive, send)

    def _owns(self, user: str, page: str) -> bool:
        """Whether a page's session is the user's; one that nobody has yet becomes it."""
        owner = self._pages.setdefault(page, user)
        self._pages.move_to_end(page)
        while len(self._pages) > _MOST_PAGES:
            self._pages.popitem(last=False)
        return owner == user


def _token(scope: Scope) -> str:
    return cookie_in(Headers(scope=scope).get("cookie", ""), COOKIE)


def _refusal(request: Request) -> Response:
    """A person is led to the login and from there to where they wanted; a program is told."""
    if request.method == "GET" and _wants_page(request):
        wanted = request.scope["path"].removeprefix("/") + (f"?{request.url.query}" if request.url.query else "")
        up = "../" * (request.scope["path"].count("/") - 1)
        query = f"?next={quote(wanted, safe='')}" if wanted and _NEXT.fullmatch(wanted) else ""
        return RedirectResponse(f"{up}login{query}", 303, {"cache-control": "no-store"})
    return JSONResponse({"detail": "you are not logged in; reload the page to log in"}, 401)


def _next(request: Request) -> str:
    """Where a login leads to; never to another site."""
    wanted = request.query_params.get("next", "")
    return wanted if wanted and _NEXT.fullmatch(wanted) else "./"


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _html(page: str) -> HTMLResponse:
    return HTMLResponse(page, headers=_HEADERS)


def _session_hash(body: bytes) -> str:
    try:
        call = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    value = call.get("session_hash") if isinstance(call, dict) else None
    return value if isinstance(value, str) else ""


async def _body(request: Request, longest: int) -> tuple[bytes, bool]:
    """What was sent, and whether it is whole: reading stops where it is longer."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > longest:
            return bytes(body), False
    return bytes(body), True


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
