"""Suggestions stand below the answer that they were made for, and below no other."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest

from assistant.types import Answer
from assistant.web.chat import suggest as suggesting
from assistant.web.chat.suggest import Suggesting
from assistant.web.conversations.state import Conversation
from assistant.web.views.entry import Entry


class Slow:
    """Suggests something about the answer, once it is let."""

    let = threading.Event()
    begun = threading.Event()

    def __init__(self, store: object) -> None:
        pass

    def suggest(self, answer: Answer, *, go_on: Callable[[], bool], **limits: Any) -> tuple[str, ...]:
        self.begun.set()
        self.let.wait(30)
        return (f"More of {answer.id}?",)


def entry(number: int) -> Entry:
    question = f"Question {number}?"
    made = Answer(
        id=str(number),
        question=question,
        standalone_question=question,
        as_of=dt.date(2015, 5, 20),
        text="Yes.",
    )
    return Entry(number=number, question=question, answer=made)


async def test_what_was_made_for_an_answer_is_not_offered_below_the_next_one(
    monkeypatch: pytest.MonkeyPatch, samples: Any
) -> None:
    monkeypatch.setattr(suggesting, "Suggester", Slow)
    conversation = Conversation([entry(1)])
    offers = Suggesting(samples)
    first = asyncio.create_task(offers.questions(conversation, lambda: False))
    assert await asyncio.to_thread(Slow.begun.wait, 30)
    conversation.put(entry(2))  # asked and answered meanwhile
    Slow.let.set()
    assert await first == ()
    assert await offers.questions(conversation, lambda: False) == ("More of 2?",)
    offers.close()
