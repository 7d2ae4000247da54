"""What axe-core finds in the pages, in light and dark: nothing serious; and the keyboard's way through them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from assistant.chain import Assistant
from assistant.web.auth_users import add_user
from vectorstore.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FREEZE = "What does Russia say caused the freeze?"
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RUN = """
async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'] });
  return violations
    .filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join('; ')}`);
}
"""


async def serious(page: Any) -> list[str]:
    """What axe-core calls serious or critical in a page as it stands, and in what it frames."""
    await page.evaluate("() => Promise.all(document.getAnimations().map((a) => a.finished.catch(() => null)))")
    found: list[str] = []
    for frame in page.frames:
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


async def test_nothing_serious_in_the_chat(chat: Any, watched: Any, asking: Any) -> None:
    page = await watched.open(chat.url)
    await page.wait_for_selector("#kept nav")
    assert await serious(page) == []  # empty
    await asking(page, FREEZE)
    assert await serious(page) == []  # an answer
    await page.locator("button.cite").first.click()
    await page.frame_locator("#reader iframe").locator("mark.addressed").wait_for()
    assert await serious(page) == []  # the drawer


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


async def test_nothing_serious_in_the_reader(chat: Any, watched: Any) -> None:
    await watched.page.goto(f"{chat.url}/article?id=moscow-blames-washington&start=0&end=20&cited=30-40")
    assert await serious(watched.page) == []
    await watched.page.goto(f"{chat.url}/article?id=nothing")
    assert await serious(watched.page) == []


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
