"""Whether what a question names stands in what was found."""

from __future__ import annotations

import datetime as dt

import pytest
from answering import quoting
from asking import passages_of, query_of
from hypothesis import given
from hypothesis import strategies as st

from assistant.pipeline.gate import lacks_names
from ingest.article import Article, normalise
from ingest.language.gazetteer import bundled
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.store import Store

DAY = dt.date(2015, 5, 20)
FOUND = passages_of(
    Article(
        id="a",
        title="Strikes sweep Velmark",
        source="The Meridian Courier",
        text="Inflation in Velmark rose to 10 percent in May, Chancellor Tomas Zelenhof said. The French bank "
        "expects that it falls by 2017.",
    )
)


def missing(question: str) -> bool:
    return lacks_names(query_of(question, DAY), FOUND, ["The Meridian Courier", "Eastgate Herald"], bundled())


@pytest.mark.parametrize(
    "question",
    [
        "How high is inflation in Turkey?",
        "How high is inflation in Castlemere?",
        "What did Ottilie Brandt say about inflation?",
        "Who won the Nobel Prize?",
        "How high will inflation in Velmark be in 2030?",
    ],
)
def test_what_names_nothing_that_was_found_lacks_names(question: str) -> None:
    assert missing(question)


@pytest.mark.parametrize(
    "question",
    [
        "How high is inflation?",
        "How high is inflation in Velmark?",
        "How high is inflation in Velmark and in Turkey?",
        "What did Zelenhoff say about inflation?",  # as others spell him
        "What does France expect?",  # where the article has "French"
        "How high is inflation in the US?",  # whose own articles do not say so
        "What does the Eastgate Herald say about inflation?",
        "According to the Polder Gazette's article, how high is inflation?",
        "When will inflation fall by 2017?",
        "How high was inflation in Velmark in 2012?",
    ],
)
def test_one_name_that_was_found_is_enough_and_a_question_without_names_lacks_none(question: str) -> None:
    assert not missing(question)


def test_where_nothing_was_found_there_is_nothing_to_say_of_names() -> None:
    assert not lacks_names(query_of("How high is inflation in Turkey?"), [], [], bundled())


@given(st.text(max_size=80).filter(lambda text: normalise(text).split()))
def test_any_question_can_be_looked_at(question: str) -> None:
    assert missing(question) in (True, False)


def test_a_question_about_another_place_is_turned_away(sample_store: Store, embed: EmbeddingCache) -> None:
    answer = quoting(sample_store, embed).ask("When did the volcano on La Palma erupt?", as_of=DAY)
    assert answer.abstained
    assert answer.abstention is not None
    assert answer.abstention.nearest
