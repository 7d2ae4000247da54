"""The page: its components, and which event goes to which handler."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import gradio as gr
from gradio.events import api
from markupsafe import Markup

from assistant.web.archive.tab import Access, ArchiveTab
from assistant.web.archive.view import views_nav
from assistant.web.auth.visitor import visitor_of
from assistant.web.chat.assistants import LONGEST_QUESTION, AssistantLike
from assistant.web.chat.chat import Chat
from assistant.web.chat.opening import PARAMETER, Opening
from assistant.web.chat.update import PageUpdate
from assistant.web.chat.welcome import Overview, masthead_view, welcome_view
from assistant.web.components import EACH, PRIVATE, Updates, clicked_at, field_of, html
from assistant.web.conversations.panel import Panel
from assistant.web.conversations.service import ConversationService
from assistant.web.conversations.state import Conversation
from assistant.web.filters.form import FilterForm, Filters
from assistant.web.filters.panel import FilterPanel, Values
from assistant.web.html import button, element
from assistant.web.static_files import static, static_address
from ingest.errors import AssistantError
from vectorstore.retrieval.scope import Scope

#: Answers that can be in the making at once.
AT_ONCE = 20

#: In this order, in which later styles win.
STYLES = (
    *("page/palette.css", "page/page.css", "chat/chat.css", "views/views.css", "views/cards.css"),
    *("filters/filters.css", "views/sources.css", "page/drawer.css", "archive/archive.css"),
    "conversations/conversations.css",
)
SCRIPTS = (
    *("chat/stream.js", "page/drawer.js", "archive/archive.js", "views/cards.js", "chat/chat.js", "chat/draft.js"),
    *("filters/filters.js", "conversations/conversations.js"),
)

#: Clicks in the conversation that the server acts on; ``static/chat/chat.js`` acts on the others itself.
_FORWARD = """
const actions = ['ask', 'retry', 'edit', 'keep', 'show', 'rate'];
element.addEventListener('click', (click) => {
  const pressed = click.target.closest('button[data-action]');
  const { action, value } = pressed?.dataset ?? {};
  const rating = pressed?.ariaPressed === 'true' ? '' : pressed?.dataset.rating;
  const shown = document.querySelector('#sources .sources')?.dataset.entry;
  if (!actions.includes(action) || (action === 'show' && value === shown)) return;
  trigger(action, { value, rating, at: performance.now() });
});
"""


def look() -> dict[str, Any]:
    """What Gradio's ``launch`` must be given for the page to look and behave as it should."""
    # Of the weights that Gradio carries with it, these two have all their letters.
    plex = gr.themes.LocalFont("IBM Plex Sans", weights=(400, 700))
    theme = gr.themes.Base(
        neutral_hue="stone", font=[plex, "system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]
    ).set(
        body_background_fill="#fbfaf7",
        body_background_fill_dark="#161614",
        body_text_color="#1f1f1c",
        body_text_color_dark="#e9e7df",
        body_text_color_subdued="#5c5b54",
        body_text_color_subdued_dark="#aaa79c",
    )
    # In the head, because what is given as css is rewritten to apply inside one element only.
    styles = "\n".join(static(name) for name in STYLES)
    icon = element("link", rel="icon", type="image/svg+xml", href=static_address("favicon.svg"))
    scripts = "".join(f"<script>{static(name)}</script>" for name in SCRIPTS)
    return {"theme": theme, "head": f"{icon}<style>{styles}</style>{scripts}"}


class Page:
    """The components, and handlers that turn a chat's views into updates of them."""

    def __init__(
        self,
        assistant: AssistantLike,
        *,
        as_of: dt.date | None = None,
        access: Access | None = None,
        service: ConversationService | None = None,
        others: Sequence[AssistantLike] = (),
        login: bool = False,
    ) -> None:
        self.store = assistant.store
        self._changed = False  # since the chat began
        self._access = access or Access()
        overview = Overview.of(assistant.store)
        self.chat = Chat(assistant, self._welcome(overview), service, others)
        self.filters = FilterPanel(Filters(Scope(as_of=as_of)), self.chat.assistants.offered)
        self.panel = Panel(self.chat.service, self.chat.pages)
        self.opening = Opening(self.chat, self.panel, self._updates)
        with gr.Blocks(title="News Assistant", analytics_enabled=False, fill_width=True) as self.blocks:
            self.session = gr.State(Conversation())
            self._lay_out(overview, login)
            self.archive = ArchiveTab(assistant.store, self._access)
            self._wire()
            self._open()
        self.blocks.queue(default_concurrency_limit=AT_ONCE, api_open=False)

    def _welcome(self, overview: Overview) -> Markup:
        return welcome_view(overview, addable=not self._access.read_only, samples=self._access.own is not None)

    def _lay_out(self, overview: Overview, login: bool) -> None:
        with gr.Row(elem_id="masthead"):
            html(button("Skip to the content", action="skip"), "skip")
            self.panel.lay_out_toggle()
            self.name = html(masthead_view(overview), "name")
            html(views_nav(), "views")
            if login:
                html(element("a", "Log out", href="logout", class_="log-out"), "log-out")
        with gr.Row(elem_id="desk"):
            self.panel.lay_out()
            with gr.Column(elem_id="talk", min_width=0):
                self.conversation = html(self._welcome(overview), "conversation", js_on_load=_FORWARD)
                self.live = html(Markup(), "live")
                self.suggested = html(Markup(), "suggested", js_on_load=_FORWARD)
                with gr.Column(elem_id="composer", min_width=0):
                    self.filters.lay_out()
                    self.box = gr.Textbox(
                        elem_id="question",
                        label="Question",
                        show_label=False,
                        container=False,
                        placeholder="Ask about the news in this archive",
                        lines=1,
                        max_lines=6,
                        max_length=LONGEST_QUESTION,
                        submit_btn="Ask",
                        autofocus=True,
                        html_attributes=gr.InputHTMLAttributes(enterkeyhint="send"),
                    )
                    self.filters.lay_out_bar()
            with gr.Column(elem_id="side", min_width=0):
                self.sources = html(Markup(), "sources")

    def _wire(self) -> None:
        self.outputs = [self.conversation, self.live, self.sources, self.box, self.session]
        self.outputs += [self.panel.listed, self.panel.said]
        shared: dict[str, Any] = {"outputs": self.outputs, **PRIVATE}
        scope = {*self.filters.fields, self.session}  # a set: its handlers get each value by its component
        self.panel.wire(self.conversation, self.session)
        self.opening.wire(self.session, self.outputs)
        asked = (
            self.box.submit(self._ask, {self.box, *scope}, **shared),
            self.conversation.ask(self._example, scope, **shared),
            self.suggested.ask(self._example, scope, **shared),
            self.conversation.retry(self._retry, scope, **shared),
        )
        # Gradio takes a question "once", until the one before is over to the last message. The button says when.
        for event in asked:
            event.then(self._ready, [self.session], [self.box], **PRIVATE)
        self.conversation.show(self._show, [self.session], self.outputs, **EACH)
        focus = {"js": "() => document.querySelector('#question textarea')?.focus()", "show_progress": "hidden"}
        self.conversation.edit(self._edit, [self.session], self.outputs, **EACH).then(fn=None, **focus)
        self.conversation.keep(self._keep, [self.session], self.outputs, **EACH)
        self.filters.wire(self.panel.said)
        self.renewed = [self.name, self.conversation, self.filters.sources]
        for change in self.archive.changes:
            change.then(self._look_again, [self.session], self.renewed, **PRIVATE)
        # Whatever is shown anew there, what is offered below it follows.
        self.conversation.change(self._suggest, [self.session], [self.suggested], trigger_mode="always_last", **PRIVATE)
        self.box.stop(self._stop, [self.session], None, queue=False, **PRIVATE)
        api(self.answer, api_name="ask", api_description="Answer one question; the object of `assistant ask --json`.")

    def _open(self) -> None:
        """Connect what happens when the page is opened and closed."""
        self.blocks.load(self.opening.arrived, None, self.outputs, **PRIVATE)
        self.blocks.load(self._renew, self.session, self.renewed, **PRIVATE)
        self.blocks.load(self.filters.arrived, self.filters.fields, self.filters.outputs, **PRIVATE)
        self.blocks.unload(self._left)

    # -- handlers -------------------------------------------------------------------------------------------------

    async def _ask(self, values: Values, request: gr.Request) -> AsyncGenerator[Updates, None]:
        async for updates in self._asked(values[self.box], values, request):
            yield updates

    async def _example(self, values: Values, request: gr.Request, event: gr.EventData) -> AsyncGenerator[Updates, None]:
        async for updates in self._asked(field_of(event, "value"), values, request):
            yield updates

    async def _asked(self, question: str, values: Values, request: gr.Request) -> AsyncGenerator[Updates, None]:
        session: Conversation = values[self.session]
        async for update in self.chat.ask(question, self.filters.given(values), session, visitor_of(request)):
            yield self._updates(update, session)

    async def _retry(self, values: Values, request: gr.Request) -> AsyncGenerator[Updates, None]:
        session: Conversation = values[self.session]
        async for update in self.chat.retry(self.filters.given(values), session, visitor_of(request)):
            yield self._updates(update, session)

    async def _ready(self, session: Conversation) -> Any:
        """A question is over: the next can be asked, if the conversation that is shown by now is not being answered."""
        return gr.update(**self._button(self.chat.is_asking(session)))

    async def _edit(self, session: Conversation, request: gr.Request, event: gr.EventData) -> Updates:
        latest = self._is_latest("edit", request, event)
        return self._updates(self.chat.edit(session) if latest else PageUpdate(), session)

    async def _keep(self, session: Conversation, request: gr.Request, event: gr.EventData) -> Updates:
        latest = self._is_latest("edit", request, event)
        return self._updates(self.chat.keep(session) if latest else PageUpdate(), session)

    async def _show(self, session: Conversation, request: gr.Request, event: gr.EventData) -> Updates:
        latest = self._is_latest("show", request, event)
        return self._updates(self.chat.show(field_of(event, "value"), session) if latest else PageUpdate(), session)

    def _is_latest(self, kind: str, request: gr.Request, event: gr.EventData) -> bool:
        return self.chat.pages.of(visitor_of(request)).is_latest(kind, clicked_at(event))

    async def _stop(self, session: Conversation) -> None:
        self.chat.stop(session)

    async def _look_again(self, session: Conversation, request: gr.Request) -> Updates:
        """The archive has changed: the head, and the welcome where it is shown, say what it holds now."""
        overview = await asyncio.to_thread(Overview.of, self.store)
        self._changed = True
        self.chat.greet(self._welcome(overview))
        updates: Updates = {self.name: str(masthead_view(overview)), **await self.filters.publishers()}
        shown = self.chat.pages.shows(session.id, visitor_of(request))
        if shown and not session.entries and not self.chat.is_asking(session):
            updates[self.conversation] = str(self._welcome(overview))
        return updates

    async def _suggest(self, session: Conversation, request: gr.Request) -> str:
        return str(await self.chat.suggestions(session, visitor_of(request)))

    async def _renew(self, session: Conversation, request: gr.Request) -> Updates:
        """A page was opened. It came with the welcome of the time when the chat began, or is to show a conversation."""
        changed = self._changed or self.archive.additions.begun
        if not changed or PARAMETER in dict(request.query_params):
            return {self.name: gr.skip()}  # never the session: a reopened conversation is being put there meanwhile
        return await self._look_again(session, request)

    async def _left(self, request: gr.Request) -> None:
        """The page was closed."""
        self.chat.left(visitor_of(request))

    async def answer(
        self,
        question: str,
        as_of: str = "",
        date_from: str = "",
        date_to: str = "",
        sources: list[str] | None = None,
        model: str = "",
    ) -> dict[str, Any]:
        """Answer one question, without a conversation."""
        listed = sources if sources is not None else []
        texts = [question, as_of, date_from, date_to, model, *(listed if isinstance(listed, list) else [None])]
        if not all(isinstance(text, str) for text in texts):  # Gradio hands on whatever a program sends
            raise gr.Error("every value is a text, and the sources are a list of them", print_exception=False)
        try:
            return await self.chat.assistants.answer(question, FilterForm(as_of, date_from, date_to, sources, model))
        except AssistantError as error:
            raise gr.Error(str(error), print_exception=False) from error

    def _updates(self, update: PageUpdate, session: Conversation) -> Updates:
        if update.gone:
            return {self.live: gr.skip()}
        # The session is among them so that Gradio counts its age and drops it after the page was closed.
        updates: Updates = {self.session: session}
        parts = (
            (self.conversation, update.conversation),
            (self.live, update.live),
            (self.sources, update.sources),
            (self.panel.listed, update.listed),
            (self.panel.said, update.said),
        )
        updates.update({component: str(markup) for component, markup in parts if markup is not None})
        box: dict[str, Any] = {} if update.box is None else {"value": update.box}
        if update.asking is not None:
            box |= self._button(update.asking)
        if box:
            updates[self.box] = gr.update(**box)
        return updates

    @staticmethod
    def _button(asking: bool) -> dict[str, Any]:
        """What stands in the box."""
        return {"submit_btn": False if asking else "Ask", "stop_btn": "Stop" if asking else False}
