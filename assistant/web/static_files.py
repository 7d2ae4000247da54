"""The program's own small files for the browser, served beside the chat under names that change with their content."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

#: What is served by its own name, of all rooms.
SERVED = {
    "favicon.svg": ("page", "image/svg+xml"),
    "palette.css": ("page", "text/css"),
    "login.css": ("auth", "text/css"),
    "reader.css": ("reader", "text/css"),
    "reader.js": ("reader", "text/javascript"),
}


@cache
def static(name: str) -> str:
    """The text of a file in ``static/``, such as ``chat/chat.js``."""
    return (files("assistant.web") / "static" / name).read_text(encoding="utf-8")


@cache
def static_address(name: str) -> str:
    """The address of a served file, relative to the chat's own; a browser may keep what it finds there."""
    return f"{name}?{hashlib.sha256(_served(name).encode()).hexdigest()[:12]}"


def favicon() -> str:
    """The path of the drawing that browsers show in the page's tab."""
    return str(files("assistant.web") / "static" / "page" / "favicon.svg")


def static_routes() -> list[Route]:
    """Serve the files of :data:`SERVED`."""
    return [Route(f"/{name}", _serve) for name in SERVED]


def _served(name: str) -> str:
    return static(f"{SERVED[name][0]}/{name}")


def _serve(request: Request) -> Response:
    name = request.url.path.rpartition("/")[2]
    headers = {"cache-control": "public, max-age=86400"}
    return Response(_served(name), media_type=SERVED[name][1], headers=headers)
