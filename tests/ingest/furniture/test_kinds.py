"""What a sentence is in its article: prose, or what stands around it."""

from __future__ import annotations

import io

import pytest

from ingest.article import Article, SentenceKind, Span
from ingest.chunk import sentences
from ingest.furniture.kinds import kinds
from ingest.readers.base import Source, to_article
from ingest.readers.html import HtmlReader
from ingest.readers.markdown import MarkdownReader

STORY = (
    "The old swing bridge at Torrin will stay shut until the spring, the harbour board decided on Tuesday. "
    "Its engineers had found cracks in two of the pins that carry the span.",
    "“We would rather lose a season than a lorry,” said Maud Ferrier, who chairs the board. "
    "About 4,000 vehicles a day now take the road through Ansby instead.",
    "Repairs are expected to cost 2.3 million pounds. The county has promised a third of it.",
)


def told(*lines: str) -> dict[str, SentenceKind]:
    """The sentences of an article of those lines, and the story around them, with their kinds."""
    text = "\n\n".join((STORY[0], STORY[1], *lines, STORY[2]))
    article = Article(title="Torrin bridge stays shut", text=text)
    spans = [span.of(article.text) for span in sentences(article.text)]
    return dict(zip(spans, kinds(article), strict=True))


@pytest.mark.parametrize(
    "line",
    [
        "Sign up here for our weekly harbour newsletter.",
        "More:Ferry fares to rise in May as fuel costs bite",
        "Ines Okafor/Northlight Agency/Getty Images",
        "Follow Peter Lund on Twitter @peterlund.",
        "Contact the reporter at p.lund@example.org.",
        "Contributing: Anna Weiss, Torrin Gazette",
        "This story has been updated with additional information.",
        "Watch:Divers inspect the cracked pins",
        "Read more",
        "Video Ad Feedback Divers inspect the cracked pins 01:12 - Source: CNN",
        "Ines Okafor/AFP/Getty Images Divers inspect the cracked pins of the bridge.",
        "What the repairs will cost",
    ],
)
def test_what_stands_around_a_story_is_no_prose(line: str) -> None:
    assert not {kind for text, kind in told(line).items() if text in line} & {SentenceKind.PROSE}


@pytest.mark.parametrize(
    "line",
    [
        "The board will publish its report online on Friday.",
        "“It was fine.",
        "She told reporters by email that the video showed nothing new.",
        "The ferry company said it had updated its timetable, and more sailings would follow.",
        "Divers found nothing.",
        "He asked subscribers of the board's newsletter to be patient, and most of them were.",
        "Winds reached 70 mph in Ansby, where the road was closed for an hour.",
        "“Will it ever open again?” he asked.",
    ],
)
def test_every_sentence_of_a_story_is_prose(line: str) -> None:
    assert set(told(line).values()) == {SentenceKind.PROSE}


@pytest.mark.parametrize(
    "text",
    [
        "Die Drehbrücke bleibt bis zum Frühjahr geschlossen. Das teilte der Hafenausschuss am Dienstag mit.",
        "Le pont tournant restera fermé jusqu'au printemps. Le conseil du port l'a décidé mardi.",
        "旋转桥将关闭至春天。港务委员会周二作出了这一决定，工程师此前在两个支点上发现了裂缝",
        "Поворотный мост останется закрытым до весны. Такое решение принял совет порта во вторник.",
    ],
)
def test_no_language_loses_its_prose(text: str) -> None:
    assert set(kinds(Article(title="", text=text))) == {SentenceKind.PROSE}


def test_a_line_that_says_what_the_headline_says_is_the_headline() -> None:
    assert told("Torrin bridge stays shut.")["Torrin bridge stays shut."] is SentenceKind.HEADLINE


def test_a_page_s_own_headings_and_lists_are_what_it_says_that_they_are() -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in STORY)
    page = (
        f"<html><head><title>Torrin bridge stays shut</title></head><body><article><h1>Torrin bridge stays shut</h1>"
        f"{paragraphs}<h2>The board has spoken.</h2><p>{STORY[0]}</p><ul><li>Pins: two</li>"
        f"<li>The county pays a third of all that the repairs cost.</li></ul></article></body></html>"
    )
    source = Source(name="bridge.html", max_bytes=10_000)
    article = to_article(next(iter(HtmlReader().read(io.BytesIO(page.encode()), source))), origin="bridge.html")
    found = {span.of(article.text): kind for span, kind in zip(sentences(article.text), kinds(article), strict=True)}
    assert found["The board has spoken."] is SentenceKind.SUBHEAD
    assert found["- Pins: two"] is SentenceKind.LIST_ITEM
    assert found["- The county pays a third of all that the repairs cost."] is SentenceKind.PROSE


def test_markdown_headings_are_headings_however_much_they_look_like_sentences() -> None:
    text = f"# Torrin bridge stays shut\n\n{STORY[0]}\n\n## The board has spoken.\n\n{STORY[1]}\n"
    source = Source(name="bridge.md", max_bytes=10_000)
    document = next(iter(MarkdownReader().read(io.BytesIO(text.encode()), source)))
    article = to_article(document, origin="bridge.md")
    marked = {mark.span.of(article.text): mark.kind for mark in article.layout}
    assert marked == {"The board has spoken.": SentenceKind.SUBHEAD}
    at = article.text.index("The board has spoken.")
    assert dict(zip(sentences(article.text), kinds(article), strict=True))[Span(at, at + 21)] is SentenceKind.SUBHEAD


@pytest.mark.parametrize("brief", ["The harbour froze on Monday.", "Rovers won the Cup.", "It rained in Halden."])
def test_news_in_one_line_is_prose(brief: str) -> None:
    assert kinds(Article(text=brief, title="Note 1", source="The Tiny")) == (SentenceKind.PROSE,)
