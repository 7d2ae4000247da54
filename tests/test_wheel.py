"""The distribution: a wheel that holds all that the program needs, and runs in an environment of its own.

The environment sees the packages that the tests run with, so that nothing is downloaded; the program is the wheel's.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from email.parser import HeaderParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FREEZE = "what does Russia say caused the freeze?"


def run(*command: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def frontends(out: Path) -> list[list[object]]:
    """Commands that build the wheel, the one that needs no network first."""
    build = f"from hatchling.build import build_wheel; build_wheel({str(out)!r})"
    commands: list[list[object]] = [[sys.executable, "-c", build]]
    if uv := shutil.which("uv"):
        commands.append([uv, "build", "--wheel", "--out-dir", out, ROOT])
    commands.append([sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", out, ROOT])
    return commands


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    said = []
    for command in frontends(out):
        done = run(*command, cwd=ROOT)
        if done.returncode == 0:
            (built,) = out.glob("*.whl")
            return built
        said.append(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no reason given")
    pytest.skip(f"nothing here builds a wheel without a package index: {'; '.join(said)}")


@pytest.fixture(scope="module")
def fresh(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``bin`` folder of a new environment with the wheel installed in it."""
    folder = tmp_path_factory.mktemp("fresh") / "env"
    venv.create(folder, with_pip=False, symlinks=True)
    packages = next(folder.glob("lib/python*/site-packages"))
    installer = [shutil.which("uv"), "pip", "install", "--quiet", "--offline", "--no-deps", "--python", folder]
    if installer[0] is None:
        installer = [sys.executable, "-m", "pip", "--python", folder, "install", "--quiet", "--no-index", "--no-deps"]
    done = run(*installer, wheel, cwd=folder)
    assert done.returncode == 0, done.stderr
    (packages / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return folder / "bin"


def test_the_wheel_is_named_and_described_as_the_project_is(wheel: Path) -> None:
    assert wheel.name.startswith("news_assistant-")
    with zipfile.ZipFile(wheel) as held:
        (name,) = [name for name in held.namelist() if name.endswith(".dist-info/METADATA")]
        metadata = HeaderParser().parsestr(held.read(name).decode())
        (points,) = [name for name in held.namelist() if name.endswith("entry_points.txt")]
        assert "assistant = assistant.cli:main" in held.read(points).decode()
    assert metadata["Name"] == "news-assistant"
    assert metadata["License-Expression"] == "Apache-2.0"
    assert not any(
        need.startswith(("torch", "sentence-transformers")) for need in metadata.get_all("Requires-Dist", [])
    )


def test_the_wheel_holds_every_file_that_is_not_code(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as held:
        names = set(held.namelist())
    wanted = {
        path.relative_to(ROOT).as_posix()
        for package in ("assistant", "ingest", "prompts", "vectorstore")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    assert wanted <= names
    for some in ("prompts/answer.md", "ingest/samples/kremlin-very-positive.md", "assistant/evaluation/samples.jsonl"):
        assert some in wanted
    assert any(name.startswith("assistant/web/static/") for name in wanted)
    assert not any(name.startswith(("tests/", "docs/")) for name in names)


def test_the_wheels_program_is_what_runs_in_the_new_environment(fresh: Path, tmp_path: Path) -> None:
    code = (
        "import assistant.cli as cli, ingest, prompts, vectorstore\n"
        "print(*(module.__file__ for module in (cli, ingest, prompts, vectorstore)), sep='\\n')"
    )
    done = run(fresh / "python", "-c", code, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert all(path.startswith(str(fresh.parent)) for path in done.stdout.splitlines())


def test_it_answers_from_its_own_samples(fresh: Path, tmp_path: Path) -> None:
    version = run(fresh / "assistant", "--version", cwd=tmp_path)
    assert version.stdout.strip() == importlib.metadata.version("news-assistant")
    done = run(fresh / "assistant", "ask", FREEZE, "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    given = json.loads(done.stdout)
    quotes = " ".join(citation["quote"] for citation in given["citations"])
    assert "targeted unfriendly actions" in quotes
    assert "the initiator of the freeze" in quotes


def test_its_prompts_and_questions_are_at_hand(fresh: Path, tmp_path: Path) -> None:
    code = (
        "import importlib.resources as r, prompts\n"
        "print(prompts.load('answer').reference)\n"
        "print(len(r.files('assistant.evaluation').joinpath('samples.jsonl').read_text('utf-8').splitlines()))\n"
    )
    done = run(fresh / "python", "-c", code, cwd=tmp_path)
    reference, questions = done.stdout.split()
    assert reference.startswith("answer@")
    assert int(questions) >= 50
