"""The panel of kept conversations, the dialogs, and the thumbs: components, and which event goes to which handler."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from typing import Any, TypeAlias

import gradio as gr
from markupsafe import Markup

from assistant.web.chat.chat import Chat
from assistant.web.chat.update import View
from assistant.web.chat.visitor import Visitor, visitor_of
from assistant.web.conversations.actions import Shelf
from assistant.web.conversations.state import Conversation
from assistant.web.conversations.view import dialogs_view, panel_view, said_view, toggle_view

Updates: TypeAlias = dict[Any, Any]

#: In the page's address: the conversation that it shows.
PARAMETER = "conversation"

#: Hands clicks on buttons with these actions to the server.
_FORWARD = """
element.addEventListener('click', (click) => {
  const { action, value, format } = click.target.closest('button[data-action]')?.dataset ?? {};
  if (['begin', 'reopen', 'export'].includes(action)) trigger(action, { value, format, at: performance.now() });
});
"""
#: Hands what was entered in a dialog to the server; ``static/conversations.js`` opens it.
_DECIDED = """
element.addEventListener('decided', ({ detail }) => {
  if (['rename', 'delete', 'comment'].includes(detail.action)) trigger(detail.action, detail);
});
"""


class Panel:
    """The panel's components; :meth:`wire` them once the page has its others.

    Args:
        updates: turns a view of a conversation into updates of the page's components.
    """

    def __init__(self, chat: Chat, updates: Callable[[View, Conversation], Updates]) -> None:
        self._chat = chat
        self._shelf = Shelf(chat)
        self._updates = updates

    def lay_out_toggle(self) -> None:
        """The button in the page's head."""
        html(toggle_view(), "toggle")

    def lay_out(self) -> None:
        """The panel itself, and what is shown over the page."""
        with gr.Column(elem_id="conversations", min_width=0):
            self.head = html(panel_view(), "conversations-head", js_on_load=_FORWARD)
            self.search = gr.Textbox(
                elem_id="search",
                label="Search conversations",
                show_label=False,
                container=False,
                placeholder="Search",
                max_length=200,
                html_attributes=gr.InputHTMLAttributes(enterkeyhint="search"),
            )
            self.listed = html(Markup(), "kept", js_on_load=_FORWARD)
        self.dialogs = html(dialogs_view(), "dialogs", js_on_load=_DECIDED)
        self.said = html(Markup(), "said")

    def wire(self, conversation: Any, session: gr.State, outputs: list[Any]) -> None:
        """Connect the events; ``outputs`` are all the components that a view can change."""
        private: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        lists = {"outputs": [self.listed, self.said], **private}
        whole = {"outputs": outputs, **private}
        # Each click counts, however soon it follows another: those that Gradio takes "once" would be lost.
        each: dict[str, Any] = {"trigger_mode": "multiple"}
        self.head.begin(self._begin, None, **whole, **each)
        self.listed.reopen(self._reopen, None, **whole, **each)
        self.dialogs.delete(self._delete, [session], **whole, **each)
        self.dialogs.rename(self._rename, None, **lists, **each)
        self.search.change(self._search, [self.search], trigger_mode="always_last", **lists)
        self.listed.export(self._export, None, **lists, **each)
        said = {"outputs": [self.said], **private}
        conversation.rate(self._rate, [session], **said, **each)
        self.dialogs.comment(self._comment, [session], **said, **each)

    # -- the page as a whole -----------------------------------------------------------------------------------------

    async def arrived(self, request: gr.Request) -> AsyncGenerator[Updates, None]:
        """A page was opened or reloaded: show the conversation that its address names."""
        visitor = visitor_of(request)
        wanted = str(dict(request.query_params).get(PARAMETER) or "")
        if not wanted:  # the page is as it should be, and may be in use already
            yield await self._list(visitor)
            yield self._unchanged()
            return
        async for updates in self._opened(wanted, visitor):
            yield updates

    async def _reopen(self, request: gr.Request, event: gr.EventData) -> AsyncGenerator[Updates, None]:
        visitor = visitor_of(request)
        if self._chat.pages.of(visitor).is_latest("conversation", clicked_at(event)):
            async for updates in self._opened(field_of(event, "value"), visitor):
                yield updates
        else:
            yield self._unchanged()

    async def _begin(self, request: gr.Request, event: gr.EventData) -> AsyncGenerator[Updates, None]:
        visitor = visitor_of(request)
        if self._chat.pages.of(visitor).is_latest("conversation", clicked_at(event)):
            async for updates in self._new(visitor):
                yield updates
        else:
            yield self._unchanged()

    async def _delete(
        self, session: Conversation, request: gr.Request, event: gr.EventData
    ) -> AsyncGenerator[Updates, None]:
        visitor = visitor_of(request)
        view, current = await self._shelf.delete(field_of(event, "value"), visitor)
        yield self._updates(view, session)
        yield self._updates(View(gone=True), session)
        if current:
            async for updates in self._new(visitor):
                yield updates

    async def _opened(self, conversation_id: str, visitor: Visitor) -> AsyncGenerator[Updates, None]:
        page = self._chat.pages.of(visitor)
        wish = page.wish()
        conversation = await self._chat.reopen(conversation_id, visitor)
        if page.wishes != wish:  # another one is wanted by now
            yield self._unchanged()
            return
        if conversation is None:
            trouble = self._chat.keeping.trouble
            said = said_view(f"That conversation cannot be opened: {trouble or 'it is not kept here'}.", alert=True)
            yield {self.said: str(said), **await self._list(visitor)}
            yield self._unchanged()
            return
        async for view in self._chat.resume(conversation, visitor):
            yield self._updates(view, conversation)

    def _unchanged(self) -> Updates:
        """What a generator ends with: its last update is sent twice, and one without any would empty the page."""
        return {self.said: gr.skip()}

    async def _new(self, visitor: Visitor) -> AsyncGenerator[Updates, None]:
        self._chat.pages.of(visitor).wish()
        conversation = Conversation()
        async for view in self._chat.resume(conversation, visitor):
            yield self._updates(view, conversation)

    # -- the list ----------------------------------------------------------------------------------------------------

    async def _list(self, visitor: Visitor) -> Updates:
        listed = await self._chat.pages.list_view(visitor)
        return {self.listed: gr.skip() if listed is None else str(listed)}

    async def _search(self, words: str, request: gr.Request) -> Updates:
        return self._parts(await self._shelf.search(words, visitor_of(request)))

    async def _rename(self, request: gr.Request, event: gr.EventData) -> Updates:
        given = field_of(event, "value"), field_of(event, "text")
        return self._parts(await self._shelf.rename(*given, visitor_of(request)))

    async def _export(self, request: gr.Request, event: gr.EventData) -> Updates:
        given = field_of(event, "value"), field_of(event, "format")
        return self._parts(await self._shelf.export(*given, visitor_of(request)))

    # -- feedback ----------------------------------------------------------------------------------------------------

    async def _rate(self, session: Conversation, request: gr.Request, event: gr.EventData) -> Updates:
        number, rating = field_of(event, "value"), field_of(event, "rating")
        visitor = visitor_of(request)
        if not self._chat.pages.of(visitor).is_latest(f"rating of {number}", clicked_at(event)):
            return {self.said: gr.skip()}
        return self._parts(await self._shelf.rate(number, rating, session, visitor))

    async def _comment(self, session: Conversation, request: gr.Request, event: gr.EventData) -> Updates:
        given = field_of(event, "value"), field_of(event, "text")
        return self._parts(await self._shelf.comment(*given, session, visitor_of(request)))

    def _parts(self, view: View) -> Updates:
        parts = ((self.listed, view.listed), (self.said, view.said))
        return {component: str(markup) for component, markup in parts if markup is not None}


def html(value: Markup, name: str, *, js_on_load: str | None = None) -> Any:
    """A component that shows markup."""
    return gr.HTML(str(value), elem_id=name, apply_default_css=False, js_on_load=js_on_load)


def clicked_at(event: gr.EventData) -> float:
    """When the click was made that the page's own scripts tell of: milliseconds since the page was opened."""
    data = event._data
    at = data.get("at") if isinstance(data, dict) else None
    return float(at) if isinstance(at, (int, float)) else 0.0


def field_of(event: gr.EventData, name: str) -> str:
    """A text that came with an event from the page's own scripts."""
    data = event._data
    return str(data.get(name) or "") if isinstance(data, dict) else ""
