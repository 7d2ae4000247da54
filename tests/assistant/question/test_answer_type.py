"""What kind of thing answers a question is read off its words, in whatever wording they come."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.question.answer_type import AnswerType, Embed, read_type
from vectorstore.encoders.registry import open_encoder


@pytest.fixture(scope="module")
def embed() -> Embed:
    return open_encoder().encode


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who denied it?", AnswerType.PERSON),
        ("Kerry met whom?", AnswerType.PERSON),
        ("Which politician resigned?", AnswerType.PERSON),
        ("This football star retired in February.", AnswerType.PERSON),
        ("name of the rescued sailor", AnswerType.PERSON),
        ("And where did they meet?", AnswerType.PLACE),
        ("Which country will host it?", AnswerType.COUNTRY),
        ("Floods hit which U.S. state this week?", AnswerType.STATE),
        ("Which airline was fined?", AnswerType.NAME),
        ("What film won the prize?", AnswerType.TITLE),
        ("Can you tell me when the talks took place?", AnswerType.DATE),
        ("deadline for the accord", AnswerType.DATE),
        ("How many people were hurt?", AnswerType.NUMBER),
        ("at what speed did the lorry go", AnswerType.NUMBER),
        ("attendance at the concert", AnswerType.NUMBER),
        ("overall price of the stadium", AnswerType.AMOUNT),
        ("How much did it cost?", AnswerType.AMOUNT),
        ("What share of voters backed it?", AnswerType.SHARE),
        ("How long did they talk?", AnswerType.DURATION),
        ("Why was it closed?", AnswerType.REASON),
        ("cause of the landslide", AnswerType.REASON),
        ("What does Russia say about the quarrel?", AnswerType.SPEECH),
        ("what did peskov tweet", AnswerType.SPEECH),
        ("the kremlin's view on the quarrel", AnswerType.SPEECH),
        ("Did Marin deny it?", AnswerType.YES_NO),
        ("Which four films were shortlisted?", AnswerType.LIST),
        ("What is the latest on the strike in Larnow?", AnswerType.OVERVIEW),
    ],
)
def test_a_question_is_of_the_kind_of_its_answer(embed: Embed, question: str, kind: AnswerType) -> None:
    assert read_type(question, embed).answer_type is kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [("who won", AnswerType.PERSON), ("when was that", AnswerType.DATE), ("why so late", AnswerType.REASON)],
)
def test_words_alone_tell_where_another_encoder_is_used(question: str, kind: AnswerType) -> None:
    def other(texts: list[str]) -> np.ndarray:
        return np.ones((len(texts), 8), np.float32)

    assert read_type(question).answer_type is kind
    assert read_type(question, other) == read_type(question)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("How many hours of flight does a pilot need?", {"hour", "flight"}),
        ("the number of boats that sank", {"boat", "sank"}),
        ("In what year did it open?", {"year"}),
        ("When did it open?", set()),
    ],
)
def test_what_a_number_counts_is_known(embed: Embed, question: str, unit: set[str]) -> None:
    assert read_type(question, embed).unit == unit


@settings(deadline=None)
@given(st.text(max_size=120))
def test_any_text_has_a_type_and_its_chances_are_shares(question: str) -> None:
    reading = read_type(question)
    assert sum(chance for _, chance in reading.chances) == pytest.approx(1.0)
    assert 0.0 <= reading.speech <= 1.0
