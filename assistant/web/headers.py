"""Response headers that let the page load nothing from elsewhere, and run no handler that stands in its markup.

A second wall behind :mod:`assistant.web.html`: should foreign markup ever reach the page, the browser fetches nothing
for it, tells nobody about it and runs none of its ``on…`` attributes.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = "; ".join(
    (
        "default-src 'self'",
        # Gradio compiles its templates in the browser and carries its configuration in inline scripts.
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "script-src-attr 'none'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "frame-src 'self'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
#: For pages that are plain HTML: this program's own files, and nothing else.
STRICT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
#: Of pages with a form: under ``no-referrer`` browsers would send it with ``Origin: null``, as a foreign page's.
FORM_REFERRER_POLICY = "same-origin"
HEADERS = {
    "content-security-policy": _POLICY,
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


class Headers:
    """Adds :data:`HEADERS` to every response; what is under the strict policy stays so. Streams pass untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                strict = headers.get("content-security-policy") == STRICT_POLICY
                form = headers.get("referrer-policy") == FORM_REFERRER_POLICY
                headers.update({**HEADERS, "content-security-policy": STRICT_POLICY} if strict else HEADERS)
                if strict and form:
                    headers["referrer-policy"] = FORM_REFERRER_POLICY
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)
