"""Requests as no well-behaved client sends them: any header, any body, one connection each."""

from __future__ import annotations

import http.client
import json
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str


def send(url: str, path: str, method: str = "GET", body: Any = None, **headers: str) -> Answered:
    """Send one request; ``x_y`` in a header's name stands for ``x-y``, and a body that is no text or bytes for JSON."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    if body is not None and not isinstance(body, (str, bytes)):
        body, given = json.dumps(body), {"content-type": "application/json", **given}
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    try:
        connection.putrequest(method, path, skip_host="host" in given)
        for name, value in given.items():
            connection.putheader(name, value)
        data = body.encode() if isinstance(body, str) else body
        if data is not None and "content-length" not in given:
            connection.putheader("content-length", str(len(data)))
        connection.endheaders(data)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return Answered(answer.status, found, answer.read().decode(errors="replace"))
    finally:
        connection.close()


def upload(url: str, content: bytes, name: str = "storm.txt", **headers: str) -> Answered:
    """Upload one file as the page does."""
    boundary = secrets.token_hex(8)
    body = (
        f'--{boundary}\r\ncontent-disposition: form-data; name="files"; filename="{name}"\r\n\r\n'.encode()
        + content
        + f"\r\n--{boundary}--\r\n".encode()
    )
    kind = f"multipart/form-data; boundary={boundary}"
    return send(url, "/gradio_api/upload", "POST", body, **{"content-type": kind, **headers})


def file_at(path: str) -> dict[str, Any]:
    """A file as a call names it."""
    return {"path": path, "meta": {"_type": "gradio.FileData"}}
