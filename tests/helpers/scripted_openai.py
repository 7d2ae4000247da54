"""A real HTTP server on 127.0.0.1 that speaks OpenAI's protocol and follows a script.

    with ScriptedOpenAI([answer("The talks ", "ended [3]."), error(429, retry_after=1)]) as server:
        ...  # OPENAI_BASE_URL=server.base_url

Each chat request takes the next script, or the one that a function makes of the request. Requests are recorded. Chat
completions (streamed and not), embeddings and models are served; a stall ends when the client or the server leaves.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import math
import re
import select
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, cast

from openai_script import Script, answer, drop, endless, error, leave, raw, refusal, stall

__all__ = [
    "Request",
    "Script",
    "ScriptedOpenAI",
    "answer",
    "drop",
    "endless",
    "error",
    "leave",
    "raw",
    "refusal",
    "stall",
    "vector",
]


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request as it came. ``gone`` is set when the client closes the connection before the response is over,
    ``over`` when the server is done with it.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any
    received: float
    gone: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def prompt(self) -> str:
        """All messages, one after the other."""
        return "\n\n".join(f"{m['role']}: {m['content']}" for m in self.body["messages"])

    def message(self, role: str) -> str:
        """What the messages of that role say."""
        return "\n\n".join(m["content"] for m in self.body["messages"] if m["role"] == role)


Scripts = Iterable[Script] | Callable[[Request], Script]


class ScriptedOpenAI:
    """The server; a context manager.

    Args:
        scripts: for chat requests, in order, or a function of the request. Where they have run out, 500 is answered.
        embedding_scripts: failures for embedding requests, in order; after them vectors are sent.
        dimension: of the embeddings, where the request does not choose another.
        models: the names under ``/v1/models``; a chat request for another is answered as any other.
        key: the key that requests must carry, or None for any or none.
    """

    def __init__(
        self,
        scripts: Scripts = (),
        *,
        embedding_scripts: Iterable[Script] = (),
        dimension: int = 64,
        models: tuple[str, ...] = ("scripted",),
        key: str | None = None,
    ) -> None:
        self._choose = scripts if callable(scripts) else None
        self._queue = deque(() if callable(scripts) else scripts)
        self._embedding_queue = deque(embedding_scripts)
        self.dimension = dimension
        self.models = models
        self.key = key
        self.requests: list[Request] = []
        self.embedded: list[str] = []
        self.embedding_calls = 0
        self.stopping = threading.Event()
        self._lock = threading.Lock()
        self._http = _Server(("127.0.0.1", 0), _Handler)
        self._http.scripted = self
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def base_url(self) -> str:
        """What OPENAI_BASE_URL should be."""
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    def add(self, *scripts: Script) -> None:
        """Put further scripts at the end of the queue."""
        self._queue.extend(scripts)

    def chats(self) -> list[Request]:
        """The chat requests so far."""
        return [request for request in self.requests if request.path == "/v1/chat/completions"]

    def __enter__(self) -> ScriptedOpenAI:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stopping.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def next_chat(self, request: Request) -> Script:
        """The script for a chat request."""
        if self._choose is not None:
            return self._choose(request)
        with self._lock:
            return self._queue.popleft() if self._queue else error(500, "The script has run out.", type="server_error")

    def next_embedding(self) -> Script | None:
        """The failure for an embedding request, if one is due."""
        with self._lock:
            self.embedding_calls += 1
            return self._embedding_queue.popleft() if self._embedding_queue else None


def vector(text: str, dimension: int) -> list[float]:
    """A unit vector of hashed words: the same for the same text, near for texts that share words."""
    values = [0.0] * dimension
    for word in re.findall(r"\w+", text.lower()) or [text]:
        digest = hashlib.sha256(word.encode()).digest()
        values[int.from_bytes(digest[:4], "big") % dimension] += 1.0 if digest[4] % 2 else -1.0
    norm = math.sqrt(sum(value * value for value in values))
    return [value / norm for value in values] if norm else [1.0, *values[1:]]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    scripted: ScriptedOpenAI

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that has left is what many tests are about."""


class _Left(Exception):
    """The client has closed the connection."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    @property
    def scripted(self) -> ScriptedOpenAI:
        return cast("_Server", self.server).scripted

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_CONNECT(self) -> None:
        self._serve()

    def _serve(self) -> None:
        data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {key.lower(): value for key, value in self.headers.items()}
        body = json.loads(data) if data else None
        request = Request(method=self.command, path=self.path, headers=headers, body=body, received=time.monotonic())
        self.scripted.requests.append(request)
        try:
            self._route(request)
        except (_Left, ConnectionError):
            request.gone.set()
            self.close_connection = True
        finally:
            request.over.set()

    def _route(self, request: Request) -> None:
        key = self.scripted.key
        if key is not None and request.headers.get("authorization") != f"Bearer {key}":
            given = request.headers.get("authorization", "").removeprefix("Bearer ")
            self._play(error(401, f"Incorrect API key provided: {given}.", code="invalid_api_key"), request)
        elif request.path == "/v1/chat/completions" and request.method == "POST":
            self._play(self.scripted.next_chat(request), request)
        elif request.path == "/v1/embeddings" and request.method == "POST":
            failure = self.scripted.next_embedding()
            self._play(failure, request) if failure is not None else self._embed(request.body)
        elif request.path == "/v1/models":
            self._json({"object": "list", "data": [_model(name) for name in self.scripted.models]})
        elif request.path.removeprefix("/v1/models/") in self.scripted.models:
            self._json(_model(request.path.removeprefix("/v1/models/")))
        else:
            self._play(error(404, f"Unknown request URL: {request.path}.", code="unknown_url"), request)

    def _play(self, script: Script, request: Request) -> None:
        self._pause(script.before)
        if script.body is not None:
            self._send(script.status, script.body, script.content_type, script.headers)
        elif request.body.get("stream"):
            self._stream(script, request)
        else:
            self._complete(script, request)

    def _send(self, status: int, body: bytes, content_type: str, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": content_type, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _json(self, value: object) -> None:
        self._send(200, json.dumps(value).encode(), "application/json", {})

    def _complete(self, script: Script, request: Request) -> None:
        for piece in script.pieces:
            if not isinstance(piece, str):
                self._pause(piece)
        if script.ending == "stall":
            self._pause(math.inf)
        if script.ending == "drop":
            self._break()
            return
        content = "".join(piece for piece in script.pieces if isinstance(piece, str))
        message = {"role": "assistant", "content": content, **script.delta}
        choice = {"index": 0, "message": message, "finish_reason": script.finish_reason}
        self._json({**_head("chat.completion", request), "choices": [choice], "usage": _usage(script)})

    def _stream(self, script: Script, request: Request) -> None:
        self.send_response(script.status)
        for name, value in {"Content-Type": "text/event-stream", "Transfer-Encoding": "chunked"}.items():
            self.send_header(name, value)
        for name, value in script.headers.items():
            self.send_header(name, value)
        self.end_headers()
        for event in self._events(script, request):
            data = event.encode()
            for start in range(0, len(data), script.split or len(data)):
                part = data[start : start + (script.split or len(data))]
                self._check()
                self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        if script.ending == "drop":
            self._break()
        else:
            self.wfile.write(b"0\r\n\r\n")

    def _events(self, script: Script, request: Request) -> Iterator[str]:
        head = _head("chat.completion.chunk", request)

        def chunk(delta: Mapping[str, Any], finish_reason: str | None = None) -> str:
            choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
            return _event({**head, "choices": [choice]})

        yield chunk({"role": "assistant", "content": "", **script.delta})
        for piece in script.pieces:
            if isinstance(piece, str):
                yield chunk({"content": piece})
            else:
                self._pause(piece)
        if script.ending == "stall":
            self._pause(math.inf)
        while script.ending == "endless" and not self.scripted.stopping.is_set():
            yield chunk({"content": str(script.pieces[-1])})
        while script.ending == "keepalive" and not self.scripted.stopping.is_set():
            yield ": still here\n\n"
            self._pause(0.02)
        if script.ending == "drop":
            return
        if script.finish_reason is not None:
            yield chunk({}, script.finish_reason)
        if (request.body.get("stream_options") or {}).get("include_usage"):
            yield _event({**head, "choices": [], "usage": _usage(script)})
        if script.done:
            yield "data: [DONE]\n\n"

    def _embed(self, body: Mapping[str, Any]) -> None:
        given = body["input"]
        inputs = [given] if isinstance(given, str) or (given and isinstance(given[0], int)) else given
        texts = [text if isinstance(text, str) else " ".join(map(str, text)) for text in inputs]
        self.scripted.embedded.extend(texts)
        vectors = [vector(text, body.get("dimensions") or self.scripted.dimension) for text in texts]
        data = [
            {
                "object": "embedding",
                "index": index,
                "embedding": base64.b64encode(struct.pack(f"<{len(v)}f", *v)).decode()
                if body.get("encoding_format") == "base64"
                else v,
            }
            for index, v in enumerate(vectors)
        ]
        tokens = sum(len(text.split()) for text in texts)
        usage = {"prompt_tokens": tokens, "total_tokens": tokens}
        self._json({"object": "list", "data": data, "model": body["model"], "usage": usage})

    def _pause(self, seconds: float) -> None:
        """Wait; notice a client that leaves meanwhile."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and not self.scripted.stopping.is_set():
            self._check(min(left, 0.02))

    def _check(self, seconds: float = 0.0) -> None:
        readable, _, _ = select.select([self.connection], [], [], seconds)
        if readable and not self.connection.recv(1, socket.MSG_PEEK):
            raise _Left

    def _break(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)


def _event(value: object) -> str:
    # Not ASCII: the characters go over the wire as they are, and may be cut in two.
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n"


def _head(kind: str, request: Request) -> dict[str, Any]:
    return {"id": "chatcmpl-1", "object": kind, "created": 1_431_000_000, "model": request.body["model"]}


def _usage(script: Script) -> dict[str, int]:
    prompt, completion = script.usage
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 1_431_000_000, "owned_by": "tests"}
