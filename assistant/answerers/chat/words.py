"""The words of a service's error, whatever form its body has. They are untrusted."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Mapping

#: Where servers put their words, the first that says anything counts: OpenAI's ``error.message``, FastAPI's ``detail``
#: (a string, or a list with ``msg``), a bare string under ``error``, RFC 9457's ``title`` …
_WORDS = ("message", "error", "detail", "msg", "error_message", "error_description", "errors", "reason", "title")
_HEADLINE = re.compile(r"<(?:title|h1)\b[^<>]{0,200}>([^<]{1,300})", re.IGNORECASE)
_ESCAPE = re.compile("\x1b\\[[0-9;?]{0,20}[A-Za-z]")
_LONGEST = 20_000


def words_of(body: object, depth: int = 5) -> str:
    """The words in the body of an error, on one line; "" where there are none."""
    if isinstance(body, str):
        return _words_of_text(body.strip()[:_LONGEST], depth)
    if isinstance(body, list) and depth:
        return "; ".join(filter(None, (words_of(part, depth - 1) for part in body[:3])))
    if not isinstance(body, Mapping) or not depth:
        return ""
    said = next(filter(None, (words_of(body[key], depth - 1) for key in _WORDS if body.get(key))), "")
    where, more = body.get("loc"), body.get("metadata")
    if isinstance(where, list) and where and said:
        return f"{one_line(str(where[-1]))}: {said}"
    # A gateway's "Provider returned error": what the provider said stands beside it.
    behind = words_of(more.get("raw"), depth - 1) if isinstance(more, Mapping) else ""
    return ": ".join(filter(None, (said, behind)))


def _words_of_text(text: str, depth: int) -> str:
    if text.startswith(("{", "[")) and depth:
        try:
            return words_of(json.loads(text), depth - 1) or one_line(text)
        except (ValueError, RecursionError):
            return one_line(text)
    headline = _HEADLINE.search(text) if text.startswith("<") else None
    return one_line(html.unescape(headline[1]) if headline else text)


def one_line(text: str) -> str:
    """``text`` on one line, without control characters, invisible ones and orders to a terminal."""
    visible = (c if unicodedata.category(c)[0] != "C" else " " if c.isspace() else "" for c in _ESCAPE.sub("", text))
    return " ".join("".join(visible).split())
