from __future__ import annotations

from dataclasses import replace

import pytest
from asking import query_of
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.question.answer_type import QuestionType, question_type, speech_subject
from assistant.ranking.answer_fit import fit


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who denied it?", QuestionType.WHO),
        ("Kerry met whom?", QuestionType.WHO),
        ("In Larnow, who met Olsen?", QuestionType.WHO),
        ("Which politician resigned?", QuestionType.WHO),
        ("And where did they meet?", QuestionType.WHERE),
        ("Which country will host it?", QuestionType.WHERE),
        ("Can you tell me when the talks took place?", QuestionType.WHEN),
        ("What is the deadline for the accord?", QuestionType.WHEN),
        ("How many people were hurt?", QuestionType.HOW_MANY),
        ("By how much did trade grow?", QuestionType.HOW_MUCH),
        ("What share of voters backed it?", QuestionType.HOW_MUCH),
        ("How fast was she going?", QuestionType.HOW_MUCH),
        ("How long did they talk?", QuestionType.HOW_LONG),
        ("Why was it closed?", QuestionType.WHY),
        ("What caused the fire?", QuestionType.WHY),
        ("Which show was renewed?", QuestionType.WHICH),
        ("How did the vote go?", QuestionType.HOW),
        ("What is the frog called?", QuestionType.WHAT),
        ("What does Russia say caused the quarrel?", QuestionType.SAYS),
        ("How did Moscow react to the sanctions?", QuestionType.SAYS),
        ("What did Governor Solheim say?", QuestionType.SAYS),
        ("Did Marin deny it?", QuestionType.YES_NO),
        ("the quarrel", QuestionType.WHAT),
    ],
)
def test_a_question_is_of_the_kind_of_its_answer(question: str, kind: QuestionType) -> None:
    assert question_type(question) is kind


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("What does Russia say caused the quarrel?", "Russia"),
        ("what does russia say caused the quarrel?", "russia"),
        ("What did the Russian Foreign Ministry say about it?", "Russian Foreign Ministry"),
        ("Did Marin deny it?", "Marin"),
        ("Who does Kyiv blame for the fire?", "Kyiv"),
        ("How many died, according to the separatists?", "separatists"),
        ("What is Russia's position on the talks?", "Russia"),
        ("What reason did the ministry give for the delay?", "ministry"),
        ("Where does the bank now think its rate will peak?", "bank"),
        ("Who denied it?", None),
        ("What did he say?", None),
        ("Where was the accord agreed?", None),
        ("Why did the flood warning come so late?", None),
    ],
)
def test_the_one_whose_words_are_asked_for_is_known(question: str, speaker: str | None) -> None:
    assert speech_subject(question) == speaker


@pytest.mark.parametrize(
    ("question", "fitting", "other"),
    [
        ("Who denied it?", "Oleg Marin denied it.", "It was denied at once."),
        ("Where did Olsen meet him?", "She met him in Larnow.", "Olsen met him for an hour."),
        ("When did Olsen come?", "She came on Tuesday.", "She came by ship."),
        ("How many were hurt?", "Fourteen people were hurt.", "People were hurt, the company said."),
        ("How much did it cost?", "It cost $5 million.", "It was far too expensive."),
        ("How long did they talk?", "They talked for four hours.", "They talked in Larnow."),
        ("Why was it closed?", "It was closed because of snow.", "It was closed on Monday."),
        ("Which club is he joining?", "He is joining Northmoor.", "He is joining another club."),
        ("What does Russia say?", "Russia said the “quarrel is over”.", "Olsen said that it was late."),
    ],
)
def test_a_sentence_that_holds_what_is_asked_for_fits_better(question: str, fitting: str, other: str) -> None:
    query = query_of(question)
    assert fit(query, fitting) > fit(query, other)


def test_what_the_question_names_itself_is_no_answer_to_it() -> None:
    assert fit(query_of("Who spoke to Marin?"), "Marin spoke to Marin.") == 0.0
    assert fit(query_of("How many of the 14 came?"), "All 14 came.") == 0.0


@settings(deadline=None)
@given(st.sampled_from(list(QuestionType)), st.text(max_size=100), st.text(max_size=60))
def test_a_fit_lies_between_none_and_one(kind: QuestionType, sentence: str, question: str) -> None:
    query = replace(query_of("Who?"), answer_type=kind, text=question)
    assert 0.0 <= fit(query, sentence) <= 1.0


@settings(deadline=None)
@given(st.text(max_size=120))
def test_any_text_has_a_kind(question: str) -> None:
    assert isinstance(question_type(question), QuestionType)
    speaker = speech_subject(question)
    assert speaker is None or speaker in question
