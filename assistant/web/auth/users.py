"""The users file: one ``name:hash`` a line, lines that begin with # left alone.

Invariants:

* A file is taken whole or not at all: a line that is no user is an error that names it.
* It is written beside and moved into place, and nobody but its owner can read it.
"""

from __future__ import annotations

import os
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path

from assistant.errors import UsageError
from assistant.web.auth.passwords import hash_password, is_hash, kind_of

LONGEST_NAME = 64


def read_users(file: Path) -> dict[str, str]:
    """Name and hash of every user.

    Raises:
        UsageError: where the file cannot be read or has a line that is no user.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise UsageError(f"there is no users file {file}", remedy=_make(file)) from error
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise UsageError(f"the users file {file} cannot be read: {reason}", remedy="name another one") from error
    users: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, kept = line.strip().partition(":")
        if not _is_name(name) or not is_hash(kept):
            raise UsageError(f"line {number} of {file} is no name:hash", remedy=f"delete it, then {_make(file)}")
        if name in users:
            raise UsageError(f"line {number} of {file} names {name} again", remedy="delete one of the two lines")
        users[name] = kept
    return users


def add_user(file: Path, name: str, password: str) -> bool:
    """Add a user, or give one another password; returns whether the name is new.

    Raises:
        UsageError: where the name or the password is unusable, or the file cannot be read or written.
    """
    name = normalised(name)
    if not _is_name(name):
        raise UsageError(
            f"{name!r} cannot be a user's name", remedy=f"use 1 to {LONGEST_NAME} printable characters without : or #"
        )
    users = read_users(file) if file.exists() else {}
    kept = hash_password(password)
    _write(file, name, kept)
    return name not in users


def remove_user(file: Path, name: str) -> None:
    """Remove a user.

    Raises:
        UsageError: where there is no such user, or the file cannot be read or written.
    """
    name = normalised(name)
    if name not in read_users(file):
        raise UsageError(f"there is no user {name!r} in {file}", remedy=f"see: assistant user list --auth {file}")
    _write(file, name, None)


def normalised(name: str) -> str:
    """A name in the one form in which it is kept and compared."""
    return unicodedata.normalize("NFC", name.strip())


def _is_name(name: str) -> bool:
    plain = name.isprintable() and not set(name) & set(":#") and name == normalised(name)
    return plain and 0 < len(name) <= LONGEST_NAME


def _make(file: Path) -> str:
    return f"make it with: assistant user add NAME --auth {file}"


def _write(file: Path, name: str, kept: str | None) -> None:
    """Give a user this hash, or none; the other lines stay as they are."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    others = [line for line in lines if line.startswith("#") or line.strip().partition(":")[0] != name]
    lines = others if kept is None else [*others, f"{name}:{kept}"]
    try:
        target = file.resolve()  # a link stays a link
        handle, scratch = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")  # 0600
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                out.write("".join(f"{line}\n" for line in lines))
                out.flush()
                os.fsync(out.fileno())
            os.replace(scratch, target)
        except OSError:
            Path(scratch).unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"the users file {file} cannot be written: {reason}", remedy="name another one") from error


class Users:
    """The users of a file that may change while it is in use.

    Args:
        report: told in a line where a changed file is unusable; what it held before then still holds.

    Raises:
        UsageError: where the file is unusable, or has nobody in it.
    """

    def __init__(self, file: Path, report: Callable[[str], None] = print) -> None:
        self._file, self._report = file, report
        self._stamp = self._look()
        self._users = read_users(file)
        if not self._users:
            raise UsageError(f"there is no user in {file}", remedy=_make(file))

    def hash_of(self, name: str) -> str | None:
        """What is kept of a user's password now, None where there is no such user."""
        stamp = self._look()
        if stamp != self._stamp:
            self._stamp = stamp
            try:
                self._users = read_users(self._file)
            except UsageError as error:
                self._report(f"The users stay as they were: {error}")
        return self._users.get(name)

    def one_of_each_kind(self) -> dict[str, str]:
        """One user's hash of each kind that the file has, by its kind."""
        return {kind_of(kept): kept for kept in self._users.values()}

    def _look(self) -> tuple[int, int, int] | None:
        try:
            found = self._file.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino
