"""Quote exactness: the share of the citations whose quote is, character for character, what the archive holds there.

The product's promise: it must be 1.0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.types import Citation


def quote_exactness(citations: Sequence[Citation], text: Callable[[str], str]) -> float | None:
    """0 to 1; None where nothing is cited. ``text``: article id -> the text in the archive."""
    if not citations:
        return None
    return sum(text(c.article_id)[c.start : c.end] == c.quote for c in citations) / len(citations)
