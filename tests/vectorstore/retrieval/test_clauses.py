"""Long questions are taken apart at their clauses; short ones are left whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vectorstore.retrieval.clauses import question_parts

LONG = (
    "Does the report on the harbour of Salla say that the ferry was kept in port by a broken rudder, while the one on "
    "the bridge says that the ribbon was cut in May and the mayor stayed away?"
)


def test_a_long_question_is_cut_at_its_clauses() -> None:
    assert question_parts(LONG) == [
        "Does the report on the harbour of Salla say that the ferry was kept in port by a broken rudder",
        "the one on the bridge says that the ribbon was cut in May",
        "the mayor stayed away?",
    ]


def test_a_short_question_stays_whole() -> None:
    assert question_parts("Who cut the ribbon, and when did the ferry leave?") == []


def test_a_list_of_single_words_is_not_cut_into_words() -> None:
    parts = question_parts(f"{LONG[:-1]} with cakes, tea, and songs?")
    assert all(len(part.split()) >= 4 for part in parts)


@given(st.text(alphabet="ab ,;:?and whileor", max_size=400))
def test_no_word_of_a_question_is_lost_but_the_conjunctions(question: str) -> None:
    kept = " ".join(question_parts(question)).split()
    words = iter(question.replace(",", " ").replace(";", " ").replace(":", " ").replace("?", " ").split())
    assert all(any(part.strip(",;:?") in (word, "") for word in words) for part in kept if part.strip(",;:?"))
