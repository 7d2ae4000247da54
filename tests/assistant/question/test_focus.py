"""The part of a question that asks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question.focus import asked_phrase, focus


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Olsen became queen this week. Who is next in line?", "Who is next in line?"),
        ("Dr. Olsen left. Where did she go?", "Where did she go?"),
        ("Who met Dr. Olsen?", "Who met Dr. Olsen?"),
        ("Why did the U.S. Navy leave?", "Why did the U.S. Navy leave?"),
        (
            "What is the toll of the storm in Orrin? Could you look that up for me?",
            "What is the toll of the storm in Orrin?",
        ),
        ("Might you know what the bridge cost? I need it for a list.", "what the bridge cost?"),
        ("", ""),
    ],
)
def test_the_last_sentence_that_asks_something_itself_is_the_focus(question: str, asks: str) -> None:
    assert focus(question) == asks


@pytest.mark.parametrize(
    ("asked", "phrase"),
    [
        ("Which referee was it?", "referee"),
        ("name of the passenger", "name of passenger"),
        ("What is the height of the mast?", "height of mast"),
        ("why", ""),
    ],
)
def test_the_phrase_that_names_what_is_asked_for_is_found(asked: str, phrase: str) -> None:
    assert asked_phrase(asked) == phrase


@given(st.text(max_size=80))
def test_the_focus_stands_in_the_question(question: str) -> None:
    assert focus(question) in question
