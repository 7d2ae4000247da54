"""One question on its way to its answer: what the synchronous and the asynchronous path share.

Invariant: the steps are taken in order: ``begin``, then unless ``finished`` the answerer's pieces through ``take``
and ``end``, then ``answer``. Nothing here waits for a model but ``begin`` where a rewriter is given.
"""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from assistant.abstention import abstain, no_answer_given
from assistant.answer import (
    Answer,
    Citation,
    Event,
    Notice,
    PassagesFound,
    Statement,
    Support,
    TextDelta,
    Timings,
    Turn,
    Usage,
    UsedPassage,
)
from assistant.answerers import Answerer, AnswerRequest, Piece
from assistant.citations import CitationStream
from assistant.confidence import THRESHOLD, confidence
from assistant.context import Context, NumberedSentence
from assistant.embedding_cache import EmbeddingCache
from assistant.errors import ModelError
from assistant.question import read_dates, standalone
from assistant.small_talk import is_small_talk
from assistant.statements import statements
from assistant.support import Evidence, SupportChecker
from vectorstore.passage import Passage
from vectorstore.store import Store

#: What is retrieved for an answer, and what of it the answerer sees.
RETRIEVED, ARTICLES = 20, 10
SEEN, SEEN_OF_ONE_ARTICLE = 8, 3
#: Passages, from the best, whose neighbours the answerer sees too.
WITH_NEIGHBOURS = 2


class Rewriter(Protocol):
    """Makes a follow-up stand alone."""

    def rewrite_question(
        self, question: str, history: Sequence[Turn], *, on_usage: Callable[[Usage], None] | None = None
    ) -> str:
        """The question as it reads without the turns before it; ``on_usage`` is told the tokens.

        Raises:
            ModelError: where the model gives none.
        """
        ...


@dataclass(slots=True, kw_only=True)
class Exchange:
    """One question and what has become of it so far."""

    store: Store
    embed: EmbeddingCache
    support: SupportChecker
    answerer: Answerer
    threshold: float | None
    question: str
    history: tuple[Turn, ...]
    as_of: dt.date
    date_from: dt.date | None
    date_to: dt.date | None
    sources: tuple[str, ...]
    question_id: str | None

    finished: bool = False
    standalone_question: str = ""
    passages: list[Passage] = field(default_factory=list)
    context: Context = field(default_factory=lambda: Context(()))
    confidence: float = 0.0
    notices: list[str] = field(default_factory=list)
    usage: Usage | None = None
    _marks: CitationStream = field(init=False)
    _started: float = field(default_factory=time.perf_counter)
    _retrieved: float = 0.0
    _first_token: float | None = None
    _reply: str | None = None

    # -- before the answerer --------------------------------------------------------------------------------------

    def begin(self, rewriter: Rewriter | None) -> Iterator[Event]:
        """Understand the question, retrieve, and decide whether there is enough evidence to answer from."""
        self._marks = CitationStream(self.context)
        self.standalone_question = self.question
        self._reply = is_small_talk(self.question)
        if self._reply is not None:
            self.finished = True
            yield TextDelta(text=self._reply)
            return
        yield from self._stand_alone(rewriter)
        dates = read_dates(self.standalone_question, self.as_of)
        self.passages = self.store.search(
            self.standalone_question,
            limit=RETRIEVED,
            min_articles=ARTICLES,
            as_of=self.as_of,
            date_from=self.date_from,
            date_to=self.date_to,
            sources=self.sources,
            dates=(dates.start, dates.end) if dates is not None else None,
        )
        self.context = Context.of(self._seen())
        self._marks = CitationStream(self.context)
        self._retrieved = self._elapsed()
        yield PassagesFound(
            standalone_question=self.standalone_question,
            passages=tuple(self.passages),
            articles=len({passage.article_id for passage in self.passages}),
            milliseconds=self._retrieved,
        )
        self.confidence = confidence(self.standalone_question, self.passages, self.context, self.embed)
        self.finished = self.confidence < (self.threshold if self.threshold is not None else THRESHOLD)

    def _stand_alone(self, rewriter: Rewriter | None) -> Iterator[Event]:
        if not self.history:
            return
        if rewriter is not None:
            try:
                self.standalone_question = rewriter.rewrite_question(self.question, self.history, on_usage=self._count)
                return
            except ModelError as error:
                line = f"The follow-up was completed by rules, because {error.what}."
                self.notices.append(line)
                yield Notice(text=line)
        self.standalone_question = standalone(self.question, self.history)

    def _seen(self) -> list[Passage]:
        """The passages that the answerer is given: the best, few of one article, the very best with neighbours."""
        taken: dict[str, int] = {}
        seen: dict[tuple[str, int], Passage] = {}
        for passage in self.passages:
            if len(seen) == SEEN:
                break
            if taken.get(passage.article_id, 0) < SEEN_OF_ONE_ARTICLE:
                taken[passage.article_id] = taken.get(passage.article_id, 0) + 1
                seen[passage.article_id, passage.ordinal] = passage
        for passage in list(seen.values())[:WITH_NEIGHBOURS]:
            for near in self.store.neighbours(passage):
                seen.setdefault((near.article_id, near.ordinal), near)
        return list(seen.values())

    # -- the answerer's pieces ------------------------------------------------------------------------------------

    def request(self) -> AnswerRequest:
        """What the answerer is given."""
        return AnswerRequest(
            question=self.standalone_question, as_of=self.as_of, context=self.context, history=self.history
        )

    def take(self, piece: Piece) -> Iterator[Event]:
        """One piece of the answerer's stream."""
        if isinstance(piece, Usage):
            self._count(piece)
        elif isinstance(piece, Notice):
            self.notices.append(piece.text)
            yield piece
        else:
            yield from self._shown(*self._marks.feed(piece))

    def _count(self, usage: Usage) -> None:
        self.usage = usage if self.usage is None else self.usage + usage

    def end(self) -> Iterator[Event]:
        """The answerer has finished: what was held back as part of a mark."""
        yield from self._shown(*self._marks.finish())

    def _shown(self, text: str, fresh: tuple[NumberedSentence, ...]) -> Iterator[Event]:
        if not text:
            return
        if self._first_token is None:
            self._first_token = self._elapsed()
        before = len(self._marks.cited) - len(fresh)
        citations = tuple(self._citation(before + i, sentence) for i, sentence in enumerate(fresh, 1))
        yield TextDelta(text=text, citations=citations)

    def fall_back(self, error: ModelError, answerer: Answerer) -> Notice:
        """Begin the answer again with another answerer, and say why."""
        line = f"The chat model did not answer ({error.what}). These are sentences quoted from the archive."
        self.notices.append(line)
        self.answerer = answerer
        self._marks = CitationStream(self.context)
        return Notice(text=line, restart=True)

    # -- the answer -----------------------------------------------------------------------------------------------

    def answer(self) -> Answer:
        """The whole answer, checked."""
        answer = Answer(
            id=self.question_id or secrets.token_hex(8),
            question=self.question,
            standalone_question=self.standalone_question,
            as_of=self.as_of,
            text=self._reply or "",
            passages=self._used(),
            notices=tuple(self.notices),
            confidence=self.confidence,
            model=self.answerer.name,
            prompt=self.answerer.prompt,
            usage=self.usage,
            unknown_marks=self._marks.unknown_marks,
        )
        if self._reply is not None:
            return self._timed(answer)
        if self.finished:
            return self._timed(abstain(answer, self.passages, self.date_from, self.date_to, "too little evidence"))
        text = self._marks.text.strip()
        if no_answer_given(text):
            reason = "the passages found do not answer the question"
            return self._timed(abstain(answer, self.passages, self.date_from, self.date_to, reason))
        return self._timed(self._checked(answer, text))

    def _checked(self, answer: Answer, text: str) -> Answer:
        checked = [self._statement(words, numbers) for words, numbers in statements(text, len(self._marks.cited))]
        if not any(statement.support is not Support.UNSUPPORTED for statement in checked):
            reason = "no statement of the answer is supported by what it cites"
            return abstain(answer, self.passages, self.date_from, self.date_to, reason, statements=tuple(checked))
        best: dict[int, Support] = {}
        order = [Support.SUPPORTED, Support.PARTIAL, Support.UNSUPPORTED]
        for statement in checked:
            for number in statement.citations:
                best[number] = min(best.get(number, Support.UNSUPPORTED), statement.support, key=order.index)
        citations = tuple(
            replace(self._citation(i, sentence), support=best.get(i, Support.UNSUPPORTED))
            for i, sentence in enumerate(self._marks.cited, 1)
        )
        return replace(answer, text=text, statements=tuple(checked), citations=citations)

    def _statement(self, words: str, numbers: tuple[int, ...]) -> Statement:
        evidence = [self._evidence(self._marks.cited[number - 1]) for number in numbers]
        verdict = self.support.check(words, evidence)
        return Statement(text=words, citations=numbers, support=verdict.support, reason=verdict.reason)

    def _evidence(self, sentence: NumberedSentence) -> Evidence:
        passage = sentence.passage
        day = passage.published.date() if isinstance(passage.published, dt.datetime) else passage.published
        return Evidence(
            text=sentence.text, context=passage.text, title=passage.title, source=passage.source, published=day
        )

    def _citation(self, number: int, sentence: NumberedSentence) -> Citation:
        passage = sentence.passage
        # Read from the archive, not carried along: the citation is true because this is where the quote comes from.
        quote = sentence.span.of(self.store.text(passage.article_id))
        return Citation(
            number=number,
            article_id=passage.article_id,
            title=passage.title,
            url=passage.url,
            source=passage.source,
            published=passage.published.isoformat() if passage.published else None,
            start=sentence.span.start,
            end=sentence.span.end,
            quote=quote,
        )

    def _used(self) -> tuple[UsedPassage, ...]:
        seen = {(s.passage.article_id, s.passage.ordinal): s.passage for s in self.context.sentences}
        ranked = {(p.article_id, p.ordinal) for p in self.passages}
        shown = not self.finished
        entries = [UsedPassage(passage=p, used=shown and (p.article_id, p.ordinal) in seen) for p in self.passages]
        around = [
            replace(p, rank=len(entries) + i)
            for i, p in enumerate((p for key, p in seen.items() if key not in ranked and shown), 1)
        ]
        return (*entries, *(UsedPassage(passage=p, used=True) for p in around))

    def _timed(self, answer: Answer) -> Answer:
        timings = Timings(retrieve=self._retrieved, first_token=self._first_token, total=self._elapsed())
        return replace(answer, timings=timings)

    def _elapsed(self) -> float:
        return (time.perf_counter() - self._started) * 1000
