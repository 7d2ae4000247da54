"""An answer as the JSON object of ``ask --json`` and of every line of an evaluation's output."""

from __future__ import annotations

from typing import Any

from assistant.answer import Abstention, Answer, Citation, UsedPassage


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
        "citations": [_citation(citation) for citation in answer.citations],
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
        "nearest": [
            {
                "article_id": near.article_id,
                "title": near.title,
                "url": near.url or None,
                "source": near.source or None,
                "published": near.published,
            }
            for near in abstention.nearest
        ],
        "from": abstention.date_from,
        "to": abstention.date_to,
    }


def _citation(citation: Citation) -> dict[str, Any]:
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
    }
