"""One answer while it is written: what an answerer's pieces become before a reader sees them, and what it costs."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.answerers.base import Answerer, Piece
from assistant.citing.evidence import AttributedSentence, Evidence
from assistant.citing.marks import CitationStream
from assistant.citing.sanitize import InertStream
from assistant.pipeline.evidence import asked_for
from assistant.types import Answer, AnswerReady, Event, Notice, TextDelta, Timings, Usage
from assistant.verification.verifier import Verifier


@dataclass(slots=True)
class Record:
    """How it came to be: what a reader should see of it, what it cost, how long it took."""

    notices: list[str] = field(default_factory=list)
    usage: Usage | None = None
    started: float = field(default_factory=time.perf_counter)
    retrieved: float = 0.0
    first_token: float | None = None

    def note(self, line: str, *, restart: bool = False) -> Notice:
        self.notices.append(line)
        return Notice(text=line, restart=restart)

    def count(self, usage: Usage) -> None:
        self.usage = usage if self.usage is None else self.usage + usage

    def elapsed(self) -> float:
        return (time.perf_counter() - self.started) * 1000

    def finish(self, answer: Answer) -> AnswerReady:
        timings = Timings(retrieve=self.retrieved, first_token=self.first_token, total=self.elapsed())
        return AnswerReady(answer=replace(answer, usage=self.usage, timings=timings))


class Writing:
    """One answer while it is written: what a piece of the answerer's becomes before a reader sees it."""

    answerer: Answerer
    marks: CitationStream
    _inert: InertStream

    def __init__(self, verifier: Verifier, evidence: Evidence, record: Record) -> None:
        self.record = record
        self._verifier = verifier
        self._evidence = evidence
        self._asked = asked_for(evidence)

    def begin(self, answerer: Answerer) -> None:
        """Nothing is written yet, or what was is void."""
        self.answerer = answerer
        self.marks = CitationStream(self._evidence)
        self._inert = InertStream({sentence.passage.url for sentence in self._evidence.sentences})
        self.record.first_token = None

    def take(self, piece: Piece) -> Iterator[Event]:
        """One piece of the answerer's stream."""
        if isinstance(piece, Usage):
            self.record.count(piece)
        elif isinstance(piece, Notice):
            if piece.restart:
                self.begin(self.answerer)
            yield self.record.note(piece.text, restart=piece.restart)
        else:
            yield from self._shown(*self.marks.feed(self._inert.feed(piece)))

    def end(self) -> Iterator[Event]:
        """The answerer has finished: what was held back as part of a word or a mark."""
        yield from self._shown(*self.marks.feed(self._inert.finish()))
        yield from self._shown(*self.marks.finish())
        if unknown := self.marks.unknown_marks:
            marks = "citation mark" if unknown == 1 else "citation marks"
            yield self.record.note(f"{unknown} {marks} named no sentence and left the text.")

    def _shown(self, text: str, fresh: Sequence[AttributedSentence]) -> Iterator[Event]:
        if not text:
            return
        if self.record.first_token is None:
            self.record.first_token = self.record.elapsed()
        before = len(self.marks.cited) - len(fresh)
        citations = (self._verifier.citation(before + i, one, asked=self._asked) for i, one in enumerate(fresh, 1))
        yield TextDelta(text=text, citations=tuple(citations))
