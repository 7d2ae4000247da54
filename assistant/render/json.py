"""An answer as the JSON object of ``ask --json`` and of every line of an evaluation's output, and back.

What differs from the Python values (names, null for what an article does not have) is annotated in the types.
"""

from __future__ import annotations

import json
import re
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


#: What a terminal or an editor would act on instead of showing it: C1 controls and DEL, format characters (among them
#: those that turn the direction of the text around them), separators of lines and paragraphs, and lone surrogates;
#: Unicode 16's categories Cc, Cf, Cs, Zl and Zp, of which ``json`` escapes C0 controls by itself.
_UNSEEN = re.compile(
    "[\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)


def dumps(value: object, *, indent: int | None = None) -> str:
    """JSON that reads as it is shown: letters stand as they are, and what could drive a terminal or turn the direction
    of the text is escaped, so that the value that is parsed from it is the same.
    """
    written = json.dumps(value, ensure_ascii=False, indent=indent)
    return _UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], written)


class JsonView:
    """One line: the object of :func:`answer_to_dict`."""

    name, media_type = "json", "application/json"

    def render(self, answer: Answer) -> str:
        """The answer as JSON."""
        return dumps(answer_to_dict(answer))


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
