"""A kept answer's JSON object as an ``Answer`` again, its passages read anew from the archive.

Invariant: a citation is what it was when the answer was given. Where the archive no longer has its words at its span,
because the article was changed or removed, the answer says so in a notice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant.render.json import answer_from_dict
from assistant.types import Answer, Citation, UsedPassage
from ingest.article import Span
from vectorstore.archive.passage import Passage
from vectorstore.errors import UnknownArticle
from vectorstore.store import Store


def kept_answer(kept: Mapping[str, Any], store: Store) -> Answer:
    """An answer that was kept as the object of ``ask --json``. Passages that the archive no longer has are left out.

    Raises:
        KeyError, TypeError, ValueError: where it is no such object.
    """
    texts = _Texts(store)
    answer = answer_from_dict(kept, texts.passages(kept["passages"]))
    return replace(answer, notices=(*answer.notices, *texts.lost(answer.citations)))


class _Texts:
    """What the archive holds of the articles that an answer names, each looked up once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._chunks: dict[str, list[Passage]] = {}
        self._text: dict[str, str | None] = {}

    def passages(self, kept: list[Mapping[str, Any]]) -> list[UsedPassage]:
        """The passages that are still there, with the ranks that they had."""
        found = []
        for entry in kept:
            article_id, span = entry["article_id"], Span(entry["start"], entry["end"])
            if article_id not in self._chunks:
                self._chunks[article_id] = self._store.chunks(article_id)
            passage = next((chunk for chunk in self._chunks[article_id] if chunk.span == span), None)
            if passage is not None:
                ranked = replace(passage, score=entry["score"], rank=entry["rank"], copy_of=entry.get("copy_of"))
                found.append(UsedPassage(passage=ranked, used=entry["used"]))
        return found

    def lost(self, citations: tuple[Citation, ...]) -> list[str]:
        """A line that names the citations whose words no longer stand in the archive where they stood."""
        numbers = [str(citation.number) for citation in citations if not self._stands(citation)]
        if not numbers:
            return []
        named = f"Source {numbers[0]}" if len(numbers) == 1 else f"Sources {', '.join(numbers)}"
        changed = "has been changed or removed" if len(numbers) == 1 else "have been changed or removed"
        return [f"{named} {changed} in the archive since this was answered; the quotes are as they were then."]

    def _stands(self, citation: Citation) -> bool:
        article_id = citation.article_id
        if article_id not in self._text:
            try:
                self._text[article_id] = self._store.text(article_id)
            except UnknownArticle:
                self._text[article_id] = None
        text = self._text[article_id]
        return text is not None and text[citation.start : citation.end] == citation.quote
