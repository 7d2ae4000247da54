"""Answerers: question and numbered sentences -> a streamed text with marks ``[7]``.

An answerer knows nothing of spans, of support or of the page: it names sentences by their number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncGenerator, Generator
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from assistant.citing.sentences import Context
from assistant.speakers.of_sentence import SpokenSentence
from assistant.types import Notice, Turn, Usage


class SaysOtherwise(Protocol):
    """Tells which sentences of a context conflict."""

    def against(self, number: int) -> list[int]:
        """The numbers of the sentences that conflict with that sentence."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRequest:
    """What an answerer is given. ``question`` stands alone; ``history`` holds the turns before it, oldest first.

    ``spoken`` are the sentences in somebody's words where a question about speech was asked and some fit; else empty.
    ``sequence`` says that what happened when is asked for; ``disputes`` who says otherwise, where people may differ.
    """

    question: str
    as_of: dt.date
    context: Context
    history: tuple[Turn, ...] = ()
    spoken: tuple[SpokenSentence, ...] = ()
    sequence: bool = False
    disputes: SaysOtherwise | None = None


#: A stretch of text, possibly ending inside a mark; or the usage, once, at the end; or a line for the reader.
Piece: TypeAlias = str | Usage | Notice


class Answerer(Protocol):
    """Streams an answer. Raises only :class:`~assistant.errors.ModelError`."""

    @property
    def name(self) -> str:
        """What ``Answer.model`` says: "extractive", or the model's name."""
        ...

    @property
    def prompt(self) -> str | None:
        """Reference and hash of the prompt, ``answer@3f2a…``, or None where none is used."""
        ...

    def stream(self, request: AnswerRequest) -> Generator[Piece, None, None]:
        """Answer ``request``, piece by piece."""
        ...

    def astream(self, request: AnswerRequest) -> AsyncGenerator[Piece, None]:
        """The same without blocking the event loop."""
        ...
