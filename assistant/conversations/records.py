"""What is kept of a conversation, as frozen value types; answers are the JSON objects of ``ask --json``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from vectorstore.retrieval.scope import EVERYTHING, Scope


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


def filters_to_dict(scope: Scope, model: str) -> dict[str, Any]:
    """A scope but for its ``as_of``, and a model; empty where neither says anything."""
    if replace(scope, as_of=None) == EVERYTHING and not model:
        return {}
    return {
        "from": scope.date_from.isoformat() if scope.date_from else None,
        "to": scope.date_to.isoformat() if scope.date_to else None,
        "sources": list(scope.sources),
        "model": model or None,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTurn:
    """One question and what became of it.

    Attributes:
        row: the turn's number in the file, never used again.
        scope: what the reader let it look at.
        model: the model that the reader chose, "" where none was.
        answer: the object of ``ask --json``; None where the question failed, was stopped or is still being answered.
        trouble: the line that stood in place of an answer.
        partial: the words that had come where there is neither answer nor trouble.
        citations: what those words cite, as in the answer's object.
        replaced: it was asked again or in other words.
    """

    row: int
    asked: dt.datetime
    question: str
    scope: Scope
    model: str
    answer: Mapping[str, Any] | None
    trouble: str
    partial: str
    citations: tuple[Mapping[str, Any], ...]
    replaced: bool
    feedback: Feedback | None

    @property
    def filters(self) -> dict[str, Any]:
        """What else than ``as_of`` the reader set, as plain JSON types; empty where nothing was."""
        return filters_to_dict(self.scope, self.model)

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
