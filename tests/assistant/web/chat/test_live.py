"""An answer in the making: what is done is said, and what is shown of it stays in its place."""

from __future__ import annotations

import lxml.html

from assistant.types import Notice, PassagesFound, TextDelta
from assistant.web.chat.live import Live

FOUND = PassagesFound(standalone_question="Why did it freeze?", passages=(), articles=5, milliseconds=1.0)


def status(live: Live) -> str:
    entry = lxml.html.fromstring(live.view())
    return str(entry.xpath("string(//*[@role='status'])"))


def places(live: Live) -> list[str]:
    return [child.tag for child in lxml.html.fromstring(live.view())]


def test_it_says_what_it_does_step_by_step() -> None:
    live = Live(number=1, question="And why?")
    assert status(live) == "Searching…"
    live.take([FOUND])
    assert status(live) == "0 passages from 5 articles · Reading…"
    live.take([TextDelta(text="It froze.")])
    assert status(live) == "0 passages from 5 articles · Writing…"


def test_what_is_written_moves_nothing_else_of_the_entry() -> None:
    """The page changes what is at its place; a clock that moves on would begin anew."""
    live = Live(number=1, question="And why?")
    before = places(live)
    live.take([FOUND])
    live.take([Notice(text="Another model answers."), TextDelta(text="It froze.")])
    assert places(live) == before
    assert before[-1] == "footer"
