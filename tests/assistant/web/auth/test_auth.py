"""Behind a login: nothing is served to whoever is not logged in, and nobody sees what another one asked."""

from __future__ import annotations

import asyncio
import http.client
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from assistant.pipeline.assistant import Assistant
from assistant.web.auth.guard import COOKIE
from assistant.web.auth.sessions import PAIR_LIMIT
from assistant.web.auth.users import add_user
from vectorstore.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

QUESTION = "What does Russia say caused the freeze?"
PASSWORDS = {"ann": "correct horse", "bob": "battery staple"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
PAGE = {"accept": "text/html"}
ARTICLE = "/article?id=moscow-blames-washington"

#: One of every kind of route: pages, this program's own, Gradio's files, its API, and what it serves to everybody.
GUARDED = [
    "/",
    ARTICLE,
    "/reader.js",
    "/config",
    "/theme.css",
    "/logout",
    "/manifest.json",
    "/login/",
    "//",
    "/gradio_api/info",
    "/gradio_api/openapi.json",
    "/gradio_api/app_id",
    "/gradio_api/token",
    "/gradio_api/queue/data?session_hash=x",
    "/gradio_api/heartbeat/x",
    "/gradio_api/file=/etc/hostname",
    "/gradio_api/startup-events/../info",
    "/static/fonts/IBMPlexSans/IBMPlexSans-Regular.woff2",
]


@dataclass(frozen=True, slots=True)
class Guarded:
    """A chat that asks for a password."""

    url: str
    script: Any
    users: Path


@pytest.fixture(scope="session")
def running_guarded(
    samples: Store, running_chat: Any, served: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> Guarded:
    folder = tmp_path_factory.mktemp("guarded")
    for name, password in PASSWORDS.items():
        add_user(folder / "users.txt", name, password)
    script = type(running_chat.script)()
    url = served(
        Assistant(samples, script, threshold=0.05), auth=folder / "users.txt", conversations=folder / "kept.sqlite"
    )
    return Guarded(url, script, folder / "users.txt")


@pytest.fixture
def guarded(running_guarded: Guarded) -> Iterator[Guarded]:
    running_guarded.script.reset()
    yield running_guarded
    running_guarded.script.go_on.set()


def send(
    url: str, path: str, method: str = "GET", body: str | None = None, headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, found, answer.read().decode()
    finally:
        connection.close()


def log_in(url: str, name: str, password: str, query: str = "", **headers: str) -> tuple[int, dict[str, str], str]:
    form = urlencode({"username": name, "password": password})
    return send(url, f"/login{query}", "POST", form, {**FORM, **headers})


def token_of(url: str, name: str) -> str:
    """A login as the header that sends it."""
    cookie = log_in(url, name, PASSWORDS[name])[1]["set-cookie"]
    return cookie.split(";")[0]


async def log_in_page(page: Any, name: str, password: str = "") -> None:
    await page.get_by_label("Name").fill(name)
    await page.get_by_label("Password").fill(password or PASSWORDS[name])
    await page.get_by_role("button", name="Log in").click()


@pytest.mark.parametrize("path", GUARDED)
async def test_nothing_is_served_without_a_login(path: str, guarded: Guarded) -> None:
    assert send(guarded.url, path)[0] in {401, 303}
    assert send(guarded.url, path, headers={"cookie": f"{COOKIE}=guess"})[0] in {401, 303}


@pytest.mark.parametrize("path", ["queue/join", "run/ask", "call/ask", "upload", "cancel", "reset", "component_server"])
async def test_nothing_is_taken_without_a_login(path: str, guarded: Guarded) -> None:
    call = json.dumps({"data": [QUESTION, ""], "session_hash": "x", "fn_index": 0})
    status, _, said = send(guarded.url, f"/gradio_api/{path}", "POST", call, {"content-type": "application/json"})
    assert (status, json.loads(said)) == (401, {"detail": "you are not logged in; reload the page to log in"})
    assert guarded.script.requests == []


async def test_the_login_says_the_same_of_a_wrong_name_and_a_wrong_password(guarded: Guarded) -> None:
    wrong = log_in(guarded.url, "ann", "guess")
    assert wrong[0] == 401
    assert wrong[2] == log_in(guarded.url, "nobody", "guess")[2]
    assert "set-cookie" not in wrong[1]


async def test_the_cookie_says_nothing_is_limited_and_out_of_reach_of_scripts_and_other_sites(guarded: Guarded) -> None:
    cookie = log_in(guarded.url, "ann", PASSWORDS["ann"])[1]["set-cookie"]
    assert "ann" not in cookie
    assert {"HttpOnly", "SameSite=lax", "Max-Age=86400", "Path=/"} <= set(cookie.split("; "))
    assert log_in(guarded.url, "ann", PASSWORDS["ann"], **{"sec-fetch-site": "cross-site"})[0] == 403


@pytest.mark.parametrize(
    ("wanted", "led"),
    [
        (ARTICLE.removeprefix("/"), ARTICLE.removeprefix("/")),
        ("?conversation=x", "?conversation=x"),
        ("//evil.example", "./"),
        ("https://evil.example", "./"),
        ("javascript:alert(1)", "./"),
        ("article\\evil", "./"),
        ("logout", "./"),
    ],
)
async def test_a_login_leads_to_what_was_wanted_and_never_to_another_site(
    wanted: str, led: str, guarded: Guarded
) -> None:
    query = f"?{urlencode({'next': wanted})}"
    status, headers, _ = log_in(guarded.url, "ann", PASSWORDS["ann"], query, **PAGE)
    assert (status, headers["location"]) == (303, led)


async def test_after_some_failures_no_more_is_looked_at(samples: Store, running_guarded: Guarded, served: Any) -> None:
    url = served(Assistant(samples, running_guarded.script), auth=running_guarded.users)
    for _ in range(PAIR_LIMIT):
        assert log_in(url, "ann", "guess")[0] == 401
    status, headers, page = log_in(url, "ann", PASSWORDS["ann"], **PAGE)
    assert (status, headers["retry-after"]) == (429, "900")
    assert "Too many attempts. Try again in 15 minutes." in page


async def test_a_pages_session_belongs_to_the_user_who_began_it(guarded: Guarded) -> None:
    ann, bob = ({"cookie": token_of(guarded.url, name), "content-type": "application/json"} for name in PASSWORDS)
    call = json.dumps({"data": [], "fn_index": 0, "session_hash": "of-ann"})
    assert send(guarded.url, "/gradio_api/queue/join", "POST", call, ann)[0] != 403
    assert send(guarded.url, "/gradio_api/queue/join", "POST", call, bob)[0] == 403
    for path in ("queue/data?session_hash=of-ann", "heartbeat/of-ann"):
        assert send(guarded.url, f"/gradio_api/{path}", headers=bob)[0] == 403


async def test_two_people_see_nothing_of_each_other(
    guarded: Guarded, watch: Any, asking: Any, until_answered: Any, hold: str
) -> None:
    watched = [await watch(locale=locale) for locale in ("en-GB", "en-US")]  # a browser each
    pages = [each.page for each in watched]
    for page, name in zip(pages, PASSWORDS, strict=True):
        await page.goto(guarded.url)
        assert urlsplit(page.url).path == "/login"
        await log_in_page(page, name)
        await page.wait_for_selector("#question textarea")
    ann, bob = pages
    guarded.script.say("It begins ", hold, "and ends.")
    await asking(ann, QUESTION, finish=False)
    await ann.get_by_text("It begins").wait_for()
    conversation = ann.url
    assert "conversation=" in conversation
    await bob.goto(conversation)  # while it is being written
    await bob.get_by_text("That conversation cannot be opened").wait_for()
    assert await bob.get_by_text("It begins").count() == 0
    guarded.script.go_on.set()
    await until_answered(ann)
    await ann.get_by_role("button", name="Good answer").first.click()
    guarded.script.reset()
    await asking(bob, "How much will Corvane pay for Tellmark?")
    for page, own, other in ((ann, "freeze", "Corvane"), (bob, "Corvane", "freeze")):
        await page.reload()
        await page.wait_for_selector("#question textarea")
        kept = page.locator("#kept")
        await kept.get_by_text(own).first.wait_for(state="attached")
        assert other not in (await kept.inner_html())
        assert other not in await page.locator("#conversation").inner_text()
    await bob.goto(f"{guarded.url}/logout")
    await bob.get_by_role("button", name="Log out").click()
    await log_in_page(bob, "ann")  # it is the name that counts, not the browser
    await bob.locator("#kept").get_by_text("freeze").first.wait_for(state="attached")
    assert "Corvane" not in await bob.locator("#kept").inner_html()
    assert all(each.elsewhere(guarded.url) == [] for each in watched)


async def test_a_hostile_name_stays_text_on_the_page_to_log_in(guarded: Guarded, watch: Any) -> None:
    watched = await watch(locale="en-AU", bypass_csp=True)
    page = watched.page
    name = '"><img src=x onerror="window.__pwned=1">'
    await page.goto(guarded.url)
    await log_in_page(page, name, "guess at it")
    await page.get_by_role("alert").wait_for()
    assert await page.get_by_label("Name").input_value() == name
    assert await page.locator("img, script").count() == 0
    assert await page.evaluate("window.__pwned === undefined")
    assert watched.elsewhere(guarded.url) == []


async def test_on_a_phone_the_page_to_log_in_fits_and_the_keyboard_is_enough(guarded: Guarded, watch: Any) -> None:
    page = (await watch(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)).page
    await page.goto(guarded.url)
    await page.keyboard.type("W" * 60)  # the name has the focus
    for key in ("Tab", "x", "Enter"):
        await page.keyboard.press(key)
    await page.get_by_role("alert").wait_for()
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    assert await page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Control+A")
    await page.keyboard.type("ann")
    await page.keyboard.press("Tab")
    await page.keyboard.type("correct horse")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("#question textarea")
    assert await page.evaluate("document.documentElement.scrollWidth") == 390


async def test_the_reader_asks_for_the_login_and_opens_then_at_the_sentence(guarded: Guarded, watch: Any) -> None:
    watched = await watch(locale="en-NZ")
    page = watched.page
    await page.goto(f"{guarded.url}{ARTICLE}&start=0&end=20#here")
    await log_in_page(page, "ann", "guess at it")
    await page.get_by_role("alert").get_by_text("The name or the password is wrong.").wait_for()
    assert await page.get_by_label("Name").input_value() == "ann"
    await log_in_page(page, "ann")
    await page.locator("mark.addressed").wait_for()
    assert page.url == f"{guarded.url}{ARTICLE}&start=0&end=20#here"
    await page.goto(guarded.url)
    await page.get_by_role("link", name="Log out").click()
    await page.get_by_role("button", name="Log out").click()
    await page.get_by_label("Password").wait_for()
    await page.goto(f"{guarded.url}{ARTICLE}")
    assert urlsplit(page.url).path == "/login"
    assert watched.elsewhere(guarded.url) == []


async def test_a_program_logs_in_with_name_and_password(guarded: Guarded) -> None:
    from gradio_client import Client  # type: ignore[import-untyped]
    from gradio_client.exceptions import AuthenticationError  # type: ignore[import-untyped]

    def predict(**auth: tuple[str, str]) -> dict[str, Any]:
        client = Client(guarded.url, verbose=False, analytics_enabled=False, **auth)
        try:
            answer: dict[str, Any] = client.predict(question=QUESTION, api_name="/ask")
        finally:
            client.close()
        return answer

    answer = await asyncio.to_thread(predict, auth=("bob", PASSWORDS["bob"]))
    assert answer["question"] == QUESTION
    for wrong in ({}, {"auth": ("bob", "guess at it")}):
        with pytest.raises(AuthenticationError):
            await asyncio.to_thread(predict, **wrong)
