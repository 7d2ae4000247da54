"""In a browser that finds several names at this machine: only the chat's own page may act for the reader."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from pytest_httpserver import HTTPServer
from stores import WordEncoder

from assistant.pipeline.assistant import Assistant
from assistant.web.auth.users import add_user
from ingest.article import Article
from tests.helpers.chromium import CHROMIUM, MISSING
from vectorstore.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NEWS, BLOG, EVIL = "news.corp.example", "blog.corp.example", "evil.example"
PASSWORD = "correct horse"

#: What a page of somebody else tries: to read, to call, to do so without asking first, to upload, to log in and out.
ATTACK = """
async (chat) => {
  const tried = {};
  const attempt = async (name, path, options = {}) => {
    try {
      const answer = await fetch(chat + path, { credentials: 'include', ...options });
      tried[name] = answer.type === 'opaque' ? 'unreadable' : answer.status;
    } catch { tried[name] = 'unreadable'; }
  };
  const call = JSON.stringify({ data: [null], fn_index: 0, session_hash: 'theirs' });
  const json = { 'content-type': 'application/json' };
  const form = new FormData();
  form.append('files', new Blob(['The storm came.']), 'storm.txt');
  const login = new URLSearchParams({ username: 'ann', password: 'correct horse' });
  await attempt('read', '/config');
  await attempt('call', '/gradio_api/queue/join', { method: 'POST', headers: json, body: call });
  await attempt('simple call', '/gradio_api/queue/join', { method: 'POST', mode: 'no-cors', body: call });
  await attempt('stream', '/gradio_api/queue/data?session_hash=theirs');
  await attempt('upload', '/gradio_api/upload', { method: 'POST', mode: 'no-cors', body: form });
  await attempt('log in', '/login', { method: 'POST', mode: 'no-cors', body: login });
  await attempt('log out', '/logout', { method: 'POST', mode: 'no-cors' });
  return tried;
}
"""


@dataclass(frozen=True, slots=True)
class Site:
    """A chat that is served at ``port`` of this machine."""

    port: int
    auth: bool
    store: Store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("sites") / "store", encoder=WordEncoder()) as store:
        store.add([Article.from_record({"id": "a", "title": "Storm", "text": "The storm came on Monday."})])
        yield store


@pytest.fixture(scope="module")
def sites(store: Store, served: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Site]:
    """Without and with a login."""
    users = tmp_path_factory.mktemp("users") / "users.txt"
    add_user(users, "ann", PASSWORD)
    found = {}
    for auth in (None, users):
        url = served(Assistant.open(store, model="extractive"), auth=auth, allowed_hosts=(NEWS,))
        found[auth is not None] = Site(urlsplit(url).port or 0, auth is not None, store)
    return found


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def browser() -> AsyncIterator[Any]:
    """A browser for which every name of ``.example`` is this machine."""
    if CHROMIUM is None:
        pytest.skip(MISSING)
    from playwright.async_api import async_playwright

    rules = "--host-resolver-rules=MAP *.example 127.0.0.1"
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu", rules]
        )
        yield launched
        await launched.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Any) -> AsyncIterator[Any]:
    context = await browser.new_context()
    opened = await context.new_page()
    opened.set_default_timeout(30_000)
    yield opened
    await context.close()


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[HTTPServer]:
    """Somebody else's pages, at another port of whatever name."""
    with HTTPServer(host="127.0.0.1", port=0) as server:
        server.expect_request("/").respond_with_data("<title>Nice pictures</title>", content_type="text/html")
        yield server


async def log_in(page: Any, chat: str) -> None:
    await page.goto(chat)
    await page.get_by_label("Name").fill("ann")
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("button", name="Log in").click()
    await page.wait_for_selector("#question textarea")


@pytest.mark.parametrize("auth", [False, True], ids=["open", "login"])
@pytest.mark.parametrize(
    ("name", "other"),
    [(NEWS, BLOG), (NEWS, EVIL), ("localhost", "localhost"), ("localhost", EVIL)],
    ids=["same site", "cross site", "another port", "loopback"],
)
async def test_another_page_neither_reads_nor_does_anything(
    auth: bool, name: str, other: str, sites: dict[bool, Site], elsewhere: HTTPServer, page: Any
) -> None:
    site = sites[auth]
    chat = f"http://{name}:{site.port}"
    if auth:
        await log_in(page, chat)
    answers: list[tuple[str, str, int]] = []
    await page.goto(f"http://{other}:{elsewhere.port}/")
    page.on("response", lambda got: answers.append((got.request.method, urlsplit(got.url).path, got.status)))
    tried = await page.evaluate(ATTACK, chat)
    assert set(tried.values()) == {"unreadable"}
    ours = [(method, path, status) for method, path, status in answers if method != "OPTIONS"]
    assert {path for _, path, _ in ours} >= {"/gradio_api/queue/join", "/gradio_api/upload", "/login", "/logout"}
    assert {status for _, _, status in ours} == {403}
    if auth:  # and nobody was logged out
        await page.goto(f"{chat}/config")
        assert urlsplit(page.url).path == "/config"


async def test_a_foreign_form_cannot_be_sent_to_the_chat(
    sites: dict[bool, Site], elsewhere: HTTPServer, page: Any
) -> None:
    await page.goto(f"http://{EVIL}:{elsewhere.port}/")
    await page.evaluate(
        """action => {
          document.body.innerHTML = `<form method=post action=${action}><input name=username value=eve></form>`;
        }""",
        f"http://{NEWS}:{sites[True].port}/login",
    )
    async with page.expect_navigation() as going:
        await page.evaluate("document.forms[0].submit()")
    assert (await (await going.value).request.response()).status == 403


@pytest.mark.parametrize("auth", [False, True], ids=["open", "login"])
async def test_a_name_that_is_made_to_lead_here_gets_nothing(auth: bool, sites: dict[bool, Site], page: Any) -> None:
    chat = f"http://{EVIL}:{sites[auth].port}"  # to the browser it is one origin with what it finds there
    answer = await page.goto(chat)
    assert answer.status == 403
    tried = await page.evaluate(ATTACK, chat)
    assert set(tried.values()) <= {403, "unreadable"}
    assert tried["read"] == tried["call"] == 403


@pytest.mark.parametrize("auth", [False, True], ids=["open", "login"])
@pytest.mark.parametrize("name", [NEWS, "127.0.0.1"])
async def test_its_own_page_works_by_each_of_its_names(
    auth: bool, name: str, sites: dict[bool, Site], page: Any
) -> None:
    chat = f"http://{name}:{sites[auth].port}"
    if auth:
        await log_in(page, chat)
    else:
        await page.goto(chat)
    await page.get_by_role("link", name="Archive").click()
    await page.locator("#archive-list li").first.wait_for()
    if auth:
        await page.goto(f"{chat}/logout")
        await page.get_by_role("button", name="Log out").click()
        await page.get_by_label("Password").wait_for()


async def test_a_link_on_another_page_leads_to_the_chat(
    sites: dict[bool, Site], elsewhere: HTTPServer, page: Any
) -> None:
    await page.goto(f"http://{EVIL}:{elsewhere.port}/")
    await page.evaluate("to => { location.href = to; }", f"http://{NEWS}:{sites[False].port}/article?id=a")
    await page.get_by_text("The storm came on Monday.").wait_for()
