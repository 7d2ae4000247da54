"""What came of one question, as plain data: the answer's JSON object with the gold, the scores and the class beside it.

Invariant: ``Result.from_record(result.to_record()) == result``, and but for ``timings_ms`` a record depends on the
question, the store, the model and the prompt alone.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.evaluation.case import Case, Outcome
from assistant.evaluation.errors import RunError
from assistant.evaluation.items import Item
from assistant.evaluation.judged import Judged
from assistant.evaluation.scores import scores
from assistant.render.json import KEYS, dumps


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One question and what came of it.

    Attributes:
        item: the question as the set has it.
        gold: ids by which the store knows the articles that answer it, sorted.
        answer: the object of ``ask --json``; where asking failed, its keys with no values.
        scores: every measure of one question by its name; None where it is not defined for the question.
        error: where asking failed, the error in a line.
        judged: what a chat model said of the citations; None where it was not asked.
    """

    item: Item
    gold: tuple[str, ...]
    answer: Mapping[str, Any]
    outcome: Outcome
    scores: Mapping[str, float | None]
    error: str | None = None
    judged: Judged | None = None

    @property
    def abstained(self) -> bool:
        """Whether the program said that the archive does not say."""
        return bool(self.answer["abstained"])

    @property
    def answered(self) -> bool:
        """Whether there is an answer."""
        return self.outcome is not Outcome.FAILED and not self.abstained

    def to_record(self) -> dict[str, Any]:
        """One line of a run's file: the answer's object, and ``item``, ``gold``, ``class``, ``scores`` and so on."""
        return {
            **self.answer,
            "item": self.item.model_dump(mode="json"),
            "gold": list(self.gold),
            "class": self.outcome.value,
            "scores": dict(self.scores),
            "judged": self.judged.model_dump(mode="json") if self.judged is not None else None,
            "error": self.error,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Result:
        """The inverse of :meth:`to_record`.

        Raises:
            ValueError, KeyError, TypeError: where it is no such record.
        """
        own = {"item", "gold", "class", "scores", "judged", "error"}
        answer = {key: value for key, value in record.items() if key not in own}
        if lacking := _EMPTY.keys() - answer.keys():
            raise KeyError(min(lacking))
        return cls(
            item=Item.model_validate(record["item"]),
            gold=tuple(record["gold"]),
            answer=answer,
            outcome=Outcome(record["class"]),
            scores=dict(record["scores"]),
            error=record["error"],
            # Runs of before there was a judge have none.
            judged=Judged.model_validate(judged) if (judged := record.get("judged")) is not None else None,
        )

    @classmethod
    def of(cls, case: Case, *, as_of: dt.date, model: str, error: str | None = None) -> Result:
        """Score a question that was asked; ``as_of`` and ``model`` stand where there is no answer to say them."""
        item = case.item
        answer = case.record
        if answer is None:
            answer = {**_EMPTY, "id": item.id, "question": item.question, "as_of": as_of.isoformat(), "model": model}
        return cls(
            item=item,
            gold=tuple(sorted(case.gold)),
            answer=answer,
            outcome=case.outcome,
            scores=scores(case),
            error=error,
        )


_LISTS = ("statements", "citations", "passages", "notices")
_EMPTY: dict[str, Any] = {key: [] if key in _LISTS else False if key == "abstained" else None for key in KEYS}


def line_of(record: Mapping[str, Any]) -> str:
    """A record as a line of JSON, the same for the same record."""
    return dumps(record) + "\n"


def parse_line(line: str, where: str) -> Result:
    """A line of a run's file.

    Raises:
        RunError: where it is none.
    """
    try:
        return Result.from_record(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RunError(
            f"{where} is not a line of a run", remedy="give a file that assistant eval --json has written"
        ) from error
