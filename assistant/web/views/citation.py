"""A citation's number as a button, and where it leads."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assistant.render.text import origin_in_words
from assistant.types import Citation
from assistant.web.html import button, element
from assistant.web.reader.address import address_in_reader
from assistant.web.views.cards import card_id
from ingest.article import Span


def cite_button(citation: Citation, entry: int, citations: Sequence[Citation] = ()) -> Markup:
    """The superscript number that opens its sentence in the reader; the others of ``citations`` are marked there."""
    where = ", ".join(
        part for part in (citation.title or "untitled", origin_in_words(citation.source, citation.published)) if part
    )
    return element(
        "sup",
        button(
            str(citation.number),
            action="show",
            value=entry,
            class_="cite",
            aria_label=f"Source {citation.number}: {where}",
            aria_describedby=card_id(entry, citation.number),
            data_number=citation.number,
            data_reader=address_of_citation(citation, citations),
        ),
    )


def address_of_citation(citation: Citation, citations: Sequence[Citation]) -> str:
    """Where the reader shows the cited sentence, with the answer's others of the same article."""
    others = (Span(c.start, c.end) for c in citations if c.article_id == citation.article_id)
    return address_in_reader(citation.article_id, Span(citation.start, citation.end), others)
