"""Several people at once: answers are written side by side, and each belongs to its question."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from chatting import Request, patient_client, readers

from assistant.pipeline.assistant import Assistant
from vectorstore.store import Store

PEOPLE = 20


def question(number: int) -> str:
    return f"What does Russia say caused the freeze? This is reader {number} asking."


@pytest.fixture(scope="module")
def crowded(samples: Store, running_chat: Any, served: Callable[..., str]) -> tuple[str, Any]:
    """A chat of its own, and its script."""
    script = type(running_chat.script)()
    return served(Assistant(samples, script, threshold=0.05)), script


def told(request: Request) -> str:
    """What the reader who asks is to be told."""
    found = re.search(r"reader (\d+)", request.query.text)
    assert found
    return f"Told-to-{found[1]}-only"


def borne_out(request: Request) -> str:
    """A statement that stands, so that the answer is not withdrawn for what else it says."""
    return f"{request.evidence.sentences[0].text} [1] "


async def test_each_answer_belongs_to_its_question(crowded: tuple[str, Any]) -> None:
    url, script = crowded
    script.reset()
    script.reply = lambda request: [borne_out(request), f"{told(request)} and ", "that is all [1]."]
    async with patient_client() as client:
        opened = await readers(url, client, PEOPLE)
        heard = await asyncio.gather(*(r.ask(question(i), f"Told-to-{i}-only") for i, r in enumerate(opened)))
    for number, each in enumerate(heard):
        assert set(re.findall(r"Told-to-\d+-only", each.said + each.shown)) == {f"Told-to-{number}-only"}
        assert set(re.findall(r"reader \d+", each.said + each.shown)) == {f"reader {number}"}


async def test_twenty_answers_are_written_at_the_same_time(crowded: tuple[str, Any], hold: str) -> None:
    url, script = crowded
    script.reset()
    script.reply = lambda request: [f"{told(request)} ", hold, "and that is all [1]."]
    async with patient_client() as client:
        opened = await readers(url, client, PEOPLE)
        asked = [asyncio.create_task(r.ask(question(i), f"Told-to-{i}-only")) for i, r in enumerate(opened)]
        async with asyncio.timeout(30):
            while len(script.requests) < PEOPLE:
                await asyncio.sleep(0.02)
        assert not any(task.done() for task in asked)
        script.go_on.set()
        heard = await asyncio.gather(*asked)
    assert all(each.first_words < each.whole for each in heard)  # streamed: the words came before the end


async def test_a_slow_model_call_blocks_nobody(crowded: tuple[str, Any], hold: str) -> None:
    url, script = crowded
    script.reset()

    def reply(request: Request) -> Iterator[str]:
        if "reader 0" in request.query.text:
            yield hold
        yield f"{borne_out(request)}{told(request)} [1]."

    script.reply = reply
    async with patient_client() as client:
        slow, *others = await readers(url, client, PEOPLE)
        waiting = asyncio.create_task(slow.ask(question(0), "Told-to-0-only"))
        await asyncio.to_thread(script.holding.wait, 30)
        heard = await asyncio.gather(*(r.ask(question(i), f"Told-to-{i}-only") for i, r in enumerate(others, 1)))
        assert all(each.first_words for each in heard)
        assert not waiting.done()
        script.go_on.set()
        assert (await waiting).first_words
