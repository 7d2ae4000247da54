"""The one path from a question to an answer: its events, its citations, and what it does when it is asked twice."""

from __future__ import annotations

import asyncio
import datetime as dt
import re

import pytest
from answering import FREEZE, TALKS, answer_in, check, events, marks, number_of, numbered, quoting, shown, written
from scripted_openai import Request, Script, ScriptedOpenAI, answer, stall

from assistant.errors import UsageError
from assistant.pipeline.assistant import Assistant
from assistant.types import AnswerReady, Notice, PassagesFound, Support, TextDelta
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.store import Store

BOTH = pytest.mark.parametrize("mode", ["sync", "async"])


def blames(request: Request) -> Script:
    """Cites what the ministry and the Kremlin said, in another order than the evidence has it."""
    actions, denial = (
        number_of(request, "targeted unfriendly actions"),
        number_of(request, "the initiator of the freeze"),
    )
    return answer(
        "Russia’s Foreign Ministry blamed “targeted unfriendly actions” by Washington ",
        f"[{actions}",
        f"]. The Kremlin’s spokesman, Dmitry Peskov, said that Russia “wasn’t the initiator of the freeze” [{denial}]",
        ".",
    )


@pytest.fixture
def blaming() -> ScriptedOpenAI:
    return ScriptedOpenAI(blames)


@BOTH
def test_passages_come_first_then_text_then_the_answer(
    mode: str, sample_store: Store, embed: EmbeddingCache, blaming: ScriptedOpenAI
) -> None:
    with blaming:
        stream = events(mode, written(sample_store, embed, blaming), FREEZE, as_of=TALKS)
    assert isinstance(stream[0], PassagesFound)
    assert {type(event) for event in stream[1:-1]} == {TextDelta}
    assert isinstance(stream[-1], AnswerReady)
    given = answer_in(stream)
    assert shown(stream) == given.text
    ranked = [entry.passage for entry in given.passages if entry.passage.copy_of is None]
    assert list(stream[0].passages) == ranked[: len(stream[0].passages)]
    assert {entry.used for entry in given.passages if entry.passage.copy_of is not None} <= {False}
    assert stream[0].articles == len({passage.article_id for passage in stream[0].passages})
    check(sample_store, given)
    assert [statement.support for statement in given.statements] == [Support.SUPPORTED, Support.SUPPORTED]


@BOTH
def test_a_citation_comes_with_the_piece_that_uses_its_mark_first(
    mode: str, sample_store: Store, embed: EmbeddingCache, blaming: ScriptedOpenAI
) -> None:
    with blaming:
        stream = events(mode, written(sample_store, embed, blaming), FREEZE, as_of=TALKS)
    seen = 0
    for event in stream:
        if isinstance(event, TextDelta):
            assert [citation.number for citation in event.citations] == [n for n in marks(event.text) if n > seen]
            seen += len(event.citations)
    assert seen == len(answer_in(stream).citations)


def test_ask_gives_the_answer_of_the_stream(
    sample_store: Store, embed: EmbeddingCache, blaming: ScriptedOpenAI
) -> None:
    with blaming:
        assistant = written(sample_store, embed, blaming)
        asked = assistant.ask(FREEZE, as_of=TALKS)
        streamed = answer_in(events("sync", assistant, FREEZE, as_of=TALKS))
        awaited = asyncio.run(assistant.aask(FREEZE, as_of=TALKS))
    assert asked.text == streamed.text == awaited.text
    assert asked.citations == streamed.citations == awaited.citations
    assert asked.statements == streamed.statements == awaited.statements


def test_the_answer_says_how_it_came_to_be(sample_store: Store, embed: EmbeddingCache, blaming: ScriptedOpenAI) -> None:
    with blaming:
        given = written(sample_store, embed, blaming).ask(FREEZE, as_of=TALKS, question_id="q7")
    assert (given.id, given.question, given.standalone_question, given.as_of) == ("q7", FREEZE, FREEZE, TALKS)
    assert given.model == "openai:scripted"
    assert re.fullmatch(r"answer@[0-9a-f]{12}", given.prompt or "")
    assert given.usage is not None
    assert (given.usage.input_tokens, given.usage.output_tokens) == (100, 20)
    assert 0 < given.confidence <= 1
    timings = given.timings
    assert timings.first_token is not None
    assert 0 < timings.retrieve < timings.first_token < timings.total
    assert sum(entry.used for entry in given.passages) >= 8
    assert len({entry.passage.article_id for entry in given.passages}) >= 10


def test_what_is_marked_used_is_what_the_model_was_sent(
    sample_store: Store, embed: EmbeddingCache, blaming: ScriptedOpenAI
) -> None:
    with blaming:
        given = written(sample_store, embed, blaming).ask(FREEZE, as_of=TALKS)
        sent = {words for _, words in numbered(blaming.chats()[0])}
    used = [entry.passage for entry in given.passages if entry.used]
    of_used = [{" ".join(p.sentence(span).split()) for span in p.sentences} for p in used]
    assert sent <= set().union(*of_used), "nothing else was sent"
    assert all(sent & own for own in of_used), "something of each was; its headings are not"


def test_display_numbers_run_in_order_of_first_use_and_unknown_marks_are_dropped_and_counted(
    sample_store: Store, embed: EmbeddingCache
) -> None:
    def script(request: Request) -> Script:
        denial = number_of(request, "the initiator of the freeze in relations")
        actions = number_of(request, "targeted unfriendly actions")
        return answer(
            f"Russia “wasn’t the initiator of the freeze in relations” [{denial}][999]. "
            f"The ministry spoke of “targeted unfriendly actions” by Washington [{actions}, 0, {denial}]."
        )

    with ScriptedOpenAI(script) as server:
        stream = events("sync", written(sample_store, embed, server), FREEZE, as_of=TALKS)
    given = answer_in(stream)
    check(sample_store, given)
    assert list(marks(given.text)) == [1, 2, 1]
    assert given.unknown_marks == 2
    assert given.notices == ("2 citation marks named no sentence and left the text.",)
    assert [event.text for event in stream if isinstance(event, Notice)] == list(given.notices)


def test_concurrent_questions_do_not_mix(sample_store: Store, embed: EmbeddingCache) -> None:
    wanted = {
        FREEZE: "targeted unfriendly actions",
        "How long did Kerry's meetings in Sochi last altogether?": "eight hours of talks",
        "What is the deadline for a nuclear agreement with Iran?": "June 30",
        "How many craters did the monitors find in the shelled village?": "14 craters",
    }

    def script(request: Request) -> Script:
        words = next(words for question, words in wanted.items() if question in request.message("user"))
        return answer(0.02, f"It says “{words}” ", 0.02, f"[{number_of(request, words)}", 0.02, "].")

    async def all_of_them(assistant: Assistant) -> list[str]:
        asked = [assistant.aask(question, as_of=TALKS) for question in wanted for _ in range(3)]
        answers = await asyncio.gather(*asked)
        for given in answers:
            check(sample_store, given)
            assert wanted[given.question] in given.text
            assert wanted[given.question] in given.citations[0].quote
        return [given.id for given in answers]

    with ScriptedOpenAI(script) as server:
        ids = asyncio.run(all_of_them(written(sample_store, embed, server)))
    assert len(set(ids)) == len(ids) == 12


def test_closing_the_stream_stops_the_model(sample_store: Store, embed: EmbeddingCache) -> None:
    with ScriptedOpenAI([stall("The ministry blamed ", "Washington ")]) as server:
        stream = written(sample_store, embed, server).stream(FREEZE, as_of=TALKS)
        assert isinstance(next(stream), PassagesFound)
        assert isinstance(next(stream), TextDelta)
        assert not server.chats()[0].gone.is_set()
        stream.close()
        assert server.chats()[0].gone.wait(2)


def test_cancelling_the_task_stops_the_model(sample_store: Store, embed: EmbeddingCache) -> None:
    async def cancel(server: ScriptedOpenAI) -> None:
        task = asyncio.create_task(written(sample_store, embed, server).aask(FREEZE, as_of=TALKS))
        while not server.chats():
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with ScriptedOpenAI([stall("The ministry ")]) as server:
        asyncio.run(cancel(server))
        assert server.chats()[0].gone.wait(2)


@BOTH
def test_small_talk_is_answered_in_one_line_without_a_search_or_a_model(
    mode: str, sample_store: Store, embed: EmbeddingCache, scripted_openai: ScriptedOpenAI
) -> None:
    stream = events(mode, written(sample_store, embed, scripted_openai), "Hello there!")
    given = answer_in(stream)
    assert [type(event) for event in stream] == [TextDelta, AnswerReady]
    assert shown(stream) == given.text
    assert "\n" not in given.text
    assert (given.abstained, given.citations, given.statements, given.passages) == (False, (), (), ())
    assert scripted_openai.requests == []


@pytest.mark.parametrize("question", ["", "  \n ", "\x00\x07", "a" * 10_001])
def test_a_question_that_is_none_is_refused_in_one_line(
    question: str, sample_store: Store, embed: EmbeddingCache
) -> None:
    with pytest.raises(UsageError) as caught:
        quoting(sample_store, embed).ask(question)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_question_is_read_as_one_normalised_line(sample_store: Store, embed: EmbeddingCache) -> None:
    given = quoting(sample_store, embed).ask("What\n does\x07 Z\u030celjka \ud800 say?", as_of=TALKS)
    assert given.question == "What does Željka ? say?"


def test_days_that_exclude_each_other_are_refused(sample_store: Store, embed: EmbeddingCache) -> None:
    assistant = quoting(sample_store, embed)
    first, second = dt.date(2016, 1, 1), dt.date(2016, 1, 2)
    with pytest.raises(UsageError, match="no day lies from 2016-01-02 to 2016-01-01"):
        assistant.ask(FREEZE, date_from=second, date_to=first)
    with pytest.raises(UsageError, match="no day lies from 2016-01-02 to 2016-01-01"):
        assistant.ask(FREEZE, date_from=second, date_to=dt.date(2017, 1, 1), as_of=first)


@BOTH
def test_nothing_published_after_as_of_is_seen(mode: str, sample_store: Store, embed: EmbeddingCache) -> None:
    # The talks were on the 12th and told of on the 13th.
    question = "How long did Kerry's talks with Putin in Sochi last?"
    early = answer_in(events(mode, quoting(sample_store, embed), question, as_of=dt.date(2015, 5, 12)))
    late = answer_in(events(mode, quoting(sample_store, embed), question, as_of=dt.date(2015, 5, 14)))
    check(sample_store, early)
    check(sample_store, late)
    assert "eight hours" in late.text
    assert "eight hours" not in early.text


def test_nothing_later_is_among_the_nearest_articles_either(sample_store: Store, embed: EmbeddingCache) -> None:
    given = quoting(sample_store, embed, threshold=1.0).ask(FREEZE, as_of=dt.date(2015, 5, 12))
    assert given.abstention is not None
    days = [near.published for near in given.abstention.nearest]
    assert days
    assert all(day == "2015-05-12" for day in days)


def test_a_date_and_time_counts_as_its_day(sample_store: Store, embed: EmbeddingCache) -> None:
    moment = dt.datetime(2015, 5, 14, 9, 30, tzinfo=dt.UTC)
    given = quoting(sample_store, embed).ask(FREEZE, as_of=moment, date_from=moment, date_to=moment)
    assert given.as_of == dt.date(2015, 5, 14)
    assert {entry.passage.published for entry in given.passages} == {dt.date(2015, 5, 14)}


def test_only_articles_of_the_wanted_days_are_searched(sample_store: Store, embed: EmbeddingCache) -> None:
    first, last = dt.date(2015, 5, 13), dt.date(2015, 5, 14)
    given = quoting(sample_store, embed).ask(FREEZE, as_of=TALKS, date_from=first, date_to=last)
    found = [sample_store.article(entry.passage.article_id).day for entry in given.passages]
    assert found
    assert all(day is not None and first <= day <= last for day in found)


@pytest.mark.parametrize("sources", ["the harbour post", ["The Harbour Post"], ("THE HARBOUR POST",)])
def test_only_the_wanted_publisher_is_searched(sources: str, sample_store: Store, embed: EmbeddingCache) -> None:
    given = quoting(sample_store, embed).ask(FREEZE, as_of=TALKS, sources=sources)
    assert {entry.passage.source for entry in given.passages} == {"The Harbour Post"}
    assert {citation.source for citation in given.citations} == {"The Harbour Post"}


def test_the_face_of_the_package_is_assistant(sample_store: Store) -> None:
    import assistant

    opened = assistant.Assistant.open(sample_store, model="extractive")
    assert isinstance(opened, Assistant)
    given = opened.ask(FREEZE, as_of=TALKS)
    assert (given.model, given.prompt, given.usage) == ("extractive", None, None)
    check(sample_store, given)


def test_a_store_that_was_given_stays_open_where_the_model_cannot_be_had(sample_store: Store) -> None:
    from assistant.errors import ModelError, SettingsError

    with pytest.raises((ModelError, SettingsError)):
        Assistant.open(sample_store, model="openai:gpt-5-mini")  # there is no key
    assert sample_store.search(FREEZE)
