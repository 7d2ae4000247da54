"""Who says otherwise, from articles to the answer: numbers and denials of different publishers side by side."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from answering import check, quoting

from assistant.types import Account, ConflictKind
from ingest.article import Article
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.store import Store

DAY = dt.date(2021, 5, 12)


def put(store: Store, *told: tuple[str, str]) -> None:
    """One article a publisher, on one day."""
    store.add(
        Article(
            id=source.casefold(), source=source, title=f"Landslide at Brenna, by {source}", text=text, published=DAY
        )
        for source, text in told
    )


def conflicts(store: Store, embed: EmbeddingCache, question: str) -> dict[str, set[tuple[ConflictKind, str]]]:
    """By each voice of the answer's accounts: what it differs on, and with whom."""
    given = quoting(store, embed).ask(question, as_of=DAY)
    check(store, given)
    cited = {citation.number: citation.quote for citation in given.citations}
    for account in given.accounts:
        assert all(cited[said.citation] == said.text for said in account.statements)
    return {account.voice: {(c.kind, c.other) for c in account.conflicts} for account in given.accounts}


MINISTRY = "The Interior Ministry of Norway said that 14 people were killed in the landslide at Brenna on Monday."
RED_CROSS = "The Nordic Rescue League said that 23 people were killed in the landslide at Brenna on Monday."


def test_two_publishers_whose_speakers_count_differently_stand_side_by_side(
    store: Store, embed: EmbeddingCache
) -> None:
    put(
        store,
        ("Courier", f"{MINISTRY} The road to the village is closed."),
        ("Lantern", f"{RED_CROSS} Tents were put up by the lake."),
    )
    found = conflicts(store, embed, "How many people were killed in the landslide at Brenna?")
    assert len(found) == 2
    first, second = found
    assert found[first] == {(ConflictKind.NUMBER, second)}
    assert found[second] == {(ConflictKind.NUMBER, first)}


def test_two_publishers_that_count_the_same_do_not_conflict(store: Store, embed: EmbeddingCache) -> None:
    put(
        store,
        ("Courier", f"{MINISTRY} The road to the village is closed."),
        ("Lantern", f"{RED_CROSS.replace('23', 'fourteen')} Tents were put up by the lake."),
    )
    found = conflicts(store, embed, "How many people were killed in the landslide at Brenna?")
    assert not any(found.values())


def test_numbers_of_different_things_do_not_conflict(store: Store, embed: EmbeddingCache) -> None:
    put(
        store,
        ("Courier", f"{MINISTRY} The road to the village is closed."),
        ("Lantern", "The Nordic Rescue League said that 23 houses were lost in the landslide at Brenna on Monday."),
    )
    found = conflicts(store, embed, "What was lost in the landslide at Brenna?")
    assert not any(found.values())


@pytest.mark.parametrize("question", ["Was anybody warned before the landslide at Brenna?", "Who denied being warned?"])
def test_a_denial_in_one_paper_of_a_claim_in_another_stands_beside_it(
    store: Store, embed: EmbeddingCache, question: str
) -> None:
    put(
        store,
        ("Courier", "The geologist Ada Brandt said that the council of Brenna was warned of the landslide in March."),
        ("Lantern", "The council of Brenna denied that it was warned of the landslide in March. It met on Monday."),
    )
    given: Any = quoting(store, embed).ask(question, as_of=DAY)
    accounts: tuple[Account, ...] = given.accounts
    if len(given.citations) > 1:
        assert {c.kind for account in accounts for c in account.conflicts} == {ConflictKind.DENIAL}
    else:
        assert given.citations[0].quote.startswith("The council of Brenna denied")
