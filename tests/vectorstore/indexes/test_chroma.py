"""Chroma as the vector index in the store's own folder."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from vectorstore.encoders.base import unit
from vectorstore.errors import IndexUnavailable
from vectorstore.indexes.chroma import DenseIndex


def vectors(count: int, seed: int = 7) -> np.ndarray:
    return unit(np.random.default_rng(seed).standard_normal((count, 32)).astype(np.float32))


@pytest.fixture
def index(tmp_path: Path) -> Iterator[DenseIndex]:
    index = DenseIndex.open("dense-test", folder=tmp_path / "chroma")
    yield index
    index.close()


def test_the_nearest_rows_come_first_with_their_cosines(index: DenseIndex) -> None:
    rows, given = list(range(10, 510)), vectors(500)
    index.put(rows, given)
    found_rows, cosines = index.query(given[42], 20)
    exact = given @ given[42]
    assert found_rows[0] == 52
    assert cosines[0] == pytest.approx(1, abs=1e-5)
    assert list(cosines) == sorted(cosines, reverse=True)
    assert cosines == pytest.approx(exact[found_rows - 10], abs=1e-5)
    assert set(found_rows.tolist()) == set((np.argsort(-exact)[:20] + 10).tolist())


def test_a_row_that_is_put_again_is_replaced(index: DenseIndex) -> None:
    first, second = vectors(2)
    index.put([1], first[None])
    index.put([1], second[None])
    assert index.count() == 1
    assert index.query(second, 5)[1] == pytest.approx([1], abs=1e-5)


def test_removing_passes_over_what_is_not_there(index: DenseIndex) -> None:
    index.put([1, 2, 3], vectors(3))
    index.remove([2, 99])
    index.remove([])
    assert index.rows() == {1, 3}
    assert 2 not in index.query(vectors(3)[1], 10)[0]


def test_an_empty_index_finds_nothing_and_more_is_never_given_than_there_is(index: DenseIndex) -> None:
    assert len(index.query(vectors(1)[0], 5)[0]) == 0
    index.put([1, 2], vectors(2))
    assert len(index.query(vectors(1)[0], 500)[0]) == 2
    index.remove([1, 2])
    assert len(index.query(vectors(1)[0], 5)[0]) == 0
    assert index.rows() == set()


def test_rows_beyond_chromas_largest_batch_are_all_put_listed_and_removed(
    index: DenseIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_batch", 64)
    index.put(np.arange(1, 301), vectors(300))
    assert index.rows() == set(range(1, 301))
    index.remove(list(range(1, 200)))
    assert index.rows() == set(range(200, 301))


def test_vectors_of_another_dimension_are_refused_in_one_line(index: DenseIndex) -> None:
    index.put([1], vectors(1))
    for act in (
        lambda: index.put([2], np.ones((1, 5), dtype=np.float32)),
        lambda: index.query(np.ones(5, dtype=np.float32), 3),
    ):
        with pytest.raises(IndexUnavailable, match=r"dimension of 32, got 5.*run: assistant reindex") as caught:
            act()
        assert "\n" not in str(caught.value)


def test_a_collection_that_does_not_measure_cosines_is_refused(tmp_path: Path) -> None:
    import chromadb

    client: Any = chromadb.PersistentClient(path=str(tmp_path))
    client.create_collection("dense-test", embedding_function=None)
    client.close()
    with pytest.raises(IndexUnavailable, match="does not use the cosine space"):
        DenseIndex.open("dense-test", folder=tmp_path)


def test_a_sealed_index_opens_again_and_only_with_the_watermark_it_was_sealed_with(tmp_path: Path) -> None:
    index = DenseIndex.open("dense-test", folder=tmp_path / "chroma")
    index.put(list(range(1200)), vectors(1200))
    index.seal(41)
    index.put([7000], vectors(1))
    index.seal(42)
    index.close()
    with pytest.raises(IndexUnavailable, match="is damaged"):
        DenseIndex.open("dense-test", folder=tmp_path / "chroma", watermark=41)
    again = DenseIndex.open("dense-test", folder=tmp_path / "chroma", watermark=42)
    assert again.count() == 1201
    again.close()


def test_sealing_again_reads_no_file_that_the_opening_has_read_unchanged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = DenseIndex.open("dense-test", folder=tmp_path, watermark=None)
    index.put(list(range(1200)), vectors(1200))
    index.seal(1)
    index.close()
    again = DenseIndex.open("dense-test", folder=tmp_path, watermark=1)
    again.put([7000], vectors(1))  # Chroma writes its graph every thousand rows
    with monkeypatch.context() as patch:
        patch.delattr(zlib, "crc32")
        again.seal(2)
    again.close()
    DenseIndex.open("dense-test", folder=tmp_path, watermark=2).close()
