"""Where a store lies."""

from __future__ import annotations

import os
from pathlib import Path

from vectorstore.errors import StoreUnreadable


def default_path() -> Path:
    """The store that is used where none is named: a folder in the user's data folder."""
    import platformdirs

    return Path(platformdirs.user_data_dir("news-assistant", appauthor=False)) / "store"


def store_folder(path: str | os.PathLike[str] | None) -> Path:
    """The folder of a store, made where it is not there.

    Raises:
        StoreUnreadable: where it cannot be made.
    """
    folder = Path(path) if path is not None else default_path()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnreadable(
            f"the store's folder {folder} cannot be made ({error.strerror})", remedy="name another with --store"
        ) from error
    return folder
