"""A kept conversation as a Markdown document with footnotes, or as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from assistant.conversations.records import KeptConversation, KeptTurn
from assistant.render.json import answer_from_dict, dumps, of_plain
from assistant.render.markdown import answer_blocks, cited_blocks, escape
from assistant.render.text import STOPPED, scope_in_words
from assistant.types import Citation
from ingest.language.dates.words import day_in_words

#: Named in the JSON, so that another program can tell what it reads.
FORMAT, FORMAT_VERSION = "news-assistant-conversation", 1


def to_json(conversation: KeptConversation) -> str:
    """The conversation as a JSON document; each answer is the object of ``ask --json``."""
    turns = [
        {
            "question": turn.question,
            "asked": _iso(turn.asked),
            "as_of": turn.scope.as_of.isoformat() if turn.scope.as_of else None,
            "filters": turn.filters or None,
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
    return f"{dumps(document, indent=2)}\n"


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
    limits = scope_in_words(turn.scope)
    if limits:
        yield f"*{escape(limits[0].upper() + limits[1:])}*"
    label = f"{number}-"
    if turn.answer is not None:
        yield from answer_blocks(answer_from_dict(turn.answer), label)
    elif turn.trouble:
        yield f"*{escape(turn.trouble)}*"
    else:
        citations = [of_plain(Citation, citation) for citation in turn.citations]
        yield from cited_blocks(turn.partial, citations, label, (f"*{STOPPED}*",))


def _iso(time: dt.datetime) -> str:
    return time.isoformat(timespec="seconds")


def _day(time: dt.datetime) -> str:
    return day_in_words(time.date().isoformat())
