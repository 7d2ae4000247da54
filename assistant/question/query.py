"""A question, read once: checked, made to stand alone, and parsed. Every later step is given the same ``Query``.

Invariants: the question is one normalised line with a word in it; the scope has a day on which the question stands, and
its first day is not behind its last; nothing is parsed anew after ``read``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.errors import UsageError
from assistant.question.answer_type import AnswerType, Embed, read_type
from assistant.question.dates import DateRange, read_dates
from assistant.question.focus import focus
from assistant.question.listing import ListingQuestion, listing_question
from assistant.question.rewrite.follow_ups import standalone
from assistant.question.speech import (
    SpeechQuestion,
    asks_for_sequence,
    asks_how_it_stands,
    asks_what_is_disputed,
    speech_question,
)
from assistant.types import History, Turn
from ingest.article import normalise
from ingest.language.gazetteer import Gazetteer
from ingest.language.measures import Dimension
from ingest.language.names import Name, names
from vectorstore.retrieval.scope import EVERYTHING, Scope

#: Longest question, in code points.
LONGEST = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked, and what may be looked at for it.

    Attributes:
        question: as it was asked.
        text: the same in the archive's spelling, without need of the turns before it; this is parsed and searched for.
        history: the turns before it, oldest first.
        scope: its ``as_of`` is always given.
        chances: the likely types of the answer, with how likely each is, the likeliest first.
        unit: the stems of what a number is to count, "year" where a day is asked for by its year.
        measured: what a number is to measure; empty where that is not said.
        focus: the sentence of the question that asks.
        names: the names in it.
        dates: the days that it names; None where it names none.
        speech: whose words it asks for; None where nobody's.
        listing: which of the archive's articles it asks for; None where it asks for anything else.
        current: whether it asks how things stand on its day.
        sequence: whether what happened when is asked for.
        disputed: whether people may differ over the answer.
        gazetteer: the store's, by which the names of the question and of what may answer it are read.
    """

    question: str
    text: str
    history: tuple[Turn, ...]
    scope: Scope
    chances: tuple[tuple[AnswerType, float], ...]
    unit: frozenset[str]
    measured: frozenset[Dimension]
    focus: str
    names: tuple[Name, ...]
    dates: DateRange | None
    speech: SpeechQuestion | None
    listing: ListingQuestion | None
    current: bool
    sequence: bool
    disputed: bool
    gazetteer: Gazetteer

    @property
    def answer_type(self) -> AnswerType:
        """The expected answer type."""
        return self.chances[0][0]

    @property
    def as_of(self) -> dt.date:
        """The day on which the question stands."""
        assert self.scope.as_of is not None
        return self.scope.as_of

    @property
    def speakers(self) -> tuple[str, ...]:
        """Whose words are asked for, as the question names them."""
        return self.speech.speakers if self.speech is not None else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a question is read by.

    Attributes:
        gazetteer: the store's.
        publishers: those of the archive.
        spelled: a text -> the same in the archive's spelling.
        embed: texts -> unit vectors; without it the question's words alone tell its answer type.
    """

    gazetteer: Gazetteer
    publishers: Collection[str] = ()
    spelled: Callable[[str], str] = str
    embed: Embed | None = None


def read(question: str, history: History, scope: Scope, known: Known, *, text: str | None = None) -> Query:
    """Read a question.

    Args:
        text: the question as it stands alone, where a model has made it; None leaves it to rules.

    Raises:
        UsageError: as :func:`checked`, :func:`turns` and :func:`settled`.
    """
    line, before = checked(question), turns(history)
    if text is None:
        text = standalone(known.spelled(line), before, known.gazetteer, known.publishers)
    whole = known.spelled(text) if before else text  # the names of the turns before it too
    reading, named = read_type(whole, known.embed), tuple(names(whole, known.gazetteer))
    speech = speech_question(whole, reading, named)
    within = settled(scope)
    assert within.as_of is not None
    dates = read_dates(whole, within.as_of)
    return Query(
        question=line,
        text=whole,
        history=before,
        scope=within,
        chances=reading.chances,
        unit=reading.unit,
        measured=reading.measured,
        focus=focus(whole),
        names=named,
        dates=dates,
        speech=speech,
        listing=listing_question(whole, named, known.publishers, within.as_of),
        current=asks_how_it_stands(whole) and dates is None,
        sequence=asks_for_sequence(whole, reading.answer_type),
        # Who asks what one speaker says is told that; the other side is for who asks what is so.
        disputed=asks_what_is_disputed(whole, reading.answer_type)
        if speech is None
        else speech.several and not speech.speakers,
        gazetteer=known.gazetteer,
    )


def checked(question: str) -> str:
    """The question as one normalised line.

    Raises:
        UsageError: where it is empty or too long.
    """
    line = " ".join(normalise(question).split())
    if not line:
        raise UsageError("the question is empty", remedy="ask something")
    if len(line) > LONGEST:
        raise UsageError(f"the question has {len(line):,} characters", remedy=f"ask it in at most {LONGEST:,}")
    return line


def settled(scope: Scope = EVERYTHING) -> Scope:
    """The scope with a day on which the question stands, today where none is given; days without a time.

    Raises:
        UsageError: where no day is left.
    """
    day, first = _day(scope.as_of) or dt.date.today(), _day(scope.date_from)
    within = replace(scope, as_of=day, date_from=first, date_to=_day(scope.date_to))
    if first and within.last_day and first > within.last_day:
        raise UsageError(f"no day lies from {first} to {within.last_day}", remedy="set other days with --from and --to")
    return within


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
