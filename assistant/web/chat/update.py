"""What is to change on a page: between the events, which know no components, and the components."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.web.html import Html


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is to be shown anew; None leaves it as it is.

    Attributes:
        asking: whether an answer is in the making.
        gone: nothing of this conversation may reach the page any more: it may show another by now. Gradio sends what a
            generator yields last a second time, at its end; so this is what every generator of views ends with.
    """

    conversation: Html | None = None
    live: Html | None = None
    sources: Html | None = None
    box: str | None = None
    asking: bool | None = None
    listed: Html | None = None
    said: Html | None = None
    gone: bool = False
