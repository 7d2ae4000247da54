"""Stop, ask again, edit, copy; what goes wrong; and the page on a phone."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from assistant.errors import ModelTimeout

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

QUESTION = "What does Russia say caused the freeze?"


async def until(condition: Any) -> None:
    """Wait until something on the server's side is so."""
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.01)


async def test_stop_closes_the_stream_and_keeps_what_was_written(
    chat: Any, watch: Any, asking: Any, hold: str, until_answered: Any
) -> None:
    page = await (await watch()).open(chat.url)
    chat.script.say("Moscow blames Washington ", hold, "and never stops.")
    await asking(page, QUESTION, finish=False)
    await page.wait_for_selector("#live .words")
    await page.get_by_role("button", name="Stop").click()
    await until_answered(page)
    assert chat.script.closed.is_set()
    entry = await page.inner_text("#entry-1")
    assert "Moscow blames Washington" in entry
    assert "Stopped before the answer was finished" in entry
    assert await page.get_by_role("button", name="Ask", exact=True).is_visible()
    chat.script.reset()
    await asking(page, "How many people were hurt at Port Ansley?")
    assert [turn.content for turn in chat.script.requests[0].query.history] == [QUESTION, "Moscow blames Washington"]


async def test_the_focus_stays_at_the_box_when_the_keyboard_asks_and_stops(
    chat: Any, watch: Any, hold: str, until_answered: Any
) -> None:
    page = await (await watch()).open(chat.url)
    chat.script.say("Moscow blames Washington ", hold)
    await page.fill("#question textarea", QUESTION)
    await page.get_by_role("button", name="Ask", exact=True).focus()
    await page.keyboard.press("Enter")
    await page.wait_for_selector("#live .words")
    # Gradio draws the box after the words of the same step: until then "Ask" stands there.
    await page.get_by_role("button", name="Stop", exact=True).wait_for()
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.innerText") == "Stop"
    await page.keyboard.press("Enter")
    await until_answered(page)
    assert await page.evaluate("document.activeElement.matches('#question textarea')")


async def test_asking_again_replaces_the_last_answer(chat: Any, watch: Any, asking: Any, until_answered: Any) -> None:
    page = await (await watch()).open(chat.url)
    chat.script.say("The archive does not say.")
    await asking(page, QUESTION)
    chat.script.reset()
    await page.get_by_role("button", name="Ask again").click()
    await page.wait_for_selector("#conversation .words")
    await until_answered(page)
    assert chat.script.requests[0].query.history == ()
    assert await page.locator(".entry").count() == 1


async def test_the_last_question_can_be_reworded(chat: Any, watch: Any, asking: Any, until_answered: Any) -> None:
    page = await (await watch()).open(chat.url)
    await asking(page, "What does Russia think?")
    await page.get_by_role("button", name="Edit question").click()
    await page.wait_for_selector(".entry.is-edited")
    await page.wait_for_function("document.activeElement.matches('#question textarea')")
    assert await page.input_value("#question textarea") == "What does Russia think?"
    await page.fill("#question textarea", QUESTION)
    await page.press("#question textarea", "Enter")
    await page.wait_for_function(
        "q => document.querySelector('#conversation .question')?.innerText === q", arg=QUESTION
    )
    await until_answered(page)
    assert chat.script.requests[-1].query.history == ()


async def test_rewording_can_be_given_up(chat: Any, watch: Any, asking: Any) -> None:
    page = await (await watch()).open(chat.url)
    await asking(page, QUESTION)
    await page.get_by_role("button", name="Edit question").click()
    await page.get_by_role("button", name="Keep it as it was").click()
    await page.wait_for_selector(".entry:not(.is-edited)")
    assert await page.input_value("#question textarea") == ""
    assert len(chat.script.requests) == 1


async def test_copy_takes_the_answer_with_its_sources(chat: Any, watch: Any, asking: Any) -> None:
    page = await (await watch(permissions=["clipboard-read", "clipboard-write"])).open(chat.url)
    await asking(page, QUESTION)
    await page.get_by_role("button", name="Copy").click()
    await page.get_by_role("button", name="Copied").wait_for()
    copied = await page.evaluate("navigator.clipboard.readText()")
    first = chat.script.requests[0].evidence.sentences[0]
    assert copied.startswith(f"{first.text} [1]")
    assert f"[1] “{first.text}” {first.passage.title} ({first.passage.source}, " in copied
    assert first.passage.url in copied


async def test_a_model_that_fails_is_one_line_and_the_conversation_goes_on(chat: Any, watch: Any, asking: Any) -> None:
    page = await (await watch()).open(chat.url)
    chat.script.say("Moscow", ModelTimeout("scripted-model did not answer in 60 s", remedy="ask again later"))
    await asking(page, QUESTION)
    trouble = page.get_by_role("alert")
    assert await trouble.inner_text() == "scripted-model did not answer in 60 s; ask again later."
    chat.script.reset()
    await asking(page, "How many people were hurt at Port Ansley?")
    assert chat.script.requests[0].query.history == ()
    assert await page.locator("#entry-2 .words").count() == 1


async def test_on_a_phone_nothing_is_wider_than_the_page_and_the_sources_lie_over_it(
    chat: Any, watch: Any, asking: Any
) -> None:
    phone = await watch(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True, device_scale_factor=2)
    page = await phone.open(chat.url)
    await asking(page, QUESTION + " " + "Донаудампфшиффарт" * 12)
    assert not await page.locator("#sources").is_visible()
    await page.locator(".actions button[data-action=show]").tap()
    await page.wait_for_selector("#sources mark", state="visible")
    assert await page.evaluate("document.querySelector('#talk').inert")
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    await page.get_by_role("button", name="Close").tap()
    await page.wait_for_selector("#sources", state="hidden")
    assert not await page.evaluate("document.querySelector('#talk').inert")
    assert await page.evaluate("document.documentElement.scrollWidth") == 390


async def test_light_and_dark_follow_the_system(chat: Any, watch: Any) -> None:
    colours = []
    for scheme in ("light", "dark"):
        page = await (await watch(color_scheme=scheme)).open(chat.url)
        colours.append(
            await page.evaluate("getComputedStyle(document.querySelector('.gradio-container')).backgroundColor")
        )
    assert colours == ["rgb(251, 250, 247)", "rgb(22, 22, 20)"]
