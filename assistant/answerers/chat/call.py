"""Calls a chat model and streams what it answers, with one set of limits, retries and errors.

Invariants:

* Nothing is retried once a word of the answer has come.
* Closing the stream, or cancelling its task, closes the connection at once.
* Only :class:`~assistant.errors.ModelError` is raised.

The model is read in a task of its own, because only so a wait can be ended at will, whatever the vendor's package does
in the meantime.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assistant.answerers.base import Piece
from assistant.answerers.chat.decode import Failed, Reading, Timeouts
from assistant.answerers.chat.errors import Failure, Service, failure
from assistant.types import Notice
from prompts import Message

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_FIRST_WAIT = 0.5
_LONGEST_WAIT = 8.0
#: Chunks that may wait for the consumer; more would hold text back while the reader is at it.
_READ_AHEAD = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Retries:
    """How often a failed attempt is repeated, and for how many seconds in all it may be waited in between."""

    attempts: int = 3
    max_wait: float = 30.0
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOptions:
    """How a model is called: how long it is waited for, how often it is tried, and how it was told to sample."""

    timeouts: Timeouts = field(default_factory=Timeouts)
    retries: Retries = field(default_factory=Retries)
    sampling: Mapping[str, float | int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _End:
    """The stream is over, with the vendor's exception where it did not end well."""

    error: BaseException | None = None


class ModelCall:
    """Streams answers of one model. Remembers what of a request its service turned out not to take, and whether its
    thoughts come without their opening tag.
    """

    def __init__(self, model: BaseChatModel, service: Service, options: CallOptions) -> None:
        self._model = model
        self._service = service
        self._timeouts = options.timeouts
        self._retries = options.retries
        self._refused: set[str] = set()
        self._thoughts_unopened = False

    async def stream(self, messages: Sequence[Message], *, max_characters: int) -> AsyncGenerator[Piece, None]:
        """What the model answers to ``messages``: text, perhaps a notice, perhaps the usage.

        Raises:
            ModelError: where there is no whole answer.
        """
        waits = _Waits(self._retries)
        while True:
            reading = Reading(self._service, self._timeouts, max_characters, hold=self._thoughts_unopened)
            refused = frozenset(self._refused)
            try:
                async with aclosing(self._attempt(messages, reading)) as pieces:
                    async for piece in pieces:
                        yield piece
                return
            except Failed as failed:
                wait = self._wait(failed, waits, refused)
            finally:
                self._thoughts_unopened |= reading.thoughts_unopened
            await self._retries.sleep(wait)

    async def pieces(self, messages: Sequence[Message], *, max_characters: int) -> list[Piece]:
        """All that :meth:`stream` gives, and nothing that it declared void; raises as it does."""
        kept: list[Piece] = []
        async with aclosing(self.stream(messages, max_characters=max_characters)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Notice) and piece.restart:
                    kept.clear()
                else:
                    kept.append(piece)
        return kept

    def _wait(self, failed: Failed, waits: _Waits, refused: frozenset[str]) -> float:
        """Seconds until the next attempt; raises the error where there is to be none.

        Args:
            refused: what the attempt that failed had left out.
        """
        parameter = failed.failure.parameter
        if parameter is not None and self._leave_out(parameter, refused):
            return 0.0
        wait = waits.next(failed.failure)
        if wait is None:
            raise failed.failure.error from failed.__cause__
        return wait

    def _leave_out(self, parameter: str, refused: frozenset[str]) -> bool:
        """Ask without ``parameter`` from now on; whether that makes the next attempt another one than the last."""
        if parameter in self._refused:
            return parameter not in refused  # another question has found it out in the meantime
        if parameter != "system":
            lighter = _without(self._model, parameter, self._refused)
            if lighter is None:
                return False
            self._model = lighter
        self._refused.add(parameter)
        return True

    def _sent(self, messages: Sequence[Message]) -> list[tuple[str, str]]:
        """The messages as (role, content); where the system role is refused, its words stand before the user's."""
        sent = [(message.role, message.content) for message in messages]
        if "system" not in self._refused:
            return sent
        rules = [content for role, content in sent if role == "system"]
        rest = [(role, content) for role, content in sent if role != "system"]
        first = next((i for i, (role, _) in enumerate(rest) if role == "user"), None)
        if first is None:
            return [("user", "\n\n".join(rules)), *rest]
        rest[first] = ("user", "\n\n".join([*rules, rest[first][1]]))
        return rest

    async def _attempt(self, messages: Sequence[Message], reading: Reading) -> AsyncGenerator[Piece, None]:
        items: asyncio.Queue[Any] = asyncio.Queue(_READ_AHEAD)
        task = asyncio.create_task(_read_into(items, self._model, self._sent(messages)))
        try:
            while not isinstance(item := await self._next(items, reading), _End):
                for piece in reading.take(item):
                    yield piece
        finally:
            task.cancel()
            await asyncio.wait({task}, timeout=5)
        self._check(item, reading)
        for piece in reading.finish():
            yield piece

    async def _next(self, items: asyncio.Queue[Any], reading: Reading) -> Any:
        began = time.monotonic()
        try:
            async with asyncio.timeout(reading.patience()):
                return await items.get()
        except TimeoutError:
            pass
        finally:
            reading.waited(time.monotonic() - began)
        raise reading.timed_out()

    def _check(self, end: _End, reading: Reading) -> None:
        if end.error is None:
            return
        if not isinstance(end.error, Exception):
            raise end.error
        raise Failed(failure(end.error, self._service, midway=reading.started)) from end.error


class _Waits:
    """Exponential backoff with jitter; where the service says how long to wait, as long as that."""

    def __init__(self, retries: Retries) -> None:
        self._retries = retries
        self._attempts = 0
        self._waited = 0.0

    def next(self, failure: Failure) -> float | None:
        """Seconds to wait before another attempt, or None where there is to be none."""
        if not failure.retry or self._attempts >= self._retries.attempts:
            return None
        wait = failure.after
        if wait is None:
            wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2**self._attempts) * random.uniform(0.75, 1.0)
        if self._waited + wait > self._retries.max_wait:
            return None
        self._attempts += 1
        self._waited += wait
        return wait


def _without(model: BaseChatModel, parameter: str, refused: Collection[str]) -> BaseChatModel | None:
    """A copy of ``model`` that does not send ``parameter``, or None where it does not send it anyway.

    Args:
        refused: what is left out already.
    """
    extra: dict[str, Any] = dict(getattr(model, "extra_body", None) or {})
    changes: dict[str, Any] | None = None
    if parameter == "temperature" and getattr(model, "temperature", None) is not None:
        changes = {"temperature": None}
    elif parameter == "stream_options" and getattr(model, "stream_usage", None):
        changes = {"stream_usage": False}
    elif parameter == "stream" and hasattr(model, "stream_usage") and "stream" not in extra:
        # The answer comes in one piece, and is read as a stream of one (see ``wire``).
        changes = {"stream_usage": False, "extra_body": {**extra, "stream": False}}
    elif parameter in ("max_tokens", "max_completion_tokens", "limit"):
        changes = _other_limit(model, parameter, refused)
    return model.model_copy(update=changes) if changes is not None else None


def _other_limit(model: BaseChatModel, parameter: str, refused: Collection[str]) -> dict[str, Any] | None:
    """The limit of tokens under its other name: OpenAI's newer models know the newer one only, many servers the older.
    Where both are refused, or the number itself, none.
    """
    extra: dict[str, Any] = dict(getattr(model, "extra_body", None) or {})
    older, newer = extra.pop("max_tokens", None), getattr(model, "max_tokens", None)
    if parameter == "limit" and (older or newer):
        return {"extra_body": extra or None, "max_tokens": None}
    if parameter == "max_tokens" and older:
        return {"extra_body": extra or None, "max_tokens": None if "max_completion_tokens" in refused else older}
    if parameter == "max_completion_tokens" and newer:
        older_only = {} if "max_tokens" in refused else {"max_tokens": newer}
        return {"extra_body": {**extra, **older_only} or None, "max_tokens": None}
    return None


async def _read_into(items: asyncio.Queue[Any], model: BaseChatModel, messages: list[tuple[str, str]]) -> None:
    try:
        chunks: Any = model.astream(messages)
        async with aclosing(chunks):
            async for chunk in chunks:
                await items.put(chunk)
    except Exception as error:  # noqa: BLE001 - handed over, not swallowed: a vendor's package may raise anything
        await items.put(_End(error))
    else:
        await items.put(_End())
