"""Folders and files that are for their owner alone: 0700 and 0600.

What others may do to a file is decided when it is made, and SQLite makes its ``-wal`` and ``-shm`` like the file that
they belong to. Where a file system knows no such rights nothing happens.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER, FILE = 0o700, 0o600
_OTHERS = 0o077


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it that are not there, for the owner alone; one that is there stays as it is.

    Raises:
        OSError: where it cannot be made.
    """
    if folder.is_dir():
        return
    if folder.parent != folder:
        make_folder(folder.parent)
    folder.mkdir(mode=FOLDER, exist_ok=True)


def make_file(file: Path) -> bool:
    """Make an empty file for the owner alone where there is none, else see to it that it is; whether others could
    read or write it until now.

    A folder that cannot be written is left to whoever opens the file, who says it better.
    """
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, FILE))
    except FileExistsError:
        return tighten(file)
    except OSError:
        pass
    return False


def tighten(path: Path) -> bool:
    """Take a folder or a file from everybody but its owner; whether others had it until now, and it could be taken."""
    try:
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode) or not found.st_mode & _OTHERS:
            return False
        path.chmod(FOLDER if stat.S_ISDIR(found.st_mode) else FILE)
        return not path.lstat().st_mode & _OTHERS
    except OSError:
        return False  # it is somebody else's: theirs to decide


def tighten_all(path: Path) -> None:
    """:func:`tighten` a file, or a folder and what lies in it, whatever its depth; links are not followed."""
    tighten(path)
    if path.is_symlink():
        return
    for parent, folders, files in os.walk(path):
        for name in (*folders, *files):
            tighten(Path(parent, name))


@contextmanager
def private_files() -> Iterator[None]:
    """Within it whatever the process makes is for its owner alone."""
    before = os.umask(_OTHERS)
    try:
        yield
    finally:
        os.umask(before)
