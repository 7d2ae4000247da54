"""How an answer stands on the page: where it is scrolled to, how its lines break, what a finger meets, what is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from chatting import Request

from assistant.pipeline.assistant import Assistant
from assistant.web.auth.users import add_user
from ingest.article import Article
from vectorstore.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

QUESTION = "What does Russia say caused the freeze?"
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}

#: Numbers that stand on a line below the last word before them.
ALONE = """
() => [...document.querySelectorAll('.entry sup')].filter((number) => {
  const before = document.createRange();
  before.selectNodeContents(number.previousSibling);
  if (number.previousSibling.nodeType === Node.TEXT_NODE) before.setStart(before.endContainer, before.endOffset - 1);
  const word = [...before.getClientRects()].at(-1);
  return word.bottom < number.querySelector('button').getBoundingClientRect().top + 3;
}).length
"""
#: How far the question of the last entry is from the head of the page; what of the page lies below what is seen.
PLACE = """
() => {
  const head = document.querySelector('#masthead').getBoundingClientRect().bottom;
  const entry = [...document.querySelectorAll('.entry')].at(-1).getBoundingClientRect();
  return [entry.top - head, document.documentElement.scrollHeight - window.scrollY - window.innerHeight];
}
"""
#: What is seen of the page and goes beyond its left or right edge, and whether it can be scrolled sideways.
OUTSIDE = """
() => {
  const wide = document.documentElement.scrollWidth > window.innerWidth ? ['the page'] : [];
  const parts = document.querySelectorAll('body *:not(.for-screen-readers, .for-screen-readers *, [inert] *)');
  const beyond = [...parts].filter((part) => part.checkVisibility() && part.getClientRects().length).filter((part) => {
    const { left, right, width } = part.getBoundingClientRect();
    return width > 0 && (left < -1 || right > window.innerWidth + 1);
  });
  return [...wide, ...beyond.map((part) => `${part.tagName}.${part.className}#${part.id}`)];
}
"""


def all_sentences(request: Request) -> list[str]:
    """A long answer."""
    return [f"{sentence.text} [{sentence.number}]\n" for sentence in request.evidence.sentences]


async def test_a_number_never_begins_a_line(chat: Any, watch: Any, asking: Any) -> None:
    page = await (await watch(**PHONE)).open(chat.url)
    chat.script.reply = lambda request: [f"{s.text} [{s.number}] [1] " for s in request.evidence.sentences[:12]]
    await asking(page, QUESTION)
    assert await page.locator(".words sup").count() > 12
    for width in range(320, 480, 8):
        await page.set_viewport_size({"width": width, "height": 844})
        assert await page.evaluate(ALONE) == 0, width


async def test_a_long_answer_is_read_from_its_question_on(chat: Any, watch: Any, asking: Any) -> None:
    page = await (await watch(**PHONE)).open(chat.url)
    chat.script.reply = all_sentences
    for question in (QUESTION, "And what does Washington say?"):
        await asking(page, question)
        await page.wait_for_timeout(300)
        above, below = await page.evaluate(PLACE)
        assert -2 <= above <= 20
        assert below > 200


async def test_who_goes_on_to_the_end_of_an_answer_is_kept_there(
    chat: Any, watch: Any, asking: Any, hold: str, until_answered: Any
) -> None:
    page = await (await watch(**PHONE)).open(chat.url)
    chat.script.reply = lambda request: [*all_sentences(request)[:8], hold, *all_sentences(request)[8:]]
    await asking(page, QUESTION, finish=False)
    await page.wait_for_function("document.querySelectorAll('#live .words p').length === 8")
    await page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    await page.wait_for_timeout(200)
    chat.script.go_on.set()
    await until_answered(page)
    await page.wait_for_timeout(300)
    assert (await page.evaluate(PLACE))[1] < 2


async def test_who_reads_further_up_is_left_there(
    chat: Any, watch: Any, asking: Any, hold: str, until_answered: Any
) -> None:
    page = await (await watch(**PHONE)).open(chat.url)
    chat.script.reply = all_sentences
    await asking(page, QUESTION)
    chat.script.reply = lambda request: [hold, *all_sentences(request)]
    await asking(page, "And what does Washington say?", finish=False)
    await page.wait_for_selector("#live .entry")
    # What the page does about the question itself may still be to come; the reader scrolls when it is over.
    still = 0
    while still < 5:
        still = still + 1 if await page.evaluate("window.scrollY") == 200 else 0
        await page.evaluate("window.scrollTo(0, 200)")
        await page.wait_for_timeout(100)
    chat.script.go_on.set()
    await until_answered(page, 2)
    assert await page.evaluate("window.scrollY") == 200


async def test_the_seconds_are_counted_on_when_words_come(
    chat: Any, watch: Any, asking: Any, hold: str, until_answered: Any
) -> None:
    page = await (await watch()).open(chat.url)

    def reply(request: Request) -> Iterator[str]:
        yield hold
        chat.script.go_on.clear()
        yield all_sentences(request)[0]
        yield hold

    chat.script.reply = reply
    clock = "document.querySelector('#live .clock')"
    seconds = f"Number(getComputedStyle({clock}).getPropertyValue('--seconds'))"
    await asking(page, QUESTION, finish=False)
    await page.wait_for_function(f"{clock} && {seconds} >= 2")
    chat.script.go_on.set()
    await page.wait_for_selector("#live .words button.cite")
    assert "Writing…" in await page.inner_text("#live [role=status]")
    assert await page.evaluate(seconds) >= 2
    chat.script.go_on.set()
    await until_answered(page)
    assert re.search(r" · (under )?\d+\.\d\ss( ·|$)", await page.inner_text("#entry-1 .meta"))


async def test_a_reload_does_not_make_the_wait_look_shorter(
    chat: Any, watch: Any, asking: Any, hold: str, until_answered: Any
) -> None:
    page = await (await watch(locale="en-GB")).open(chat.url)  # a browser of its own
    chat.script.say(hold)
    await asking(page, QUESTION, finish=False)
    await page.wait_for_selector("#live .clock", state="attached")
    await page.wait_for_timeout(3100)
    await page.reload()
    await page.wait_for_selector("#live .clock", state="attached")
    clock = "getComputedStyle(document.querySelector('#live .clock'))"
    assert await page.evaluate(f"Number({clock}.getPropertyValue('--seconds'))") >= 3
    assert await page.evaluate(f"Number({clock}.opacity)") > 0
    await page.get_by_role("button", name="Stop").click()
    await until_answered(page)


async def test_what_is_written_and_not_asked_is_there_after_a_reload(chat: Any, watch: Any, asking: Any) -> None:
    page = await (await watch(locale="en-GB")).open(chat.url)  # a browser of its own
    await asking(page, QUESTION)
    await page.wait_for_selector("#kept nav", state="attached")
    await page.fill("#question textarea", "And what does")
    await page.reload()
    await page.wait_for_selector("#entry-1")
    await page.wait_for_function("document.querySelector('#question textarea').value === 'And what does'")
    await page.locator("#question textarea").press_sequentially(" Washington say?")
    await page.press("#question textarea", "Enter")
    await page.wait_for_selector("#entry-2")
    assert await page.inner_text("#entry-2 .question") == "And what does Washington say?"
    await page.reload()
    await page.wait_for_selector("#entry-2")
    await page.wait_for_timeout(300)
    assert await page.input_value("#question textarea") == ""


async def test_who_logs_in_after_somebody_finds_nothing_of_what_they_were_writing(
    samples: Store, served: Callable[..., str], tmp_path: Path, watch: Any
) -> None:
    for name in ("ann", "bob"):
        add_user(tmp_path / "users.txt", name, "correct horse")
    url = served(Assistant.open(samples, model="extractive"), auth=tmp_path / "users.txt")
    page = (await watch(locale="en-GB")).page  # a browser of its own
    for name in ("ann", "bob"):
        await page.goto(url)
        await page.get_by_label("Name").fill(name)
        await page.get_by_label("Password").fill("correct horse")
        await page.get_by_role("button", name="Log in").click()
        await page.wait_for_selector("#kept nav", state="attached")
        await page.wait_for_timeout(300)
        assert await page.input_value("#question textarea") == ""
        await page.fill("#question textarea", "A secret of mine")
        await page.get_by_role("link", name="Log out").click()
        await page.get_by_role("button", name="Log out").click()
        await page.get_by_label("Name").wait_for()


async def test_right_to_left_words_run_from_the_right_in_the_box_and_in_lists(
    chat: Any, watch: Any, asking: Any
) -> None:
    page = await (await watch(**PHONE)).open(chat.url)
    await page.fill("#question textarea", "متى يفتح الميناء؟ (2024)")
    box = await page.evaluate(
        "(() => { const { unicodeBidi, textAlign } = getComputedStyle(document.querySelector('#question textarea'));"
        " return [unicodeBidi, textAlign]; })()"
    )
    assert box == ["plaintext", "start"]
    chat.script.reply = lambda r: [f"- قال الوزير إن الميناء سيفتح [1].\n- {r.evidence.sentences[0].text} [1]"]
    await asking(page, QUESTION)
    text, right, left = await page.evaluate(
        "[...document.querySelectorAll('.words, .words li')].map((part) => part.getBoundingClientRect())"
        ".map(({ left, right }) => [left, right])"
    )
    assert right[0] == text[0]
    assert right[1] < text[1] - 10  # the bullet has its place there
    assert left[0] > text[0] + 10
    assert left[1] == text[1]


async def test_a_finger_meets_a_number_that_is_smaller_than_it(chat: Any, watch: Any, asking: Any) -> None:
    page = await (await watch(**PHONE)).open(chat.url)
    await asking(page, QUESTION)
    met = """
    () => [...document.querySelectorAll('.words button.cite')].map((number) => {
      const { left, right, top, bottom } = number.getBoundingClientRect();
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      return [[x, y - 12], [x, y + 12], [x - 11, y], [x + 11, y]]
        .every(([across, down]) => document.elementFromPoint(across, down)?.closest('button') === number);
    })
    """
    assert await page.evaluate(met) == [True, True]
    small = (
        "[...document.querySelectorAll('.entry .actions button')].filter((b) => b.offsetHeight && b.offsetHeight < 36)"
    )
    assert await page.evaluate(f"{small}.length") == 0


@pytest.mark.parametrize("width", [320, 390])
async def test_words_without_end_make_no_part_of_it_wider_than_a_phone(
    width: int, tmp_path: Path, served: Callable[..., str], watch: Any, asking: Any
) -> None:
    long = "Donaudampfschifffahrtsgesellschaft" * 8
    text = f"The minister, Ann {long}, said on Monday that the port of {long} reopened. Ships had waited for a week."
    with Store.open(tmp_path / "store") as store:
        store.add(
            Article(
                id=f"{long}{number}",
                title=f"Port {long}{number}",
                source=f"{long}{number}",
                authors=(long,),
                url=f"https://{'a' * 60}.example/{long}",
                published=f"2024-03-0{number}",
                text=f"{text} It was the {number}. time.",
            )
            for number in (1, 2, 3)
        )
        url = served(Assistant.open(store, model="extractive"))
        page = await (await watch(**{**PHONE, "viewport": {"width": width, "height": 700}})).open(url)
        await asking(page, f"When did the port of {long} reopen?")
        for view in await page.locator(".view:not([open]) summary").all():
            await view.tap()
        assert await page.evaluate(OUTSIDE) == []
        number = page.locator("button.cite").first
        await number.tap()
        await page.locator("#card").wait_for()
        assert await page.evaluate(OUTSIDE) == []
        await page.keyboard.press("Escape")
        await page.locator(".actions button[data-action=show]").tap()
        await page.wait_for_selector("#sources mark", state="visible")
        await page.locator(".retrieved summary").tap()
        assert await page.evaluate(OUTSIDE) == []
        await page.locator("#sources .number").first.tap()
        frame = await (await page.wait_for_selector("#reader iframe")).content_frame()
        await frame.wait_for_selector("mark.addressed")
        await frame.fill("#find", "port")
        assert await page.evaluate(OUTSIDE) == []
        assert await frame.evaluate(OUTSIDE) == []
        cut = "[...document.querySelectorAll('.bar button')].filter((one) => one.scrollWidth > one.clientWidth)"
        assert await frame.evaluate(f"{cut}.length") == 0
        await page.close()
