"""A damaged lexical index says so, in one line, as an error of the store."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from vectorstore.errors import IndexUnavailable
from vectorstore.indexes import bm25 as lexical
from vectorstore.indexes.base import TextArticle
from vectorstore.indexes.bm25 import LexicalIndex


def article(key: int, text: str) -> TextArticle:
    return TextArticle(key=key, title="", source="Meridian Wire", day=735730, passages=((key * 100, text),))


def put(index: LexicalIndex, *articles: TextArticle) -> None:
    index.apply(remove_articles=(), add=articles)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lexical"


def spoil_list(path: Path) -> None:
    (path / "meta.json").write_text("{")


def lose_list(path: Path) -> None:
    (path / "meta.json").unlink()


def lose_postings(path: Path) -> None:
    next(path.glob("*.idx")).unlink()


def cut_words(path: Path) -> None:
    words = next(path.glob("*.term"))
    os.truncate(words, words.stat().st_size // 2)


@pytest.mark.parametrize("damage", [spoil_list, lose_list, lose_postings, cut_words])
def test_a_damaged_index_says_so_in_a_line_when_it_is_opened(path: Path, damage: object) -> None:
    with LexicalIndex.open(path) as index:
        put(index, article(1, "A storm."))
    assert callable(damage)
    damage(path)
    with pytest.raises(IndexUnavailable, match=r"cannot be used: .+; .*rebuild it with 'assistant reindex'") as caught:
        LexicalIndex.open(path)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)


def test_damage_that_shows_only_when_searching_is_an_index_error_too(path: Path) -> None:
    with LexicalIndex.open(path) as index:
        put(index, *(article(key, f"A storm of {key} days.") for key in range(1, 500)))
    postings = next(path.glob("*.idx"))
    content = bytearray(postings.read_bytes())
    content[: len(content) - 200] = random.Random(1).randbytes(len(content) - 200)  # the footer stays as it was
    postings.write_bytes(content)
    spoiled = LexicalIndex.open(path)
    with pytest.raises(IndexUnavailable):
        [spoiled.search_passages(f"storm {day} days", 10, day_to=735730) for day in range(1, 500)]


def test_an_index_of_another_analysis_does_not_open(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with LexicalIndex.open(path) as index:
        put(index, article(1, "A storm."))
    monkeypatch.setattr(lexical, "ANALYSIS", "news-english-0")
    with pytest.raises(IndexUnavailable, match="schema does not match"):
        LexicalIndex.open(path)


def test_a_file_in_its_place_is_an_error_and_stays(path: Path) -> None:
    path.write_text("mine")
    with pytest.raises(IndexUnavailable):
        LexicalIndex.open(path)
    assert path.read_text() == "mine"


def test_a_folder_that_was_made_but_never_begun_is_an_empty_index(path: Path) -> None:
    path.mkdir(parents=True)
    with LexicalIndex.open(path) as index:
        assert index.article_count == 0
        put(index, article(1, "A storm."))
        assert [chunk for chunk, _, _ in index.search_passages("storm", 5)] == [100]
