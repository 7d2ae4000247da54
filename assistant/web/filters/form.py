"""What a reader lets a question look at: days, publishers, the day on which it stands, and the model that answers.

Everything here comes from a page's fields or from the address of a link that anybody may have written.

Invariant: a :class:`Filters` that :func:`read` has returned names only publishers that the archive has and models that
the chat offers, and leaves at least one day to look at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from assistant.errors import UsageError
from ingest.language.dates.words import day_in_words
from vectorstore.retrieval.scope import EVERYTHING, Scope

#: Publishers that one question may be limited to, and characters of a name that a line shows.
MOST_SOURCES, LONGEST_NAME = 50, 120

#: The names in a page's address.
AS_OF, FROM, TO, SOURCE, MODEL = "as_of", "from", "to", "source", "model"
PARAMETERS = (AS_OF, FROM, TO, SOURCE, MODEL)


@dataclass(frozen=True, slots=True)
class Filters:
    """What one question may look at, and the model that answers it; an empty ``model`` is the chat's own."""

    scope: Scope = EVERYTHING
    model: str = ""


@dataclass(frozen=True, slots=True)
class FilterForm:
    """What stands in the page's fields, or in its address, as it was written."""

    as_of: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    sources: Sequence[str] | None = ()
    model: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What can be chosen: the archive's publishers, and models, the chat's own first."""

    publishers: frozenset[str]
    models: tuple[str, ...]


def read(form: FilterForm, offered: Offered) -> Filters:
    """The filters that were written.

    Raises:
        UsageError: where one of them is none, or they leave no day to look at.
    """
    filters, problems = read_usable(form, offered)
    if problems:
        raise problems[0]
    return filters


def read_usable(form: FilterForm, offered: Offered) -> tuple[Filters, list[UsageError]]:
    """The filters as far as they can be used, and what is wrong with the others."""
    reading = _Reading(offered)
    scope = Scope(
        as_of=reading.day(form.as_of),
        date_from=reading.day(form.date_from),
        date_to=reading.day(form.date_to),
        sources=reading.publishers(form.sources or ()),
    )
    filters = Filters(scope, reading.model(form.model or ""))
    try:
        check_days(scope)
    except UsageError as problem:
        reading.problems.append(problem)
    return filters, reading.problems


def read_day(text: str | None) -> dt.date | None:
    """The day in the field "as of", None where it is empty.

    Raises:
        UsageError: where it is no date.
    """
    if text is None or not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip()[:10])
    except ValueError as error:
        raise UsageError(f"{text!r} is not a date", remedy="write it as in 2015-05-12, or leave it empty") from error


class _Reading:
    """Reads one field after the other and notes what is wrong with each."""

    def __init__(self, offered: Offered) -> None:
        self._offered = offered
        self.problems: list[UsageError] = []

    def day(self, text: str | None) -> dt.date | None:
        try:
            return read_day(_short(text))
        except UsageError as problem:
            self.problems.append(problem)
            return None

    def publishers(self, names: Sequence[str]) -> tuple[str, ...]:
        wanted = list(dict.fromkeys(str(name) for name in names))[:MOST_SOURCES]
        for name in wanted:
            if name not in self._offered.publishers:
                self._refuse(f"no publisher “{_short(name)}” is in the archive")
        return tuple(name for name in wanted if name in self._offered.publishers)

    def model(self, name: str) -> str:
        if not name or name == self._offered.models[0]:
            return ""
        if name in self._offered.models:
            return name
        self._refuse(f"the model “{_short(name)}” is not offered here")
        return ""

    def _refuse(self, what: str) -> None:
        self.problems.append(UsageError(what, remedy="choose another in the filters"))


def check_days(scope: Scope, today: dt.date | None = None) -> None:
    """Raises ``UsageError`` where no day is left to look at."""
    until = scope.as_of or today or dt.date.today()
    until = min(until, scope.date_to or until)
    if scope.date_from is not None and scope.date_from > until:
        first, last = day_in_words(scope.date_from.isoformat()), day_in_words(until.isoformat())
        raise UsageError(f"no day lies from {first} to {last}", remedy="choose other days in the filters")


def _short(text: str | None) -> str:
    """What a line can hold of something that may be of any length."""
    line = " ".join((text or "").split())
    return line if len(line) <= LONGEST_NAME else f"{line[:LONGEST_NAME]}…"


# -- the page's address ------------------------------------------------------------------------------------------------


def of_address(parameters: Iterable[tuple[str, str]], default: Filters) -> FilterForm | None:
    """The filters that a page's address names, or None where it names none.

    Args:
        default: what is set where the address says nothing of it.
    """
    named = [(name, value) for name, value in parameters if name in PARAMETERS]
    if not named:
        return None
    last = dict(named)
    return FilterForm(
        as_of=last.get(AS_OF, default.scope.as_of.isoformat() if default.scope.as_of else None),
        date_from=last.get(FROM),
        date_to=last.get(TO),
        sources=[value for name, value in named if name == SOURCE and value],
        model=last.get(MODEL),
    )


def to_address(filters: Filters, default: Filters) -> str:
    """The part of a page's address that names them: what differs from ``default``, percent-encoded."""
    scope = filters.scope
    days = ((AS_OF, scope.as_of, default.scope.as_of), (FROM, scope.date_from, None), (TO, scope.date_to, None))
    pairs = [(name, day.isoformat() if day else "") for name, day, usual in days if day != usual]
    pairs += [(SOURCE, name) for name in scope.sources]
    if filters.model:
        pairs.append((MODEL, filters.model))
    return urlencode(pairs)
