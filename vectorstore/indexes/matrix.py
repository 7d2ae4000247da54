"""The vectors of all chunks in one file that is mapped into memory, for exact cosines of any few thousand of them.

Chroma finds the nearest of all vectors; it has no quick way to the cosines of given ones (a filtered search takes it
100 to 500 ms among 200,000), and reading them out of the archive takes 60 µs each.

Invariants:

* The matrix is a copy: whatever it lacks or has damaged is read from the archive, and the answer is the same.
* Rows are only ever added; a chunk's row is never used again, so that a copied vector never becomes wrong.
* ``rows.i64`` is written after ``vectors.f16``: a row that stands there has its vector. Cut-off tails are ignored.
* One process writes; any number read, and see what was written at their last :meth:`VectorMatrix.refresh`.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from vectorstore.indexes.base import Integers, Vectors

Halves = npt.NDArray[np.float16]

#: Rows -> those of them that have a vector, ascending, and the vectors: how the archive is read.
Source = Callable[[Integers], tuple[Integers, Vectors]]

#: Vectors that are unpacked at a time: as floats they stay in the processor's cache.
_BLOCK = 512

#: What a half's bits, read as a float's, must be multiplied with: its exponent counts from 15, a float's from 127.
_RAISED = np.float32(2.0 ** (127 - 15))

#: How far from 1 the length of a sound vector of halves may be.
_TOLERANCE = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class _Contents:
    """What is on disk: the rows, ascending, where each stands in the file, and the mapped vectors. ``sound`` are the
    positions whose vectors were read and found to be whole; it is filled as they are.
    """

    rows: Integers
    positions: Integers
    vectors: Halves
    sound: npt.NDArray[np.bool_]


_EMPTY = _Contents(
    rows=np.empty(0, dtype=np.int64),
    positions=np.empty(0, dtype=np.int64),
    vectors=np.empty((0, 0), dtype=np.float16),
    sound=np.empty(0, dtype=np.bool_),
)


class VectorMatrix:
    """Unit vectors by chunk row, in folder ``folder``, as half-precision floats (cosines are good to 0.0005).

    ``rows.i64`` holds the dimension and then the rows, ``vectors.f16`` their vectors in the same order.

    Args:
        source: reads vectors out of the archive.
    """

    def __init__(self, folder: Path, source: Source) -> None:
        self._folder = folder
        self._source = source
        self._contents = _EMPTY
        self.refresh()

    @property
    def _row_file(self) -> Path:
        return self._folder / "rows.i64"

    @property
    def _vector_file(self) -> Path:
        return self._folder / "vectors.f16"

    def refresh(self) -> None:
        """Take in what has been written since."""
        head = np.fromfile(self._row_file, dtype="<i8") if self._row_file.is_file() else np.empty(0, dtype=np.int64)
        dimension = int(head[0]) if len(head) else 0
        count = min(len(head) - 1, _size(self._vector_file) // (2 * dimension)) if dimension > 0 else 0
        if count <= 0:
            self._contents = _EMPTY
            return
        # A row that was added again after a cut-off write stands there twice.
        rows, positions = np.unique(head[1 : count + 1], return_index=True)
        with open(self._vector_file, "rb") as file:
            mapped = mmap.mmap(file.fileno(), count * 2 * dimension, access=mmap.ACCESS_READ)
        if hasattr(mmap, "MADV_RANDOM"):
            mapped.madvise(mmap.MADV_RANDOM)  # or each row would bring its neighbours into memory
        vectors = np.frombuffer(mapped, dtype="<f2").reshape(count, dimension)
        # At once, because other threads are reading.
        sound = np.zeros(count, dtype=np.bool_)
        self._contents = _Contents(rows=rows, positions=positions, vectors=vectors, sound=sound)

    @property
    def last_row(self) -> int:
        """The highest row that is there; -1 where none is."""
        rows = self._contents.rows
        return int(rows[-1]) if len(rows) else -1

    def missing(self, rows: Integers) -> Integers:
        """Those of ``rows`` that are not there."""
        return np.setdiff1d(rows, self._contents.rows)

    def add(self, rows: Integers, vectors: Vectors) -> None:
        """Append vectors ``[n, dimension]``; they are seen after :meth:`refresh`."""
        if len(rows) == 0:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        dimension = vectors.shape[1]
        known = max(_size(self._row_file) // 8 - 1, 0)
        count = min(known, _size(self._vector_file) // (2 * dimension))
        if count == 0:
            _append(self._row_file, 0, np.array([dimension], dtype="<i8").tobytes())
        # The tail of a write that was cut off goes.
        _append(self._vector_file, count * 2 * dimension, np.asarray(vectors, dtype="<f2").tobytes())
        _append(self._row_file, (count + 1) * 8, np.asarray(rows, dtype="<i8").tobytes())

    def vectors(self, rows: Integers) -> tuple[Integers, Vectors]:
        """The vectors of ``rows``.

        Returns:
            Those rows that have one, ascending, and their vectors, float32 ``[n, dimension]``.
        """
        contents = self._contents
        wanted = np.unique(rows)
        at = np.searchsorted(contents.rows, wanted)
        held = at < len(contents.rows)
        held[held] = contents.rows[at[held]] == wanted[held]
        found = _bits(contents.vectors[contents.positions[at[held]]]) * _RAISED
        sound = _whole(found)
        if len(found) == len(wanted) and sound.all():
            return wanted, found
        have = wanted[held][sound]
        others, read = self._source(np.setdiff1d(wanted, have))
        if len(have) == 0 or len(others) == 0:
            return (others, read) if len(have) == 0 else (have, found[sound])
        all_rows = np.concatenate([have, others])
        order = np.argsort(all_rows)
        return all_rows[order], np.concatenate([found[sound], read])[order]

    def cosines(self, rows: Integers, questions: Vectors) -> tuple[Integers, Vectors]:
        """The cosines ``[questions, n]`` of ``rows`` with unit vectors ``[questions, dimension]``, the rows as
        :meth:`vectors` gives them.
        """
        contents = self._contents
        positions = _positions(contents, rows)
        cosines = _blockwise(contents, positions, questions) if positions is not None else None
        if cosines is not None:
            return rows, cosines
        found, vectors = self.vectors(rows)
        return found, np.vecdot(questions[:, None], vectors) if len(found) else np.empty(
            (len(questions), 0), dtype=np.float32
        )


def _positions(contents: _Contents, rows: Integers) -> Integers | None:
    """Where ``rows`` stand in the file; None where they do not ascend or one is not there."""
    if np.array_equal(rows, contents.rows):
        return contents.positions
    if len(contents.rows) == 0 or not (np.diff(rows) > 0).all():
        return None
    at = np.minimum(np.searchsorted(contents.rows, rows), len(contents.rows) - 1)
    return contents.positions[at] if (contents.rows[at] == rows).all() else None


def _blockwise(contents: _Contents, positions: Integers, questions: Vectors) -> Vectors | None:
    """Cosines of the vectors at these positions, block by block, so that what is unpacked stays in the processor's
    cache. None where a vector is damaged.
    """
    cosines = np.empty((len(questions), len(positions)), dtype=np.float32)
    raised = questions * _RAISED  # one multiplication a component, not one a component of every row
    for start in range(0, len(positions), _BLOCK):
        part = positions[start : start + _BLOCK]
        block = _bits(contents.vectors[_run(part)])
        unknown = ~contents.sound[part]
        if unknown.any():
            if not _whole(block[unknown] * _RAISED).all():
                return None
            contents.sound[part] = True
        # Row by row: a product of matrices would be shared out between threads, which wait for each other longer.
        np.vecdot(raised[:, None], block, out=cosines[:, start : start + _BLOCK])
    return cosines


def _run(positions: Integers) -> Integers | slice:
    """The same positions as a slice where they follow each other: no copy is made of those."""
    first, last = int(positions[0]), int(positions[-1])
    if last - first == len(positions) - 1 and (np.diff(positions) == 1).all():
        return slice(first, last + 1)
    return positions


def _bits(halves: Halves) -> Vectors:
    """Halves as floats that are smaller by the factor ``_RAISED``, exactly: sign, exponent and fraction moved to where
    a float has them. numpy's own conversion takes five times as long.
    """
    wide = halves.view("<i2").astype(np.int32)
    np.left_shift(wide, 13, out=wide)
    np.bitwise_and(wide, np.int32(~0x70000000), out=wide)  # the sign was spread over all upper bits
    return wide.view(np.float32)


def _whole(vectors: Vectors) -> npt.NDArray[np.bool_]:
    """Which vectors have the length that sound ones have."""
    lengths = np.einsum("ij,ij->i", vectors, vectors)
    whole: npt.NDArray[np.bool_] = np.abs(lengths - 1) < 2 * _TOLERANCE  # what is not a number is not either
    return whole


def _append(path: Path, at: int, part: bytes) -> None:
    with open(path, "ab") as file:
        file.truncate(at)
        file.write(part)
        file.flush()
        os.fsync(file.fileno())


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
