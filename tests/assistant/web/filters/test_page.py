"""The filters in a browser: set, seen, taken off, shared as a link, and obeyed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import pytest

from assistant.pipeline.assistant import Assistant

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FREEZE = "What does Russia say caused the freeze?"
LANTERN, HARBOUR = "The Lantern Review", "The Harbour Post"


@dataclass
class Choice:
    """A chat that offers two answerers: the test's own, and that without a model."""

    url: str
    script: Any


@pytest.fixture(scope="module")
def both(samples: Any, served: Callable[..., str], running_chat: Any) -> Choice:
    script = running_chat.script
    quoting = Assistant.open(samples, model="extractive")
    return Choice(url=served(Assistant(samples, script, threshold=0.05), others=[quoting]), script=script)


@pytest.fixture
def choice(both: Choice) -> Iterator[Choice]:
    both.script.reset()
    yield both
    both.script.go_on.set()


async def opened(watch: Any, url: str, **options: Any) -> Any:
    """Open a page and wait until what its address says has been read."""
    page = await (await watch(**options)).open(url)
    await page.wait_for_selector("#filter-bar [data-query]")
    return page


async def set_day(page: Any, field: str, day: str) -> None:
    await page.fill(f"#{field} input", day)
    await page.press(f"#{field} input", "Enter")


async def chips(page: Any, *expected: str) -> None:
    """Wait until exactly these are shown."""
    await page.wait_for_function(
        "wanted => JSON.stringify([...document.querySelectorAll('.chip')].map((c) => c.innerText)) === wanted",
        arg="[" + ",".join(f'"{text}"' for text in expected) + "]",
    )


def parameters(page: Any) -> list[tuple[str, str]]:
    return [pair for pair in parse_qsl(urlsplit(page.url).query) if pair[0] != "conversation"]


async def test_what_is_set_is_shown_put_into_the_address_and_obeyed(choice: Choice, watch: Any, asking: Any) -> None:
    page = await opened(watch, choice.url)
    assert not await page.locator("#filters").is_visible()
    await page.get_by_role("button", name="Filters", exact=True).click()
    await set_day(page, "date-from", "2015-05-14")
    await set_day(page, "date-to", "2015-05-19")
    await page.click("#publishers input")
    await page.get_by_role("option", name=LANTERN).click()
    await chips(page, "From 14 May 2015", "To 19 May 2015", LANTERN)
    assert parameters(page) == [("from", "2015-05-14"), ("to", "2015-05-19"), ("source", LANTERN)]
    await asking(page, FREEZE)
    assert not await page.locator("#filters").is_visible()
    seen = [sentence.passage for sentence in choice.script.requests[0].evidence.sentences]
    assert {passage.source for passage in seen} == {LANTERN}
    assert all(dt.date(2015, 5, 14) <= passage.published <= dt.date(2015, 5, 19) for passage in seen)
    meta = await page.inner_text("#entry-1 .meta")
    assert f"from 14 May 2015 · to 19 May 2015 · only {LANTERN}" in meta


async def test_a_link_opens_with_the_same_filters_and_keeps_them_with_the_conversation(
    choice: Choice, watch: Any, asking: Any
) -> None:
    url = f"{choice.url}/?from=2015-05-01&as_of=2015-05-20&source={quote(LANTERN)}&model=extractive"
    page = await opened(watch, url)
    shown = ("From 1 May 2015", "As of 20 May 2015", LANTERN, "Quoted sentences, no model")
    await chips(page, *shown)
    await asking(page, FREEZE)
    assert await page.inner_text(".words .kind") == "Quoted from the archive:"
    assert choice.script.requests == []
    meta = await page.inner_text("#entry-1 .meta")
    await page.reload()
    await page.wait_for_selector("#entry-1")
    assert await page.inner_text("#entry-1 .meta") == meta
    await chips(page, *shown)
    assert len(parameters(page)) == 4


async def take_off(page: Any, *labels: str) -> None:
    """Click chips, one as soon as the other."""
    for label in labels:
        await page.get_by_role("button", name=f"Remove the filter: {label}").click()


async def settled(page: Any, query: str) -> None:
    """Wait until the address says so, which follows what the server has heard of."""
    await page.wait_for_function("query => location.search === query", arg=query)


async def test_a_chip_takes_its_filter_off(choice: Choice, watch: Any) -> None:
    page = await opened(watch, f"{choice.url}/?to=2015-05-18&source={quote(LANTERN)}&source=Sidelines&model=extractive")
    assert "no model" in await page.inner_text("#model")
    await take_off(page, LANTERN)
    await chips(page, "To 18 May 2015", "Sidelines", "Quoted sentences, no model")
    await take_off(page, "Quoted sentences, no model", "To 18 May 2015")
    await chips(page, "Sidelines")
    await settled(page, "?source=Sidelines")
    await page.get_by_text("Answers are written by scripted-model").wait_for()


COUNT = """
() => {
  window.counts = [];
  const count = () => window.counts.push(document.querySelectorAll('.chip').length);
  new MutationObserver(count).observe(document.querySelector('#filter-bar'), { childList: true, subtree: true });
}
"""
MANY = ("2015-05-01", "2015-05-18", "2015-05-20")


@pytest.mark.parametrize("seconds", [(0.0,), (1.0, 0.0), (0.4,)], ids=["at once", "the first is late", "all are late"])
async def test_chips_that_are_clicked_one_after_the_other_are_all_off_at_once(
    choice: Choice, watch: Any, delayed: Any, asking: Any, seconds: tuple[float, ...]
) -> None:
    first, last, day = MANY
    sources = f"source={quote(LANTERN)}&source=Sidelines&source={quote(HARBOUR)}"
    page = await opened(watch, f"{choice.url}/?from={first}&to={last}&as_of={day}&{sources}&model=extractive")
    await page.locator(".chip").nth(6).wait_for()
    await delayed(page, *seconds)
    await page.evaluate(COUNT)
    await take_off(page, LANTERN, "Sidelines", "From 1 May 2015", "Quoted sentences, no model", "As of 20 May 2015")
    await chips(page, "To 18 May 2015", HARBOUR)
    await settled(page, f"?to={last}&source={HARBOUR.replace(' ', '+')}")
    await chips(page, "To 18 May 2015", HARBOUR)
    counts = await page.evaluate("window.counts")
    assert counts == sorted(counts, reverse=True)  # none came back in between
    await asking(page, FREEZE)
    assert {sentence.passage.source for sentence in choice.script.requests[0].evidence.sentences} == {HARBOUR}


async def test_a_question_is_not_limited_by_a_chip_that_was_clicked_just_before(
    choice: Choice, watch: Any, delayed: Any, asking: Any
) -> None:
    page = await opened(watch, f"{choice.url}/?source={quote(LANTERN)}&source=Sidelines")
    await delayed(page, 0.5)
    await take_off(page, LANTERN, "Sidelines")
    await asking(page, FREEZE)
    assert len({sentence.passage.source for sentence in choice.script.requests[0].evidence.sentences}) > 2


async def test_chips_clicked_in_the_same_moment_are_all_off(choice: Choice, watch: Any) -> None:
    page = await opened(watch, f"{choice.url}/?to=2015-05-18&source={quote(LANTERN)}&source=Sidelines")
    await page.locator(".chip").nth(2).wait_for()
    await page.evaluate("document.querySelectorAll('.chip').forEach((chip) => chip.click())")
    await settled(page, "")
    await chips(page)


async def test_a_publisher_that_is_chosen_again_at_once_is_shown(choice: Choice, watch: Any, delayed: Any) -> None:
    page = await opened(watch, f"{choice.url}/?source={quote(LANTERN)}&source=Sidelines")
    await page.get_by_role("button", name="Filters", exact=True).click()
    await delayed(page, 0.5)
    await take_off(page, LANTERN)
    await page.click("#publishers input")
    await page.get_by_role("option", name=LANTERN).click()
    await chips(page, "Sidelines", LANTERN)
    await settled(page, f"?source=Sidelines&source={LANTERN.replace(' ', '+')}")


async def test_days_that_exclude_each_other_are_one_line_at_once_and_when_it_is_asked(
    choice: Choice, watch: Any, asking: Any
) -> None:
    page = await opened(watch, f"{choice.url}/?from=2015-06-01&to=2015-05-01")
    line = "No day lies from 1 June 2015 to 1 May 2015; choose other days in the filters."
    await page.locator(".filter-problem").wait_for()
    assert await page.inner_text(".filter-problem") == line
    await asking(page, FREEZE)
    assert await page.inner_text("#entry-1 .trouble") == line
    assert choice.script.requests == []


async def test_a_hostile_link_is_told_about_and_harms_nobody(choice: Choice, watch: Any, asking: Any) -> None:
    payload = "\"><img src=https://evil.example/x onerror='window.__pwned=1'>"
    watched = await watch(bypass_csp=True)
    query = "&".join(f"{name}={quote(payload)}" for name in ("from", "to", "as_of", "source", "source", "model"))
    page = await watched.open(f"{choice.url}/?{query}&model=openai%3Agpt-99")
    await page.locator("#said [role=alert]").wait_for()
    assert "Of this link: " in await page.inner_text("#said")
    await page.wait_for_function("!location.search.includes('evil')")
    await asking(page, FREEZE)
    assert len(choice.script.requests) == 1
    assert await page.evaluate("window.__pwned === undefined")
    assert watched.elsewhere(choice.url) == []


async def test_a_model_that_is_not_offered_cannot_be_called(choice: Choice, watch: Any) -> None:
    page = await opened(watch, choice.url)
    refused = await page.evaluate(
        """async (config) => {
          const { dependencies } = await (await fetch('config')).json();
          const ask = dependencies.find((one) => one.api_name === 'ask');
          const url = `gradio_api/call/${ask.api_name}`;
          const body = JSON.stringify({ data: ['Why?', '', '', '', null, 'openai:gpt-99'] });
          const { event_id } = await (await fetch(url, { method: 'POST', body,
            headers: { 'content-type': 'application/json' } })).json();
          return (await fetch(`${url}/${event_id}`)).text();
        }"""
    )
    assert "event: error" in refused
    assert "is not offered here" in refused
    assert choice.script.requests == []


async def test_on_a_phone_the_filters_fit(choice: Choice, watch: Any) -> None:
    page = await opened(
        watch,
        f"{choice.url}/?from=2015-05-01&to=2015-05-18&source={quote(LANTERN)}&source=Sidelines&model=extractive",
        viewport={"width": 390, "height": 844},
        is_mobile=True,
        has_touch=True,
    )
    await page.get_by_role("button", name="Filters", exact=True).tap()
    await page.locator("#filters").wait_for()
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    assert await page.locator("#question textarea").is_visible()


@pytest.mark.parametrize("width", [1280, 390])
async def test_a_day_is_chosen_in_a_calendar_that_is_wholly_in_view(choice: Choice, watch: Any, width: int) -> None:
    page = await opened(watch, f"{choice.url}/?as_of=2015-05-20", viewport={"width": width, "height": 844})
    await page.get_by_role("button", name="Filters", exact=True).click()
    for field in ("date-from", "date-to", "as-of"):
        await page.locator(f"#{field}").get_by_role("button", name="Choose a date").click()
        box = await page.locator(".picker").bounding_box()
        assert 0 <= box["x"] <= width - box["width"]
        assert 0 <= box["y"] <= 844 - box["height"]
        if field == "as-of":
            await page.get_by_role("button", name="Previous month").click()
            await page.locator(".picker .day", has_text="17").click()
        await page.get_by_role("button", name="Done").click()
    await chips(page, "As of 17 April 2015")


async def test_the_escape_key_closes_first_the_choices_and_then_the_filters(choice: Choice, watch: Any) -> None:
    page = await opened(watch, choice.url)
    await page.get_by_role("button", name="Filters", exact=True).click()
    await page.locator("#publishers input").focus()
    await page.keyboard.press("ArrowDown")
    await page.get_by_role("option").first.wait_for()
    await page.keyboard.press("Escape")
    await page.get_by_role("option").first.wait_for(state="hidden")
    assert await page.locator("#filters").is_visible()
    await page.keyboard.press("Escape")
    await page.locator("#filters").wait_for(state="hidden")
    await page.wait_for_function("document.activeElement.matches('[data-action=filters]')")
