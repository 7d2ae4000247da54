"""What one visitor looks at in the archive's list."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import gradio as gr

from assistant.web.archive.adding import Job
from assistant.web.components import clicked_at
from vectorstore.archive.listing import Order

#: The publisher that stands for all of them.
ALL = ""


@dataclass(slots=True)
class Looking:
    """What one visitor looks at; lives in ``gr.State``.

    A visitor may do one thing before the last is done. Invariant: the list that is shown in the end is of what stands
    here in the end, and no list that was read before another was asked for comes after it.

    Attributes:
        words, source, order: what the list is limited to, and its order.
        asked: the article whose removal waits for a yes.
        removable: articles whose removal was asked about and not decided against.
        clicked: when the latest click in the list was made, by the page's own clock.
        said: what was done, to be told above the list.
        listings: how often the list was read.
    """

    words: str = ""
    source: str = ""
    order: Order = Order.LATEST
    offset: int = 0
    asked: str = ""
    removable: set[str] = field(default_factory=set)
    clicked: float = 0.0
    said: str = ""
    job: Job | None = None
    listings: int = 0

    def is_latest(self, event: gr.EventData) -> bool:
        """Whether a click is not older than those that have come already: they may overtake each other."""
        if clicked_at(event) < self.clicked:
            return False
        self.clicked = clicked_at(event)
        return True

    def __deepcopy__(self, memo: dict[int, Any]) -> Looking:
        """A new visitor begins anew."""
        return Looking()
