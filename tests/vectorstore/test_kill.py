"""Ingestion that is killed at any moment, Chroma's writes included, loses nothing that it has acknowledged."""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from paths import ROOT

from vectorstore.encoders.local import LocalEncoder

#: Many processes are started and killed; on a busy machine that takes its time.
pytestmark = pytest.mark.timeout(400)

WORKER = Path(__file__).with_name("ingest_worker.py")

#: Articles below this number are long (``ingest_worker.LONG``).
SHORT = 40


@dataclass
class Workshop:
    """The process that starts the others."""

    process: subprocess.Popen[str]
    folder: Path
    logs: int = 0

    def start(self, task: str, **details: Any) -> Child:
        """Begin a task in a process of its own."""
        self.logs += 1
        log = self.folder / f"{self.logs}.log"
        assert self.process.stdin is not None
        print(json.dumps({"task": task, "log": str(log), **details}), file=self.process.stdin, flush=True)
        return Child(self, int(self.answer()), log)

    def answer(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()


@dataclass
class Child:
    """One task under way."""

    workshop: Workshop
    pid: int
    log: Path

    def said(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []

    def kill(self) -> None:
        # It is not yet waited for while the workshop has not answered, so that the number is its own.
        os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        return int(self.workshop.answer())


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests" / "helpers")])
    with subprocess.Popen(
        [sys.executable, "-W", "error", str(WORKER)],
        env={**os.environ, "PYTHONPATH": paths},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Workshop(process, tmp_path)
        assert process.stdin is not None
        process.stdin.close()


@dataclass
class History:
    """What one store was given and what it has acknowledged: the versions in which each article may be now."""

    path: Path
    encoder: str
    first: int
    acknowledged: dict[int, int] = field(default_factory=dict)
    attempted: dict[int, list[int]] = field(default_factory=dict)

    def next_articles(self, random: random.Random, count: int) -> list[tuple[int, int]]:
        """New articles, and some that are there already in a new version."""
        fresh = [(max(self.attempted, default=self.first - 1) + 1 + i, 0) for i in range(count)]
        changed = random.sample(sorted(self.acknowledged), min(count // 3, len(self.acknowledged)))
        articles = fresh + [(number, self.attempted[number][-1] + 1) for number in changed]
        random.shuffle(articles)
        for number, version in articles:
            self.attempted.setdefault(number, []).append(version)
        return articles

    def heard(self, said: list[str]) -> set[str]:
        """Take note of what was acknowledged; the numbers of those articles."""
        heard = [line.split() for line in said if line.startswith("ack ")]
        self.acknowledged.update((int(number), int(version)) for _, number, version in heard)
        return {number for _, number, _ in heard}

    def possible(self) -> dict[str, list[int]]:
        """Versions of each acknowledged article: the one acknowledged last, or one that was to follow it."""
        return {
            str(number): [version for version in self.attempted[number] if version >= last]
            for number, last in self.acknowledged.items()
        }


def see_that_all_is_there(workshop: Workshop, history: History, ask: set[str]) -> None:
    child = workshop.start(
        "check", path=str(history.path), encoder=history.encoder, articles=history.possible(), ask=sorted(ask)
    )
    status = child.wait()
    assert status == 0, f"exit {status} after opening: {child.log.read_text(encoding='utf-8')[-3000:]}"
    assert child.said()[-1] == "whole"


def kill_once(workshop: Workshop, history: History, random: random.Random, aim: str) -> list[str]:
    """Ingest, kill at a random moment after the worker has said ``aim`` some times, and check. What it had said."""
    articles = history.next_articles(random, 30)
    child = workshop.start("ingest", path=str(history.path), encoder=history.encoder, articles=articles)
    times, deadline = random.randint(1, 6) if aim == "chroma" else 1, time.monotonic() + 30
    while child.said().count(aim) < times and "end" not in child.said() and time.monotonic() < deadline:
        time.sleep(0.001)
    time.sleep(random.uniform(0, 0.03 if aim == "chroma" else 0.4))
    child.kill()
    assert child.wait() in (-signal.SIGKILL, 0)
    see_that_all_is_there(workshop, history, history.heard(child.said()))
    return child.said()


def fill(workshop: Workshop, history: History) -> None:
    """Give a store its long articles, undisturbed."""
    articles = history.next_articles(random.Random(0), SHORT)
    child = workshop.start("ingest", path=str(history.path), encoder=history.encoder, articles=articles)
    assert child.wait() == 0
    assert len(history.heard(child.said())) == SHORT


def test_nothing_acknowledged_is_lost_nothing_is_there_twice_and_no_opening_crashes(
    workshop: Workshop, tmp_path: Path
) -> None:
    LocalEncoder().encode(["the graph is built before the clock runs"])
    chance = random.Random(20150512)
    killed, in_chroma, acknowledged = 0, 0, 0
    histories = [History(tmp_path / "words", "words", 0), History(tmp_path / "local", "local", SHORT)]
    fill(workshop, histories[0])
    for turn, aim in zip(range(60), itertools.cycle(["opening", "chroma", "open", "chroma"]), strict=False):
        if killed >= 22:
            break
        # Mostly the large one, whose graph Chroma is long in writing; now and then a new one, or the real encoder.
        history = {7: histories[1], 3: History(tmp_path / f"new-{turn}", "words", SHORT)}.get(turn % 8, histories[0])
        said = kill_once(workshop, history, chance, aim)
        killed += "end" not in said
        in_chroma += said.count("chroma") > said.count("done")
        acknowledged += sum(line.startswith("ack ") for line in said)
    for history in histories:
        see_that_all_is_there(workshop, history, set(history.possible()))
    print(f"killed {killed} times, {in_chroma} of them while Chroma wrote; {acknowledged} articles were acknowledged")
    assert killed >= 20
    assert in_chroma >= 5
    assert acknowledged >= 100


STEPS: list[dict[str, Any]] = [
    {"step": "Archive.write", "turn": 2},
    {"step": "LexicalIndex.apply", "turn": 2},
    {"step": "DenseIndex.remove", "turn": 2},
    {"step": "DenseIndex.put", "turn": 2},
    {"step": "DenseIndex.put", "turn": 3, "torn": True},
    {"step": "DenseIndex.seal", "turn": 2},
    *({"step": "Archive.advance_index", "turn": turn} for turn in (1, 2, 3)),
]
STEPS_TO_A_NEW_STORE: list[dict[str, Any]] = [
    {"step": step, "turn": 1} for step in ("Archive.add_index", "DenseIndex.seal", "Archive.activate_indexes")
]


def test_a_process_may_die_after_any_step(workshop: Workshop, tmp_path: Path) -> None:
    chance = random.Random(7)
    old = History(tmp_path / "words", "words", SHORT)
    deaths = [(old, death) for death in STEPS * 2]
    deaths += [(History(tmp_path / f"new-{i}", "words", SHORT), death) for i, death in enumerate(STEPS_TO_A_NEW_STORE)]
    for history, death in deaths:
        articles = history.next_articles(chance, 16)
        child = workshop.start("ingest", path=str(history.path), encoder=history.encoder, articles=articles, die=death)
        assert child.wait() == -signal.SIGKILL, death
        see_that_all_is_there(workshop, history, history.heard(child.said()))
