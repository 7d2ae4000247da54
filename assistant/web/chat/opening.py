"""Which conversation the page shows: the one that its address names, a kept one, or a new one."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from typing import Any, TypeAlias

import gradio as gr

from assistant.web.auth.visitor import Visitor, visitor_of
from assistant.web.chat.chat import Chat
from assistant.web.chat.update import PageUpdate
from assistant.web.components import EACH, Updates, clicked_at, field_of
from assistant.web.conversations.panel import Panel
from assistant.web.conversations.state import Conversation
from assistant.web.html import message_view

#: In the page's address: the conversation that it shows.
PARAMETER = "conversation"

Stream: TypeAlias = AsyncGenerator[Updates, None]


class Opening:
    """The events that turn the whole page to another conversation.

    Args:
        updates: turns an update of a conversation's page into new values of its components.
    """

    def __init__(self, chat: Chat, panel: Panel, updates: Callable[[PageUpdate, Conversation], Updates]) -> None:
        self._chat = chat
        self._panel = panel
        self._updates = updates

    def wire(self, session: gr.State, outputs: list[Any]) -> None:
        """Connect the events; ``outputs`` are all the components that an update can change."""
        self._panel.head.begin(self._begin, None, outputs, **EACH)
        self._panel.listed.reopen(self._reopen, None, outputs, **EACH)
        self._panel.dialogs.delete(self._delete, [session], outputs, **EACH)

    async def arrived(self, request: gr.Request) -> Stream:
        """A page was opened or reloaded: show the conversation that its address names."""
        visitor = visitor_of(request)
        wanted = str(dict(request.query_params).get(PARAMETER) or "")
        if not wanted:  # the page is as it should be, and may be in use already
            yield await self._panel.list_updates(visitor)
            yield self._unchanged()
            return
        async for updates in self._opened(wanted, visitor):
            yield updates

    async def _reopen(self, request: gr.Request, event: gr.EventData) -> Stream:
        visitor = visitor_of(request)
        if self._chat.pages.of(visitor).is_latest("conversation", clicked_at(event)):
            async for updates in self._opened(field_of(event, "value"), visitor):
                yield updates
        else:
            yield self._unchanged()

    async def _begin(self, request: gr.Request, event: gr.EventData) -> Stream:
        visitor = visitor_of(request)
        if self._chat.pages.of(visitor).is_latest("conversation", clicked_at(event)):
            async for updates in self._new(visitor):
                yield updates
        else:
            yield self._unchanged()

    async def _delete(self, session: Conversation, request: gr.Request, event: gr.EventData) -> Stream:
        visitor, conversation_id = visitor_of(request), field_of(event, "value")
        done = await self._chat.delete(conversation_id, visitor)
        said = message_view("Deleted.") if done else self._panel.refused("It could not be deleted")
        current = done and self._chat.pages.shows(conversation_id, visitor)
        if current:
            self._chat.turn_to("", visitor)
        listed = await self._chat.pages.list_view(visitor)
        yield self._updates(PageUpdate(listed=listed, said=said), session)
        yield self._unchanged()
        if current:
            async for updates in self._new(visitor):
                yield updates

    async def _opened(self, conversation_id: str, visitor: Visitor) -> Stream:
        page = self._chat.pages.of(visitor)
        wish = page.wish()
        conversation = await self._chat.reopen(conversation_id, visitor)
        if page.wishes != wish:  # another one is wanted by now
            yield self._unchanged()
            return
        if conversation is None:
            trouble = self._chat.service.trouble
            said = message_view(f"That conversation cannot be opened: {trouble or 'it is not kept here'}.", alert=True)
            yield {self._panel.said: str(said), **await self._panel.list_updates(visitor)}
            yield self._unchanged()
            return
        async for update in self._chat.resume(conversation, visitor):
            yield self._updates(update, conversation)

    async def _new(self, visitor: Visitor) -> Stream:
        self._chat.pages.of(visitor).wish()
        conversation = Conversation()
        async for update in self._chat.resume(conversation, visitor):
            yield self._updates(update, conversation)

    def _unchanged(self) -> Updates:
        """What a generator ends with: its last update is sent twice, and one without any would empty the page."""
        return {self._panel.said: gr.skip()}
