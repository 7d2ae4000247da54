"""The synchronous face of the asynchronous core: one event loop in a thread of its own, for the whole process.

Invariants: closing the iterator closes the generator in its own loop, so that whatever it holds is let go; an error
arrives where the next item was asked for. Context variables travel along.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Coroutine, Generator
from functools import cache
from typing import Any, Final, TypeVar

T = TypeVar("T")
_END: Final = object()
#: Seconds that a cancelled step may take to end.
_LONGEST_END = 5.0


def iterate(events: AsyncGenerator[T, None]) -> Generator[T, None, None]:
    """The items of an asynchronous generator; may be called from any thread, also one that runs an event loop."""

    async def advance() -> T | object:
        return await anext(events, _END)

    try:
        while (item := run(advance())) is not _END:
            yield item  # type: ignore[misc]  # it is no sentinel
    finally:
        run(events.aclose())


def run(step: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine that runs in the loop; where the wait is interrupted, the coroutine is cancelled."""
    ended = threading.Event()

    async def watched() -> T:
        try:
            return await step
        finally:
            ended.set()

    future = asyncio.run_coroutine_threadsafe(watched(), _loop())
    try:
        return future.result()
    except BaseException:
        if future.cancel():
            # A generator cannot be closed while a step of it is still being cancelled.
            ended.wait(_LONGEST_END)
        raise


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """The loop, started with the first question."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="news-assistant", daemon=True).start()
    return loop
