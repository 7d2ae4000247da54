"""Conversations in a real file, and answers as the assistant gives them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.conversations import Conversations
from assistant.render.json import answer_to_dict
from assistant.types import Abstention, Answer, Citation, NearestArticle, Statement, Support, Timings, Usage


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that is not there yet."""
    return tmp_path / "conversations.sqlite"


@pytest.fixture
def conversations(file: Path) -> Iterator[Conversations]:
    """No conversations yet."""
    with Conversations.open(file) as opened:
        yield opened


@pytest.fixture
def answer() -> Answer:
    """An answer with two citations, one of its statements in doubt."""
    text = "It froze [1]. It thawed [2]."
    citations = tuple(
        Citation(
            number=number,
            article_id=f"article-{number}",
            title="Frost & thaw",
            url=f"https://post.example/{number}",
            source="The Post",
            published="2015-05-12",
            start=0,
            end=len(quote),
            quote=quote,
            speaker="Ann Lee" if number == 2 else None,
        )
        for number, quote in ((1, "The lake froze."), (2, "“It has thawed.”"))
    )
    return Answer(
        id="0123abcd",
        question="And then?",
        standalone_question="What happened to the lake?",
        as_of=dt.date(2015, 5, 20),
        text=text,
        statements=(
            Statement(text="It froze.", citations=(1,), support=Support.SUPPORTED),
            Statement(text="It thawed.", citations=(2,), support=Support.PARTIAL, reason="the day is missing"),
        ),
        citations=citations,
        notices=("A notice.",),
        confidence=0.75,
        model="openai:x",
        prompt="answer@1",
        usage=Usage(input_tokens=3, output_tokens=4),
        timings=Timings(retrieve=1.5, first_token=None, total=20.0),
    )


@pytest.fixture
def abstention() -> Answer:
    """An answer that the archive does not say."""
    near = NearestArticle(article_id="n", title="Ice", url="", source="The Post", published=None)
    return Answer(
        id="ffff",
        question="Who?",
        standalone_question="Who?",
        as_of=dt.date(2015, 5, 20),
        text="The archive does not say.",
        abstention=Abstention(reason="too little evidence", nearest=(near,), date_from=None, date_to="2015-05-20"),
    )


@pytest.fixture
def keep(conversations: Conversations) -> Any:
    """Keeps a question with its answer; returns its row."""

    def kept(conversation_id: str, question: str, answer: Answer | None, user: str = "ann") -> int:
        row = conversations.append(user, conversation_id, question)
        assert row is not None
        if answer is not None:
            assert conversations.record(user, row, answer=answer_to_dict(answer))
        return row

    return kept
