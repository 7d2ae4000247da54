"""Views of an answer: the same answer as a text of one kind or another (entry points ``news_assistant.views``)."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from assistant.errors import UsageError
from assistant.types import Answer
from ingest.plugins import plugins


@runtime_checkable
class View(Protocol):
    """Renders a finished answer. ``name`` is what it is chosen by, ``media_type`` what it renders (RFC 6838)."""

    name: str
    media_type: str

    def render(self, answer: Answer) -> str:
        """The answer as text."""
        ...


def view_of(name: str) -> View:
    """The registered view of that name.

    Raises:
        UsageError: where there is none.
        PluginError: where another package brings it and it cannot be loaded.
    """
    known = plugins("views")
    if name not in known:
        raise UsageError(f"there is no view {name!r}", remedy=f"choose one of: {', '.join(sorted(known))}")
    return known[name].make(View)
