"""Who is who in an archive, for whom they speak, and what they said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from paths import SHARED
from stores import article

from ingest.article import Article
from ingest.read import read
from vectorstore.encoders.local import LocalEncoder
from vectorstore.retrieval.scope import Scope
from vectorstore.speakers.statements import StatementQuery
from vectorstore.speakers.types import Speaker
from vectorstore.store import Store

SEED = SHARED / "seed"

Fill = Callable[..., Store]


@pytest.fixture
def fill(store: Store) -> Fill:
    """Puts texts into a store, a day each from 1 May 2015."""

    def put(*texts: str) -> Store:
        days = (dt.date(2015, 5, 1) + dt.timedelta(days=number) for number in range(len(texts)))
        store.add(
            article(number, text=text, published=day.isoformat())
            for number, (text, day) in enumerate(zip(texts, days, strict=True))
        )
        return store

    return put


def by_name(store: Store, matching: str | None = None, **options: Any) -> dict[str, Speaker]:
    return {speaker.name: speaker for speaker in store.speakers(matching, Scope(**options), limit=None)}


def quotes(
    store: Store, speaker: str, about: str = "", *, least: float = 0.5, limit: int = 20, **options: Any
) -> list[str]:
    """What was said, without the "that" before it, which is the extractor's business."""
    query = StatementQuery(about=about, min_confidence=least, limit=limit)
    return [said.quote.removeprefix("that ") for said in store.statements(speaker, query, Scope(**options))]


def test_one_full_name_is_one_speaker_in_all_articles(fill: Fill) -> None:
    store = fill(
        "Kremlin spokesman Dmitry Peskov said it was late.", "Dmitry Peskov said it was later. Peskov said no."
    )
    peskov = by_name(store)["Dmitry Peskov"]
    assert peskov.statements == 3
    assert peskov.stands_for[:2] == ("Kremlin", "Russia")
    assert (peskov.first, peskov.last) == (dt.date(2015, 5, 1), dt.date(2015, 5, 2))


def test_a_surname_joins_the_only_person_who_speaks_for_the_same_side(fill: Fill) -> None:
    store = fill(
        "Russian President Vladimir Putin said that it was late.",
        "Russian President Putin said that it was later.",
        "Mayor Putin said that the bridge is shut.",
    )
    assert by_name(store)["Vladimir Putin"].statements == 2
    assert by_name(store)["Putin"].statements == 1


def test_by_a_surname_alone_is_meant_who_speaks_most_of_those_that_have_it(fill: Fill) -> None:
    store = fill(
        *(f"French minister Paul Arnaud said that it was number {number}." for number in range(6)),
        "Claire Arnaud said that it was hers.",
        "Chairman Arnaud said that it was nobody's.",
    )
    said = quotes(store, "Arnaud")
    assert {f"it was number {number}" for number in range(6)} < {quote.rstrip(".") for quote in said}
    assert not any("hers" in quote for quote in said)  # one statement beside six
    assert any("nobody's" in quote for quote in said)


def test_a_surname_that_two_could_have_joins_neither(fill: Fill) -> None:
    store = fill(
        "French minister Paul Arnaud said that it was late.",
        "French minister Claire Arnaud said that it was later.",
        "French minister Arnaud said that it was too late.",
    )
    assert {name: one.statements for name, one in by_name(store).items()} == {
        "Paul Arnaud": 1,
        "Claire Arnaud": 1,
        "Arnaud": 1,
    }


def test_an_office_joins_its_only_holder_and_no_one_where_there_were_two(fill: Fill) -> None:
    store = fill(
        "French President Paul Arnaud said that it was late.",
        "The French president said that the talks were over.",
    )
    assert by_name(store)["Paul Arnaud"].statements == 2
    store.add([article(9, text="French President Claire Odet said that it rained.", published="2015-06-01")])
    assert by_name(store)["Paul Arnaud"].statements == 1


def test_a_country_stands_for_those_who_speak_for_it(fill: Fill) -> None:
    store = fill(
        "Kremlin spokesman Dmitry Peskov said the frost was over.",
        "The Russian Foreign Ministry said that Washington was unfriendly.",
        "Moscow said that it would wait.",
        "Former Russian president Boris Lunin said that it was cold.",
        "A State Department official said that the sanctions stay.",
        "An Apple spokeswoman said that the shops were open.",
        "Russians said that they were cold.",
    )
    spoken = {"Dmitry Peskov", "Russian Foreign Ministry", "Russia"}
    assert {s.speaker for s in store.statements("Russia")} == spoken
    assert {s.speaker for s in store.statements("Moscow")} == spoken
    assert {s.speaker for s in store.statements("russian")} == spoken
    assert by_name(store, "Russia").keys() == spoken
    assert {s.speaker for s in store.statements("the Kremlin")} == {"Dmitry Peskov"}
    assert {s.speaker for s in store.statements("Washington")} == {"State Department official"}
    assert quotes(store, "Apple") == ["the shops were open"]
    assert store.statements("Freedonia") == []
    assert store.nearest_speakers("Dimitry Peskow") == ["Dmitry Peskov"]


def test_nobody_speaks_for_a_country_who_has_left_or_not_yet_taken_office(fill: Fill) -> None:
    store = fill(
        "French President Paul Arnaud said that it was late.",
        "Former French president Paul Arnaud said that he slept well.",
        "Paul Arnaud said that he was writing a book.",
    )
    assert quotes(store, "France") == ["it was late"]


def test_what_was_published_later_has_no_part_in_anything(fill: Fill) -> None:
    store = fill("Ada Lorne said that the ferry was late.", "Kremlin spokeswoman Ada Lorne said that it was over.")
    day = dt.date(2015, 5, 1)
    assert len(quotes(store, "Russia")) == 2  # a year around, she speaks for the side that the next article says
    assert quotes(store, "Russia", as_of=day) == []
    assert by_name(store, as_of=day)["Ada Lorne"].stands_for == ()
    assert by_name(store, as_of=day)["Ada Lorne"].statements == 1


def test_statements_are_by_date_and_filters_hold(fill: Fill) -> None:
    store = fill(*(f"Ada Lorne said that boat {n} was late." for n in range(4)))
    assert quotes(store, "Lorne") == [f"boat {n} was late" for n in (3, 2, 1, 0)]
    assert quotes(store, "Lorne", date_from=dt.date(2015, 5, 2), date_to=dt.date(2015, 5, 3)) == [
        "boat 2 was late",
        "boat 1 was late",
    ]
    assert quotes(store, "Lorne", limit=1) == ["boat 3 was late"]
    assert quotes(store, "Lorne", sources=("Nobody's",)) == []
    assert quotes(store, "Lorne", least=1.0) == []


def test_about_puts_first_what_is_about_it(fill: Fill) -> None:
    store = fill(
        "Ada Lorne said that the ferry to the island would be late.",
        "Ada Lorne said that bread had become dearer.",
        "Ada Lorne said that her brother plays the violin.",
    )
    assert quotes(store, "Ada Lorne", "music")[0] == "her brother plays the violin"
    assert quotes(store, "Ada Lorne", "what does food cost?")[0] == "bread had become dearer"


def test_many_statements_are_narrowed_down_to_those_about_it(fill: Fill) -> None:
    boats = [f"Ada Lorne said that boat {n} was late by {n + 2} hours." for n in range(60)]
    store = fill(*boats, "Ada Lorne said that her brother plays the violin.")
    assert quotes(store, "Ada Lorne", "who plays the violin?", limit=3)[0] == "her brother plays the violin"


def test_a_quote_is_cut_out_of_the_text(sample_store: Store) -> None:
    found = sample_store.statements("Russia", StatementQuery(limit=None))
    assert len(found) > 10
    for said in found:
        text = sample_store.text(said.article_id)
        assert text[said.span.start : said.span.end] == said.quote
        assert said.context.contains(said.span)


def test_what_is_added_and_removed_is_seen_at_once(fill: Fill) -> None:
    store = fill("Ada Lorne said that the ferry was late.")
    assert by_name(store).keys() == {"Ada Lorne"}
    store.add([article(7, text="Cy Tam said that it was not.")])
    assert by_name(store).keys() == {"Ada Lorne", "Cy Tam"}
    store.remove(["a0"])
    assert by_name(store).keys() == {"Cy Tam"}


@pytest.fixture(scope="module")
def seed_store(tmp_path_factory: pytest.TempPathFactory, encoder: LocalEncoder) -> Iterator[Store]:
    if not SEED.is_dir():
        pytest.skip("the seed article is third-party material, which is not here")
    with Store.open(tmp_path_factory.mktemp("seed") / "store", encoder=encoder) as store:
        store.add(item for item in read([SEED]) if isinstance(item, Article))
        yield store


@pytest.mark.parametrize(
    ("speaker", "about", "name", "holds"),
    [
        ("Russia", "what caused the difficult period", "Russian Foreign Ministry", "targeted unfriendly actions"),
        ("Russia", "started the freeze in relations", "Dmitry Peskov", "wasn’t the initiator of the freeze"),
        ("State Department official", "removing sanctions", "State Department official", "remove sanctions"),
        ("Russia", "Ukraine's crisis", "Russian Foreign Ministry", "largely provoked by"),
        ("the U.S.", "the tensions over Ukraine", "U.S. officials", "tensions over Ukraine"),
    ],
)
def test_the_seed_article_answers_who_said_what(
    speaker: str, about: str, name: str, holds: str, seed_store: Store
) -> None:
    best = seed_store.statements(speaker, StatementQuery(about=about))[:3]
    assert any(said.speaker == name and holds in said.quote for said in best)


def test_who_speaks_for_a_government_is_nobodys_own_in_another_article_of_the_year(fill: Fill) -> None:
    store = fill(
        "Kremlin spokesman Dmitry Peskov said it was late.",
        "Putin's spokesman, Dmitry Peskov, said that it was later.",
    )
    assert by_name(store)["Dmitry Peskov"].stands_for == ("Kremlin", "Russia")


def test_a_caption_that_ends_in_a_countrys_name_does_not_part_its_people_from_it(fill: Fill) -> None:
    store = fill(
        "Ukrainian President Pavlo Hrytsak said that the plant is safe.",
        "Just Watched Ukraine said that the bridge is shut.",
    )
    assert by_name(store)["Pavlo Hrytsak"].stands_for[-1:] == ("Ukraine",)
    assert any("plant is safe" in quote for quote in quotes(store, "Ukraine"))


def test_what_stands_where_a_search_has_found_it_comes_whatever_its_words(fill: Fill) -> None:
    store = fill(
        *(f"Mayor Ada Brenholt said that the ferry number {n} is late and the ferry is slow." for n in range(40)),
        "The reactor smoked all night. Mayor Ada Brenholt said that nobody was hurt.",
    )
    (last,) = [one for one in store.articles() if "reactor" in store.text(one.id)]
    where = [(last.id, store.chunks(last.id)[0].span)]
    alone = store.statements("Ada Brenholt", StatementQuery(about="the ferry", limit=5))
    beside = store.statements("Ada Brenholt", StatementQuery(about="the ferry", limit=5, foremost=where))
    assert not any("nobody was hurt" in one.quote for one in alone)
    assert [one.quote for one in beside[:5]] == [one.quote for one in alone]
    assert [one.article_id for one in beside[5:]] == [last.id]
