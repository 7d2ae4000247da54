"""Rated answers become a Q&A set that the evaluation reads."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from command_line import run

from assistant.conversations import Conversations, Rating
from assistant.evaluation.from_feedback import from_feedback
from assistant.evaluation.items import read_items
from assistant.render.json import answer_to_dict
from assistant.types import Answer
from vectorstore.retrieval.scope import EVERYTHING, Scope


def test_thumbs_make_items_and_nothing_is_guessed(
    tmp_path: Path, conversations: Conversations, keep: Any, answer: Answer, abstention: Answer
) -> None:
    good, refused = keep("c", "What froze?", answer), keep("c", "Who?", abstention)
    keep("c", "Unrated?", answer)
    bad = keep("c", "And then?", answer)
    greeting = keep("c", "Hello!", replace(answer, citations=(), statements=(), text="Ask me."))
    for row, rating, comment in (
        (good, Rating.UP, ""),
        (refused, Rating.UP, ""),
        (bad, Rating.DOWN, "Which lake?"),
        (greeting, Rating.DOWN, ""),
    ):
        assert conversations.rate("ann", row, rating, comment)
    made = from_feedback(conversations.rated())
    assert made.left_out == 1
    assert (made.count(Rating.UP), made.count(Rating.DOWN)) == (2, 1)
    out = tmp_path / "set.jsonl"
    out.write_text(made.to_jsonl(), encoding="utf-8")
    items, problems = read_items(out)
    assert problems == []
    first, second, third = items
    assert (first.articles, first.answerable, first.answers) == (("article-1", "article-2"), True, ())
    assert first.as_of == answer.as_of
    assert (second.articles, second.answerable) == ((), False)
    assert third.tags == ("feedback", "thumbs-down", "to-review")
    assert [turn.content for turn in third.history] == [
        "What froze?",
        answer.text,
        "Who?",
        abstention.text,
        "Unrated?",
        answer.text,
    ]
    assert made.items[2]["comment"] == "Which lake?"


def test_a_question_that_was_limited_says_so_for_the_evaluation_asks_it_of_the_whole_archive(
    conversations: Conversations, abstention: Answer
) -> None:
    scope = Scope(date_from=dt.date(2015, 5, 14), sources=("The Post",))
    for number, (limits, model) in enumerate(((scope, "extractive"), (EVERYTHING, "extractive"), (EVERYTHING, ""))):
        row = conversations.append("ann", f"c{number}", "Who?", scope=limits, model=model)
        assert row is not None
        conversations.record("ann", row, answer=answer_to_dict(abstention))
        assert conversations.rate("ann", row, Rating.UP)
    items = sorted(from_feedback(conversations.rated()).items, key=lambda item: str(item["id"]))
    assert [item["filters"] for item in items] == [{"from": "2015-05-14", "sources": ["The Post"]}, None, None]
    assert ["filtered" in item["tags"] for item in items] == [True, False, False]


def test_an_answer_that_was_asked_again_is_not_forgotten(
    conversations: Conversations, keep: Any, answer: Answer
) -> None:
    keep("c", "What froze?", answer)
    bad = keep("c", "And then?", answer)
    conversations.rate("ann", bad, Rating.DOWN)
    again = conversations.append("ann", "c", "And then?", replacing=bad)
    assert again is not None
    conversations.record("ann", again, answer=answer_to_dict(answer))
    conversations.rate("ann", again, Rating.UP)
    down, up = from_feedback(conversations.rated()).items
    assert [item["tags"][1] for item in (down, up)] == ["thumbs-down", "thumbs-up"]
    assert down["id"] != up["id"]
    assert down["history"] == up["history"]
    assert len(down["history"]) == 2


def test_the_command_writes_the_set_while_the_chat_goes_on(
    tmp_path: Path, conversations: Conversations, keep: Any, answer: Answer
) -> None:
    assert conversations.rate("ann", keep("c", "What froze?", answer), Rating.UP)
    out = tmp_path / "set.jsonl"
    done = run("eval", "--from-feedback", str(out), "--store", str(tmp_path))
    assert done.code == 0
    assert done.err == f"{out} holds 1 rated answer (1 up, 0 down) to review\n"
    assert json.loads(out.read_text(encoding="utf-8"))["question"] == "What froze?"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--from-feedback", "x.jsonl"], "conversations.sqlite has feedback yet; rate answers with the thumbs"),
        (["samples", "--from-feedback", "x.jsonl"], "makes a Q&A set and asks none; leave out 'samples'"),
        ([], "a QASET is missing"),
    ],
)
def test_what_cannot_be_exported_is_one_line(tmp_path: Path, arguments: list[str], line: str) -> None:
    done = run("eval", *arguments, "--store", str(tmp_path / "store"))
    assert done.code == 2
    assert line in done.err
    assert done.err.count("\n") == 1
