"""Where uploads lie, how long, and how much of them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from paths import ROOT

from assistant.web.security.uploads import KEPT, Full, Quota, Uploads, upload_folder

LEFT = """
import os, signal
from assistant.web.security.uploads import upload_folder
with upload_folder() as folder:
    (folder / "storm.txt").write_text("left")
    print(folder, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""

SHARED = """
import os
from assistant.web.security.uploads import upload_folder
with upload_folder() as folder:
    with upload_folder() as again:
        print("same" if again == folder and os.environ["GRADIO_TEMP_DIR"] == str(folder) else "another")
    print("open" if folder.stat().st_mode & 0o077 else "private")
    print("there" if folder.exists() else "gone")
print("there" if folder.exists() or os.environ["GRADIO_TEMP_DIR"] else "gone")
"""


@pytest.fixture(autouse=True)
def _temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)


def lay(uploads: Uploads, visitor: str, name: str, size: int) -> Path:
    path = uploads.folder / name / "file.txt"
    path.parent.mkdir(exist_ok=True)
    with uploads.coming(visitor) as count:
        count(size)
        path.write_bytes(b"x" * size)
    uploads.take(visitor, [str(path)])
    return path


def test_a_visitor_and_all_together_have_a_quota_that_what_is_read_frees(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, Quota(visitor=100, everybody=150))
    first = lay(uploads, "ann", "a", 80)
    with pytest.raises(Full):
        lay(uploads, "ann", "b", 30)
    lay(uploads, "bob", "c", 60)
    with pytest.raises(Full):
        lay(uploads, "eve", "d", 20)
    first.unlink()
    lay(uploads, "ann", "e", 90)
    assert uploads.room("eve") == 0


def test_what_is_on_its_way_counts_too(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, Quota(visitor=100, everybody=150))
    with uploads.coming("ann") as one, uploads.coming("ann") as other:
        one(70)
        with pytest.raises(Full):
            other(40)
    assert uploads.room("ann") == 100


def test_a_file_belongs_to_who_uploaded_it_also_where_two_did(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, Quota(visitor=100, everybody=150))
    path = str(lay(uploads, "ann", "a", 10))
    assert not uploads.belongs(path, "bob")
    uploads.take("bob", [path])
    assert [uploads.belongs(path, who) for who in ("ann", "bob", "eve")] == [True, True, False]
    assert not uploads.belongs(f"{tmp_path}/b/../a/file.txt", "ann")


def test_what_nobody_adds_is_removed_after_an_hour_and_what_waits_to_be_read_is_not(tmp_path: Path) -> None:
    busy: set[Path] = set()
    uploads = Uploads(tmp_path, Quota(visitor=100, everybody=150), busy.__contains__)
    old, waiting = lay(uploads, "ann", "old", 10), lay(uploads, "ann", "waiting", 10)
    busy.add(waiting)
    for path in (old, waiting):
        os.utime(path, (path.stat().st_mtime - KEPT - 1,) * 2)
    fresh = lay(uploads, "ann", "fresh", 10)
    assert [path.exists() for path in (old, waiting, fresh)] == [False, True, True]
    assert not uploads.belongs(str(old), "ann")


def apart(code: str) -> str:
    """Run in a process of its own: the tests' own serves chats, and all of a process share their folder."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "GRADIO_TEMP_DIR": ""}
    done = subprocess.run([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True, timeout=60)
    return done.stdout.strip()


def test_the_folder_goes_with_its_last_server() -> None:
    assert apart(SHARED) == "same\nprivate\nthere\ngone"


def test_what_a_killed_process_left_goes_at_the_start_and_what_is_in_use_stays() -> None:
    left = Path(apart(LEFT))
    assert (left / "storm.txt").exists()
    with upload_folder() as folder:
        apart(SHARED)
        assert folder.exists()
    assert not left.exists()
