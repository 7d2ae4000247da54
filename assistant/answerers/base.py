"""What an answerer is: a question and its evidence -> a streamed text with marks ``[7]``.

An answerer knows nothing of spans, of support or of the page: it names sentences by their number. Others register
theirs by the entry points ``news_assistant.answerers``, under the prefix of the model names that they take, as a
callable that is given the rest of the name.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from typing import Protocol, TypeAlias, runtime_checkable

from assistant.citing.evidence import Evidence
from assistant.question.query import Query
from assistant.types import Notice, Turn, Usage

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

    def stream(self, query: Query, evidence: Evidence) -> AsyncGenerator[Piece, None]:
        """Answer, piece by piece; closing the iterator ends the request."""
        ...


@runtime_checkable
class Rewriter(Protocol):
    """Makes a follow-up stand alone."""

    async def rewrite_question(
        self, question: str, history: Sequence[Turn], *, on_usage: Callable[[Usage], None] | None = None
    ) -> str:
        """The question as it reads without the turns before it; ``on_usage`` is told the tokens.

        Raises:
            ModelError: where the model gives none.
        """
        ...
