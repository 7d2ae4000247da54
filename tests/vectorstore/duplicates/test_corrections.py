"""Corrections and later versions: retrieval prefers them, and what they supersede says so, as of the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from near_duplicates import CORRECTED, SERIES, WIRE
from stores import WordEncoder

from ingest.article import Article
from vectorstore.archive.passage import Passage
from vectorstore.retrieval.scope import Scope
from vectorstore.store import Store

QUESTION = "how far has the quay wall at Tarnholm moved?"
NOTE = "Correction: An earlier version of this story gave the wrong distance and cost."


def told(article_id: str, text: str, source: str, day: str | None, **fields: str) -> Article:
    record = {"id": article_id, "title": "Port to close", "source": source, "published": day, "text": text, **fields}
    return Article.from_record(record)


ORIGINAL = told("original", WIRE, "Coast Agency", "2015-05-03")
FIXED = told("fixed", f"{CORRECTED}\n\n{NOTE}", "Coast Agency", "2015-05-04")
ELSEWHERE = told("elsewhere", f"{WIRE} (Coast Agency)", "Harbour Post", "2015-05-03")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store", encoder=WordEncoder()) as opened:
        yield opened


def passages(store: Store, day: int | None = None, query: str = QUESTION) -> dict[str, Passage]:
    """The best passage of each article that a search returns."""
    best: dict[str, Passage] = {}
    for passage in store.search(query, Scope(as_of=dt.date(2015, 5, day) if day is not None else None)):
        best.setdefault(passage.article_id, passage)
    return best


def test_the_corrected_version_is_returned_and_says_what_it_corrects(store: Store) -> None:
    for order in ([ORIGINAL, ELSEWHERE, FIXED], [FIXED, ELSEWHERE, ORIGINAL]):
        store.add(order)
        (shown,) = passages(store).values()
        assert shown.article_id == "fixed"
        assert shown.superseded_by is None
        assert shown.corrects is not None
        assert (shown.corrects.kind, shown.corrects.note) == ("correction", NOTE)
        assert shown.corrects.article is not None
        assert shown.corrects.article.published == "2015-05-03"
        assert shown.also_in == ()  # the others say what it takes back
        store.remove(["original", "elsewhere", "fixed"])


def test_before_its_day_a_correction_does_not_exist(store: Store) -> None:
    store.add([ORIGINAL, ELSEWHERE, FIXED])
    (shown,) = passages(store, day=3).values()
    assert shown.article_id == "original"
    assert shown.superseded_by is None
    assert [copy.article_id for copy in shown.also_in] == ["elsewhere"]


def test_where_the_filters_leave_the_old_version_alone_it_says_that_it_was_corrected(store: Store) -> None:
    store.add([ORIGINAL, ELSEWHERE, FIXED])
    (shown, *_) = store.search(QUESTION, Scope(sources=("Harbour Post",)))
    assert shown.article_id == "elsewhere"
    assert shown.superseded_by is not None
    assert shown.superseded_by.article is not None
    assert (shown.superseded_by.article.article_id, shown.superseded_by.note) == ("fixed", NOTE)


def test_a_correction_by_itself_stands_above_what_it_corrects(store: Store) -> None:
    notice = "The quay at Tarnholm moved by seven centimetres and not by eleven, as we wrote on Sunday."
    store.add([ORIGINAL, told("notice", notice, "Coast Agency", "2015-05-06", title="CORRECTION: Port to close")])
    shown = passages(store)
    assert list(shown) == ["notice", "original"]
    assert shown["original"].superseded_by is not None
    assert shown["original"].superseded_by.note == "CORRECTION: Port to close"
    assert list(passages(store, day=5)) == ["original"]
    assert passages(store, day=5)["original"].superseded_by is None


def test_a_later_version_of_a_page_supersedes_the_one_before(store: Store) -> None:
    address = "https://wire.example/port"
    store.add([told(f"v{day}", WIRE if day == 3 else SERIES[0], "W", f"2015-05-0{day}", url=address) for day in (3, 5)])
    shown = passages(store)
    assert shown["v3"].superseded_by is not None
    assert (shown["v3"].superseded_by.kind, shown["v3"].superseded_by.note) == ("newer version", "")
    assert shown["v3"].rank > shown["v5"].rank
    assert shown["v5"].corrects is not None


def test_the_same_document_read_again_takes_the_place_of_its_old_form(store: Store) -> None:
    store.add([told("page", WIRE, "W", "2015-05-03", url="https://wire.example/port")])
    report = store.add([told("page", CORRECTED, "W", "2015-05-03", url="https://wire.example/port")])
    assert report.changed == 1
    (shown,) = passages(store).values()
    assert shown.superseded_by is None
    assert "seven centimetres" in store.text("page")


def test_when_the_correction_is_removed_the_original_stands_again(store: Store) -> None:
    store.add([ORIGINAL, ELSEWHERE, FIXED])
    store.remove(["fixed"])
    (shown,) = passages(store).values()
    assert shown.article_id == "original"
    assert shown.superseded_by is None


def test_a_correction_whose_original_is_not_there_still_says_that_it_corrects(store: Store) -> None:
    store.add([FIXED])
    (shown,) = passages(store).values()
    assert shown.corrects is not None
    assert (shown.corrects.article, shown.corrects.note) == (None, NOTE)


def test_a_note_that_names_the_day_of_a_report_supersedes_that_report_in_either_order(store: Store) -> None:
    report = told(
        "report",
        "Fourteen people were hurt when the ferry Saint Brannoc struck the pier of Port Ansley, said the owner, "
        "Ansley Sound Ferries.",
        "Harbour Post",
        "2015-05-02",
        title="Ferry strikes pier",
    )
    match = told("match", "In Stellan the Rovers beat Calderbridge Town.", "Harbour Post", "2015-05-02", title="Cup")
    later = told(
        "later",
        "A fault was the reason why the Saint Brannoc of Ansley Sound Ferries struck the pier at Port Ansley.\n\n"
        "Correction: Our report of 2 May said that 14 people were hurt; the number is 11.",
        "Harbour Post",
        "2015-05-06",
        title="Fault suspected",
    )
    for order in ([report, match, later], [later, match, report]):
        store.add(order)
        shown = passages(store, query="how many people were hurt on the Saint Brannoc?")
        assert shown["report"].superseded_by is not None
        assert shown["report"].superseded_by.article is not None
        assert shown["report"].superseded_by.article.article_id == "later"
        assert shown["match"].superseded_by is None
        assert shown["later"].rank < shown["report"].rank
        before = passages(store, day=5, query="how many people were hurt on the Saint Brannoc?")
        assert before["report"].superseded_by is None
        store.remove([one.id for one in order])
