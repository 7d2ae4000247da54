"""An answer as the JSON object of ``ask --json`` and of every line of an evaluation's output, and back.

What differs from the Python values (names, null for what an article does not have) is annotated in the types.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import TypeAdapter

from assistant.types import Answer, UsedPassage

T = TypeVar("T")

#: One a type, made when it is first needed: that takes some milliseconds.
_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}

#: The keys of an answer, in the order of the contract.
KEYS = (
    *("id", "question", "standalone_question", "as_of", "answer", "abstained", "abstention", "confidence"),
    *("statements", "citations", "accounts", "timeline", "passages", "notices", "unknown_marks"),
    *("model", "prompt", "usage", "timings_ms"),
)


class JsonView:
    """One line: the object of :func:`answer_to_dict`."""

    name, media_type = "json", "application/json"

    def render(self, answer: Answer) -> str:
        """The answer as JSON."""
        return json.dumps(answer_to_dict(answer), ensure_ascii=False)


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def to_plain(value: object) -> Any:
    """A part of an answer as plain JSON types."""
    return _adapter(type(value)).dump_python(value, mode="json", by_alias=True)


def of_plain(kind: type[T], plain: object) -> T:
    """What :func:`to_plain` has written; raises ``ValueError`` where it is no such thing."""
    read: T = _adapter(kind).validate_python(plain)
    return read


def answer_to_dict(answer: Answer) -> dict[str, Any]:
    """Plain JSON types under :data:`KEYS`; a key that does not apply is None. Passages are named, not written out."""
    plain = _adapter(Answer).dump_python(answer, mode="json", by_alias=True, exclude={"passages"})
    plain |= {"abstained": answer.abstained, "passages": [_passage(used) for used in answer.passages]}
    return {key: plain[key] for key in KEYS}


def answer_from_dict(plain: Mapping[str, Any], passages: Sequence[UsedPassage] = ()) -> Answer:
    """The answer that :func:`answer_to_dict` has written, with these passages.

    Raises:
        ValueError: where it is no such object.
    """
    return of_plain(Answer, {**plain, "passages": tuple(passages)})


def _passage(entry: UsedPassage) -> dict[str, Any]:
    passage = entry.passage
    return {
        "article_id": passage.article_id,
        "start": passage.span.start,
        "end": passage.span.end,
        "score": round(passage.score, 4),
        "rank": passage.rank,
        "used": entry.used,
        "copy_of": passage.copy_of,
    }
