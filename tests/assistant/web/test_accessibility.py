"""What axe-core finds in the pages, in light and dark: nothing serious; and the keyboard's way through them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from assistant.errors import ModelTimeout
from assistant.pipeline.assistant import Assistant
from assistant.web.auth.users import add_user
from vectorstore.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FREEZE = "What does Russia say caused the freeze?"
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RUN = """
async () => {
  // In the dark only the colours are others.
  const only = matchMedia('(prefers-color-scheme: dark)').matches ? { runOnly: ['color-contrast'] } : {};
  const { violations } = await axe.run(document, { resultTypes: ['violations'], ...only });
  return violations
    .filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => target + failureSummary)}`);
}
"""

#: Nothing moves any more but what moves for minutes or for ever.
SETTLED = """
() => Promise.all(
  document.getAnimations()
    .filter((animation) => animation.effect.getComputedTiming().endTime < 10_000)
    .map((animation) => animation.finished.catch(() => null))
)
"""

#: The focused control's name, null where it is the page; a box of several parts may show it on its frame.
FOCUSED = """
() => {
  const control = document.activeElement;
  if (control === document.body) return [null, true];
  const shown = (element) => {
    const { outlineStyle, boxShadow } = getComputedStyle(element);
    return outlineStyle !== 'none' || boxShadow !== 'none';
  };
  const frame = control.closest('.wrap, .block');
  const name = control.ariaLabel || control.textContent.trim() || control.placeholder;
  return [name, shown(control) || (control.matches('textarea, input') && shown(frame))];
}
"""


async def serious(page: Any) -> list[str]:
    """What axe-core calls serious or critical in a page as it stands, and in what it frames."""
    await page.evaluate(SETTLED)
    found: list[str] = []
    for frame in page.frames:
        if not await frame.evaluate("'axe' in window"):
            await frame.evaluate(AXE)
        found += await frame.evaluate(RUN)
    return found


@pytest_asyncio.fixture(params=["light", "dark"], loop_scope="session")
async def watched(request: pytest.FixtureRequest, watch: Any) -> Any:
    """A page in light or dark."""
    return await watch(color_scheme=request.param, viewport={"width": 1500, "height": 900})


@pytest.fixture(scope="session")
def guarded(samples: Store, served: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A chat that asks for a password."""
    users = tmp_path_factory.mktemp("users") / "users.txt"
    add_user(users, "ann", "correct horse")
    return served(Assistant.open(samples, model="extractive"), auth=users)


async def log_in(page: Any, url: str) -> None:
    """Log in where a password is asked for."""
    await page.goto(url)
    await page.get_by_label("Name").fill("ann")
    await page.get_by_label("Password").fill("correct horse")
    await page.get_by_role("button", name="Log in").click()
    await page.wait_for_selector("#question textarea")


async def test_nothing_serious_in_the_chat(chat: Any, watched: Any, asking: Any) -> None:
    page = await watched.open(chat.url)
    await page.wait_for_selector("#kept nav")
    assert await serious(page) == []  # empty
    await asking(page, FREEZE)
    assert await serious(page) == []  # an answer
    await page.locator("button.cite").first.click()
    await page.frame_locator("#reader iframe").locator("mark.addressed").wait_for()
    assert await serious(page) == []  # the drawer


async def test_nothing_serious_while_an_answer_is_written_doubted_reworded_and_failed(
    chat: Any, watched: Any, asking: Any, hold: str, until_answered: Any
) -> None:
    page = await watched.open(chat.url)
    doubtful = "Exactly 7,431 people “danced in the snow” on 3 June 1999 [2]. "
    chat.script.reply = lambda request: [hold, f"{request.evidence.sentences[0].text} [1] ", doubtful]
    await asking(page, FREEZE, finish=False)
    await page.wait_for_selector("#live .entry")
    assert await serious(page) == []
    chat.script.go_on.set()
    await until_answered(page)
    await page.locator("button.flag").first.focus()
    assert await serious(page) == []
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Edit question").click()
    await page.wait_for_selector(".is-edited")
    assert await serious(page) == []
    chat.script.say(ModelTimeout("scripted-model did not answer in 60 s", remedy="ask again later"))
    await page.press("#question textarea", "Enter")
    await page.get_by_role("alert").wait_for()
    await until_answered(page)
    assert await serious(page) == []
    await page.get_by_role("button", name="Edit question").click()
    await page.wait_for_selector(".is-edited")
    assert await serious(page) == []


async def test_nothing_serious_on_a_phone(chat: Any, watched: Any, asking: Any) -> None:
    page = watched.page
    await page.set_viewport_size({"width": 390, "height": 844})
    await watched.open(chat.url)
    assert await serious(page) == []
    await asking(page, FREEZE)
    assert await serious(page) == []
    await page.locator(".actions button[data-action=show]").click()
    await page.wait_for_selector("#sources mark", state="visible")
    assert await serious(page) == []
    await page.locator("#sources .number").first.click()
    await page.frame_locator("#reader iframe").locator("mark.addressed").wait_for()
    assert await serious(page) == []


async def test_nothing_serious_in_an_abstention_and_a_conversations_menu(chat: Any, watched: Any, asking: Any) -> None:
    page = await watched.open(chat.url)
    chat.script.say("The archive does not say.")
    await asking(page, "What did the trade minister of Atlantis say about the freeze?")
    await page.locator(".abstention").wait_for()
    await page.locator("#kept summary").first.click()
    assert await serious(page) == []
    await page.get_by_role("button", name="Rename").click()
    await page.get_by_role("dialog").wait_for()
    assert await serious(page) == []


async def test_nothing_serious_in_the_archive(chat: Any, watched: Any) -> None:
    page = watched.page
    await page.goto(f"{chat.url}/#archive")
    await page.wait_for_selector("#archive-list li")
    assert await serious(page) == []


async def test_nothing_serious_while_the_archive_is_added_to_and_taken_from(
    guarded: str, watched: Any, tmp_path: Path
) -> None:
    page = watched.page
    await log_in(page, guarded)
    await page.goto(f"{guarded}/#archive")
    await page.wait_for_selector("#archive-list li")
    await page.get_by_text("The same as a table").click()
    await page.get_by_role("button", name="Remove").first.click()
    await page.wait_for_selector(".sure")
    await page.get_by_role("button", name="Add articles").click()
    await page.get_by_text("Drop File Here").wait_for()
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    await page.set_input_files("#archive-files input[type=file]", tmp_path / "broken.pdf")
    more = page.get_by_role("button", name="Choose more files")
    await more.wait_for()
    assert await serious(page) == []
    async with page.expect_file_chooser():
        await more.press("Enter")
    await page.get_by_role("button", name="Add to the archive").click()
    await page.get_by_text("Done: 0 articles added, 1 could not be read").wait_for()
    assert await serious(page) == []
    await page.get_by_label("Publisher", exact=True).click()
    await page.get_by_role("option").first.wait_for()
    assert await serious(page) == []


async def test_nothing_serious_in_a_date_and_a_publisher_that_are_being_chosen(chat: Any, watched: Any) -> None:
    page = await watched.open(chat.url)
    await page.wait_for_selector("#filter-bar [data-query]")
    await page.get_by_role("button", name="Filters", exact=True).click()
    await page.get_by_role("button", name="Choose a date").last.click()
    await page.get_by_role("button", name="Previous month").wait_for()
    assert await serious(page) == []
    await page.get_by_role("button", name="Done").click()
    await page.click("#publishers input")
    await page.get_by_role("option").first.wait_for()
    assert await serious(page) == []


async def test_nothing_serious_in_the_reader(chat: Any, watched: Any) -> None:
    await watched.page.goto(f"{chat.url}/article?id=moscow-blames-washington&start=0&end=20&cited=30-40")
    assert await serious(watched.page) == []
    await watched.page.goto(f"{chat.url}/article?id=nothing")
    assert await serious(watched.page) == []


async def test_nothing_serious_in_accounts_a_timeline_a_card_and_the_filters(
    guarded: str, watched: Any, asking: Any
) -> None:
    page = watched.page
    await log_in(page, guarded)
    await asking(page, "Who is to blame for the freeze, Russia or the United States?")
    await page.locator(".accounts").wait_for()
    assert await serious(page) == []
    await asking(page, "What is the timeline of Kerry's visit to Sochi?")
    await page.locator(".timeline").wait_for()
    await page.locator(".timeline button.cite").first.hover()
    await page.get_by_role("button", name="Filters").click()
    assert await serious(page) == []


async def test_nothing_serious_in_logging_in_and_out(guarded: str, watched: Any) -> None:
    page = watched.page
    await page.goto(guarded)
    assert await serious(page) == []
    await page.get_by_label("Name").fill("ann")
    await page.get_by_label("Password").fill("guess at it")
    await page.get_by_role("button", name="Log in").click()
    await page.get_by_role("alert").wait_for()
    assert await serious(page) == []
    await page.get_by_label("Password").fill("correct horse")
    await page.get_by_role("button", name="Log in").click()
    await page.wait_for_selector("#question textarea")
    assert await serious(page) == []
    await page.get_by_role("link", name="Log out").click()
    await page.get_by_role("button", name="Log out").wait_for()
    assert await serious(page) == []


async def test_the_first_key_offers_to_skip_to_the_content(chat: Any, watch: Any) -> None:
    page = await (await watch()).open(chat.url)
    await page.evaluate("document.activeElement.blur()")
    for view, inside in (("ask", "#talk"), ("archive", "#archive-view")):
        await page.goto(f"{chat.url}/#{view}")
        await page.locator(inside).wait_for()
        await page.locator("#skip button").focus()
        await page.keyboard.press("Enter")
        await page.keyboard.press("Tab")
        assert await page.evaluate("inside => Boolean(document.activeElement.closest(inside))", inside)


async def test_every_control_is_reached_by_the_keyboard_and_shows_that_it_is(
    chat: Any, watch: Any, asking: Any
) -> None:
    page = await (await watch(viewport={"width": 1500, "height": 900})).open(chat.url)
    await asking(page, FREEZE)
    await page.locator("#skip button").focus()
    await page.keyboard.press("Shift+Tab")
    seen = [stop async for stop in stops(page)]
    names = [name for name, _ in seen]
    for wanted in ("Skip to the content", "Conversations", "Archive", "New conversation", "Copy", "Good answer", "Ask"):
        assert wanted in names
    assert any(name.startswith("Source 1: ") for name in names)
    assert names.index("Skip to the content") < names.index("Conversations") < names.index("Copy")
    assert [name for name, visible in seen if not visible] == []


async def stops(page: Any) -> AsyncIterator[tuple[str, bool]]:
    """The name of every control that the tab key comes to, and whether its focus can be seen."""
    for _ in range(80):
        await page.keyboard.press("Tab")
        name, visible = await page.evaluate(FOCUSED)
        if name is None:
            return
        yield name, visible


async def test_the_archives_controls_are_reached_too(chat: Any, watch: Any) -> None:
    page = (await watch()).page
    await page.goto(f"{chat.url}/#archive")
    await page.wait_for_selector("#archive-list li")
    await page.locator("#skip button").focus()
    seen = [stop async for stop in stops(page)]
    assert [name for name, visible in seen if not visible] == []
    assert any(name.startswith("Remove “") for name, _ in seen)
