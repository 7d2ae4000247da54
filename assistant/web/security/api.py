"""What Gradio's API can be asked, told before Gradio itself stumbles over what it cannot.

Gradio answers a function, a name or a session that there is not with status 500 and a traceback in the log.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import gradio as gr
from starlette.exceptions import HTTPException

PREFIX = "/gradio_api/"

#: What stands after :data:`PREFIX` in the routes that the page and programs use; Gradio's others are closed.
OPEN = frozenset(
    (
        *("api", "app_id", "call", "cancel", "heartbeat", "info", "openapi.json", "queue", "reset", "run"),
        *("startup-events", "theme.css", "upload", "upload_progress"),
    )
)
#: Gradio's own pages, besides those below :data:`PREFIX`, that the chat does without.
CLOSED = re.compile(r"/(?:monitoring|pwa_icon/|custom_component/|login/?$|logout/?$).*")

_DEEPEST = 100
_MOST_NAMED = 50


@dataclass(frozen=True)
class Api:
    """The functions of a page, by number and by name."""

    blocks: gr.Blocks

    @cached_property
    def _public(self) -> dict[str, Any]:
        """What Gradio says of the functions that programs may call by name; it takes some milliseconds each time."""
        described: dict[str, Any] = self.blocks.get_api_info()["named_endpoints"]
        return described

    def check_route(self, path: str) -> None:
        """Refuse what is no route of ours.

        Raises:
            HTTPException: 404 where it is none.
        """
        part = path.removeprefix(PREFIX).partition("/")[0]
        closed = path.startswith(PREFIX) and part not in OPEN and not part.startswith("file=")
        if closed or CLOSED.fullmatch(path):
            raise HTTPException(404, "Not Found")

    def check_stream(self, path: str, session: str) -> None:
        """Refuse to wait for what nobody will send.

        Raises:
            HTTPException: 404 where there is no such session or event.
        """
        queue = self.blocks._queue
        sessions = queue.pending_messages_per_session
        if path == f"{PREFIX}queue/data" and session and session not in sessions:
            raise HTTPException(404, "There is no such session; reload the page.")
        if path.startswith(f"{PREFIX}call/"):
            event = path.rstrip("/").rpartition("/")[2]
            waiting = any(event in events for events in queue.pending_event_ids_session.values())
            if event not in queue.event_ids_to_events and event not in sessions and not waiting:
                raise HTTPException(404, "There is no such event.")

    def check_call(self, path: str, body: dict[str, Any]) -> None:
        """Refuse a call of what there is not, or with too few values.

        Raises:
            HTTPException: 404 or 422.
        """
        verb, _, name = path.removeprefix(PREFIX).rstrip("/").partition("/")
        function = None
        number = None if verb in {"call", "cancel"} else body.get("fn_index")
        if verb == "call" or (verb in {"api", "run"} and number is None):
            function = self._named(name)
            if name.startswith("v2/"):
                _check_named_values(self._parameters(name), body)
                return
        if number is not None:  # by which the page's own events go, whatever the name says
            function = self.blocks.fns.get(number) if type(number) is int else None
            if function is None:
                raise HTTPException(404, "There is no such function.")
        given = body.get("data")
        if function is None or not isinstance(given, list):
            return  # Gradio says what is missing
        shown = [block for block in function.inputs if not block.skip_api]
        if len(given) < len(function.inputs) and not (verb == "call" and len(given) == len(shown)):
            raise HTTPException(422, f"The function takes {len(function.inputs)} values, and {len(given)} were given.")

    def _named(self, name: str) -> Any:
        wanted = name.removeprefix("v2/")
        if f"/{wanted}" in self._public:
            for function in self.blocks.fns.values():
                if function.api_name == wanted:
                    return function
        raise HTTPException(404, "There is no function of that name.")

    def _parameters(self, name: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._public[f"/{name.removeprefix('v2/')}"]["parameters"]
        return found


def _check_named_values(parameters: list[dict[str, Any]], body: dict[str, Any]) -> None:
    known = {each["parameter_name"]: each["parameter_has_default"] for each in parameters}
    missing = [name for name, has_default in known.items() if not has_default and name not in body]
    if missing:
        raise HTTPException(422, f"There is no value for {', '.join(missing)}.")
    if unknown := [name for name in body if name not in {*known, "oauth_token"}]:
        raise HTTPException(422, f"There is no parameter {', '.join(unknown[:_MOST_NAMED])[:200]}.")


def files_in(value: object) -> list[str]:
    """The paths of all files that a body names, wherever in it; Gradio knows them by ``path`` and ``meta``.

    Raises:
        HTTPException: 422 where it is deeper than Gradio could follow, or a file is none.
    """
    found: list[str] = []
    waiting: list[tuple[object, int]] = [(value, 0)]
    while waiting:
        part, depth = waiting.pop()
        if depth > _DEEPEST:
            raise HTTPException(422, "The body is too deeply nested.")
        if isinstance(part, dict):
            if "path" in part and "meta" in part:
                if not isinstance(part["path"], str) or not isinstance(part["meta"], dict):
                    raise HTTPException(422, "A file in the body is none.")
                found.append(part["path"])
            waiting += [(each, depth + 1) for each in part.values()]
        elif isinstance(part, list):
            waiting += [(each, depth + 1) for each in part]
    return found
