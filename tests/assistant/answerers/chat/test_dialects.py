"""Servers that speak OpenAI's protocol, each a little differently, over a real HTTP server."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from asking import answerer_at, pieces, question, text_of
from scripted_openai import Request, Script, ScriptedOpenAI, answer, error, raw

from assistant.answerers.base import Piece
from assistant.errors import ModelError, ModelRefused, ModelUnreachable
from assistant.types import Notice, Usage

STORM = "A storm [2]."
GOOD = answer(STORM)


def chunk(delta: object, finish: str | None = None, **more: object) -> str:
    """One event of a stream, without its ``data:``."""
    return json.dumps({"choices": [{"index": 0, "delta": delta, "finish_reason": finish, **more}]})


def document(**choice: object) -> str:
    """A whole completion."""
    return json.dumps({"object": "chat.completion", "choices": [{"index": 0, "finish_reason": "stop", **choice}]})


TEXT, END = chunk({"content": STORM}), chunk({}, "stop")
MESSAGE = {"role": "assistant", "content": STORM}


@pytest.mark.parametrize(
    "script",
    [
        answer("A sto", "rm [2].", finish_reason=None),
        raw(f"data:{TEXT}\r\n\r\n: ping\r\n\r\nevent: message\r\nid: 4\r\ndata:{END}\r\n\r\ndata:[DONE]\r\n\r\n"),
        raw(f"data: {TEXT}\rdata: {END}\r\r"),
        raw(f"data: {TEXT}\ndata: {END}\ndata: [DONE]\n"),
        raw(f"\ufeff: OPENROUTER PROCESSING\n\ndata: {TEXT}\n\ndata: {END}"),
        raw(f"{TEXT}\n{END}\n", content_type="application/x-ndjson"),
        raw(document(message=MESSAGE), content_type="application/json"),
        raw(json.dumps(json.loads(document(message=MESSAGE)), indent=2), content_type="text/plain"),
        raw(document(text=STORM)),
        raw(f"data: {document(message=MESSAGE)}\n\n"),
        raw(f"data: {chunk({'content': [{'type': 'text', 'text': STORM}]}, 'stop')}\n\n"),
        raw(
            "data: "
            + chunk({"content": [{"type": "thinking", "thinking": "Sun."}, {"type": "text", "text": STORM}]})
            + f"\n\ndata: {END}\n\n"
        ),
        raw(f"data: {chunk({'reasoning': 'Sun.', 'reasoning_content': 'Rain.'})}\n\ndata: {TEXT}\n\ndata: {END}\n\n"),
        raw(f'data: {{"choices": null}}\n\ndata: {TEXT}\n\ndata: {chunk(None, "stop")}\n\n'),
        raw(f"data: {chunk({'content': STORM}, '')}\n\ndata: [DONE]\n\n"),
    ],
)
def test_an_answer_is_read_in_whatever_form_it_comes(script: Script) -> None:
    with ScriptedOpenAI([script]) as server:
        assert text_of(pieces(answerer_at(server, retries=0), question())) == STORM


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (raw('{"error": {"message": "model overloaded", "code": 503}}'), "reported an error: model overloaded;"),
        (raw('{"error": "no such adapter"}'), "no such adapter"),
        (raw('{"detail": "out of workers"}'), "out of workers"),
        (raw('data: {"error": "out of memory"}\n\n'), "out of memory"),
        (raw('event: error\ndata: {"message": "out of memory"}\n\n'), "out of memory"),
        (raw('data: {"object": "error", "message": "out of memory", "code": 500}\n\n'), "out of memory"),
        (raw('{"error": "Load a model first"}', status=400), "answered 400: Load a model first;"),
        (raw('{"detail": "Load a model first"}', status=400), "answered 400: Load a model first;"),
        (raw('{"detail": [{"loc": ["body", "seed"], "msg": "no number"}]}', status=422), "422: seed: no number;"),
        (raw('{"error": {"message": {"detail": "Load it"}}}', status=400), "400: Load it;"),
        (raw('{"errors": [{"title": "Load it"}]}', status=418), "418: Load it;"),
        (raw("Load it first", status=400), "answered 400: Load it first;"),
        (raw("<html><head><title>Bad &amp; gone</title></head></html>", status=502), "502: Bad & gone;"),
        (
            raw(
                '{"error": {"message": "Provider error", "metadata": {"raw": "{\\"detail\\": \\"Load it\\"}"}}}',
                status=400,
            ),
            "400: Provider error: Load it;",
        ),
        (raw('{"error": "\\u001b[31mred\\u001b[0m\\u0007 \\u202eturned\\nline"}', status=400), "400: red turned line;"),
    ],
)
def test_an_error_is_told_in_the_words_of_the_server(script: Script, words: str) -> None:
    with ScriptedOpenAI([script]) as server, pytest.raises(ModelError) as caught:
        pieces(answerer_at(server, retries=0), question())
    assert words in str(caught.value)
    assert "Error code" not in str(caught.value)
    assert str(caught.value).isprintable()


def test_the_words_of_a_server_are_bounded() -> None:
    script = raw(json.dumps({"detail": "no " * 9_000}), status=400)
    with ScriptedOpenAI([script]) as server, pytest.raises(ModelRefused) as caught:
        pieces(answerer_at(server, retries=0), question())
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (500, "input length exceeds maximum context length"),
        (422, "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096"),
        (400, "the request exceeds the available context size, try increasing it"),
        (400, "The number of tokens to keep from the initial prompt is greater than the context length"),
        (413, "Payload too large"),
        (503, "prompt is too long: 9000 tokens > 4096 maximum"),
    ],
)
def test_a_request_that_is_too_long_is_recognised_whatever_its_status(status: int, words: str) -> None:
    with ScriptedOpenAI([error(status, words)] * 2) as server:
        with pytest.raises(ModelRefused, match="too long for openai:scripted"):
            pieces(answerer_at(server), question())
        assert len(server.chats()) == 1


def test_a_server_that_is_slow_of_context_is_not_taken_for_one_with_too_little() -> None:
    with ScriptedOpenAI([error(500, "context deadline exceeded")]) as server, pytest.raises(ModelUnreachable):
        pieces(answerer_at(server, retries=0), question())


def roles(body: dict[str, Any]) -> list[str]:
    return [message["role"] for message in body["messages"]]


REFUSALS: list[tuple[Callable[[dict[str, Any]], bool], Script]] = [
    (lambda body: "stream_options" in body, error(400, "Unrecognized request argument supplied: stream_options")),
    (
        lambda body: "stream_options" in body,
        raw('{"detail": [{"loc": ["body", "stream_options"], "msg": "Extra inputs are not permitted"}]}', status=422),
    ),
    (lambda body: "temperature" in body, raw('{"error": "temperature is not supported"}', status=400)),
    (lambda body: "system" in roles(body), error(400, "System role not supported")),
    (lambda body: "system" in roles(body), error(500, "Conversation roles must alternate user/assistant/user/…")),
    (
        lambda body: "system" in roles(body),
        error(400, "Unsupported value.", code="unsupported_value", param="messages[0].role"),
    ),
    (lambda body: "max_tokens" in body, error(400, "'max_tokens' is unsupported, use its newer name")),
    (
        lambda body: "max_tokens" in body or "max_completion_tokens" in body,
        error(400, "max_tokens is too large: 4000. This model supports at most 512 completion tokens"),
    ),
    (lambda body: bool(body.get("stream")), error(400, "stream=true is not supported", param="stream")),
]


@pytest.mark.parametrize(("refuses", "script"), REFUSALS)
def test_what_a_server_refuses_is_left_out_once_and_from_then_on(
    refuses: Callable[[dict[str, Any]], bool], script: Script
) -> None:
    def reply(request: Request) -> Script:
        return script if refuses(request.body) else GOOD

    with ScriptedOpenAI(reply) as server:
        answerer = answerer_at(server, retries=0)
        for _ in range(2):
            assert text_of(pieces(answerer, question())) == STORM
        first, second, third = (request.body for request in server.chats())
    assert refuses(first)
    assert not refuses(second)
    assert not refuses(third)


def test_the_words_of_a_refused_system_message_stand_before_the_question() -> None:
    def reply(request: Request) -> Script:
        return error(400, "System role not supported") if "system" in roles(request.body) else GOOD

    with ScriptedOpenAI(reply) as server:
        pieces(answerer_at(server), question())
        before, after = server.chats()
    assert roles(after.body) == ["user"]
    assert after.message("user") == f"{before.message('system')}\n\n{before.message('user')}"


def test_a_server_that_refuses_one_thing_after_another_is_understood() -> None:
    def reply(request: Request) -> Script:
        return next((script for refuses, script in REFUSALS[::2] if refuses(request.body)), GOOD)

    with ScriptedOpenAI(reply) as server:
        assert text_of(pieces(answerer_at(server, retries=0), question())) == STORM


def test_thoughts_that_were_shown_are_taken_back_and_held_back_the_next_time() -> None:
    script = answer("Sentence 3 may have it [3].", 0.1, "</think>", STORM)
    with ScriptedOpenAI([script, script]) as server:
        answerer = answerer_at(server)
        first, second = (pieces(answerer, question()) for _ in range(2))

    def restarts(given: list[Piece]) -> list[int]:
        return [i for i, piece in enumerate(given) if isinstance(piece, Notice) and piece.restart]

    (at,) = restarts(first)
    assert text_of(first[at:]) == STORM
    assert not restarts(second)
    assert text_of(second) == STORM


def test_thoughts_that_the_limit_of_tokens_cut_off_are_no_answer() -> None:
    script = answer("Okay, the user asks about", finish_reason="length")
    with ScriptedOpenAI([script]) as server, pytest.raises(ModelError, match="limit of tokens without an answer"):
        pieces(answerer_at(server), question())


@pytest.mark.parametrize(
    "words",
    ["A storm (2).", "A storm².", "A storm<sup>2</sup>.", "A storm.\n\nSources: [2]", '{"answer": "A storm [2]."}'],
)
def test_a_mark_in_another_form_reaches_the_answer_as_a_mark(words: str) -> None:
    with ScriptedOpenAI([answer(*words)]) as server:
        given = pieces(answerer_at(server), question())
    assert text_of(given) == STORM
    assert isinstance(given[-1], Usage)
