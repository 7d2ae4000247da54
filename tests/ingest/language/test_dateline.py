"""Where a report was written, and whose a plain office in it is."""

from __future__ import annotations

import pytest

from ingest.language.dateline import at_home, home
from ingest.language.gazetteer import bundled


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("KYIV — Ukraine will not sign, the Foreign Ministry said.", "ukraine"),
        ("PARIS, France (Agency) - The French government fell.", "france"),
        ("London (WNN) British ministers met twice.", "united kingdom"),
        ("MADRID — The alliance's leaders met on Tuesday.", ""),  # nothing says that it is about Spain
        ("Kyiv is a city in Ukraine.", ""),
        ("STELLAN — The bank of Ukraine closed.", ""),
    ],
)
def test_a_dateline_is_a_country_only_where_the_report_is_about_it(text: str, key: str) -> None:
    assert home(text, bundled()) == key


@pytest.mark.parametrize(
    ("description", "whole"),
    [
        ("Foreign Ministry", "Ukrainian Foreign Ministry"),
        ("official in the presidential administration", "Ukrainian official in the presidential administration"),
        ("the government", "Ukrainian government"),
        ("spokesman", ""),
        ("member of the mission", ""),
        ("State Department official", ""),
        ("hospital spokeswoman", ""),
        ("opposition deputy", ""),
    ],
)
def test_only_an_office_that_each_country_has_is_the_datelines(description: str, whole: str) -> None:
    assert at_home(description, "ukraine", bundled()) == whole
    assert at_home(description, "", bundled()) == ""
