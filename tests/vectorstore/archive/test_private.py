"""What the program keeps is for its owner alone, whatever others may usually do with new files."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from stores import WordEncoder

from ingest.article import Article
from vectorstore.archive.private import make_folder, private_files
from vectorstore.store import Store

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")


@pytest.fixture(autouse=True)
def _open_handed() -> Iterator[None]:
    """A user whose new files everybody may read."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def readable(path: Path) -> list[str]:
    """What in a folder, and whether the folder, others may read or write."""
    return [str(each) for each in (path, *path.rglob("*")) if each.stat().st_mode & 0o077]


def test_a_new_store_and_the_folders_above_it_are_private(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "news" / "store"
    with Store.open(folder, encoder=WordEncoder()) as store:
        assert not folder.stat().st_mode & 0o077
        store.add([Article.from_record({"text": "The storm came on Monday."})])
        files = sorted(file.name for file in folder.glob("archive.sqlite*"))
        assert files == ["archive.sqlite", "archive.sqlite-shm", "archive.sqlite-wal"]
        assert not any((folder / name).stat().st_mode & 0o077 for name in files)
    assert readable(tmp_path / "data") == []


def test_a_store_that_others_could_read_is_taken_from_them_and_that_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    Store.open(folder, encoder=WordEncoder()).close()
    folder.chmod(0o755)
    (folder / "archive.sqlite").chmod(0o644)
    said: list[str] = []
    Store.open(folder, encoder=WordEncoder(), report=said.append).close()
    assert said == [f"others could read the store {folder}; now only you can"]
    assert readable(folder) == []


def test_a_folder_that_holds_other_things_too_stays_open(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "letter.txt").write_text("for all")
    for _ in range(2):
        Store.open(home, encoder=WordEncoder()).close()
        assert stat.S_IMODE(home.stat().st_mode) == 0o755
        assert stat.S_IMODE((home / "letter.txt").stat().st_mode) == 0o644
        assert not (home / "archive.sqlite").stat().st_mode & 0o077


def test_a_link_in_a_store_changes_nothing_elsewhere(tmp_path: Path) -> None:
    Store.open(tmp_path / "store", encoder=WordEncoder()).close()
    outside = tmp_path / "outside.txt"
    outside.write_text("for all")
    (tmp_path / "store" / "indexes" / "link").symlink_to(outside)
    Store.open(tmp_path / "store", encoder=WordEncoder()).close()
    assert stat.S_IMODE(outside.stat().st_mode) == 0o644


def test_a_folder_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    make_folder(tmp_path / "there" / "new")
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "there", tmp_path / "there" / "new")]
    assert modes == [0o755, 0o700]


def test_within_private_files_everything_new_is_private_and_after_it_as_before(tmp_path: Path) -> None:
    with private_files():
        (tmp_path / "inside").write_text("mine")
    (tmp_path / "after").write_text("for all")
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("inside", "after")] == [0o600, 0o644]
