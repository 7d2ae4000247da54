"""Names of any length and direction, on a phone: nothing is wider than the page, and each is read from its own side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from stores import WordEncoder

from assistant.pipeline.assistant import Assistant
from ingest.article import Article
from vectorstore.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LONG = "Gazette" + "OfEverythingUnderTheSun" * 8
ARABIC = "الجزيرة الإخبارية"
TITLE = "قال رئيس الوزراء إن الميزانية ستُقر قبل نهاية العام رغم الخلافات داخل البرلمان حول الضرائب"
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, served: Callable[..., str]) -> Iterator[str]:
    """An archive of such names, served."""
    with Store.open(tmp_path_factory.mktemp("long") / "store", encoder=WordEncoder()) as store:
        store.add(
            [
                Article(id="long", title=f"A{'verylong' * 20}word", source=LONG, text="The storm came on Monday."),
                Article(id="arabic", title=TITLE, source=ARABIC, published="2015-05-13", text=f"{TITLE}."),
            ]
        )
        yield served(Assistant.open(store, model="extractive"))


async def fits(page: Any) -> None:
    assert await page.evaluate("document.documentElement.scrollWidth") == 390


async def test_the_archive_fits_while_it_is_looked_through_added_to_and_taken_from(
    url: str, watch: Any, tmp_path: Path
) -> None:
    page = (await watch(**PHONE)).page
    await page.goto(f"{url}/#archive")
    await page.wait_for_selector("#archive-list li")
    await page.get_by_text("The same as a table").click()
    await page.get_by_role("button", name="Remove").first.tap()
    await page.wait_for_selector(".sure")
    await fits(page)
    direction = "e => getComputedStyle(e).direction"
    assert await page.locator("#archive-list .head", has_text=TITLE).evaluate(direction) == "rtl"
    file = tmp_path / f"{'endless' * 25}.pdf"
    file.write_bytes(b"%PDF-1.4 nothing")
    await page.get_by_role("button", name="Add articles").click()
    await page.get_by_text("Drop File Here").wait_for()
    await page.set_input_files("#archive-files input[type=file]", file)
    await page.locator("#archive-files .file-preview").wait_for()
    await fits(page)
    await page.get_by_label("Add web pages and feeds").fill(f"http://localhost/{'x' * 300}")
    await page.get_by_role("button", name="Add to the archive").click()
    await page.get_by_text("Done: 0 articles added, 2 could not be read").wait_for()
    await fits(page)


async def test_the_conversation_fits_with_its_filters_and_in_the_list(url: str, watch: Any, asking: Any) -> None:
    page = await (await watch(**PHONE)).open(f"{url}/?source={quote(ARABIC)}&source={LONG}")
    await page.locator(".chip").nth(1).wait_for()
    await fits(page)
    await page.get_by_role("button", name="Filters", exact=True).tap()
    await fits(page)
    await asking(page, TITLE)
    await page.locator(".entry .meta").wait_for()
    await fits(page)
    await page.locator("#toggle button").tap()
    title = page.locator("#kept button.title")
    await title.wait_for()
    assert await title.evaluate("e => [getComputedStyle(e).direction, e.scrollWidth > e.clientWidth]") == ["rtl", True]
    await page.locator("#kept summary").tap()
    await fits(page)
    await page.get_by_role("button", name="Delete…").tap()
    await page.get_by_role("button", name="Cancel").tap()
    await fits(page)
