"""A chat model answers over a real HTTP server: the text as it comes, the usage, and what the model is shown."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from asking import FERRY, QUICK, answerer_at, notices_of, pieces, question, text_of
from paths import ROOT
from scripted_openai import ScriptedOpenAI, answer, endless, stall

from assistant.answerers.base import Answerer
from assistant.answerers.chat.answerer import ChatModelAnswerer
from assistant.pipeline.bridge import iterate
from assistant.types import Usage


@pytest.fixture
def server() -> Iterator[ScriptedOpenAI]:
    with ScriptedOpenAI() as scripted:
        yield scripted


def test_the_text_comes_whole_and_the_usage_comes_last(server: ScriptedOpenAI) -> None:
    server.add(answer("A storm ", "was coming", " [2].", usage=(321, 7)))
    given = pieces(answerer_at(server), question())
    assert text_of(given) == "A storm was coming [2]."
    assert given[-1] == Usage(input_tokens=321, output_tokens=7)


@pytest.mark.parametrize("split", [1, 2, 3, 5, 7, 1000])
def test_characters_that_are_cut_in_two_on_the_wire_arrive_whole(server: ScriptedOpenAI, split: int) -> None:
    words = "Лавров sagte: «Größe» 😀 [1]【7】"
    server.add(answer(words[:9], words[9:20], words[20:], split=split))
    assert text_of(pieces(answerer_at(server), question())) == words


def test_a_piece_is_handed_on_before_the_next_one_exists(server: ScriptedOpenAI) -> None:
    server.add(answer("First.", 1.0, " Second."))
    answerer = answerer_at(server)
    came: list[float] = []

    async def read() -> None:
        async for _ in answerer.stream(*question()):
            came.append(time.monotonic())

    asyncio.run(read())
    assert came[1] - came[0] > 0.2


def test_thoughts_before_the_answer_are_not_part_of_it(server: ScriptedOpenAI) -> None:
    server.add(answer("\n<thi", "nk>The user asks <b>. I ", "should</thin", "k>\n\nA storm [2]."))
    assert text_of(pieces(answerer_at(server), question())) == "A storm [2]."


@pytest.mark.parametrize("words", ["<", "<think", "<Storm> is hard [1].", " < 5 [1]"])
def test_text_that_only_begins_like_a_thought_is_kept(server: ScriptedOpenAI, words: str) -> None:
    server.add(answer(*words))
    assert text_of(pieces(answerer_at(server), question())) == words.lstrip()


def test_a_model_that_thinks_aloud_is_waited_for(server: ScriptedOpenAI) -> None:
    server.add(answer("<think>", 0.2, "first", 0.2, "</think>", "Done [1]."))
    assert text_of(pieces(answerer_at(server, timeouts=QUICK), question())) == "Done [1]."


def test_an_answer_cut_off_at_the_limit_of_tokens_says_so(server: ScriptedOpenAI) -> None:
    server.add(answer("The ferry stayed [1]. The harb", finish_reason="length"))
    given = pieces(answerer_at(server), question())
    assert text_of(given) == "The ferry stayed [1]. The harb"
    assert notices_of(given) == ["The answer stops where openai:scripted reached its limit of tokens."]
    assert isinstance(given[-1], Usage)


def test_a_server_that_does_not_count_tokens_gives_no_usage(server: ScriptedOpenAI) -> None:
    server.add(answer("A storm [2]."))
    answerer = answerer_at(server)
    answerer._call._model.stream_usage = False  # type: ignore[attr-defined]
    given = pieces(answerer, question())
    assert text_of(given) == "A storm [2]."
    assert not any(isinstance(piece, Usage) for piece in given)


def test_the_consumers_own_slowness_is_not_held_against_the_model(server: ScriptedOpenAI) -> None:
    server.add(answer("One", " two", " three", 0.1, " four [1]."))
    answerer = answerer_at(server, timeouts=QUICK)
    given: list[Any] = []
    for piece in iterate(answerer.stream(*question())):
        time.sleep(0 if given else 1.0)
        given.append(piece)
    assert text_of(given) == "One two three four [1]."


def leave_after_a_piece(answerer: ChatModelAnswerer, mode: str) -> None:
    """Take one piece of the answer, then stop: the generator is closed, or its task cancelled."""

    async def take_one_and_close() -> None:
        stream = answerer.stream(*question())
        await anext(stream)
        await stream.aclose()

    async def take_one_and_be_cancelled() -> None:
        started = asyncio.Event()

        async def read() -> None:
            async for _ in answerer.stream(*question()):
                started.set()

        task = asyncio.create_task(read())
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    if mode == "bridge":
        stream = iterate(answerer.stream(*question()))
        next(stream)
        stream.close()
    elif mode == "close":
        asyncio.run(take_one_and_close())
    else:
        asyncio.run(take_one_and_be_cancelled())


@pytest.mark.parametrize("mode", ["bridge", "close", "cancel"])
@pytest.mark.parametrize("script", [stall("A storm"), endless("A storm ")], ids=["silent", "busy"])
def test_stopping_closes_the_connection_at_once(server: ScriptedOpenAI, mode: str, script: Any) -> None:
    server.add(script)
    began = time.monotonic()
    leave_after_a_piece(answerer_at(server, max_characters=10**9), mode)
    assert server.requests[0].gone.wait(2.0)
    assert time.monotonic() - began < 2.0


async def test_stopping_before_the_first_word_closes_the_connection_too(server: ScriptedOpenAI) -> None:
    server.add(answer("A storm", before=30.0))
    task = asyncio.create_task(anext(answerer_at(server).stream(*question())))
    while not server.requests:
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.to_thread(server.requests[0].gone.wait, 2.0)


def test_one_answerer_serves_one_event_loop_after_another(server: ScriptedOpenAI) -> None:
    server.add(answer("One [1]."), answer("Two [1]."), answer("Three [1]."))
    answerer = answerer_at(server)

    async def ask() -> str:
        return text_of([piece async for piece in answerer.stream(*question())])

    texts = [asyncio.run(ask()), text_of(pieces(answerer, question())), asyncio.run(ask())]
    assert texts == ["One [1].", "Two [1].", "Three [1]."]


def test_several_questions_are_answered_at_the_same_time(server: ScriptedOpenAI) -> None:
    server.add(*[answer("A", 0.3, "B [1].") for _ in range(8)])
    answerer = answerer_at(server)

    async def ask() -> str:
        return text_of([piece async for piece in answerer.stream(*question())])

    async def all_at_once() -> list[str]:
        return await asyncio.gather(*[ask() for _ in range(8)])

    began = time.monotonic()
    assert asyncio.run(all_at_once()) == ["AB [1]."] * 8
    assert time.monotonic() - began < 2.2, "one after the other they take at least 2.4 s"


def test_the_answerer_is_one_and_knows_its_model_and_prompt(server: ScriptedOpenAI) -> None:
    answerer: Answerer = answerer_at(server)
    assert answerer.name == "openai:scripted"
    assert answerer.prompt is not None
    assert answerer.prompt.startswith("answer@")


def test_the_model_is_sent_the_question_its_date_and_the_numbered_sentences(server: ScriptedOpenAI) -> None:
    server.add(answer("A storm [2]."))
    pieces(answerer_at(server), question("Why did the\nferry not sail?", FERRY))
    sent = server.chats()[0]
    user = sent.message("user")
    assert "[2] The harbour master said that a storm was coming." in user
    assert "Title: Ferry stays in port\nPublisher: The Harbour Post\nPublished: 2015-05-20\n[1] The ferry" in user
    assert "Asked on Friday 22 May 2015 (2015-05-22)" in user
    assert "<question>\nWhy did the ferry not sail?\n</question>" in user
    assert "The archive does not say." in sent.message("system")
    assert sent.body["stream_options"] == {"include_usage": True}
    assert sent.body["temperature"] == 0


def test_any_langchain_chat_model_will_do() -> None:
    from langchain_core.language_models import GenericFakeChatModel
    from langchain_core.messages import AIMessage

    model = GenericFakeChatModel(messages=iter([AIMessage("A storm [2].")]))
    answerer = ChatModelAnswerer(model)
    assert text_of(pieces(answerer, question())) == "A storm [2]."
    assert answerer.name == "GenericFakeChatModel"


def test_the_module_loads_no_package_of_a_provider() -> None:
    heavy = "langchain_core,langchain_openai,openai,httpx,httpx2,frontmatter,tiktoken"
    code = (
        "import sys, assistant.answerers.chat.answerer; "
        f"sys.exit(' '.join(m for m in '{heavy}'.split(',') if m in sys.modules) or 0)"
    )
    root = ROOT
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
