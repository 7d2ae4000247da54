"""Questions about speech and about what happened when are told from others by their words."""

from __future__ import annotations

import pytest

from assistant.question.answer_type import AnswerType, read_type
from assistant.question.speech import SpeechQuestion, asks_for_sequence, asks_what_is_disputed, speech_question
from ingest.language.lexicon import Act
from ingest.language.names import names
from vectorstore.encoders.registry import open_encoder

_ENCODER = open_encoder()


def _read(question: str) -> SpeechQuestion | None:
    return speech_question(question, read_type(question, _ENCODER.encode), names(question))


@pytest.mark.parametrize(
    ("question", "speakers", "act", "about"),
    [
        ("What does Russia say about Ukraine's crisis?", ("Russia",), Act.SAY, "Ukraine's crisis"),
        ("What does the U.S. say about sanctions?", ("U.S.",), Act.SAY, "sanctions"),
        ("What did the State Department official say about sanctions?", ("State Department official",), Act.SAY, ...),
        ("How did Kyiv respond to the accusation?", ("Kyiv",), Act.RESPOND, "accusation"),
        ("What does the Teknik union allege about the cuts?", ("Teknik union",), Act.ACCUSE, "cuts"),
        ("Who said the difficult period was caused by unfriendly actions?", (), Act.SAY, ...),
        ("Who denied starting the freeze?", (), Act.DENY, "starting the freeze"),
        ("Did anyone deny shelling the village?", (), Act.DENY, "shelling the village"),
        ("Which minister accused Fenn of hiding?", (), Act.ACCUSE, ...),
    ],
)
def test_who_is_asked_about_what_they_did_and_on_what(
    question: str, speakers: tuple[str, ...], act: Act, about: str
) -> None:
    asked = _read(question)
    assert asked is not None
    assert (asked.speakers, asked.act, asked.several) == (speakers, act, False)
    assert about is ... or asked.about == about


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("What does Russia say caused the quarrel?", "Russia"),
        ("what does russia say caused the quarrel?", "russia"),
        ("Did Marin deny it?", "Marin"),
        ("Who does Kyiv blame for the fire?", "Kyiv"),
        ("How many died, according to the separatists?", "separatists"),
        ("What is Russia's position on the talks?", "Russia"),
        ("What reason did the ministry give for the delay?", "ministry"),
        ("Where does the bank now think its rate will peak?", "bank"),
        ("What did Peskov tweet?", "Peskov"),
        ("what did peskov tweet", "peskov"),
        ("In the words of Peskov, what went wrong?", "Peskov"),
        ("the kremlin's view on the quarrel", "kremlin"),
        ("peskov on cause of quarrel", "peskov"),
        ("Whose fault was the quarrel, in Marin's view?", "Marin"),
        ("Ida Olsen has left the board. What reason did she give?", "Ida Olsen"),
    ],
)
def test_whoever_is_asked_about_is_known_in_any_wording(question: str, speaker: str) -> None:
    asked = _read(question)
    assert asked is not None
    assert asked.speakers == (speaker,)


def test_two_who_are_named_are_two_speakers_and_sides_are_everybody() -> None:
    named = _read("What do Russia and the United States say caused the freeze?")
    sides = _read("What do the two sides say caused the freeze?")
    historian = _read("How does the historian Ekwall explain that the two sides differ?")
    assert named is not None
    assert sides is not None
    assert historian is not None
    assert (named.speakers, named.several) == (("Russia", "United States"), True)
    assert (sides.speakers, sides.several) == ((), True)
    assert (historian.speakers, historian.several) == (("historian Ekwall",), False)


@pytest.mark.parametrize(
    "question",
    [
        "Who won the cup?",
        "What caused the flood?",
        "Who was blamed for the crash?",
        "What is Corvane paying?",
        "What did he say?",
        "Where was the accord agreed?",
        "Why did the flood warning come so late?",
    ],
)
def test_a_question_about_no_speech_is_none(question: str) -> None:
    assert _read(question) is None


@pytest.mark.parametrize(
    "question",
    [
        "Timeline of the barrier",
        "What happened when in the floods?",
        "How did Russia's position change?",
        "How has the story of the ferry developed?",
        "How did the bank's forecasts shift?",
    ],
)
def test_a_sequence_is_asked_for(question: str) -> None:
    assert asks_for_sequence(question, AnswerType.OPEN)


@pytest.mark.parametrize("question", ["What happened when the ferry hit the pier?", "When did the ferry hit the pier?"])
def test_one_event_is_no_sequence(question: str) -> None:
    assert not asks_for_sequence(question, read_type(question, _ENCODER.encode).answer_type)


def test_causes_and_yes_or_no_may_be_disputed_and_numbers_are_not_expected_to_be() -> None:
    assert asks_what_is_disputed("What caused the freeze?", AnswerType.REASON)
    assert asks_what_is_disputed("Did the government offer to pay?", AnswerType.YES_NO)
    assert asks_what_is_disputed("Who shelled the village?", AnswerType.PERSON)
    assert not asks_what_is_disputed("How high did the river rise?", AnswerType.NUMBER)
