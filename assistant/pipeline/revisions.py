"""Citations -> lines that say which of the cited articles were corrected, or correct others.

Invariant: a line names only articles that the archive held, as of the question's day, and quotes what they say.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.types import Citation
from ingest.corrections import NoteKind
from ingest.language.dates.words import day_in_words
from vectorstore.archive.passage import Revision

#: Code points of a headline and of a note that are quoted.
_TITLE, _NOTE = 100, 300

_DONE = {
    NoteKind.RETRACTION: ("was retracted", "retracts", "says that it was retracted"),
    NoteKind.CORRECTION: ("was corrected", "corrects", "carries a correction"),
    NoteKind.CLARIFICATION: ("was clarified", "clarifies", "carries a clarification"),
    NoteKind.UPDATE: ("was updated", "updates", "carries an update"),
}
_NEWER = ("has a newer version", "is a newer version of", "")


def revision_notices(citations: Sequence[Citation]) -> tuple[str, ...]:
    """One line for each cited article that was superseded or supersedes another, in the order of the citations."""
    lines: dict[str, None] = {}
    for citation in citations:
        if citation.superseded_by is not None:
            lines[_superseded(citation, citation.superseded_by)] = None
        if citation.corrects is not None:
            lines[_correcting(citation, citation.corrects)] = None
    return tuple(lines)


def _superseded(citation: Citation, by: Revision) -> str:
    assert by.article is not None, "what supersedes an article is in the archive"
    what = _verbs(by)[0]
    day = (
        ""
        if by.article.published is None
        else f" {'of' if what == _NEWER[0] else 'on'} {day_in_words(by.article.published)}"
    )
    return f"{_named(citation.title, citation.published)} {what}{day}{_note(by)}"


def _correcting(citation: Citation, revision: Revision) -> str:
    _, does, alone = _verbs(revision)
    named = _named(citation.title, citation.published)
    if revision.article is None:
        return f"{named} {alone}{_note(revision)}"
    return f"{named} {does} {_named(revision.article.title, revision.article.published)}{_note(revision)}"


def _verbs(revision: Revision) -> tuple[str, str, str]:
    return next((verbs for kind, verbs in _DONE.items() if kind == revision.kind), _NEWER)


def _named(title: str, published: str | None) -> str:
    return f"“{_short(title or 'Untitled', _TITLE)}” ({day_in_words(published)})"


def _note(revision: Revision) -> str:
    return f": “{_short(revision.note, _NOTE)}”" if revision.note else "."


def _short(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"
