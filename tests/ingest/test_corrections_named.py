"""Notes that name the day of the report which they correct."""

from __future__ import annotations

import datetime as dt

import pytest

from ingest.corrections_named import day_corrected, of_one_matter

TUESDAY = dt.date(2018, 8, 7)


@pytest.mark.parametrize(
    ("note", "day"),
    [
        ("Correction, 7 August: Our report of 4 August said that 14 people were injured.", dt.date(2018, 8, 4)),
        ("Correction: An article on August 4 misstated the number.", dt.date(2018, 8, 4)),
        ("Correction: A story published on Saturday, Aug. 4, 2018 was wrong.", dt.date(2018, 8, 4)),
        ("Correction: a report on Saturday misstated the number.", dt.date(2018, 8, 4)),
        ("Correction: Our report of 30 December gave the wrong year.", dt.date(2017, 12, 30)),
        ("Correction: Our report of 9 August 2018 is of a day to come.", None),
        ("Correction: An earlier version of this story was wrong.", None),
        ("Correction: Our report of 31 June was wrong.", None),
        ("Correction: The bridge opened on 4 August.", None),
    ],
)
def test_the_day_is_that_of_the_report_and_not_any_that_the_note_speaks_of(note: str, day: dt.date | None) -> None:
    assert day_corrected(note, TUESDAY) == day


def test_of_a_days_reports_the_one_that_names_the_same_people_and_places_is_meant() -> None:
    correction = (
        "The ferry Saint Brannoc, of Ansley Sound Ferries, is in Port Ansley. Correction: our report was wrong."
    )
    reports = {
        1: "In Stellan the Velmark Cup was won by Rovers on Saturday.",
        2: "Passengers of the Saint Brannoc were hurt in Port Ansley, said Ansley Sound Ferries.",
    }
    assert of_one_matter(correction, reports) == 2
    assert of_one_matter(correction, {1: reports[1]}) is None
    assert of_one_matter(correction, {}) is None
