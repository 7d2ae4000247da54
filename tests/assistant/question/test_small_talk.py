from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.question.small_talk import is_small_talk


@pytest.mark.parametrize(
    "message",
    [
        "hi",
        "Hello!",
        "hey there 👋",
        "Good morning",
        "Hello, who are you?",
        "What can you do?",
        "what’s your name?",
        "How are you today?",
        "Thank you very much!",
        "ok thanks",
        "great, thank you for your help",
        "Hi, thanks. Bye!",
        "Goodbye",
        "help",
        "are you a robot?",
        "wow",
    ],
)
def test_small_talk_gets_one_line(message: str) -> None:
    reply = is_small_talk(message)
    assert reply
    assert "\n" not in reply
    assert "[" not in reply


@pytest.mark.parametrize(
    "message",
    [
        "hello, what did Russia say?",
        "thanks, and who denied it?",
        "Hi! Who are you going to quote on the talks?",
        "who is Putin?",
        "what can you do about inflation",
        "What's up with the freeze?",
        "Can you help me find what Olsen said?",
        "Help Ukraine",
        "Good Friday agreement",
        "Nice attack",
        "Are you sure?",
        "why",
        "",
        "???",
    ],
)
def test_a_question_is_never_swallowed_however_politely_it_begins(message: str) -> None:
    assert is_small_talk(message) is None


@settings(deadline=None)
@given(
    st.sampled_from(["hi", "hello", "thanks", "good morning", "ok"]), st.sampled_from(["Kerry", "the freeze", "Larnow"])
)
def test_a_message_with_a_subject_is_no_small_talk(greeting: str, subject: str) -> None:
    assert is_small_talk(f"{greeting}, what about {subject}?") is None
    assert is_small_talk(f"{greeting} {subject}") is None


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_message_gets_a_reply_or_none(message: str) -> None:
    assert is_small_talk(message) is None or is_small_talk(message.upper()) is not None
