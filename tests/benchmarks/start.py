"""How fast the command line starts, as whole processes: ``assistant --help``, a first ``assistant ask``, and
``assistant chat`` until its page is there: until it is served, and, where there is a browser, until one can write into
the question's box.

Run: ``make bench-start``. The store is the bundled samples', ingested beforehand; the disk cache is warm.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.helpers.chromium import ARGUMENTS, CHROMIUM

RUNS = 7
COMMAND = Path(sys.executable).with_name("assistant")


def timed(arguments: list[str], environment: dict[str, str]) -> list[float]:
    """Seconds of ``RUNS`` runs, after one that warms up."""
    seconds = []
    for _ in range(RUNS + 1):
        started = time.perf_counter()
        subprocess.run([COMMAND, *arguments], env=environment, check=True, capture_output=True)
        seconds.append(time.perf_counter() - started)
    return seconds[1:]


def timed_chat(environment: dict[str, str], ready: Callable[[str], None]) -> list[float]:
    """Seconds from the command until ``ready``, which is given the page's address, returns."""
    seconds = []
    for _ in range(RUNS + 1):
        started = time.perf_counter()
        command = [COMMAND, "chat", "--no-open", "--port", "0"]
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        try:
            assert process.stdout is not None
            found = next(filter(None, (re.search(r"is at (http://\S+)", line) for line in process.stdout)), None)
            if found is None:
                sys.exit("the chat did not start")
            ready(found[1])
            seconds.append(time.perf_counter() - started)
        finally:
            process.terminate()
            process.communicate(timeout=30)
    return seconds[1:]


def served(url: str) -> None:
    """Fetch the page."""
    with urllib.request.urlopen(url, timeout=60) as page:
        page.read()


def shown(browser: Any) -> Callable[[str], None]:
    """Opens the page in a new window of a browser that runs already, and waits for the question's box."""

    def ready(url: str) -> None:
        context = browser.new_context()
        page = context.new_page()
        page.goto(url)
        page.locator("#question textarea").wait_for(state="visible")
        context.close()

    return ready


def main() -> None:
    """Print a table."""
    with tempfile.TemporaryDirectory() as home, ExitStack() as stack:
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("ASSISTANT_", "OPENAI_"))}
        environment["XDG_DATA_HOME"] = home
        print("| command | median, s | least, s | most, s |\n|---|---|---|---|")
        ask = ["ask", "what does Russia say caused the freeze?"]
        python = timed_python(environment)
        lines = [
            ("python -c pass", python),
            ("assistant --help", timed(["--help"], environment)),
            ("assistant ask, bundled samples", timed(ask, environment)),
            ("assistant chat, page served", timed_chat(environment, served)),
        ]
        if CHROMIUM is not None:
            from playwright.sync_api import sync_playwright

            chromium = stack.enter_context(sync_playwright()).chromium
            browser = chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
            lines.append(("assistant chat, page ready in Chromium", timed_chat(environment, shown(browser))))
        for name, seconds in lines:
            print(f"| {name} | {statistics.median(seconds):.2f} | {min(seconds):.2f} | {max(seconds):.2f} |")


def timed_python(environment: dict[str, str]) -> list[float]:
    """Seconds that the interpreter takes by itself."""
    seconds = []
    for _ in range(RUNS):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], env=environment, check=True)
        seconds.append(time.perf_counter() - started)
    return seconds


if __name__ == "__main__":
    main()
