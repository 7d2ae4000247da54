"""What is no prose is no evidence, in a store of this version and in one that knows nothing of kinds."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from assistant.pipeline.assistant import Assistant
from assistant.render.text import TextView
from ingest.article import Article, Marked, SentenceKind, Span
from vectorstore.store import Store

TEXT = (
    "ANSBY (Reuters) — The swing bridge at Torrin will stay shut until the spring, its owners decided on Tuesday.\n\n"
    "For the latest on the Torrin swing bridge and when it opens, click here.\n\n"
    "Ines Okafor/AFP/Getty Images The Torrin swing bridge is shut.\n\n"
    "More:Why the Torrin swing bridge is shut\n\n"
    "Engineers had found cracks in two of the pins that carry its span. The repairs will take four months."
)
QUESTION = "Why is the Torrin swing bridge shut?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "store") as store:
        store.add([Article(id="bridge", title="Bridge at Torrin stays shut", source="Ansby Post", text=TEXT)])
    return tmp_path / "store"


def quotes(folder: Path) -> tuple[str, list[str]]:
    """The answer's text, and what is quoted for it."""
    with Store.open(folder) as store:
        answer = Assistant.open(store, "extractive").ask(QUESTION)
        for citation in answer.citations:
            assert store.text(citation.article_id)[citation.start : citation.end] == citation.quote
        return answer.text, [citation.quote for citation in answer.citations]


def test_neither_promotions_nor_captions_nor_teasers_are_quoted(folder: Path) -> None:
    _, quoted = quotes(folder)
    assert quoted
    assert not [quote for quote in quoted if "click here" in quote or "Getty" in quote or "More:" in quote]


def test_a_store_that_knows_no_kinds_yet_opens_and_answers_alike(folder: Path) -> None:
    before = quotes(folder)
    with sqlite3.connect(folder / "archive.sqlite") as archive:
        archive.execute("DROP TABLE sentence_kinds")
    archive.close()
    assert quotes(folder) == before


def test_a_dateline_belongs_to_the_quoted_span_and_is_not_shown(folder: Path) -> None:
    with Store.open(folder) as store:
        answer = Assistant.open(store, "extractive").ask("Until when will the swing bridge at Torrin stay shut?")
        citation = next(one for one in answer.citations if "until the spring" in one.quote)
        assert citation.quote.startswith("ANSBY (Reuters) — ")
        assert "Reuters" not in answer.text
        assert "“The swing bridge at Torrin" in TextView().render(answer)


def test_the_layout_that_an_article_was_read_with_outlives_its_classifier(folder: Path) -> None:
    text = "The bridge is shut. It opens in May."
    marked = Article(id="list", text=text, layout=(Marked(Span(0, 19), SentenceKind.SUBHEAD),))
    with Store.open(folder) as store:
        store.add([marked])
    with sqlite3.connect(folder / "archive.sqlite") as archive:
        archive.execute("UPDATE sentence_kinds SET classifier = 'another'")
    archive.close()
    with Store.open(folder) as store:
        assert store.sentence_kinds("list") == {0: SentenceKind.SUBHEAD, 20: SentenceKind.PROSE}
