"""What a newcomer is told about an archive."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.web.chat.welcome import Overview, masthead_view, welcome_view
from ingest.article import Article
from vectorstore.store import Store


@pytest.fixture
def archive(tmp_path: Path) -> Any:
    """Makes an archive of (title, source, day)."""
    stores: list[Store] = []

    def make(*articles: tuple[str, str, str | None]) -> Store:
        store = Store.open(tmp_path / "store")
        stores.append(store)
        store.add(
            Article.from_record({"id": str(i), "title": title, "source": source, "published": day, "text": f"{title}."})
            for i, (title, source, day) in enumerate(articles)
        )
        return store

    yield make
    for store in stores:
        store.close()


Archive = Callable[..., Store]


def test_the_samples_are_told_in_one_line_and_have_their_own_examples(samples: Store) -> None:
    overview = Overview.of(samples)
    assert overview.in_words() == "28 articles from 8 publishers, 12 May 2015 to 13 July 2025"
    assert overview.examples[0] == "What does Russia say caused the freeze?"


def test_the_samples_are_called_samples_where_they_stand_for_an_empty_archive(samples: Store) -> None:
    overview = Overview.of(samples)
    line = "These are the bundled sample articles."
    assert line not in welcome_view(overview)
    assert f"{line} <a href=" in welcome_view(overview, samples=True)
    assert f"{line}</p>" in welcome_view(overview, samples=True, addable=False)


def test_another_archive_is_asked_about_names_that_its_headlines_share(archive: Archive) -> None:
    store = archive(
        ("Storm closes the port of Rotterdam for a night", "Daily Planet", "2020-01-02"),
        ("Why the Daily Planet is moving to Rotterdam", "Daily Planet", "2020-01-03"),
        ("What the Daily Planet saw in Lisbon", "Daily Planet", None),
    )
    overview = Overview.of(store)
    assert overview.examples == ("Rotterdam: what is the latest?",)
    assert overview.in_words() == "3 articles, 2 January 2020 to 3 January 2020"


def test_an_archive_without_dates_or_shared_names_is_told_without_them(archive: Archive) -> None:
    overview = Overview.of(archive(("A quiet day", "", None)))
    assert overview.in_words() == "1 article"
    assert overview.examples == ()
    assert "For example" not in welcome_view(overview)


def test_an_empty_archive_says_how_to_fill_it(archive: Archive) -> None:
    overview = Overview.of(archive())
    assert "assistant ingest" in welcome_view(overview)
    assert 'href="#archive"' in welcome_view(overview)
    assert 'href="#archive"' not in welcome_view(overview, addable=False)
    assert "No articles yet" in masthead_view(overview)
