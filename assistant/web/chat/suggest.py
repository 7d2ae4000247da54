"""Suggestions for an open conversation, made apart from the answers so that no answer waits for them.

Invariant: at most one is being made at a time, in a thread of its own, and none goes on for a conversation in which
another question has been asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from assistant.suggestions import Suggester
from assistant.types import Answer
from assistant.web.conversations.state import Conversation
from ingest.errors import AssistantError
from vectorstore.retrieval.scope import Scope
from vectorstore.store import Store


class Suggesting:
    """Makes and remembers the suggestions below the last answer of each conversation."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._suggester: Suggester | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="suggestions")
        self._closed = False

    def close(self) -> None:
        """End what is being made, and wait for it: the store is closed next."""
        self._closed = True
        self._thread.shutdown(cancel_futures=True)

    async def questions(self, conversation: Conversation, is_asking: Callable[[], bool]) -> tuple[str, ...]:
        """What could be asked next; nothing where the last question has no answer or another is being asked."""
        answer = _last_answer(conversation)
        if answer is None or conversation.editing or is_asking() or self._closed:
            return ()
        if answer.id not in conversation.suggested:
            asked = tuple(entry.question for entry in conversation.entries)
            scope = conversation.entries[-1].scope

            def go_on() -> bool:
                return not (self._closed or is_asking() or _last_answer(conversation) is not answer)

            def make() -> tuple[str, ...]:
                return self._make(answer, asked, scope, go_on)

            made = await asyncio.get_running_loop().run_in_executor(self._thread, make)
            if not go_on():  # another question may have been asked and answered meanwhile
                return ()
            conversation.suggested = {answer.id: made}
        return conversation.suggested[answer.id]

    def _make(self, answer: Answer, asked: tuple[str, ...], scope: Scope, go_on: Callable[[], bool]) -> tuple[str, ...]:
        if not go_on():
            return ()
        try:
            if self._suggester is None:
                self._suggester = Suggester(self._store)
            return self._suggester.suggest(answer, asked=asked, scope=scope, go_on=go_on)
        except AssistantError:  # the store is being rebuilt, or closed: the answer is there all the same
            return ()


def _last_answer(conversation: Conversation) -> Answer | None:
    return conversation.entries[-1].answer if conversation.entries else None
