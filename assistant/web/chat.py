"""What happens when something is asked: the page's events, without its components.

Each handler of a question is an asynchronous generator of :class:`View`; the page maps those to its components.

Invariant: everything about a conversation is in the :class:`Conversation` that is handed in. The only thing kept here
are the sessions that are being answered now and their streams, so that those can be stopped; each is gone when it ends.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, Protocol

from assistant.answer import Answer, AnswerReady, Event, Turn
from assistant.answerers import Answerer
from assistant.errors import UsageError
from assistant.web.answer_view import entry_view
from assistant.web.conversation import Conversation, Entry
from assistant.web.live import Live
from assistant.web.markup import Html, element
from assistant.web.sources_view import sources_of
from assistant.web.streaming import Flow
from ingest.errors import AssistantError
from vectorstore.store import Store

#: Characters of the longest question that is taken.
LONGEST_QUESTION = 2000

_logger = logging.getLogger(__name__)


class Asked(Protocol):
    """What the chat needs of an :class:`assistant.chain.Assistant`."""

    store: Store
    answerer: Answerer

    def astream(
        self, question: str, history: tuple[Turn, ...] = (), *, as_of: dt.date | None = None
    ) -> AsyncIterator[Event]:
        """Answer a question, event by event."""
        ...

    def close(self) -> None:
        """Close the store."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is to be shown anew; None leaves it as it is. ``asking`` says whether an answer is in the making."""

    conversation: Html | None = None
    live: Html | None = None
    sources: Html | None = None
    box: str | None = None
    asking: bool | None = None


class Chat:
    """The page's events over one assistant, for any number of sessions."""

    def __init__(self, assistant: Asked, welcome: Html) -> None:
        self._assistant = assistant
        self._welcome = welcome
        self._running: dict[str, Flow | None] = {}

    def conversation_view(self, conversation: Conversation) -> Html:
        """Everything that is finished, or the welcome where nothing was asked yet."""
        if not conversation.entries:
            return self._welcome
        last = conversation.entries[-1]
        entries = [
            entry_view(entry, last=entry is last, editing=entry is last and conversation.editing)
            for entry in conversation.entries
        ]
        return _listed(entries)

    async def ask(
        self, question: str, as_of: str | None, conversation: Conversation, session: str
    ) -> AsyncGenerator[View, None]:
        """Answer ``question``; where the last one is being edited, in its place."""
        if not question.strip() or session in self._running:
            return
        self._running[session] = None
        try:
            async for view in self._ask(question, as_of, conversation, session):
                yield view
        finally:
            del self._running[session]

    async def _ask(
        self, question: str, as_of: str | None, conversation: Conversation, session: str
    ) -> AsyncGenerator[View, None]:
        if conversation.editing:
            conversation.editing = False
            conversation.entries.pop()
        live = Live(number=conversation.next_number(), question=" ".join(question.split()))
        earlier = [entry_view(entry, last=False) for entry in conversation.entries]
        conversation.shown = live.number
        yield View(conversation=_listed(earlier), live=live.view(), sources=live.sources(), box="", asking=True)
        trouble = ""
        try:
            live.as_of = read_day(as_of)
            check_length(question)
            async for view in self._stream(live, conversation, session):
                yield view
        except AssistantError as error:
            trouble = sentence(str(error))
        except Exception:  # the outer edge: the page must not wait for ever
            _logger.exception("a question could not be answered")
            trouble = "Something went wrong that should not; the terminal that runs the chat says what."
        entry = live.entry(trouble)
        conversation.entries.append(entry)
        yield View(
            conversation=self.conversation_view(conversation),
            live=Html(),
            sources=sources_of(entry) if conversation.shown == entry.number else None,
            asking=False,
        )

    async def _stream(self, live: Live, conversation: Conversation, session: str) -> AsyncGenerator[View, None]:
        events = self._assistant.astream(live.question, conversation.history(), as_of=live.as_of)
        flow = self._running[session] = Flow(events)
        async with aclosing(flow.batches()) as batches:
            async for batch in batches:
                changed = live.take(batch)
                if live.answer is None:
                    shown = changed and conversation.shown == live.number
                    yield View(live=live.view(), sources=live.sources() if shown else None)

    async def retry(self, as_of: str | None, conversation: Conversation, session: str) -> AsyncGenerator[View, None]:
        """Ask the last question again."""
        if not conversation.entries or session in self._running:
            return
        conversation.editing = False
        question = conversation.entries.pop().question
        async for view in self.ask(question, as_of, conversation, session):
            yield view

    def stop(self, session: str) -> None:
        """Stop the answer that is in the making."""
        flow = self._running.get(session)
        if flow is not None:
            flow.stop()

    def stop_all(self) -> None:
        """Stop every answer that is in the making; from any thread."""
        for flow in list(self._running.values()):
            if flow is not None:
                flow.stop_from_outside()

    def edit(self, conversation: Conversation, session: str) -> View:
        """Put the last question into the box."""
        if not conversation.entries or session in self._running:
            return View()
        conversation.editing = True
        return View(conversation=self.conversation_view(conversation), box=conversation.entries[-1].question)

    def keep(self, conversation: Conversation) -> View:
        """Leave the last question as it is after all."""
        conversation.editing = False
        return View(conversation=self.conversation_view(conversation), box="")

    def show(self, number: str, conversation: Conversation) -> View:
        """Show the sources of an entry."""
        entry: Entry | None = conversation.entry(int(number)) if number.isdecimal() and len(number) < 9 else None
        if entry is None:
            return View()
        conversation.shown = entry.number
        return View(sources=sources_of(entry))

    async def answer(self, question: str, as_of: str | None) -> dict[str, Any]:
        """One question without a conversation, as the object of ``ask --json``.

        Raises:
            AssistantError: where it cannot be answered.
        """
        check_length(question)
        answer: Answer | None = None
        async for event in self._assistant.astream(question, (), as_of=read_day(as_of)):
            if isinstance(event, AnswerReady):
                answer = event.answer
        assert answer is not None
        return answer.to_dict()


def _listed(entries: list[Html]) -> Html:
    return element("div", entries, class_="log", role="log", aria_label="Conversation")


def sentence(message: str) -> str:
    """A message as a sentence; a name that it begins with keeps its form."""
    first = message.split(" ", 1)[0]
    return f"{message[:1].upper() if first.isalpha() else message[:1]}{message[1:].rstrip('.')}."


def check_length(question: str) -> None:
    """Raises ``UsageError`` where a question is longer than any question is."""
    if len(question) > LONGEST_QUESTION:
        raise UsageError(f"the question has {len(question):,} characters", remedy=f"keep it under {LONGEST_QUESTION:,}")


def read_day(text: str | None) -> dt.date | None:
    """The day in the field "as of", None where it is empty.

    Raises:
        UsageError: where it is no date.
    """
    if text is None or not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip()[:10])
    except ValueError as error:
        raise UsageError(f"{text!r} is not a date", remedy="write it as in 2015-05-12, or leave it empty") from error
