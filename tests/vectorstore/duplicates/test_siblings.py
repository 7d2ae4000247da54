"""Stories that are told in one form are not copies of each other: neither hides the other, nor takes its place."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ingest import Article
from vectorstore.store import Store

MONTHLY = (
    "The price of herring at the quay of Osvik was {price} crowns a kilo in the last month, the fishermen's office "
    "said. The office said that the price is taken on the first day of each week and that the catch of small boats "
    "is left out. Its director said that demand from abroad had hardly changed and that the fleet remains the largest "
    "employer of the town."
)
CLOSED = (
    "Lessons in {place} are cancelled on {day} because of the snow, the district said. Parents will hear by telephone "
    "when the schools open again. The district asked people to leave their cars at home, to clear the pavements "
    "before their doors and to look after elderly neighbours. About {pupils} pupils stay at home."
)


def article(number: int, title: str, text: str, day: dt.date, source: str = "Shore Post") -> Article:
    return Article(id=f"a{number}", title=title, text=text, published=day, source=source)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "store")


def test_each_of_a_monthly_series_is_found_and_none_is_a_version_of_another(store: Store) -> None:
    days = [dt.date(2016, month, 12) for month in range(1, 7)]
    store.add(article(n, "Herring prices", MONTHLY.format(price=f"{9 + n}.{n}"), day) for n, day in enumerate(days))
    found = store.search("What did herring cost at the quay of Osvik?", limit=10)
    assert {passage.article_id for passage in found} == {f"a{n}" for n in range(6)}
    assert [passage.superseded_by for passage in found] == [None] * 6


def test_siblings_of_one_day_do_not_hide_each_other(store: Store) -> None:
    day = dt.date(2016, 1, 12)
    places = (("Brenn", "Monday", "90"), ("Osvik", "Tuesday", "410"))
    texts = [CLOSED.format(place=place, day=named, pupils=pupils) for place, named, pupils in places]
    store.add(article(n, f"No school in {places[n][0]}", text, day) for n, text in enumerate(texts))
    best, other = store.search("On which day are lessons in Osvik cancelled?", limit=10)
    assert (best.article_id, other.article_id) == ("a1", "a0")


def test_a_story_with_a_figure_corrected_the_next_day_is_one_with_the_first(store: Store) -> None:
    first, second = (CLOSED.format(place="Brenn", day="Monday", pupils=pupils) for pupils in ("90", "900"))
    days = (dt.date(2016, 1, 12), dt.date(2016, 1, 13))
    store.add([article(0, "No school", first, days[0]), article(1, "No school", second, days[1])])
    (found,) = store.search("How many pupils stay at home in Brenn?", limit=10)
    assert found.article_id == "a1"


def test_a_correction_of_one_of_a_series_takes_the_place_of_that_one_alone(store: Store) -> None:
    days = [dt.date(2016, 1, 12), dt.date(2016, 2, 12), dt.date(2016, 2, 13)]
    prices = ("9.1", "10.2", "12.0")
    notes = ("", "", "Correction: an earlier version of this article gave a wrong price.\n\n")
    store.add(
        article(n, "Herring prices", notes[n] + MONTHLY.format(price=prices[n]), day) for n, day in enumerate(days)
    )
    found = store.search("What did herring cost at the quay of Osvik?", limit=10)
    assert {passage.article_id for passage in found} == {"a0", "a2"}
