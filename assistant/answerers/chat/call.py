"""Calls a chat model and streams what it answers; sync and async, with one set of limits, retries and errors.

Invariants:

* Nothing is retried once a word of the answer has come.
* Closing the stream, or cancelling its task, closes the connection at once.
* Only :class:`~assistant.errors.ModelError` is raised.

The model is read in a thread (sync) or a task (async) of its own, because only so a wait can be ended at will,
whatever the vendor's package does in the meantime.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import queue
import random
import socket
import threading
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Sequence
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
    sleep: Callable[[float], None] = time.sleep
    asleep: Callable[[float], Awaitable[None]] = asyncio.sleep


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

    def stream(self, messages: Sequence[Message], *, max_characters: int) -> Generator[Piece, None, None]:
        """What the model answers to ``messages``: text, perhaps a notice, perhaps the usage.

        Raises:
            ModelError: where there is no whole answer.
        """
        waits = _Waits(self._retries)
        while True:
            reading = Reading(self._service, self._timeouts, max_characters)
            try:
                yield from self._attempt(messages, reading)
                return
            except Failed as failed:
                self._retries.sleep(self._wait(failed, waits))

    async def astream(self, messages: Sequence[Message], *, max_characters: int) -> AsyncGenerator[Piece, None]:
        """The same without blocking the event loop."""
        waits = _Waits(self._retries)
        while True:
            reading = Reading(self._service, self._timeouts, max_characters)
            try:
                async with contextlib.aclosing(self._aattempt(messages, reading)) as pieces:
                    async for piece in pieces:
                        yield piece
                return
            except Failed as failed:
                wait = self._wait(failed, waits)
            await self._retries.asleep(wait)

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

    def _attempt(self, messages: Sequence[Message], reading: Reading) -> Generator[Piece, None, None]:
        with contextlib.closing(_Reader(self._model, messages)) as reader:
            while not isinstance(item := self._next(reader, reading), _End):
                text = reading.take(item)
                if text:
                    yield text
        self._check(item, reading)
        yield from reading.finish()

    def _next(self, reader: _Reader, reading: Reading) -> Any:
        began = time.monotonic()
        try:
            return reader.next(reading.patience())
        except queue.Empty:
            pass
        finally:
            reading.waited(time.monotonic() - began)
        raise reading.timed_out()

    async def _aattempt(self, messages: Sequence[Message], reading: Reading) -> AsyncGenerator[Piece, None]:
        items: asyncio.Queue[Any] = asyncio.Queue(_READ_AHEAD)
        task = asyncio.create_task(_read_into(items, self._model, messages))
        try:
            while not isinstance(item := await self._anext(items, reading), _End):
                text = reading.take(item)
                if text:
                    yield text
        finally:
            task.cancel()
            await asyncio.wait({task}, timeout=5)
        self._check(item, reading)
        for piece in reading.finish():
            yield piece

    async def _anext(self, items: asyncio.Queue[Any], reading: Reading) -> Any:
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


def _spoken(messages: Sequence[Message]) -> list[tuple[str, str]]:
    return [(message.role, message.content) for message in messages]


async def _read_into(items: asyncio.Queue[Any], model: BaseChatModel, messages: Sequence[Message]) -> None:
    try:
        chunks: Any = model.astream(_spoken(messages))
        async with contextlib.aclosing(chunks):
            async for chunk in chunks:
                await items.put(chunk)
    except Exception as error:  # noqa: BLE001 - handed over, not swallowed: a vendor's package may raise anything
        await items.put(_End(error))
    else:
        await items.put(_End())


_reader: contextvars.ContextVar[_Reader | None] = contextvars.ContextVar("_reader", default=None)


def response_opened(response: Any) -> None:
    """Hook for a sync HTTP client: lets the stream that is being read close this response's connection."""
    reader = _reader.get()
    if reader is not None:
        reader.opened(response)


class _Reader:
    """Reads a model's stream in a thread."""

    def __init__(self, model: BaseChatModel, messages: Sequence[Message]) -> None:
        self._items: queue.Queue[Any] = queue.Queue(_READ_AHEAD)
        self._stopped = threading.Event()
        self._responses: list[Any] = []
        context = contextvars.copy_context()
        threading.Thread(target=context.run, args=(self._read, model, messages), name="chat-model", daemon=True).start()

    def _read(self, model: BaseChatModel, messages: Sequence[Message]) -> None:
        _reader.set(self)
        try:
            chunks: Any = model.stream(_spoken(messages))
            with contextlib.closing(chunks):
                for chunk in chunks:
                    self._items.put(chunk)
                    if self._stopped.is_set():
                        return
        except BaseException as error:  # noqa: BLE001 - handed over to the thread that waits for it
            self._items.put(_End(error))
        else:
            self._items.put(_End())

    def next(self, timeout: float) -> Any:
        """The next chunk, or the end. Raises ``queue.Empty`` after ``timeout`` seconds."""
        return self._items.get(timeout=timeout)

    def opened(self, response: Any) -> None:
        """Remember ``response``; where the stream is closed already, close its connection."""
        self._responses.append(response)
        if self._stopped.is_set():
            _disconnect(response)

    def close(self) -> None:
        """Make the thread end: close the connection that it reads from, and let it put what it holds."""
        self._stopped.set()
        for response in list(self._responses):
            _disconnect(response)
        with contextlib.suppress(queue.Empty):
            while True:
                self._items.get_nowait()


def _disconnect(response: Any) -> None:
    """Wake a thread that waits for ``response``; closing the response from here would not."""
    stream = response.extensions.get("network_stream")
    connection = stream.get_extra_info("socket") if stream is not None and not response.is_closed else None
    if connection is not None:
        with contextlib.suppress(OSError):
            socket.socket.shutdown(connection, socket.SHUT_RDWR)
