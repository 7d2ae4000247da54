"""Workers: what goes wrong in one costs the document that it is reading, and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import working

from ingest import Article, SourceError
from ingest.workers.limits import Allowance
from ingest.workers.pool import Pool, Task
from ingest.workers.process import Request

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits are the system's")

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def pool() -> Iterator[Pool]:
    with Pool(2, Allowance(seconds=1, memory=400_000_000)) as pool:
        yield pool


def work(pool: Pool, function: Any, *arguments: Any) -> Task:
    return pool.submit(Request(function=function, arguments=arguments), None)


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"


def gone(process: int) -> bool:
    """Whether it ends within a generous time."""
    until = time.monotonic() + 30
    while alive(process) and time.monotonic() < until:
        time.sleep(0.05)
    return not alive(process)


def test_items_come_in_order_from_another_process_and_tasks_in_theirs(pool: Pool) -> None:
    tasks = [work(pool, working.numbers, count) for count in (3, 100, 0, 5)]
    assert [list(task) for task in tasks] == [list(range(count)) for count in (3, 100, 0, 5)]
    (other,) = work(pool, working.process)
    assert other != os.getpid()


@pytest.mark.parametrize(
    ("function", "why"),
    [
        (working.hog, "it took longer than 1 s"),
        (working.swell, "it needs more than 400 MB"),
        (working.crash, "ended the process that read it (SIGSEGV)"),
    ],
)
def test_a_document_beyond_its_allowance_is_one_error_and_what_came_before_and_after_it_is_read(
    pool: Pool, function: Any, why: str
) -> None:
    bad, good = work(pool, function, 2), work(pool, working.numbers, 40)
    found: list[int] = []
    with pytest.raises(SourceError) as caught:
        found.extend(bad)
    assert found == [0, 1]
    assert why in str(caught.value)
    assert caught.value.remedy
    assert list(good) == list(range(40))
    assert list(work(pool, working.numbers, 2)) == [0, 1]


def test_a_process_that_ends_by_itself_is_an_error_with_its_code(pool: Pool) -> None:
    with pytest.raises(SourceError, match="exit code 3"):
        list(work(pool, working.quit_at_once))


def test_what_waits_and_does_not_work_is_stopped_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Allowance().by_the_clock > Allowance().seconds
    monkeypatch.setattr(Allowance, "by_the_clock", 0.3)
    with Pool(1, Allowance(seconds=0.1)) as pool:
        started = time.monotonic()
        with pytest.raises(SourceError, match=r"longer than 0\.1 s"):
            list(work(pool, working.sleep, 600))
        assert time.monotonic() - started < 300


def test_an_interruption_from_the_terminal_ends_no_worker(pool: Pool) -> None:
    assert list(work(pool, working.interrupted)) == [1]


def test_a_task_that_is_let_go_gives_its_worker_back(pool: Pool) -> None:
    tasks = [work(pool, working.numbers, 1_000_000) for _ in range(2)]
    for task in tasks:
        assert next(iter(task)) == 0
        task.cancel()
    assert list(work(pool, working.numbers, 2)) == [0, 1]


def test_closing_ends_every_worker_in_whatever_it_is() -> None:
    with Pool(1, Allowance(seconds=60)) as pool:
        (process,) = work(pool, working.process)
        work(pool, working.hog, 0)
        assert alive(process)
    assert gone(process)


def test_each_article_is_worked_on_in_the_worker_but_for_those_that_are_not_wanted(pool: Pool) -> None:
    request = Request(function=working.articles, arguments=(4,), selects=Article, then=working.shout, asks=True)
    found = list(pool.submit(request, lambda article: article.id != "2"))
    assert [item.text if isinstance(item, Article) else item for item in found] == [
        "WORDS 0.",
        "WORDS 1.",
        "Words 2.",
        "WORDS 3.",
        "the end",
    ]


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_worker_outlives_the_program(ending: signal.Signals) -> None:
    program = (
        "import sys, working\n"
        "from ingest.workers.limits import Allowance\n"
        "from ingest.workers.pool import Pool\n"
        "from ingest.workers.process import Request\n"
        "with Pool(1, Allowance(seconds=600)) as pool:\n"
        "    (process,) = pool.submit(Request(function=working.process, arguments=()), None)\n"
        "    task = pool.submit(Request(function=working.hog, arguments=(1,)), None)\n"
        "    print(process, flush=True)\n"
        "    for item in task: pass\n"
    )
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests" / "helpers")])
    running = subprocess.Popen(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with running:
        assert running.stdout is not None
        worker = int(running.stdout.readline())
        time.sleep(0.5)  # in the middle of it
        assert alive(worker)
        running.send_signal(ending)
        running.wait(60)
    assert gone(worker)
