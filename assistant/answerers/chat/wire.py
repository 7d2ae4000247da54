"""What a server sends for a chat completion -> the events that OpenAI's own service would have sent.

Servers that speak OpenAI's protocol differ in what their package's reader takes for granted. Understood are: one JSON
document in place of a stream, JSON lines, an error with status 200 or inside the stream in any of the forms that
servers give it, content in parts, ``message`` or ``text`` for ``delta``, ``[DONE]`` without a finish reason, comments,
``data:`` without a space, any line end, and events that no empty line parts. What is none of these passes unchanged.

Invariant: a stream that was not finished by its server does not look finished here.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

from assistant.answerers.chat.words import words_of

#: Bytes of a document, or of one event, above which it is not read.
_LARGEST = 16_000_000

_LINE_END = re.compile(rb"\r\n|\n|\r(?!\Z)")
_ERROR_FIELDS = ("detail", "message", "errors", "msg")
_THOUGHTS = ("thinking", "reasoning")


async def as_openai_events(raw: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The body of a response, piece by piece, as server-sent events of OpenAI's chat completions."""
    head = b""
    events: _Events | None = None
    async for piece in raw:
        if events is not None:
            for event in events.feed(piece):
                yield event
            continue
        head += piece
        first = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
        if first == b"<" or len(head) > _LARGEST:
            yield head
            async for rest in raw:
                yield rest
            return
        if first and first not in b"{[":
            events = _Events()
            for event in events.feed(head):
                yield event
    for event in events.finish() if events is not None else _document(head):
        yield event


def _document(body: bytes) -> Iterator[bytes]:
    """A body that is JSON: a whole completion or an error; or a chunk a line."""
    try:
        documents = [json.loads(body)]
    except ValueError:
        try:
            documents = [json.loads(line) for line in body.splitlines() if line.strip()]
        except ValueError:
            yield body
            return
    events = _Events()
    for document in documents:
        yield from events.event(document, "")
    if documents and len(documents) == 1:
        yield from events.done()


class _Events:
    """Reads server-sent events (HTML living standard, section 9.2) and writes them as OpenAI does."""

    def __init__(self) -> None:
        self._unread = b""
        self._data: list[bytes] = []
        self._name = ""
        self._finished = False
        self._anything = False

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """The events that are complete with ``piece``."""
        *lines, self._unread = _LINE_END.split(self._unread + piece)
        for line in lines:
            yield from self._line(line)
        if len(self._unread) > _LARGEST:
            raise ValueError("an event of the stream is too large")

    def finish(self) -> Iterator[bytes]:
        """What the end of the stream completes; an event that was cut off is none."""
        yield from self._line(self._unread.rstrip(b"\r"))
        data = b"\n".join(self._data)
        if data.strip() == b"[DONE]" or _parsed(data) is not None:
            yield from self._line(b"")

    def _line(self, line: bytes) -> Iterator[bytes]:
        field, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if not line:
            yield from self._dispatch()
        elif not field:
            yield line + b"\n\n"  # a comment: a sign of life
        elif field == b"data":
            if self._data and _parsed(b"\n".join(self._data)) is not None:
                yield from self._dispatch()
            self._data.append(value)
        elif field == b"event":
            self._name = value.decode("utf-8", "replace").strip()

    def _dispatch(self) -> Iterator[bytes]:
        data, name = b"\n".join(self._data), self._name
        self._data, self._name = [], ""
        if data.strip() == b"[DONE]":
            yield from self.done()
        elif data.strip():
            document = _parsed(data)
            if document is None:
                yield b"".join(b"data: " + line + b"\n" for line in data.split(b"\n")) + b"\n"
            else:
                yield from self.event(document, name)

    def event(self, document: dict[str, Any], name: str) -> Iterator[bytes]:
        """One event of the stream, or a whole completion."""
        error = _error_of(document, name)
        if error is not None:
            yield _written({"error": error})
            return
        for choice in document.get("choices") or ():
            if isinstance(choice, dict):
                _mend(choice)
                self._finished |= bool(choice.get("finish_reason"))
                self._anything |= bool(choice.get("delta"))
        if document.get("choices") is None:
            document["choices"] = []
        yield _written(document)

    def done(self) -> Iterator[bytes]:
        """The server says that it has sent all."""
        if self._anything and not self._finished:
            yield _written({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        yield b"data: [DONE]\n\n"


def _parsed(data: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(data)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _written(value: object) -> bytes:
    return b"data: " + json.dumps(value).encode() + b"\n\n"


def _error_of(document: object, name: str) -> dict[str, Any] | None:
    """The error that an event is, in OpenAI's form; None where it is none."""
    if not isinstance(document, dict):
        return None
    error = document.get("error")
    if not error:
        said = name == "error" or document.get("object") == "error" or any(document.get(f) for f in _ERROR_FIELDS)
        if document.get("choices") or not said:
            return None
        error = document
    fields = error if isinstance(error, dict) else document
    code = next((fields[key] for key in ("code", "status_code", "status") if fields.get(key)), None)
    message = words_of(error) or "no reason given"
    return {"message": message, "code": code, "type": fields.get("type"), "param": fields.get("param")}


def _mend(choice: dict[str, Any]) -> None:
    """Give a choice the ``delta`` and the finish reason that a chunk of OpenAI's has."""
    if not choice.get("finish_reason"):
        choice["finish_reason"] = None
    if choice.get("delta") is None:
        if isinstance(choice.get("message"), dict):
            choice["delta"] = choice.pop("message")
        elif isinstance(choice.get("text"), str):
            choice["delta"] = {"content": choice["text"]}
        elif "delta" in choice or choice["finish_reason"]:
            choice["delta"] = {}
    delta = choice.get("delta")
    if isinstance(delta, dict) and isinstance(delta.get("content"), list):
        parts = [part for part in delta["content"] if isinstance(part, dict)]
        delta["content"] = "".join(str(p.get("text") or "") for p in parts if p.get("type") not in _THOUGHTS)
        if any(part.get("type") in _THOUGHTS for part in parts):
            delta.setdefault("reasoning_content", "…")
