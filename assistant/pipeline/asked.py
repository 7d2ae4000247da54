"""One question as it was asked: its words, the turns before it, and what may be looked at; read from untrusted input.

Invariants: the question is one normalised line with a word in it; days are days, without a time; ``date_from`` is not
behind the last day that may be looked at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from assistant.errors import UsageError
from assistant.types import Turn
from ingest.article import normalise
from vectorstore.retrieval.scope import Scope

#: Longest question, in code points.
LONGEST = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The arguments of ``Assistant.ask``, checked. ``id`` is None where the caller gave none."""

    question: str
    history: tuple[Turn, ...]
    as_of: dt.date
    date_from: dt.date | None
    date_to: dt.date | None
    sources: tuple[str, ...]
    id: str | None

    @property
    def scope(self) -> Scope:
        """What may be looked at."""
        return Scope(as_of=self.as_of, date_from=self.date_from, date_to=self.date_to, sources=self.sources)

    @classmethod
    def of(
        cls,
        question: str,
        history: Sequence[Turn | Mapping[str, str]],
        *,
        as_of: dt.date | None,
        date_from: dt.date | None,
        date_to: dt.date | None,
        sources: Sequence[str] | None,
        question_id: str | None,
    ) -> Self:
        """Check what was asked; ``as_of`` is today where none is given.

        Raises:
            UsageError: where the question is empty or too long, the dates exclude each other, or a turn of the
                history is none.
        """
        line = " ".join(normalise(question).split())
        if not line:
            raise UsageError("the question is empty", remedy="ask something")
        if len(line) > LONGEST:
            raise UsageError(f"the question has {len(line):,} characters", remedy=f"ask it in at most {LONGEST:,}")
        day = _day(as_of) or dt.date.today()
        first, last = _day(date_from), _day(date_to)
        until = min(last or day, day)
        if first and first > until:
            raise UsageError(f"no day lies from {first} to {until}", remedy="set other days with --from and --to")
        return cls(
            question=line,
            history=turns(history),
            as_of=day,
            date_from=first,
            date_to=last,
            # One name is one name and not its letters.
            sources=(sources,) if isinstance(sources, str) else tuple(sources or ()),
            id=question_id,
        )


def _day(moment: dt.date | None) -> dt.date | None:
    return moment.date() if isinstance(moment, dt.datetime) else moment


def turns(history: Sequence[Turn | Mapping[str, str]]) -> tuple[Turn, ...]:
    """Earlier turns as ``Turn``.

    Raises:
        UsageError: where one is neither a turn nor a mapping with role and content.
    """
    found: list[Turn] = []
    for turn in history:
        if isinstance(turn, Turn):
            found.append(turn)
            continue
        try:
            found.append(Turn(role=str(turn["role"]), content=str(turn["content"])))
        except (KeyError, TypeError) as error:
            raise UsageError(
                "a turn of the history has no role and content", remedy='give {"role": …, "content": …}'
            ) from error
    return tuple(found)
