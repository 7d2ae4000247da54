"""Statements are found again in the text that they were taken from."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from assistant.citing.statements import statements
from assistant.types import Statement, Support
from assistant.web.views.statement_spans import locate, marks


def stated(text: str, count: int) -> list[Statement]:
    return [
        Statement(text=words, citations=numbers, support=Support.PARTIAL) for words, numbers in statements(text, count)
    ]


def located(text: str, count: int) -> list[str]:
    return [claim.span.of(text) for claim in locate(text, stated(text, count), count)]


def test_each_statement_is_found_without_the_marks_behind_it() -> None:
    text = "Moscow blamed Washington [1]. Washington did not agree. [2]\n- Nobody met [1][2] in May."
    assert located(text, 2) == [
        "Moscow blamed Washington [1].",
        "Washington did not agree.",
        "Nobody met [1][2] in May.",
    ]


def test_a_sentence_that_is_said_twice_is_found_twice() -> None:
    found = located("It froze. [1] It thawed. [2] It froze. [3]", 3)
    assert found == ["It froze.", "It thawed.", "It froze."]


def test_words_that_are_not_in_the_text_are_left_out_and_the_rest_is_found() -> None:
    foreign = Statement(text="Never said.", citations=(), support=Support.UNSUPPORTED)
    text = "First. Second."
    found = locate(text, [foreign, *stated(text, 0)], 0)
    assert [claim.span.of(text) for claim in found] == ["First.", "Second."]


def test_brackets_that_cite_nothing_are_prose() -> None:
    text = "In [2015] it froze [1] and [7] thawed."
    assert [mark.number for mark in marks(text, 3)] == [1]


@given(st.lists(st.sampled_from(["Ab cd.", "Ef [1] gh!", "x", "[2]", "\n", " ", "- ", "[9]", "“Quote.”", "12 May"])))
def test_claims_never_overlap_and_never_cut_a_mark(parts: list[str]) -> None:
    text = " ".join(parts)
    claims = locate(text, stated(text, 2), 2)
    for before, after in pairwise(claims):
        assert before.span.end <= after.span.start
    for mark in marks(text, 2):
        for claim in claims:
            cuts = {claim.span.start, claim.span.end}
            assert not any(mark.span.start < cut < mark.span.end for cut in cuts)
