"""What the lexical index's engine raises, as this program's errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vectorstore.errors import IndexUnavailable, StoreLocked


@contextmanager
def engine_errors(path: Path) -> Iterator[None]:
    """tantivy's errors, which are ValueError and a panic that no name imports, as errors for a person to read."""
    try:
        yield
    except (ValueError, OSError) as error:
        if "LockBusy" in str(error):
            remedy = "stop the other process that uses this store, or wait until it is done"
            raise StoreLocked(f"the lexical index in {path} is being written by another", remedy=remedy) from error
        raise unavailable(path, error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise unavailable(path, error) from error


def unavailable(path: Path, error: BaseException) -> IndexUnavailable:
    """The error that says that the index in ``path`` cannot be used, and what to do."""
    reason = str(error)[:200].rstrip(". ")
    return IndexUnavailable(
        f"the lexical index in {path} cannot be used: {reason}",
        remedy="free disk space if there is none left, else rebuild it with 'assistant reindex'",
    )
