"""How fast the command line starts, as whole processes: ``assistant --help`` and a first ``assistant ask``.

Run: ``make bench-start``. The store is the bundled samples', ingested beforehand; the disk cache is warm.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 7
COMMAND = Path(sys.executable).with_name("assistant")


def timed(arguments: list[str], environment: dict[str, str]) -> list[float]:
    """Seconds of ``RUNS`` runs, after one that warms up."""
    seconds = []
    for _ in range(RUNS + 1):
        started = time.perf_counter()
        subprocess.run([COMMAND, *arguments], env=environment, check=True, capture_output=True)
        seconds.append(time.perf_counter() - started)
    return seconds[1:]


def main() -> None:
    """Print a table."""
    with tempfile.TemporaryDirectory() as home:
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("ASSISTANT_", "OPENAI_"))}
        environment["XDG_DATA_HOME"] = home
        print("| command | median, s | least, s | most, s |\n|---|---|---|---|")
        ask = ["ask", "what does Russia say caused the freeze?"]
        python = timed_python(environment)
        for name, seconds in (
            ("python -c pass", python),
            ("assistant --help", timed(["--help"], environment)),
            ("assistant ask, bundled samples", timed(ask, environment)),
        ):
            print(f"| {name} | {statistics.median(seconds):.2f} | {min(seconds):.2f} | {max(seconds):.2f} |")


def timed_python(environment: dict[str, str]) -> list[float]:
    """Seconds that the interpreter takes by itself."""
    seconds = []
    for _ in range(RUNS):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], env=environment, check=True)
        seconds.append(time.perf_counter() - started)
    return seconds


if __name__ == "__main__":
    main()
