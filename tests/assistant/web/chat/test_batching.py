"""Events come in batches, in order, and stop when nobody waits for them any more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

import pytest

from assistant.errors import ModelTimeout
from assistant.types import Event, TextDelta
from assistant.web.chat.batching import Flow


class Source:
    """Events that wait for leave, and remember whether the stream was closed."""

    def __init__(self, count: int, *, error: Exception | None = None) -> None:
        self.count = count
        self.error = error
        self.leave = asyncio.Event()
        self.closed = False

    async def stream(self, *, wait_at: int = -1) -> AsyncIterator[Event]:
        try:
            for i in range(self.count):
                if i == wait_at:
                    await self.leave.wait()
                yield TextDelta(text=str(i))
            if self.error:
                raise self.error
        finally:
            self.closed = True


async def texts(batches: AsyncGenerator[list[Event], None]) -> list[str]:
    async with aclosing(batches):
        return [event.text async for batch in batches for event in batch if isinstance(event, TextDelta)]


async def test_every_event_comes_once_and_in_order() -> None:
    source = Source(100)
    assert await texts(Flow(source.stream(), interval=0).batches()) == [str(i) for i in range(100)]
    assert source.closed


async def test_events_that_come_close_together_are_one_batch() -> None:
    sizes = [len(batch) async for batch in Flow(Source(50).stream()).batches()]
    assert sum(sizes) == 50
    assert len(sizes) < 5


async def test_an_event_is_not_held_back_while_the_next_one_is_awaited() -> None:
    source = Source(2)
    async with aclosing(Flow(source.stream(wait_at=1)).batches()) as batches:
        first = await asyncio.wait_for(anext(batches), 5)
        assert first == [TextDelta(text="0")]
        source.leave.set()
        assert await asyncio.wait_for(anext(batches), 5) == [TextDelta(text="1")]


async def test_stopping_ends_a_stream_that_waits_and_closes_it() -> None:
    source = Source(2)
    flow = Flow(source.stream(wait_at=1))
    batches = flow.batches()
    assert await anext(batches) == [TextDelta(text="0")]
    asyncio.get_running_loop().call_soon(flow.stop)
    with pytest.raises(StopAsyncIteration):
        await asyncio.wait_for(anext(batches), 5)
    assert source.closed
    assert flow.stopped


async def test_leaving_early_closes_the_stream() -> None:
    source = Source(3)
    async with aclosing(Flow(source.stream(wait_at=1)).batches()) as batches:
        await anext(batches)
    assert source.closed


async def test_cancelling_closes_the_stream() -> None:
    source = Source(2)
    task = asyncio.create_task(texts(Flow(source.stream(wait_at=0)).batches()))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert source.closed


async def test_what_came_before_an_error_comes_before_the_error() -> None:
    source = Source(2, error=ModelTimeout("it took too long"))
    seen: list[str] = []

    async def read() -> None:
        async for batch in Flow(source.stream(), interval=0).batches():
            seen.extend(event.text for event in batch if isinstance(event, TextDelta))

    with pytest.raises(ModelTimeout):
        await read()
    assert seen == ["0", "1"]
