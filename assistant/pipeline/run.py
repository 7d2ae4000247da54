"""One question on its way to its answer: what the synchronous and the asynchronous path share.

Invariant: the steps are taken in order: ``greet``; unless ``finished`` ``stand_alone`` and ``retrieve``; unless
``finished`` the answerer's pieces through ``take`` and ``end``; then ``answer``. Nothing here waits for a model but
``stand_alone`` where a rewriter is given.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from assistant.answerers.base import Answerer, AnswerRequest, Piece
from assistant.citing.marks import CitationStream
from assistant.citing.sanitize import InertStream
from assistant.citing.sentences import Context, NumberedSentence
from assistant.errors import ModelError
from assistant.pipeline.abstention import abstain, no_answer_given
from assistant.pipeline.asked import Asked
from assistant.pipeline.confidence import THRESHOLD
from assistant.pipeline.evidence import Gathered, gather
from assistant.pipeline.revisions import revision_notices
from assistant.question import read_dates, standalone
from assistant.question.small_talk import is_small_talk
from assistant.speakers.accounts import Voices, accounts
from assistant.speakers.timeline import timeline
from assistant.types import (
    Answer,
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
from assistant.verification.verifier import Verifier
from vectorstore.archive.passage import Passage
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.store import Store

#: What is retrieved for an answer: passages, and the articles that they are from at least.
RETRIEVED, ARTICLES = 20, 10


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

    async def arewrite_question(
        self, question: str, history: Sequence[Turn], *, on_usage: Callable[[Usage], None] | None = None
    ) -> str:
        """The same without blocking the event loop."""
        ...


@dataclass(slots=True, kw_only=True)
class Exchange:
    """One question and what has become of it so far."""

    store: Store
    embed: EmbeddingCache
    verifier: Verifier
    answerer: Answerer
    threshold: float | None
    asked: Asked

    finished: bool = False
    standalone_question: str = ""
    passages: list[Passage] = field(default_factory=list)
    copies: list[Passage] = field(default_factory=list)
    gathered: Gathered = field(default_factory=lambda: Gathered(context=Context(())))
    confidence: float = 0.0
    notices: list[str] = field(default_factory=list)
    usage: Usage | None = None
    _marks: CitationStream = field(init=False)
    _inert: InertStream = field(init=False)
    _started: float = field(default_factory=time.perf_counter)
    _retrieved: float = 0.0
    _first_token: float | None = None
    _reply: str | None = None

    @property
    def _asked_for(self) -> dict[int, str]:
        """By the number of a sentence, whose of its voices is asked for."""
        return {one.number: one.speaker for one in self.gathered.spoken if one.fit}

    @property
    def context(self) -> Context:
        """The sentences that the answerer is given."""
        return self.gathered.context

    # -- before the answerer --------------------------------------------------------------------------------------

    def greet(self) -> Iterator[Event]:
        """Answer small talk, which needs nothing else."""
        self._restart()
        self.standalone_question = self.asked.question
        self._reply = is_small_talk(self.asked.question)
        if self._reply is not None:
            self.finished = True
            self._first_token = self._elapsed()
            yield TextDelta(text=self._reply)

    def stand_alone(self, rewriter: Rewriter | None) -> Iterator[Event]:
        """Make a follow-up a question that can be understood without the turns before it."""
        if self.asked.history and rewriter is not None:
            try:
                self.standalone_question = rewriter.rewrite_question(
                    self.asked.question, self.asked.history, on_usage=self._count
                )
            except ModelError as error:
                yield self._by_rules(error)
        elif self.asked.history:
            self.standalone_question = standalone(self.asked.question, self.asked.history)

    async def astand_alone(self, rewriter: Rewriter | None) -> list[Event]:
        """As :meth:`stand_alone`, without blocking the event loop."""
        question, history = self.asked.question, self.asked.history
        if rewriter is None or not history:
            return list(self.stand_alone(None))
        try:
            self.standalone_question = await rewriter.arewrite_question(question, history, on_usage=self._count)
        except ModelError as error:
            return [self._by_rules(error)]
        return []

    def _by_rules(self, error: ModelError) -> Notice:
        self.standalone_question = standalone(self.asked.question, self.asked.history)
        line = f"The follow-up was completed by rules, because {error.what}."
        self.notices.append(line)
        return Notice(text=line)

    def retrieve(self) -> Iterator[Event]:
        """Find passages, and decide whether there is enough evidence to answer from."""
        dates = read_dates(self.standalone_question, self.asked.as_of)
        found = self.store.search(
            self.standalone_question,
            self.asked.scope,
            limit=RETRIEVED,
            min_articles=ARTICLES,
            dates=(dates.start, dates.end) if dates is not None else None,
            copies=True,
        )
        self.passages = [passage for passage in found if passage.copy_of is None]
        self.copies = [passage for passage in found if passage.copy_of is not None]
        self.gathered = gather(self.store, self.standalone_question, self.passages, self.asked.scope)
        self._restart()
        self._retrieved = self._elapsed()
        yield PassagesFound(
            standalone_question=self.standalone_question,
            passages=tuple(self.passages),
            articles=len({passage.article_id for passage in self.passages}),
            milliseconds=self._retrieved,
        )
        self.confidence = self.gathered.confidence(
            self.standalone_question, self.passages, self.embed, self.store.rarity
        )
        threshold = self.threshold if self.threshold is not None else THRESHOLD
        self.finished = not self.context.sentences or self.confidence < threshold

    def _restart(self) -> None:
        """Nothing is written yet, or what was is void."""
        self._marks = CitationStream(self.context)
        self._inert = InertStream({sentence.passage.url for sentence in self.context.sentences})
        self._first_token = None

    # -- the answerer's pieces ------------------------------------------------------------------------------------

    def request(self) -> AnswerRequest:
        """What the answerer is given."""
        return AnswerRequest(
            question=self.standalone_question,
            as_of=self.asked.as_of,
            context=self.context,
            history=self.asked.history,
            spoken=self.gathered.spoken,
            sequence=self.gathered.sequence,
            disputes=self.gathered.disputes,
        )

    def take(self, piece: Piece) -> Iterator[Event]:
        """One piece of the answerer's stream."""
        if isinstance(piece, Usage):
            self._count(piece)
        elif isinstance(piece, Notice):
            self.notices.append(piece.text)
            yield piece
        else:
            yield from self._shown(*self._marks.feed(self._inert.feed(piece)))

    def _count(self, usage: Usage) -> None:
        self.usage = usage if self.usage is None else self.usage + usage

    def end(self) -> Iterator[Event]:
        """The answerer has finished: what was held back as part of a word or a mark."""
        yield from self._shown(*self._marks.feed(self._inert.finish()))
        yield from self._shown(*self._marks.finish())
        if self._marks.unknown_marks:
            line = f"{_counted(self._marks.unknown_marks, 'citation mark')} named no sentence and left the text."
            self.notices.append(line)
            yield Notice(text=line)

    def _shown(self, text: str, fresh: tuple[NumberedSentence, ...]) -> Iterator[Event]:
        if not text:
            return
        if self._first_token is None:
            self._first_token = self._elapsed()
        before = len(self._marks.cited) - len(fresh)
        citations = tuple(
            self.verifier.citation(before + i, sentence, asked=self._asked_for) for i, sentence in enumerate(fresh, 1)
        )
        yield TextDelta(text=text, citations=citations)

    def fall_back(self, error: ModelError, answerer: Answerer) -> Notice:
        """Begin the answer again with another answerer, and say why."""
        line = f"The chat model did not answer ({error.what}). These are sentences quoted from the archive."
        self.notices.append(line)
        self.answerer = answerer
        self._restart()
        return Notice(text=line, restart=True)

    # -- the answer -----------------------------------------------------------------------------------------------

    def answer(self) -> Answer:
        """The whole answer, checked."""
        answer = Answer(
            id=self.asked.id or secrets.token_hex(8),
            question=self.asked.question,
            standalone_question=self.standalone_question,
            as_of=self.asked.as_of,
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
            return self._timed(self._abstained(answer, "too little evidence"))
        text = self._marks.text.strip()
        if no_answer_given(text):
            return self._timed(self._abstained(answer, "the passages found do not answer the question"))
        return self._timed(self._checked(answer, text))

    def _checked(self, answer: Answer, text: str) -> Answer:
        checked = self.verifier.statements(text, self._marks.cited)
        if all(statement.support is Support.UNSUPPORTED for statement in checked):
            return self._abstained(answer, "no statement of the answer is supported by what it cites", checked)
        citations = self.verifier.citations(self._marks.cited, checked, self._asked_for)
        notices = (*answer.notices, *revision_notices(citations))
        return replace(
            answer,
            text=text,
            statements=checked,
            citations=citations,
            accounts=accounts(self.standalone_question, citations, self.gathered.voices or Voices(self.store)),
            timeline=timeline(citations) if self.gathered.sequence else (),
            notices=notices,
        )

    def _abstained(self, answer: Answer, reason: str, statements: tuple[Statement, ...] = ()) -> Answer:
        asked = self.asked
        return abstain(answer, self.passages, asked.date_from, asked.date_to, reason, statements=statements)

    def _used(self) -> tuple[UsedPassage, ...]:
        seen = {(s.passage.article_id, s.passage.ordinal): s.passage for s in self.context.sentences}
        ranked = {(p.article_id, p.ordinal) for p in self.passages}
        shown = not self.finished
        found = sorted([*self.passages, *self.copies], key=lambda p: p.rank)
        entries = [UsedPassage(passage=p, used=shown and (p.article_id, p.ordinal) in seen) for p in found]
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


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
