"""Sentences that say what something or somebody is."""

from __future__ import annotations

import pytest

from assistant.ranking.definition import defined, definition_fit


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("What is a quillon?", "The thief took a quillon, a bar across the hilt of a sword."),
        ("What is a quillon?", "A quillon is the bar that guards the hand."),
        ("What is meant by quillon?", "The bars, known as quillons, were bent: each quillon (a crossbar) was worn."),
        ("what does skarn mean", "In the old language skarn means filth."),
        ("What is the tide rule?", "What sailors call the tide rule is a way to reckon depths."),
        ("Who is Ada Brandt?", "Harbour engineer Ada Brandt had warned of it."),
        ("Who is Ada Brandt?", "Ada Brandt, who runs the choir, was not asked."),
        ("Who is Brandt?", "The deputy mayor Brandt was there."),
    ],
)
def test_a_sentence_that_says_what_it_is_fits(question: str, sentence: str) -> None:
    assert definition_fit(defined(question), sentence) == 1.0


@pytest.mark.parametrize(
    ("question", "sentence", "fit"),
    [
        ("Who is Ada Brandt?", "On Monday Ada Brandt left by the early train.", 0.4),
        ("What is a quillon?", "The museum sold its quillon to a collector.", 0.4),
        ("What is a quillon?", "A sword was found.", 0.0),
    ],
)
def test_one_that_only_has_its_name_fits_less(question: str, sentence: str, fit: float) -> None:
    assert definition_fit(defined(question), sentence) == fit
