"""The report: one file without network, in which nothing that came from outside is markup, and of use to a person."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from stores import WordEncoder

from assistant.errors import ModelUnreachable
from assistant.evaluation.items import Item
from assistant.evaluation.reporting.report import render, write_report
from assistant.evaluation.reporting.tables import counts_in_words
from assistant.evaluation.run import Run, RunOptions, evaluate
from assistant.pipeline.assistant import Assistant
from ingest.article import Article
from tests.helpers.chromium import ARGUMENTS, CHROMIUM, MISSING
from vectorstore.errors import UnknownArticle
from vectorstore.store import Store

EVIL = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"></style>'\"&amp;"


class Page(HTMLParser):
    """Which tags a page has, and what stands in its marks."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.marked: list[str] = []
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self._open.append(tag)
        if tag == "mark":
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "mark" in self._open and "sup" not in self._open:
            self.marked[-1] += data


@pytest.fixture
def evil_run(tmp_path: Path, scripted: Any) -> Iterator[tuple[Run, Store]]:
    """A run in which the question, the answer, the gold, the article and the error all try to be markup."""
    with Store.open(tmp_path / "store", encoder=WordEncoder()) as store:
        text = f"The ferry {EVIL} stayed in port. The rudder was broken."
        store.add([Article(id="evil", title=EVIL, source=EVIL, text=text, url="https://wire.example/a?\"onload='x'")])
        scripted.name = EVIL
        scripted.replies = {"moon": ModelUnreachable(f"no answer {EVIL}")}
        items = [
            Item(id=EVIL, question=f"Why did the ferry {EVIL} stay?", answers=[EVIL], articles=["evil"], tags=[EVIL]),
            Item(id="failed", question="Who is king of the moon?", answers=[], answerable=False),
        ]
        yield evaluate(Assistant(store, scripted, threshold=0.0), items), store


def test_nothing_of_a_question_an_answer_or_an_article_becomes_markup(evil_run: tuple[Run, Store]) -> None:
    run, store = evil_run
    page = Page(render(run, text=store.text, before=run, name=EVIL))
    assert page.tags.count("script") == 1
    assert "img" not in page.tags
    assert page.tags.count("style") == 1
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "style"]


def test_a_link_that_is_no_web_address_is_not_made(evil_run: tuple[Run, Store]) -> None:
    run, store = evil_run
    first = run.results[0]
    citations = [{**citation, "url": "javascript:alert(1)"} for citation in first.answer["citations"]]
    changed = replace(run, results=(replace(first, answer={**first.answer, "citations": citations}),))
    links = [value for name, value in Page(render(changed, text=store.text)).attributes if name == "href"]
    assert links == []


def test_the_report_fetches_nothing(assistant: Assistant, archive: Store, questions: list[Item]) -> None:
    page = Page(render(evaluate(assistant, questions), text=archive.text))
    assert not {"link", "img", "iframe", "object", "embed", "video", "audio"} & set(page.tags)
    assert not [value for name, value in page.attributes if name in {"src", "srcset", "xlink:href", "data"}]


def test_what_is_marked_in_a_passage_is_the_quote_and_nothing_else(
    assistant: Assistant, archive: Store, questions: list[Item]
) -> None:
    run = evaluate(assistant, questions)
    quotes = {citation["quote"] for record in run.to_records() for citation in record["citations"]}
    marked = Page(render(run, text=archive.text)).marked
    assert quotes
    assert set(marked) == quotes


def test_a_quote_is_shown_as_the_run_has_it_where_the_article_is_gone_or_changed(
    assistant: Assistant, questions: list[Item]
) -> None:
    run = evaluate(assistant, questions[:1])

    def gone(article_id: str) -> str:
        raise UnknownArticle(f"the store has no article {article_id!r}")

    quotes = {citation["quote"] for citation in run.to_records()[0]["citations"]}
    assert set(Page(render(run, text=gone)).marked) == quotes
    assert set(Page(render(run, text=lambda article_id: "Another text. " * 20)).marked) == quotes


def test_the_counts_the_intervals_and_the_errors_are_on_the_page(evil_run: tuple[Run, Store]) -> None:
    run, store = evil_run
    text = render(run, text=store.text)
    assert f"{counts_in_words(run.summary)}." in text
    assert "1 failed" in counts_in_words(run.summary)
    assert "ModelUnreachable: no answer &lt;script&gt;" in text
    accuracy = run.summary.estimates["accuracy"]
    assert f"{accuracy.low:.3f} to {accuracy.high:.3f}" in text


def test_a_run_without_any_answer_or_gold_article_makes_a_report_too(
    assistant: Assistant, archive: Store, scripted: Any
) -> None:
    scripted.replies = {"king": ModelUnreachable("the model does not answer")}
    items = [Item(id="king", question="Who is king of the moon?", answers=[], answerable=False)]
    assert "1 failed" in render(evaluate(assistant, items, RunOptions(as_of=dt.date(2015, 5, 1))), text=archive.text)


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason=MISSING)
def test_in_a_browser_questions_are_filtered_and_no_markup_of_theirs_runs(
    evil_run: tuple[Run, Store], tmp_path: Path
) -> None:
    from playwright.sync_api import sync_playwright

    run, store = evil_run
    write_report(run, tmp_path / "report.html", text=store.text, before=run, name=EVIL)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        page = browser.new_page()
        requests: list[str] = []
        complaints: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto((tmp_path / "report.html").as_uri())
        assert page.title().startswith("Evaluation:")
        assert page.locator(".question:visible").count() == 2
        page.get_by_label("failed").uncheck()
        assert page.locator(".question:visible").count() == 1
        assert page.locator("#shown").inner_text() == "1 of 2"
        page.get_by_label("failed").check()
        page.locator("#tag").select_option(index=1)
        assert page.locator(".question:visible").count() == 1
        page.locator("#tag").select_option(index=0)
        page.get_by_placeholder("Words in question or answer").fill("moon")
        assert re.search("king", page.locator(".question:visible").inner_text())
        page.goto((tmp_path / "report.html").as_uri() + "#q1")
        page.reload()
        assert page.locator("#q1[open]").count() == 1
        assert complaints == []
        assert all(url.startswith("file:") for url in requests)
        browser.close()
