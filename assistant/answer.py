"""What an answer is, and the events that lead to it: frozen value types, all plain data.

Invariants:

* ``archive.text(citation.article_id)[citation.start:citation.end] == citation.quote``, always.
* Display numbers run from 1 in the order of first use; ``Statement.citations`` and the marks ``[n]`` in
  ``Answer.text`` hold display numbers and nothing else.
* ``Answer.abstained`` is true exactly where ``Answer.abstention`` is given.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from vectorstore.passage import Passage


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
    ``published`` is ISO 8601, or None.
    """

    number: int
    article_id: str
    title: str
    url: str
    source: str
    published: str | None
    start: int
    end: int
    quote: str
    speaker: str | None = None
    support: Support = Support.SUPPORTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One claim of the answer. ``reason`` says in plain words what is missing where support is not full."""

    text: str
    citations: tuple[int, ...]
    support: Support
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NearestArticle:
    """An article that comes nearest to a question which the archive does not answer."""

    article_id: str
    title: str
    url: str
    source: str
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstention:
    """Why there is no answer, what is nearest, and which dates were searched (ISO 8601 days, None = unbounded)."""

    reason: str
    nearest: tuple[NearestArticle, ...]
    date_from: str | None
    date_to: str | None


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
    """Milliseconds from the question to each point; ``first_token`` is None where no text came."""

    retrieve: float
    first_token: float | None
    total: float


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
    text: str
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    passages: tuple[UsedPassage, ...] = ()
    abstention: Abstention | None = None
    notices: tuple[str, ...] = ()
    confidence: float = 0.0
    model: str = "extractive"
    prompt: str | None = None
    usage: Usage | None = None
    unknown_marks: int = 0
    timings: Timings = field(default_factory=lambda: Timings(retrieve=0.0, first_token=None, total=0.0))

    @property
    def abstained(self) -> bool:
        """Whether the program says that the archive does not say."""
        return self.abstention is not None

    def to_dict(self) -> dict[str, Any]:
        """The object of ``ask --json``: plain JSON types; keys that do not apply are None."""
        from assistant.answer_json import answer_to_dict

        return answer_to_dict(self)


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
