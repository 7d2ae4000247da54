"""Exports: JSON that holds all, and Markdown in which nothing but its own form is form."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from paths import XSS

from assistant.conversations import Conversations, KeptConversation, Rating
from assistant.conversations.export import to_json, to_markdown
from assistant.render.json import answer_to_dict
from assistant.render.markdown import escape
from assistant.types import Answer
from vectorstore.retrieval.scope import Scope

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](https://evil.example/pixel.png)",
    "[x](javascript:alert(1))",
    "https://evil.example and <https://evil.example>",
    "**bold** _it_ `code` ~~gone~~ $x$",
    "# Heading",
    "> quoted",
    "- item",
    "+ item",
    "1. item",
    "12) item",
    "---",
    "===",
    "```",
    "    indented",
    "| a | b |",
    "&lt;b&gt; &#60;",
    "[^1-1]",
    "[^1]: a footnote",
    "[x]: https://evil.example",
    "<!-- comment",
    "back\\slash \\* and \\",
]


@pytest.fixture
def kept(conversations: Conversations, keep: Any, answer: Answer, abstention: Answer) -> KeptConversation:
    row = keep("c", "What froze?", answer)
    keep("c", "Who?", abstention)
    stopped = keep("c", "And then?", None)
    conversations.record("ann", stopped, partial="It was")
    conversations.rate("ann", row, Rating.DOWN, "Which lake?")
    found = conversations.get("ann", "c")
    assert found is not None
    return found


def test_markdown_has_the_answers_with_footnotes(kept: KeptConversation) -> None:
    lines = to_markdown(kept).split("\n")
    assert lines[0] == "# What froze?"
    assert "## What froze?" in lines
    assert "It froze[^1-1]. It thawed[^1-2]." in lines
    assert "[^1-1]: “The lake froze.” — The Post, 12 May 2015: Frost \\& thaw <https://post.example/1>" in lines
    assert any(line.startswith("[^1-2]: ““It has thawed.”” (said by Ann Lee) — The Post") for line in lines)
    assert "*Partly supported:* “It thawed.” (the day is missing)" in lines
    assert "The archive does not say." in lines
    assert "- The Post, undated: Ice" in lines
    assert lines[-4:-1] == ["It was", "", "*Stopped before the answer was finished and checked.*"]


def test_json_holds_the_answers_as_the_command_line_prints_them(kept: KeptConversation, answer: Answer) -> None:
    document = json.loads(to_json(kept))
    assert (document["format"], document["version"]) == ("news-assistant-conversation", 1)
    first, second, third = document["turns"]
    assert first["answer"] == answer_to_dict(answer)
    assert (first["feedback"]["rating"], first["feedback"]["comment"]) == ("down", "Which lake?")
    assert second["feedback"] is None
    assert (third["answer"], third["partial"]) == (None, "It was")


def inside(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from inside(token.children or [])


ALLOWED = {"paragraph_open", "paragraph_close", "inline", "text", "text_special"}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_shows_as_itself(text: str) -> None:
    reader = MarkdownIt("js-default", {"html": True})
    assert shown(reader, escape(text)) == (ALLOWED, " ".join(text.split()))


def shown(reader: MarkdownIt, markdown: str) -> tuple[set[str], str]:
    tokens = list(inside(reader.parse(markdown)))
    kinds = {token.type for token in tokens} | ALLOWED
    return kinds, "".join(token.content for token in tokens if token.type in {"text", "text_special"})


@pytest.mark.skipif(not XSS.exists(), reason="needs ../shared/data/adversarial, which is not here")
def test_every_known_payload_shows_as_itself() -> None:
    reader = MarkdownIt("js-default", {"html": True})
    for line in XSS.read_text(encoding="utf-8").splitlines():
        if line.strip():
            kinds, text = shown(reader, escape(line))
            assert kinds == ALLOWED, line
            assert "".join(text.split()) in "".join(c for c in line if c.isprintable() and not c.isspace()), line


@pytest.mark.parametrize("text", [*HOSTILE, "line\n# heading", "javascript:alert(1)"])
def test_no_text_of_an_answer_makes_form(conversations: Conversations, keep: Any, answer: Answer, text: str) -> None:
    citations = tuple(
        replace(citation, quote=text, title=text, source=text, url=text, speaker=text) for citation in answer.citations
    )
    hostile = replace(answer, text=f"{text} [1]\n{text}", citations=citations, notices=(text,))
    keep("c", text, hostile)
    conversations.rename("ann", "c", text)
    kept = conversations.get("ann", "c")
    assert kept is not None
    reader = MarkdownIt("js-default", {"html": True})
    kinds = {token.type for token in inside(reader.parse(to_markdown(kept)))}
    form = {"heading_open", "heading_close", "em_open", "em_close", "softbreak"}
    form |= (
        {"bullet_list_open", "list_item_open", "list_item_close", "bullet_list_close"} if text == "- item" else set()
    )
    assert kinds <= ALLOWED | form


def test_what_a_question_was_limited_to_is_in_both_exports(conversations: Conversations) -> None:
    first, last, day = (dt.date(2015, 5, number) for number in (1, 18, 20))
    scope = Scope(as_of=day, date_from=first, date_to=last, sources=("The *Post*",))
    conversations.append("ann", "c", "What froze?", scope=scope)
    kept = conversations.get("ann", "c")
    assert kept is not None
    line = r"*As of 20 May 2015 · from 1 May 2015 · to 18 May 2015 · only The \*Post\**"
    assert line in to_markdown(kept).splitlines()
    assert json.loads(to_json(kept))["turns"][0]["filters"] == {
        **{"from": "2015-05-01", "to": "2015-05-18"},
        **{"sources": ["The *Post*"], "model": None},
    }
