"""What a number measures, and what a question wants measured."""

from __future__ import annotations

import pytest

from ingest.language.measures import Dimension, asked_dimensions, dimension
from ingest.language.quantities import quantities

_D = Dimension


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        ("The tug was making nine knots.", _D.SPEED),
        ("It fell at 60 miles an hour.", _D.SPEED),
        ("It fell at 95 km/h.", _D.SPEED),
        ("A 12-foot wall was built.", _D.LENGTH),
        ("The mast is 41.5 metres high.", _D.LENGTH),
        ("Fire burned 3,400 hectares.", _D.AREA),
        ("It was 31°C in the shade.", _D.TEMPERATURE),
        ("It was 31 degrees in the shade.", _D.TEMPERATURE),
        ("Roast it to 74° F.", _D.TEMPERATURE),
        ("The bell weighs 2.4 tonnes.", _D.MASS),
        ("Oda Prenn, 58, runs the shop.", _D.AGE),
        ("the 44-year-old driver", _D.AGE),
        ("He is 44.", _D.AGE),
        ("a sell-out crowd of 18,311 saw it", _D.PEOPLE),
        ("in front of 18,311 spectators", _D.PEOPLE),
        ("It costs $30.", None),
        ("They sold 30 lamps.", None),
        ("He came 5 in his heat.", None),
    ],
)
def test_the_unit_behind_a_number_says_what_it_measures(text: str, measured: Dimension | None) -> None:
    (number,) = quantities(text)
    assert dimension(number, text) == measured


@pytest.mark.parametrize(
    ("question", "dimensions"),
    [
        ("At what speed did the tug hit the quay?", {_D.SPEED}),
        ("How fast was the tug?", {_D.SPEED}),
        ("What was the attendance at the final?", {_D.PEOPLE}),
        ("How old is the driver?", {_D.AGE}),
        ("What did the high court say of the fast train?", set()),
    ],
)
def test_a_question_says_what_it_wants_measured(question: str, dimensions: set[Dimension]) -> None:
    assert asked_dimensions(question) == dimensions
