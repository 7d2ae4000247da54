"""One question of a conversation and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.conversations.records import Feedback
from assistant.types import Answer, Citation
from vectorstore.archive.passage import Passage
from vectorstore.retrieval.scope import EVERYTHING, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One question and what became of it: an answer, or a line of trouble, or the words until it was stopped.

    Attributes:
        scope: what it may look at.
        row: the turn that it is kept as, or None where it is not kept.
        feedback: what the reader thinks of the answer, or None.
    """

    number: int
    question: str
    scope: Scope = EVERYTHING
    answer: Answer | None = None
    trouble: str = ""
    partial: str = ""
    citations: tuple[Citation, ...] = ()
    passages: tuple[Passage, ...] = ()
    row: int | None = None
    feedback: Feedback | None = None
