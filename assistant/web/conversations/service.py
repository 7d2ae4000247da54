"""The page's hold on kept conversations: off the event loop, and never a reason for the chat to stop.

Invariant: where the file cannot be used, every method here answers as if nothing were kept, and ``trouble`` says why.
Each trouble is reported once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from assistant.conversations import Conversations, ConversationsUnusable, KeptConversation, KeptTurn
from assistant.conversations.reading import kept_answer
from assistant.conversations.repository import new_id
from assistant.render.json import answer_to_dict, of_plain, to_plain
from assistant.types import Citation
from assistant.web.conversations.state import Conversation
from assistant.web.filters.form import Filters
from assistant.web.views.entry import Entry
from vectorstore.store import Store

Result = TypeVar("Result")


class ConversationService:
    """Conversations as the page's events need them.

    Args:
        conversations: None where they cannot be kept; ``trouble`` says why.
    """

    def __init__(
        self,
        store: Store,
        conversations: Conversations | None = None,
        *,
        trouble: str = "",
        report: Callable[[str], None] = print,
    ) -> None:
        self._store = store
        self._conversations = conversations
        self._report = report
        self.trouble = ""
        self._said: set[str] = set()
        if trouble:
            self._say(trouble)

    def close(self) -> None:
        """Let go of the file."""
        if self._conversations is not None:
            self._conversations.close()

    def _say(self, trouble: str) -> None:
        self.trouble = trouble
        if trouble not in self._said:
            self._said.add(trouble)
            self._report(f"The chat goes on, but {trouble}")

    async def attempt(self, user: str | None, act: Callable[[Conversations, str], Result], otherwise: Result) -> Result:
        """What ``act`` makes of the conversations and the user's name; ``otherwise`` where nothing is kept."""
        conversations = self._conversations
        if conversations is None or user is None:
            return otherwise
        try:
            return await asyncio.to_thread(act, conversations, user)
        except ConversationsUnusable as error:
            self._say(str(error))
            return otherwise

    # -- whole conversations ---------------------------------------------------------------------------------------

    async def open(self, user: str | None, conversation_id: str, *, without: int | None = None) -> Conversation | None:
        """A kept conversation to go on with, or None.

        Args:
            without: row of a turn that is still being answered, and so is no entry yet.
        """

        def read(kept: Conversations, name: str) -> Conversation | None:
            found = kept.get(name, conversation_id)
            return self._opened(found, without) if found is not None else None

        return await self.attempt(user, read, None)

    async def refresh(self, user: str | None, conversation: Conversation) -> None:
        """Take over what was asked on another page since; where it was deleted there, begin another one."""
        if conversation.revision is None:
            return

        def read(kept: Conversations, name: str) -> Conversation | None:
            if kept.revision(name, conversation.id) == conversation.revision:
                return conversation
            found = kept.get(name, conversation.id)
            return self._opened(found, None) if found is not None else Conversation(id=new_id())

        same: Conversation | None = conversation
        fresh = await self.attempt(user, read, same)
        if fresh is not None and fresh is not conversation:
            conversation.entries, conversation.editing = fresh.entries, False
            conversation.id, conversation.revision = fresh.id, fresh.revision

    async def note_revision(self, user: str | None, conversation: Conversation) -> None:
        """Remember that the entries are those that are kept now."""
        conversation.revision = await self.attempt(
            user, lambda kept, user: kept.revision(user, conversation.id), conversation.revision
        )

    def _opened(self, kept: KeptConversation, without: int | None) -> Conversation:
        turns = [turn for turn in kept.turns if turn.row != without]
        entries = [_entry(number, turn, self._store) for number, turn in enumerate(turns, 1)]
        shown = entries[-1].number if entries else 0
        return Conversation(entries=entries, shown=shown, id=kept.id, revision=kept.revision)

    # -- turns -----------------------------------------------------------------------------------------------------

    async def begin(
        self, user: str | None, conversation: Conversation, question: str, filters: Filters, replacing: int | None
    ) -> int | None:
        """Keep a question before it is answered; returns its row, or None where it is not kept."""
        if conversation.entries and conversation.revision is None:
            return None  # its beginning is not kept: neither is the rest
        row = await self.attempt(
            user,
            lambda kept, user: kept.append(
                user,
                conversation.id,
                question,
                scope=filters.scope,
                model=filters.model,
                replacing=replacing,
            ),
            None,
        )
        if row is not None:
            self.trouble = ""
        return row

    async def record(self, user: str | None, entry: Entry) -> None:
        """Keep what has become of a question, so far or in the end."""
        row = entry.row
        if row is None:
            return
        citations = [to_plain(citation) for citation in entry.citations] if entry.answer is None else []
        result: dict[str, Any] = {
            "answer": answer_to_dict(entry.answer) if entry.answer else None,
            "trouble": entry.trouble,
            "partial": entry.partial if entry.answer is None else "",
            "citations": citations,
        }
        await self.attempt(user, lambda kept, user: kept.record(user, row, **result), False)


def _entry(number: int, turn: KeptTurn, store: Store) -> Entry:
    try:
        answer = kept_answer(turn.answer, store) if turn.answer is not None else None
        citations = tuple(of_plain(Citation, citation) for citation in turn.citations)
    except (KeyError, TypeError, ValueError) as error:
        raise ConversationsUnusable(
            "an answer that is kept is damaged", remedy="delete the conversation that it stands in"
        ) from error
    return Entry(
        number=number,
        question=turn.question,
        scope=turn.scope,
        answer=answer,
        trouble=turn.trouble,
        partial=turn.partial,
        citations=citations,
        row=turn.row,
        feedback=turn.feedback,
    )
