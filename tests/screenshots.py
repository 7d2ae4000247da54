"""Writes the pictures of the chat in ``docs/``: ``python -m tests.screenshots``.

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
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from assistant.chain import Assistant
from ingest.read import read
from ingest.samples import folder
from vectorstore.store import Store

DOCS = Path(__file__).resolve().parents[1] / "docs"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 860}}
TALL: dict[str, Any] = {"viewport": {"width": 1280, "height": 980}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
}

FREEZE = "What does Russia say caused the freeze?"
WASHINGTON = "And what does Washington say?"
UNANSWERED = "How many soldiers does NATO have in Poland?"


def main() -> None:
    """Take every picture."""
    DOCS.mkdir(exist_ok=True)
    with served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, options, questions, clicked in (
            ("chat", TALL, [FREEZE, WASHINGTON], "button.cite"),
            ("chat-dark", {**DESKTOP, "color_scheme": "dark"}, [FREEZE], "button.cite"),
            ("chat-phone", PHONE, [FREEZE], None),
            ("chat-abstention", DESKTOP, [UNANSWERED], ".abstention"),
        ):
            with browser.new_context(**options) as context:
                take(context.new_page(), url, DOCS / f"{name}.png", questions, clicked)
        browser.close()


def take(page: Any, url: str, file: Path, questions: list[str], clicked: str | None) -> None:
    """Ask the questions one after the other, click on something in the last answer, and write the picture."""
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
    if clicked:
        page.locator(f".entry:last-child {clicked}").first.click()
        page.mouse.move(0, 0)
    page.evaluate("document.fonts.ready")
    page.screenshot(path=str(file), animations="disabled")
    print(file.relative_to(DOCS.parent))


@contextmanager
def served() -> Iterator[str]:
    """The chat over the samples; gives its address."""
    from assistant.web.app import serve

    ready, stop = threading.Event(), threading.Event()
    found: list[str] = []

    def on_ready(url: str) -> None:
        found.append(url)
        ready.set()

    async def run(assistant: Assistant) -> None:
        day = dt.date(2015, 5, 20)
        serve(assistant, port=0, open_browser=False, as_of=day, on_ready=on_ready, stop=stop, report=lambda line: None)

    with tempfile.TemporaryDirectory() as scratch:
        store = Store.open(Path(scratch) / "store")
        store.add(read(sorted(folder().glob("*.md"))))
        assistant = Assistant.open(store, model="extractive")
        thread = threading.Thread(target=lambda: asyncio.run(run(assistant)))
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
