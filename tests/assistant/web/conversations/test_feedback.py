"""Thumbs and comments in a browser: by keyboard too, kept, and the last word counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.conversations import Conversations
from assistant.errors import ModelTimeout
from assistant.evaluation.from_feedback import from_feedback
from assistant.evaluation.items import read_items, resolve_articles

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def rated(page: Any, up: str, down: str) -> None:
    """Wait until the thumbs are so."""
    await page.wait_for_selector(f".thumb.up[aria-pressed={up}]")
    await page.wait_for_selector(f".thumb.down[aria-pressed={down}]")


async def comment(page: Any, text: str) -> None:
    """Write a comment by keyboard."""
    await page.locator("button.comment").focus()
    await page.keyboard.press("Enter")
    await page.get_by_label("Comment", exact=True).fill(text)
    await page.get_by_role("button", name="Save").press("Enter")
    await page.get_by_text("your comment is kept").wait_for()


async def test_the_last_word_counts_and_is_there_after_a_reload(
    chat: Any, watch: Any, asking: Any, samples: Any, tmp_path: Path
) -> None:
    question = "What does Russia say caused the freeze, and who says so?"
    page = await (await watch()).open(chat.url)
    await asking(page, question)
    assert not await page.locator("button.comment").is_visible()
    await page.get_by_role("button", name="Good answer").focus()
    await page.keyboard.press("Enter")
    await rated(page, "true", "false")
    assert await page.evaluate("document.activeElement.matches('.thumb.up')")
    await comment(page, "<b>Who</b> is he?")
    await page.get_by_role("button", name="Bad answer").click()
    await rated(page, "false", "true")
    await page.reload()
    await rated(page, "false", "true")
    await page.get_by_role("button", name="Edit comment").click()
    assert await page.get_by_label("Comment", exact=True).input_value() == "<b>Who</b> is he?"
    await page.keyboard.press("Escape")
    with Conversations.open(samples.path / "conversations.sqlite") as conversations:
        made = from_feedback(conversations.rated())
    (item,) = [item for item in made.items if item["question"] == question]
    assert item["comment"] == "<b>Who</b> is he?"
    assert item["tags"][1] == "thumbs-down"
    cited = [sentence.passage.article_id for sentence in chat.script.requests[-1].evidence.sentences[:2]]
    assert item["articles"] == list(dict.fromkeys(cited))
    (tmp_path / "set.jsonl").write_text(made.to_jsonl(), encoding="utf-8")
    items, problems = read_items(tmp_path / "set.jsonl")  # as ``assistant eval`` does with what was exported
    assert problems == resolve_articles(items, samples)[1] == []


async def test_a_thumb_is_taken_back(chat: Any, watch: Any, asking: Any, samples: Any) -> None:
    page = await (await watch()).open(chat.url)
    await asking(page, "Who took a thumb back?")
    await page.get_by_role("button", name="Good answer").click()
    await rated(page, "true", "false")
    await page.get_by_role("button", name="Good answer").click()
    await rated(page, "false", "false")
    assert not await page.locator("button.comment").is_visible()
    with Conversations.open(samples.path / "conversations.sqlite") as conversations:
        kept = [turn.question for found in conversations.rated() for turn in found.turns if turn.feedback]
    assert "Who took a thumb back?" not in kept


async def test_an_answer_that_failed_has_no_thumbs(chat: Any, watch: Any, asking: Any) -> None:
    page = await (await watch()).open(chat.url)
    chat.script.say(ModelTimeout("scripted-model did not answer in 60 s", remedy="ask again later"))
    await asking(page, "Who failed?")
    assert await page.get_by_role("alert").is_visible()
    assert await page.locator(".thumb").count() == 0
