from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paths import ROOT

from assistant.evaluation.items import SAMPLES, read_items
from assistant.question.rewrite.follow_ups import standalone
from assistant.types import Turn

DIALOGUES = ROOT / "tests" / "dialogues.jsonl"


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
        (MEETING, "And Lavrov?", "Did Lavrov meet Marin in Larnow?"),
        (MEETING, "And on Tuesday?", "Did Olsen meet Marin in Larnow on Tuesday?"),
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
        (FREEZE, "Did they agree?", "Did Russia agree?"),
        (MEETING, "What did he do there?", "What did Marin do in Larnow?"),
        (MEETING, "Did she stay?", "Did Olsen stay?"),
        (DENIAL, "What is his job?", "What is Oleg Marin's job?"),
        (VACCINE, "Did it have side effects?", "Did the Kessa vaccine have side effects?"),
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
        (FREEZE, "What else?"),
        (FREEZE, "Who denied it?"),
        (FREEZE, "When did it begin?"),
        (FREEZE, "How did Washington respond?"),
        (FREEZE, "Tell me more"),
        (MEETING, "Was it the first meeting?"),
        (MEETING, "When?"),
        (MEETING, "How long did they talk?"),
        (MEETING, "Are you sure?"),
        (MEETING, "How many were there?"),
        (DENIAL, "When?"),
        (DENIAL, "Who else?"),
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


def test_who_answers_a_question_for_somebody_is_the_one_spoken_of_next() -> None:
    history = talk("Who met Oleg Marin in Larnow?", "It was John Olsen [1].")
    assert standalone("Where did he go then?", history) == "Where did John Olsen go then?"


def test_a_publisher_is_never_he_or_she() -> None:
    history = talk("What did Kessan report on the bank?", "Kessan reported that its head, Ines Duvall, left [1].")
    assert standalone("Why did she go?", history, publishers=["Kessan"]) == "Why did Ines Duvall go?"
    assert "did Kessan go" not in standalone("Why did he go?", history, publishers=["Kessan"])


def as_wanted(dialogue: dict[str, Any]) -> bool:
    """Whether a dialogue's last question becomes what its line says: it stays, or has some words."""
    got = standalone(dialogue["question"], talk(*dialogue["turns"]), publishers=dialogue.get("publishers", ()))
    line = got.lower().replace("’", "'")
    if any(words.lower() in line for words in dialogue.get("never", ())):
        return False
    if "alone" in dialogue:
        return line.rstrip("?. ") == str(dialogue["question"]).lower().rstrip("?. ")
    return all(any(one.lower() in line for one in words.split("|")) for words in dialogue["must"])


def test_invented_dialogues_go_on_as_their_readers_would_expect() -> None:
    """The lines were written before the rules; measured 130 of 133 where the rules before these had 109."""
    lines = DIALOGUES.read_text(encoding="utf-8").splitlines()
    wrong = [dialogue["id"] for dialogue in map(json.loads, lines) if not as_wanted(dialogue)]
    assert len(wrong) <= 4, wrong


def test_hardly_a_bundled_question_leans_on_another() -> None:
    """Each is asked after some other one, with which it has nothing to do; measured 1 of 166."""
    items = [item for item in read_items(SAMPLES)[0] if not item.history]
    changed = [
        item.question
        for item, other in zip(items, items[50:] + items[:50], strict=True)
        if standalone(item.question, talk(other.question, "The minister said that the company would close it [1]."))
        != item.question
    ]
    assert len(changed) <= 3, changed


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
