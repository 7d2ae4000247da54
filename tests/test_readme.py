"""The README is true: its generated parts are up to date, its commands exist and its code runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ (.+)$", README, re.MULTILINE)
PYTHON = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def run(command: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **variables, "XDG_DATA_HOME": str(folder / "data")}
    return subprocess.run(command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, timeout=110)


def test_the_generated_parts_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cogapp", "--check", "--diff", "README.md"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"run: make readme\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("make ")])
def test_every_make_command_is_a_target(command: str) -> None:
    target = command.split()[1]
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("code", PYTHON)
def test_the_python_runs_as_it_stands(code: str, tmp_path: Path) -> None:
    (tmp_path / "example.py").write_text(code, encoding="utf-8")
    done = run(f"{sys.executable} -W error example.py", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "[1]" in done.stdout
    assert "A note" in done.stdout


def test_the_ingest_command_takes_a_folder_and_a_file(tmp_path: Path) -> None:
    (command,) = [c for c in COMMANDS if "assistant ingest" in c]
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "rain.txt").write_text("Rain in Salla\n\nIt rained in Salla on Friday.", encoding="utf-8")
    (tmp_path / "report.pdf").write_bytes(b"not a PDF")
    done = run(command.replace(".venv/bin/", f"{Path(sys.executable).parent}/"), tmp_path)
    assert done.returncode == 1
    assert "added 1" in done.stdout
    assert "report.pdf" in done.stderr


def test_every_picture_is_there() -> None:
    for picture in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README):
        assert (ROOT / picture).is_file()


def test_every_public_figure_names_a_command_that_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`make ([a-z-]+)`", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize("document", ["CONTRIBUTING.md", "docs/ARCHITECTURE.md"])
def test_what_the_documents_for_developers_name_is_there(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    places = [ROOT, *(ROOT / package for package in ("assistant", "ingest", "vectorstore"))]
    for name in re.findall(r"`([\w/]+(?:/|\.py|\.toml|\.jsonl))(?::|`)", text):
        assert any((place / name).exists() for place in places), name
    for target in re.findall(r"`make ([a-z-]+)`", text):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
