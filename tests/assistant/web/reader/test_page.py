"""The reader in the browser: opened from an answer, gone through by keyboard, searched, shared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from paths import XSS

from assistant.web.reader.address import address_in_reader
from ingest.article import Article, Span
from vectorstore.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

QUESTION = "What does Russia say caused the freeze?"
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
HOSTILE = (
    "<script>window.__pwned = 1</script>",
    '<img src=x onerror="window.__pwned = 1">',
    "</mark></p></div></article></main><script>window.__pwned=1</script>",
    '" autofocus onfocus="window.__pwned=1',
    "<base href=https://evil.example/>",
    "</title><script>window.__pwned=1</script>",
    "<style>@import url(https://evil.example/x.css)</style>",
    "\u202e<svg onload=window.__pwned=1>\u202c",
)


def sentences(store: Store, article_id: str) -> list[Span]:
    return [sentence for chunk in store.chunks(article_id) for sentence in chunk.sentences]


async def frame(page: Any) -> Any:
    """The reader beside the conversation, once it shows its sentence."""
    reader = page.frame_locator("#reader iframe")
    await reader.locator("mark.addressed").first.wait_for()
    return reader


async def test_a_number_opens_the_article_at_its_sentence_and_escape_leads_back(
    chat: Any, watch: Any, asking: Any, samples: Store
) -> None:
    watched = await watch()
    page = await watched.open(chat.url)
    await asking(page, QUESTION)
    await page.locator("button.cite").first.focus()
    await page.keyboard.press("Enter")
    reader = await frame(page)
    quote = chat.script.requests[0].evidence.sentences[0]
    assert await reader.locator("mark.addressed").text_content() == quote.text
    assert await reader.locator("#text").text_content() == samples.text(quote.passage.article_id)
    await page.wait_for_function("document.activeElement.tagName === 'IFRAME'")
    await page.keyboard.press("Escape")
    await page.wait_for_selector("#reader", state="hidden")
    await page.wait_for_function("document.activeElement.classList.contains('cite')")
    assert watched.elsewhere(chat.url) == []


async def test_the_other_cited_sentences_are_a_key_away(chat: Any, watch: Any, asking: Any) -> None:
    page = await (await watch()).open(chat.url)
    chat.script.reply = lambda request: [
        f"{s.text} [{s.number}] "
        for s in request.evidence.sentences
        if s.passage.article_id == request.evidence.sentences[0].passage.article_id
    ][:3]
    await asking(page, QUESTION)
    await page.locator("button.cite").first.click()
    reader = await frame(page)
    said = reader.locator(".which")
    assert await reader.locator("mark.cited").count() >= 2
    assert await said.inner_text() == "Cited sentence 1 of 3"
    await reader.locator("#here").press("n")
    await reader.get_by_text("Cited sentence 2 of 3").wait_for()
    await reader.get_by_role("link", name="Next cited sentence").click()
    await reader.get_by_text("Cited sentence 3 of 3").wait_for()
    await reader.locator("#here").press("p")
    await reader.get_by_text("Cited sentence 2 of 3").wait_for()


async def test_a_copied_link_opens_exactly_that_sentence(chat: Any, watch: Any, samples: Store) -> None:
    watched = await watch(permissions=["clipboard-read", "clipboard-write"])
    page = watched.page
    spans = sentences(samples, "kyiv-reaction")
    await page.goto(f"{chat.url}/{address_in_reader('kyiv-reaction', spans[1], spans[:4])}")
    await page.keyboard.press("c")
    await page.get_by_text("Link to this sentence copied").wait_for()
    own = await page.evaluate("navigator.clipboard.readText()")
    assert own == f"{chat.url}/{address_in_reader('kyiv-reaction', spans[1])}"
    await page.keyboard.press("j")
    await page.keyboard.press("c")
    await page.wait_for_function("own => navigator.clipboard.readText().then(text => text !== own)", arg=own)
    await page.goto(await page.evaluate("navigator.clipboard.readText()"))
    quote = spans[2].of(samples.text("kyiv-reaction"))
    assert await page.locator("mark.addressed").text_content() == quote
    await page.locator(".sentence").last.hover()
    await page.locator(".sentence").last.locator(".link").click()
    last = await page.evaluate("navigator.clipboard.readText()")
    assert last == f"{chat.url}/{address_in_reader('kyiv-reaction', spans[-1])}"


async def test_words_are_found_counted_and_gone_through(chat: Any, watch: Any, samples: Store) -> None:
    page = (await watch()).page
    await page.goto(f"{chat.url}/{address_in_reader('two-accounts-of-a-freeze')}")
    count = samples.text("two-accounts-of-a-freeze").lower().count("russia")
    assert count > 3
    await page.keyboard.press("/")
    await page.keyboard.type("RUSSIA")
    found = page.locator("#found")
    assert await found.inner_text() == f"1 of {count}"
    await page.keyboard.press("Enter")
    assert await found.inner_text() == f"2 of {count}"
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.press("Shift+Enter")
    assert await found.inner_text() == f"{count} of {count}"
    await page.get_by_role("button", name="Next place").click()
    assert await found.inner_text() == f"1 of {count}"
    await page.fill("#find", "(.*")
    assert await found.inner_text() == "None"
    await page.press("#find", "Escape")
    assert await page.input_value("#find") == ""


async def test_it_works_without_javascript(chat: Any, watch: Any, samples: Store) -> None:
    page = (await watch(java_script_enabled=False)).page
    spans = sentences(samples, "two-accounts-of-a-freeze")
    await page.goto(f"{chat.url}/{address_in_reader('two-accounts-of-a-freeze', spans[-1], spans[:1])}")
    box = await page.locator("#here").bounding_box()
    assert 0 < box["y"] < 860  # scrolled to
    await page.get_by_role("link", name="Previous cited sentence").click()
    assert await page.locator("#here").text_content() == spans[0].of(samples.text("two-accounts-of-a-freeze"))


async def test_its_controls_are_reached_by_the_keyboard_and_show_that_they_are(chat: Any, watch: Any) -> None:
    page = (await watch()).page
    await page.goto(f"{chat.url}/article?id=two-accounts-of-a-freeze&start=103&end=155&cited=0-102,156-212")
    await page.locator(".home").focus()
    seen: list[tuple[str, str]] = []
    while not seen or seen[-1][0] != "Keys":
        await page.keyboard.press("Tab")
        seen.append(
            await page.evaluate(
                "(({ ariaLabel, textContent }, { outlineStyle }) => [ariaLabel || textContent, outlineStyle])"
                "(document.activeElement, getComputedStyle(document.activeElement))"
            )
        )
    assert [name for name, _ in seen] == [
        *("Previous cited sentence", "Next cited sentence", "Copy link to this sentence", "Find in this article"),
        *("Original (opens lantern-review.example)", "Keys"),
    ]
    assert {outline for _, outline in seen} == {"solid"}


async def test_it_is_as_dark_as_the_chat_that_it_stands_beside(chat: Any, watch: Any, asking: Any) -> None:
    page = await (await watch(color_scheme="light")).open(f"{chat.url}/?__theme=dark")
    await asking(page, QUESTION)
    await page.locator("button.cite").first.click()
    ground = (await frame(page)).locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert await ground == "rgb(22, 22, 20)"


async def test_on_a_phone_the_article_takes_the_whole_width(chat: Any, watch: Any, asking: Any) -> None:
    page = await (await watch(**PHONE)).open(chat.url)
    await asking(page, QUESTION)
    await page.locator("button.cite").first.tap()  # shows its card
    await page.locator("button.cite").first.tap()
    reader = await frame(page)
    box = await page.locator("#reader").bounding_box()
    assert (box["x"], box["width"], box["height"]) == (0, 390, 844)
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    assert await reader.locator("body").evaluate("body => body.scrollWidth") == 390
    await page.get_by_role("button", name="Close the article").tap()
    assert await page.get_by_role("button", name="Source 1:").is_visible()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, served: Callable[..., str]) -> Iterator[tuple[Store, str]]:
    """Articles that mean harm with every field that they have; the page is served with them."""
    from assistant.pipeline.assistant import Assistant

    payloads = list(HOSTILE)
    if XSS.exists():
        payloads += [line for line in XSS.read_text(encoding="utf-8").splitlines() if line.strip()]
    whole = "\n\n".join(f"Words: {payload}" for payload in payloads)
    with Store.open(tmp_path_factory.mktemp("hostile-reader") / "store") as store:
        store.add([Article(id='x"><script>window.__pwned=1</script>', title="All", text=whole, authors=HOSTILE)])
        store.add(
            Article(id=f"h{i}", title=payload, source=payload, authors=(payload,), text=f"Word {i}. {payload}")
            for i, payload in enumerate(HOSTILE)
        )
        yield store, served(Assistant.open(store, model="extractive"))


@pytest.mark.timeout(600)
async def test_hostile_articles_stay_text_in_the_reader_and_in_the_list(hostile: tuple[Store, str], watch: Any) -> None:
    store, url = hostile
    watched = await watch(bypass_csp=True)  # what keeps it safe is the markup
    page = watched.page
    for summary in list(store.articles()):
        span = sentences(store, summary.id)[0]
        await page.goto(f"{url}/{address_in_reader(summary.id, span, sentences(store, summary.id)[:3])}")
        found = await page.evaluate(
            """() => ({
              safe: window.__pwned === undefined,
              scripts: document.scripts.length,
              foreign: document.querySelectorAll('img, svg, iframe, style, base, form:not(.find), body script').length,
              handlers: [...document.querySelectorAll('*')].flatMap((e) => e.getAttributeNames())
                .filter((name) => name.startsWith('on')).length,
            })"""
        )
        assert found == {"safe": True, "scripts": 1, "foreign": 0, "handlers": 0}
        shown = await page.locator("#text").text_content()
        assert len(shown) > len(store.text(summary.id)) * 0.99
    await page.goto(f"{url}/#archive")
    await page.wait_for_selector("#archive-list li")
    assert await page.locator("#archive-list li").count() == len(HOSTILE) + 1
    inside = "#archive-list, #archive-figures"
    for forbidden in ("script", "img", "iframe", "style", "base", "[onload]", "[onfocus]", "[onerror]"):
        assert await page.locator(f":is({inside}) {forbidden}").count() == 0
    await page.get_by_label("Publisher", exact=True).click()
    assert await page.get_by_role("option").count() > len(HOSTILE) / 2
    assert await page.evaluate("window.__pwned === undefined")
    assert watched.elsewhere(url) == []
