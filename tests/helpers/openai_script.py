"""What the scripted server (``scripted_openai``) is told to do with a request, as values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, kw_only=True)
class Script:
    """What the server does with one request; made by the functions below, changed by ``dataclasses.replace``.

    Attributes:
        pieces: the answer's text in order; a number among them is a pause in seconds.
        finish_reason: of the last chunk, or None to leave it out.
        ending: "complete"; "leave" ends the response properly but early; "drop" breaks the connection; "stall" goes
            silent; "endless" repeats the last piece; "keepalive" sends comments and no text.
        done: whether ``[DONE]`` is sent.
        usage: prompt and completion tokens, sent where the request asks for them.
        delta: further fields of the first delta, such as ``{"refusal": "No."}``.
        status: of the response; with ``body`` it is sent as it stands in place of an answer.
        before: seconds before the response's headers.
        split: bytes a piece of the response; small numbers cut through characters and events.
    """

    pieces: tuple[str | float, ...] = ()
    finish_reason: str | None = "stop"
    ending: Literal["complete", "leave", "drop", "stall", "endless", "keepalive"] = "complete"
    done: bool = True
    usage: tuple[int, int] = (100, 20)
    delta: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    content_type: str = "application/json"
    before: float = 0.0
    split: int = 0


def answer(*pieces: str | float, **changes: Any) -> Script:
    """An answer in these pieces; numbers are pauses."""
    return Script(pieces=pieces, **changes)


def drop(*pieces: str | float) -> Script:
    """The connection breaks after these pieces."""
    return Script(pieces=pieces, ending="drop")


def leave(*pieces: str | float) -> Script:
    """The response ends properly after these pieces, without a finish reason and without ``[DONE]``."""
    return Script(pieces=pieces, ending="leave", finish_reason=None, done=False)


def stall(*pieces: str | float) -> Script:
    """Nothing comes after these pieces, and the connection stays open."""
    return Script(pieces=pieces, ending="stall")


def endless(*pieces: str | float) -> Script:
    """The last piece is repeated until the client leaves."""
    return Script(pieces=pieces, ending="endless")


def refusal(words: str) -> Script:
    """The model declines, in the field that the protocol has for it."""
    return Script(delta={"refusal": words})


def error(
    status: int,
    message: str = "The server says no.",
    *,
    code: str | None = None,
    type: str = "invalid_request_error",
    param: str | None = None,
    retry_after: float | str | None = None,
) -> Script:
    """A response with this status and an error body as OpenAI writes it."""
    body = {"error": {"message": message, "type": type, "param": param, "code": code}}
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Script(status=status, body=json.dumps(body).encode(), headers=headers)


def raw(body: str | bytes, *, content_type: str = "text/event-stream", status: int = 200) -> Script:
    """Exactly these bytes, whatever they are."""
    data = body.encode() if isinstance(body, str) else body
    return Script(body=data, content_type=content_type, status=status)
