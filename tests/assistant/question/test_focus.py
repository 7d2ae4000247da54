"""What a question is after, and the names and numbers of a sentence that could be it."""

from __future__ import annotations

import pytest
from asking import query_of
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.question.focus import Sought, focus, sought
from assistant.ranking.candidates import Candidates


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Olsen became queen this week. Who is next in line?", "Who is next in line?"),
        ("Dr. Olsen left. Where did she go?", "Where did she go?"),
        ("Who met Dr. Olsen?", "Who met Dr. Olsen?"),
        ("Why did the U.S. Navy leave?", "Why did the U.S. Navy leave?"),
        ("", ""),
    ],
)
def test_the_last_sentence_of_a_question_asks(question: str, asks: str) -> None:
    assert focus(question) == asks


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Which country declared itself bankrupt?", Sought.COUNTRY),
        ("Floods hit which U.S. state this week?", Sought.STATE),
        ("In which city did they meet?", Sought.PLACE),
        ("Where did they meet?", Sought.PLACE),
        ("This football star retired in February.", Sought.PERSON),
        ("Who resigned?", Sought.PERSON),
        ("Which airline was fined?", Sought.NAME),
        ("What film won the prize?", Sought.TITLE),
        ("What percentage of voters backed it?", Sought.SHARE),
        ("How much did it cost?", Sought.AMOUNT),
        ("How many boats sank?", Sought.COUNT),
        ("It was the worst flood since:", Sought.YEAR),
        ("What was the worst flood since?", Sought.YEAR),
        ("When did it open?", Sought.DATE),
        ("Why did it close?", Sought.OPEN),
        ("Why did it close this year?", Sought.OPEN),
        ("The ship that sank earlier this year was bound for which country?", Sought.COUNTRY),
        ("A storm came. Which country did it hit?", Sought.COUNTRY),
    ],
)
def test_the_kind_that_is_sought_follows_from_the_questions_words(question: str, kind: Sought) -> None:
    assert sought(question) is kind


@pytest.mark.parametrize(
    ("question", "sentence", "found"),
    [
        ("Which country did Olsen visit?", "Olsen flew from Ukraine to Poland.", {"ukraine", "poland"}),
        ("Which country did Olsen visit?", "She met the Ukrainian minister.", set()),
        ("Which country did the U.S. warn?", "The U.S. warned Poland.", {"poland"}),
        ("Which country sent help?", "Help came from the U.S. at once.", {"united states"}),
        ("Which state was hit?", "A New York man and a Texas firm were hit.", {"new york", "texas"}),
        ("Where did they meet?", "The two met in Larnow.", {"larnow"}),
        ("Who met Marin?", "Marin was met by Ida Olsen, of Poland.", {"olsen"}),
        ("Which company did Marin leave?", "Marin left Norvik on Monday.", {"norvik"}),
        ("Which film won?", "The prize went to “The Long Field”.", {"the long field"}),
        ("What share of voters backed it?", "On Monday 40% of 300 voters backed it.", {"40.0"}),
        ("How many came?", "On 4 May 300 people paid $20.", {"300.0"}),
        ("What year did it open?", "It opened on 4 May 1998, a Monday.", {"4 may 1998"}),
        ("Why did it close?", "Marin closed it on Monday.", set()),
    ],
)
def test_candidates_are_of_the_kind_and_not_of_the_question(question: str, sentence: str, found: set[str]) -> None:
    assert Candidates(query_of(question)).of(sentence) == found


def test_a_number_that_counts_what_is_asked_is_told_from_another() -> None:
    candidates = Candidates(query_of("How many hours of flight does a pilot need?"))
    assert candidates.counts_unit("A pilot needs 1,500 hours.")
    assert not candidates.counts_unit("There are 1,500 pilots in the air for hours.")


@settings(deadline=None)
@given(st.text(max_size=100), st.text(max_size=100))
def test_any_question_can_be_read_and_its_focus_is_its_end(question: str, sentence: str) -> None:
    assert question.strip().endswith(focus(question)[-1:])
    assert all(Candidates(query_of(f"Who {question}")).of(sentence))
