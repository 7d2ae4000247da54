from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Article
from vectorstore.retrieval.spelling import distance, edits
from vectorstore.store import Store

TEXTS = (
    "The spokesman, Oleg Marinkov, said on Monday that the visit of Ines Duvall was useful. ABOARD ALL. No vaccine.",
    "In Larnow, Oleg Marinkov accused nobody: the vaccine had failed. Its passengers were told by Ms Duvall.",
    "What Marinkov says is no comment, Ms Duvall replied. The bullion was found in a harbour near Larnow by a guard.",
    "It was a guard who found the vaccine, and the harbour of Larnow was closed while Marinkov and Duvall spoke there.",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("spelling")
    with Store.open(folder) as opened:
        opened.add(
            Article.from_record({"title": f"Report {i}", "source": "Courier", "text": text})
            for i, text in enumerate(TEXTS)
        )
        yield opened


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("What did Marinkvo say?", "What did Marinkov say?"),
        ("what did marinkvo say about duvall visit", "what did Marinkov say about Duvall visit"),
        ("Did Marinkow deny it?", "Did Marinkov deny it?"),
        ("the vacine and the pasengers", "the vaccine and the passengers"),
        ("marinkov in larnow", "Marinkov in Larnow"),
        ("Vacine?", "Vaccine?"),
        ("What hapened in Larnow?", "What happened in Larnow?"),  # a word that only the language has
        ("What of Larnnow?", "What of Larnow?"),
        ("What of the acusation?", "What of the accusation?"),  # no passage has this form: its stem and ending make it
        ("passengers aboard in larnow", "passengers aboard in Larnow"),
    ],
)
def test_a_slip_is_corrected_and_a_name_gets_its_capital(store: Store, typed: str, spelled: str) -> None:
    assert store.spelled(typed) == spelled


@pytest.mark.parametrize(
    "question",
    [
        "What did Marinkov say of the visit?",
        "Was it a billion or the charter?",  # other words, not misspelt ones
        "Did Marin speak to Duval?",  # a short name may be somebody else's
        "Did Marikoff speak?",  # two letters are others
        "What is a gaurd's pay?",  # too short
        "Could you summarise it?",
        "Qui a parlé à Larnow ?",
        "",
        "2019?",
    ],
)
def test_what_may_be_meant_as_it_stands_stays(store: Store, question: str) -> None:
    assert store.spelled(question) == question


@given(st.text(alphabet="abcde", max_size=7), st.text(alphabet="abcde", max_size=7))
def test_distance_is_symmetric_and_zero_for_the_same(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert distance(one, other) <= edits(one, other)


def test_slips_of_the_hand_cost_one_each() -> None:
    assert edits("peksov", "peskov") == edits("vacine", "vaccine") == edits("zelenskyy", "zelensky") == 1
    assert edits("billion", "bullion") > 1 < edits("agencey", "agency")
