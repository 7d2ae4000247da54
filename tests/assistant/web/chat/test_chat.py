"""What the chat does with a question, without a page."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from typing import Any

import pytest

from assistant.errors import ModelUnreachable, UsageError
from assistant.pipeline.assistant import Assistant
from assistant.web.auth.visitor import Visitor
from assistant.web.chat.chat import Chat
from assistant.web.chat.update import PageUpdate
from assistant.web.conversations.state import Conversation
from assistant.web.filters.form import FilterForm, read_day
from assistant.web.html import element

QUESTION = "What does Russia say caused the freeze?"


@pytest.fixture
def script(running_chat: Any) -> Any:
    running_chat.script.reset()
    yield running_chat.script
    running_chat.script.go_on.set()


@pytest.fixture
def chat(samples: Any, script: Any) -> Chat:
    return Chat(Assistant(samples, script, threshold=0.05), element("p", "Welcome"))


async def asked(chat: Chat, question: str, conversation: Conversation, *, as_of: str = "", session: str = "a") -> str:
    last = ""
    async for view in chat.ask(question, FilterForm(as_of=as_of), conversation, Visitor(session=session)):
        last = view.conversation or last
    return last


def test_a_day_is_read_and_its_absence_too() -> None:
    assert read_day("2015-05-12") == dt.date(2015, 5, 12)
    assert read_day(" ") is read_day(None) is None
    with pytest.raises(UsageError, match="'yesterday' is not a date"):
        read_day("yesterday")


@pytest.mark.parametrize(
    ("question", "as_of", "line"),
    [
        (QUESTION, "2015-13-01", "'2015-13-01' is not a date; write it as in 2015-05-12, or leave it empty."),
        ("why " * 1000, "", "The question has 4,000 characters; keep it under 2,000."),
    ],
)
async def test_what_cannot_be_asked_is_one_line_in_the_conversation(
    chat: Chat, script: Any, question: str, as_of: str, line: str
) -> None:
    conversation = Conversation()
    shown = await asked(chat, question, conversation, as_of=as_of)
    assert conversation.entries[0].trouble == line
    assert 'role="alert"' in shown
    assert script.requests == []
    assert conversation.history() == ()


async def test_what_nobody_foresaw_ends_the_answer_and_not_the_conversation(
    chat: Chat, script: Any, caplog: pytest.LogCaptureFixture
) -> None:
    script.reply = lambda request: 1 / 0
    conversation = Conversation()
    await asked(chat, QUESTION, conversation)
    assert "Something went wrong" in conversation.entries[0].trouble
    assert "ZeroDivisionError" in caplog.text
    script.reset()
    await asked(chat, QUESTION, conversation)
    assert conversation.entries[1].answer is not None


async def test_what_comes_last_of_an_answer_changes_nothing(chat: Chat) -> None:
    """Gradio sends it twice, and the page may show another conversation when it comes again."""
    conversation, visitor = Conversation(), Visitor(session="a")
    for views in (chat.ask(QUESTION, FilterForm(), conversation, visitor), chat.resume(conversation, visitor)):
        shown = [view async for view in views]
        assert shown[-1] == PageUpdate(gone=True)
        assert [view.conversation is not None for view in shown[:-1]].count(True) >= 1


async def test_an_empty_question_is_not_asked(chat: Chat) -> None:
    conversation = Conversation()
    assert await asked(chat, " \n", conversation) == ""
    assert conversation.entries == []


async def test_a_session_asks_one_question_at_a_time(chat: Chat, script: Any, hold: str) -> None:
    script.say("First", hold)
    conversation = Conversation()
    first = asyncio.create_task(asked(chat, QUESTION, conversation))
    await asyncio.to_thread(script.holding.wait, 30)
    assert await asked(chat, "And another?", conversation) == ""
    chat.stop(conversation)
    await first
    assert [entry.question for entry in conversation.entries] == [QUESTION]


async def test_twenty_conversations_stream_side_by_side(chat: Chat, script: Any, hold: str) -> None:
    script.reply = lambda request: [
        f"You asked {request.query.text} ",
        hold,
        f"{request.evidence.sentences[0].text} [1]",
    ]
    conversations = [Conversation() for _ in range(20)]
    tasks = [
        asyncio.create_task(asked(chat, f"Who met in Sochi on {i + 1} May 2015?", conversation, session=str(i)))
        for i, conversation in enumerate(conversations)
    ]
    async with asyncio.timeout(30):
        while len(script.requests) < 20:
            await asyncio.sleep(0.01)
    assert not any(task.done() for task in tasks)
    script.go_on.set()
    await asyncio.gather(*tasks)
    for i, conversation in enumerate(conversations):
        (entry,) = conversation.entries
        assert entry.answer is not None
        assert f"on {i + 1} May" in entry.answer.text


async def test_stopping_one_session_leaves_the_others_alone(chat: Chat, script: Any, hold: str) -> None:
    script.reply = lambda request: ["Begun ", hold, f"{request.evidence.sentences[0].text} [1]"]
    one, other = Conversation(), Conversation()
    tasks = [asyncio.create_task(asked(chat, QUESTION, c, session=s)) for c, s in ((one, "a"), (other, "b"))]
    async with asyncio.timeout(30):
        while len(script.requests) < 2:
            await asyncio.sleep(0.01)
    chat.stop(one)
    await tasks[0]
    assert one.entries[0].answer is None
    assert not tasks[1].done()
    script.go_on.set()
    await tasks[1]
    assert other.entries[0].answer is not None


async def test_a_fallback_is_announced_and_its_answer_shown(samples: Any, script: Any) -> None:
    from assistant.answerers.extractive.answerer import ExtractiveAnswerer

    script.say("It was", ModelUnreachable("no connection to the model", remedy="start it"))
    assistant = Assistant(samples, script, fallback=ExtractiveAnswerer(samples.encoder.encode))
    conversation = Conversation()
    shown = await asked(Chat(assistant, element("p")), QUESTION, conversation)
    answer = conversation.entries[0].answer
    assert answer is not None
    assert answer.model == "extractive"
    assert '<p class="notice" dir="auto">The chat model did not answer (no connection to the model)' in shown
    assert '<p class="kind">Quoted from the archive:</p>' in shown
    assert "It was" not in re.sub(r"<[^>]+>", "", shown.split("words quoted")[1].split("</p>")[0])


async def test_small_talk_has_no_sources_and_no_marks(chat: Chat) -> None:
    conversation = Conversation()
    shown = await asked(chat, "Hello!", conversation)
    assert "cite" not in shown
    assert "Ask me a question" in shown


async def test_show_and_edit_of_what_is_not_there_do_nothing(chat: Chat) -> None:
    conversation = Conversation()
    assert chat.show("7", conversation).sources is None
    assert chat.show("<b>", conversation).sources is None
    assert chat.edit(conversation).box is None
    assert [view async for view in chat.retry(FilterForm(), conversation, Visitor(session="a"))] == [
        PageUpdate(gone=True)
    ]
