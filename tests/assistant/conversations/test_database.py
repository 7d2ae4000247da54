"""A file that cannot be used is one clear line, whatever is wrong with it."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant.conversations import Conversations, ConversationsUnusable
from assistant.types import Answer
from vectorstore.retrieval.scope import EVERYTHING, Scope


def change(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement)


def test_a_file_of_a_newer_version_is_left_alone(file: Path) -> None:
    Conversations.open(file).close()
    change(file, "UPDATE meta SET value = '99'")
    with pytest.raises(ConversationsUnusable, match="were written by a newer version; upgrade news-assistant"):
        Conversations.open(file)


def test_a_file_of_the_first_version_is_read_and_goes_on_with_what_came_since(file: Path) -> None:
    with Conversations.open(file) as conversations:
        conversations.append("ann", "c", "What froze?")
    change(file, "ALTER TABLE turns DROP COLUMN filters")
    change(file, "UPDATE meta SET value = '1'")
    scope = Scope(date_from=dt.date(2015, 5, 1), sources=("The Post",))
    with Conversations.open(file) as conversations:
        conversations.append("ann", "c", "And then?", scope=scope)
    with Conversations.open(file) as conversations:
        kept = conversations.get("ann", "c")
        assert kept is not None
        assert [(turn.question, turn.scope) for turn in kept.turns] == [
            ("What froze?", EVERYTHING),
            ("And then?", scope),
        ]


@pytest.mark.parametrize("body", [b"SQLite format 3\0" + b"\xff" * 4000, b"What froze?" * 400])
def test_a_damaged_file_is_named_and_left_alone(file: Path, body: bytes) -> None:
    file.write_bytes(body)
    with pytest.raises(ConversationsUnusable, match=r"conversations\.sqlite cannot be used \(.+move the file away"):
        Conversations.open(file)
    assert file.read_bytes() == body


def test_another_programs_file_is_left_alone(file: Path) -> None:
    change(file, "CREATE TABLE recipes (name TEXT)")
    with pytest.raises(ConversationsUnusable, match="holds no conversations"):
        Conversations.open(file)


def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(ConversationsUnusable, match="cannot be used"):
        Conversations.open(tmp_path / "none" / "conversations.sqlite")


def test_a_damaged_turn_is_one_line(file: Path, conversations: Conversations, keep: Any, answer: Answer) -> None:
    keep("c", "What froze?", answer)
    change(file, "UPDATE turns SET answer = '{\"answer'")
    with pytest.raises(ConversationsUnusable, match="cannot be used"):
        conversations.get("ann", "c")
    assert len(conversations.summaries("ann")) == 1
