"""``build`` the chat as a Gradio app, ``serve`` it until it is interrupted."""

from __future__ import annotations
import datetime as dt
import gradio as gr
from assistant.web.chat import Asked
from assistant.web.page import AT_ONCE, Page


def build(assistant: Asked, *, as_of: dt.date | None = None) -> gr.Blocks:
    with gr.Blocks(title="News Assistant", analytics_enabled=False, fill_width=True) as blocks:
        Page(assistant, as_of=as_of)
    blocks.queue(default_concurrency_limit=AT_ONCE, api_open=False)
    return blocks
