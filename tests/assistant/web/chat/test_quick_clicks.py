"""A reader who clicks faster than the server answers: no click is lost, and what was wanted last is what is shown.

The way to the server is made slow, so that every click but the first comes while another one is pending.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from stores import WordEncoder

from assistant.conversations import Conversations
from assistant.pipeline.assistant import Assistant
from ingest.article import Article
from vectorstore.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FREEZE = "What does Russia say caused the freeze?"
FERRY = "How many people were hurt at Port Ansley?"
SOCHI = "Who met in Sochi in May 2015?"
SLOW = 0.5
#: Seconds that each click takes to the server: all the same, or the first so long that the second overtakes it.
WAYS = pytest.mark.parametrize("way", [(SLOW,), (2 * SLOW, 0.0)], ids=["all are late", "the first is late"])


@pytest_asyncio.fixture(loop_scope="session")
async def page(chat: Any, watch: Any) -> AsyncIterator[Any]:
    """A page in a browser of its own, wide enough for the panel to stand beside the conversation."""
    opened = await (await watch(viewport={"width": 1500, "height": 900}, accept_downloads=True)).open(chat.url)
    await opened.wait_for_selector("#kept nav")
    yield opened


async def new_conversation(page: Any) -> None:
    await page.get_by_role("button", name="New conversation").click()
    await page.wait_for_selector(".welcome")


async def shown(page: Any, question: str) -> None:
    """Wait until the page shows the conversation that begins with this, in the list too."""
    await page.wait_for_function("q => document.querySelector('.question')?.innerText === q", arg=question)
    await page.wait_for_function(
        "q => document.querySelector('#kept [aria-current=page]')?.innerText === q", arg=question
    )


@WAYS
async def test_the_last_of_two_conversations_that_are_opened_at_once_is_shown(
    page: Any, asking: Any, delayed: Any, way: tuple[float, ...]
) -> None:
    for question in (FREEZE, FERRY):
        await asking(page, question)
        await new_conversation(page)
    await delayed(page, *way)
    await page.locator("#kept").get_by_role("button", name=FREEZE, exact=True).click()
    await page.locator("#kept").get_by_role("button", name=FERRY, exact=True).click()
    await shown(page, FERRY)
    await asyncio.sleep(max(way))
    await shown(page, FERRY)


async def test_while_an_answer_is_followed_another_conversation_can_be_opened_and_asked(
    chat: Any, page: Any, asking: Any, hold: str
) -> None:
    """The model is slow, and nothing comes of the first answer while the reader goes on."""
    await asking(page, FERRY)
    await new_conversation(page)
    chat.script.say(hold, "Moscow blames others.")
    await asking(page, FREEZE, finish=False)
    await page.wait_for_selector("#live .entry")
    await page.locator("#kept").get_by_role("button", name=FERRY, exact=True).click()
    await shown(page, FERRY)
    await page.locator("#kept").get_by_role("button", name=FREEZE, exact=True).click()  # its answer is followed again
    await page.wait_for_selector("#live .entry")
    await page.locator("#kept").get_by_role("button", name=FERRY, exact=True).click()
    await shown(page, FERRY)
    await new_conversation(page)
    chat.script.reply = None
    await asking(page, SOCHI)
    await shown(page, SOCHI)
    assert len(chat.script.requests) == 3


async def test_a_question_without_words_changes_nothing(page: Any, asking: Any, delayed: Any) -> None:
    await asking(page, FREEZE)
    before = await page.inner_html("#conversation")
    async with page.expect_response("**/gradio_api/queue/join*"):
        await page.press("#question textarea", "Enter")
    await asyncio.sleep(SLOW)
    assert await page.inner_html("#conversation") == before
    assert await page.locator("#kept button.title").count() == 1
    assert await page.get_by_role("button", name="Ask", exact=True).is_visible()


async def test_the_next_question_can_be_asked_as_soon_as_the_button_says_so(chat: Any, page: Any, asking: Any) -> None:
    for number in range(1, 6):
        await asking(page, f"{FREEZE} Once more, for the {number}th time.")
        assert len(chat.script.requests) == number


async def test_a_question_that_is_sent_twice_is_asked_once(
    chat: Any, page: Any, delayed: Any, until_answered: Any
) -> None:
    await delayed(page, SLOW)
    await page.fill("#question textarea", FREEZE)
    await page.press("#question textarea", "Enter")
    await page.press("#question textarea", "Enter")
    await until_answered(page)
    await asyncio.sleep(SLOW)
    assert await page.locator(".entry").count() == len(chat.script.requests) == 1


@WAYS
async def test_the_second_thumb_counts(
    page: Any, asking: Any, delayed: Any, samples: Store, way: tuple[float, ...]
) -> None:
    question = f"Who changed their mind in {way}?"
    await asking(page, question)
    await delayed(page, *way)
    await page.get_by_role("button", name="Good answer").click()
    await page.get_by_role("button", name="Bad answer").click()
    await page.wait_for_selector(".thumb.down[aria-pressed=true]")
    await asyncio.sleep(max(way))
    assert await page.locator(".thumb.up[aria-pressed=true]").count() == 0
    with Conversations.open(samples.path / "conversations.sqlite") as conversations:
        turns = [turn for found in conversations.rated() for turn in found.turns if turn.question == question]
    assert [turn.feedback.rating for turn in turns if turn.feedback] == ["down"]


@WAYS
async def test_the_sources_of_the_answer_that_was_clicked_last_are_shown(
    page: Any, asking: Any, delayed: Any, way: tuple[float, ...]
) -> None:
    for question in (FREEZE, FERRY, SOCHI):
        await asking(page, question)
    await delayed(page, *way)
    await page.locator("#entry-1 .actions button[data-action=show]").click()
    await page.locator("#entry-2 .actions button[data-action=show]").click()
    await page.wait_for_selector(".sources[data-entry='2']")
    await asyncio.sleep(max(way))
    assert await page.get_attribute(".sources", "data-entry") == "2"
    await page.wait_for_function("document.activeElement.id === 'sources-heading'")


async def test_a_question_that_is_kept_as_it_was_is_not_edited_by_a_click_before_it(
    page: Any, asking: Any, delayed: Any
) -> None:
    await asking(page, FREEZE)
    await page.get_by_role("button", name="Edit question").click()
    await page.get_by_role("button", name="Keep it as it was").wait_for()
    await delayed(page, 2 * SLOW, 0.0)
    await page.evaluate("document.querySelector('[data-action=keep]').dataset.action = 'edit'")  # a click on either
    await page.locator("[data-action=edit]").click()
    await page.evaluate("document.querySelector('[data-action=edit]').dataset.action = 'keep'")
    await page.locator("[data-action=keep]").click()
    await page.get_by_role("button", name="Edit question").wait_for()
    await asyncio.sleep(2 * SLOW)
    assert await page.locator(".is-edited").count() == 0
    assert await page.input_value("#question textarea") == ""


async def test_both_files_are_saved(page: Any, asking: Any, delayed: Any) -> None:
    await asking(page, FREEZE)
    await delayed(page, SLOW)
    saved: list[str] = []
    page.on("download", lambda download: saved.append(download.suggested_filename))
    for choice in ("Export as Markdown", "Export as JSON"):
        await page.locator("#kept summary").first.click()
        await page.get_by_role("button", name=choice).click()
    async with asyncio.timeout(30):
        while len(saved) < 2:
            await asyncio.sleep(0.02)
    assert {Path(name).suffix for name in saved} == {".md", ".json"}


# -- the archive -------------------------------------------------------------------------------------------------------


@pytest.fixture
def archive(tmp_path: Path, served: Callable[..., str]) -> Iterator[str]:
    """An archive of thirty articles, served."""
    with Store.open(tmp_path / "store", encoder=WordEncoder()) as store:
        store.add(
            Article(id=f"a{i}", title=f"Report {i}", source="The Post" if i % 2 else "Anchor", text=f"Number {i} ends.")
            for i in range(30)
        )
        yield served(Assistant.open(store, model="extractive"))


@pytest.mark.parametrize("way", [(SLOW,), (0.0, 2 * SLOW, 0.0)], ids=["all are late", "the first yes is late"])
async def test_two_articles_are_removed_one_right_after_the_other(
    archive: str, watch: Any, delayed: Any, way: tuple[float, ...]
) -> None:
    page = (await watch()).page
    await page.goto(f"{archive}/#archive")
    await page.wait_for_selector("#archive-list li")
    await delayed(page, *way)
    for number in (3, 4):
        await page.get_by_role("button", name=f"Remove “Report {number}”…").click()
        await page.get_by_role("button", name=f"Remove “Report {number}”", exact=True).click()
    await page.get_by_text("1–25 of 28").wait_for()
    await page.close()


async def test_the_list_is_of_what_was_chosen_last_whichever_reply_is_late(
    archive: str, watch: Any, delayed: Any
) -> None:
    page = (await watch()).page
    await page.goto(f"{archive}/#archive")
    await page.wait_for_selector("#archive-list li")
    await delayed(page, 1.0, 0.0)
    await page.get_by_label("Search titles and publishers").fill("report 1")
    await page.get_by_label("Publisher", exact=True).click()
    await page.get_by_role("option", name="Anchor").click()
    await page.get_by_text("1–5 of 5").wait_for()  # 10, 12, …, 18
    await asyncio.sleep(1.0)
    await page.get_by_text("1–5 of 5").wait_for()
    await page.close()


async def test_what_is_searched_for_stays_when_an_addition_ends(archive: str, watch: Any, tmp_path: Path) -> None:
    page = (await watch()).page
    await page.goto(f"{archive}/#archive")
    await page.wait_for_selector("#archive-list li")
    (tmp_path / "storm.txt").write_text("The storm came on 3 May 2019.", encoding="utf-8")
    await page.get_by_role("button", name="Add articles").click()
    await page.set_input_files("#archive-files input[type=file]", tmp_path / "storm.txt")
    await page.locator("#archive-files").get_by_text("storm").wait_for()
    await page.get_by_label("Search titles and publishers").fill("no such thing")
    await page.get_by_role("button", name="Add to the archive").click()
    await page.get_by_label("Search titles and publishers").fill("report 2")
    await page.get_by_text("Done: 1 article added").wait_for()
    await page.get_by_text("1–12 of 12").wait_for()
    await asyncio.sleep(0.3)
    await page.get_by_text("1–12 of 12").wait_for()
    await page.close()
