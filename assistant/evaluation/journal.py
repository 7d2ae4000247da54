"""What an evaluation writes: files that are there whole or not at all, and the one that results stream to meanwhile.

From the latter a run that was interrupted goes on. Invariants: a result is on disk before the next one is reported. A
line that was cut off is dropped, and its question asked again. A file of another run (other questions, model, store or
settings) is never taken up, and never overwritten.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from assistant.evaluation.case import Outcome
from assistant.evaluation.errors import RunError
from assistant.evaluation.result import Result, line_of, parse_line


class Journal:
    """The results so far. A context manager; leaving closes the file.

    Args:
        path: the file; None keeps nothing.
        configuration: what the run is, JSON types; a file that was begun with another one is refused.

    Raises:
        RunError: where the file is of another run or cannot be written.
    """

    def __init__(self, path: Path | None, configuration: Mapping[str, Any]) -> None:
        self.path = path
        self.done: dict[str, Result] = {}
        self._file: IO[str] | None = None
        if path is None:
            return
        try:
            self._open(path, dict(configuration))
        except OSError as error:
            raise RunError(f"{path} cannot be written ({error.strerror})", remedy="name another file") from error

    def _open(self, path: Path, configuration: dict[str, Any]) -> None:
        body = path.read_bytes() if path.exists() else b""
        whole = body[: body.rfind(b"\n") + 1]
        if whole:
            self._take_up(path, whole.decode("utf-8", "replace").split("\n")[:-1], configuration)
            os.truncate(path, len(whole))
        self._file = open(path, "a" if whole else "w", encoding="utf-8")  # noqa: SIM115 - closed on leaving
        if not whole:
            self._write({"run": configuration})

    def _take_up(self, path: Path, lines: list[str], configuration: dict[str, Any]) -> None:
        try:
            begun = json.loads(lines[0])["run"]
            differing = sorted(k for k in {*begun, *configuration} if begun.get(k) != configuration.get(k))
        except (ValueError, KeyError, TypeError) as error:
            raise RunError(f"{path} is not a run that was interrupted", remedy="name another file") from error
        if differing:
            raise RunError(
                f"{path} is of an interrupted run with other {', '.join(differing)}",
                remedy="delete it, or name another file",
            )
        for number, line in enumerate(lines[1:], 2):
            result = parse_line(line, f"{path} line {number}")
            # What failed is asked again: what was in its way may be over.
            if result.outcome is not Outcome.FAILED:
                self.done[result.item.id] = result

    def add(self, result: Result) -> None:
        """Keep a result."""
        self.done[result.item.id] = result
        self._write(result.to_record())

    def _write(self, record: Mapping[str, Any]) -> None:
        if self._file is None:
            return
        try:
            self._file.write(line_of(record))
            self._file.flush()
        except OSError as error:
            raise RunError(f"{self.path} cannot be written ({error.strerror})", remedy="make room") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all.

    Raises:
        RunError: where it cannot be written.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8")
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise RunError(f"{path} cannot be written ({error.strerror})", remedy="name another file") from error
