"""Writing what an evaluation leaves behind: files that are there whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path

from assistant.evaluation.errors import RunError


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


def to_json(value: object) -> str:
    """Indented JSON with a line end, the same for the same value."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
