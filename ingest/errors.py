"""The one root of every error that this program means a person to read.

Invariant: ``str(error)`` is one line that says what went wrong, with which input, and what to do about it.
The command line prints it as it stands and exits with ``exit_code``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class AssistantError(Exception):
    """Root of the user-facing errors.

    Args:
        what: what went wrong and with which input, without a closing full stop.
        remedy: what the reader can do about it, an imperative clause without a closing full stop.
    """

    exit_code: int = 1

    def __init__(self, what: str, *, remedy: str = "") -> None:
        self.what = one_line(what)
        self.remedy = one_line(remedy)
        super().__init__(f"{self.what}; {self.remedy}" if self.remedy else self.what)

    def __reduce__(self) -> tuple[Any, ...]:
        """As it is: a constructor that asks for something else must not make it anew in another process."""
        return _as_it_was, (type(self), self.args, self.__dict__)


def _as_it_was(kind: type[AssistantError], args: tuple[Any, ...], held: dict[str, Any]) -> AssistantError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(held)
    return error


class SourceError(AssistantError):
    """One source (a file, a line of a file, a URL) cannot be read as an article."""


class RecordError(SourceError):
    """An article record lacks what an article needs, or has it in the wrong form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One input that could not be read. ``str()`` is one line: which, what, and what to do about it."""

    source: str
    reason: str
    remedy: str = ""

    def __str__(self) -> str:
        return one_line(f"{self.source}: {self.reason}" + (f"; {self.remedy}" if self.remedy else ""))

    @classmethod
    def of(cls, source: str, error: AssistantError) -> Problem:
        """What ``error`` says of ``source``."""
        return cls(source=source, reason=error.what, remedy=error.remedy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What is to be said of an input that was read. ``str()`` is one line: which, and what."""

    source: str
    what: str

    def __str__(self) -> str:
        return one_line(f"{self.source}: {self.what}")


def one_line(text: str) -> str:
    """Fold line breaks and control characters, which untrusted names may hold, so that a message stays one line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
