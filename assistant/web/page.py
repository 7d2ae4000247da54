"""The page: its components, and which event goes to which handler."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncGenerator
from importlib.resources import files
from typing import Any

import gradio as gr
from gradio.events import api

from assistant.settings import EXTRACTIVE
from assistant.web.chat import LONGEST_QUESTION, Asked, Chat, View
from assistant.web.conversation import Conversation
from assistant.web.markup import Html, element
from assistant.web.welcome import Overview, masthead_view, welcome_view
from ingest.errors import AssistantError

#: Answers that can be in the making at once.
AT_ONCE = 20

STYLES = ("page.css", "conversation.css", "sources.css")

#: Clicks in the conversation that the server acts on; ``static/chat.js`` acts on the others itself.
_FORWARD = """
const actions = ['ask', 'retry', 'edit', 'keep', 'show'];
element.addEventListener('click', (click) => {
  const { action, value } = click.target.closest('button[data-action]')?.dataset ?? {};
  const shown = document.querySelector('#sources .sources')?.dataset.entry;
  if (actions.includes(action) && !(action === 'show' && value === shown)) trigger(action, { value });
});
"""

Updates = dict[Any, Any]


def static(name: str) -> str:
    """The text of a file in ``static/``."""
    return (files("assistant.web") / "static" / name).read_text(encoding="utf-8")


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
    )
    # In the head, because what is given as css is rewritten to apply inside one element only.
    styles = "\n".join(static(name) for name in STYLES)
    return {"theme": theme, "head": f"<style>{styles}</style><script>{static('chat.js')}</script>"}


class Page:
    """The components, and handlers that turn a chat's views into updates of them."""

    def __init__(self, assistant: Asked, *, as_of: dt.date | None = None) -> None:
        overview = Overview.of(assistant.store)
        self.chat = Chat(assistant, welcome_view(overview))
        self.session = gr.State(Conversation())
        self._lay_out(overview, assistant.answerer.name, as_of)
        self._wire()

    def _lay_out(self, overview: Overview, model: str, as_of: dt.date | None) -> None:
        with gr.Row(elem_id="masthead"):
            _html(masthead_view(overview), "name")
            self.as_of = gr.DateTime(
                value=as_of.isoformat() if as_of else None,
                label="As of",
                include_time=False,
                type="string",
                elem_id="as-of",
                min_width=0,
            )
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk", min_width=0):
                self.conversation = _html(welcome_view(overview), "conversation", js_on_load=_FORWARD)
                self.live = _html(Html(), "live")
                with gr.Column(elem_id="composer", min_width=0):
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
                    _html(_model_view(model), "model")
            with gr.Column(elem_id="side", min_width=0):
                self.sources = _html(Html(), "sources")

    def _wire(self) -> None:
        outputs = [self.conversation, self.live, self.sources, self.box, self.session]
        shared: dict[str, Any] = {"outputs": outputs, "show_progress": "hidden", "api_visibility": "private"}
        asked = [self.box, self.as_of, self.session]
        self.box.submit(self._ask, asked, **shared)
        self.conversation.ask(self._example, [self.as_of, self.session], **shared)
        self.conversation.retry(self._retry, [self.as_of, self.session], **shared)
        self.conversation.show(self._show, [self.session], **shared)
        focus = {"js": "() => document.querySelector('#question textarea')?.focus()", "show_progress": "hidden"}
        self.conversation.edit(self._edit, [self.session], **shared).then(fn=None, **focus)
        self.conversation.keep(self._keep, [self.session], **shared)
        self.box.stop(self._stop, None, None, queue=False, show_progress="hidden", api_visibility="private")
        api(self.answer, api_name="ask", api_description="Answer one question; the object of `assistant ask --json`.")

    # -- handlers -------------------------------------------------------------------------------------------------

    async def _ask(
        self, question: str, as_of: str | None, session: Conversation, request: gr.Request
    ) -> AsyncGenerator[Updates, None]:
        async for view in self.chat.ask(question, as_of, session, request.session_hash or ""):
            yield self._updates(view, session)

    async def _example(
        self, as_of: str | None, session: Conversation, request: gr.Request, event: gr.EventData
    ) -> AsyncGenerator[Updates, None]:
        question = _value(event)
        async for view in self.chat.ask(question, as_of, session, request.session_hash or ""):
            yield self._updates(view, session)

    async def _retry(
        self, as_of: str | None, session: Conversation, request: gr.Request
    ) -> AsyncGenerator[Updates, None]:
        async for view in self.chat.retry(as_of, session, request.session_hash or ""):
            yield self._updates(view, session)

    async def _edit(self, session: Conversation, request: gr.Request) -> Updates:
        return self._updates(self.chat.edit(session, request.session_hash or ""), session)

    async def _keep(self, session: Conversation) -> Updates:
        return self._updates(self.chat.keep(session), session)

    async def _show(self, session: Conversation, event: gr.EventData) -> Updates:
        return self._updates(self.chat.show(_value(event), session), session)

    async def _stop(self, request: gr.Request) -> None:
        self.chat.stop(request.session_hash or "")

    async def left(self, request: gr.Request) -> None:
        """The page was closed: nobody waits for its answer."""
        self.chat.stop(request.session_hash or "")

    async def answer(self, question: str, as_of: str = "") -> dict[str, Any]:
        """Answer one question, without a conversation."""
        try:
            return await self.chat.answer(question, as_of)
        except AssistantError as error:
            raise gr.Error(str(error), print_exception=False) from error

    def _updates(self, view: View, session: Conversation) -> Updates:
        # The session is among them so that Gradio counts its age and drops it after the page was closed.
        updates: Updates = {self.session: session}
        parts = ((self.conversation, view.conversation), (self.live, view.live), (self.sources, view.sources))
        updates.update({component: str(html) for component, html in parts if html is not None})
        box: dict[str, Any] = {} if view.box is None else {"value": view.box}
        if view.asking is not None:
            box |= {"submit_btn": False if view.asking else "Ask", "stop_btn": "Stop" if view.asking else False}
        if box:
            updates[self.box] = gr.update(**box)
        return updates


def _html(value: Html, name: str, *, js_on_load: str | None = None) -> Any:
    return gr.HTML(str(value), elem_id=name, apply_default_css=False, js_on_load=js_on_load)


def _value(event: gr.EventData) -> str:
    data = event._data
    return str(data.get("value", "")) if isinstance(data, dict) else ""


def _model_view(name: str) -> Html:
    if name == EXTRACTIVE:
        return element("p", "Answers are quoted sentences; no model writes them")
    return element("p", "Answers are written by ", element("bdi", name))
