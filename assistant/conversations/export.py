"""A kept conversation as a Markdown document with footnotes, or as JSON.

Invariant of the Markdown: every text that somebody else wrote shows as that text and as nothing else. It opens no list,
heading, link, image, code or HTML; the only links are the articles' own http(s) addresses in the footnotes.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from assistant.conversations.records import KeptConversation, KeptTurn
from assistant.render.text import day_in_words, origin_in_words, scope_in_words

#: Named in the JSON, so that another program can tell what it reads.
FORMAT, FORMAT_VERSION = "news-assistant-conversation", 1

_MARK = re.compile(r"[ \t\u00a0\u202f]*\[(\d{1,4})\]")
_BULLET = re.compile(r"[ \t]*[-*•][ \t]+")
_SPECIAL = re.compile(r"[\\`*_\[\]<>&#|~$!^={}@]|(?<=\w):(?=//)|(?<=www)\.", re.IGNORECASE)
#: What makes a block at the beginning of a line: a list's dash or number, a quotation, a definition.
_OPENING = re.compile(r"(\d{1,9})([.)])|([-+:%])")
#: Characters that show nothing and change what stands around them.
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ADDRESS = re.compile(r"https?://[^\s\\<>\"'`\x00-\x20\x7f]{1,2000}", re.IGNORECASE)


def to_json(conversation: KeptConversation) -> str:
    """The conversation as a JSON document; each answer is the object of ``ask --json``."""
    turns = [
        {
            "question": turn.question,
            "asked": _iso(turn.asked),
            "as_of": turn.as_of.isoformat() if turn.as_of else None,
            "filters": dict(turn.filters) or None,
            "answer": turn.answer,
            "trouble": turn.trouble or None,
            "partial": turn.partial or None,
            "citations": list(turn.citations),
            "feedback": {"rating": given.rating.value, "comment": given.comment, "given": _iso(given.given)}
            if (given := turn.feedback)
            else None,
        }
        for turn in conversation.turns
    ]
    document = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "id": conversation.id,
        "title": conversation.title,
        "created": _iso(conversation.created),
        "updated": _iso(conversation.updated),
        "turns": turns,
    }
    return f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode("utf-8", "replace").decode()


def to_markdown(conversation: KeptConversation) -> str:
    """The conversation as Markdown (CommonMark with footnotes)."""
    count = len(conversation.turns)
    asked = f"{count} question{'' if count == 1 else 's'}, begun on {_day(conversation.created)}."
    blocks = [f"# {escape(conversation.title)}", asked]
    for number, turn in enumerate(conversation.turns, 1):
        blocks += _turn(number, turn)
    return "\n\n".join(blocks) + "\n"


def _turn(number: int, turn: KeptTurn) -> Iterator[str]:
    yield f"## {escape(turn.question)}"
    limits = scope_in_words(
        as_of=turn.as_of.isoformat() if turn.as_of else None,
        date_from=turn.filters.get("from"),
        date_to=turn.filters.get("to"),
        sources=turn.filters.get("sources", ()),
    )
    if limits:
        yield f"*{escape(limits[0].upper() + limits[1:])}*"
    answer = turn.answer
    if answer is None:
        if turn.trouble:
            yield f"*{escape(turn.trouble)}*"
        else:
            yield from _text(turn.partial, len(turn.citations), number)
            yield "*Stopped before the answer was finished and checked.*"
            yield from _footnotes(turn.citations, number)
        return
    yield from (f"*{escape(notice)}*" for notice in answer["notices"])
    yield from _text(answer["answer"], len(answer["citations"]), number)
    if answer["abstention"] is not None:
        yield from _nearest(answer["abstention"])
    else:
        yield from _doubts(answer)
    yield from _footnotes(answer["citations"], number)


def _text(text: str, count: int, number: int) -> Iterator[str]:
    """Paragraphs and list items; display marks become references to footnotes."""
    for line in text.split("\n"):
        if line.strip():
            bullet = _BULLET.match(line)
            words = _with_references(line[bullet.end() :] if bullet else line.strip(), count, number)
            yield f"- {words}" if bullet else words


def _with_references(line: str, count: int, number: int) -> str:
    pieces: list[str] = []
    at = 0
    for mark in _MARK.finditer(line):
        if 1 <= int(mark[1]) <= count:
            pieces += [escape(line[at : mark.start()], opening=not pieces), f"[^{number}-{mark[1]}]"]
            at = mark.end()
    return "".join([*pieces, escape(line[at:], opening=not pieces)])


def _doubts(answer: Mapping[str, Any]) -> Iterator[str]:
    for statement in answer["statements"]:
        if statement["support"] != "supported":
            verdict = "Partly supported" if statement["support"] == "partial" else "Not supported"
            reason = f" ({escape(statement['reason'])})" if statement["reason"] else ""
            yield f"*{verdict}:* “{escape(statement['text'])}”{reason}"


def _nearest(abstention: Mapping[str, Any]) -> Iterator[str]:
    yield f"*{escape(abstention['reason'])}*"
    if abstention["nearest"]:
        yield "The nearest articles:"
    for near in abstention["nearest"]:
        yield f"- {_where(near)}"


def _footnotes(citations: Any, number: int) -> Iterator[str]:
    for citation in citations:
        quote = escape(" ".join(str(citation["quote"]).split()))
        said = f" (said by {escape(citation['speaker'])})" if citation["speaker"] else ""
        yield f"[^{number}-{citation['number']}]: “{quote}”{said} — {_where(citation)}"


def _where(article: Mapping[str, Any]) -> str:
    """Publisher, date, title and address."""
    origin = escape(origin_in_words(article["source"] or "", article["published"]))
    address = _address(article["url"] or "")
    return f"{origin}: {escape(article['title'] or 'Untitled')}{f' {address}' if address else ''}"


def _address(url: str) -> str:
    """A link where it is a plain http(s) address, else its text."""
    if not url:
        return ""
    try:
        plain = bool(_ADDRESS.fullmatch(url)) and "@" not in urlsplit(url).netloc
    except ValueError:
        plain = False
    return f"<{url}>" if plain else escape(url)


def escape(text: str, *, opening: bool = True) -> str:
    """A text as one line of Markdown that shows exactly that text, without characters that show nothing.

    Args:
        opening: whether it stands at the beginning of a line.
    """
    line = " ".join(_INVISIBLE.sub(" ", text).split()) if opening else _INVISIBLE.sub(" ", text)
    escaped = _SPECIAL.sub(lambda found: f"\\{found[0]}", line)
    begins = _OPENING.match(escaped) if opening else None
    if begins is None:
        return escaped
    if begins[1]:
        return f"{begins[1]}\\{escaped[begins.end() - 1 :]}"
    return f"\\{escaped}"


def _iso(time: dt.datetime) -> str:
    return time.isoformat(timespec="seconds")


def _day(time: dt.datetime) -> str:
    return day_in_words(time.date().isoformat())
