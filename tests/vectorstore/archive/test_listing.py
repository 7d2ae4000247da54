"""Articles page by page, and figures about all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from stores import WordEncoder

from ingest.article import Article
from vectorstore.archive.listing import Order, holdings, list_articles
from vectorstore.store import Store

ARTICLES = (
    ("a", "Élection in Salla", "The Post", "2020-05-01"),
    ("b", "“Budget” agreed", "Ведомости", "2019-01-31"),
    ("c", "", "The Post", None),
    ("d", "Storm over Salla", "", "2020-05-02"),
    ("e", "Zinc", "Anchor", "2020-05-02"),
)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("listing") / "store", encoder=WordEncoder()) as store:
        store.add(
            Article(id=id_, title=title, source=source, published=day, text=f"Words of {id_}.")
            for id_, title, source, day in ARTICLES
        )
        yield store


def ids(store: Store, **options: object) -> str:
    page = list_articles(store.archive, **options)  # type: ignore[arg-type]
    assert page.total >= len(page.articles)
    return "".join(article.id for article in page.articles)


def test_articles_are_listed_in_the_order_that_is_asked_for(held: Store) -> None:
    assert ids(held) == "deabc"
    assert ids(held, order=Order.EARLIEST) == "badec"
    assert ids(held, order=Order.TITLE) == "badec"
    assert ids(held, order=Order.PUBLISHER) == "eacbd"


def test_a_search_takes_every_word_of_title_and_publisher_without_case_and_accents(held: Store) -> None:
    assert ids(held, words="salla ELECTION") == "a"
    assert ids(held, words="ВЕДОМ") == "b"
    assert ids(held, words="post salla") == "a"
    assert ids(held, words="%") == ""


def test_a_publisher_is_taken_as_it_is_spelled(held: Store) -> None:
    assert ids(held, source="The Post") == "ac"
    assert ids(held, source="the post") == ""


def test_pages_follow_each_other_and_beyond_the_end_is_the_last(held: Store) -> None:
    pages = [ids(held, offset=offset, limit=2) for offset in (0, 2, 4)]
    assert pages == ["de", "ab", "c"]
    beyond = list_articles(held.archive, offset=100, limit=2)
    assert (beyond.offset, beyond.total, beyond.articles[0].id) == (4, 5, "c")
    assert list_articles(held.archive, words="nothing").offset == 0


def test_figures_count_every_article_once(held: Store) -> None:
    figures = holdings(held.archive)
    assert (figures.articles, figures.passages) == held.counts()
    assert figures.days.total() == 5
    assert (figures.first, figures.last) == (dt.date(2019, 1, 31), dt.date(2020, 5, 2))
    assert figures.publishers == ("The Post", "Anchor", "Ведомости")


def test_an_empty_archive_has_figures_too(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store", encoder=WordEncoder()) as store:
        figures = holdings(store.archive)
        assert (figures.articles, figures.first, figures.publishers) == (0, None, ())
        assert list_articles(store.archive).articles == ()
