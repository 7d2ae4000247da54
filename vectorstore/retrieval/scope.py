"""What of an archive may be looked at, said once and passed on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The days and publishers that a question may be answered from. Days are inclusive; None is unbounded.

    Attributes:
        as_of: nothing published after this day is looked at.
        date_from, date_to: only articles dated within these days; one without a date cannot be shown to lie there.
        sources: only these publishers, without regard to case; empty for all.
    """

    as_of: dt.date | None = None
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    sources: tuple[str, ...] = ()

    @property
    def last_day(self) -> dt.date | None:
        """The last day allowed."""
        return min((day for day in (self.as_of, self.date_to) if day is not None), default=None)

    @property
    def day_to(self) -> int | None:
        """The last ordinal day allowed."""
        return self.last_day.toordinal() if self.last_day is not None else None

    @property
    def day_from(self) -> int | None:
        """The first ordinal day allowed."""
        return self.date_from.toordinal() if self.date_from is not None else None

    @property
    def include_undated(self) -> bool:
        """Whether an article without a date may be returned."""
        return self.date_from is None and self.date_to is None

    @property
    def publishers(self) -> frozenset[str] | None:
        """The publishers as a set; None for all."""
        return frozenset(self.sources) if self.sources else None


#: The whole archive.
EVERYTHING = Scope()
