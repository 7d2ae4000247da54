"""A chat model that fails: a clear error of its own kind, or by choice sentences quoted from the archive."""

from __future__ import annotations

import pytest
from answering import FREEZE, TALKS, answer_in, check, events, number_of, quoting, shown, written
from asking import PATIENT, QUICK
from scripted_openai import Request, Script, ScriptedOpenAI, answer, drop, endless, error, leave, raw, stall

from assistant.answerers.chat.answerer import Timeouts
from assistant.answerers.extractive.answerer import PREAMBLE
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
from assistant.types import Answer, Notice, TextDelta
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.store import Store

FAULTS: dict[str, tuple[Script, type[ModelError]]] = {
    "a wrong key": (error(401, "Incorrect API key provided.", code="invalid_api_key"), ModelRefused),
    "no such model": (error(404, "The model does not exist.", code="model_not_found"), ModelRefused),
    "a rate limit": (error(429, "Slow down.", type="requests", code="rate_limit_exceeded"), ModelRateLimited),
    "an empty quota": (error(429, "No quota.", type="insufficient_quota", code="insufficient_quota"), ModelRateLimited),
    "a failing server": (error(500, "Broken.", type="server_error"), ModelUnreachable),
    "an overloaded server": (error(503, "Overloaded.", type="server_error"), ModelUnreachable),
    "no first word": (stall(), ModelTimeout),
    "a stall": (stall("The ministry blamed "), ModelTimeout),
    "a drop": (drop("The ministry blamed ", "Washington "), StreamDropped),
    "an early end": (leave("The ministry blamed ", "Washington "), StreamDropped),
    "no word": (answer(), EmptyAnswer),
    "no end": (endless("The ministry blamed Washington. "), EndlessAnswer),
    "no protocol": (raw("<html>Please log in.</html>", content_type="text/html"), ModelError),
}
EVERY_FAULT = pytest.mark.parametrize(("script", "kind"), FAULTS.values(), ids=FAULTS)
BOTH = pytest.mark.parametrize("mode", ["sync", "async"])


def failing(script: Script) -> ScriptedOpenAI:
    return ScriptedOpenAI(lambda request: script)


def patience(kind: type[ModelError]) -> Timeouts:
    """Short only where it is the waiting that fails: on a busy machine an answer takes its time."""
    return QUICK if kind is ModelTimeout else PATIENT


@BOTH
@EVERY_FAULT
def test_without_a_fallback_each_fault_is_an_error_of_its_kind(
    mode: str, script: Script, kind: type[ModelError], sample_store: Store, embed: EmbeddingCache
) -> None:
    with failing(script) as server:
        assistant = written(sample_store, embed, server, timeouts=patience(kind), retries=1)
        with pytest.raises(kind) as caught:
            events(mode, assistant, FREEZE, as_of=TALKS)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 4
    assert caught.value.remedy


@BOTH
@EVERY_FAULT
def test_with_a_fallback_each_fault_ends_in_quoted_sentences_and_a_line_that_says_so(
    mode: str, script: Script, kind: type[ModelError], sample_store: Store, embed: EmbeddingCache
) -> None:
    with failing(script) as server:
        assistant = written(sample_store, embed, server, fallback=True, timeouts=patience(kind), retries=0)
        stream = events(mode, assistant, FREEZE, as_of=TALKS)
    given = answer_in(stream)
    check(sample_store, given)
    assert _words(given) == _words(quoting(sample_store, embed).ask(FREEZE, as_of=TALKS))
    assert (given.model, given.prompt, given.abstained) == ("extractive", None, False)
    restarts = [event for event in stream if isinstance(event, Notice) and event.restart]
    assert len(restarts) == 1
    assert restarts[0].text.startswith("The chat model did not answer (")
    assert restarts[0].text.endswith("These are sentences quoted from the archive.")
    assert restarts[0].text in given.notices
    # What was streamed before the restart is void, and its marks and citations with it.
    assert shown(stream) == given.text
    later = stream[stream.index(restarts[0]) :]
    fresh = [citation.number for event in later if isinstance(event, TextDelta) for citation in event.citations]
    assert fresh == [citation.number for citation in given.citations]


def _words(given: Answer) -> tuple[str, list[str]]:
    return given.text, [citation.quote for citation in given.citations]


def test_marks_of_the_text_before_the_restart_do_not_shift_the_numbers_after_it(
    sample_store: Store, embed: EmbeddingCache
) -> None:
    def script(request: Request) -> Script:
        return drop(f"The visit was “very positive” [{number_of(request, 'very positive')}][998]. And ")

    with ScriptedOpenAI(script) as server:
        assistant = written(sample_store, embed, server, fallback=True, retries=0)
        stream = events("sync", assistant, FREEZE, as_of=TALKS)
    first = next(event for event in stream if isinstance(event, TextDelta) and event.citations)
    assert first.citations[0].number == 1
    given = answer_in(stream)
    check(sample_store, given)
    assert given.text.startswith(PREAMBLE)
    assert given.unknown_marks == 0
    assert given.citations[0].quote != first.citations[0].quote


def test_what_the_failed_model_cost_is_kept(sample_store: Store, embed: EmbeddingCache) -> None:
    def script(request: Request) -> Script:
        rewriting = "rewrite" in request.message("system")
        return answer(FREEZE, usage=(40, 9)) if rewriting else error(500, "Broken.", type="server_error")

    history = [{"role": "user", "content": FREEZE}, {"role": "assistant", "content": "Washington did."}]
    with ScriptedOpenAI(script) as server:
        assistant = written(sample_store, embed, server, fallback=True, retries=0)
        given = assistant.ask("And why?", history, as_of=TALKS)
    assert given.model == "extractive"
    assert given.usage is not None
    assert (given.usage.input_tokens, given.usage.output_tokens) == (40, 9)


def test_a_fault_that_passes_is_tried_again_and_leaves_no_trace(sample_store: Store, embed: EmbeddingCache) -> None:
    def script(request: Request) -> Script:
        if len(server.chats()) < 3:
            return error(503, "Overloaded.", type="server_error")
        return answer(f"The visit was “very positive” [{number_of(request, 'very positive')}].")

    with ScriptedOpenAI(script) as server:
        given = written(sample_store, embed, server, fallback=True, retries=3).ask(FREEZE, as_of=TALKS)
        assert len(server.chats()) == 3
    assert given.model == "openai:scripted"
    assert given.notices == ()


def test_an_error_before_the_question_is_understood_asks_no_model(
    sample_store: Store, embed: EmbeddingCache, scripted_openai: ScriptedOpenAI
) -> None:
    # Too little evidence: the program abstains by itself.
    given = written(sample_store, embed, scripted_openai).ask("How do I sort a list in Python?", as_of=TALKS)
    assert given.abstained
    assert scripted_openai.requests == []
