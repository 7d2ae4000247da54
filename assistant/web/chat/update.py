"""What is to change on a page: between the events, which know no components, and the components."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class PageUpdate:
    """What is to be shown anew; None leaves it as it is.

    Attributes:
        asking: whether an answer is in the making.
        gone: nothing of this conversation may reach the page any more: it may show another by now. Gradio sends what a
            generator yields last a second time, at its end; so this is what every generator of views ends with.
    """

    conversation: Markup | None = None
    live: Markup | None = None
    sources: Markup | None = None
    box: str | None = None
    asking: bool | None = None
    listed: Markup | None = None
    said: Markup | None = None
    gone: bool = False
