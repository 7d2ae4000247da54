"""What a judge said of one answer, as a run's file has it.

Invariant: a judgement is decided where more than half of its repeats gave the same readable vote; an unreadable vote
counts for neither side.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import combinations

from pydantic import BaseModel, ConfigDict, Field


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
