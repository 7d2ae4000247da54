"""Quotations over several sentences are quoted whole, or not at all."""

from __future__ import annotations

import pytest
from asking import passages_of

from assistant.answerers.extractive.whole import whole_quotations
from assistant.citing.evidence import AttributedSentence, Evidence
from ingest.article import Article


def evidence_of(text: str) -> Evidence:
    return Evidence.of(passages_of(Article(id="a", title="A", source="Courier", text=text)))


def chosen(text: str, begins: str, quotable: str = "") -> list[list[str]]:
    """The texts that are quoted where the sentence that begins so is chosen."""
    evidence = evidence_of(text)
    picked = [one for one in evidence.sentences if one.text.startswith(begins)]

    def may_be(sentence: AttributedSentence) -> bool:
        return not quotable or sentence.text.startswith(quotable)

    return [[one.text for one in whole] for whole in whole_quotations(picked, evidence, may_be)]


SPOKEN = "The mayor was firm. “We saw the tide. We saw it rise. We shut the gate,” she said. It held."


@pytest.mark.parametrize("begins", ["“We saw", "We saw it", "We shut"])
def test_a_sentence_inside_a_quotation_brings_all_of_it(begins: str) -> None:
    assert chosen(SPOKEN, begins) == [["“We saw the tide.", "We saw it rise.", "We shut the gate,” she said."]]


@pytest.mark.parametrize("text", [SPOKEN, 'It is "a fine gate", he said. It held.', "A “gate” held. It held."])
def test_a_sentence_whose_marks_are_closed_stays_alone(text: str) -> None:
    assert chosen(text, "It held.") == [["It held."]]


@pytest.mark.parametrize("marks", [("“", "”"), ('"', '"'), ("«", "»"), ("“", "’’"), ("``", "''")])
def test_any_kind_of_mark_opens_and_closes(marks: tuple[str, str]) -> None:
    text = f"{marks[0]}We saw the tide. We shut the gate,{marks[1]} she said. It held."
    assert len(chosen(text, "We shut")[0]) == 2


def test_paragraphs_of_one_quotation_begin_with_a_mark_each() -> None:
    text = "“We saw the tide.\n\n“We shut the gate,” she said.\n\nIt held."
    assert chosen(text, "“We saw") == [["“We saw the tide.", "“We shut the gate,” she said."]]


def test_what_cannot_be_completed_is_left_out_where_something_else_is_left() -> None:
    evidence = evidence_of("The gate held. “We saw the tide. It rose.")
    whole = whole_quotations(evidence.sentences[:2], evidence, lambda _: True)
    assert [[one.text for one in run] for run in whole] == [["The gate held."]]
    alone = whole_quotations(evidence.sentences[1:2], evidence, lambda _: True)
    assert [[one.text for one in run] for run in alone] == [["“We saw the tide."]]


def test_two_sentences_of_one_quotation_are_quoted_once() -> None:
    evidence = evidence_of(SPOKEN)
    whole = whole_quotations(evidence.sentences[1:4], evidence, lambda _: True)
    assert len(whole) == 1
