"""What can go wrong with an evaluation, as errors for a person to read (see ``ingest.errors``)."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.errors import UsageError


class QASetError(UsageError):
    """A Q&A set cannot be asked as it stands.

    Attributes:
        problems: one line for each thing that is wrong, all of them; never empty.
    """

    def __init__(self, problems: Sequence[str], *, remedy: str = "correct the set; no question was asked") -> None:
        self.problems = tuple(problems)
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{self.problems[0]}{more}", remedy=remedy)


class RunError(UsageError):
    """The file of a run cannot be used."""


class PricesError(UsageError):
    """The file of the prices cannot be used."""
