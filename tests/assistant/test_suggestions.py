"""What is suggested after an answer can be answered, is new, and stands under the same limits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.pipeline.assistant import Assistant
from assistant.suggestions import OFFERED, Suggester
from assistant.types import Answer
from ingest.read import read
from ingest.samples import folder
from vectorstore.retrieval.scope import Scope
from vectorstore.store import Store

FERRY = "How many people were hurt in the Port Ansley ferry crash?"
FREEZE = "What does Russia say caused the freeze?"
LIBRARIES = "Why did Calderbridge close two libraries?"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("suggestions") / "store") as opened:
        opened.add(read(sorted(folder().glob("*.md"))))
        yield opened


@pytest.fixture(scope="module")
def assistant(store: Store) -> Assistant:
    return Assistant.open(store, model="extractive")


@pytest.fixture(scope="module")
def suggester(store: Store) -> Suggester:
    return Suggester(store)


@pytest.mark.parametrize("question", [FERRY, FREEZE, LIBRARIES])
def test_what_is_suggested_is_answered_with_something_new(
    assistant: Assistant, suggester: Suggester, question: str
) -> None:
    answer = assistant.ask(question)
    told = {citation.quote for citation in answer.citations}
    suggestions = suggester.suggest(answer)
    assert 2 <= len(suggestions) <= OFFERED
    assert len(set(suggestions)) == len(suggestions)
    for suggestion in suggestions:
        reply = assistant.ask(suggestion)
        assert not reply.abstained, suggestion
        assert {citation.quote for citation in reply.citations} - told, suggestion


def test_a_speaker_is_suggested_who_is_then_quoted(assistant: Assistant, suggester: Suggester) -> None:
    suggestions = suggester.suggest(assistant.ask(FERRY))
    assert any("Port Ansley ferry crash" in suggestion for suggestion in suggestions)
    asked = [s for s in suggestions if s.startswith("What does ")]
    assert asked
    for suggestion in asked:
        name = suggestion.removeprefix("What does ").partition(" say ")[0].removeprefix("the ")
        speakers = {citation.speaker or "" for citation in assistant.ask(suggestion).citations}
        assert any(name.split()[-1] in speaker for speaker in speakers), (suggestion, speakers)


def test_what_was_asked_already_is_not_suggested_again(assistant: Assistant, suggester: Suggester) -> None:
    answer = assistant.ask(FERRY)
    first = suggester.suggest(answer)
    again = suggester.suggest(answer, asked=[question.upper() for question in first])
    assert not set(first) & set(again)


def test_nothing_is_suggested_that_only_a_later_article_answers(assistant: Assistant, suggester: Suggester) -> None:
    day = dt.date(2018, 8, 5)
    answer = assistant.ask(FERRY, as_of=day)
    assert answer.citations
    for suggestion in suggester.suggest(answer, scope=Scope(as_of=day)):
        assert not assistant.ask(suggestion, as_of=day).abstained
        assert "Tomas Reyl" not in suggestion  # who speaks on the seventh for the first time


@pytest.mark.parametrize(
    "limits",
    [
        Scope(as_of=dt.date(2015, 5, 1)),
        Scope(date_from=dt.date(2019, 1, 1)),
        Scope(date_to=dt.date(2015, 5, 1)),
        Scope(sources=("Sidelines",)),
    ],
)
def test_what_the_limits_of_the_question_leave_out_answers_no_suggestion(
    assistant: Assistant, suggester: Suggester, limits: Scope
) -> None:
    answer = assistant.ask(FERRY)
    assert suggester.suggest(answer)
    assert suggester.suggest(answer, scope=limits) == ()


def test_a_question_that_nothing_is_near_to_and_small_talk_have_no_sequel(
    assistant: Assistant, suggester: Suggester
) -> None:
    assert suggester.suggest(assistant.ask("Which film won the Oscar for best picture in 2017?")) == ()
    assert suggester.suggest(assistant.ask("Hello!")) == ()


def test_it_stops_when_nobody_waits_any_more(
    assistant: Assistant, suggester: Suggester, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def refuse(question: str, **options: object) -> Answer:
        tried.append(question)
        raise AssertionError("nothing is to be asked")

    answer = assistant.ask(FREEZE)
    monkeypatch.setattr(suggester._quoting, "ask", refuse)
    assert suggester.suggest(answer, go_on=lambda: False) == ()
    assert tried == []


def test_an_empty_archive_suggests_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as empty:
        answer = Assistant.open(empty, model="extractive").ask(FREEZE)
        assert Suggester(empty).suggest(answer) == ()
