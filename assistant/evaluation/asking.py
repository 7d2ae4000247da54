"""Asking one question and scoring what comes, one after another or several at the same time."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from assistant.answerers.base import Answerer
from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from assistant.evaluation.case import Case
from assistant.evaluation.items import Item
from assistant.evaluation.judging.judge import CitationJudge
from assistant.evaluation.judging.judging import judge_result
from assistant.evaluation.result import Result
from assistant.pipeline.assistant import Assistant
from assistant.render.json import answer_to_dict
from assistant.types import Answer, Turn
from ingest.errors import AssistantError, one_line
from vectorstore.encoders.cache import EmbeddingCache


class Pace:
    """Lets through at most so many a minute, evenly; safe to share between threads. None lets all through."""

    def __init__(self, per_minute: float | None) -> None:
        self._gap = 60 / per_minute if per_minute else 0.0
        self._next = time.monotonic()
        self._lock = threading.Lock()

    def wait(self) -> None:
        """Return when it is one's turn."""
        with self._lock:
            turn = max(self._next, time.monotonic())
            self._next = turn + self._gap
        time.sleep(max(0.0, turn - time.monotonic()))


def ask_all(ask: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> Iterator[Result]:
    """The results as they come, ``jobs`` questions at the same time."""
    if jobs <= 1:
        yield from map(ask, items)
        return
    executor = ThreadPoolExecutor(jobs, thread_name_prefix="evaluation")
    try:
        for done in as_completed([executor.submit(ask, item) for item in items]):
            yield done.result()
    finally:
        # On an interruption, what has not begun is not asked.
        executor.shutdown(wait=True, cancel_futures=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Asks one question and scores what comes.

    Attributes:
        gold: question id -> ids by which the store knows the articles that answer it.
        day: for questions that name none.
    """

    assistant: Assistant
    gold: Mapping[str, frozenset[str]]
    day: dt.date
    pace: Pace

    def __call__(self, item: Item) -> Result:
        """The question's result, also where asking raised."""
        self.pace.wait()
        assistant = _fresh(self.assistant)
        answer: Answer | None = None
        error: str | None = None
        try:
            answer = assistant.ask(
                item.question,
                [Turn(role=turn.role, content=turn.content) for turn in item.history],
                as_of=item.as_of or self.day,
                question_id=item.id,
            )
        except AssistantError as raised:
            error = f"{type(raised).__name__}: {raised}"
        except Exception as raised:  # noqa: BLE001 - an edge: one question's fault must not take the others with it
            error = one_line(f"{type(raised).__name__} (a fault of the program): {raised}")
        case = Case(
            item=item,
            gold=self.gold[item.id],
            answer=answer,
            record=answer_to_dict(answer) if answer is not None else None,
            text=assistant.store.text,
            judge=assistant.support.check,
        )
        return Result.of(case, as_of=item.as_of or self.day, model=assistant.answerer.name, error=error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorer:
    """Asks a question, or takes the answer that is there already, and has it judged."""

    ask: Asker
    answered: Mapping[str, Result]
    judge: CitationJudge | None
    pace: Pace

    def __call__(self, item: Item) -> Result:
        result = self.answered.get(item.id) or self.ask(item)
        if self.judge is None:
            return result
        return judge_result(result, self.judge, text=self.ask.assistant.store.text, wait=self.pace.wait)


def _fresh(assistant: Assistant) -> Assistant:
    """The same assistant with nothing embedded yet.

    The quantised encoder gives a text a slightly different vector in another batch, so what earlier questions left in
    the cache could change a later answer.
    """
    embed = EmbeddingCache(assistant.store.encoder.encode)
    return Assistant(
        assistant.store,
        _with_cache(assistant.answerer, embed),
        fallback=_with_cache(assistant.fallback, embed) if assistant.fallback is not None else None,
        rewriter=assistant.rewriter,
        threshold=assistant.threshold,
        embed=embed,
    )


def _with_cache(answerer: Answerer, embed: EmbeddingCache) -> Answerer:
    return ExtractiveAnswerer(embed, answerer.reader) if isinstance(answerer, ExtractiveAnswerer) else answerer
