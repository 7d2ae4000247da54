"""One wire story is one witness: what somebody said in it is listed and counted once, whatever copies there are."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from stores import article

from vectorstore.retrieval.scope import Scope
from vectorstore.speakers.statements import StatementQuery
from vectorstore.store import Store

STORY = (
    "Mayor Ada Brandt said that the bridge of Salla would be closed in June. Work on it begins on the ninth, when the "
    "ferries to Brenna take over and the buses turn at the mill. The bridge was built in 1931 by a firm from Stellan, "
    "and has been painted green, grey and green again. Twelve people are to work on it until the autumn, two of them "
    "divers. The council has set aside four million crowns for it, a third of them for the paint. The baker opposite "
    "has laid in flour. The school has changed its timetable, and the rowing club has moved its boats upstream."
)
SHORTER = STORY.replace(" The school has changed its timetable, and the rowing club has moved its boats upstream.", "")
OTHER = "Mayor Ada Brandt said that the library of Salla would be open on Sundays. Nobody else spoke at the meeting."


@pytest.fixture
def wire(store: Store) -> Store:
    """A story, a copy of it cut short by another publisher, and another story of the same speaker."""
    store.add(
        [
            article(1, text=SHORTER, published="2021-05-03", source="The Courier"),
            article(2, text=STORY, published="2021-05-02", source="Meridian Wire"),
            article(3, text=OTHER, published="2021-05-04", source="The Courier"),
        ]
    )
    return store


def sources(store: Store, about: str = "", **scope: Any) -> list[tuple[str, tuple[str, ...]]]:
    found = store.statements("Ada Brandt", StatementQuery(about=about), Scope(**scope))
    return [(said.source, tuple(copy.source for copy in said.also_in)) for said in found]


@pytest.mark.parametrize("about", ["", "bridge"])
def test_a_statement_in_two_copies_is_listed_once_from_the_first_with_the_other_beside_it(
    wire: Store, about: str
) -> None:
    assert sorted(sources(wire, about=about)) == [("Meridian Wire", ("The Courier",)), ("The Courier", ())]


def test_it_counts_once_among_a_speakers_statements(wire: Store) -> None:
    (brandt,) = wire.speakers("Ada Brandt")
    assert brandt.statements == 2
    assert [speaker.statements for speaker in wire.speakers() if speaker.name == "Ada Brandt"] == [2]


def test_a_copy_stands_for_itself_where_the_first_is_not_looked_at(wire: Store) -> None:
    assert sources(wire, sources=["The Courier"]) == [("The Courier", ()), ("The Courier", ())]
    assert wire.speakers("Ada Brandt", Scope(sources=("The Courier",)))[0].statements == 2


def test_a_copy_of_a_later_day_is_not_spoken_of(wire: Store) -> None:
    assert sources(wire, as_of=dt.date(2021, 5, 2)) == [("Meridian Wire", ())]


def test_every_copy_is_listed_by_itself_where_that_is_asked_for(wire: Store) -> None:
    assert len(wire.statements("Ada Brandt", StatementQuery(copies=True))) == 3


def test_what_was_counted_once_is_counted_anew_when_the_first_leaves(wire: Store) -> None:
    first = next(said.article_id for said in wire.statements("Ada Brandt") if said.source == "Meridian Wire")
    wire.speakers()
    wire.remove([first])
    assert sorted(sources(wire)) == [("The Courier", ()), ("The Courier", ())]
    assert wire.speakers("Ada Brandt")[0].statements == 2
