"""Conversations are kept as soon as a method has returned, each user's apart from all others'."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from paths import ROOT

from assistant.conversations import Conversations, Rating
from assistant.render.json import answer_to_dict
from assistant.types import Answer
from vectorstore.retrieval.scope import Scope

KILLED = """
import os, signal, sys
from pathlib import Path
from assistant.conversations import Conversations
conversations = Conversations.open(Path(sys.argv[1]))
row = conversations.append("ann", "c", "What froze?")
conversations.record("ann", row, partial="The lake")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_conversation_comes_back_as_it_was(file: Path, answer: Answer) -> None:
    with Conversations.open(file) as conversations:
        row = conversations.append("ann", "c", "What froze?", scope=Scope(as_of=dt.date(2015, 5, 20)))
        assert row is not None
        conversations.record("ann", row, answer=answer_to_dict(answer))
        conversations.append("ann", "c", "And then?")
    with Conversations.open(file) as conversations:
        kept = conversations.get("ann", "c")
        assert kept is not None
        assert kept.title == "What froze?"
        first, second = kept.turns
        assert first.answer == answer_to_dict(answer)
        assert (first.scope, first.model) == (Scope(as_of=dt.date(2015, 5, 20)), "")
        assert first.asked.tzinfo is dt.UTC
        assert (second.question, second.answer, second.reply) == ("And then?", None, "")


def test_a_killed_process_loses_nothing_that_was_acknowledged(file: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", KILLED, str(file)], env=environment, timeout=60)
    assert done.returncode == -signal.SIGKILL
    with Conversations.open(file) as conversations:
        kept = conversations.get("ann", "c")
        assert kept is not None
        assert [(turn.question, turn.partial) for turn in kept.turns] == [("What froze?", "The lake")]


def test_the_latest_is_listed_first(conversations: Conversations, keep: Any, answer: Answer) -> None:
    first = keep("one", "First?", None)
    keep("two", "Second?", None)
    assert [summary.id for summary in conversations.summaries("ann")] == ["two", "one"]
    conversations.record("ann", first, answer=answer_to_dict(answer))
    assert [summary.id for summary in conversations.summaries("ann")] == ["one", "two"]
    assert [summary.id for summary in conversations.summaries("ann", limit=1)] == ["one"]


def test_a_long_question_is_a_title_cut_at_a_word(conversations: Conversations, keep: Any) -> None:
    keep("c", "Why did\nthe " + "council " * 40, None)
    (summary,) = conversations.summaries("ann")
    assert summary.title.startswith("Why did the council ")
    assert summary.title.endswith(" council…")
    assert len(summary.title) <= 120


def test_search_finds_words_of_title_question_and_answer_whatever_their_case(
    conversations: Conversations, keep: Any, answer: Answer
) -> None:
    keep("lake", "Что замёрзло?", answer)
    keep("ferry", "Why 100% of the _ferries_?", None)
    conversations.rename("ann", "ferry", "Überfahrt")

    def found(words: str) -> list[str]:
        return [summary.id for summary in conversations.summaries("ann", words)]

    assert found("ЗАМЁРЗЛО") == found("thawed FROZE") == ["lake"]
    assert found("überfahrt") == found("überfahrt FERRIES") == found("100%") == ["ferry"]
    assert found("froze ferries") == found("10_%") == []
    assert found("  ") == ["ferry", "lake"]


def test_nobody_reaches_what_is_anothers(conversations: Conversations, keep: Any, answer: Answer) -> None:
    row = keep("c", "What froze?", answer)
    assert conversations.get("bob", "c") is None
    assert conversations.revision("bob", "c") is None
    assert conversations.summaries("bob") == []
    assert conversations.append("bob", "c", "Mine?") is None
    assert not conversations.record("bob", row, partial="x")
    assert not conversations.rename("bob", "c", "Mine")
    assert not conversations.delete("bob", "c")
    assert not conversations.rate("bob", row, Rating.UP)
    kept = conversations.get("ann", "c")
    assert kept is not None
    assert [turn.answer for turn in kept.turns] == [answer_to_dict(answer)]
    assert kept.turns[0].feedback is None


def test_another_conversations_turn_is_not_replaced(conversations: Conversations, keep: Any, answer: Answer) -> None:
    row = keep("c", "What froze?", answer)
    conversations.append("bob", "d", "Mine?", replacing=row)
    kept = conversations.get("ann", "c")
    assert kept is not None
    assert len(kept.turns) == 1


def test_a_title_is_changed_and_an_empty_one_is_not_taken(conversations: Conversations, keep: Any) -> None:
    keep("c", "What froze?", None)
    assert conversations.rename("ann", "c", " The\nlake ")
    assert not conversations.rename("ann", "c", " ")
    assert not conversations.rename("ann", "other", "x")
    assert [summary.title for summary in conversations.summaries("ann")] == ["The lake"]


def test_what_is_deleted_is_gone_from_the_file(file: Path, keep: Any, conversations: Conversations) -> None:
    keep("c", "A question about marzipan?", None)
    keep("d", "Another?", None)
    assert conversations.delete("ann", "c")
    assert not conversations.delete("ann", "c")
    assert [summary.id for summary in conversations.summaries("ann")] == ["d"]
    conversations.close()
    assert b"marzipan" not in file.read_bytes()


def test_a_question_asked_again_takes_the_place_of_the_first(
    conversations: Conversations, keep: Any, answer: Answer
) -> None:
    row = keep("c", "What froze?", answer)
    conversations.append("ann", "c", "What thawed?", replacing=row)
    kept = conversations.get("ann", "c")
    assert kept is not None
    assert [turn.question for turn in kept.turns] == ["What thawed?"]
    assert conversations.summaries("ann", "froze [1]") == []


def test_a_change_of_mind_takes_the_place_of_what_was_thought_before(
    conversations: Conversations, keep: Any, answer: Answer
) -> None:
    row = keep("c", "What froze?", answer)
    unanswered = keep("c", "And then?", None)

    def given() -> tuple[Rating, str] | None:
        kept = conversations.get("ann", "c")
        feedback = kept.turns[0].feedback if kept else None
        return (feedback.rating, feedback.comment) if feedback else None

    assert conversations.rate("ann", row, Rating.DOWN, "No.")
    assert given() == (Rating.DOWN, "No.")
    assert conversations.rate("ann", row, Rating.UP, " Yes,\nafter all. ")
    assert given() == (Rating.UP, "Yes,\nafter all.")
    assert conversations.rate("ann", row, None)
    assert given() is None
    assert not conversations.rate("ann", unanswered, Rating.UP)


def test_text_that_utf8_cannot_hold_is_kept_as_far_as_it_can(conversations: Conversations, keep: Any) -> None:
    row = keep("c", "What \ud800 froze?", None)
    conversations.record("ann", row, partial="It \udfff")
    kept = conversations.get("ann", "c")
    assert kept is not None
    assert (kept.turns[0].question, kept.turns[0].partial) == ("What ? froze?", "It ?")


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
def test_what_readers_asked_is_for_the_owner_alone(file: Path) -> None:
    before = os.umask(0o022)
    try:
        for _ in range(2):
            with Conversations.open(file):
                found = sorted(file.parent.glob("conversations.sqlite*"))
                assert len(found) == 3
                assert [each.name for each in found if each.stat().st_mode & 0o077] == []
            file.chmod(0o644)  # as older versions made it
    finally:
        os.umask(before)
