"""Whatever an archive, a question or a model holds, the page shows it as text: nothing runs, nothing is loaded.

The pages are opened without the content policy that is sent with them, so that what keeps them safe is their markup.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from paths import XSS

from assistant.errors import ModelError
from assistant.types import (
    Abstention,
    Answer,
    AnswerReady,
    Citation,
    Event,
    NearestArticle,
    Notice,
    PassagesFound,
    Statement,
    Support,
    TextDelta,
    UsedPassage,
)
from ingest.article import Article, Span
from vectorstore.archive.passage import Passage, Scores
from vectorstore.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


OURS = [
    "<script>window.__pwned = 1</script>",
    '<img src=x onerror="window.__pwned = 1">',
    '<img src="https://evil.example/pixel.png">',
    "![pixel](https://evil.example/pixel.png)",
    "[click me](javascript:window.__pwned=1)",
    '<a href="javascript:window.__pwned=1">click me</a>',
    '"><svg onload=window.__pwned=1>',
    "' autofocus onfocus='window.__pwned=1",
    '" tabindex=1 autofocus onfocus="window.__pwned=1',
    '<iframe srcdoc="<script>parent.__pwned=1</script>"></iframe>',
    '<object data="data:text/html,<script>parent.__pwned=1</script>"></object>',
    '<form action="https://evil.example"><input autofocus onfocus=window.__pwned=1></form>',
    "<style>@import url(https://evil.example/x.css); * { display: none }</style>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    '<meta http-equiv=refresh content="0;url=https://evil.example">',
    "<base href=https://evil.example/>",
    "<details open ontoggle=window.__pwned=1>x</details>",
    "</mark></blockquote></li></ol></section><script>window.__pwned=1</script>",
    "</textarea><script>window.__pwned=1</script>",
    "</title><script>window.__pwned=1</script>",
    "${window.__pwned = 1}",
    "`${window.__pwned = 1}`",
    "{{window.__pwned}}{{#each this}}{{lookup .. 'constructor'}}{{/each}}",
    "@children",
    "$$\\href{javascript:window.__pwned=1}{x}$$ \\(\\url{https://evil.example}\\)",
    "&lt;script&gt;window.__pwned=1&lt;/script&gt;",
    "&#60;img src=x onerror=window.__pwned=1&#62;",
    "<!-- --!><script>window.__pwned=1</script> -->",
    "<scr\x00ipt>window.__pwned=1</scr\x00ipt>",
    "\u202e<script>window.__pwned=1</script>\u202c",
    "https://evil.example/auto-link www.evil.example evil@example.org",
    "![x][1]\n\n[1]: https://evil.example/reference.png",
    '<a href="data-action" data-action="ask" data-value="x">x</a>',
]
ADDRESSES = [
    "javascript:window.__pwned=1",
    "JAVASCRIPT:window.__pwned=1//https://",
    "data:text/html,<script>window.__pwned=1</script>",
    'https://evil.example/" onmouseover="window.__pwned=1',
    "https://evil.example/'onclick='window.__pwned=1",
    "//evil.example",
    "https://news.example/fine",
]
FORBIDDEN = (
    "script, img, iframe, svg, object, embed, form, link, meta, base, style, input, video, audio, math, template"
)

ACTIONS = {"ask", "show", "close", "copy", "retry", "edit", "rate", "comment", "reopen", "rename", "export", "delete"}
ACTIONS |= {"filters", "unset"}


@dataclass
class Hostile:
    """An assistant whose every word was written by somebody who means harm. ``payloads`` is what it says next."""

    store: Store
    answerer: Any
    payloads: Sequence[str] = ()
    mode: str = "answer"
    asked: list[str] = field(default_factory=list)

    def close(self) -> None:
        """Nothing is open but the store, which is a fixture's."""

    async def astream(
        self, question: str, history: Any = (), *, as_of: dt.date | None = None, **limits: Any
    ) -> AsyncIterator[Event]:
        self.asked.append(question)
        passages = [_passage(i, payload) for i, payload in enumerate(self.payloads)]
        citations = tuple(_citation(i, payload) for i, payload in enumerate(self.payloads))
        everything = " | ".join(self.payloads)
        yield PassagesFound(
            standalone_question=everything, passages=tuple(passages), articles=len(passages), milliseconds=1.0
        )
        yield Notice(text=everything)
        for citation in citations:
            yield TextDelta(text=f"{citation.quote} [{citation.number}]\n", citations=(citation,))
        if self.mode == "error":
            raise ModelError(everything, remedy=everything)
        answer = Answer(
            id="<b>",
            question=question,
            standalone_question=everything,
            as_of=as_of or dt.date(2020, 1, 1),
            text="\n".join(f"{c.quote} [{c.number}]" for c in citations),
            statements=tuple(_statement(c) for c in citations),
            citations=citations,
            passages=tuple(UsedPassage(passage=p, used=True) for p in (*passages, *_more(self.payloads))),
            notices=(everything,),
            model=self.payloads[0],
        )
        if self.mode == "abstain":
            nearest = tuple(
                NearestArticle(article_id=p, title=p, url=ADDRESSES[i % 7], source=p, published=None)
                for i, p in enumerate(self.payloads)
            )
            abstention = Abstention(reason=everything, nearest=nearest, date_from=None, date_to="2020-01-01")
            answer = Answer(
                id="x",
                question=question,
                standalone_question=everything,
                as_of=answer.as_of,
                text=everything,
                abstention=abstention,
                passages=answer.passages,
                notices=(everything,),
            )
        yield AnswerReady(answer=answer)


def _passage(i: int, payload: str) -> Passage:
    text = f"Before.\n\n{payload} And after {payload}"
    return Passage(
        article_id=f"{i}{payload}",
        ordinal=0,
        span=Span(0, len(text)),
        sentences=(Span(9, 9 + len(payload)),),
        text=text,
        title=payload,
        url=ADDRESSES[i % len(ADDRESSES)],
        source=payload,
        authors=(payload,),
        published=None,
        score=1.0,
        rank=i + 1,
        scores=Scores(),
    )


def _more(payloads: Sequence[str]) -> list[Passage]:
    """Passages that are not cited."""
    return [_passage(-1 - i, payload) for i, payload in enumerate(payloads[:40])]


def _citation(i: int, payload: str) -> Citation:
    return Citation(
        number=i + 1,
        article_id=f"{i}{payload}",
        title=payload,
        url=ADDRESSES[i % len(ADDRESSES)],
        source=payload,
        published=None,
        start=9,
        end=9 + len(payload),
        quote=payload,
        speaker=payload,
    )


def _statement(citation: Citation) -> Statement:
    support = (Support.PARTIAL, Support.UNSUPPORTED)[citation.number % 2]
    return Statement(
        text=" ".join(citation.quote.split()), citations=(citation.number,), support=support, reason=citation.quote
    )


@dataclass
class Named:
    """An answerer's name, which the page shows."""

    name: str = "<img src=x onerror=window.__pwned=1>"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, served: Callable[..., str]) -> Iterator[tuple[Hostile, str]]:
    """A hostile assistant over an archive of hostile headlines, served."""
    with Store.open(tmp_path_factory.mktemp("hostile") / "store") as store:
        store.add(
            Article(id=f"{i}", title=f"Evil {payload} of Mordovia", source=payload, text=f"Words. {payload}")
            for i, payload in enumerate(OURS)
        )
        assistant = Hostile(store, Named())
        yield assistant, served(assistant)


async def inert(page: Any, scripts: int) -> None:
    """Nothing of what was shown has become markup, and none of it has run."""
    assert await page.evaluate("window.__pwned === undefined")
    found = await page.evaluate(
        """(forbidden) => {
          const parts = '#conversation, #live, #suggested, #sources, #name, #kept, #said, #filter-bar';
          const ours = `:is(${parts}) .html-container > div`;
          const inside = [...document.querySelectorAll(`${ours} *`)];
          return {
            forbidden: inside.filter((element) => element.matches(forbidden)).map((element) => element.outerHTML),
            handlers: inside.flatMap((element) => element.getAttributeNames()).filter((name) => name.startsWith('on')),
            styles: inside.filter((element) => element.hasAttribute('style')).length,
            links: [...new Set(inside.filter((e) => e.tagName === 'A').map((a) => a.getAttribute('href')))],
            actions: [...new Set(inside.map((e) => e.dataset.action).filter(Boolean))],
            scripts: document.scripts.length,
          };
        }""",
        FORBIDDEN,
    )
    assert found["forbidden"] == []
    assert found["handlers"] == []
    assert found["styles"] == 0
    outside = [link for link in found["links"] if not re.match(r"article\?id=[\w%.~+-]+[&\w=#-]*$", link)]
    assert set(outside) <= {"https://news.example/fine"}
    assert set(found["actions"]) <= ACTIONS
    assert found["scripts"] == scripts


async def show(
    page: Any,
    assistant: Hostile,
    payloads: Sequence[str],
    asking: Any,
    until_answered: Any,
    modes: Sequence[str] = ("abstain", "answer"),
) -> None:
    """Let these payloads be everything that can be shown, in every way in which it can be."""
    scripts = await page.evaluate("document.scripts.length")
    assistant.payloads = payloads
    before = await page.locator("#conversation .entry").count()
    for i, mode in enumerate(modes):
        assistant.mode = mode
        # Too long to be asked, some of them: a question is shown whatever becomes of it.
        await asking(page, "\n".join(payloads) if mode != "answer" else "What now?", finish=False)
        await until_answered(page, before + i + 1)
        await inert(page, scripts)
    shown = await page.evaluate("[...document.querySelectorAll('#sources mark')].map((mark) => mark.textContent)")
    assert shown == [_visible(payload) for payload in payloads]
    titles = await page.locator("#sources .cited h3").all_text_contents()
    assert titles == shown
    reasons = await page.locator(".entry:last-child .flag").count()
    assert reasons > 0


def _visible(payload: str) -> str:
    return re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]", "", payload)


async def test_our_own_payloads_stay_text_everywhere(
    hostile: tuple[Hostile, str], watch: Any, asking: Any, until_answered: Any
) -> None:
    assistant, url = hostile
    watched = await watch(bypass_csp=True)
    page = await watched.open(url)
    assert "Answers are written by <img" in await page.inner_text("#model")
    await show(page, assistant, OURS, asking, until_answered, ("error", "abstain", "answer"))
    await page.locator("button.cite").first.click()
    await page.frame_locator("#reader iframe").get_by_text("This article is not here").wait_for()
    await page.get_by_role("button", name="Close the article").click()
    await page.locator("#sources summary").click()
    await page.locator(".flag").last.hover()
    await inert(page, await page.evaluate("document.scripts.length"))
    assert watched.elsewhere(url) == []


async def test_a_hostile_question_stays_text_in_the_box_that_it_is_edited_in(
    hostile: tuple[Hostile, str], watch: Any, asking: Any
) -> None:
    assistant, url = hostile
    assistant.payloads, assistant.mode = OURS, "abstain"
    page = await (await watch(bypass_csp=True)).open(url)
    await asking(page, OURS[1])
    await page.get_by_role("button", name="Edit question").click()
    await page.wait_for_selector(".entry.is-edited")
    assert await page.input_value("#question textarea") == OURS[1]
    assert await page.evaluate("window.__pwned === undefined")


@pytest.mark.skipif(not XSS.exists(), reason="needs ../shared/data/adversarial, which is not here")
@pytest.mark.timeout(600)
async def test_every_known_payload_stays_text_everywhere(
    hostile: tuple[Hostile, str], watch: Any, asking: Any, until_answered: Any
) -> None:
    assistant, url = hostile
    payloads = [line for line in XSS.read_text(encoding="utf-8").splitlines() if line.strip()]
    for start in range(0, len(payloads), 500):
        watched = await watch(bypass_csp=True)
        page = await watched.open(url)
        await show(page, assistant, payloads[start : start + 500], asking, until_answered)
        assert watched.elsewhere(url) == []
        await page.close()
