"""What could be asked next, below the last answer."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assistant.web.html import button, element


def suggestions_view(questions: Sequence[str]) -> Markup:
    """Questions that are asked by a click; nothing where there are none."""
    if not questions:
        return Markup()
    items = [element("li", button(q, action="ask", value=q, class_="suggestion", dir="auto")) for q in questions]
    return element(
        "section",
        element("h3", "You could ask next", id="suggested-heading"),
        element("ul", items),
        class_="suggested",
        aria_labelledby="suggested-heading",
    )
