"""A connection that breaks while an answer is written: nothing is lost."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from chatting import Request

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

QUESTION = "What does Russia say caused the freeze?"
FOLLOW_UP = "And what does Washington say?"


class Line:
    """What lies between a browser and the chat, and can be cut."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._ends: set[asyncio.StreamWriter] = set()
        self._is_cut = False
        self.address = ""

    def cut(self) -> None:
        """Break every connection, and let no other one come about."""
        self._is_cut = True
        for end in self._ends:
            end.transport.abort()

    def mend(self) -> None:
        """Let connections come about again."""
        self._is_cut = False

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        if self._is_cut:
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self._port)
        self._ends |= {writer, back}
        async with asyncio.TaskGroup() as both:
            both.create_task(self._copy(reader, back))
            both.create_task(self._copy(there, writer))

    async def _copy(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while piece := await source.read(65536):
                target.write(piece)
                await target.drain()
        self._ends.discard(target)
        target.close()


@pytest_asyncio.fixture(loop_scope="session")
async def line(chat: Any) -> AsyncIterator[Line]:
    """The way to the chat."""
    line = Line(urlsplit(chat.url).port or 0)
    server = await asyncio.start_server(line.carry, "127.0.0.1", 0)
    line.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield line
    server.close()
    line.cut()


async def test_an_answer_goes_on_while_the_line_is_cut_and_is_there_when_it_is_mended(
    chat: Any, line: Line, watch: Any, asking: Any, until_answered: Any, hold: str
) -> None:
    watched = await watch(locale="en-GB")  # a browser of its own
    page = await watched.open(line.address)

    def reply(request: Request) -> Iterator[str]:
        first, second = request.evidence.sentences[:2]
        yield f"{first.text} [{first.number}] "
        yield hold
        yield f"{second.text} [{second.number}]"

    chat.script.reply = reply
    await asking(page, QUESTION, finish=False)
    await page.locator("#live button.cite").wait_for()
    line.cut()
    await page.get_by_text("Connection to the server was lost").wait_for()
    chat.script.go_on.set()
    assert await asyncio.to_thread(chat.script.closed.wait, 30)
    line.mend()
    await until_answered(page)
    assert await page.locator("#conversation button.cite").count() == 2
    await asking(page, FOLLOW_UP)
    assert chat.script.requests[-1].query.history != ()


async def test_a_question_that_is_asked_while_the_line_is_cut_is_not_lost(
    chat: Any, line: Line, watch: Any, asking: Any, until_answered: Any
) -> None:
    page = await (await watch(locale="en-GB")).open(line.address)
    await asking(page, QUESTION)
    line.cut()
    await page.fill("#question textarea", FOLLOW_UP)
    await page.press("#question textarea", "Enter")
    await page.get_by_text("Connection to the server was lost").wait_for()
    async with page.expect_event("load"):
        line.mend()
    await page.wait_for_function("q => document.querySelector('#question textarea')?.value === q", arg=FOLLOW_UP)
    await page.press("#question textarea", "Enter")
    await until_answered(page, 2)
    assert await page.locator(".question").all_inner_texts() == [QUESTION, FOLLOW_UP]
