"""Several people at once: 20 readers stream answers from one chat, against a scripted slow model and without a model.

Run: ``make bench-chat``. The chat is ``assistant chat`` in a process of its own over the bundled samples; the readers
(``tests/chatting.py``) ask through the page's own events over HTTP. The scripted model takes a second before its first
word and half a second over its ten pieces; one of its calls takes 15 seconds. Every answer is checked to be its
reader's own.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from chatting import Heard, patient_client, readers
from scripted_openai import Request, Script, ScriptedOpenAI, answer

PEOPLE, ROUNDS = 20, 3
BEFORE, PIECES, PAUSE, SLOW = 1.0, 10, 0.05, 15.0
COMMAND = Path(sys.executable).with_name("assistant")
#: What the answer without a model quotes first.
QUOTED = "Quoted from the archive"


def question(number: int) -> str:
    """What a reader asks; the slow call is number 0's."""
    return f"What does Russia say caused the freeze? This is reader {number} asking."


def reply(request: Request) -> Script:
    """The scripted model's answer, which names the reader."""
    found = re.findall(r"reader (\d+) asking", request.prompt)
    if not found:
        return answer("none")
    told, before = f"Told-to-{found[-1]}-only", SLOW if found[-1] == "0" else BEFORE
    pieces: list[str | float] = [f"{told}: the freeze was caused by others [1]."]
    for number in range(PIECES):
        pieces += [PAUSE, f" Word {number}."]
    return answer(*pieces, before=before)


@contextlib.contextmanager
def chat(model: str, base_url: str, home: str) -> Iterator[str]:
    """``assistant chat`` over the samples; gives its address."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("ASSISTANT_", "OPENAI_"))}
    environment |= {"XDG_DATA_HOME": home, "OPENAI_BASE_URL": base_url, "OPENAI_API_KEY": "none", "NO_PROXY": "*"}
    command = [str(COMMAND), "chat", "--no-open", "--port", "0", "--model", model, "--as-of", "2015-05-20"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert process.stdout is not None
        for line in process.stdout:
            found = re.search(r"is at (http://\S+)", line)
            if found:
                break
        else:
            sys.exit("the chat did not start")
        yield found[1]
    finally:
        process.terminate()
        process.communicate(timeout=30)


async def together(url: str, numbers: range, awaited: str) -> list[Heard]:
    """The readers of these numbers ask at the same moment."""
    async with patient_client() as client:
        opened = await readers(url, client, len(numbers))
        asked = (r.ask(question(n), awaited.format(number=n)) for r, n in zip(opened, numbers, strict=True))
        heard = await asyncio.gather(*asked)
    for number, each in zip(numbers, heard, strict=True):
        text = each.said + each.shown
        assert set(re.findall(r"reader (\d+) asking", text)) == {str(number)}, "a question reached somebody else"
        assert set(re.findall(r"Told-to-(\d+)-only", text)) <= {str(number)}, "an answer reached somebody else"
        assert each.first_words, "an answer never came"
    return heard


def row(name: str, heard: list[Heard]) -> str:
    """A line of the table."""
    figures = []
    for kind in ("seen", "first_words", "whole"):
        seconds = [getattr(each, kind) for each in heard]
        figures.append(f"{statistics.median(seconds):.2f} | {max(seconds):.2f}")
    return f"| {name} | {' | '.join(figures)} |"


async def measure(url: str, awaited: str, name: str) -> None:
    """Alone, then together."""
    await together(url, range(1, 2), awaited)  # warms up
    alone = [each for _ in range(ROUNDS) for each in await together(url, range(1, 2), awaited)]
    print(row(f"{name}, alone", alone), flush=True)
    crowd = [each for _ in range(ROUNDS) for each in await together(url, range(1, PEOPLE + 1), awaited)]
    print(row(f"{name}, {PEOPLE} at once", crowd), flush=True)


async def beside_a_slow_call(url: str, awaited: str, name: str) -> None:
    """All but one, while that one's model call takes long."""
    slow = asyncio.create_task(together(url, range(1), awaited))
    await asyncio.sleep(BEFORE)
    others = await together(url, range(1, PEOPLE), awaited)
    assert not slow.done(), "the slow call was over too soon to block anybody"
    print(row(f"{name}, {PEOPLE - 1} beside a call that takes {SLOW:.0f} s", others), flush=True)
    await slow


def main() -> None:
    """Print a table."""
    print("| seconds to | sign of life, median | most | first words, median | most | whole answer, median | most |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as home, ScriptedOpenAI(reply) as server:
        with chat("openai:scripted", server.base_url, home) as url:
            asyncio.run(measure(url, "Told-to-{number}-only", "scripted model"))
            asyncio.run(beside_a_slow_call(url, "Told-to-{number}-only", "scripted model"))
        with chat("extractive", server.base_url, home) as url:
            asyncio.run(measure(url, QUOTED, "without a model"))


if __name__ == "__main__":
    main()
