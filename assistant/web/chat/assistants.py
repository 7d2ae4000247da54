"""Who answers: the chat's own assistant, and those that a reader may choose in its place."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any, Protocol

from assistant.answerers.base import Answerer
from assistant.errors import UsageError
from assistant.render.json import answer_to_dict
from assistant.types import AnswerReady, Event, Turn
from assistant.web.filters.form import FilterForm, Filters, Offered, read
from vectorstore.retrieval.scope import Scope
from vectorstore.store import Store

#: Characters of the longest question that is taken.
LONGEST_QUESTION = 2000


def check_length(question: str) -> None:
    """Raises ``UsageError`` where a question is longer than any question is."""
    if len(question) > LONGEST_QUESTION:
        raise UsageError(f"the question has {len(question):,} characters", remedy=f"keep it under {LONGEST_QUESTION:,}")


class AssistantLike(Protocol):
    """What the chat needs of an :class:`assistant.pipeline.assistant.Assistant`."""

    store: Store
    answerer: Answerer

    def astream(self, question: str, history: tuple[Turn, ...] = (), *, scope: Scope) -> AsyncIterator[Event]:
        """Answer a question, event by event."""
        ...

    def close(self) -> None:
        """Close the store."""
        ...


class Assistants:
    """Assistants over one store, each chosen by its answerer's name.

    Args:
        own: answers where a reader has chosen none.
    """

    def __init__(self, own: AssistantLike, others: Sequence[AssistantLike] = ()) -> None:
        self.own = own
        self._by_name = {one.answerer.name: one for one in (*others, own)}

    def offered(self) -> Offered:
        """What can be chosen in the filters; it may wait for the archive."""
        own = self.own.answerer.name
        publishers = self.own.store.retriever.catalogue().source_names
        return Offered(
            publishers=frozenset(name for name in publishers if name),
            models=(own, *(name for name in self._by_name if name != own)),
        )

    def astream(self, question: str, history: tuple[Turn, ...], filters: Filters) -> AsyncIterator[Event]:
        """Answer a question by the one that it is for, event by event."""
        chosen = self._by_name[filters.model] if filters.model else self.own
        return chosen.astream(question, history, scope=filters.scope)

    async def answer(self, question: str, form: FilterForm) -> dict[str, Any]:
        """One question without a conversation, as the object of ``ask --json``.

        Raises:
            AssistantError: where it cannot be answered.
        """
        check_length(question)
        filters = read(form, await asyncio.to_thread(self.offered))
        events = [event async for event in self.astream(question, (), filters)]
        ready = events[-1]
        assert isinstance(ready, AnswerReady)
        return answer_to_dict(ready.answer)
