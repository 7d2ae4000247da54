"""Writes the pictures of the chat in ``docs/``: ``python -m tests.screenshots [NAME…]``.

The chat is the real one, over the bundled sample articles, with the answerer that needs no model.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from playwright.sync_api import sync_playwright

from assistant.pipeline.assistant import Assistant
from assistant.web.auth.users import add_user
from ingest.read import read
from ingest.samples import folder
from tests.helpers.chromium import ARGUMENTS, CHROMIUM
from vectorstore.store import Store

DOCS = Path(__file__).resolve().parents[1] / "docs"
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 860}}
TALL: dict[str, Any] = {"viewport": {"width": 1280, "height": 980}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
}

WIDE: dict[str, Any] = {"viewport": {"width": 1500, "height": 860}}

FREEZE = "What does Russia say caused the freeze?"
WASHINGTON = "And what does Washington say?"
UNANSWERED = "How many soldiers does NATO have in Poland?"
BLAME = "Who is to blame for the freeze, Russia or the United States?"
SOCHI = "What is the timeline of Kerry's visit to Sochi?"
SANCTIONS = "When could the sanctions be lifted?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture: what is asked, and what is clicked on or scrolled to in the last answer before it is taken."""

    name: str
    size: dict[str, Any]
    questions: tuple[str, ...] = ()
    clicked: str = ""
    shown: str = ""
    view: str = ""


PICTURES = (
    Picture(name="chat", size=TALL, questions=(FREEZE, WASHINGTON), clicked="button.cite"),
    Picture(name="chat-dark", size={**DESKTOP, "color_scheme": "dark"}, questions=(FREEZE,), clicked="button.cite"),
    Picture(name="chat-phone", size=PHONE, questions=(FREEZE,)),
    Picture(name="chat-abstention", size=DESKTOP, questions=(UNANSWERED,), clicked=".abstention"),
    Picture(name="accounts", size=TALL, questions=(BLAME,), shown=".accounts"),
    Picture(name="timeline", size=TALL, questions=(SOCHI,), shown=".timeline"),
    Picture(name="conversations", size=WIDE, questions=(FREEZE, WASHINGTON), view="conversations"),
    Picture(name="archive", size=TALL, view="archive"),
    Picture(name="reader", size=TALL, view="reader"),
    Picture(name="login", size=DESKTOP, view="login"),
)


def main() -> None:
    """Take every picture, or those that are named."""
    DOCS.mkdir(exist_ok=True)
    wanted = [picture for picture in PICTURES if not sys.argv[1:] or picture.name in sys.argv[1:]]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        for guarded in (False, True):
            pictures = [picture for picture in wanted if (picture.view == "login") is guarded]
            if not pictures:
                continue
            with served(guarded=guarded) as url:
                for picture in pictures:
                    with browser.new_context(**picture.size) as context:
                        take(context.new_page(), url, picture)
        browser.close()


def take(page: Any, url: str, picture: Picture) -> None:
    """Bring the page to where it is to be and write the picture; say so where what is to be shown is not there."""
    if picture.view == "reader":
        page.goto(f"{url}/article?{urlencode(cited_place(page, url))}")
    elif picture.view == "archive":
        page.goto(f"{url}/#archive")
        page.wait_for_selector("#archive-list li")
    elif picture.view == "login":
        page.goto(url)
        page.get_by_label("Name").fill("ann")
    elif picture.view == "conversations":
        for question in (UNANSWERED, SANCTIONS):
            ask(page, url, (question,))
        ask(page, url, picture.questions)
    else:
        ask(page, url, picture.questions)
    if picture.clicked:
        page.locator(f".entry:last-child {picture.clicked}").first.click()
        page.mouse.move(0, 0)
    if picture.shown:
        if not page.locator(picture.shown).count():
            print(f"{picture.name}: the answer has no {picture.shown}", file=sys.stderr)
            return
        page.locator(picture.shown).first.scroll_into_view_if_needed()
    page.evaluate("document.fonts.ready")
    file = DOCS / f"{picture.name}.png"
    page.screenshot(path=str(file), animations="disabled")
    print(file.relative_to(DOCS.parent))


def ask(page: Any, url: str, questions: tuple[str, ...]) -> None:
    """Ask the questions one after the other, in a conversation of their own."""
    page.goto(url)
    page.wait_for_selector(".welcome")
    for count, question in enumerate(questions, 1):
        page.fill("#question textarea", question)
        page.press("#question textarea", "Enter")
        page.wait_for_function(
            "count => document.querySelectorAll('#conversation .entry').length === count"
            " && !document.querySelector('#live .entry')",
            arg=count,
        )
        page.get_by_role("button", name="Ask", exact=True).wait_for()


def cited_place(page: Any, url: str) -> dict[str, str]:
    """The parameters of the reader's address for the last sentence that an answer cites, the others marked too."""
    ask(page, url, (FREEZE,))
    address = page.locator("button.cite").last.get_attribute("data-reader")
    return dict(parse_qsl(urlsplit(address).query))


@contextmanager
def served(*, guarded: bool = False) -> Iterator[str]:
    """The chat over the samples; gives its address.

    Args:
        guarded: whether it asks for a password.
    """
    from assistant.web.app import ServerOptions, serve

    ready, stop = threading.Event(), threading.Event()
    found: list[str] = []

    def on_ready(url: str) -> None:
        found.append(url)
        ready.set()

    async def run(assistant: Assistant, auth: Path | None) -> None:
        serve(
            assistant,
            ServerOptions(port=0, open_browser=False, as_of=dt.date(2015, 5, 20), auth=auth),
            on_ready=on_ready,
            stop=stop,
            report=lambda line: None,
        )

    with tempfile.TemporaryDirectory() as scratch:
        store = Store.open(Path(scratch) / "store")
        store.add(read(sorted(folder().glob("*.md"))))
        assistant = Assistant.open(store, model="extractive")
        users = Path(scratch) / "users.txt" if guarded else None
        if users is not None:
            add_user(users, "ann", "correct horse")
        thread = threading.Thread(target=lambda: asyncio.run(run(assistant, users)))
        thread.start()
        try:
            if not ready.wait(60):
                sys.exit("the chat did not start")
            yield found[0]
        finally:
            stop.set()
            thread.join()


if __name__ == "__main__":
    main()
