"""``assistant eval``: a Q&A set asked and scored, compared, reported, and held to thresholds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import click

from assistant.commands.opening import opened_store, samples_store
from assistant.commands.terminal import is_terminal, printable, report
from assistant.errors import UsageError
from assistant.evaluation.case import Outcome
from assistant.evaluation.errors import QASetError
from assistant.evaluation.items import SAMPLES, SAMPLES_NAME, Item, read_items, resolve_articles, select
from assistant.evaluation.journal import write_whole
from assistant.evaluation.judging.judge import CitationJudge
from assistant.evaluation.prices import read_prices
from assistant.evaluation.reporting.console import comparison_lines, progress, summary_lines
from assistant.evaluation.reporting.tables import number
from assistant.evaluation.run import Run, RunOptions, evaluate
from assistant.evaluation.scores import MEASURES
from assistant.pipeline.assistant import Assistant
from assistant.render.json import dumps
from assistant.settings import Settings, load
from vectorstore.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class EvalOptions:
    """The options of the command, as its help says them."""

    qaset: str
    store: Path | None
    model: str | None
    as_of: dt.date | None
    json_out: Path | None
    report_out: Path | None
    compare: Path | None
    fail_under: tuple[str, ...]
    fail_if_worse: Path | None
    jobs: int
    per_minute: float | None
    judge: str | None
    judge_repeats: int
    prices: Path | None
    tags: tuple[str, ...]
    limit: int | None
    seed: int


def run(options: EvalOptions) -> int:
    """Evaluate; 1 where a question failed, or the run falls short of what was asked of it."""
    floors = _floors(options.fail_under)
    before, baseline = (
        Run.load(path, seed=options.seed) if path else None for path in (options.compare, options.fail_if_worse)
    )
    for path in (options.json_out, options.report_out):
        _check_place(path)
    settings = load(store=options.store, model=options.model)
    prices = read_prices(options.prices or settings.prices)
    items, problems = read_items(SAMPLES if options.qaset == SAMPLES_NAME else Path(options.qaset))
    with _judge(options, settings) as judge, _store(options, settings) as store:
        problems += resolve_articles(items, store)[1]
        if problems:
            raise _told(problems)
        chosen = select(items, tags=options.tags, limit=options.limit)
        if not chosen:
            tags = " or ".join(options.tags)
            raise UsageError(f"no question of the set has the tag {tags}", remedy="name another --tag")
        how = RunOptions(
            seed=options.seed,
            jobs=options.jobs,
            per_minute=options.per_minute,
            as_of=options.as_of,
            judge=judge,
            prices=prices,
        )
        # Without the fallback: quoted sentences in place of a model's answers would be another system's figures.
        done = _evaluate(Assistant.open(store, fallback=False, settings=settings), chosen, how, options.json_out)
        _print(summary_lines(done))
        if before is not None:
            _print(["", *comparison_lines(done.compare(before))])
        if options.report_out is not None:
            from assistant.evaluation.reporting.report import write_report

            write_report(done, options.report_out, text=store.text, before=before, name=options.qaset)
    return _verdict(done, floors, baseline)


def _evaluate(assistant: Assistant, items: Sequence[Item], how: RunOptions, json_out: Path | None) -> Run:
    partial = json_out.with_name(f"{json_out.name}.partial") if json_out else None
    if partial is not None and partial.exists():
        report(f"going on with the run that was interrupted ({printable(str(partial))})")
    with progress(len(items), terminal=is_terminal(), say=report) as shown:
        try:
            done = evaluate(assistant, items, how, resume=partial, on_result=shown)
        except KeyboardInterrupt:
            if partial is not None:
                asked = f"{shown.counts.total():,} of {len(items):,} questions are asked"
                report(f"{asked}; the same command goes on from there")
            raise
    if json_out is not None and partial is not None:
        done.save(json_out)
        summary = dumps(done.summary_record(), indent=2)
        write_whole(json_out.with_suffix(".summary.json"), f"{summary}\n")
        if not _unjudged(done):
            partial.unlink()
    return done


def _verdict(done: Run, floors: dict[str, float], baseline: Run | None) -> int:
    failures = []
    for name, floor in floors.items():
        value = done.summary.estimates[name].value
        if value is None:
            failures.append(f"{name} is defined for no question of the set, and {floor} was asked for")
        elif value > floor if MEASURES[name].lower_is_better else value < floor:
            failures.append(f"{name} is {number(value)}, and {floor} was asked for")
    if baseline is not None:
        for name in (comparison := done.compare(baseline)).regressions:
            change = comparison.differences.get(name)
            size = f" by {abs(change.value):.3f} (p = {change.p:.3f})" if change else ""
            failures.append(f"{name} is worse than in the run compared with{size}")
    failed = done.summary.counts[Outcome.FAILED]
    if failed:
        failures.append(f"{failed:,} of {len(done.results):,} questions failed; the summary names them")
    if unjudged := _unjudged(done):
        failures.append(f"the judge failed on {unjudged:,} questions; the same command with --json asks it again")
    for line in failures:
        report(f"assistant: {line}")
    return 1 if failures else 0


def _unjudged(done: Run) -> int:
    """Questions in which the judge failed."""
    return len(done.summary.judging.failed) if done.summary.judging is not None else 0


def _floors(given: Sequence[str]) -> dict[str, float]:
    names = {name.casefold(): name for name in MEASURES}
    floors = {}
    for pair in given:
        name, _, value = pair.partition("=")
        try:
            floors[names[name.strip().casefold()]] = float(value)
        except KeyError as error:
            known = ", ".join(name for name, measure in MEASURES.items() if measure.shown)
            raise UsageError(f"there is no measure {name!r}", remedy=f"the measures are {known}") from error
        except ValueError as error:
            raise UsageError(f"--fail-under {pair!r} has no number", remedy="write it as nDCG@10=0.8") from error
    return floors


def _check_place(path: Path | None) -> None:
    if path is not None and (path.is_dir() or not path.absolute().parent.is_dir()):
        raise UsageError(f"{path} cannot be written there", remedy="name a file in a folder that exists")


def _told(problems: Sequence[str]) -> UsageError:
    if len(problems) == 1:
        return QASetError(problems)
    for line in problems:
        report(printable(f"assistant: {line}"))
    return UsageError(f"the set has {len(problems):,} problems", remedy="correct them; no question was asked")


def _judge(options: EvalOptions, settings: Settings) -> AbstractContextManager[CitationJudge | None]:
    if options.judge is None:
        return nullcontext()
    return CitationJudge.open(options.judge, settings=settings, repeats=options.judge_repeats)


def _store(options: EvalOptions, settings: Settings) -> AbstractContextManager[Store]:
    samples = options.qaset == SAMPLES_NAME and options.store is None
    return samples_store(settings) if samples else opened_store(settings)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(printable(line))
