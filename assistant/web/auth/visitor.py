"""Who is asking: the name that was logged in with, else a browser, known by a cookie that says nothing else.

Invariants:

* A browser's id is 24 random bytes that no script can read; what is kept of it on the server is its digest, so that
  nobody who reads the server's files can pass for that browser.
* A name and a browser are never the same user.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

import gradio as gr
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "news_assistant_browser"
#: Under this key a request's scope says who is logged in.
USER = "news_assistant.user"
#: As long as browsers keep a cookie at most; each visit begins it anew.
_SECONDS = 400 * 24 * 3600
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """One open page: its session, and its user; None where the browser keeps no cookie, so that nothing is kept."""

    session: str
    user: str | None = None


def visitor_of(request: gr.Request) -> Visitor:
    """Who sent a request."""
    session = request.session_hash or ""
    if request.username:
        return Visitor(session=session, user=f"name:{request.username}")
    return Visitor(session=session, user=browser_of(request.headers.get("cookie", "")))


def browser_of(header: str) -> str | None:
    """The browser that sends this ``Cookie``, None where it has none of ours."""
    token = _token(header)
    return f"browser:{hashlib.sha256(token.encode()).hexdigest()}" if token else None


def sender_of(scope: Scope) -> str:
    """Who sent a request: a name that was logged in with, else a browser, else an address."""
    name = scope.get(USER)
    if name is not None:
        return f"name:{name}"
    client = scope.get("client")
    return browser_of(Headers(scope=scope).get("cookie", "")) or f"address:{client[0] if client else ''}"


def _token(header: str) -> str | None:
    token = cookie_in(header, COOKIE)
    return token if _TOKEN.fullmatch(token) else None


def cookie_in(header: str, name: str) -> str:
    """The value of a cookie in a request's header, "" where there is none."""
    try:
        morsel = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return morsel.value if morsel is not None else ""


class BrowserCookie:
    """Gives every browser that opens a page its id; responses that are no pages pass through untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    token = _token(Headers(scope=scope).get("cookie", "")) or secrets.token_urlsafe(24)
                    headers.append("set-cookie", _cookie(token, secure=scope["scheme"] == "https"))
            await send(message)

        await self._app(scope, receive, send_with_cookie)


def _cookie(token: str, *, secure: bool) -> str:
    return f"{COOKIE}={token}; Path=/; Max-Age={_SECONDS}; HttpOnly; SameSite=Lax{'; Secure' if secure else ''}"
