"""Files on their way into the archive: where they lie, whose they are, and how much of them there may be.

Invariants:

* They lie in a folder of this process, for its owner alone; it goes with the process, and those that earlier processes
  have left are removed at the start.
* A visitor's files, and all together, never take more than their share; what was read or is older than
  :data:`KEPT` seconds is removed.
* Nobody but who uploaded a file can name it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.settings import environment_for
from ingest.errors import AssistantError

#: Seconds for which a file waits to be added.
KEPT = 3600.0

_PREFIX, _LOCK = "news-assistant-uploads-", "in-use"


class Full(AssistantError):
    """There is no room for more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """Bytes that may lie there at once: of one visitor, and of all."""

    visitor: int
    everybody: int


@dataclass(slots=True)
class Uploads:
    """The files of one server.

    Attributes:
        folder: where Gradio puts them, each into a folder of its own.
        busy: whether a file is waiting to be read, however old it is.
    """

    folder: Path
    quota: Quota
    busy: Callable[[Path], bool] = lambda path: False
    _owners: dict[Path, set[str]] = field(default_factory=dict)
    _coming: dict[str, int] = field(default_factory=dict)

    def room(self, visitor: str) -> int:
        """Bytes that a visitor may still upload."""
        sizes = {path: _size(path) for path in self._owners}
        own = sum(size for path, size in sizes.items() if visitor in self._owners[path])
        everybody = sum(sizes.values()) + sum(self._coming.values())
        return min(self.quota.visitor - own - self._coming.get(visitor, 0), self.quota.everybody - everybody)

    @contextmanager
    def coming(self, visitor: str) -> Iterator[Callable[[int], None]]:
        """While a visitor uploads: a function that is told of each further piece's bytes, and raises :class:`Full`."""
        came = 0
        self._remove_old()

        def count(length: int) -> None:
            nonlocal came
            if length > self.room(visitor):
                raise Full(
                    "there is no room for more files now",
                    remedy="add those that are uploaded, or wait until they are read",
                )
            came += length
            self._coming[visitor] = self._coming.get(visitor, 0) + length

        try:
            yield count
        finally:
            self._coming[visitor] = self._coming.get(visitor, 0) - came
            if not self._coming[visitor]:
                del self._coming[visitor]
            if not self._coming:
                self._remove_unfinished()

    def take(self, visitor: str, paths: list[str]) -> None:
        """A visitor has uploaded these."""
        for path in paths:
            self._owners.setdefault(Path(path), set()).add(visitor)

    def belongs(self, path: str, visitor: str) -> bool:
        """Whether a path is one that the visitor has uploaded."""
        return visitor in self._owners.get(Path(path), ())

    def _remove_old(self) -> None:
        oldest = time.time() - KEPT
        for path in list(self._owners):
            with suppress(OSError):
                if path.stat().st_mtime < oldest and not self.busy(path):
                    path.unlink()
                    path.parent.rmdir()
            if not path.exists():
                del self._owners[path]

    def _remove_unfinished(self) -> None:
        """Gradio leaves what came of an upload that broke off."""
        with suppress(OSError):
            for path in self.folder.iterdir():
                if path.is_file() and path.name != _LOCK:
                    path.unlink(missing_ok=True)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


_sharing = threading.Lock()
_shared: list[Path] = []
_users = 0
_open = ExitStack()


@contextmanager
def upload_folder() -> Iterator[Path]:
    """The folder of this process, made for the first server in it and removed after the last.

    Gradio reads where it is from the environment, so that all servers of a process share it.
    """
    global _users
    with _sharing:
        if not _users:
            _shared[:] = [_open.enter_context(_own_folder())]
        _users += 1
        folder = _shared[0]
    try:
        yield folder
    finally:
        with _sharing:
            _users -= 1
            if not _users:
                _open.close()


@contextmanager
def _own_folder() -> Iterator[Path]:
    _remove_abandoned()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX)).resolve()  # 0700
    lock = FileLock(folder / _LOCK, mode=0o600)
    lock.acquire()
    try:
        with environment_for(GRADIO_TEMP_DIR=str(folder)):
            yield folder
    finally:
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)


def _remove_abandoned() -> None:
    """Remove the folders of processes that are no more: nobody holds their lock."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            lock = folder / _LOCK
            if _is_ours(folder) and _is_ours(lock) and lock.is_file():
                with FileLock(lock, timeout=0):
                    shutil.rmtree(folder, ignore_errors=True)
        except (Timeout, OSError):
            continue  # it is in use, or somebody else's


def _is_ours(path: Path) -> bool:
    """Whether something in the folder that everybody may write to is this user's own, and no link."""
    owner = path.lstat().st_uid
    return not path.is_symlink() and (os.name != "posix" or owner == os.getuid())
