"""The command line as tests run it: in this process, which is quick, or in one of its own, which is real."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from paths import ROOT


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a command."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """Standard output as JSON, an object a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def complaints(self) -> list[str]:
        """The lines of standard error that name what went wrong."""
        return [line for line in self.err.splitlines() if line.startswith("assistant: ")]


def run(*arguments: object, stdin: str = "") -> Ran:
    """Run ``assistant`` with these arguments in this process."""
    from assistant.cli import main

    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    code = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["assistant", *map(str, arguments)])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                main()
            except SystemExit as ended:
                code = int(ended.code or 0)
    return Ran(code, *(stream.buffer.getvalue().decode() for stream in (out, err)))


@contextlib.contextmanager
def started(*arguments: object, cwd: Path | None = None, **options: Any) -> Iterator[subprocess.Popen[str]]:
    """``assistant`` in a process of its own; killed at the end where it still runs."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("env", {})}
    with subprocess.Popen(
        [sys.executable, "-m", "assistant.cli", *map(str, arguments)],
        cwd=cwd,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        **options,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def run_apart(*arguments: object, stdin: str = "", cwd: Path | None = None, **options: Any) -> Ran:
    """Run ``assistant`` in a process of its own."""
    with started(*arguments, cwd=cwd, **options) as process:
        out, err = process.communicate(stdin, timeout=60)
        return Ran(process.returncode, out, err)
