"""The chat in a browser: asking, reading, following a number to its sentence."""

from __future__ import annotations

import re
from typing import Any

import pytest

from assistant.pipeline.assistant import Assistant

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_the_page_says_what_the_archive_holds_and_offers_questions(chat: Any, watch: Any) -> None:
    page = await (await watch()).open(chat.url)
    welcome = await page.inner_text("#conversation .welcome")
    assert "28 articles from 8 publishers, 12 May 2015 to 13 July 2025" in welcome
    assert "What does Russia say caused the freeze?" in welcome


async def test_an_example_is_asked_by_a_click(chat: Any, watch: Any, until_answered: Any) -> None:
    page = await (await watch()).open(chat.url)
    await page.get_by_role("button", name="What does Russia say caused the freeze?").click()
    await until_answered(page)
    assert await page.inner_text("#conversation .question") == "What does Russia say caused the freeze?"
    assert [request.query.text for request in chat.script.requests] == ["What does Russia say caused the freeze?"]


async def test_no_request_leaves_this_machine(chat: Any, watch: Any, asking: Any) -> None:
    watched = await watch()
    page = await watched.open(chat.url)
    await asking(page, "What does Russia say caused the freeze?")
    await page.locator("button.cite").first.click()
    assert watched.requests
    assert watched.elsewhere(chat.url) == []


async def test_the_page_says_what_it_is_doing_while_it_works(
    chat: Any, watch: Any, asking: Any, hold: str, until_answered: Any
) -> None:
    page = await (await watch()).open(chat.url)
    chat.script.reply = lambda request: [hold, f"{request.evidence.sentences[0].text} [1]"]
    await asking(page, "What does Russia say caused the freeze?", finish=False)
    status = page.locator("#live [role=status]")
    await page.wait_for_function("document.querySelector('#live [role=status]')?.innerText.includes('Reading')")
    assert "passages from 10 articles" in await status.inner_text()
    assert await page.locator("#sources .retrieved li").count() == 10
    chat.script.go_on.set()
    await until_answered(page)
    assert re.search(r"\d\.\d\ss( ·|$)", await page.inner_text("#conversation .meta"))


async def test_words_appear_before_the_answer_is_finished(
    chat: Any, watch: Any, asking: Any, hold: str, until_answered: Any
) -> None:
    page = await (await watch()).open(chat.url)
    chat.script.reply = lambda request: [f"{request.evidence.sentences[0].text} [1] ", hold, "And more [2]."]
    await asking(page, "What does Russia say caused the freeze?", finish=False)
    await page.wait_for_selector("#live .words button.cite")
    assert await page.locator("#sources .cited mark").count() == 1
    await page.get_by_role("button", name="Stop").wait_for()
    chat.script.go_on.set()
    await until_answered(page)
    assert await page.locator("#conversation button.cite").count() == 2


async def test_a_number_opens_its_sentence_in_its_passage(chat: Any, watch: Any, asking: Any, samples: Any) -> None:
    page = await (await watch()).open(chat.url)
    await asking(page, "What does Russia say caused the freeze?")
    number = page.get_by_role("button", name="Source 2:")
    assert "May 2015" in (await number.get_attribute("aria-label") or "")
    await number.click()
    mark = page.locator("mark.current")
    await mark.wait_for()
    quote = chat.script.requests[0].evidence.sentences[1]
    assert await mark.inner_text() == quote.text == quote.span.of(samples.text(quote.passage.article_id))
    card = page.locator("#sources .source", has=mark)
    assert quote.passage.title in await card.inner_text()
    assert quote.passage.source in await card.inner_text()
    link = card.get_by_role("link", name="Original")
    assert await link.get_attribute("href") == quote.passage.url
    assert await link.get_attribute("rel") == "noopener noreferrer nofollow"


async def test_the_keyboard_goes_to_a_source_and_back(chat: Any, watch: Any, asking: Any) -> None:
    page = await (await watch()).open(chat.url)
    await asking(page, "What does Russia say caused the freeze?")
    await page.locator(".actions button[data-action=show]").focus()
    await page.keyboard.press("Enter")
    await page.wait_for_function("document.activeElement.id === 'sources-heading'")
    await page.keyboard.press("Escape")
    await page.wait_for_function("document.activeElement.dataset.action === 'show'")


async def test_cited_and_merely_retrieved_articles_are_kept_apart(chat: Any, watch: Any, asking: Any) -> None:
    page = await (await watch()).open(chat.url)
    await asking(page, "What does Russia say caused the freeze?")
    cited = await page.locator("#sources .cited h3").all_inner_texts()
    assert not await page.locator("#sources .retrieved").get_attribute("open")
    await page.locator("#sources summary").click()
    others = await page.locator("#sources .retrieved h3").all_inner_texts()
    assert cited
    assert len(cited) + len(others) >= 10
    assert not set(cited) & set(others)


async def test_the_sources_of_an_earlier_answer_come_back(chat: Any, watch: Any, asking: Any) -> None:
    page = await (await watch()).open(chat.url)
    await asking(page, "What does Russia say caused the freeze?")
    first = await page.inner_text("#sources .cited h3")
    await asking(page, "How many people were hurt at Port Ansley?")
    assert await page.inner_text("#sources .cited h3") != first
    await page.locator("#entry-1 button.cite").first.click()
    await page.wait_for_selector(".sources[data-entry='1'] mark.current")
    assert await page.inner_text("#sources .cited h3") == first


async def test_a_follow_up_is_shown_as_it_was_read(chat: Any, watch: Any, asking: Any) -> None:
    page = await (await watch()).open(chat.url)
    await asking(page, "What does Russia say caused the freeze?")
    await asking(page, "And what does Washington say?")
    request = chat.script.requests[-1]
    assert [turn.role for turn in request.query.history] == ["user", "assistant"]
    assert request.query.text != "And what does Washington say?"
    assert await page.inner_text("#entry-2 .standalone") == f"Read as: {request.query.text}"


async def test_an_abstention_looks_different_and_names_what_is_nearest(chat: Any, watch: Any, asking: Any) -> None:
    page = await (await watch()).open(chat.url)
    chat.script.say("The archive does not say.")
    await asking(page, "What did the trade minister of Atlantis say about the freeze?")
    text = await page.inner_text("#conversation .abstention")
    assert "The archive does not say." in text
    assert "up to 20 May 2015" in text
    assert await page.locator(".abstention li a").count() == 3
    assert await page.locator("#conversation .words").count() == 0


async def test_what_is_not_borne_out_is_marked_with_the_reason(chat: Any, watch: Any, asking: Any) -> None:
    page = await (await watch()).open(chat.url)
    chat.script.reply = lambda r: [
        f"{r.evidence.sentences[0].text} [1] Exactly 7,431 people “danced in the snow” on 3 June 1999 [2]."
    ]
    await asking(page, "What does Russia say caused the freeze?")
    flag = page.locator("button.flag")
    assert await flag.count() == 1
    reason = await flag.get_attribute("aria-label") or ""
    assert reason.split(":")[0] in {"Partly supported", "Not supported"}
    assert "Exactly 7,431 people" in await page.inner_text(".claim")
    tip = page.locator(".tip")
    assert not await tip.is_visible()
    await flag.focus()
    assert await tip.is_visible()
    assert await tip.inner_text() == reason
    await page.keyboard.press("Escape")
    assert not await tip.is_visible()
    await flag.hover()
    assert await tip.is_visible()
    await page.locator("#question textarea").click()
    assert not await tip.is_visible()
    await flag.hover()
    assert await tip.is_visible()


async def test_a_question_as_of_a_day_looks_at_nothing_later(chat: Any, watch: Any, asking: Any) -> None:
    page = await (await watch()).open(chat.url)
    await page.get_by_role("button", name="Filters", exact=True).click()
    await page.fill("#as-of input", "2015-05-13")
    await page.press("#as-of input", "Enter")
    await asking(page, "What does Russia say caused the freeze?")
    assert {str(s.passage.published) for s in chat.script.requests[0].evidence.sentences} <= {
        "2015-05-12",
        "2015-05-13",
        "2015-05-11",
    }
    assert "as of 13 May 2015" in await page.inner_text("#conversation .meta")


async def test_two_pages_know_nothing_of_each_other(chat: Any, watch: Any, asking: Any) -> None:
    one = await (await watch()).open(chat.url)
    other = await (await watch()).open(chat.url)
    await asking(one, "What does Russia say caused the freeze?")
    await asking(other, "How many people were hurt at Port Ansley?")
    assert chat.script.requests[-1].query.history == ()
    assert await one.locator(".entry").count() == 1
    assert await other.inner_text(".question") == "How many people were hurt at Port Ansley?"


async def test_without_a_model_the_answer_is_sentences_of_the_archive(
    served: Any, samples: Any, watch: Any, asking: Any
) -> None:
    watched = await watch()
    url = served(Assistant.open(samples, model="extractive"))
    page = await watched.open(url)
    assert "no model" in await page.inner_text("#model")
    await asking(page, "What does Russia say caused the freeze?")
    assert await page.inner_text(".words .kind") == "Quoted from the archive:"
    texts = [samples.text(summary.id) for summary in samples.articles()]
    marks = await page.locator("#sources mark").all_text_contents()
    assert any("targeted unfriendly actions" in mark for mark in marks)
    assert all(any(mark in text for text in texts) for mark in marks)
    assert await page.locator(".words button.cite").count() == len(marks)
    assert watched.elsewhere(url) == []
