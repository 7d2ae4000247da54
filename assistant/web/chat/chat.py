"""What happens when something is asked: the page's events, without its components.

Each handler of a question is an asynchronous generator of :class:`PageUpdate`; the page maps those to its components.

Invariant: everything about a conversation is in the :class:`Conversation` that is handed in, and in what is kept of it.
Kept here are the answers in the making, each gone when it ends, and what each open page shows, gone when it is closed.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from typing import TypeAlias

from markupsafe import Markup

from assistant.conversations.repository import new_id
from assistant.types import Event
from assistant.web.auth.visitor import Visitor
from assistant.web.chat.assistants import AssistantLike, Assistants, check_length
from assistant.web.chat.live import Live
from assistant.web.chat.suggest import Suggesting
from assistant.web.chat.task import Answering
from assistant.web.chat.update import PageUpdate
from assistant.web.conversations.pages import Pages
from assistant.web.conversations.service import ConversationService
from assistant.web.conversations.state import Conversation
from assistant.web.filters.form import FilterForm, read_usable
from assistant.web.html import element, message_view
from assistant.web.views.answer import entry_view
from assistant.web.views.entry import Entry
from assistant.web.views.sources import sources_of
from assistant.web.views.suggestions import suggestions_view

Updates: TypeAlias = AsyncGenerator[PageUpdate, None]

#: Seconds that answers in the making are given to be kept when the chat ends.
LAST_SECONDS = 3.0


class Chat:
    """The page's events, for any number of sessions.

    Args:
        assistant: answers where a reader has chosen no other.
        others: over the same store, what a reader can choose in its place, by their answerers' names.
    """

    def __init__(
        self,
        assistant: AssistantLike,
        welcome: Markup,
        service: ConversationService | None = None,
        others: Sequence[AssistantLike] = (),
    ) -> None:
        self.assistants = Assistants(assistant, others)
        self._welcome = welcome
        self.service = service or ConversationService(assistant.store)
        self._running: dict[str, Answering] = {}
        self._preparing: set[str] = set()
        self._suggesting = Suggesting(assistant.store)
        self.pages = Pages(self.service)

    def greet(self, welcome: Markup) -> None:
        """Show ``welcome`` before the first question from now on."""
        self._welcome = welcome

    def conversation_view(self, conversation: Conversation) -> Markup:
        """Everything that is finished, or the welcome where nothing was asked yet."""
        if not conversation.entries:
            return self._welcome
        last = conversation.entries[-1]
        entries = [
            entry_view(entry, last=entry is last, editing=entry is last and conversation.editing)
            for entry in conversation.entries
        ]
        return _listed(entries)

    def turn_to(self, conversation_id: str, visitor: Visitor) -> None:
        """The visitor's page shows this conversation from now on; it stops to follow an answer of the one before."""
        page = self.pages.of(visitor)
        before, page.conversation_id = page.conversation_id, conversation_id
        if before != conversation_id and before in self._running:
            self._running[before].tell()

    # -- asking ----------------------------------------------------------------------------------------------------

    async def ask(self, question: str, given: FilterForm, conversation: Conversation, visitor: Visitor) -> Updates:
        """Answer ``question``; where the last one is being edited, in its place."""
        conversation.id = conversation.id or new_id()
        key = conversation.id
        if not question.strip() or key in self._preparing or key in self._running:
            yield PageUpdate(gone=True)
            return
        self._preparing.add(key)
        self.turn_to(key, visitor)
        try:
            answering = await self._begin(question, given, conversation, visitor)
        finally:
            self._preparing.discard(key)
        async for update in self.follow(answering, conversation, visitor):
            yield update

    async def _begin(self, question: str, given: FilterForm, conversation: Conversation, visitor: Visitor) -> Answering:
        key = conversation.id
        await self.service.refresh(visitor.user, conversation)
        if self.pages.shows(key, visitor):  # it has another id where it was deleted on another page
            self.turn_to(conversation.id, visitor)
        replaced: Entry | None = None
        if conversation.editing and conversation.entries:
            replaced = conversation.entries[-1]
        filters, problems = read_usable(given, await asyncio.to_thread(self.assistants.offered))
        row = await self.service.begin(
            visitor.user, conversation, question, filters, replaced.row if replaced is not None else None
        )
        if replaced is not None:
            conversation.entries.pop()
        conversation.editing = False
        live = Live(number=conversation.next_number(), question=" ".join(question.split()), scope=filters.scope)
        conversation.shown = live.number
        history = conversation.history()

        def events() -> AsyncIterator[Event]:
            if problems:
                raise problems[0]
            check_length(question)
            return self.assistants.astream(live.question, history, filters)

        answering = self._running[conversation.id] = Answering(live, visitor, row)
        key = conversation.id

        def forget() -> None:
            self._running.pop(key, None)

        answering.start(self.service, events, forget)
        await self.service.note_revision(visitor.user, conversation)
        return answering

    async def follow(
        self, answering: Answering, conversation: Conversation, visitor: Visitor, *, resumed: bool = False
    ) -> Updates:
        """Show an answer in the making until it is finished, or the page has gone on to another conversation.

        Args:
            resumed: it was not asked by the event that shows it; else the end of that event is when another can be.
        """
        live = answering.live
        waited = live.waited()
        earlier = [entry_view(entry, last=False) for entry in conversation.entries]
        listed = await self.pages.list_view(visitor) if self.pages.shows(conversation.id, visitor) else None
        if self.pages.shows(conversation.id, visitor):
            yield PageUpdate(
                conversation=_listed(earlier),
                live=live.view(waited),
                sources=live.sources(),
                box="",
                asking=True,
                listed=listed,
                said=self._not_kept(answering, conversation, visitor),
            )
        sources = answering.sources
        while True:
            changed = answering.changed
            if not self.pages.shows(conversation.id, visitor):
                yield PageUpdate(gone=True)
                return
            if answering.entry is not None:
                break
            shown = answering.sources != sources and conversation.shown == live.number
            sources = answering.sources
            yield PageUpdate(live=live.view(waited), sources=live.sources() if shown else None)
            await changed.wait()
        entry = answering.entry
        conversation.put(entry)
        if entry.row is not None:
            await self.service.note_revision(visitor.user, conversation)
        listed = await self.pages.list_view(visitor) if self.pages.shows(conversation.id, visitor) else None
        if not self.pages.shows(conversation.id, visitor):
            yield PageUpdate(gone=True)
            return
        yield PageUpdate(
            conversation=self.conversation_view(conversation),
            live=Markup(),
            sources=sources_of(entry) if conversation.shown == entry.number else None,
            asking=False if resumed else None,
            listed=listed,
        )
        yield PageUpdate(gone=True)

    def _not_kept(self, answering: Answering, conversation: Conversation, visitor: Visitor) -> Markup | None:
        if answering.row is not None or conversation.warned or not (visitor.user and self.service.trouble):
            return None
        conversation.warned = True
        return message_view(f"This conversation is not kept: {self.service.trouble}.", alert=True)

    async def retry(self, given: FilterForm, conversation: Conversation, visitor: Visitor) -> Updates:
        """Ask the last question again."""
        if not conversation.entries or conversation.id in self._running:
            yield PageUpdate(gone=True)
            return
        conversation.editing = True
        async for update in self.ask(conversation.entries[-1].question, given, conversation, visitor):
            yield update

    def is_asking(self, conversation: Conversation) -> bool:
        """Whether a question of this conversation is being answered."""
        return conversation.id in self._running or conversation.id in self._preparing

    async def suggestions(self, conversation: Conversation, visitor: Visitor) -> Markup:
        """What could be asked next, where the last question is answered and the page still shows it."""
        questions = await self._suggesting.questions(conversation, lambda: self.is_asking(conversation))
        return suggestions_view(questions if self.pages.shows(conversation.id, visitor) else ())

    def stop(self, conversation: Conversation) -> None:
        """Stop the answer that is in the making."""
        answering = self._running.get(conversation.id)
        if answering is not None:
            answering.stop()

    def left(self, visitor: Visitor) -> None:
        """The page was closed. An answer that is kept is finished; one that nobody could find again is not."""
        self.pages.close(visitor)
        for answering in list(self._running.values()):
            if answering.row is None and answering.visitor.session == visitor.session:
                answering.stop()

    def stop_all(self) -> None:
        """Stop every answer that is in the making, and wait until it is kept; from another thread."""
        for answering in list(self._running.values()):
            if answering.flow is not None:
                answering.flow.stop_from_outside()
        until = time.monotonic() + LAST_SECONDS
        while self._running and time.monotonic() < until:
            time.sleep(0.02)
        self._suggesting.close()

    # -- what was asked before -------------------------------------------------------------------------------------

    def edit(self, conversation: Conversation) -> PageUpdate:
        """Put the last question into the box."""
        if not conversation.entries or conversation.id in self._running:
            return PageUpdate()
        conversation.editing = True
        return PageUpdate(conversation=self.conversation_view(conversation), box=conversation.entries[-1].question)

    def keep(self, conversation: Conversation) -> PageUpdate:
        """Leave the last question as it is after all."""
        conversation.editing = False
        return PageUpdate(conversation=self.conversation_view(conversation), box="")

    def show(self, number: str, conversation: Conversation) -> PageUpdate:
        """Show the sources of an entry."""
        entry = conversation.entry(number)
        if entry is None:
            return PageUpdate()
        conversation.shown = entry.number
        return PageUpdate(sources=sources_of(entry))

    async def delete(self, conversation_id: str, visitor: Visitor) -> bool:
        """Delete a kept conversation and end what is being answered in it; returns whether it was done."""
        done = await self.service.attempt(visitor.user, lambda kept, user: kept.delete(user, conversation_id), False)
        if done:
            self.stop(Conversation(id=conversation_id))
        return done

    async def reopen(self, conversation_id: str, visitor: Visitor) -> Conversation | None:
        """A kept conversation, to be shown with :meth:`resume`; None where the visitor has no such one."""
        answering = self._running.get(conversation_id)
        without = answering.row if answering is not None else None
        return await self.service.open(visitor.user, conversation_id, without=without)

    async def resume(self, conversation: Conversation, visitor: Visitor) -> Updates:
        """Show a conversation that was reopened or is new, and the answer in the making where there is one."""
        self.turn_to(conversation.id, visitor)
        answering = self._running.get(conversation.id)
        if answering is not None:
            async for update in self.follow(answering, conversation, visitor, resumed=True):
                yield update
            return
        last = conversation.entries[-1] if conversation.entries else None
        listed = await self.pages.list_view(visitor)
        if not self.pages.shows(conversation.id, visitor):
            yield PageUpdate(gone=True)
            return
        yield PageUpdate(
            conversation=self.conversation_view(conversation),
            live=Markup(),
            sources=sources_of(last) if last is not None else Markup(),
            box="",
            asking=False,
            listed=listed,
        )
        yield PageUpdate(gone=True)


def _listed(entries: list[Markup]) -> Markup:
    return element("div", entries, class_="log", role="log", aria_label="Conversation")
