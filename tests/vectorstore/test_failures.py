"""What fails while articles are added costs none of those that came before it or stand beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from stores import WordEncoder

from ingest import Article
from vectorstore.archive import prepared
from vectorstore.store import Store

GOOD = "The town of Tidewick met in May and opened its quay."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store", encoder=WordEncoder()) as store:
        yield store


def test_what_was_given_before_its_iterator_failed_is_in_the_store(store: Store) -> None:
    def items() -> Iterator[Article]:
        yield Article.from_record({"id": "one", "text": GOOD})
        yield Article.from_record({"id": "two", "text": f"{GOOD} Again."})
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.add(items())
    assert {article.id for article in store.articles()} == {"one", "two"}


def test_an_article_whose_sentences_cannot_be_read_is_a_problem_and_the_others_are_in_the_store(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = prepared.chunk

    def chunk(article: Article) -> object:
        if article.id == "two":
            raise RecursionError
        return whole(article)

    monkeypatch.setattr(prepared, "chunk", chunk)
    given = [Article.from_record({"id": name, "text": f"{GOOD} {name}", "url": ""}) for name in ("one", "two", "three")]
    report = store.add(given)
    assert [problem.source for problem in report.failed] == ["two"]
    assert {article.id for article in store.articles()} == {"one", "three"}
