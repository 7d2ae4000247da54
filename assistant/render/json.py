"""An answer as the JSON object of ``ask --json`` and of every line of an evaluation's output."""

from __future__ import annotations

from typing import Any

from assistant.types import Abstention, Account, Answer, Citation, NearestArticle, TimelineEntry, UsedPassage
from vectorstore.archive.passage import ArticleReference, Revision


def answer_to_dict(answer: Answer) -> dict[str, Any]:
    """Plain JSON types, keys in the order of the contract; a key that does not apply is None."""
    usage = answer.usage
    return {
        "id": answer.id,
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "as_of": answer.as_of.isoformat(),
        "answer": answer.text,
        "abstained": answer.abstained,
        "abstention": _abstention(answer.abstention),
        "confidence": round(answer.confidence, 4),
        "statements": [
            {
                "text": statement.text,
                "citations": list(statement.citations),
                "support": statement.support.value,
                "reason": statement.reason or None,
            }
            for statement in answer.statements
        ],
        "citations": [citation_to_dict(citation) for citation in answer.citations],
        "accounts": [_account(account) for account in answer.accounts],
        "timeline": [_timeline_entry(entry) for entry in answer.timeline],
        "passages": [_passage(entry) for entry in answer.passages],
        "notices": list(answer.notices),
        "unknown_marks": answer.unknown_marks,
        "model": answer.model,
        "prompt": answer.prompt,
        "usage": {"input_tokens": usage.input_tokens, "output_tokens": usage.output_tokens} if usage else None,
        "timings_ms": {
            "retrieve": round(answer.timings.retrieve, 1),
            "first_token": round(answer.timings.first_token, 1) if answer.timings.first_token is not None else None,
            "total": round(answer.timings.total, 1),
        },
    }


def _abstention(abstention: Abstention | None) -> dict[str, Any] | None:
    if abstention is None:
        return None
    return {
        "reason": abstention.reason,
        "nearest": [{**reference_to_dict(near), "title": near.title} for near in abstention.nearest],
        "from": abstention.date_from,
        "to": abstention.date_to,
    }


def citation_to_dict(citation: Citation) -> dict[str, Any]:
    """One citation, as it stands in the answer's object."""
    return {
        "number": citation.number,
        "article_id": citation.article_id,
        "title": citation.title or None,
        "url": citation.url or None,
        "source": citation.source or None,
        "published": citation.published,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "speaker": citation.speaker,
        "support": citation.support.value,
        "also_in": [reference_to_dict(reference) for reference in citation.also_in],
        "superseded_by": _revision(citation.superseded_by),
        "corrects": _revision(citation.corrects),
    }


def _account(account: Account) -> dict[str, Any]:
    return {
        "speaker": account.speaker,
        "stands_for": list(account.stands_for),
        "source": account.source,
        "statements": [
            {"text": said.text, "citation": said.citation, "published": said.published, "kind": said.kind.value}
            for said in account.statements
        ],
        "conflicts": [
            {
                "kind": conflict.kind.value,
                "about": conflict.about,
                "citation": conflict.citation,
                "other": conflict.other,
                "other_citation": conflict.other_citation,
            }
            for conflict in account.conflicts
        ],
    }


def _timeline_entry(entry: TimelineEntry) -> dict[str, Any]:
    return {
        "date": entry.date,
        "dated_by_text": entry.dated_by_text,
        "text": entry.text,
        "citation": entry.citation,
        "speaker": entry.speaker,
    }


def _revision(revision: Revision | None) -> dict[str, Any] | None:
    if revision is None:
        return None
    other = reference_to_dict(revision.article) if revision.article is not None else None
    return {"article": other, "kind": revision.kind, "note": revision.note or None}


def reference_to_dict(reference: ArticleReference | NearestArticle) -> dict[str, Any]:
    """An article as it is named beside another."""
    return {
        "article_id": reference.article_id,
        "title": reference.title or None,
        "url": reference.url or None,
        "source": reference.source or None,
        "published": reference.published,
    }


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
