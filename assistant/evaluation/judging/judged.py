"""What a judge said of one answer, as a run's file has it, and of a whole run, in numbers.

Invariant: a judgement is decided where more than half of its repeats gave the same readable vote; an unreadable vote
counts for neither side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from assistant.evaluation.result import Result


class Vote(StrEnum):
    """One reply of a judge."""

    YES = "yes"
    NO = "no"
    UNREADABLE = "unreadable"


class Judgement(BaseModel):
    """Whether sentences entail a statement, as often as it was asked.

    Attributes:
        statement: which one of the answer's, from 0.
        citations: display numbers of the sentences.
        unreadable: the replies that were neither yes nor no, cut.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    statement: int = Field(ge=0)
    citations: tuple[int, ...]
    votes: tuple[Vote, ...] = Field(min_length=1)
    unreadable: tuple[str, ...] = ()

    @property
    def entailed(self) -> bool | None:
        """The majority; None where there is none."""
        for vote in (Vote.YES, Vote.NO):
            if 2 * self.votes.count(vote) > len(self.votes):
                return vote is Vote.YES
        return None

    @property
    def agreement(self) -> float | None:
        """Share of the pairs of repeats that gave the same vote (Fleiss, 1971); None for a single one."""
        pairs = list(combinations(self.votes, 2))
        return sum(one is other for one, other in pairs) / len(pairs) if pairs else None


class Judged(BaseModel):
    """What a judge said of one answer.

    Attributes:
        model, prompt, repeats: who judged and how; figures of different judges do not compare.
        judgements: those that were needed, in the order in which they were asked for.
        error: where the judge failed, the error in a line; the judgements are then those before.
        input_tokens, output_tokens: of all judgements, when they were made.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=())

    model: str
    prompt: str
    repeats: int
    judgements: tuple[Judgement, ...] = ()
    error: str | None = None
    input_tokens: int = 0
    output_tokens: int = 0

    @property
    def identity(self) -> tuple[str, str, int]:
        """Who judged and how."""
        return self.model, self.prompt, self.repeats

    @property
    def undecided(self) -> bool:
        """Whether a judgement has no majority, and a measure therefore no value."""
        return any(judgement.entailed is None for judgement in self.judgements)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """The judging of a run.

    Attributes:
        answers: how many were judged.
        votes: how many were cast.
        agreement: mean over the judgements of the share of pairs of repeats that agree; None with one repeat.
        unreadable: ``{"id", "reply"}`` of each vote that was neither yes nor no.
        undecided: ids of the questions with a judgement that has no majority.
        failed: ``{"id", "error"}`` of each question in which the judge failed.
    """

    model: str
    prompt: str
    repeats: int
    answers: int
    judgements: int
    votes: int
    agreement: float | None
    unreadable: tuple[dict[str, str], ...]
    undecided: tuple[str, ...]
    failed: tuple[dict[str, str], ...]


def judging_of(results: Sequence[Result]) -> Judging | None:
    """The judging of these results; None where no judge was asked."""
    found = [(result.item.id, result.judged) for result in results if result.judged is not None]
    if not found:
        return None
    first = found[0][1]
    judgements = [judgement for _, judged in found for judgement in judged.judgements]
    agreements = [j.agreement for j in judgements if j.agreement is not None]
    return Judging(
        model=first.model,
        prompt=first.prompt,
        repeats=first.repeats,
        answers=len(found),
        judgements=len(judgements),
        votes=sum(len(judgement.votes) for judgement in judgements),
        agreement=float(np.mean(agreements)) if agreements else None,
        unreadable=tuple(
            {"id": name, "reply": reply} for name, one in found for j in one.judgements for reply in j.unreadable
        ),
        undecided=tuple(name for name, judged in found if judged.undecided),
        failed=tuple({"id": name, "error": one.error} for name, one in found if one.error is not None),
    )
