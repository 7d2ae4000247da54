"""A set asked and scored: ``evaluate(assistant, items) -> Run``.

Invariants:

* Every question has exactly one result, in the order of the set; one that raised has its error.
* A question's result depends on the question, the store, the model and the prompt, not on what was asked before it, in
  how many threads, or whether the run was interrupted; only its timings do.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from assistant.evaluation.asking import Asker, Pace, Scorer, ask_all
from assistant.evaluation.comparison import Comparison, compare
from assistant.evaluation.errors import QASetError, RunError
from assistant.evaluation.items import Item, digest, resolve_articles
from assistant.evaluation.journal import Journal, write_whole
from assistant.evaluation.judging.judge import CitationJudge
from assistant.evaluation.prices import Price
from assistant.evaluation.result import Result, line_of, parse_line
from assistant.evaluation.summary import Summary, summarise
from assistant.pipeline.assistant import Assistant
from ingest.attribution.extractor import fingerprint

_SUMMARY = TypeAdapter(Summary)


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

    def summary_record(self) -> dict[str, Any]:
        """The summary as JSON types; but for ``timings_ms`` the same for the same questions, store, model and seed."""
        rounded = json.loads(_SUMMARY.dump_json(self.summary, by_alias=True), parse_float=lambda x: round(float(x), 6))
        return {"configuration": dict(self.configuration), "seed": self.seed, **rounded}

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


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """How a set is asked.

    Attributes:
        seed: of the bootstrap's draws.
        jobs: questions that are asked at the same time.
        per_minute: at most so many questions are begun in a minute, and as many requests to the judge.
        as_of: the day for questions that name none; None is today.
        judge: a chat model that judges the citations, beside the program's own check.
        prices: what tokens cost, by the name of a model.
    """

    seed: int = 0
    jobs: int = 1
    per_minute: float | None = None
    as_of: dt.date | None = None
    judge: CitationJudge | None = None
    prices: Mapping[str, Price] = field(default_factory=dict)


def evaluate(
    assistant: Assistant,
    items: Sequence[Item],
    options: RunOptions = RunOptions(),
    *,
    resume: str | os.PathLike[str] | None = None,
    on_result: Callable[[Result], None] = lambda result: None,
) -> Run:
    """Ask every question and score its answer.

    Args:
        resume: a file that results stream to; where it holds results of the same run, only what is missing is asked,
            and only those answers judged in which the judge had failed.
        on_result: told each result as it comes, also those taken over from ``resume``.

    Raises:
        QASetError: where an id comes twice or the store lacks an article that a question names, before any is asked.
        RunError: where ``resume`` is of another run or cannot be written.
        ModelError: where the judge cannot be asked, before any question is.
    """
    asker = Asker(
        assistant=assistant,
        gold=_gold(items, assistant),
        day=options.as_of or dt.date.today(),
        pace=Pace(options.per_minute),
    )
    configuration = configuration_of(assistant, items, options)
    if options.judge is not None:
        options.judge.check()
    with Journal(Path(resume) if resume is not None else None, configuration) as journal:
        unjudged = {name: r for name, r in journal.done.items() if r.judged is not None and r.judged.error is not None}
        for name, result in journal.done.items():
            if name not in unjudged:
                on_result(result)
        missing = [item for item in items if item.id not in journal.done or item.id in unjudged]
        scorer = Scorer(ask=asker, answered=unjudged, judge=options.judge, pace=Pace(options.per_minute))
        for result in ask_all(scorer, missing, options.jobs):
            journal.add(result)
            on_result(result)
        results = tuple(journal.done[item.id] for item in items)
    return Run(results=results, seed=options.seed, configuration=configuration, prices=options.prices)


def configuration_of(assistant: Assistant, items: Sequence[Item], options: RunOptions) -> dict[str, Any]:
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
        "as_of": options.as_of.isoformat() if options.as_of is not None else None,
        "judge": options.judge.configuration if options.judge is not None else None,
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
