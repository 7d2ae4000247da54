"""Checksums of an embedded Chroma collection's files, so that one that was damaged is never opened.

Chroma 1.5.9 reads its graph unchecked and may end the process with a segmentation fault.

Invariant: ``seal.json`` is exchanged at once, and names only what is on the disk by then.
"""

from __future__ import annotations

import json
import os
import sqlite3
import struct
import zlib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vectorstore.errors import IndexUnavailable

#: Beside the files of an embedded collection: their checksums as they were last written to the end.
_SEAL = "seal.json"

#: hnswlib's header: a version, two numbers that are of no use here, the rows that are held, the bytes of each.
_HEADER = struct.Struct("<4x16xQQ")


@dataclass(frozen=True, slots=True)
class Sum:
    """Size, time of change in nanoseconds and CRC-32 of one file."""

    size: int
    changed: int
    crc: int


def write(folder: Path, watermark: int, before: Mapping[str, Sum]) -> dict[str, Sum]:
    """Keep the files of the collection in ``folder`` from being lost with the power supply, and keep their checksums
    with the number of the archive's last change that they hold.

    Args:
        before: the sums as they last were: a file that has not changed since is not read again.

    Returns:
        The sums as they are.

    Raises:
        OSError: where a file cannot be read or written.
    """
    sums = {name: _summed(folder / name, before.get(name)) for name in _files(folder)}
    scratch = folder / f"{_SEAL}.new"
    with open(scratch, "w", encoding="utf-8") as file:
        file.write(json.dumps(_sealed(watermark, sums)))
        file.flush()
        os.fsync(file.fileno())
    os.replace(scratch, folder / _SEAL)
    return sums


def verify(folder: Path, watermark: int) -> dict[str, Sum]:
    """See that an embedded collection is as :func:`write` left it with this watermark.

    Returns:
        The sums of its files, so that sealing it again reads only those that have changed.

    Raises:
        IndexUnavailable: where it is not.
    """
    damaged = IndexUnavailable(f"the vector index in {folder} is damaged", remedy="run: assistant reindex")
    try:
        sealed = json.loads((folder / _SEAL).read_text(encoding="utf-8"))
        with closing(sqlite3.connect(f"{(folder / 'chroma.sqlite3').absolute().as_uri()}?mode=rw", uri=True)) as file:
            sound = file.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        sums = {name: _summed(folder / name) for name in _files(folder)}
    except (OSError, ValueError, sqlite3.Error) as error:
        raise damaged from error
    if not sound or sealed != _sealed(watermark, sums):
        raise damaged
    return sums


def _sealed(watermark: int, sums: Mapping[str, Sum]) -> dict[str, Any]:
    return {"watermark": watermark, "files": {name: [each.size, each.crc] for name, each in sums.items()}}


def _files(folder: Path) -> list[str]:
    """The files of the graph. One of them, ``length.bin``, Chroma neither keeps stable nor depends on."""
    found = (path for path in folder.glob("*/*") if path.is_file() and path.name != "length.bin")
    return sorted(path.relative_to(folder).as_posix() for path in found)


def _summed(path: Path, before: Sum | None = None) -> Sum:
    """The sum of ``path``, which is on the disk when this returns; ``before`` where it has not changed since."""
    with open(path, "rb") as file:
        state = os.fstat(file.fileno())
        if before is not None and (before.size, before.changed) == (state.st_size, state.st_mtime_ns):
            return before
        os.fsync(file.fileno())
        crc = 0
        left = _written(path, state.st_size)
        while left > 0 and (block := file.read(min(left, 1 << 20))):
            crc = zlib.crc32(block, crc)
            left -= len(block)
    return Sum(state.st_size, state.st_mtime_ns, crc)


def _written(path: Path, size: int) -> int:
    """How many of a file's first bytes mean something.

    Chroma writes its first thousand vectors late; till then ``data_level0.bin`` has room for a hundred and holds
    whatever stood in memory, something else at each opening.
    """
    if path.name != "data_level0.bin":
        return size
    try:
        header = path.with_name("header.bin").read_bytes()
        rows, row_size = _HEADER.unpack_from(header)
    except (OSError, struct.error):
        return size
    return min(size, int(rows) * int(row_size))
