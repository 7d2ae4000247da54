"""Who answers: the chat's own assistant, and those that a reader may choose in its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from assistant.answerers.base import Answerer
from assistant.types import Event, Turn
from assistant.web.filters.form import Filters, Offered
from vectorstore.store import Store


class Asked(Protocol):
    """What the chat needs of an :class:`assistant.pipeline.assistant.Assistant`."""

    store: Store
    answerer: Answerer

    def astream(
        self,
        question: str,
        history: tuple[Turn, ...] = (),
        *,
        as_of: dt.date | None = None,
        date_from: dt.date | None = None,
        date_to: dt.date | None = None,
        sources: Sequence[str] | None = None,
    ) -> AsyncIterator[Event]:
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

    def __init__(self, own: Asked, others: Sequence[Asked] = ()) -> None:
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

    def chosen(self, filters: Filters) -> Asked:
        """The one that a question is for."""
        return self._by_name[filters.model] if filters.model else self.own
