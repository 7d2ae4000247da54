"""Whatever the archive, its files, a filter or a conversation is called, the page shows it as text.

As in ``test_hostile``, the pages are opened without the content policy that is sent with them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from paths import XSS
from stores import WordEncoder

from assistant.conversations import Conversations
from assistant.conversations.repository import title_of
from assistant.pipeline.assistant import Assistant
from assistant.web.auth.visitor import COOKIE
from ingest.article import Article
from vectorstore.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

OURS = [
    "<script>window.__pwned = 1</script>",
    '<img src="https://evil.example/x.png" onerror="window.__pwned = 1">',
    "![pixel](https://evil.example/pixel.png)",
    '"><svg onload=window.__pwned=1>',
    "' autofocus onfocus='window.__pwned=1",
    "</title></text></g></svg><iframe src=https://evil.example></iframe>",
    "javascript:window.__pwned=1",
    "${window.__pwned = 1}",
]
FORBIDDEN = "script, img, iframe, object, embed, form, link, meta, base, style, video, audio, math, template, [style]"
TOKEN = "Ab3-" * 8
#: Who a browser with that cookie is.
USER = f"browser:{hashlib.sha256(TOKEN.encode()).hexdigest()}"


def payloads() -> list[str]:
    """All that is known, each once and as an archive keeps it."""
    known = XSS.read_text(encoding="utf-8").splitlines() if XSS.exists() else []
    return list(dict.fromkeys(line.strip() for line in [*OURS, *known] if line.strip()))


@dataclass
class Hostile:
    """An archive of hostile articles, served, and the file of the conversations that are kept about it."""

    store: Store
    url: str
    conversations: Path


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, served: Callable[..., str]) -> Iterator[Hostile]:
    folder = tmp_path_factory.mktemp("hostile-archive")
    with Store.open(folder / "store", encoder=WordEncoder()) as store, pytest.MonkeyPatch.context() as patch:
        patch.setattr("assistant.web.archive.tab.PAGE", 500)
        patch.setattr("assistant.web.archive.view.PAGE", 500)
        patch.setattr("assistant.web.archive.adding.MOST_SOURCES", 5000)
        store.add(
            Article(id=f"{i}", title=payload, source=payload, published=f"20{i % 20 + 10}-05-01", text=payload)
            for i, payload in enumerate(payloads())
        )
        file = folder / "conversations.sqlite"
        url = served(Assistant.open(store, model="extractive"), conversations=file)
        yield Hostile(store, url, file)


async def inert(page: Any, *parts: str) -> None:
    """Nothing in these parts of the page has become markup, and nothing that was shown has run."""
    assert await page.evaluate("window.__pwned === undefined")
    for part in parts:
        inside = page.locator(f"{part} .html-container")
        assert await inside.locator(FORBIDDEN).count() == 0
        attributes = "parts => parts.flatMap((p) => [...p.querySelectorAll('*')]).flatMap((e) => e.getAttributeNames())"
        assert not [name for name in await inside.evaluate_all(attributes) if name.startswith("on")]
        links = "parts => parts.flatMap((p) => [...p.querySelectorAll('a')]).map((a) => a.getAttribute('href'))"
        assert all(link.startswith("article?id=") for link in await inside.evaluate_all(links))


@pytest.mark.timeout(600)
async def test_titles_and_publishers_stay_text_in_the_list_the_chart_and_the_choices(
    hostile: Hostile, watch: Any
) -> None:
    watched = await watch(bypass_csp=True)
    page = watched.page
    await page.goto(f"{hostile.url}/#archive")
    await page.wait_for_selector("#archive-list li")
    scripts = await page.evaluate("document.scripts.length")
    await page.get_by_text("The same as a table").click()
    shown: list[str] = []
    while True:
        await inert(page, "#archive-list", "#archive-figures")
        shown += await page.locator("#archive-list li a").all_text_contents()
        following = page.get_by_role("button", name="Next", exact=True)
        if await following.is_disabled():
            break
        await following.click()
        await page.get_by_text(f"{len(shown) + 1:,}–").wait_for()
    kept = [article.title for article in hostile.store.articles()]
    assert sorted(shown) == sorted(kept)
    await page.get_by_role("button", name="Remove “").last.click()
    await page.wait_for_selector(".sure")
    await page.get_by_label("Publisher", exact=True).click()
    await page.get_by_role("option").nth(1).wait_for()
    await inert(page, "#archive-list")
    assert await page.evaluate("document.scripts.length") == scripts
    assert watched.elsewhere(hostile.url) == []


async def test_publishers_stay_text_on_the_chips_of_the_filters(hostile: Hostile, watch: Any) -> None:
    watched = await watch(bypass_csp=True)
    query = "&".join(f"source={quote(name)}" for name in OURS)
    page = await watched.open(f"{hostile.url}/?{query}")
    await page.locator(".chip").nth(len(OURS) - 1).wait_for()
    assert await page.locator(".chip").all_text_contents() == OURS
    await page.get_by_role("button", name="Filters", exact=True).click()
    await page.click("#publishers input")
    await page.get_by_role("option").nth(1).wait_for()
    await inert(page, "#filter-bar")
    assert watched.elsewhere(hostile.url) == []


@pytest.mark.timeout(600)
async def test_names_of_files_stay_text_before_and_after_they_are_added(hostile: Hostile, watch: Any) -> None:
    watched = await watch(bypass_csp=True)
    page = watched.page
    await page.goto(f"{hostile.url}/#archive")
    await page.wait_for_selector("#archive-list li")
    await page.get_by_role("button", name="Add articles").click()
    await page.get_by_text("Drop File Here").wait_for()
    # Each is a file that is uploaded, read and refused by itself: all of ours, and every fourth of the known ones.
    chosen = OURS + payloads()[len(OURS) :: 4]
    names = [f"{payload.replace('/', '∕')[:80]}.txt" for payload in chosen]
    files = [{"name": name, "mimeType": "text/plain", "buffer": b"Nothing is said."} for name in names]
    await page.set_input_files("#archive-files input[type=file]", files)
    await page.locator("#archive-files .file-preview tr").nth(len(names) - 1).wait_for(timeout=240_000)
    await inert(page)
    assert await page.locator("#archive-files .file-preview").locator("script, img, iframe, object, form").count() == 0
    await page.get_by_role("button", name="Add to the archive").click()
    await page.locator("#archive-progress .summary", has_text="Done: ").wait_for(timeout=240_000)
    assert await page.locator("#archive-progress .job > ul > li").count() == len(names)
    await inert(page, "#archive-progress")
    assert watched.elsewhere(hostile.url) == []


async def test_titles_of_conversations_stay_text_in_the_list_and_the_dialogs(
    hostile: Hostile, watch: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = OURS + payloads()[len(OURS) :: 4]  # the list of the archive shows all of them
    monkeypatch.setitem(Conversations.summaries.__kwdefaults__, "limit", len(titles))
    with Conversations.open(hostile.conversations) as conversations:
        for i, title in enumerate(titles):
            conversations.append(USER, f"kept-{i}", title)
    watched = await watch(bypass_csp=True, viewport={"width": 1500, "height": 900})
    await watched.page.context.add_cookies([{"name": COOKIE, "value": TOKEN, "url": hostile.url}])
    page = await watched.open(hostile.url)
    await page.locator("#kept li").nth(len(titles) - 1).wait_for()
    await inert(page, "#kept")
    shown = await page.locator("#kept button.title").all_text_contents()
    assert shown == [title_of(title) for title in reversed(titles)]
    for number in range(len(OURS)):
        await page.locator("#kept summary").nth(-1 - number).click()
        await page.get_by_role("button", name="Delete…").click()
        assert await page.locator("dialog[open] .named").text_content() == f"“{OURS[number]}”"
        await page.keyboard.press("Escape")
    await inert(page, "#kept")
    assert watched.elsewhere(hostile.url) == []
