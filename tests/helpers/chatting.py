"""A reader of the chat without a browser: asks through the page's own events, as its scripts do, and reads the stream.

Times are seconds from the moment when the question is sent.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx2

from assistant.citing.evidence import Evidence
from assistant.question.query import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What an answerer was asked."""

    query: Query
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a reader got: when the first sign of life came, when the first of the awaited words, and when the end."""

    seen: float
    first_words: float
    whole: float
    shown: str
    said: str


class Reader:
    """One open page: its own session, on the chat at ``url``."""

    def __init__(self, url: str, client: httpx2.AsyncClient, config: dict[str, Any]) -> None:
        self._url, self._client, self._config = url, client, config
        self.session = secrets.token_hex(8)
        box = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == "question")
        self._asked = next(d for d in config["dependencies"] if [box, "submit"] in [list(t) for t in d["targets"]])
        self._box = box

    async def ask(self, question: str, awaited: str) -> Heard:
        """Ask, and read until the end; ``awaited`` is what the first words are known by."""
        begun = time.perf_counter()
        values = {c["id"]: c["props"].get("value") for c in self._config["components"]}
        data = [question if i == self._box else values.get(i) for i in self._asked["inputs"]]
        joined = await self._client.post(
            f"{self._url}/gradio_api/queue/join",
            json={"data": data, "fn_index": self._asked["id"], "session_hash": self.session, "trigger_id": self._box},
        )
        joined.raise_for_status()
        seen = first = 0.0
        everything: list[str] = []
        async for message in self._messages():
            now = time.perf_counter() - begun
            if message["msg"] == "process_generating":
                text = json.dumps(message["output"], ensure_ascii=False)
                everything.append(text)
                seen = seen or now
                if not first and awaited in text:
                    first = now
            elif message["msg"] == "process_completed":
                assert message["success"], message
                shown = json.dumps(message["output"], ensure_ascii=False)
                if not first and awaited in shown:
                    first = now
                return Heard(seen=seen, first_words=first, whole=now, shown=shown, said=" ".join(everything))
        raise AssertionError("the stream ended before the answer did")

    async def _messages(self) -> AsyncIterator[dict[str, Any]]:
        address = f"{self._url}/gradio_api/queue/data?session_hash={self.session}"
        async with self._client.stream("GET", address) as stream:
            async for line in stream.aiter_lines():
                if line.startswith("data:"):
                    yield json.loads(line[5:])


async def readers(url: str, client: httpx2.AsyncClient, count: int) -> list[Reader]:
    """So many readers who have opened the page."""
    config = (await client.get(f"{url}/config")).json()
    return [Reader(url, client, config) for _ in range(count)]


def patient_client() -> httpx2.AsyncClient:
    """A client for many streams at once that waits for as long as an answer takes."""
    return httpx2.AsyncClient(timeout=120, limits=httpx2.Limits(max_connections=200), trust_env=False)
