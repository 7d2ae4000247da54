"""The way of a question to its answer, step by step: each a function of what the steps before it have made.

``answer_events`` takes them in order: read, search, collect evidence, judge it, answer, cite, verify, finish.

Invariants:

* Every citation's quote is read out of the archive by its span when the answer is finished.
* What no evidence supports is never presented as supported, whatever the model wrote: an answer without one statement
  that its citations bear out becomes an abstention.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from assistant.answerers.base import Answerer, Rewriter
from assistant.citing.evidence import Evidence
from assistant.errors import ModelError
from assistant.pipeline import other_language
from assistant.pipeline.abstention import abstain, no_answer_given
from assistant.pipeline.evidence import asked_for, collect_evidence
from assistant.pipeline.gate import Gate, Verdict
from assistant.pipeline.revisions import revision_notices
from assistant.pipeline.writing import Record, Writing
from assistant.question.query import Known, Query, checked, read, settled, turns
from assistant.question.small_talk import is_small_talk
from assistant.speakers.accounts import accounts
from assistant.speakers.conflicts import Conflicts
from assistant.speakers.timeline import timeline
from assistant.types import (
    Answer,
    Event,
    History,
    PassagesFound,
    Statement,
    TextDelta,
    Turn,
    UsedPassage,
)
from assistant.verification.verifier import Verifier, unsupported
from vectorstore.archive.passage import Passage
from vectorstore.retrieval.scope import Scope
from vectorstore.store import Store

#: What is retrieved for an answer: passages, and the articles that they are from at least.
RETRIEVED, ARTICLES = 20, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What answers questions: the archive, and who judges, writes and checks.

    Attributes:
        lister: answers where a list of the archive's articles is asked for, which needs no model.
        fallback: answers where ``answerer`` fails; None lets the failure through as a ``ModelError``.
        rewriter: turns a follow-up into a question that stands alone; None leaves it to rules.
    """

    store: Store
    gate: Gate
    verifier: Verifier
    answerer: Answerer
    lister: Answerer
    fallback: Answerer | None = None
    rewriter: Rewriter | None = None


async def answer_events(
    parts: Parts, question: str, history: History, scope: Scope, question_id: str | None = None
) -> AsyncGenerator[Event, None]:
    """Answer a question, event by event.

    Raises:
        UsageError: where the question is empty or too long, or the days exclude each other.
        ModelError: where the chat model fails and there is no fallback.
    """
    line, before, within = checked(question), turns(history), settled(scope)
    assert within.as_of is not None
    record = Record()
    answer = Answer(
        id=question_id or secrets.token_hex(8),
        question=line,
        standalone_question=line,
        as_of=within.as_of,
        text="",
        model=parts.answerer.name,
        prompt=parts.answerer.prompt,
    )
    if (reply := is_small_talk(line)) is not None:
        record.first_token = record.elapsed()
        yield TextDelta(text=reply)
        yield record.finish(replace(answer, text=reply))
        return
    text = None
    if before and parts.rewriter is not None:
        try:
            text = await parts.rewriter.rewrite_question(line, before, on_usage=record.count)
        except ModelError as error:
            yield record.note(f"The follow-up was completed by rules, because {error.what}.")
    found = await asyncio.to_thread(_retrieve, parts, line, before, within, text)
    record.retrieved = record.elapsed()
    yield PassagesFound(
        standalone_question=found.query.text,
        passages=tuple(found.passages),
        articles=len({passage.article_id for passage in found.passages}),
        milliseconds=record.retrieved,
    )
    verdict = await asyncio.to_thread(parts.gate.judge, found.query, found.passages, found.evidence)
    answer = replace(answer, standalone_question=found.query.text, confidence=verdict.confidence)
    if not verdict.answerable:
        answer = replace(answer, passages=found.listed(verdict), notices=tuple(record.notices))
        yield record.finish(_abstained(answer, found, "too little evidence"))
        return
    found = replace(found, evidence=replace(found.evidence, doubtful=verdict.doubtful))
    writing = Writing(parts.verifier, found.evidence, record)
    async with aclosing(_written(parts, found, writing)) as events:
        async for event in events:
            yield event
    answer = replace(
        answer,
        passages=found.listed(verdict),
        notices=tuple(record.notices),
        model=writing.answerer.name,
        prompt=writing.answerer.prompt,
        unknown_marks=writing.marks.unknown_marks,
    )
    yield record.finish(await asyncio.to_thread(_checked, parts, found, answer, writing))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A question with what was found for it."""

    query: Query
    passages: Sequence[Passage]
    copies: Sequence[Passage]
    evidence: Evidence

    def listed(self, verdict: Verdict) -> tuple[UsedPassage, ...]:
        """All passages in rank order, with whether the answerer saw them."""
        seen = {(p.article_id, p.ordinal): p for p in self.evidence.passages if verdict.answerable}
        ranked = {(p.article_id, p.ordinal) for p in self.passages}
        entries = [
            UsedPassage(passage=p, used=(p.article_id, p.ordinal) in seen)
            for p in sorted([*self.passages, *self.copies], key=lambda p: p.rank)
        ]
        beyond = [p for key, p in seen.items() if key not in ranked]
        numbered = enumerate(beyond, len(entries) + 1)
        return (*entries, *(UsedPassage(passage=replace(p, rank=rank), used=True) for rank, p in numbered))


def _retrieve(parts: Parts, line: str, before: tuple[Turn, ...], scope: Scope, text: str | None) -> _Found:
    store = parts.store
    publishers = store.retriever.catalogue().source_names
    embed = parts.gate.embed
    known = Known(gazetteer=store.gazetteer, publishers=publishers, spelled=store.spelled, embed=embed)
    query = read(line, before, scope, known, text=text)
    dates = (query.dates.start, query.dates.end) if query.dates is not None else None
    found = store.search(query.text, query.scope, limit=RETRIEVED, min_articles=ARTICLES, dates=dates, copies=True)
    passages = [passage for passage in found if passage.copy_of is None]
    return _Found(
        query=query,
        passages=passages,
        copies=[passage for passage in found if passage.copy_of is not None],
        evidence=collect_evidence(store, query, passages),
    )


async def _written(parts: Parts, found: _Found, writing: Writing) -> AsyncGenerator[Event, None]:
    """The answerer's text as it comes; where it fails, the fallback's in its place."""
    listed = found.evidence.listed
    for answerer in (parts.lister,) if listed is not None and listed.alone else (parts.answerer, parts.fallback):
        if answerer is None:
            return
        writing.begin(answerer)
        try:
            async with aclosing(answerer.stream(found.query, found.evidence)) as pieces:
                async for piece in pieces:
                    for event in writing.take(piece):
                        yield event
        except ModelError as error:
            if answerer is parts.fallback or parts.fallback is None:
                raise
            line = f"The chat model did not answer ({error.what}). These are sentences quoted from the archive."
            yield writing.record.note(line, restart=True)
            continue
        for event in writing.end():
            yield event
        return


def _checked(parts: Parts, found: _Found, answer: Answer, writing: Writing) -> Answer:
    """The finished answer: its statements verified, its citations read out of the archive."""
    text, cited = writing.marks.text.strip(), writing.marks.cited
    if no_answer_given(text):
        return _abstained(answer, found, "the passages found do not answer the question")
    statements = parts.verifier.statements(text, cited)
    if unsupported(statements) and (quotes := other_language.instead(text, cited)):
        text, cited = quotes, cited[: other_language.MOST]
        statements = parts.verifier.statements(text, cited)
        answer = replace(answer, notices=(*answer.notices, other_language.NOTICE))
    if unsupported(statements):
        return _abstained(answer, found, "no statement of the answer is supported by what it cites", statements)
    citations = parts.verifier.citations(cited, statements, asked_for(found.evidence))
    return replace(
        answer,
        text=text,
        statements=statements,
        citations=citations,
        accounts=accounts(cited, citations, Conflicts(query=found.query)),
        timeline=timeline(citations) if found.query.sequence else (),
        notices=(*answer.notices, *revision_notices(citations)),
    )


def _abstained(answer: Answer, found: _Found, reason: str, statements: tuple[Statement, ...] = ()) -> Answer:
    return abstain(answer, found.passages, found.query.scope, reason, statements=statements)
