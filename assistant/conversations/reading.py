"""A kept answer's JSON object as an ``Answer`` again, its passages read anew from the archive.

Invariant: a citation is what it was when the answer was given. Where the archive no longer has its words at its span,
because the article was changed or removed, the answer says so in a notice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant.types import (
    Abstention,
    Account,
    AccountKind,
    AccountStatement,
    Answer,
    Citation,
    Conflict,
    ConflictKind,
    NearestArticle,
    Statement,
    Support,
    TimelineEntry,
    Timings,
    Usage,
    UsedPassage,
)
from ingest.article import Span
from vectorstore.archive.passage import ArticleReference, Passage, Revision
from vectorstore.errors import UnknownArticle
from vectorstore.store import Store


def answer_from_dict(kept: Mapping[str, Any], store: Store) -> Answer:
    """The answer that ``Answer.to_dict`` has written.

    Passages that the archive no longer has are left out.

    Raises:
        KeyError, TypeError, ValueError: where it is no such object.
    """
    citations = tuple(citation_from_dict(citation) for citation in kept["citations"])
    usage, timings = kept["usage"], kept["timings_ms"]
    texts = _Texts(store)
    return Answer(
        id=kept["id"],
        question=kept["question"],
        standalone_question=kept["standalone_question"],
        as_of=dt.date.fromisoformat(kept["as_of"]),
        text=kept["answer"],
        statements=tuple(
            Statement(
                text=statement["text"],
                citations=tuple(statement["citations"]),
                support=Support(statement["support"]),
                reason=statement["reason"] or "",
            )
            for statement in kept["statements"]
        ),
        citations=citations,
        # Answers kept before there were accounts and timelines have none.
        accounts=tuple(_account(account) for account in kept.get("accounts", ())),
        timeline=tuple(TimelineEntry(**entry) for entry in kept.get("timeline", ())),
        passages=tuple(texts.passages(kept["passages"])),
        abstention=_abstention(kept["abstention"]),
        notices=(*kept["notices"], *texts.lost(citations)),
        confidence=kept["confidence"],
        model=kept["model"],
        prompt=kept["prompt"],
        usage=Usage(**usage) if usage else None,
        unknown_marks=kept["unknown_marks"],
        timings=Timings(retrieve=timings["retrieve"], first_token=timings["first_token"], total=timings["total"]),
    )


def citation_from_dict(kept: Mapping[str, Any]) -> Citation:
    """One citation of a kept answer."""
    empty = {name: kept[name] or "" for name in ("title", "url", "source")}
    related = {
        "also_in": tuple(_reference(copy) for copy in kept.get("also_in", ())),
        "superseded_by": _revision(kept.get("superseded_by")),
        "corrects": _revision(kept.get("corrects")),
    }
    return Citation(**{**kept, **empty, **related, "support": Support(kept["support"])})


def _account(kept: Mapping[str, Any]) -> Account:
    return Account(
        speaker=kept["speaker"],
        stands_for=tuple(kept["stands_for"]),
        source=kept["source"],
        statements=tuple(
            AccountStatement(**{**said, "kind": AccountKind(said["kind"])}) for said in kept["statements"]
        ),
        conflicts=tuple(
            Conflict(**{**conflict, "kind": ConflictKind(conflict["kind"])}) for conflict in kept["conflicts"]
        ),
    )


def _reference(kept: Mapping[str, Any]) -> ArticleReference:
    return ArticleReference(**{**kept, **{name: kept[name] or "" for name in ("title", "url", "source")}})


def _revision(kept: Mapping[str, Any] | None) -> Revision | None:
    if kept is None:
        return None
    other = _reference(kept["article"]) if kept["article"] is not None else None
    return Revision(article=other, kind=kept["kind"], note=kept["note"] or "")


def _abstention(kept: Mapping[str, Any] | None) -> Abstention | None:
    if kept is None:
        return None
    nearest = tuple(
        NearestArticle(**{**near, "url": near["url"] or "", "source": near["source"] or ""}) for near in kept["nearest"]
    )
    return Abstention(reason=kept["reason"], nearest=nearest, date_from=kept["from"], date_to=kept["to"])


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
