"""A chat that is really served and a browser that really opens it; only the model's words are a test's."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from chatting import Request

from assistant.answerers.base import Piece
from assistant.citing.evidence import Evidence
from assistant.errors import ModelError
from assistant.question.query import Query
from tests.helpers.chromium import ARGUMENTS, CHROMIUM, MISSING
from vectorstore.store import Store

#: Seconds that a test waits for what must come. A machine may be busy with much else; a test that passes waits less.
PATIENCE = 90
#: In a scripted reply: wait until the test says "go on".
HOLD = "\0hold"

Reply = Callable[[Request], Iterable[Piece | ModelError]]


@dataclass
class Script:
    """An answerer whose words a test writes. Without a reply it cites the first two sentences that it sees."""

    name: str = "scripted-model"
    prompt: str | None = None
    reply: Reply | None = None
    requests: list[Request] = field(default_factory=list)
    holding: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)
    closed: threading.Event = field(default_factory=threading.Event)

    async def stream(self, query: Query, evidence: Evidence) -> AsyncGenerator[Piece, None]:
        request = Request(query=query, evidence=evidence)
        self.requests.append(request)
        try:
            for piece in (self.reply or quote_two)(request):
                if isinstance(piece, ModelError):
                    raise piece
                if piece == HOLD:
                    self.holding.set()
                    while not self.go_on.is_set():
                        await asyncio.sleep(0.005)
                else:
                    yield piece
        finally:
            self.closed.set()

    def say(self, *pieces: Piece | ModelError) -> None:
        """Answer the next questions with these pieces."""
        self.reply = lambda request: pieces

    def reset(self) -> None:
        """As if nothing had been scripted or asked."""
        self.reply = None
        self.requests.clear()
        for event in (self.holding, self.go_on, self.closed):
            event.clear()


def quote_two(request: Request) -> Iterator[Piece]:
    """The first two sentences of the context, word for word."""
    for sentence in request.evidence.sentences[:2]:
        yield f"{sentence.text} [{sentence.number}] "


@dataclass
class Chat:
    """A chat that is being served."""

    url: str
    script: Script


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of the bundled sample articles."""
    from ingest.read import read
    from ingest.samples import folder

    with Store.open(tmp_path_factory.mktemp("web") / "store") as store:
        store.add(read(sorted(folder().glob("*.md"))))
        yield store


@pytest.fixture(scope="session")
def served(request: pytest.FixtureRequest) -> Callable[..., str]:
    """Serves an assistant until the tests are over; gives its address."""
    from assistant.web.app import ServerOptions, serve

    def start(assistant: Any, others: Any = (), **options: Any) -> str:
        stop, ready = threading.Event(), threading.Event()
        found: list[str] = []

        def on_ready(url: str) -> None:
            found.append(url)
            ready.set()

        async def inside_a_loop() -> None:
            # Gradio makes event loops that it never closes where none is running.
            serve(
                assistant,
                ServerOptions(port=0, open_browser=False, **options),
                others=others,
                on_ready=on_ready,
                stop=stop,
                report=lambda line: None,
            )

        thread = threading.Thread(target=lambda: asyncio.run(inside_a_loop()))
        thread.start()
        request.addfinalizer(lambda: thread.join(20))
        request.addfinalizer(stop.set)
        assert ready.wait(30), "the chat did not start"
        return found[0]

    return start


@pytest.fixture(scope="session")
def running_chat(samples: Store, served: Callable[..., str]) -> Chat:
    """The chat over the samples, with a scripted model."""
    from assistant.pipeline.assistant import Assistant

    script = Script()
    return Chat(url=served(Assistant(samples, script, threshold=0.05), as_of=dt.date(2015, 5, 20)), script=script)


@pytest.fixture
def chat(running_chat: Chat) -> Iterator[Chat]:
    """The chat over the samples, with nothing scripted yet."""
    running_chat.script.reset()
    yield running_chat
    running_chat.script.go_on.set()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Any]:
    """A browser."""
    if CHROMIUM is None:
        pytest.skip(MISSING)
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        await browser.close()


@dataclass
class Watched:
    """A page, and what it did that no page of ours should."""

    page: Any
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    async def open(self, url: str) -> Any:
        """Open the chat and wait until it can be used."""
        await self.page.goto(url)
        await self.page.wait_for_selector("#question textarea")
        return self.page

    def elsewhere(self, url: str) -> list[str]:
        """The requests that went anywhere but to ``url``."""
        return [r for r in self.requests if not r.startswith((f"{url}/", "data:", f"blob:{url}/"))]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def desktop(chromium: Any) -> AsyncIterator[Any]:
    """What most pages are opened in, so that Gradio's files are fetched once."""
    context = await chromium.new_context(viewport={"width": 1280, "height": 860})
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def watch(chromium: Any, desktop: Any) -> AsyncIterator[Callable[..., Any]]:
    """Opens pages that are watched; afterwards nothing untoward must have happened on any of them."""
    contexts: list[Any] = []
    pages: list[Watched] = []

    async def new(**options: Any) -> Watched:
        context = desktop
        if options:
            context = await chromium.new_context(**{"viewport": {"width": 1280, "height": 860}, **options})
            contexts.append(context)
        watched = Watched(await context.new_page())
        pages.append(watched)
        watched.page.on("request", lambda request: watched.requests.append(request.url))
        watched.page.on("pageerror", lambda error: watched.errors.append(str(error)))

        async def dismiss(dialog: Any) -> None:
            watched.dialogs.append(dialog.message)
            await dialog.dismiss()

        watched.page.on("dialog", dismiss)
        watched.page.set_default_timeout(PATIENCE * 1000)
        return watched

    yield new
    for watched in pages:
        await watched.page.close()
    for context in contexts:
        await context.close()
    for watched in pages:
        assert watched.dialogs == []
        assert watched.errors == []


async def ask(page: Any, question: str, *, finish: bool = True) -> None:
    """Ask, and wait until it is answered."""
    before = await page.locator("#conversation .entry").count()
    await page.fill("#question textarea", question)
    await page.press("#question textarea", "Enter")
    if finish:
        await answered(page, before + 1)


async def answered(page: Any, count: int = 1) -> None:
    """Wait until there are ``count`` finished entries and none in the making, and another can be asked."""
    await page.wait_for_function(
        "count => document.querySelectorAll('#conversation .entry').length === count"
        " && !document.querySelector('#live .entry')"
        " && document.querySelector('#question .submit-button')",
        arg=count,
    )


async def delay(page: Any, *seconds: float) -> None:
    """Let what the page sends take so long on its way to the chat: the first, the second, …; the last counts on."""
    waits = list(seconds)

    async def hold_up(route: Any) -> None:
        await asyncio.sleep(waits.pop(0) if len(waits) > 1 else waits[0])
        await route.continue_()

    await page.route("**/gradio_api/queue/join*", hold_up)


@pytest.fixture
def delayed() -> Callable[..., Any]:
    """Makes a page's way to the chat slow."""
    return delay


@pytest.fixture
def asking() -> Callable[..., Any]:
    """Asks a question on a page."""
    return ask


@pytest.fixture
def until_answered() -> Callable[..., Any]:
    """Waits for finished entries."""
    return answered


@pytest.fixture
def hold() -> str:
    """What a scripted reply waits at."""
    return HOLD
