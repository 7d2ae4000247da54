"""Where a store lies."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from vectorstore.archive.private import make_file, make_folder, tighten, tighten_all
from vectorstore.errors import StoreUnreadable

#: What the names of a store's files begin with.
_OWN = ("archive.sqlite", "conversations.sqlite", "indexes", "reindex.", "store.")


def default_path() -> Path:
    """The store that is used where none is named: a folder in the user's data folder."""
    import platformdirs

    return Path(platformdirs.user_data_dir("news-assistant", appauthor=False)) / "store"


def store_folder(path: str | os.PathLike[str] | None, report: Callable[[str], None] | None = None) -> Path:
    """The folder of a store, made where it is not there: it and what is in it are for their owner alone.

    A store that others could read until now is taken from them, and that is said; a folder that holds other things too
    (somebody's home, a shared folder) stays as it is, and only the store's own files are for their owner alone.

    Raises:
        StoreUnreadable: where it cannot be made.
    """
    folder = Path(path) if path is not None else default_path()
    try:
        make_folder(folder)
        names = [entry.name for entry in folder.iterdir()]
    except OSError as error:
        raise StoreUnreadable(
            f"the store's folder {folder} cannot be made ({error.strerror})", remedy="name another with --store"
        ) from error
    if all(name.startswith(_OWN) for name in names) and tighten(folder) and names and report is not None:
        report(f"others could read the store {folder}; now only you can")
    make_file(folder / "archive.sqlite")
    seal(folder)
    return folder


def seal(folder: Path) -> None:
    """See to it that what belongs to the store in a folder is for its owner alone."""
    with suppress(OSError):  # the folder may be gone by now
        for entry in folder.iterdir():
            if entry.name.startswith(_OWN):
                tighten_all(entry)
