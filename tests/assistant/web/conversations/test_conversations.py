"""Conversations in a browser: kept, found again, renamed, deleted, saved, and nobody else's."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from assistant.conversations import Conversations, Summary
from assistant.conversations.repository import MOST_LISTED
from assistant.pipeline.assistant import Assistant
from assistant.web.conversations.view import list_view

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FREEZE = "What does Russia say caused the freeze?"
FERRY = "How many people were hurt at Port Ansley?"


@pytest_asyncio.fixture(loop_scope="session")
async def page(chat: Any, watch: Any) -> AsyncIterator[Any]:
    """A page in a browser of its own, wide enough for the panel to stand beside the conversation."""
    watched = await watch(viewport={"width": 1500, "height": 900}, accept_downloads=True)
    opened = await watched.open(chat.url)
    await opened.wait_for_selector("#kept nav")
    yield opened


async def titles(page: Any) -> list[str]:
    return list(await page.locator("#kept button.title").all_inner_texts())


async def listed(page: Any, expected: list[str]) -> None:
    """Wait until the list is so."""
    found: list[str] = []
    async with asyncio.timeout(30):
        while (found := await titles(page)) != expected:
            await asyncio.sleep(0.02)
    assert found == expected


async def choose(page: Any, title: str, action: str) -> None:
    """Open a conversation's menu and choose."""
    await page.locator("#kept li", has_text=title).locator("summary").click()
    await page.get_by_role("button", name=action).click()


async def test_a_conversation_is_there_after_a_reload_with_its_citations_working(page: Any, asking: Any) -> None:
    await asking(page, FREEZE)
    await asking(page, "And what does Washington say?")
    before = await page.inner_html("#conversation .log")
    await page.reload()
    await page.wait_for_selector("#entry-2")
    assert await page.inner_html("#conversation .log") == before
    await page.locator("#entry-1 button.cite").first.click()
    await page.wait_for_selector(".sources[data-entry='1'] mark.current")
    assert await page.locator("#sources .retrieved li").count() > 0


async def test_a_new_conversation_leaves_the_other_in_the_list(chat: Any, page: Any, asking: Any) -> None:
    await asking(page, FREEZE)
    await page.get_by_role("button", name="New conversation").click()
    await page.wait_for_selector(".welcome")
    await asking(page, FERRY)
    assert chat.script.requests[-1].query.history == ()
    await listed(page, [FERRY, FREEZE])
    assert await page.locator("#kept [aria-current=page]").inner_text() == FERRY
    await page.get_by_role("button", name=FREEZE, exact=True).click()
    await page.wait_for_function("q => document.querySelector('.question')?.innerText === q", arg=FREEZE)
    assert await page.locator(".entry").count() == 1
    await asking(page, "And what does Washington say?")
    assert chat.script.requests[-1].query.history[0].content == FREEZE
    await listed(page, [FREEZE, FERRY])


async def test_a_reload_finds_the_answer_where_it_is_by_then(
    chat: Any, page: Any, asking: Any, hold: str, until_answered: Any
) -> None:
    chat.script.reply = lambda request: [f"{request.evidence.sentences[0].text} [1] ", hold, "And more [2]."]
    await asking(page, FREEZE, finish=False)
    await page.wait_for_selector("#live .words")
    await page.reload()
    await page.wait_for_selector("#live .words button.cite")
    assert await page.get_by_role("button", name="Stop").is_visible()
    chat.script.go_on.set()
    await until_answered(page)
    assert await page.locator("#conversation button.cite").count() == 2
    assert len(chat.script.requests) == 1


async def test_a_page_that_is_closed_leaves_its_answer_to_be_finished(
    chat: Any, page: Any, asking: Any, hold: str
) -> None:
    chat.script.reply = lambda request: [f"{request.evidence.sentences[0].text} [1] ", hold, "And more [2]."]
    await asking(page, FREEZE, finish=False)
    await page.wait_for_selector("#live .words")
    address = page.url
    other = await page.context.new_page()
    await page.close()
    chat.script.go_on.set()
    assert await asyncio.to_thread(chat.script.closed.wait, 30)
    await other.goto(address)
    await other.wait_for_selector("#conversation .words")
    assert await other.locator("#conversation button.cite").count() == 2
    await other.close()


async def test_going_to_another_conversation_leaves_the_answer_in_the_making_alone(
    chat: Any, page: Any, asking: Any, hold: str
) -> None:
    await asking(page, FERRY)
    await page.get_by_role("button", name="New conversation").click()
    await page.wait_for_selector(".welcome")
    chat.script.reply = lambda request: [f"{request.evidence.sentences[0].text} [1] ", hold, "And more [2]."]
    await asking(page, FREEZE, finish=False)
    await page.wait_for_selector("#live .words")
    await page.get_by_role("button", name=FERRY, exact=True).click()
    await page.wait_for_function("q => document.querySelector('.question')?.innerText === q", arg=FERRY)
    chat.script.go_on.set()
    assert await asyncio.to_thread(chat.script.closed.wait, 30)
    await asyncio.sleep(0.3)
    assert await page.locator(".question").all_inner_texts() == [FERRY]
    assert await page.locator("#live .entry").count() == 0
    await page.get_by_role("button", name=FREEZE, exact=True).click()
    await page.wait_for_function("q => document.querySelector('.question')?.innerText === q", arg=FREEZE)
    assert await page.locator("#conversation button.cite").count() == 2


async def test_a_title_is_changed_by_the_keyboard_alone(page: Any, asking: Any) -> None:
    await asking(page, FREEZE)
    await page.locator("#kept summary").focus()
    for key in ("Enter", "Tab", "Enter"):
        await page.keyboard.press(key)
    title = page.locator("dialog").get_by_label("Title")
    assert await title.input_value() == FREEZE
    await page.keyboard.type("The <b>freeze</b>")
    await page.keyboard.press("Enter")
    await listed(page, ["The <b>freeze</b>"])
    await page.locator("#kept summary").focus()
    for key in ("Enter", "Tab", "Enter", "Escape"):
        await page.keyboard.press(key)
    await page.wait_for_function("document.activeElement.matches('#kept summary')")
    assert await titles(page) == ["The <b>freeze</b>"]


async def test_search_finds_words_of_the_answers(chat: Any, page: Any, asking: Any) -> None:
    await asking(page, FREEZE)
    await page.get_by_role("button", name="New conversation").click()
    await page.wait_for_selector(".welcome")
    await asking(page, FERRY)
    word = re.findall(r"\w{6,}", chat.script.requests[0].evidence.sentences[0].text)[-1]
    await page.get_by_label("Search conversations").fill(f"{word.upper()} freeze")
    await listed(page, [FREEZE])
    await page.get_by_label("Search conversations").fill("marzipan")
    await page.get_by_text("Nothing is found.").wait_for()
    await page.get_by_label("Search conversations").fill("")
    await listed(page, [FERRY, FREEZE])


async def test_deleting_asks_back_and_is_for_good(page: Any, asking: Any) -> None:
    await asking(page, FREEZE)
    address = page.url
    await choose(page, FREEZE, "Delete…")
    assert await page.locator("dialog[open] .named").inner_text() == f"“{FREEZE}”"
    await page.get_by_role("button", name="Cancel").click()
    assert await titles(page) == [FREEZE]
    await choose(page, FREEZE, "Delete…")
    await page.get_by_role("button", name="Delete", exact=True).press("Enter")
    await page.wait_for_selector(".welcome")
    await listed(page, [])
    await page.wait_for_function("document.activeElement.id === 'conversations-heading'")
    assert "conversation=" not in page.url
    await page.goto(address)
    await page.get_by_text("That conversation cannot be opened").wait_for()
    assert await page.locator(".welcome").is_visible()


@pytest.mark.parametrize(("choice", "ending"), [("Export as Markdown", ".md"), ("Export as JSON", ".json")])
async def test_a_conversation_is_saved_as_a_file(
    chat: Any, page: Any, asking: Any, tmp_path: Path, choice: str, ending: str
) -> None:
    await asking(page, FREEZE)
    async with page.expect_download() as download:
        await choose(page, FREEZE, choice)
    saved = await download.value
    assert (
        saved.suggested_filename == f"What-does-Russia-say-caused-the-freeze-{dt.datetime.now(dt.UTC):%Y-%m-%d}{ending}"
    )
    await saved.save_as(tmp_path / "saved")
    text = (tmp_path / "saved").read_text(encoding="utf-8")
    quote = chat.script.requests[0].evidence.sentences[0].text
    if ending == ".json":
        assert json.loads(text)["turns"][0]["answer"]["citations"][0]["quote"] == quote
    else:
        assert "[^1-1]: “" in text


async def test_another_browser_sees_nothing_and_opens_nothing(chat: Any, page: Any, watch: Any, asking: Any) -> None:
    await asking(page, FREEZE)
    other = await (await watch(viewport={"width": 1500, "height": 900})).open(page.url)
    await other.get_by_text("That conversation cannot be opened").wait_for()
    assert await titles(other) == []
    assert await other.locator(".entry").count() == 0
    (cookie,) = await page.context.cookies()
    assert cookie["httpOnly"]
    assert await page.evaluate("document.cookie") == ""


async def test_two_pages_on_one_conversation_go_on_with_the_same(chat: Any, page: Any, asking: Any) -> None:
    await asking(page, FREEZE)
    other = await page.context.new_page()
    await other.goto(page.url)
    await other.wait_for_selector("#entry-1")
    await asking(page, FERRY)
    await other.fill("#question textarea", "And what does Washington say?")
    await other.press("#question textarea", "Enter")
    await other.wait_for_selector("#entry-3")
    questions = [turn.content for turn in chat.script.requests[-1].query.history if turn.role == "user"]
    assert questions == [FREEZE, FERRY]
    await other.close()


async def test_on_a_phone_the_panel_lies_over_the_page(chat: Any, watch: Any, asking: Any) -> None:
    phone = await watch(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = await phone.open(chat.url)
    await asking(page, FREEZE)
    assert not await page.locator("#kept").is_visible()
    toggle = page.locator("#toggle button")
    await toggle.tap()
    assert await toggle.get_attribute("aria-expanded") == "true"
    assert await page.evaluate("document.querySelector('#talk').inert")
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    await page.keyboard.press("Escape")
    await page.wait_for_function("document.activeElement.matches('#toggle button')")
    await toggle.tap()
    await page.get_by_role("button", name=FREEZE, exact=True).tap()
    await page.wait_for_selector("#conversations", state="hidden")
    assert await page.evaluate("document.documentElement.scrollWidth") == 390


async def test_where_nothing_can_be_kept_the_chat_goes_on_and_says_so_once(
    served: Callable[..., str], samples: Any, watch: Any, asking: Any, tmp_path: Path
) -> None:
    file = tmp_path / "conversations.sqlite"
    file.write_bytes(b"no database" * 100)
    url = served(Assistant.open(samples, model="extractive"), conversations=file)
    page = await (await watch(viewport={"width": 1500, "height": 900})).open(url)
    await page.get_by_text("Conversations are not kept").wait_for()
    await asking(page, FREEZE)
    assert "This conversation is not kept" in await page.get_by_role("alert").inner_text()
    told = await page.inner_html("#said")
    await asking(page, FERRY)
    assert await page.inner_html("#said") == told
    assert await page.locator(".words").count() == 2
    assert await page.locator(".thumb").count() == 0


async def test_the_file_stands_beside_the_archive(samples: Any, page: Any, asking: Any) -> None:
    await asking(page, FREEZE)
    with Conversations.open(samples.path / "conversations.sqlite") as conversations:
        assert conversations.summaries("browser:nobody") == []


async def test_where_not_all_are_listed_the_list_says_how_to_find_the_others() -> None:
    now = dt.datetime.now(dt.UTC)
    summaries = [Summary(id=str(i), title=f"Question {i}", updated=now) for i in range(MOST_LISTED)]
    line = f"These are the latest {MOST_LISTED}. Search finds the others."
    assert line in list_view(summaries, current="")
    assert line not in list_view(summaries[1:], current="")
