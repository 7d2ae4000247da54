"""Every way in which a model's service fails ends in one clear error, over a real HTTP server."""

from __future__ import annotations

import dataclasses
import socket
import time
from collections.abc import Iterator

import pytest
from asking import PATIENT, QUICK, answerer_at, pieces, question
from scripted_openai import Script, ScriptedOpenAI, answer, drop, endless, error, leave, raw, refusal, stall

from assistant.answerers.chat.answerer import ChatModelAnswerer, Timeouts, open_chat_model
from assistant.answerers.chat.call import CallOptions, Retries
from assistant.errors import (
    EmptyAnswer,
    EndlessAnswer,
    ModelError,
    ModelRateLimited,
    ModelRefused,
    ModelTimeout,
    ModelUnreachable,
    StreamDropped,
)

GOOD = answer("A storm [2].")
LOOP = "The harbour master said that a storm was coming and that nobody was hurt when the ferry stayed in its port. "


@pytest.fixture
def server() -> Iterator[ScriptedOpenAI]:
    with ScriptedOpenAI() as scripted:
        yield scripted


@pytest.mark.parametrize(
    ("script", "expected", "words"),
    [
        (error(400, "Bad request."), ModelRefused, "answered 400: Bad request;"),
        (error(400, "too long", code="context_length_exceeded"), ModelRefused, "too long for openai:scripted.*less"),
        (error(400, "This model's maximum context length is 8192 tokens"), ModelRefused, "too long for openai"),
        (error(401, "Incorrect key sk-secret-key-1234"), ModelRefused, "does not accept the key.*set OPENAI_API_KEY"),
        (error(402, "Insufficient Balance"), ModelRateLimited, "quota of the key .* is used up; add credit"),
        (error(403, "Country not supported"), ModelRefused, "does not permit this"),
        (error(404, "The model does not exist", code="model_not_found"), ModelRefused, "404.*name a model that"),
        (error(413, "Payload too large"), ModelRefused, "too long for openai:scripted"),
        (error(422, "Unprocessable"), ModelRefused, "answered 422"),
        (
            error(429, "You exceeded your quota", code="insufficient_quota", type="insufficient_quota"),
            ModelRateLimited,
            "quota of the key .* is used up; add credit",
        ),
        (refusal("I cannot help with that."), ModelRefused, "declined to answer: I cannot help with that"),
        (answer("A", finish_reason="content_filter"), ModelRefused, "content filter .* withheld"),
        (answer(), EmptyAnswer, "answered without a word; ask again"),
        (answer("", " ", "\n\n"), EmptyAnswer, "answered without a word"),
        (answer("<think>Hm.</think>", " "), EmptyAnswer, "answered without a word"),
        (answer(finish_reason="length"), EndlessAnswer, "reached its limit of tokens without an answer"),
        (answer("<think>", "Hm. " * 9, finish_reason="length"), EndlessAnswer, "limit of tokens without an answer"),
        (answer(*[LOOP] * 4, finish_reason="length"), EndlessAnswer, "repeated itself"),
        (endless("again and again "), EndlessAnswer, "went on past 8,000 characters"),
        (endless(" \n" * 9_000), EndlessAnswer, "went on past 8,000 characters"),
        (endless("<think>" + "Hm. " * 9_000), EndlessAnswer, "went on past 8,000 characters"),
        (answer("x" * 8001), EndlessAnswer, "went on past 8,000 characters"),
        (drop("A storm", " was"), StreamDropped, "broke off: the connection was closed; ask again"),
        (leave("A storm", " was"), StreamDropped, "broke off before its end; ask again"),
        (answer("A storm", finish_reason=None, done=False), StreamDropped, "broke off before its end"),
        (raw("data: {not json}\n\n"), ModelUnreachable, "not an answer of its protocol.*check OPENAI_BASE_URL"),
        (raw('data: "words"\n\n'), ModelUnreachable, "not an answer of its protocol"),
        (raw("data: [1, 2]\n\n"), ModelUnreachable, "not an answer of its protocol"),
        (raw('data: {"choices": [{}]}\n\n'), ModelUnreachable, "not an answer of its protocol"),
        (raw(b'data: {"choices": "\xff\xfe"}\n\n'), ModelUnreachable, "not an answer of its protocol"),
        (raw("<html>Welcome</html>", content_type="text/html"), ModelError, "openai:scripted"),
        (raw(""), ModelError, "openai:scripted"),
        (raw("Bad Gateway", status=418, content_type="text/plain"), ModelRefused, "answered 418"),
    ],
)
def test_a_fault_ends_in_one_clear_line(
    server: ScriptedOpenAI, script: Script, expected: type[ModelError], words: str
) -> None:
    server.add(script)
    with pytest.raises(expected, match=words) as caught:
        pieces(answerer_at(server), question())
    assert "sk-secret" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.remedy
    assert len(server.chats()) == 1, "what another attempt cannot mend is not tried again"


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (stall(), "did not begin to answer within 0.3 s"),
        (answer("A storm", before=30.0), "did not begin to answer within 0.3 s"),
        (Script(ending="keepalive"), "did not begin to answer within 0.3 s"),
        (stall("A storm"), "fell silent in its answer for 0.2 s"),
        (dataclasses.replace(stall("A storm"), ending="keepalive"), "fell silent in its answer for 0.2 s"),
        (answer("A", *(0.15, " storm") * 9), "did not finish within 0.8 s"),
    ],
)
def test_a_model_that_is_too_slow_is_not_waited_for(server: ScriptedOpenAI, script: Script, words: str) -> None:
    server.add(script)
    began = time.monotonic()
    with pytest.raises(ModelTimeout, match=f"{words}; try again later"):
        pieces(answerer_at(server, timeouts=QUICK), question())
    assert time.monotonic() - began < 20.0, "the script would go on for 30 s or for ever"
    assert len(server.chats()) == 1
    assert server.requests[0].gone.wait(3.0), "the connection is closed"


async def test_the_words_before_a_fault_have_been_handed_on(server: ScriptedOpenAI) -> None:
    server.add(drop("A storm", 0.1))
    stream = answerer_at(server).stream(*question())
    assert await anext(stream) == "A storm"
    with pytest.raises(StreamDropped):
        await anext(stream)


def test_a_connection_that_is_refused_is_named_with_its_address() -> None:
    with ScriptedOpenAI() as gone:
        answerer = answerer_at(gone)
    with pytest.raises(ModelUnreachable, match=r"no connection to .* at http://127.* \(connection refused\); start"):
        pieces(answerer, question())


def test_a_host_that_does_not_exist_is_named() -> None:
    model = open_chat_model("openai:scripted", base_url="http://no-such-host.invalid/v1", timeouts=PATIENT)
    answerer = ChatModelAnswerer(model, options=CallOptions(timeouts=PATIENT, retries=Retries(attempts=0)))
    with pytest.raises(ModelUnreachable, match=r"no-such-host\.invalid/v1 \(the host's name is not known\)"):
        pieces(answerer, question())


def test_a_host_that_does_not_take_the_connection_is_unreachable() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        address = full.getsockname()
        with socket.create_connection(address), socket.socket() as second:
            second.setblocking(False)
            second.connect_ex(address)
            timeouts = Timeouts(connect=0.2, first_token=5.0)
            model = open_chat_model("openai:scripted", base_url=f"http://127.0.0.1:{address[1]}/v1", timeouts=timeouts)
            with pytest.raises(ModelUnreachable, match="no connection in time"):
                pieces(
                    ChatModelAnswerer(model, options=CallOptions(timeouts=timeouts, retries=Retries(attempts=0))),
                    question(),
                )


@pytest.mark.parametrize("address", ["localhost:11434", "ftp://localhost/v1", "http://"])
def test_an_address_that_is_none_is_named(address: str) -> None:
    model = open_chat_model("openai:scripted", base_url=address)
    with pytest.raises(ModelError, match="OPENAI_BASE_URL"):
        pieces(ChatModelAnswerer(model, options=CallOptions(retries=Retries(attempts=0))), question())


@pytest.mark.parametrize(
    "key", ["sk-secret\n-key-wxyz", "sk-sécret-key-wxyz", "sk-secret-kéy-wxyz\x00", "own\nsecret wxyz"]
)
def test_a_key_that_cannot_be_sent_is_not_shown(server: ScriptedOpenAI, key: str) -> None:
    model = open_chat_model("openai:scripted", base_url=server.base_url, api_key=key)
    with pytest.raises(ModelRefused, match=r"perhaps the key.*OPENAI_API_KEY") as caught:
        pieces(ChatModelAnswerer(model, options=CallOptions(retries=Retries(attempts=0))), question())
    cause: BaseException | None = caught.value
    while cause is not None:
        assert "cret" not in str(cause)
        assert "wxyz" not in str(cause)
        cause = cause.__cause__


def test_a_server_that_repeats_the_key_does_not_make_us_show_it() -> None:
    with ScriptedOpenAI([error(400, "You sent Bearer my-own-secret and sk-other-secret-12")]) as server:
        model = open_chat_model("openai:scripted", base_url=server.base_url, api_key="my-own-secret")
        with pytest.raises(ModelRefused, match="answered 400") as caught:
            pieces(ChatModelAnswerer(model), question())
    cause: BaseException | None = caught.value
    while cause is not None:
        assert "secret" not in str(cause)
        cause = cause.__cause__


def test_the_error_of_the_vendor_is_kept_as_the_cause(server: ScriptedOpenAI) -> None:
    import openai

    server.add(error(401, "No."))
    with pytest.raises(ModelRefused) as caught:
        pieces(answerer_at(server), question())
    assert isinstance(caught.value.__cause__, openai.AuthenticationError)
