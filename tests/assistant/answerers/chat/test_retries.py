"""Which faults are tried again, how long is waited in between, and what is left out of the next attempt."""

from __future__ import annotations

import email.utils
import time
from collections.abc import Iterator

import pytest
from asking import Slept, answerer_at, pieces, question, text_of
from scripted_openai import Script, ScriptedOpenAI, answer, drop, error, leave, raw

from assistant.errors import ModelError, ModelRateLimited, ModelRefused, ModelTimeout, ModelUnreachable, StreamDropped

GOOD = answer("A storm [2].")


@pytest.fixture
def server() -> Iterator[ScriptedOpenAI]:
    with ScriptedOpenAI() as scripted:
        yield scripted


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (error(500, "The server had an error"), ModelUnreachable),
        (error(503, "Loading model"), ModelUnreachable),
        (raw("<html>Bad gateway</html>", status=502, content_type="text/html"), ModelUnreachable),
        (error(429, "Slow down", code="rate_limit_exceeded"), ModelRateLimited),
        (error(408, "Too slow"), ModelTimeout),
        (error(409, "Busy"), ModelUnreachable),
        (drop(), ModelUnreachable),
        (leave(), StreamDropped),
        (raw('data: {"error": {"message": "overloaded", "type": "server_error"}}\n\n'), ModelUnreachable),
        (raw('data: {"error": {"message": "Slow down", "code": 429}}\n\n'), ModelRateLimited),
    ],
)
def test_a_fault_before_the_first_word_is_tried_again_three_times(
    server: ScriptedOpenAI, script: Script, expected: type[ModelError]
) -> None:
    server.add(script, script, script, GOOD, *[script] * 4)
    answerer = answerer_at(server)
    assert text_of(pieces(answerer, question())) == "A storm [2]."
    with pytest.raises(expected):
        pieces(answerer, question())
    assert len(server.chats()) == 8


@pytest.mark.parametrize(
    "script",
    [
        drop("A"),
        leave("A"),
        answer("A", finish_reason=None, done=False),
        raw('data: {"choices": [{"delta": {"content": "A"}}]}\n\ndata: {"error": {"message": "overloaded"}}\n\n'),
        raw('data: {"choices": [{"delta": {"content": "A"}}]}\n\ndata: {oops\n\n'),
    ],
)
def test_nothing_is_tried_again_once_a_word_has_come(server: ScriptedOpenAI, script: Script) -> None:
    server.add(script, GOOD)
    with pytest.raises(StreamDropped):
        pieces(answerer_at(server), question())
    assert len(server.chats()) == 1


def test_waits_between_attempts_grow_and_differ(server: ScriptedOpenAI) -> None:
    slept = Slept()
    server.add(*[error(500)] * 4)
    with pytest.raises(ModelUnreachable):
        pieces(answerer_at(server, slept=slept), question())
    bounds = [(0.375, 0.5), (0.75, 1.0), (1.5, 2.0)]
    assert all(low <= wait <= high for wait, (low, high) in zip(slept.seconds, bounds, strict=True))


def test_the_wait_is_as_long_as_the_service_asks(server: ScriptedOpenAI) -> None:
    slept = Slept()
    in_nine_seconds = email.utils.formatdate(time.time() + 9, usegmt=True)
    server.add(error(429, retry_after=2.5), error(503, retry_after=in_nine_seconds), GOOD)
    pieces(answerer_at(server, slept=slept), question())
    assert slept.seconds[0] == 2.5
    assert 6.0 < slept.seconds[1] <= 9.0


def test_a_service_that_asks_for_a_longer_wait_than_we_have_is_given_up_at_once(server: ScriptedOpenAI) -> None:
    slept = Slept()
    server.add(error(429, retry_after=20), error(429, retry_after=20), GOOD)
    with pytest.raises(ModelRateLimited, match="too many requests and asks to wait 20 s; try again later"):
        pieces(answerer_at(server, slept=slept), question())
    assert slept.seconds == [20.0]


def test_retries_can_be_turned_off(server: ScriptedOpenAI) -> None:
    server.add(error(500), GOOD)
    with pytest.raises(ModelUnreachable):
        pieces(answerer_at(server, retries=0), question())
    assert len(server.chats()) == 1


def test_a_temperature_that_the_model_does_not_take_is_left_out_from_then_on(server: ScriptedOpenAI) -> None:
    unsupported = error(400, "Only the default (1) is supported.", code="unsupported_value", param="temperature")
    server.add(unsupported, GOOD, GOOD)
    answerer = answerer_at(server, retries=0)
    for _ in range(2):
        assert text_of(pieces(answerer, question())) == "A storm [2]."
    assert ["temperature" in request.body for request in server.chats()] == [True, False, False]


def test_a_limit_that_the_model_knows_by_its_newer_name_only_is_sent_so(server: ScriptedOpenAI) -> None:
    newer = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
    server.add(error(400, newer, code="unsupported_parameter", param="max_tokens"), GOOD)
    pieces(answerer_at(server), question())
    first, second = (request.body for request in server.chats())
    assert first["max_tokens"] == second["max_completion_tokens"]
    assert "max_tokens" not in second


def test_a_parameter_that_we_do_not_send_cannot_make_us_ask_for_ever(server: ScriptedOpenAI) -> None:
    server.add(*[error(400, "No.", code="unsupported_value", param="temperature")] * 3)
    with pytest.raises(ModelRefused):
        pieces(answerer_at(server), question())
    assert len(server.chats()) == 2
