"""An article as a page to read: its text in paragraphs, the addressed sentence marked, the way to the other cited ones.

Invariants:

* The text content of ``#text`` is ``Article.text``, every code point once and in order (but for the control
  characters that no page may hold).
* What stands in ``mark.addressed`` is the addressed span of that text and nothing else.
* Everything works as links: ``static/reader/reader.js`` only makes it quicker.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from assistant.web.html import button, document, element, join, outside_link
from assistant.web.reader.address import HERE, Place, address_in_reader
from assistant.web.static_files import static_address
from ingest.article import Article, Span
from ingest.language.dates.words import day_in_words

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_LINE_END = re.compile(r"\n\s*")


def article_page(article: Article, sentences: Sequence[Span], place: Place) -> Markup:
    """The page of one article.

    Args:
        sentences: their spans, in order and without overlap.
        place: what was asked for; its spans lie within the text.
    """
    return _page(
        article.title or "Untitled",
        [
            _bar(place),
            element(
                "main",
                element("article", _head(article), _Text(article.text, sentences, place).view(), lang=""),
                _keys(),
            ),
            element("p", role="status", id="said", class_="said"),
        ],
    )


def problem_page(heading: str, line: str, *, article_id: str | None = None) -> Markup:
    """A page that says why there is nothing to read; with ``article_id`` it leads to the whole article."""
    way = (
        element("a", "Open the article from its beginning", href=address_in_reader(article_id)) if article_id else None
    )
    home = element("p", element("a", "News Assistant", href="./", target="_top"), class_="home")
    main = element(
        "main", element("h1", heading), element("p", line, dir="auto"), element("p", way) if way else None, home
    )
    return _page(heading, [element("div", main, class_="problem")])


def _page(title: str, body: Iterable[Markup]) -> Markup:
    head = [
        element("title", f"{title} · News Assistant"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("link", rel="icon", type="image/svg+xml", href=static_address("favicon.svg")),
        element("link", rel="stylesheet", href=static_address("palette.css")),
        element("link", rel="stylesheet", href=static_address("reader.css")),
        element("script", src=static_address("reader.js"), defer=True),
    ]
    return document(head, body)


def _head(article: Article) -> Markup:
    published = article.published.isoformat() if article.published else None
    parts = [element("bdi", article.source, class_="publisher")] if article.source else []
    parts.append(element("time", day_in_words(published), datetime=published))
    link = outside_link(article.url, "Original")
    if link:
        parts.append(link)
    authors = join((element("bdi", author) for author in article.authors), ", ")
    return element(
        "header",
        element("h1", article.title or "Untitled", dir="auto"),
        element("p", join(parts, " · "), class_="origin"),
        element("p", "By ", authors, class_="authors") if article.authors else None,
        lang="",
    )


def _bar(place: Place) -> Markup:
    """The way between the cited sentences, the link to the current one, and the box to find words with."""
    find = element(
        "form",
        element("input", type="search", id="find", placeholder="Find", aria_label="Find in this article"),
        element("output", id="found", for_="find"),
        button("‹", action="find-previous", aria_label="Previous place that was found"),
        button("›", action="find-next", aria_label="Next place that was found"),
        role="search",
        class_="find",
    )
    copy = button("Copy link", action="copy-link", aria_label="Copy link to this sentence", class_="quiet copy")
    home = element("a", "News Assistant", href="./", class_="home", target="_top")
    return element("header", home, _stops(place), element("div", copy, find, class_="tools"), class_="bar")


def _stops(place: Place) -> Markup | None:
    stops = place.stops
    if not stops:
        return None
    before: Span | None = None
    after: Span | None = None
    if place.span is None:
        said = "1 sentence is cited" if len(stops) == 1 else f"{len(stops)} sentences are cited"
        after = stops[0]
    else:
        at = stops.index(place.span)
        said = f"Cited sentence {at + 1} of {len(stops)}" if place.cited else ""
        before = stops[at - 1] if at else None
        after = stops[at + 1] if at + 1 < len(stops) else None
    if not said:
        return None
    return element(
        "nav",
        _stop(place, before, "‹", "Previous cited sentence", "previous"),
        element("span", said, class_="which"),
        _stop(place, after, "›", "Next cited sentence", "next"),
        aria_label="Cited sentences",
    )


def _stop(place: Place, span: Span | None, sign: str, label: str, rel: str) -> Markup:
    if span is None:
        return element("span", sign, class_="step", aria_hidden="true")
    href = address_in_reader(place.article_id, span, place.stops)
    return element("a", sign, href=href, class_="step", aria_label=label, title=label, data_step=rel)


def _keys() -> Markup:
    keys = (
        ("n", "p", "next and previous cited sentence"),
        ("j", "k", "next and previous sentence"),
        ("c", "", "copy the link to the sentence"),
        ("/", "", "find in the article"),
    )
    lines = [
        element("li", element("kbd", one), " " if other else "", element("kbd", other) if other else None, f" {what}")
        for one, other, what in keys
    ]
    return element("footer", element("details", element("summary", "Keys"), element("ul", lines)), class_="keys")


class _Text:
    """Renders the text of an article."""

    def __init__(self, text: str, sentences: Sequence[Span], place: Place) -> None:
        self._text = text
        self._sentences = sentences
        self._place = place
        ends = {end for span in place.stops for end in (span.start, span.end)}
        self._cuts = sorted(ends)
        self._arrived = False

    def view(self) -> Markup:
        # Where no line is empty, every line is a paragraph.
        gaps = _BLANK_LINE if _BLANK_LINE.search(self._text) else _LINE_END
        blocks: list[Markup] = []
        start = following = 0
        for gap in [*gaps.finditer(self._text), None]:
            end, after = gap.span() if gap else (len(self._text), len(self._text))
            sentences = []
            while following < len(self._sentences) and self._sentences[following].start < end:
                sentences.append(self._sentences[following])
                if self._sentences[following].end > end:
                    break  # it goes on in the next paragraph
                following += 1
            space = element("span", self._run(end, after), class_="gap") if after > end else None
            blocks.append(element("p", self._block(start, end, sentences), space, dir="auto"))
            start = after
        return element("div", blocks, id="text")

    def _block(self, start: int, end: int, sentences: Sequence[Span]) -> Markup:
        pieces: list[Markup] = []
        at = start
        for sentence in sentences:
            first, last = max(sentence.start, start), min(sentence.end, end)
            pieces += [self._run(at, first), self._sentence(sentence, first, last)]
            at = last
        return join([*pieces, self._run(at, end)])

    def _sentence(self, sentence: Span, first: int, last: int) -> Markup:
        link = element(
            "a",
            href=address_in_reader(self._place.article_id, sentence),
            class_="link",
            aria_label="Link to this sentence",
            title="Link to this sentence",
        )
        return element(
            "span",
            self._run(first, last),
            link if last == sentence.end else None,
            class_="sentence",
            data_start=sentence.start,
            data_end=sentence.end,
        )

    def _run(self, start: int, end: int) -> Markup:
        """A stretch of text, cut where a mark begins or ends."""
        cuts = [start, *(cut for cut in self._cuts if start < cut < end), end]
        return join(self._piece(Span(one, other)) for one, other in itertools.pairwise(cuts) if one < other)

    def _piece(self, span: Span) -> Markup | str:
        text = span.of(self._text)
        if self._place.span is not None and self._place.span.contains(span):
            first, self._arrived = not self._arrived, True
            return element("mark", text, class_="addressed", id=HERE if first else None, tabindex=-1 if first else None)
        if any(cited.contains(span) for cited in self._place.cited):
            return element("mark", text, class_="cited")
        return text
