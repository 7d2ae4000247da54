"""What is kept of a conversation, as frozen value types; answers are the JSON objects of ``ask --json``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Rating(StrEnum):
    """A thumb."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What a reader thought of an answer, last."""

    rating: Rating
    comment: str
    given: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One line of the list of conversations."""

    id: str
    title: str
    updated: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTurn:
    """One question and what became of it.

    Attributes:
        row: the turn's number in the file, never used again.
        as_of: the day that the reader set, or None.
        filters: what else the reader set: ``{"from", "to", "sources", "model"}``; empty where nothing was.
        answer: the object of ``ask --json``; None where the question failed, was stopped or is still being answered.
        trouble: the line that stood in place of an answer.
        partial: the words that had come where there is neither answer nor trouble.
        citations: what those words cite, as in the answer's object.
        replaced: it was asked again or in other words.
    """

    row: int
    asked: dt.datetime
    question: str
    as_of: dt.date | None
    filters: Mapping[str, Any]
    answer: Mapping[str, Any] | None
    trouble: str
    partial: str
    citations: tuple[Mapping[str, Any], ...]
    replaced: bool
    feedback: Feedback | None

    @property
    def reply(self) -> str:
        """The words that the reader got, as far as they came; empty where the question failed."""
        if self.answer is not None:
            return str(self.answer["answer"])
        return "" if self.trouble else self.partial


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptConversation:
    """A whole conversation; ``turns`` in the order in which they were asked."""

    id: str
    title: str
    created: dt.datetime
    updated: dt.datetime
    revision: int
    turns: tuple[KeptTurn, ...]
