"""The sources of one answer as markup: cited sentences inside their passages, and apart from them what else was found.

Invariant: what stands in ``<mark>`` is the citation's quote and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from assistant.render.text import also_in_words, counted
from assistant.types import Citation
from assistant.web.html import button, element, join, outside_link
from assistant.web.reader.address import address_in_reader
from assistant.web.views.answer import reader_link
from assistant.web.views.citation import address_of_citation
from assistant.web.views.entry import Entry
from ingest.article import Span
from ingest.language.dates.words import day_in_words
from vectorstore.archive.passage import Passage

_BREAK = re.compile(r"\s*\n\s*")

#: Characters of a passage that was retrieved and not cited.
GLIMPSE = 240


@dataclass(slots=True)
class _Extract:
    """A passage, or a quote alone where its passage is not at hand, and the citations in it."""

    span: Span
    text: str
    citations: list[Citation] = field(default_factory=list)


def sources_of(entry: Entry) -> Markup:
    """The sources of a finished entry."""
    answer = entry.answer
    citations = answer.citations if answer else entry.citations
    passages = [used.passage for used in answer.passages if used.passage.copy_of is None] if answer else entry.passages
    used = {_key(item.passage) for item in answer.passages if item.used} if answer else set()
    return sources_view(entry.number, entry.question, citations, passages, used=used)


def sources_view(
    number: int,
    question: str,
    citations: Sequence[Citation],
    passages: Sequence[Passage],
    *,
    used: Iterable[tuple[str, int]] = (),
    live: bool = False,
) -> Markup:
    """The panel for one entry.

    Args:
        used: article id and ordinal of the passages that the answerer saw.
        live: the answer is still being written.
    """
    cited = {citation.article_id for citation in citations}
    others: dict[str, list[Passage]] = {}
    for passage in passages:
        if passage.article_id not in cited:
            others.setdefault(passage.article_id, []).append(passage)
    return element(
        "section",
        element(
            "header",
            element("h2", "Sources", id="sources-heading", tabindex=-1),
            button("Close", action="close", class_="quiet close"),
        ),
        element("p", "For “", element("bdi", question), "”", class_="sources-for"),
        _cited(number, citations, passages),
        None if citations or live else element("p", "Nothing is cited.", class_="empty"),
        _retrieved(
            others,
            set(used),
            "Retrieved" if not citations else "Also retrieved, not cited",
            opened=live and not citations,
        ),
        class_="sources",
        data_entry=number,
        aria_labelledby="sources-heading",
    )


def _cited(number: int, citations: Sequence[Citation], passages: Sequence[Passage]) -> Markup | None:
    groups: dict[str, list[Citation]] = {}
    for citation in citations:
        groups.setdefault(citation.article_id, []).append(citation)
    cards = [element("li", _card(number, group, passages), class_="source") for group in groups.values()]
    return element("ol", cards, class_="cited", aria_label="Cited") if cards else None


def _card(number: int, citations: Sequence[Citation], passages: Sequence[Passage]) -> list[Markup]:
    first = citations[0]
    extracts: list[_Extract] = []
    for citation in sorted(citations, key=lambda c: (c.start, c.end)):
        extract = next((e for e in extracts if e.span.contains(Span(citation.start, citation.end))), None)
        if extract is None:
            extract = _extract(citation, passages)
            extracts.append(extract)
        extract.citations.append(citation)
    return [
        _title(first.title, address_of_citation(first, citations)),
        _origin(first.source, first.published, first.url),
        *_also_in(citations),
        *(_passage(number, extract, citations) for extract in extracts),
    ]


def _also_in(citations: Sequence[Citation]) -> list[Markup]:
    copies = tuple(dict.fromkeys(copy for citation in citations for copy in citation.also_in))
    return [element("p", also_in_words(copies), class_="said", dir="auto")] if copies else []


def _extract(citation: Citation, passages: Sequence[Passage]) -> _Extract:
    span = Span(citation.start, citation.end)
    for passage in passages:
        if passage.article_id == citation.article_id and passage.span.contains(span):
            return _Extract(passage.span, passage.text)
    return _Extract(span, citation.quote)


def _passage(number: int, extract: _Extract, citations: Sequence[Citation]) -> Markup:
    pieces: list[str] = []
    at = extract.span.start
    for citation in extract.citations:
        if citation.start < at:  # overlaps the one before it: shown once
            continue
        before = extract.text[at - extract.span.start : citation.start - extract.span.start]
        pieces += [_paragraphs(before), _mark(number, citation, citations)]
        at = citation.end
    pieces.append(_paragraphs(extract.text[at - extract.span.start :].rstrip()))
    speakers = [f"{c.number}: said by {c.speaker}" for c in extract.citations if c.speaker]
    said = element("p", "; ".join(speakers), class_="said", dir="auto") if speakers else None
    return join([element("blockquote", pieces, class_="passage", dir="auto"), *([said] if said else [])])


def _paragraphs(text: str) -> Markup:
    """Text with a gap, smaller than an empty line, between paragraphs."""
    return join(_BREAK.split(text), element("span", class_="gap"))


def _mark(number: int, citation: Citation, citations: Sequence[Citation]) -> Markup:
    quote = element("mark", citation.quote, id=f"source-{number}-{citation.number}", tabindex=-1)
    address = address_of_citation(citation, citations)
    link = element(
        "a",
        str(citation.number),
        class_="number",
        href=address,
        data_reader=address,
        aria_label=f"Sentence {citation.number} in the article",
    )
    return join([link, quote])


def _retrieved(
    others: dict[str, list[Passage]], used: set[tuple[str, int]], heading: str, *, opened: bool
) -> Markup | None:
    if not others:
        return None
    items = [element("li", _glimpse(group, used)) for group in others.values()]
    return element(
        "details",
        element("summary", f"{heading}: {counted(len(others), 'article')}"),
        element("ul", items),
        class_="retrieved",
        open=opened,
    )


def _glimpse(passages: Sequence[Passage], used: set[tuple[str, int]]) -> list[Markup]:
    best = passages[0]
    text = " ".join(best.text.split())
    text = text if len(text) <= GLIMPSE else f"{text[:GLIMPSE].rsplit(' ', 1)[0]}…"
    published = best.published.isoformat() if best.published else None
    read = element("p", "Read for the answer", class_="said") if any(_key(p) in used for p in passages) else None
    return [
        _title(best.title, address_in_reader(best.article_id)),
        _origin(best.source, published, best.url),
        element("p", text, class_="glimpse", dir="auto"),
        *([read] if read else []),
    ]


def _title(title: str, address: str) -> Markup:
    return element("h3", reader_link(title or "Untitled", address, isolated=False), dir="auto")


def _origin(source: str, published: str | None, url: str) -> Markup:
    parts: list[Markup] = []
    if source:
        parts.append(element("bdi", source, class_="publisher"))
    parts.append(element("time", day_in_words(published), datetime=published))
    link = outside_link(url, "Original")
    if link:
        parts.append(link)
    return element("p", join(parts, " · "), class_="origin")


def _key(passage: Passage) -> tuple[str, int]:
    return passage.article_id, passage.ordinal
