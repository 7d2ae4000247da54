"""Cards, suggestions and the first question in a browser."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.pipeline.assistant import Assistant
from ingest.article import Article
from ingest.language.dates.words import day_in_words
from vectorstore.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FREEZE = "What does Russia say caused the freeze?"
OPEN = "document.querySelector('#card')?.matches(':popover-open') ?? false"
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


async def card_open(page: Any, expected: bool) -> None:
    await page.wait_for_function(f"() => ({OPEN}) === {str(expected).lower()}")


async def test_a_number_that_is_pointed_at_shows_its_quote(chat: Any, watch: Any, asking: Any) -> None:
    page = await (await watch()).open(chat.url)
    await asking(page, FREEZE)
    await page.get_by_role("button", name="Source 2:").hover()
    await card_open(page, True)
    sentence = chat.script.requests[0].evidence.sentences[1]
    shown = " ".join((await page.inner_text("#card")).split())
    assert shown.startswith(" ".join(sentence.text.split()))
    day = day_in_words(str(sentence.passage.published))
    assert shown.endswith(f"{sentence.passage.source} · {day}")
    await page.locator("#card").hover()
    await page.wait_for_timeout(300)
    await card_open(page, True)
    await page.mouse.move(5, 5)
    await card_open(page, False)


async def test_the_keyboard_shows_a_card_and_escape_closes_it_and_nothing_else(
    chat: Any, watch: Any, asking: Any
) -> None:
    page = await (await watch()).open(chat.url)
    await asking(page, FREEZE)
    number = page.get_by_role("button", name="Source 1:")
    await number.click()
    await page.wait_for_selector("html[data-reading]")
    await page.wait_for_timeout(200)
    await number.focus()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Shift+Tab")
    await card_open(page, True)
    described = await number.get_attribute("aria-describedby")
    assert await page.locator(f"#{described}").get_attribute("role") == "tooltip"
    await page.keyboard.press("Escape")
    await card_open(page, False)
    assert await page.locator("html[data-reading]").count() == 1
    await page.keyboard.press("Escape")
    await page.wait_for_selector("html:not([data-reading])")


async def test_the_first_touch_shows_the_card_and_the_second_opens_the_article(
    chat: Any, watch: Any, asking: Any
) -> None:
    page = await (await watch(**PHONE)).open(chat.url)
    await asking(page, FREEZE)
    number = page.locator("button.cite").first
    await number.tap()
    await card_open(page, True)
    assert await page.locator("html[data-reading]").count() == 0
    box = await page.locator("#card").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    await number.tap()
    await page.wait_for_selector("html[data-reading]")
    await card_open(page, False)


async def test_suggestions_follow_an_answer_and_are_asked_by_a_click(
    chat: Any, watch: Any, asking: Any, until_answered: Any, hold: str
) -> None:
    page = await (await watch()).open(chat.url)
    await asking(page, FREEZE)
    await page.locator(".suggestion").first.wait_for()
    offered = await page.locator(".suggestion").all_inner_texts()
    assert 1 <= len(offered) <= 3
    chat.script.reply = lambda request: [hold, f"{request.evidence.sentences[0].text} [1]"]
    await page.locator(".suggestion").first.click()
    await page.wait_for_selector("#live .entry")
    assert not await page.locator(".suggestion").first.is_visible()
    chat.script.go_on.set()
    await until_answered(page, 2)
    assert await page.inner_text("#entry-2 .question") == offered[0]
    await page.wait_for_function(
        "first => ![...document.querySelectorAll('.suggestion')].some((one) => one.innerText === first)",
        arg=offered[0],
    )


async def test_suggestions_come_back_with_a_conversation(chat: Any, watch: Any, asking: Any) -> None:
    page = await (await watch()).open(chat.url)
    await asking(page, FREEZE)
    await page.locator(".suggestion").first.wait_for()
    offered = await page.locator(".suggestion").all_inner_texts()
    await page.reload()
    await page.locator(".suggestion").first.wait_for()
    assert await page.locator(".suggestion").all_inner_texts() == offered


async def test_the_archive_may_change_while_the_first_question_is_answered(
    tmp_path: Any, served: Any, running_chat: Any, watch: Any, asking: Any, until_answered: Any, hold: str
) -> None:
    """And right-to-left text runs from the right."""
    arabic = "قال الوزير إن الميناء سيفتح يوم الاثنين."
    script = running_chat.script
    script.reset()
    with Store.open(tmp_path / "store") as store:
        store.add([Article.from_record({"title": "الميناء", "source": "الجزيرة", "text": arabic, "id": "port"})])
        url = served(Assistant(store, script, threshold=0.0))
        page = await (await watch()).open(url)
        script.reply = lambda request: [hold, f"{request.evidence.sentences[0].text} [1]"]
        await asking(page, "متى يفتح الميناء؟", finish=False)
        await page.wait_for_selector("#live .entry")
        await page.evaluate("location.hash = 'archive'")
        await page.get_by_role("button", name="Add articles").click()
        await page.get_by_role("textbox", name="Add web pages and feeds").fill("ftp://nowhere.example/x")
        await page.get_by_role("button", name="Add to the archive").click()
        await page.locator("#archive-progress li, #archive-progress p").first.wait_for()
        await page.wait_for_timeout(500)
        await page.evaluate("location.hash = 'ask'")
        assert await page.locator("#conversation .welcome").count() == 0
        script.go_on.set()
        await until_answered(page)
        right = ".question, .words p, #sources h3, #sources .passage"
        directions = await page.evaluate(
            "parts => [...document.querySelectorAll(parts)].map((part) => getComputedStyle(part).direction)", right
        )
        assert len(directions) >= 4
        assert set(directions) == {"rtl"}
        await page.close()
