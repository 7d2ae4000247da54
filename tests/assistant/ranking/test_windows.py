"""What the reader is given to read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ranking.windows import CLS, HEADING, QUESTION, SENTENCE, SENTENCES, SEP, Line, windows


def encode(text: str) -> list[int]:
    """A token a word: its length, above the marks."""
    return [1000 + len(word) for word in text.split()]


def lines(*texts: str, article: str = "a") -> list[Line]:
    return [Line(text=text, article=article, heading=f"title of {article}") for text in texts]


def test_a_window_is_the_question_the_heading_and_the_sentences_with_marks_between() -> None:
    (window,) = windows("who won", lines("Ida Olsen won .", "She smiled ."), encode)
    assert window.ids == (
        CLS,
        1003,
        1003,
        SEP,
        1005,
        1002,
        1001,
        SEP,
        1003,
        1005,
        1003,
        1001,
        SEP,
        1003,
        1006,
        1001,
        SEP,
    )
    assert window.question == (1, 3)
    assert window.sentences == ((0, 8, 12), (1, 13, 16))


def test_articles_are_read_apart() -> None:
    made = windows("who won", [*lines("A b .", article="a"), *lines("C d .", article="b")], encode)
    assert [[place for place, _, _ in window.sentences] for window in made] == [[0], [1]]


def test_of_a_long_question_the_end_is_read() -> None:
    question = " ".join([*["word"] * QUESTION, *["asks"] * 3, "longest"])
    (window,) = windows(question, lines("A b ."), encode)
    assert window.ids[window.question[1] - 1] == 1007
    assert window.question[1] - window.question[0] == QUESTION


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 120)), max_size=40))
def test_every_sentence_stands_in_one_window_whole_and_in_order(given_lines: list[tuple[str, int]]) -> None:
    asked = [Line(text="w " * length, article=article, heading="t") for article, length in sorted(given_lines)]
    made = windows("who won", asked, encode)
    assert [place for window in made for place, _, _ in window.sentences] == list(range(len(asked)))
    for window in made:
        assert len({asked[place].article for place, _, _ in window.sentences}) == 1
        for place, start, end in window.sentences:
            assert end - start == min(max(len(encode(asked[place].text)), 1), SENTENCE)
        assert len(window.ids) <= QUESTION + HEADING + SENTENCES + SENTENCE + 60


def test_a_long_article_is_shared_out_evenly() -> None:
    made = windows("who won", lines(*["w " * 30] * 8), encode)
    assert [len(window.sentences) for window in made] == [4, 4]


@pytest.mark.parametrize("text", ["", "   "])
def test_a_sentence_of_nothing_has_a_place_too(text: str) -> None:
    (window,) = windows("who won", lines(text), encode)
    assert window.sentences[0][2] - window.sentences[0][1] == 1
