"""An answer as Markdown (CommonMark with footnotes).

Invariant: every text that somebody else wrote shows as that text and as nothing else. It opens no list, heading, link,
image, code or HTML; the only links are the articles' own http(s) addresses in the footnotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.render.text import VERDICTS, days_in_words, host_of_link, origin_in_words
from assistant.types import Abstention, Answer, Citation, NearestArticle, Support
from ingest.language.dateline import undated

_MARK = re.compile(r"[ \t\u00a0\u202f]*\[(\d{1,4})\]")
_BULLET = re.compile(r"[ \t]*[-*•][ \t]+")
_SPECIAL = re.compile(r"[\\`*_\[\]<>&#|~$!^={}@]|(?<=\w):(?=//)|(?<=www)\.", re.IGNORECASE)
#: What makes a block at the beginning of a line: a list's dash or number, a quotation, a definition.
_OPENING = re.compile(r"(\d{1,9})([.)])|([-+:%])")
#: Characters that show nothing and change what stands around them.
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class MarkdownView:
    """The question as a heading, the answer, and its sources as footnotes."""

    name, media_type = "markdown", "text/markdown"

    def render(self, answer: Answer) -> str:
        """The answer as a document."""
        return "\n\n".join([f"## {escape(answer.question)}", *answer_blocks(answer)]) + "\n"


def answer_blocks(answer: Answer, label: str = "") -> Iterator[str]:
    """The blocks of an answer; ``label`` begins the names of its footnotes, which must be unique in a document."""
    yield from (f"*{escape(notice)}*" for notice in answer.notices)
    if answer.abstention is None:
        yield from cited_blocks(answer.text, answer.citations, label, tuple(_doubts(answer)))
    else:
        yield from cited_blocks(answer.text, answer.citations, label, tuple(_nearest(answer.abstention)))


def cited_blocks(text: str, citations: Sequence[Citation], label: str, between: Sequence[str] = ()) -> Iterator[str]:
    """Paragraphs and list items whose display marks refer to footnotes, then ``between``, then the footnotes."""
    for line in text.split("\n"):
        if line.strip():
            bullet = _BULLET.match(line)
            words = _with_references(line[bullet.end() :] if bullet else line.strip(), len(citations), label)
            yield f"- {words}" if bullet else words
    yield from between
    for citation in citations:
        quote = escape(" ".join(undated(citation.quote, citation.start).split()))
        days = f" ({found})" if (found := days_in_words(citation)) else ""
        said = f" (said by {escape(citation.speaker)})" if citation.speaker else ""
        yield f"[^{label}{citation.number}]: “{quote}”{said} — {_where(citation)}{escape(days)}"


def _with_references(line: str, count: int, label: str) -> str:
    pieces: list[str] = []
    at = 0
    for mark in _MARK.finditer(line):
        if 1 <= int(mark[1]) <= count:
            pieces += [escape(line[at : mark.start()], opening=not pieces), f"[^{label}{mark[1]}]"]
            at = mark.end()
    return "".join([*pieces, escape(line[at:], opening=not pieces)])


def _doubts(answer: Answer) -> Iterator[str]:
    for statement in answer.statements:
        if statement.support is not Support.SUPPORTED:
            reason = f" ({escape(statement.reason)})" if statement.reason else ""
            yield f"*{VERDICTS[statement.support]}:* “{escape(statement.text)}”{reason}"


def _nearest(abstention: Abstention) -> Iterator[str]:
    yield f"*{escape(abstention.reason)}*"
    if abstention.nearest:
        yield "The nearest articles:"
    yield from (f"- {_where(near)}" for near in abstention.nearest)


def _where(article: Citation | NearestArticle) -> str:
    """Publisher, date, title and address."""
    origin = escape(origin_in_words(article.source, article.published))
    address = f"<{article.url}>" if host_of_link(article.url) else escape(article.url)
    return f"{origin}: {escape(article.title or 'Untitled')} {address}".rstrip()


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
