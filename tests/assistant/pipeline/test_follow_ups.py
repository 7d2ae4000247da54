"""Follow-ups: completed by the model, or by rules, and shown as they were understood."""

from __future__ import annotations

import pytest
from answering import FREEZE, TALKS, answer_in, events, number_of, quoting, written
from scripted_openai import Request, Script, ScriptedOpenAI, answer, error

from assistant.errors import UsageError
from assistant.types import Notice, PassagesFound, Turn
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.store import Store

BOTH = pytest.mark.parametrize("mode", ["sync", "async"])

KERRY = [
    {"role": "user", "content": FREEZE},
    {"role": "assistant", "content": "The Foreign Ministry named “targeted unfriendly actions” by Washington [1]."},
]


@BOTH
def test_a_follow_up_is_completed_by_rules_without_a_model_and_shown(
    mode: str, sample_store: Store, embed: EmbeddingCache
) -> None:
    stream = events(mode, quoting(sample_store, embed), "And what does Washington say?", KERRY, as_of=TALKS)
    given = answer_in(stream)
    found = stream[0]
    assert isinstance(found, PassagesFound)
    assert found.standalone_question == given.standalone_question == "What does Washington say caused the freeze?"
    assert given.question == "And what does Washington say?"
    assert given.notices == ()


@BOTH
def test_a_follow_up_is_completed_by_the_model_and_its_tokens_are_counted(
    mode: str, sample_store: Store, embed: EmbeddingCache
) -> None:
    rewritten = "What does Washington say caused the freeze with Russia?"

    def script(request: Request) -> Script:
        if "rewrite" in request.message("system"):
            return answer(rewritten, usage=(40, 9))
        cause = number_of(request, "response to what Russia had done")
        return answer(f"American officials called it a response to what Russia had done first [{cause}].")

    turns = [Turn(role=turn["role"], content=turn["content"]) for turn in KERRY]
    with ScriptedOpenAI(script) as server:
        assistant = written(sample_store, embed, server)
        given = answer_in(events(mode, assistant, "And what does Washington say?", turns, as_of=TALKS))
        assert "And what does Washington say?" in server.chats()[0].prompt
        assert rewritten in server.chats()[1].prompt
    assert given.standalone_question == rewritten
    assert given.usage is not None
    assert (given.usage.input_tokens, given.usage.output_tokens) == (140, 29)


@BOTH
def test_where_the_model_cannot_complete_a_follow_up_the_rules_do_and_it_is_said(
    mode: str, sample_store: Store, embed: EmbeddingCache
) -> None:
    def script(request: Request) -> Script:
        if "rewrite" in request.message("system"):
            return error(500, "Overloaded.", type="server_error")
        cause = number_of(request, "response to what Russia had done")
        return answer(f"American officials called it a response to what Russia had done first [{cause}].")

    with ScriptedOpenAI(script) as server:
        assistant = written(sample_store, embed, server, retries=0)
        stream = events(mode, assistant, "And what does Washington say?", KERRY, as_of=TALKS)
    assert isinstance(stream[0], Notice)
    assert not stream[0].restart
    given = answer_in(stream)
    assert given.standalone_question == "What does Washington say caused the freeze?"
    assert given.notices == (stream[0].text,)
    assert stream[0].text.startswith("The follow-up was completed by rules, because")
    assert not given.abstained


def test_a_turn_without_role_and_content_is_refused(sample_store: Store, embed: EmbeddingCache) -> None:
    with pytest.raises(UsageError, match="a turn of the history has no role and content"):
        quoting(sample_store, embed).ask("And then?", [{"text": "no"}])
