"""What an answer is, and the events that lead to it: frozen value types, all plain data.

Invariants:

* ``archive.text(citation.article_id)[citation.start:citation.end] == citation.quote``, always.
* Display numbers run from 1 in the order of first use; ``Statement.citations`` and the marks ``[n]`` in
  ``Answer.text`` hold display numbers and nothing else.
* ``Answer.abstained`` is true exactly where ``Answer.abstention`` is given.
* Accounts and timeline entries name citations of the answer by display number; their texts are those quotes.
* Annotations say how :mod:`assistant.render.json` writes a field, where not by its own name and value.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, TypeAlias

from pydantic import Field, PlainSerializer

from vectorstore.archive.passage import ArticleReference, Passage, Revision, TextOrNull

#: Milliseconds.
Milliseconds: TypeAlias = Annotated[float, PlainSerializer(lambda value: round(value, 1))]


class Support(StrEnum):
    """How far the cited evidence bears a statement out."""

    SUPPORTED = "supported"
    PARTIAL = "partial"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One earlier message of the conversation; ``role`` is "user" or "assistant"."""

    role: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One cited sentence. ``start`` and ``end`` are code points of the article's text and ``quote`` is what they cover.

    ``speaker`` is who the article says said it, or None where it is the article's own statement or not known.
    ``published`` is ISO 8601, or None. ``also_in`` are other articles, copies of this one, that say the same words: one
    witness, not several. ``superseded_by`` is the version that takes the article's place, ``corrects`` what the article
    itself takes the place of.
    """

    number: int
    article_id: str
    title: TextOrNull
    url: TextOrNull
    source: TextOrNull
    published: str | None
    start: int
    end: int
    quote: str
    speaker: str | None = None
    support: Support = Support.SUPPORTED
    also_in: tuple[ArticleReference, ...] = ()
    superseded_by: Revision | None = None
    corrects: Revision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One claim of the answer. ``reason`` says in plain words what is missing where support is not full."""

    text: str
    citations: tuple[int, ...]
    support: Support
    reason: TextOrNull = ""


class AccountKind(StrEnum):
    """In whose words a statement of an account stands."""

    DIRECT = "direct"  # quoted
    INDIRECT = "indirect"  # paraphrased by the article
    MIXED = "mixed"  # paraphrased, with words quoted
    OWN = "own"  # the article's own words


class ConflictKind(StrEnum):
    """What makes two statements conflict."""

    DENIAL = "denial"  # one denies what the other says
    CAUSE = "cause"  # they give different causes for one event
    NUMBER = "number"  # they give different numbers for one thing


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountStatement:
    """One statement of an account: the cited sentence, its display number, when and in whose words it was published."""

    text: str
    citation: int
    published: str | None
    kind: AccountKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One statement of an account against one of another account.

    Attributes:
        kind: what makes them conflict.
        about: on what they do, in words that both have: "freeze relations", "people died".
        citation: the display number of the statement of the account that holds this conflict.
        other: the voice of the other account: the same as its ``voice``.
        other_citation: the display number of the other's statement.
    """

    kind: ConflictKind
    about: str
    citation: int
    other: str
    other_citation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one voice says in the answer.

    Attributes:
        speaker: who says it, or None where articles say it in their own words.
        stands_for: the bodies and countries that the speaker speaks for, the nearest first.
        source: the publisher whose own words they are; None where there is a speaker.
        statements: in the order of their display numbers; never empty.
        conflicts: with other accounts of the same answer; each stands in both accounts.
    """

    speaker: str | None
    stands_for: tuple[str, ...] = ()
    source: str | None = None
    statements: tuple[AccountStatement, ...]
    conflicts: tuple[Conflict, ...] = ()

    @property
    def voice(self) -> str:
        """The speaker, or the publisher; no two accounts of an answer have the same."""
        return self.speaker or self.source or "Unknown publisher"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One dated step of a sequence.

    Attributes:
        date: ISO 8601, of the precision that is known: ``2015-05-12``, ``2015-05`` or ``2015``.
        dated_by_text: whether the sentence names the date itself; else it is the day its article was published.
        text: the cited sentence.
        citation: its display number.
        speaker: who says it, or None where it is the article's own statement or not known.
    """

    date: str
    dated_by_text: bool
    text: str
    citation: int
    speaker: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NearestArticle:
    """An article that comes nearest to a question which the archive does not answer."""

    article_id: str
    title: str
    url: TextOrNull
    source: TextOrNull
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstention:
    """Why there is no answer, what is nearest, and which dates were searched (ISO 8601 days, None = unbounded)."""

    reason: str
    nearest: tuple[NearestArticle, ...]
    date_from: Annotated[str | None, Field(alias="from")]
    date_to: Annotated[str | None, Field(alias="to")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Tokens that the chat model counted."""

    input_tokens: int = 0
    output_tokens: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Timings:
    """Times from the question to each point; ``first_token`` is None where no text came."""

    retrieve: Milliseconds
    first_token: Milliseconds | None
    total: Milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedPassage:
    """A retrieved passage and whether the answerer saw it."""

    passage: Passage
    used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The finished answer to one question.

    Attributes:
        as_of: the day on which the question stands; nothing published later was looked at.
        text: the answer with display marks ``[n]``, plain text.
        accounts: who says what; empty where nothing is attributed or only one voice speaks.
        timeline: the cited sequence, earliest first, where the question asks for one; else empty.
        notices: lines about how it came to be that a reader should see (a fallback, dropped marks).
        confidence: 0 to 1, how sure the program is that the archive answers the question.
        model: "extractive", or the chat model's name.
        prompt: reference and hash of the prompt that was used, or None without a chat model.
        unknown_marks: how many citation marks named no sentence and were dropped.
    """

    id: str
    question: str
    standalone_question: str
    as_of: dt.date
    text: Annotated[str, Field(alias="answer")]
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    accounts: tuple[Account, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    passages: tuple[UsedPassage, ...] = ()
    abstention: Abstention | None = None
    notices: tuple[str, ...] = ()
    confidence: Annotated[float, PlainSerializer(lambda value: round(value, 4))] = 0.0
    model: str = "extractive"
    prompt: str | None = None
    usage: Usage | None = None
    unknown_marks: int = 0
    timings: Annotated[Timings, Field(alias="timings_ms")] = Timings(retrieve=0.0, first_token=None, total=0.0)

    @property
    def abstained(self) -> bool:
        """Whether the program says that the archive does not say."""
        return self.abstention is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PassagesFound:
    """Retrieval is done. ``standalone_question`` is what was searched for."""

    standalone_question: str
    passages: tuple[Passage, ...]
    articles: int
    milliseconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDelta:
    """The next piece of the answer's text, its marks already display marks ``[n]``.

    ``citations`` holds those whose mark is used for the first time in this piece.
    """

    text: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A line that the reader should see; ``restart`` says that the text so far is void and begins again."""

    text: str
    restart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReady:
    """The stream's last event: the whole answer, checked. It supersedes the text that was streamed."""

    answer: Answer


Event: TypeAlias = PassagesFound | TextDelta | Notice | AnswerReady
History: TypeAlias = Sequence[Turn | Mapping[str, str]]
