"""Events of an answer in batches, a few a second, that can be stopped from outside.

Every update of the page costs a message and a rendering; a model's pieces come faster than either is worth.

Invariant: the stream is read in one task of its own, and when :meth:`Flow.batches` ends, however it ends, that task is
over and the stream closed: nothing goes on that nobody waits for.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator

from assistant.types import Event

#: Seconds between two updates of the page.
INTERVAL = 0.05


class Flow:
    """One answer's events on their way to the page. Belongs to one event loop."""

    def __init__(self, events: AsyncIterator[Event], *, interval: float = INTERVAL) -> None:
        self._events = events
        self._interval = interval
        self._inbox: list[Event] = []
        self._wake = asyncio.Event()
        self._stopped = False
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def stopped(self) -> bool:
        """Whether :meth:`stop` was called."""
        return self._stopped

    def stop(self) -> None:
        """End the stream as soon as possible; what came until now is still handed out."""
        self._stopped = True
        self._wake.set()

    def stop_from_outside(self) -> None:
        """As :meth:`stop`, from another thread than the event loop's."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.stop)

    async def batches(self) -> AsyncGenerator[list[Event], None]:
        """The events in order, none of the lists empty.

        Raises:
            AssistantError: where the stream does, after what came before it.
        """
        self._loop = asyncio.get_running_loop()
        task = asyncio.create_task(self._read())
        task.add_done_callback(lambda _: self._wake.set())
        try:
            while not (task.done() or self._stopped):
                await self._wake.wait()
                self._wake.clear()
                if self._inbox:
                    batch, self._inbox = self._inbox, []
                    yield batch
                    await asyncio.wait({task}, timeout=self._interval)
            if self._inbox:
                yield self._inbox
            if task.done():
                task.result()
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _read(self) -> None:
        try:
            async for event in self._events:
                self._inbox.append(event)
                self._wake.set()
        finally:
            close = getattr(self._events, "aclose", None)
            if close is not None:
                await close()
