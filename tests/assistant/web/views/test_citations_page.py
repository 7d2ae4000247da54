"""Where a number leads, from an answer and from the views below it, and what of a source is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.pipeline.assistant import Assistant
from assistant.web.reader.address import address_in_reader
from ingest.article import Article
from vectorstore.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

QUESTION = "What does Russia say caused the freeze?"
#: Whether the whole addressed sentence is seen in the frame, below its bar.
SEEN = """
() => {
  const { top, bottom } = document.querySelector('mark.addressed').getBoundingClientRect();
  return top >= document.querySelector('.bar').getBoundingClientRect().bottom && bottom <= window.innerHeight;
}
"""
WIRE = (
    "The port of Ansley reopened on Monday after a week of storms. Ships had waited outside the harbour since the storm"
    " began. The harbour master, Ann Boe, said that 14 ships would be let in on the first day. Fishermen were told to"
    " wait until the end of the week. The eastern quay stays closed until it is repaired."
)


@pytest.fixture(scope="module")
def quoting(samples: Store, served: Callable[..., str]) -> str:
    """The chat over the samples, answered without a model."""
    return served(Assistant.open(samples, model="extractive"))


async def sentence(page: Any) -> Any:
    """The frame of the reader, once it shows its sentence."""
    frame = await (await page.wait_for_selector("#reader iframe")).content_frame()
    await frame.wait_for_selector("mark.addressed")
    await frame.evaluate("document.fonts.ready")
    return frame


async def test_a_number_scrolls_a_long_article_to_its_sentence_and_marks_the_others(
    chat: Any, watch: Any, asking: Any
) -> None:
    page = await (await watch(viewport={"width": 1280, "height": 500})).open(chat.url)

    def last_of_its_article(request: Any) -> list[str]:
        article = request.evidence.sentences[0].passage.article_id
        own = [s for s in request.evidence.sentences if s.passage.article_id == article]
        return [f"{s.text} [{s.number}] " for s in (own[0], own[-1])]

    chat.script.reply = last_of_its_article
    await asking(page, QUESTION)
    await page.get_by_role("button", name="Source 2:").click()
    frame = await sentence(page)
    assert await frame.evaluate("window.scrollY") > 100
    assert await frame.evaluate(SEEN)
    marks = [await frame.inner_text(f"mark.{kind}") for kind in ("cited", "addressed")]
    quotes = await page.locator(".words").inner_text()
    assert all(" ".join(mark.split()) in " ".join(quotes.split()) for mark in marks)
    colours = await frame.evaluate(
        "['cited', 'addressed'].map((kind) => getComputedStyle(document.querySelector(`mark.${kind}`)).backgroundColor)"
    )
    assert colours[0] == "rgba(0, 0, 0, 0)" != colours[1]  # a line below it, and a ground


async def test_numbers_in_accounts_and_timelines_lead_to_their_sentences(quoting: str, watch: Any, asking: Any) -> None:
    page = await (await watch()).open(quoting)
    for question, view in (
        ("Who is to blame for the freeze, Russia or the United States?", ".accounts"),
        ("What is the timeline of Kerry's visit to Sochi?", ".timeline"),
    ):
        await asking(page, question)
        told = page.locator(f".entry:last-child {view} p:has(button.cite)").first
        words = (await told.inner_text()).strip().removesuffix(await told.locator("button.cite").inner_text())
        await told.locator("button.cite").click()
        frame = await sentence(page)
        assert words.strip() in " ".join((await frame.inner_text("mark.addressed")).split())
        assert await frame.evaluate(SEEN)
        await page.keyboard.press("Escape")
        await page.wait_for_selector("#reader", state="hidden")


async def test_a_view_is_opened_and_closed_by_the_keyboard(quoting: str, watch: Any, asking: Any) -> None:
    page = await (await watch()).open(quoting)
    await asking(page, QUESTION)
    summary = page.locator(".view summary")
    await summary.focus()
    for shown in (True, False):
        await page.keyboard.press("Enter")
        assert await page.locator(".accounts").is_visible() is shown


async def test_the_nearest_articles_of_an_abstention_open_beside_it(quoting: str, watch: Any, asking: Any) -> None:
    page = await (await watch()).open(quoting)
    await asking(page, "How many soldiers does NATO have in Poland?")
    nearest = page.locator(".abstention li a").first
    title = await nearest.inner_text()
    await nearest.click()
    await page.frame_locator("#reader iframe").get_by_role("heading", name=title).wait_for()
    await page.keyboard.press("Escape")
    await page.wait_for_function("document.activeElement.closest('.abstention')")


async def test_papers_that_have_the_same_sentence_are_named_with_it(
    tmp_path: Path, served: Callable[..., str], running_chat: Any, watch: Any, asking: Any
) -> None:
    script = running_chat.script
    script.reset()
    papers = ("The Harbour Post", "Kestrel News")
    with Store.open(tmp_path / "store") as store:
        store.add(
            Article(id=name, title="Port of Ansley reopens", source=name, text=WIRE, published=f"2024-03-0{day}")
            for day, name in enumerate(papers, 4)
        )
        page = await (await watch()).open(served(Assistant(store, script, threshold=0.0)))
        await asking(page, "When did the port of Ansley reopen?")
        source = page.locator("#sources .cited .source")
        assert await source.count() == 1
        assert "The Harbour Post" in await source.locator(".origin").inner_text()
        assert await source.locator(".said").first.inner_text() == "also in: Kestrel News, 5 March 2024"
        await page.close()


async def test_a_shared_link_opens_its_sentence_for_somebody_else(chat: Any, watch: Any, samples: Store) -> None:
    page = (await watch(locale="en-GB", viewport={"width": 1280, "height": 400})).page  # a browser of its own
    text = samples.text("two-accounts-of-a-freeze")
    span = [s for chunk in samples.chunks("two-accounts-of-a-freeze") for s in chunk.sentences][-1]
    await page.goto(f"{chat.url}/{address_in_reader('two-accounts-of-a-freeze', span)}")
    assert await page.locator("mark.addressed").text_content() == span.of(text)
    await page.evaluate("document.fonts.ready")
    assert await page.evaluate(SEEN)
