"""The names, numbers and days of a sentence that could answer a question, and how well the sentence fits its type."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.question.answer_type import AnswerType
from assistant.question.query import Known, Query, read
from assistant.ranking.answer_type import candidates, counts_unit, fit
from ingest.language.gazetteer import bundled
from vectorstore.encoders.registry import open_encoder
from vectorstore.retrieval.scope import EVERYTHING

_ENCODER = open_encoder()


def _query(question: str) -> Query:
    return read(question, (), EVERYTHING, Known(gazetteer=bundled(), embed=_ENCODER.encode))


@pytest.mark.parametrize(
    ("question", "fitting", "other"),
    [
        ("Who denied it?", "Oleg Marin denied it.", "It was denied at once."),
        ("Where did Olsen meet him?", "She met him in Larnow.", "Olsen met him for an hour."),
        ("When did Olsen come?", "She came on Tuesday.", "She came by ship."),
        ("How many were hurt?", "Fourteen people were hurt.", "People were hurt, the company said."),
        ("How much did it cost?", "It cost $5 million.", "It was far too expensive."),
        ("overall price of the mast", "It cost $5 million.", "It was far too expensive."),
        ("How long did they talk?", "They talked for four hours.", "They talked in Larnow."),
        ("Why was it closed?", "It was closed because of snow.", "It was closed on Monday."),
        ("Which club is he joining?", "He is joining Northmoor.", "He is joining another club."),
        ("What does Russia say?", "Russia said the “quarrel is over”.", "Olsen said that it was late."),
    ],
)
def test_a_sentence_that_holds_what_is_asked_for_fits_better(question: str, fitting: str, other: str) -> None:
    query = _query(question)
    assert fit(query, fitting) > fit(query, other)


def test_what_the_question_names_itself_is_no_answer_to_it() -> None:
    assert fit(_query("Who spoke to Marin?"), "Marin spoke to Marin.") == 0.0
    assert fit(_query("How many of the 14 came?"), "All 14 came.") == 0.0


@pytest.mark.parametrize(
    ("question", "sentence", "found"),
    [
        ("Which country did Olsen visit?", "Olsen flew from Ukraine to Poland.", {"ukraine", "poland"}),
        ("Which country did Olsen visit?", "She met the Ukrainian minister.", set()),
        ("Which country did the U.S. warn?", "The U.S. warned Poland.", {"poland"}),
        ("Which country sent help?", "Help came from the U.S. at once.", {"united states"}),
        ("Which U.S. state was hit?", "A New York man and a Texas firm were hit.", {"new york", "texas"}),
        ("Where did they meet?", "The two met in Larnow.", {"larnow"}),
        ("Who met Marin?", "Marin was met by Ida Olsen, of Poland.", {"olsen"}),
        ("Which company did Marin leave?", "Marin left Norvik on Monday.", {"norvik"}),
        ("Which film won?", "The prize went to “The Long Field”.", {"the long field"}),
        ("What share of voters backed it?", "On Monday 40% of 300 voters backed it.", {"40.0"}),
        ("How many came?", "On 4 May 300 people paid $20.", {"300.0"}),
        ("How long did it last?", "The 300 guests sat for 4 hours.", {"4.0"}),
        ("What year did it open?", "It opened on 4 May 1998, a Monday.", {"4 may 1998"}),
        ("Why did it close?", "Marin closed it on Monday.", set()),
    ],
)
def test_candidates_are_of_the_type_and_not_of_the_question(question: str, sentence: str, found: set[str]) -> None:
    assert candidates(_query(question), sentence) == found


def test_a_number_that_counts_what_is_asked_is_told_from_another() -> None:
    query = _query("How many hours of flight does a pilot need?")
    assert counts_unit(query, "A pilot needs 1,500 hours.")
    assert not counts_unit(query, "There are 1,500 pilots in the air for hours.")


@settings(deadline=None)
@given(st.sampled_from(list(AnswerType)), st.text(max_size=100), st.text(max_size=60))
def test_a_fit_lies_between_none_and_one(kind: AnswerType, sentence: str, question: str) -> None:
    query = replace(_query("Who?"), chances=((kind, 1.0),), text=question)
    assert 0.0 <= fit(query, sentence) <= 1.0
    assert all(candidates(query, sentence))
