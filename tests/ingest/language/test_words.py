"""Words and their stems."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.language.words import stem
from vectorstore.indexes.analysis import analyse

WORDS = "closing dying policies hospitality sanctions denied ministries frozen nationally agreed organisation accusing"


def test_a_word_is_stemmed_as_the_lexical_index_stems_it() -> None:
    assert [stem(word) for word in WORDS.split()] == analyse(WORDS)


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20))
def test_any_word_is_stemmed_as_the_lexical_index_stems_it(word: str) -> None:
    assert [stem(word)] == analyse(word)


def test_the_forms_of_a_verb_share_a_stem() -> None:
    assert len({stem(w) for w in ["deny", "denies", "denied", "denying"]}) == 1
    assert len({stem(w) for w in ["stop", "stops", "stopped", "stopping"]}) == 1


def test_what_has_no_stem_is_left_as_it_is() -> None:
    assert [stem(w) for w in ["", "2015", "москва", "says,"]] == ["", "2015", "москва", "says,"]
