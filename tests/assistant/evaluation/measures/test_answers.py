"""The answer's measures: by hand, and against SQuAD's definition written out a second time."""

from __future__ import annotations

import re
import string
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation.measures.answers import (
    answer_string,
    exact_match,
    holds,
    normalise_answer,
    speaker_accuracy,
    token_f1,
)
from assistant.types import Citation

ASCII = st.text(st.sampled_from(string.ascii_letters[:6] + "aAtThHeEnN .,'-$1 "), max_size=30)


def squad_normalise(text: str) -> str:
    """What the evaluation script of SQuAD 1.1 does, step by step."""
    lowered = text.lower()
    without_marks = "".join(c for c in lowered if c not in set(string.punctuation))
    without_articles = re.sub(r"\b(a|an|the)\b", " ", without_marks)
    return " ".join(without_articles.split())


def squad_f1(prediction: str, truth: str) -> float:
    given_tokens, true_tokens = squad_normalise(prediction).split(), squad_normalise(truth).split()
    same = sum((Counter(given_tokens) & Counter(true_tokens)).values())
    if same == 0:
        return 0.0
    precision, recall = same / len(given_tokens), same / len(true_tokens)
    return 2 * precision * recall / (precision + recall)


@given(text=ASCII)
def test_normalisation_is_squads_on_ascii(text: str) -> None:
    assert normalise_answer(text) == squad_normalise(text)


@given(answer=ASCII, gold=st.lists(ASCII, min_size=1, max_size=3))
def test_exact_match_and_f1_are_squads_best_over_the_gold_answers(answer: str, gold: list[str]) -> None:
    assert exact_match(answer, gold) == max(squad_normalise(answer) == squad_normalise(g) for g in gold)
    assert token_f1(answer, gold) == pytest.approx(max(squad_f1(answer, g) for g in gold))


@pytest.mark.parametrize(
    ("answer", "gold", "match", "f1"),
    [
        ("The Eiffel Tower!", "eiffel tower", 1.0, 1.0),
        ("in Paris, France", "Paris", 0.0, 0.5),
        ("to be or not to be", "to be to be", 0.0, 0.8),
        ("Rome", "Paris", 0.0, 0.0),
    ],
)
def test_known_answers_score_as_computed_by_hand(answer: str, gold: str, match: float, f1: float) -> None:
    assert exact_match(answer, [gold]) == match
    assert token_f1(answer, [gold]) == pytest.approx(f1)


def test_curly_quotation_marks_and_dashes_are_punctuation_too() -> None:
    assert normalise_answer("Russia “wasn’t” the initiator – he said…") == "russia wasnt initiator he said"


def test_an_answer_string_is_found_as_whole_words_in_a_row() -> None:
    assert holds("It was the Foreign Ministry's fault.", ["foreign ministrys fault"])
    assert not holds("The Ministry, foreign to us", ["foreign ministry"])
    assert not holds("Yesterday", ["yes"])
    assert not holds("anything", ["the", "!"])


def test_answer_string_recall_is_any_text_with_any_gold_answer() -> None:
    assert answer_string(["nothing here", "a red ribbon"], ["blue", "red ribbon"]) == 1.0
    assert answer_string([], ["red"]) == 0.0
    assert answer_string(["red"], []) is None


def citation(quote: str, speaker: str | None) -> Citation:
    return Citation(
        number=1,
        article_id="a",
        title="",
        url="",
        source="",
        published=None,
        start=0,
        end=9,
        quote=quote,
        speaker=speaker,
    )


def test_a_speaker_is_right_where_the_words_of_one_name_are_among_those_of_the_other() -> None:
    quotes = [citation("It was them.", "Kerry"), citation("It was us.", "Sergey Lavrov")]
    assert speaker_accuracy(quotes, ["it was them"], "John Kerry") == 1.0
    assert speaker_accuracy(quotes, ["it was them"], "Lavrov") == 0.0
    assert speaker_accuracy(quotes, ["words that stand in none"], "Lavrov") == 1.0


def test_a_speaker_who_is_not_named_or_not_answered_for_scores_zero() -> None:
    assert speaker_accuracy([citation("It was them.", None)], ["it was them"], "Kerry") == 0.0
    assert speaker_accuracy([], ["it was them"], "Kerry") == 0.0
    assert speaker_accuracy([], ["it was them"], None) is None
