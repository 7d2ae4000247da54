"""One process owns an embedded store; threads go in and out of a gate."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from stores import WordEncoder, article, found, start, word

from vectorstore.archive.lock import Gate, StoreLock
from vectorstore.errors import StoreLocked, StoreUnreadable
from vectorstore.store import Store

HOLDER = """
    import sys
    from stores import WordEncoder
    from vectorstore.store import Store
    store = Store.open(sys.argv[1], encoder=WordEncoder())
    print("open", flush=True)
    sys.stdin.readline()
    store.close()
    print("closed", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has the store in ``tmp_path / "store"`` open."""
    with start(HOLDER, tmp_path / "store", "--its", "arguments") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
        process.kill()


def test_a_second_process_is_told_who_has_the_store(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    with pytest.raises(StoreLocked) as caught:
        Store.open(tmp_path / "store", encoder=WordEncoder())
    message = str(caught.value)
    assert f"process {holder.pid} (-c " in message
    assert "--its arguments, since 20" in message
    assert "stop that process, or name another store" in message
    assert "\n" not in message
    assert caught.value.exit_code == 3


def test_the_store_is_free_once_its_holder_has_closed_it(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    assert holder.stdin is not None
    assert holder.stdout is not None
    print(file=holder.stdin, flush=True)
    assert holder.stdout.readline() == "closed\n"
    Store.open(tmp_path / "store", encoder=WordEncoder()).close()
    assert holder.poll() is None


def test_the_store_is_free_once_its_holder_was_killed(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    with Store.open(tmp_path / "store", encoder=WordEncoder()) as store:
        store.add([article(1)])
        assert found(store, word(1)) == ["a1"]


def test_the_same_process_cannot_open_a_store_twice(tmp_path: Path) -> None:
    with Store.open(tmp_path, encoder=WordEncoder()), pytest.raises(StoreLocked, match="is in use by process"):
        Store.open(tmp_path, encoder=WordEncoder())
    Store.open(tmp_path, encoder=WordEncoder()).close()


def test_a_description_that_was_left_behind_or_is_unreadable_decides_nothing(tmp_path: Path) -> None:
    first, second = StoreLock(tmp_path), StoreLock(tmp_path)
    (tmp_path / "store.holder.json").write_text('{"pid": 1, "command": "init", "since": "ever"}')
    first.acquire()
    (tmp_path / "store.holder.json").write_text("{")
    with pytest.raises(StoreLocked, match="in use by another process"):
        second.acquire()
    first.release()
    first.release()
    assert second.try_acquire()
    second.release()


def test_a_lock_taken_again_by_its_holder_is_held_until_it_was_released_as_often(tmp_path: Path) -> None:
    first, second = StoreLock(tmp_path), StoreLock(tmp_path)
    first.acquire()
    first.acquire()
    first.release()
    with pytest.raises(StoreLocked, match="is in use by process"):
        second.acquire()
    assert (tmp_path / "store.holder.json").is_file()
    first.release()
    assert second.try_acquire()
    second.release()


def test_one_who_waits_gets_the_lock_when_it_is_released_in_time(tmp_path: Path) -> None:
    first, second = StoreLock(tmp_path), StoreLock(tmp_path)
    first.acquire()
    threading.Timer(0.2, first.release).start()
    second.acquire(wait=20)
    second.release()


def test_a_lock_file_that_cannot_be_made_is_an_error_of_one_line(tmp_path: Path) -> None:
    (tmp_path / "store.lock").mkdir()
    with pytest.raises(StoreUnreadable, match=r"cannot be written \(.*name another with --store") as caught:
        Store.open(tmp_path, encoder=WordEncoder())
    assert "\n" not in str(caught.value)


def test_the_gate_closes_only_when_all_have_left_and_lets_nobody_in_meanwhile() -> None:
    gate, inside, overlaps = Gate(), 0, 0
    lock, stop = threading.Lock(), threading.Event()

    def pass_by() -> None:
        nonlocal inside
        while not stop.is_set():
            with gate.passing():
                with lock:
                    inside += 1
                time.sleep(0.0005)
                with lock:
                    inside -= 1

    threads = [threading.Thread(target=pass_by) for _ in range(8)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(50):
            with gate.closed():  # never starved, though somebody is always inside
                overlaps += inside
                time.sleep(0.001)
                overlaps += inside
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert overlaps == 0


def test_the_gate_opens_again_after_an_error() -> None:
    gate = Gate()
    with pytest.raises(ValueError, match="no"), gate.closed():
        raise ValueError("no")
    with pytest.raises(ValueError, match="no"), gate.passing():
        raise ValueError("no")
    with gate.closed():
        pass
    with gate.passing():
        pass
