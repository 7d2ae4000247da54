"""The panel of kept conversations: its list, what can be done with each, and what a reader thinks of an answer."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import replace
from typing import Any

import gradio as gr
from markupsafe import Markup

from assistant.conversations import Feedback, KeptConversation, Rating
from assistant.conversations.export import to_json, to_markdown
from assistant.conversations.repository import LONGEST_COMMENT
from assistant.web.auth.visitor import Visitor, visitor_of
from assistant.web.components import EACH, PRIVATE, Updates, clicked_at, field_of, html
from assistant.web.conversations.pages import Pages
from assistant.web.conversations.service import ConversationService
from assistant.web.conversations.state import Conversation
from assistant.web.conversations.view import dialogs_view, download_view, panel_view, rated_view, toggle_view
from assistant.web.html import message_view
from assistant.web.views.entry import Entry

#: Hands clicks on buttons with these actions to the server.
_FORWARD = """
element.addEventListener('click', (click) => {
  const { action, value, format } = click.target.closest('button[data-action]')?.dataset ?? {};
  if (['begin', 'reopen', 'export'].includes(action)) trigger(action, { value, format, at: performance.now() });
});
"""
#: Hands what was entered in a dialog to the server; ``static/conversations`` opens it.
_DECIDED = """
element.addEventListener('decided', ({ detail }) => {
  if (['rename', 'delete', 'comment'].includes(detail.action)) trigger(detail.action, detail);
});
"""
#: The formats of an export: how the file's name ends, what it is, and how it is made.
_FORMATS = {
    "markdown": (".md", "text/markdown", to_markdown),
    "json": (".json", "application/json", to_json),
}


class Panel:
    """The panel's components; :meth:`wire` them once the page has its others."""

    def __init__(self, service: ConversationService, pages: Pages) -> None:
        self._service = service
        self._pages = pages

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

    def wire(self, conversation: Any, session: gr.State) -> None:
        """Connect the events; ``conversation`` is the component whose thumbs are clicked."""
        lists = [self.listed, self.said]
        self.dialogs.rename(self._rename, None, lists, **EACH)
        self.search.change(self._search, [self.search], [self.listed], trigger_mode="always_last", **PRIVATE)
        self.listed.export(self._export, None, [self.said], **EACH)
        conversation.rate(self._rate, [session], [self.said], **EACH)
        self.dialogs.comment(self._comment, [session], [self.said], **EACH)

    # -- the list ----------------------------------------------------------------------------------------------------

    async def list_updates(self, visitor: Visitor) -> Updates:
        """The list as it is now."""
        listed = await self._pages.list_view(visitor)
        return {self.listed: gr.skip() if listed is None else str(listed)}

    async def _search(self, words: str, request: gr.Request) -> Updates:
        visitor = visitor_of(request)
        self._pages.of(visitor).search = words
        return await self.list_updates(visitor)

    async def _rename(self, request: gr.Request, event: gr.EventData) -> Updates:
        visitor, conversation_id, title = visitor_of(request), field_of(event, "value"), field_of(event, "text")
        done = await self._service.attempt(
            visitor.user, lambda kept, user: kept.rename(user, conversation_id, title), False
        )
        said = message_view("Renamed.") if done else self.refused("It could not be renamed")
        return {**await self.list_updates(visitor), self.said: str(said)}

    async def _export(self, request: gr.Request, event: gr.EventData) -> Updates:
        conversation_id, form = field_of(event, "value"), field_of(event, "format")
        kept = await self._service.attempt(
            visitor_of(request).user, lambda kept, user: kept.get(user, conversation_id), None
        )
        if kept is None or form not in _FORMATS:
            return {self.said: str(self.refused("It could not be exported"))}
        ending, kind, made = _FORMATS[form]
        return {self.said: str(download_view(file_name(kept) + ending, kind, made(kept)))}

    def refused(self, what: str) -> Markup:
        """A line that says what could not be done, and why."""
        return message_view(f"{what}: {self._service.trouble or 'it is not kept here any more'}.", alert=True)

    # -- feedback ----------------------------------------------------------------------------------------------------

    async def _rate(self, session: Conversation, request: gr.Request, event: gr.EventData) -> Updates:
        """A thumb for an answer, in place of the one before; none takes it back with its comment."""
        visitor, number, rating = visitor_of(request), field_of(event, "value"), field_of(event, "rating")
        page = self._pages.of(visitor)
        if not page.is_latest(f"rating of {number}", clicked_at(event)) or rating not in {"", *Rating}:
            return {self.said: gr.skip()}
        async with page.feedback:
            entry = _rateable(number, session)
            if entry is None:
                return {self.said: gr.skip()}
            comment = entry.feedback.comment if entry.feedback else ""
            return await self._give(entry, Rating(rating) if rating else None, comment, session, visitor)

    async def _comment(self, session: Conversation, request: gr.Request, event: gr.EventData) -> Updates:
        """A comment on an answer that has its thumb, in place of the one before."""
        visitor = visitor_of(request)
        async with self._pages.of(visitor).feedback:
            entry = _rateable(field_of(event, "value"), session)
            if entry is None or entry.feedback is None:
                return {self.said: gr.skip()}
            return await self._give(entry, entry.feedback.rating, field_of(event, "text"), session, visitor)

    async def _give(
        self, entry: Entry, rating: Rating | None, comment: str, conversation: Conversation, visitor: Visitor
    ) -> Updates:
        row, comment = entry.row, comment.strip()[:LONGEST_COMMENT]
        assert row is not None
        if not await self._service.attempt(
            visitor.user, lambda kept, user: kept.rate(user, row, rating, comment), False
        ):
            return {self.said: str(self.refused("Your feedback could not be kept"))}
        given = Feedback(rating=rating, comment=comment, given=dt.datetime.now(dt.UTC)) if rating else None
        conversation.put(replace(entry, feedback=given))
        return {self.said: str(rated_view(entry.number, given))}


def _rateable(number: str, conversation: Conversation) -> Entry | None:
    entry = conversation.entry(number)
    return entry if entry is not None and entry.row is not None and entry.answer is not None else None


def file_name(conversation: KeptConversation) -> str:
    """A file's name, without its ending: the title's letters and digits, and the day."""
    letters = "".join(c if unicodedata.category(c)[0] in "LN" else "-" for c in conversation.title)
    stem = re.sub("-+", "-", letters).strip("-")[:60].rstrip("-")
    return f"{stem or 'conversation'}-{conversation.created:%Y-%m-%d}"
