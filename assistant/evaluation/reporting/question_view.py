"""One question of a run as the report's template takes it: plain words in pieces, to be escaped where they are shown.

Invariant: the pieces of a passage, joined, are a stretch of the article's text in the store, and what is marked is a
citation's span. Nothing here is markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.evaluation.case import Outcome, passage_around
from assistant.evaluation.judged import Judged
from assistant.evaluation.result import Result
from assistant.evaluation.scores import MEASURES
from assistant.verification.check import EVIDENCE_LIMIT
from ingest.language.dates.words import day_in_words
from vectorstore.errors import UnknownArticle

_MARK = re.compile(r"\[(\d{1,9})\]")

#: Characters around a quote whose passage is not at hand.
_AROUND = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words, and the display number of the citation that they are the mark or the quote of; None for other words."""

    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """A passage with the cited sentences in it. ``cut`` says where the article goes on before and after."""

    title: str
    where: str
    url: str
    pieces: tuple[Piece, ...]
    cut: tuple[bool, bool]
    speakers: tuple[str, ...]
    gold: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """What a run answered."""

    outcome: str
    pieces: tuple[Piece, ...]
    abstention: str
    error: str
    statements: tuple[Mapping[str, Any], ...]
    judged: tuple[str, ...]
    extracts: tuple[Extract, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """A question with its answer, and in a comparison with the answer before."""

    anchor: str
    result: Result
    after: AnswerView
    before: AnswerView | None
    change: str
    as_of: str
    gold: tuple[Mapping[str, Any], ...]
    scores: tuple[tuple[str, str], ...]
    confidence: str
    milliseconds: str


class Texts:
    """Texts and titles of articles, each read from the store once; None where an article is not there any more."""

    def __init__(self, text: Callable[[str], str]) -> None:
        self._text = text
        self._kept: dict[str, str | None] = {}

    def __call__(self, article_id: str) -> str | None:
        """The article's text."""
        if article_id not in self._kept:
            try:
                self._kept[article_id] = self._text(article_id)
            except UnknownArticle:
                self._kept[article_id] = None
        return self._kept[article_id]


def question_view(number: int, result: Result, before: Result | None, change: int, texts: Texts) -> QuestionView:
    """One question; ``number`` makes its anchor, ``change`` is positive where it became better."""
    ranks: dict[str, int] = {}
    for passage in result.answer["passages"]:
        ranks.setdefault(passage["article_id"], len(ranks) + 1)
    total = (result.answer["timings_ms"] or {}).get("total")
    confidence = result.answer["confidence"]
    return QuestionView(
        anchor=f"q{number}",
        result=result,
        after=answer_view(result, texts),
        before=answer_view(before, texts) if before is not None else None,
        change="better" if change > 0 else "worse" if change < 0 else "",
        as_of=day_in_words(result.answer["as_of"]) if result.answer["as_of"] else "",
        gold=tuple({"id": article_id, "rank": ranks.get(article_id)} for article_id in result.gold),
        scores=tuple((m.name, f"{s:.2f}") for m, s in _shown_scores(result)),
        confidence="" if confidence is None else f"{confidence:.2f}",
        milliseconds="" if total is None else f"{total:,.0f} ms",
    )


def _shown_scores(result: Result) -> list[tuple[Any, float]]:
    found = [(measure, result.scores.get(measure.name)) for measure in MEASURES.values() if measure.shown]
    return [(measure, score) for measure, score in found if score is not None]


def answer_view(result: Result, texts: Texts) -> AnswerView:
    """What a run answered to one question."""
    answer = result.answer
    abstention = answer["abstention"] or {}
    return AnswerView(
        outcome=result.outcome.value,
        pieces=_answer_pieces(answer["answer"] or ""),
        abstention=str(abstention.get("reason") or ""),
        error=(result.error or "no reason is given") if result.outcome is Outcome.FAILED else "",
        statements=tuple(answer["statements"]),
        judged=tuple(_doubts(result.judged, answer["statements"])),
        extracts=_extracts(answer["citations"], answer["passages"], frozenset(result.gold), texts),
    )


def _doubts(judged: Judged | None, statements: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The statements that a judge did not find entailed by all that they cite, and where it failed."""
    if judged is None:
        return
    for judgement in judged.judgements:
        statement = statements[judgement.statement] if judgement.statement < len(statements) else {}
        whole = list(judgement.citations) == statement.get("citations", [])[:EVIDENCE_LIMIT]
        if whole and not judgement.entailed:
            verdict = "no majority" if judgement.entailed is None else "not entailed"
            yield f"the judge: {verdict}: “{statement['text']}” (votes: {', '.join(judgement.votes)})"
    if judged.error is not None:
        yield f"the judge failed: {judged.error}"


def _answer_pieces(text: str) -> tuple[Piece, ...]:
    pieces, at = [], 0
    for mark in _MARK.finditer(text):
        pieces.append(Piece(text=text[at : mark.start()]))
        pieces.append(Piece(text=mark.group(1), number=int(mark.group(1))))
        at = mark.end()
    return tuple(piece for piece in (*pieces, Piece(text=text[at:])) if piece.text)


def _extracts(
    citations: Sequence[Mapping[str, Any]],
    passages: Sequence[Mapping[str, Any]],
    gold: frozenset[str],
    texts: Texts,
) -> tuple[Extract, ...]:
    groups: dict[tuple[str, int, int], list[Mapping[str, Any]]] = {}
    for citation in citations:
        article_id, start, end = citation["article_id"], citation["start"], citation["end"]
        around = passage_around(citation, passages) or (max(start - _AROUND, 0), end + _AROUND)
        groups.setdefault((article_id, *around), []).append(citation)
    return tuple(_extract(key, group, gold, texts) for key, group in groups.items())


def _extract(
    key: tuple[str, int, int], citations: Sequence[Mapping[str, Any]], gold: frozenset[str], texts: Texts
) -> Extract:
    article_id, start, end = key
    first = citations[0]
    text = texts(article_id)
    url = first["url"] or ""
    if text is None or any(text[c["start"] : c["end"]] != c["quote"] for c in citations):
        # The article is gone or was changed since the run: the quotes as the run has them.
        pieces = [Piece(text=c["quote"], number=c["number"]) for c in citations]
        cut = (True, True)
    else:
        pieces, at = [], start
        for citation in sorted(citations, key=lambda c: int(c["start"])):
            pieces.append(Piece(text=text[at : citation["start"]]))
            pieces.append(Piece(text=citation["quote"], number=citation["number"]))
            at = citation["end"]
        pieces.append(Piece(text=text[at:end].rstrip()))
        cut = (start > 0, end < len(text))
    return Extract(
        title=first["title"] or "Untitled",
        where=", ".join(part for part in (first["source"] or "", day_in_words(first["published"])) if part),
        url=url if re.match(r"https?://", url, re.IGNORECASE) else "",
        pieces=tuple(piece for piece in pieces if piece.text),
        cut=cut,
        speakers=tuple(f"[{c['number']}] {c['speaker']}" for c in citations if c["speaker"]),
        gold=article_id in gold,
    )
