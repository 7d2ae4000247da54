"""Copies of one story: clustered as they come and go, and one witness in retrieval."""

from __future__ import annotations

import datetime as dt
import itertools
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from near_duplicates import ADDED, ANOTHER_REPORT, LEAD, OTHER_PUBLISHER, SERIES, WIRE
from sqlalchemy import select
from stores import WordEncoder, article, check

from ingest.article import Article
from vectorstore.archive.schema import articles, duplicate_bands, near_duplicates
from vectorstore.duplicates import clusters as duplicates
from vectorstore.retrieval.scope import Scope
from vectorstore.store import Store

QUESTION = "why does the port of Tarnholm close its northern basin?"


def told(article_id: str, text: str, source: str, day: str | None, **fields: str) -> Article:
    title = fields.pop("title", "Port to close")
    record = {"id": article_id, "title": title, "source": source, "published": day, "text": text, **fields}
    return Article.from_record(record)


#: One story in four papers, and three others.
STORY = (
    told("wire", WIRE, "Coast Agency", "2015-05-03"),
    told("beacon", OTHER_PUBLISHER, "Daily Beacon", "2015-05-04", title="Basin shut"),
    told("brief", LEAD, "Harbour Post", "2015-05-02", title="In brief"),
    told("longer", f"{WIRE}\n\n{ADDED}", "The Eastgate", "2015-05-05"),
)
OTHERS = (
    told("islands", ANOTHER_REPORT, "Harbour Post", "2015-05-05", title="Islanders wait"),
    told("judge", SERIES[0], "Coast Agency", "2015-05-03", title="Judge hears farmers"),
    told("vats", SERIES[1], "Coast Agency", "2015-05-08", title="Bank wants vats"),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store", encoder=WordEncoder()) as opened:
        yield opened


def clusters(store: Store) -> set[frozenset[str]]:
    """The ids of each cluster's articles."""
    groups: dict[int, set[str]] = {}
    query = select(near_duplicates.c.cluster, articles.c.id).join(articles)
    with store.archive.engine.connect() as connection:
        for cluster, article_id in connection.execute(query.where(near_duplicates.c.cluster.is_not(None))):
            groups.setdefault(cluster, set()).add(article_id)
    return {frozenset(group) for group in groups.values()}


def also_in(store: Store, **scope: Any) -> dict[str, list[str]]:
    """For each article that a search returns, the ids of its copies."""
    passages = store.search(QUESTION, Scope(**scope))
    return {passage.article_id: [copy.article_id for copy in passage.also_in] for passage in passages}


def test_one_story_is_one_cluster_in_whatever_order_its_copies_come(tmp_path: Path) -> None:
    for number, order in enumerate(itertools.islice(itertools.permutations((*STORY, OTHERS[0])), 0, None, 50)):
        with Store.open(tmp_path / str(number), encoder=WordEncoder()) as store:
            store.add(order)
            assert clusters(store) == {frozenset({"wire", "beacon", "brief", "longer"})}
            check(store)


def test_a_search_returns_one_copy_which_knows_the_others(store: Store) -> None:
    store.add([*STORY, *OTHERS])
    shown = also_in(store)
    (copy,) = shown.keys() & {"wire", "beacon", "brief", "longer"}
    assert set(shown[copy]) == {"wire", "beacon", "brief", "longer"} - {copy}
    assert shown.keys() == {copy, "islands", "judge", "vats"}
    assert all(not others for shown_id, others in shown.items() if shown_id != copy)
    assert [passage.rank for passage in store.search(QUESTION)] == list(range(1, len(store.search(QUESTION)) + 1))


def test_of_copies_that_say_the_same_the_first_is_shown(store: Store) -> None:
    store.add([told("late", f"{WIRE} Ends.", "Harbour Post", "2015-05-09"), STORY[0], OTHERS[0]])
    assert "wire" in also_in(store)
    assert "late" not in also_in(store)


def test_the_copy_that_answers_best_is_shown(store: Store) -> None:
    store.add([*STORY, *OTHERS])
    best = store.search("two cranes which had been put up for sale in Osvik since the paper mill closed")[0]
    assert best.article_id == "longer"
    assert {copy.article_id for copy in best.also_in} == {"wire", "beacon", "brief"}


def test_a_copy_that_the_filters_allow_stands_in(store: Store) -> None:
    store.add([*STORY, *OTHERS])
    assert also_in(store, sources=("Daily Beacon",)).keys() == {"beacon"}
    assert also_in(store, as_of=dt.date(2015, 5, 2)) == {"brief": []}
    assert "wire" in also_in(store, date_from=dt.date(2015, 5, 3), date_to=dt.date(2015, 5, 3))


def test_a_copy_that_is_published_later_is_not_spoken_of(store: Store) -> None:
    store.add([*STORY, *OTHERS])
    (others,) = [ids for shown, ids in also_in(store, as_of=dt.date(2015, 5, 3)).items() if shown != "judge"]
    assert set(others) <= {"wire", "brief"}


def test_the_very_same_text_of_another_publisher_is_named_too(store: Store) -> None:
    store.add([STORY[0], told("same", WIRE, "Harbour Post", "2015-05-06"), OTHERS[0]])
    passage = next(passage for passage in store.search(QUESTION) if passage.article_id == "wire")
    assert [(copy.source, copy.published) for copy in passage.also_in] == [("Harbour Post", "2015-05-06")]
    assert also_in(store, as_of=dt.date(2015, 5, 4))["wire"] == []


def test_neighbours_know_the_copies_of_their_article(store: Store) -> None:
    store.add([*STORY, *OTHERS])
    best = store.search("two cranes which had been put up for sale in Osvik since the paper mill closed")[0]
    assert store.neighbours(best)
    assert all(near.also_in == best.also_in for near in store.neighbours(best))


def test_removing_the_link_between_two_copies_parts_them(store: Store) -> None:
    middle = f"{WIRE}\n\n{ANOTHER_REPORT}"
    store.add(
        [
            STORY[0],
            told("both", middle, "Daily Beacon", "2015-05-04"),
            told("report", ANOTHER_REPORT, "H", "2015-05-05"),
        ]
    )
    assert clusters(store) == {frozenset({"wire", "both", "report"})}
    store.remove(["both"])
    assert clusters(store) == set()
    assert {"wire", "report"} <= also_in(store).keys()
    with store.archive.engine.connect() as connection:
        rows = set(connection.scalars(select(duplicate_bands.c.article_row)))
        assert rows == set(connection.scalars(select(articles.c.row)))


def test_a_changed_article_leaves_its_cluster(store: Store) -> None:
    store.add(STORY)
    store.add([told("beacon", SERIES[0], "Daily Beacon", "2015-05-04")])
    assert clusters(store) == {frozenset({"wire", "brief", "longer"})}


def test_many_copies_do_not_crowd_the_others_out(store: Store) -> None:
    body = " ".join(f"{WIRE} {ADDED}".split())
    copies = [told(f"c{i}", f"{'Late news. ' * (i + 1)}{body * 4}", f"Paper {i}", "2015-05-03") for i in range(45)]
    store.add([*copies, *(article(i, sentences=20) for i in range(15)), *OTHERS])
    ids = {passage.article_id for passage in store.search(QUESTION, min_articles=10)}
    assert len(ids) >= 10
    assert len([each for each in ids if each.startswith("c")]) == 1


def test_an_archive_from_before_catches_up_once(tmp_path: Path) -> None:
    with Store.open(tmp_path, encoder=WordEncoder()) as store:
        store.add([*STORY, *OTHERS])
        expected, before = clusters(store), also_in(store)
    with sqlite3.connect(tmp_path / "archive.sqlite") as raw:
        for table in ("near_duplicates", "duplicate_bands", "duplicate_pairs", "supersessions"):
            raw.execute(f"DROP TABLE {table}")
        raw.execute("UPDATE meta SET value = '2' WHERE key = 'version'")
        raw.execute("DELETE FROM meta WHERE key = 'near_duplicates'")
    raw.close()
    said: list[str] = []
    with Store.open(tmp_path, encoder=WordEncoder(), report=said.append) as store:
        assert "looking for copies among 7 articles, once" in said
        assert clusters(store) == expected
        assert also_in(store) == before
    with Store.open(tmp_path, encoder=WordEncoder(), report=said.append) as store:
        assert len([line for line in said if "looking for copies" in line]) == 1


def test_other_keys_are_made_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.add([*STORY, *OTHERS])
    expected = clusters(store)
    monkeypatch.setattr(duplicates, "FINGERPRINT", "another")
    assert duplicates.catch_up(store.archive, lambda line: None) == 7
    assert duplicates.catch_up(store.archive, lambda line: None) == 0
    assert clusters(store) == expected
