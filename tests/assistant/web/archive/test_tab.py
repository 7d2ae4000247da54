"""The archive's view in the browser: looked through, added to, taken from, and what a visitor may not do."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect
from pytest_httpserver import HTTPServer
from stores import WordEncoder

from assistant.pipeline.assistant import Assistant
from assistant.web.archive.chart import Chart
from assistant.web.archive.tab import Access
from ingest.article import Article
from ingest.read import Options
from vectorstore.archive.listing import Holdings
from vectorstore.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PUBLISHERS = ("The Post", "Anchor", "الجزيرة")


def articles() -> Iterator[Article]:
    for i in range(60):
        yield Article(
            id=f"a{i}",
            title=f"Report {i} from {'Salla' if i % 4 else 'Élan'}",
            source=PUBLISHERS[i % 3],
            published=f"2020-{i % 12 + 1:02}-{i % 28 + 1:02}" if i else None,
            text=f"Report {i} is short. It ends here.",
        )


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, served: Callable[..., str]) -> Iterator[tuple[Store, str]]:
    """An archive of sixty articles, served."""
    with Store.open(tmp_path_factory.mktemp("archive") / "store", encoder=WordEncoder()) as store:
        store.add(articles())
        yield store, served(Assistant.open(store, model="extractive"), access=Access(upload_limit=1))


async def opened(watch: Any, url: str, **options: Any) -> Any:
    page = (await watch(**options)).page
    await page.goto(f"{url}/#archive")
    await page.wait_for_selector("#archive-list :is(li, .empty)")
    return page


async def titles(page: Any) -> list[str]:
    found: list[str] = await page.locator("#archive-list li a").all_inner_texts()
    return found


async def test_the_archive_is_counted_charted_and_paged(archive: tuple[Store, str], watch: Any) -> None:
    page = await opened(watch, archive[1])
    figures = await page.inner_text("#archive-figures .figures")
    assert figures.startswith("60 articles · 60 passages · ")
    assert figures.endswith(" on disk · 9 January 2020 to 24 December 2020")
    chart = page.get_by_role("img", name="Articles by")
    assert "Articles by month and publisher, January 2020 to December 2020" in await chart.get_attribute("aria-label")
    await page.get_by_text("The same as a table").click()
    assert await page.locator(".chart tbody tr").count() == 12
    assert len(await titles(page)) == 25
    await page.get_by_role("button", name="Next").click()
    await page.get_by_text("26–50 of 60").wait_for()
    await page.get_by_role("button", name="Next").click()
    await page.get_by_text("51–60 of 60").wait_for()
    assert await page.get_by_role("button", name="Next").is_disabled()
    assert (await titles(page))[-1] == "Report 0 from Élan"  # the undated one


async def test_it_is_searched_filtered_and_sorted(archive: tuple[Store, str], watch: Any) -> None:
    page = await opened(watch, archive[1])
    await page.get_by_label("Search titles and publishers").fill("elan post")
    await page.get_by_text("1–5 of 5").wait_for()
    await page.get_by_label("Search titles and publishers").fill("")
    await page.get_by_text("1–25 of 60").wait_for()
    await page.get_by_label("Publisher", exact=True).click()
    await page.get_by_role("option", name="الجزيرة").click()
    await page.get_by_text("1–20 of 20").wait_for()
    await page.get_by_label("Order", exact=True).click()
    await page.get_by_role("option", name="By title").click()
    await page.wait_for_function("document.querySelector('#archive-list a')?.innerText.startsWith('Report 11 ')")
    await page.get_by_label("Search titles and publishers").fill("no such thing")
    await page.get_by_text("No article matches.").wait_for()


async def test_an_article_opens_in_the_reader_beside_the_list(archive: tuple[Store, str], watch: Any) -> None:
    page = await opened(watch, archive[1])
    await page.locator("#archive-list a").first.click()
    heading = page.frame_locator("#reader iframe").locator("h1")
    assert await heading.inner_text() == (await titles(page))[0]
    assert await page.get_by_role("link", name="Open in a new tab").get_attribute("href")
    await page.get_by_role("button", name="Close the article").click()
    await page.get_by_role("link", name="Ask", exact=True).click()
    await page.wait_for_selector("#question")
    assert not await page.is_visible("#archive-view")


async def test_an_article_is_removed_after_a_question(archive: tuple[Store, str], watch: Any) -> None:
    store, url = archive
    page = await opened(watch, url)
    first = (await titles(page))[0]
    count = store.counts()[0]
    await page.get_by_role("button", name=f"Remove “{first}”…").click()
    await page.wait_for_function("document.activeElement.innerText === 'Keep'")
    await page.keyboard.press("Enter")
    await page.wait_for_selector(".sure", state="detached")
    await page.wait_for_function("label => document.activeElement.ariaLabel === label", arg=f"Remove “{first}”…")
    assert store.counts()[0] == count
    await page.get_by_role("button", name=f"Remove “{first}”…").click()
    await page.get_by_role("button", name=f"Remove “{first}”", exact=True).click()
    await page.wait_for_function("document.activeElement.innerText === 'The article is removed.'")
    assert first not in await titles(page)
    assert store.counts()[0] == count - 1
    await page.wait_for_function(
        "count => document.querySelector('.figures').innerText.startsWith(`${count} `)", arg=count - 1
    )


async def test_files_are_added_and_what_cannot_be_read_says_why(
    archive: tuple[Store, str], watch: Any, tmp_path: Path
) -> None:
    store, url = archive
    page = await opened(watch, url)
    good, bad = tmp_path / "storm <b>.txt", tmp_path / "broken.pdf"
    good.write_text("Storm over Ivalo\n\nThe storm came on 3 May 2019.", encoding="utf-8")
    bad.write_bytes(b"%PDF-1.4 nothing")
    await page.get_by_role("button", name="Add articles").click()
    await page.get_by_text("Drop File Here").wait_for()
    await page.set_input_files("#archive-files input[type=file]", [good, bad])
    await page.locator("#archive-files").get_by_text("broken").wait_for()
    await page.get_by_label("Add web pages and feeds").fill("http://127.0.0.1:1/feed")
    await page.get_by_role("button", name="Add to the archive").click()
    await page.get_by_text("Done: 1 article added, 2 could not be read").wait_for()
    job = await page.inner_text("#archive-progress")
    assert "It is a damaged PDF; open it in a viewer and save it anew." in job
    assert "The host '127.0.0.1' is at the private address 127.0.0.1." in job
    assert "--allow-private" not in job
    assert "/tmp" not in job
    assert any("came on 3 May 2019" in store.text(summary.id) for summary in store.articles())
    await page.get_by_label("Search titles and publishers").fill("ivalo")
    await page.get_by_text("1–1 of 1").wait_for()


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Kestrel</title><link>{root}/</link>
<item><title>Kestrel counts {word}</title><link>{root}/one</link><pubDate>Mon, 04 May 2015 08:00:00 GMT</pubDate></item>
<item><title>A page that is gone</title><link>{root}/gone</link></item>
</channel></rss>"""
PAGE = "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
STORY = "The harbour of Kessa was closed on Monday after a storm, the port's director said. It opens again on Friday."


async def test_a_web_page_and_a_feed_are_added_and_what_is_gone_says_why(
    archive: tuple[Store, str], watch: Any, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    # This machine is a private address, which a visitor cannot name.
    monkeypatch.setattr("assistant.web.archive.adding.Options", partial(Options, allow_private=True))
    root = httpserver.url_for("").rstrip("/")
    httpserver.expect_request("/feed").respond_with_data(
        FEED.format(root=root, word="falcons"), content_type="application/rss+xml"
    )
    for path in ("/robots.txt", "/gone"):
        httpserver.expect_request(path).respond_with_data("there is nothing here", status=404)
    for path, title in (("/one", "Kestrel counts falcons"), ("/page", "Harbour of Kessa is closed")):
        httpserver.expect_request(path).respond_with_data(
            PAGE.format(title=title, text=f"{title}. {STORY}"), content_type="text/html"
        )
    page = await opened(watch, archive[1])
    await page.get_by_role("button", name="Add articles").click()
    await page.get_by_label("Add web pages and feeds").fill(f"{root}/feed\n{root}/page")
    await page.get_by_role("button", name="Add to the archive").click()
    await page.locator("#archive-progress .summary", has_text="Done: 2 articles added, 1 could not").wait_for()
    feed, single = await page.locator("#archive-progress .job > ul > li").all_inner_texts()
    assert feed.startswith(f"{root}/feed")
    assert "1 added" in feed
    assert "A page that is gone" in feed
    assert "404" in feed
    assert "1 added" in single
    for word in ("falcons", "Kessa"):
        await page.get_by_label("Search titles and publishers").fill(word)
        await page.get_by_text("1–1 of 1").wait_for()


async def test_too_large_a_file_is_refused_in_a_line(archive: tuple[Store, str], watch: Any, tmp_path: Path) -> None:
    page = await opened(watch, archive[1])
    (tmp_path / "big.txt").write_text("word " * 300_000, encoding="utf-8")
    await page.get_by_role("button", name="Add articles").click()
    await page.get_by_text("Add files: up to 50, each up to 1 MB").wait_for()
    await page.get_by_text("Drop File Here").wait_for()
    await page.set_input_files("#archive-files input[type=file]", tmp_path / "big.txt")
    await page.get_by_text("maximum allowed size").first.wait_for()


async def test_a_read_only_archive_can_be_looked_through_and_not_changed(
    archive: tuple[Store, str], served: Callable[..., str], watch: Any
) -> None:
    store = archive[0]
    url = served(Assistant.open(store, model="extractive"), access=Access(read_only=True))
    page = await opened(watch, url)
    assert "This archive is for reading only" in await page.inner_text("#archive-figures")
    assert await page.get_by_role("button", name="Remove").count() == 0
    assert await page.get_by_role("button", name="Add to the archive").count() == 0
    assert await page.locator("#archive-list a").count() == 25
    config = await (await page.request.get(f"{url}/config")).json()
    events = {target[1] for dependency in config["dependencies"] for target in dependency["targets"]}
    assert {"turn", "open"} <= events
    assert not {"sure", "remove"} & events
    refused = await page.request.post(
        f"{url}/gradio_api/upload", multipart={"files": {"name": "a", "mimeType": "text/plain", "buffer": b"x" * 5000}}
    )
    assert refused.status == 413


async def test_beside_the_samples_what_is_added_goes_to_the_own_archive(
    samples: Store, served: Callable[..., str], watch: Any, tmp_path: Path
) -> None:
    own = tmp_path / "own"

    def open_own() -> AbstractContextManager[Store]:
        return Store.open(own, encoder=WordEncoder())

    before = samples.counts()
    assistant = Assistant.open(samples, model="extractive")
    page = await opened(watch, served(assistant, access=Access(own=open_own)))
    await page.get_by_role("link", name="Ask", exact=True).click()
    await page.get_by_text("These are the bundled sample articles. Add your own.").wait_for()
    await page.get_by_role("link", name="Add your own").click()
    assert "These are the bundled sample articles" in await page.inner_text("#archive-figures")
    assert await page.get_by_role("button", name="Remove").count() == 0
    (tmp_path / "storm.txt").write_text("The storm came on 3 May 2019.", encoding="utf-8")
    await page.set_input_files("#archive-files input[type=file]", tmp_path / "storm.txt")
    await page.locator("#archive-files").get_by_text("storm").wait_for()
    await page.get_by_role("button", name="Add to the archive").click()
    await page.get_by_text("Done: 1 article added").wait_for()
    assert "restart the chat to ask it" in await page.inner_text("#archive-progress")
    assert samples.counts() == before
    with open_own() as store:
        assert store.counts()[0] == 1


async def test_what_is_being_added_is_followed_after_a_reload_and_what_came_of_it_is_told(
    samples: Store, served: Callable[..., str], watch: Any, tmp_path: Path
) -> None:
    go_on = threading.Event()

    def open_when_told() -> AbstractContextManager[Store]:
        assert go_on.wait(60)
        return Store.open(tmp_path / "own", encoder=WordEncoder())

    url = served(Assistant.open(samples, model="extractive"), access=Access(own=open_when_told))
    page = await opened(watch, url, locale="en-GB")  # a browser of its own
    stranger = await opened(watch, url, locale="en-IE")
    good, bad = tmp_path / "storm.txt", tmp_path / "broken.pdf"
    good.write_text("The storm came on 3 May 2019.", encoding="utf-8")
    bad.write_bytes(b"%PDF-1.4 nothing")
    await page.set_input_files("#archive-files input[type=file]", [bad, good])
    await page.locator("#archive-files").get_by_text("storm").wait_for()
    add = page.get_by_role("button", name="Add to the archive")
    await add.click()
    await page.get_by_text("Reading 1 of 2").wait_for()
    await page.reload()
    await page.get_by_text("Reading 1 of 2").wait_for()
    await expect(add).to_be_disabled(timeout=120_000)
    await expect(page.get_by_role("button", name="Stop")).to_be_visible(timeout=120_000)
    await page.goto("about:blank")
    go_on.set()
    await page.goto(f"{url}/#archive")
    await page.get_by_text("Done: 1 article added, 1 could not be read").wait_for()
    assert "It is a damaged PDF" in await page.inner_text("#archive-progress")
    await expect(add).to_be_enabled(timeout=120_000)
    await stranger.reload()
    await stranger.wait_for_selector("#archive-list li")
    assert await stranger.locator("#archive-progress .job").count() == 0
    await page.close()
    await stranger.close()


async def test_on_a_phone_nothing_is_wider_than_the_page(archive: tuple[Store, str], watch: Any) -> None:
    page = await opened(
        watch, archive[1], viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True, device_scale_factor=2
    )
    await page.get_by_text("The same as a table").click()
    await page.get_by_role("button", name="Add articles").click()
    assert await page.evaluate("document.documentElement.scrollWidth") == 390


async def test_an_empty_archive_says_so_until_something_is_added(
    tmp_path: Path, served: Callable[..., str], watch: Any
) -> None:
    with Store.open(tmp_path / "store", encoder=WordEncoder()) as store:
        page = await opened(watch, served(Assistant.open(store, model="extractive")))
        await page.get_by_role("link", name="Ask", exact=True).click()
        await page.get_by_role("link", name="Add articles here").click()
        assert "There are no articles yet." in await page.inner_text("#archive-list")
        (tmp_path / "storm.txt").write_text("The storm came on 3 May 2019.", encoding="utf-8")
        await page.set_input_files("#archive-files input[type=file]", tmp_path / "storm.txt")
        await page.locator("#archive-files").get_by_text("storm").wait_for()
        await page.get_by_role("button", name="Add to the archive").click()
        await page.get_by_text("Done: 1 article added").wait_for()
        await page.get_by_role("link", name="Ask", exact=True).click()
        await page.get_by_role("heading", name="Ask the archive").wait_for()
        await page.reload()
        await page.get_by_role("heading", name="Ask the archive").wait_for()
        await page.close()


@pytest.mark.parametrize(
    ("first", "last", "unit", "bars"),
    [
        ("2020-05-01", "2020-05-01", "day", 1),
        ("2020-05-01", "2020-06-10", "day", 41),
        ("2020-01-31", "2021-02-01", "month", 14),
        ("1999-12-31", "2021-02-01", "year", 23),
        ("1850-01-01", "2021-02-01", "4 years", 44),
    ],
)
async def test_the_chart_counts_every_article_whatever_the_years(first: str, last: str, unit: str, bars: int) -> None:
    one, other = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    days = Counter({(one, "A"): 2, (other, "B"): 3, (None, "C"): 4} | {(other, name): 1 for name in "DEFGH"})
    held = Holdings(articles=days.total(), passages=0, days=days, publishers=())
    chart = Chart.of(held)
    assert (chart.unit, len(chart.bars), chart.undated) == (unit, bars, 4)
    assert sum(sum(numbers) for _, numbers in chart.bars) == days.total() - 4
    assert chart.series == ("C", "B", "A", "D", "E", "Others")
