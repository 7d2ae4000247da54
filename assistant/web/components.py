"""What the rooms' Gradio components have in common: markup to show, and what events from the page's scripts bring."""

from __future__ import annotations

from typing import Any, TypeAlias

import gradio as gr
from markupsafe import Markup

#: New values of the page's components.
Updates: TypeAlias = dict[Any, Any]

#: Options of an event that only the page itself may set off.
PRIVATE: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
#: Each click counts, however soon it follows another: those that Gradio takes "once" would be lost.
EACH: dict[str, Any] = {**PRIVATE, "trigger_mode": "multiple"}


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
