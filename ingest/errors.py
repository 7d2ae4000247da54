"""The one root of every error that this program means a person to read.

Invariant: ``str(error)`` is one line that says what went wrong, with which input, and what to do about it.
The command line prints it as it stands and exits with ``exit_code``.
"""

from __future__ import annotations


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


class SourceError(AssistantError):
    """One source (a file, a line of a file, a URL) cannot be read as an article."""


class RecordError(SourceError):
    """An article record lacks what an article needs, or has it in the wrong form."""


def one_line(text: str) -> str:
    """Fold line breaks and control characters, which untrusted names may hold, so that a message stays one line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
