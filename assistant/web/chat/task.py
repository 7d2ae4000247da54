"""Answers in the making, apart from the pages that wait for them.

An answer is written in a task of its own. Pages follow it and may leave: a page that is reloaded, or whose connection
broke, finds it where it is by then, or finished.

Invariants:

* The question is kept before anything is shown of it, what came of the answer about once a second, and the finished
  answer before it is shown as finished.
* An answer that is not kept, and so can be found by no other page, stops when its page is closed.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import replace

from assistant.render.text import sentence
from assistant.types import Event
from assistant.web.auth.visitor import Visitor
from assistant.web.chat.batching import Flow
from assistant.web.chat.live import Live
from assistant.web.conversations.service import ConversationService
from assistant.web.views.entry import Entry
from ingest.errors import AssistantError

#: Seconds between two times that an answer in the making is kept.
KEEP_EVERY = 1.0

_logger = logging.getLogger(__name__)


class Answering:
    """One question while it is being answered.

    Attributes:
        entry: what has become of it, once it is finished.
        changed: set with the next change, and another event then.
        sources: a number that changes where its sources do.
    """

    def __init__(self, live: Live, visitor: Visitor, row: int | None) -> None:
        self.live = live
        self.visitor = visitor
        self.row = row
        self.entry: Entry | None = None
        self.changed = asyncio.Event()
        self.sources = 0
        self.flow: Flow | None = None
        self.task: asyncio.Task[None] | None = None

    def tell(self) -> None:
        """Wake the pages that follow."""
        before, self.changed = self.changed, asyncio.Event()
        before.set()

    def stop(self) -> None:
        """Leave it at what has been written."""
        if self.flow is not None:
            self.flow.stop()

    def start(
        self, service: ConversationService, events: Callable[[], AsyncIterator[Event]], on_end: Callable[[], None]
    ) -> None:
        """Begin; ``events`` may raise what the reader is to be told, ``on_end`` is called when it is kept."""
        self.task = asyncio.create_task(self._run(service, events, on_end))

    async def _run(
        self, service: ConversationService, events: Callable[[], AsyncIterator[Event]], on_end: Callable[[], None]
    ) -> None:
        trouble = ""
        try:
            self.flow = Flow(events())
            await self._read(service, self.flow)
        except AssistantError as error:
            trouble = sentence(str(error))
        except Exception:  # the outer edge: the page must not wait for ever
            _logger.exception("a question could not be answered")
            trouble = "Something went wrong that should not; the terminal that runs the chat says what."
        entry = replace(self.live.entry(trouble), row=self.row)
        try:
            await service.record(self.visitor.user, entry)
        finally:
            self.entry = entry
            on_end()  # before the pages are told, which may ask on at once
            self.tell()

    async def _read(self, service: ConversationService, flow: Flow) -> None:
        kept = time.monotonic()
        async with aclosing(flow.batches()) as batches:
            async for batch in batches:
                self.sources += self.live.take(batch)
                if self.live.answer is None:
                    self.tell()
                    if self.row is not None and time.monotonic() - kept > KEEP_EVERY:
                        await service.record(self.visitor.user, replace(self.live.entry(), row=self.row))
                        kept = time.monotonic()
