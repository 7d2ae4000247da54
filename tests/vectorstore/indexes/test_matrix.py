"""The matrix of vectors: the same vectors as the archive's, whatever became of its files."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vectorstore.indexes.base import Integers, Vectors
from vectorstore.indexes.matrix import VectorMatrix

DIMENSION = 16


def unit_vectors(rows: Integers) -> Vectors:
    """The vector that belongs to each row."""
    made = np.array([np.random.default_rng(int(row)).normal(size=DIMENSION) for row in rows], dtype=np.float32)
    made = made.reshape(len(rows), DIMENSION)
    scaled: Vectors = made / np.linalg.norm(made, axis=1, keepdims=True)
    return scaled


class Archive:
    """Rows 1 to 1,000 have a vector; ``read`` are those that were asked for."""

    def __init__(self) -> None:
        self.read: list[int] = []

    def __call__(self, rows: Integers) -> tuple[Integers, Vectors]:
        self.read += rows.tolist()
        known = np.unique(rows[(rows >= 1) & (rows <= 1000)])
        return known, unit_vectors(known)


def integers(*rows: int) -> npt.NDArray[np.int64]:
    return np.array(rows, dtype=np.int64)


def filled(folder: Path, *parts: Integers) -> tuple[VectorMatrix, Archive]:
    archive = Archive()
    matrix = VectorMatrix(folder, archive)
    for part in parts:
        matrix.add(part, unit_vectors(part))
    matrix.refresh()
    return matrix, archive


def assert_right(matrix: VectorMatrix, rows: Integers) -> None:
    found, vectors = matrix.vectors(rows)
    assert found.tolist() == sorted({row for row in rows.tolist() if 1 <= row <= 1000})
    assert vectors.dtype == np.float32
    if len(found) > 0:
        np.testing.assert_allclose(vectors, unit_vectors(found), atol=1e-3)
    assert matrix.cosines(rows, unit_vectors(integers(1, 2)))[1].shape == (2, len(found))


def test_vectors_come_from_the_matrix_and_the_archive_is_not_read(tmp_path: Path) -> None:
    matrix, archive = filled(tmp_path, integers(*range(1, 101)), integers(*range(101, 201)))
    assert_right(matrix, integers(150, 3, 100, 101, 3))
    assert archive.read == []
    assert matrix.missing(integers(3, 200, 201)).tolist() == [201]


@settings(deadline=None)  # it writes files, whose time is the disk's
@given(there=st.lists(st.integers(1, 60), unique=True), wanted=st.lists(st.integers(-5, 90), max_size=40))
def test_whatever_the_matrix_lacks_is_read_from_the_archive(
    there: list[int], wanted: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    matrix, archive = filled(tmp_path_factory.mktemp("matrix"), integers(*there))
    assert_right(matrix, integers(*wanted))
    assert set(archive.read) == set(wanted) - set(there)


def test_cosines_are_those_of_the_vectors(tmp_path: Path) -> None:
    matrix, _ = filled(tmp_path, integers(*range(1, 50)))
    questions = unit_vectors(integers(7, 30))
    for wanted in (integers(7, 9), integers(9, 10, 11), integers(*range(1, 50))):  # apart, in a run, all there are
        rows, cosines = matrix.cosines(wanted, questions)
        assert rows.tolist() == wanted.tolist()
        assert cosines == pytest.approx(questions @ unit_vectors(wanted).T, abs=1e-3)


def test_vectors_are_the_very_halves_that_were_stored(tmp_path: Path) -> None:
    tiny = np.float16(2.0**-24)  # the least of all halves, which has no leading bit
    vectors = np.zeros((3, 8), dtype=np.float32)
    vectors[0, 0], vectors[1, :2], vectors[2, 1:] = -1, (1, -tiny), np.linspace(-0.5, 0.5, 7)
    vectors[2, 0] = np.sqrt(1 - (vectors[2, 1:] ** 2).sum())
    matrix = VectorMatrix(tmp_path, Archive())
    matrix.add(integers(1, 2, 3), vectors)
    matrix.refresh()
    assert matrix.vectors(integers(1, 2, 3))[1].tolist() == vectors.astype(np.float16).astype(np.float32).tolist()


@pytest.mark.parametrize("name", ["rows.i64", "vectors.f16"])
@pytest.mark.parametrize("left", [0, 5, 8, 9, 40, 333])
def test_a_write_that_was_cut_off_is_left_out_and_written_over(tmp_path: Path, name: str, left: int) -> None:
    filled(tmp_path, integers(*range(1, 50)))
    os.truncate(tmp_path / name, left)
    matrix, archive = filled(tmp_path)
    assert_right(matrix, integers(2, 30, 48))
    assert archive.read
    matrix, archive = filled(tmp_path, integers(*range(1, 50)))
    assert_right(matrix, integers(2, 30, 48))
    assert archive.read == []


@pytest.mark.parametrize("filling", [b"\x00", b"\xff", b"\xa5"])
def test_a_damaged_vector_is_read_from_the_archive(tmp_path: Path, filling: bytes) -> None:
    filled(tmp_path, integers(*range(1, 50)))
    with open(tmp_path / "vectors.f16", "r+b") as file:
        file.seek(2 * DIMENSION * 20)
        file.write(filling * 2 * DIMENSION * 3)
    matrix, archive = filled(tmp_path)
    assert_right(matrix, integers(*range(1, 50)))
    assert set(archive.read) == {21, 22, 23}


def test_a_row_that_was_added_twice_counts_once(tmp_path: Path) -> None:
    matrix, archive = filled(tmp_path, integers(1, 2, 3), integers(2, 3, 4))
    assert_right(matrix, integers(1, 2, 3, 4))
    assert archive.read == []


def test_another_process_sees_what_was_written_at_its_next_refresh(tmp_path: Path) -> None:
    reader, archive = filled(tmp_path, integers(1, 2))
    filled(tmp_path, integers(3, 4))
    assert_right(reader, integers(3))
    assert set(archive.read) == {3}
    reader.refresh()
    assert_right(reader, integers(4))
    assert set(archive.read) == {3}
