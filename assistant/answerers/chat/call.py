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
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.answerers.base import Piece
from assistant.answerers.chat.decode import Failed, Reading, Timeouts
from assistant.answerers.chat.errors import Failure, Service, failure
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


@dataclass(frozen=True, slots=True)
class _End:
    """The stream is over, with the vendor's exception where it did not end well."""

    error: BaseException | None = None


class ModelCall:
    """Streams answers of one model. Remembers which parameters the model turned out not to take."""

    def __init__(self, model: BaseChatModel, service: Service, timeouts: Timeouts, retries: Retries) -> None:
        self._model = model
        self._service = service
        self._timeouts = timeouts
        self._retries = retries

    async def stream(self, messages: Sequence[Message], *, max_characters: int) -> AsyncGenerator[Piece, None]:
        """What the model answers to ``messages``: text, perhaps a notice, perhaps the usage.

        Raises:
            ModelError: where there is no whole answer.
        """
        waits = _Waits(self._retries)
        while True:
            reading = Reading(self._service, self._timeouts, max_characters)
            try:
                async with aclosing(self._attempt(messages, reading)) as pieces:
                    async for piece in pieces:
                        yield piece
                return
            except Failed as failed:
                wait = self._wait(failed, waits)
            await self._retries.sleep(wait)

    async def pieces(self, messages: Sequence[Message], *, max_characters: int) -> list[Piece]:
        """All that :meth:`stream` gives; raises as it does."""
        async with aclosing(self.stream(messages, max_characters=max_characters)) as pieces:
            return [piece async for piece in pieces]

    def _wait(self, failed: Failed, waits: _Waits) -> float:
        """Seconds until the next attempt; raises the error where there is to be none."""
        lighter = _without(self._model, failed.failure.parameter)
        if lighter is not None:
            self._model = lighter
            return 0.0
        wait = waits.next(failed.failure)
        if wait is None:
            raise failed.failure.error from failed.__cause__
        return wait

    async def _attempt(self, messages: Sequence[Message], reading: Reading) -> AsyncGenerator[Piece, None]:
        items: asyncio.Queue[Any] = asyncio.Queue(_READ_AHEAD)
        task = asyncio.create_task(_read_into(items, self._model, messages))
        try:
            while not isinstance(item := await self._next(items, reading), _End):
                text = reading.take(item)
                if text:
                    yield text
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


def _without(model: BaseChatModel, parameter: str | None) -> BaseChatModel | None:
    """A copy of ``model`` that does not send ``parameter``, or None where it does not send it anyway."""
    if parameter == "temperature" and getattr(model, "temperature", None) is not None:
        return model.model_copy(update={"temperature": None})
    extra = getattr(model, "extra_body", None) or {}
    if parameter == "max_tokens" and parameter in extra:
        # Behind a gateway: a model of OpenAI's own that knows this limit by its newer name only.
        return model.model_copy(update={"extra_body": None, "max_tokens": extra[parameter]})
    return None


async def _read_into(items: asyncio.Queue[Any], model: BaseChatModel, messages: Sequence[Message]) -> None:
    try:
        chunks: Any = model.astream([(message.role, message.content) for message in messages])
        async with aclosing(chunks):
            async for chunk in chunks:
                await items.put(chunk)
    except Exception as error:  # noqa: BLE001 - handed over, not swallowed: a vendor's package may raise anything
        await items.put(_End(error))
    else:
        await items.put(_End())
