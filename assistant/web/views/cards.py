"""What a citation's number shows when it is pointed at: the quote, who said it, the publisher and the day.

The cards are in the page once for each citation, for screen readers to read out with the number; ``cards.js``
shows a copy beside the number.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assistant.render.text import days_in_words
from assistant.types import Citation
from assistant.web.html import element, join
from ingest.language.dateline import undated
from ingest.language.dates.words import day_in_words


def card_id(entry: int, number: int) -> str:
    """The id of a citation's card."""
    return f"card-{entry}-{number}"


def cards_view(entry: int, citations: Sequence[Citation]) -> Markup | None:
    """The cards of an entry's citations, not shown themselves."""
    cards = [_card(entry, citation) for citation in citations]
    return element("div", cards, class_="cards", hidden=True) if cards else None


def _card(entry: int, citation: Citation) -> Markup:
    said = element("p", "Said by ", element("bdi", citation.speaker), class_="said") if citation.speaker else None
    return element(
        "div",
        element("blockquote", " ".join(undated(citation.quote, citation.start).split()), dir="auto"),
        said,
        element("p", citation.title or "Untitled", class_="title", dir="auto"),
        element("p", origin_view(citation.source, citation.published), class_="origin"),
        element("p", days, class_="days") if (days := days_in_words(citation)) else None,
        id=card_id(entry, citation.number),
        role="tooltip",
    )


def origin_view(source: str, published: str | None) -> Markup:
    """Publisher and day."""
    day = element("time", day_in_words(published), datetime=published)
    return join([element("bdi", source, class_="publisher"), day], " · ") if source else day
