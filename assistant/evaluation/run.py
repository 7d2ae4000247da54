"""Asking every question of a set: ``evaluate(assistant, items) -> Run``.

Invariants:

* Every question has exactly one result, in the order of the set; one that raised has its error.
* A question's result depends on the question, the store, the model and the prompt, not on what was asked before it, in
  how many threads, or whether the run was interrupted; only its timings do.
"""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from assistant.answerers.base import Answerer
from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from assistant.evaluation.case import Case
from assistant.evaluation.comparison import Comparison, compare
from assistant.evaluation.errors import QASetError, RunError
from assistant.evaluation.files import write_whole
from assistant.evaluation.items import Item, digest, resolve_articles
from assistant.evaluation.journal import Journal
from assistant.evaluation.judging.judge import CitationJudge
from assistant.evaluation.judging.judging import judge_result
from assistant.evaluation.pace import Pacer
from assistant.evaluation.prices import Price
from assistant.evaluation.result import Result, line_of, parse_line
from assistant.evaluation.summary import Summary, summarise
from assistant.pipeline.assistant import Assistant
from assistant.types import Answer, Turn
from ingest.attribution.extractor import fingerprint
from ingest.errors import AssistantError, one_line
from vectorstore.encoders.cache import EmbeddingCache

OnResult = Callable[[Result], None]


@dataclass(frozen=True, kw_only=True)
class Run:
    """The results of one evaluation.

    Attributes:
        results: one for each question, in the order of the set.
        seed: of the bootstrap; the answers do not depend on it.
        configuration: what was run: set, model, store, day, judge.
        prices: by the name of a model, what its tokens cost; the answers do not depend on it.
    """

    results: tuple[Result, ...]
    seed: int = 0
    configuration: Mapping[str, Any] = field(default_factory=dict)
    prices: Mapping[str, Price] = field(default_factory=dict)

    @cached_property
    def summary(self) -> Summary:
        """The run in numbers."""
        return summarise(self.results, self.seed, self.prices)

    def compare(self, before: Run) -> Comparison:
        """What changed from ``before`` to this run.

        Raises:
            RunError: where they have no question in common.
        """
        return compare(before.results, self.results, self.seed)

    def to_records(self) -> list[dict[str, Any]]:
        """The results as plain dictionaries, the lines of ``eval --json``."""
        return [result.to_record() for result in self.results]

    def save(self, path: Path) -> None:
        """Write one line for each question; the file is there whole or not at all.

        Raises:
            RunError: where it cannot be written.
        """
        write_whole(path, "".join(line_of(record) for record in self.to_records()))

    @classmethod
    def load(cls, path: Path, *, seed: int = 0) -> Run:
        """Read what :meth:`save` has written.

        Raises:
            RunError: where there is no such file or it is not a run.
        """
        try:
            body = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            raise RunError(f"the run {path} cannot be read ({reason})", remedy="name a file of eval --json") from error
        lines = [line for line in body.split("\n") if line.strip()]
        results = tuple(parse_line(line, f"{path} line {number}") for number, line in enumerate(lines, 1))
        if not results:
            raise RunError(f"the run {path} holds no question", remedy="name a file of eval --json")
        return cls(results=results, seed=seed)


def evaluate(
    assistant: Assistant,
    items: Sequence[Item],
    *,
    seed: int = 0,
    jobs: int = 1,
    per_minute: float | None = None,
    as_of: dt.date | None = None,
    judge: CitationJudge | None = None,
    prices: Mapping[str, Price] | None = None,
    resume: str | os.PathLike[str] | None = None,
    on_result: OnResult | None = None,
) -> Run:
    """Ask every question and score its answer.

    Args:
        seed: of the bootstrap's draws.
        jobs: questions that are asked at the same time.
        per_minute: at most so many questions are begun in a minute, and as many requests to the judge.
        as_of: the day for questions that name none; default today.
        judge: a chat model that judges the citations, beside the program's own check.
        prices: what tokens cost, by the name of a model.
        resume: a file that results stream to; where it holds results of the same run, only what is missing is asked,
            and only those answers judged in which the judge had failed.
        on_result: told each result as it comes, also those taken over from ``resume``.

    Raises:
        QASetError: where an id comes twice or the store lacks an article that a question names, before any is asked.
        RunError: where ``resume`` is of another run or cannot be written.
        ModelError: where the judge cannot be asked, before any question is.
    """
    day = as_of or dt.date.today()
    gold = _gold(items, assistant)
    configuration = configuration_of(assistant, items, as_of, judge)
    if judge is not None:
        judge.check()
    tell = on_result or (lambda result: None)
    with Journal(Path(resume) if resume is not None else None, configuration) as journal:
        unjudged = {name: r for name, r in journal.done.items() if r.judged is not None and r.judged.error is not None}
        for result in [r for name, r in journal.done.items() if name not in unjudged]:
            tell(result)
        missing = [item for item in items if item.id not in journal.done or item.id in unjudged]
        ask = _Asker(assistant, gold, day, Pacer(per_minute))
        score = _Scorer(ask, unjudged, judge, Pacer(per_minute), assistant.store.text)
        for result in _ask_all(score, missing, jobs):
            journal.add(result)
            tell(result)
        results = tuple(journal.done[item.id] for item in items)
    return Run(results=results, seed=seed, configuration=configuration, prices=prices or {})


def configuration_of(
    assistant: Assistant, items: Sequence[Item], as_of: dt.date | None, judge: CitationJudge | None = None
) -> dict[str, Any]:
    """What a run is, as far as its answers can depend on it."""
    articles, passages = assistant.store.counts()
    return {
        "questions": len(items),
        "set": digest(items),
        "model": assistant.answerer.name,
        "prompt": assistant.answerer.prompt,
        "fallback": assistant.fallback.name if assistant.fallback is not None else None,
        "threshold": assistant.threshold,
        "articles": articles,
        "passages": passages,
        "encoder": assistant.store.encoder.fingerprint,
        "attributions": fingerprint()[:16],
        "as_of": as_of.isoformat() if as_of is not None else None,
        "judge": judge.configuration if judge is not None else None,
    }


def _gold(items: Sequence[Item], assistant: Assistant) -> dict[str, frozenset[str]]:
    gold, problems = resolve_articles(items, assistant.store)
    if len(gold) < len(items):
        times = Counter(item.id for item in items)
        problems += [f"the id {name!r} comes {count} times" for name, count in times.items() if count > 1]
    if not items:
        problems.append("there is no question to ask")
    if problems:
        raise QASetError(problems)
    return gold


def _ask_all(ask: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> Iterator[Result]:
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


class _Asker:
    """Asks one question and scores what comes."""

    def __init__(self, assistant: Assistant, gold: Mapping[str, frozenset[str]], day: dt.date, pacer: Pacer) -> None:
        self._assistant = assistant
        self._gold = gold
        self._day = day
        self._pacer = pacer

    def __call__(self, item: Item) -> Result:
        """The question's result, also where asking raised."""
        self._pacer.wait()
        assistant = _fresh(self._assistant)
        answer: Answer | None = None
        error: str | None = None
        try:
            answer = assistant.ask(
                item.question,
                [Turn(role=turn.role, content=turn.content) for turn in item.history],
                as_of=item.as_of or self._day,
                question_id=item.id,
            )
        except AssistantError as raised:
            error = f"{type(raised).__name__}: {raised}"
        except Exception as raised:  # noqa: BLE001 - an edge: one question's fault must not take the others with it
            error = one_line(f"{type(raised).__name__} (a fault of the program): {raised}")
        case = Case(
            item=item,
            gold=self._gold[item.id],
            answer=answer,
            text=assistant.store.text,
            judge=assistant.support.check,
        )
        return Result.of(case, as_of=item.as_of or self._day, model=assistant.answerer.name, error=error)


@dataclass(frozen=True, slots=True)
class _Scorer:
    """Asks a question, or takes the answer that is there already, and has it judged."""

    ask: Callable[[Item], Result]
    answered: Mapping[str, Result]
    judge: CitationJudge | None
    pacer: Pacer
    text: Callable[[str], str]

    def __call__(self, item: Item) -> Result:
        result = self.answered.get(item.id) or self.ask(item)
        if self.judge is None:
            return result
        return judge_result(result, self.judge, text=self.text, wait=self.pacer.wait)


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
    return ExtractiveAnswerer(embed) if isinstance(answerer, ExtractiveAnswerer) else answerer
