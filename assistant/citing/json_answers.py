"""An answer that a model gave as JSON, or in a code block -> its text with marks ``[7]``."""

from __future__ import annotations

import json
import re

_FENCE = re.compile(r"\s*```[a-z]*[ \t]*\n?(?P<inner>.*?)\s*(?:```\s*)?", re.DOTALL | re.IGNORECASE)
_TEXTS = ("answer", "final_answer", "response", "text", "statement", "claim", "content", "result", "output", "summary")
_LISTS = ("answers", "statements", "claims", "sentences")
_NUMBERS = ("citations", "citation", "sources", "source", "references", "refs", "evidence", "marks", "numbers", "ids")
_NUMBER = ("number", "id", "index", "sentence", "source", "citation")
_WRITTEN = re.compile(r"\W*(?:s|sentence|source)?\W*(\d{1,4})\W*", re.IGNORECASE)
_MARK = re.compile(r"[\[【(]\D{0,12}\d")


def begins_whole(text: str) -> bool | None:
    """Whether an answer that begins so is JSON or a code block; None where more of it must be seen."""
    start = text.lstrip()
    if re.match(r"\{|```|\[\s*\{", start):
        return True
    return None if not start or re.fullmatch(r"`{1,2}|\[\s*", start) else False


def plain_answer(text: str) -> str:
    """The answer in ``text``: what JSON gives as the answer, else what stands in the code block, else all of it."""
    fence = _FENCE.fullmatch(text)
    inner = fence["inner"] if fence else text
    try:
        value, _ = json.JSONDecoder().raw_decode(inner.strip())
    except (ValueError, RecursionError):
        return inner
    if not isinstance(value, dict | list):
        return inner
    return _text_of(value, 6) or inner


def _text_of(value: object, depth: int) -> str:
    if isinstance(value, str) or not depth:
        return value if isinstance(value, str) else ""
    if isinstance(value, list):
        return " ".join(filter(None, (_text_of(part, depth - 1) for part in value)))
    if not isinstance(value, dict):
        return ""
    text = next(filter(None, (_text_of(value.get(key), depth - 1) for key in (*_TEXTS, *_LISTS))), "").strip()
    numbers = [n for key in _NUMBERS for n in _numbers_in(value.get(key), depth)]
    if not text or not numbers or _MARK.search(text):
        return text
    stop = text[-1] if text[-1] in ".!?" else ""
    marks = "".join(f"[{n}]" for n in dict.fromkeys(numbers))
    return f"{text.removesuffix(stop)} {marks}{stop}"


def _numbers_in(value: object, depth: int) -> list[int]:
    if isinstance(value, int) and not isinstance(value, bool):
        return [value]
    if isinstance(value, str):
        written = _WRITTEN.fullmatch(value)
        return [int(written[1])] if written else []
    if isinstance(value, list) and depth:
        return [n for part in value for n in _numbers_in(part, depth - 1)]
    if isinstance(value, dict):
        return next(filter(None, (_numbers_in(value.get(key), 0) for key in _NUMBER)), [])
    return []
