from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.question import standalone
from assistant.types import Turn


def talk(*contents: str) -> list[Turn]:
    """Turns, the user's first."""
    return [Turn(role="assistant" if i % 2 else "user", content=text) for i, text in enumerate(contents)]


FREEZE = talk(
    "What does Russia say caused the freeze?", "The Foreign Ministry blamed “unfriendly steps” by Washington [1]."
)
MEETING = talk("Did Olsen meet Marin in Larnow?", "Yes, Mary Olsen met Oleg Marin for four hours [1].")
DENIAL = talk("Who denied that Russia sent troops to Ukraine?", "Kremlin spokesman Oleg Marin denied it [1].")
FLOOD = talk("How many people died in the Arle flood of 2019?", "One man drowned [1].")
VACCINE = talk("How well did the Kessa vaccine do in its trial?", "It protected 74 percent [1].")


@pytest.mark.parametrize(
    ("history", "question", "whole"),
    [
        (FREEZE, "And what does Washington say?", "What does Washington say caused the freeze?"),
        (FREEZE, "And Kyiv?", "What does Kyiv say caused the freeze?"),
        (FREEZE, "What about the EU?", "What does the EU say caused the freeze?"),
        (FREEZE, "What else?", "What else does Russia say caused the freeze?"),
        (MEETING, "And Lavrov?", "Did Lavrov meet Marin in Larnow?"),
        (MEETING, "When?", "When did Olsen meet Marin in Larnow?"),
        (MEETING, "Why was that?", "Why did Olsen meet Marin in Larnow?"),
        (MEETING, "And on Tuesday?", "Did Olsen meet Marin in Larnow on Tuesday?"),
        (MEETING, "Are you sure?", "Did Olsen meet Marin in Larnow?"),
        (DENIAL, "Who else?", "Who else denied that Russia sent troops to Ukraine?"),
        (FLOOD, "And in 2023?", "How many people died in the Arle flood in 2023?"),
        (FLOOD, "last year?", "How many people died in the Arle flood last year?"),
        (talk("How long did Olsen talk with Marin?"), "And with Lavrov?", "How long did Olsen talk with Lavrov?"),
        (talk("What does Olsen want to say about Syria?"), "And Yemen?", "What does Olsen want to say about Yemen?"),
        (talk("What inflation does the bank expect?"), "And growth?", "What growth does the bank expect?"),
        (
            talk("What did Merkel tell Olsen about Ukraine?"),
            "And what did the French president say?",
            "What did the French president say about Ukraine?",
        ),
    ],
)
def test_a_fragment_is_completed_from_the_question_before(history: list[Turn], question: str, whole: str) -> None:
    assert standalone(question, history) == whole


@pytest.mark.parametrize(
    ("history", "question", "whole"),
    [
        (FREEZE, "Who denied it?", "Who denied the freeze?"),
        (FREEZE, "When did it begin?", "When did the freeze begin?"),
        (FREEZE, "Did they agree?", "Did Russia agree?"),
        (MEETING, "How long did they talk?", "How long did Olsen and Marin talk?"),
        (MEETING, "What did he do there?", "What did Marin do in Larnow?"),
        (MEETING, "Did she stay?", "Did Olsen stay?"),
        (DENIAL, "What is his job?", "What is Oleg Marin's job?"),
        (VACCINE, "Did it have side effects?", "Did the Kessa vaccine have side effects?"),
        (talk("Why were sanctions imposed?"), "Who imposed them?", "Who imposed sanctions?"),
        (
            talk("Where did Olsen go after Larnow?", "She flew to Antalya [1]."),
            "Whom did she meet?",
            "Whom did Olsen meet?",
        ),
    ],
)
def test_a_pronoun_is_replaced_by_what_it_stands_for(history: list[Turn], question: str, whole: str) -> None:
    assert standalone(question, history) == whole


@pytest.mark.parametrize(
    ("history", "question"),
    [
        (FREEZE, "Why?"),
        (FREEZE, "How did Washington respond?"),
        (FREEZE, "Tell me more"),
        (MEETING, "Was it the first meeting?"),
        (MEETING, "How many were there?"),
        (DENIAL, "When?"),
        (FLOOD, "What about houses?"),
        (FLOOD, "Who was he?"),
    ],
)
def test_where_no_neat_form_is_safe_the_question_before_stands_behind_in_brackets(
    history: list[Turn], question: str
) -> None:
    before = history[0].content.rstrip("?")
    assert standalone(question, history) == f"{question.rstrip('?')} ({before[0].lower()}{before[1:]})?"


@pytest.mark.parametrize(
    "question",
    [
        "What did Olsen say about her visit to Larnow?",
        "Who won the 2022 World Cup?",
        "What is the price of oil?",
        "what does china want from the summit in geneva?",
        "Which city removed its last monument this week?",
        "Is it true that Marin has resigned?",
        "Police have reopened their investigation into the murder by raiding what?",
        "Is there a cure for hay fever?",
    ],
)
@pytest.mark.parametrize("history", [FREEZE, MEETING, DENIAL, FLOOD])
def test_a_question_that_stands_alone_stays_as_it_is(history: list[Turn], question: str) -> None:
    assert standalone(question, history) == question


def test_without_a_history_nothing_is_changed() -> None:
    assert standalone("And why did he say it?", []) == "And why did he say it?"


def test_a_chain_of_follow_ups_is_followed() -> None:
    history = [*FREEZE, *talk("And what does Washington say?", "That it began with Crimea [1].")]
    assert standalone("And Kyiv?", history) == "What does Kyiv say caused the freeze?"
    assert (
        standalone("Why?", [*history, *talk("And Kyiv?", "The same [1].")])
        == "Why (what does Kyiv say caused the freeze)?"
    )


def test_small_talk_between_questions_is_passed_over() -> None:
    history = [*FREEZE, *talk("Thanks!", "You are welcome.")]
    assert standalone("And Kyiv?", history) == "What does Kyiv say caused the freeze?"
    assert standalone("thank you", FREEZE) == "thank you"


def test_who_writes_without_capitals_is_understood() -> None:
    history = talk("what does russia say caused the freeze?", "It blamed Washington [1].")
    assert standalone("and what does washington say?", history) == "What does washington say caused the freeze?"
    assert standalone("what about ukraine?", history) == "What does ukraine say caused the freeze?"


def test_a_pronoun_is_not_given_to_someone_of_the_other_sex() -> None:
    history = talk("Did John Kerry meet Angela Merkel?", "Yes [1].")
    assert standalone("What did she say about it?", history).startswith("What did Angela Merkel say")
    assert standalone("Where does he live?", history) == "Where does John Kerry live?"


@settings(deadline=None)
@given(st.lists(st.text(max_size=60), max_size=4), st.text(max_size=60))
def test_any_conversation_gives_one_line(contents: list[str], question: str) -> None:
    whole = standalone(question, talk(*contents))
    assert whole == question.strip() or "\n" not in whole


_WORDS = [
    "Why",
    "What",
    "about",
    "and",
    "it",
    "he",
    "they",
    "there",
    "that",
    "the",
    "Kerry",
    "Russia",
    "in",
    "2019",
    "say",
    "did",
]
_WORDS += ["else", "?", "freeze", "(", ")", "his", "talks", "was", "who", "her", "on Tuesday", "Kyiv"]


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from(_WORDS), max_size=8).map(" ".join), min_size=2, max_size=6))
def test_completed_questions_do_not_grow_without_end(contents: list[str]) -> None:
    whole = standalone(contents[-1], talk(*contents[:-1]))
    assert len(whole) <= sum(len(c) + 20 for c in contents)
