"""The door: nobody who is not logged in gets anything but the page to log in, whatever route is asked for.

It stands before Gradio and before this program's own routes, so that no route can be forgotten; Gradio is told who is
logged in (``user_of``, its ``auth_dependency``), and knows them by that name from there on.

Invariants:

* What is let through without a login is in :data:`OPEN`, exactly; the rest is refused.
* A stream ends when its user is removed, leaves, or gets another password.
* Nothing that another site sends is taken: its requests come without the cookie, or are refused.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web.auth.page import login_page, logout_page
from assistant.web.auth.sessions import LIFETIME, WINDOW, Attempt, Login, Outcome
from assistant.web.auth.streams import serve_while
from assistant.web.auth.visitor import USER, browser_of, cookie_in
from assistant.web.headers import FORM_REFERRER_POLICY, STRICT_POLICY

COOKIE = "news_assistant_login"
LOGIN, LOGOUT = "/login", "/logout"

#: What is served to everybody: what the page to log in needs, and the call by which Gradio begins.
OPEN = frozenset({"/favicon.svg", "/palette.css", "/login.css", "/gradio_api/startup-events"})

#: A form that is sent says which page it stands on, to this server only; without that nobody could log in.
_HEADERS = {
    "content-security-policy": STRICT_POLICY,
    "cache-control": "no-store",
    "referrer-policy": FORM_REFERRER_POLICY,
}
_LONGEST_FORM = 8 * 1024
#: Where a login may lead: the chat and the reader, whatever their parameters.
_NEXT = re.compile(r"(?:article)?(?:\?[^#\s\\]*)?")
_TOO_MANY = f"Too many attempts. Try again in {WINDOW // 60} minutes."


def user_of(request: Request) -> str | None:
    """Who is logged in; Gradio's ``auth_dependency``."""
    user: str | None = request.scope.get(USER)
    return user


class Guard:
    """Lets in who is logged in."""

    def __init__(self, app: ASGIApp, login: Login) -> None:
        self._app, self._login = app, login

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
            await self._app({**scope, USER: user}, receive, send)
            return
        request = Request(scope, receive)
        if scope["path"] in {LOGIN, LOGOUT}:
            await (await self._door(request, user))(scope, receive, send)
        elif user is None:
            await _refusal(request)(scope, receive, send)
        else:
            await self._inside(user, scope, receive, send)

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
        browser = browser_of(request.headers.get("cookie", ""))
        attempt = await self._login.attempt(name, password, address, browser)
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

    async def _inside(self, user: str, scope: Scope, receive: Receive, send: Send) -> None:
        token, scope = _token(scope), {**scope, USER: user}
        if scope["method"] == "GET" and scope["path"].startswith("/gradio_api/"):
            await serve_while(lambda: self._login.user(token) == user, self._app, (scope, receive, send))
        else:
            await self._app(scope, receive, send)


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


async def _body(request: Request, longest: int) -> tuple[bytes, bool]:
    """What was sent, and whether it is whole: reading stops where it is longer."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > longest:
            return bytes(body), False
    return bytes(body), True
