"""What a person at a terminal sees of an evaluation: progress with the running score, and the tables at the end."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from assistant.evaluation.case import Outcome
from assistant.evaluation.comparison import Comparison, Pair
from assistant.evaluation.reporting.tables import (
    CHANGE_HEADINGS,
    SPREAD_HEADINGS,
    aligned,
    change_rows,
    counts_in_words,
    interval,
    judging_line,
    number,
    prices_line,
    shown_measures,
    spread_rows,
    unchanged,
)
from assistant.evaluation.result import Result
from assistant.evaluation.run import Run

Say = Callable[[str], None]

#: Seconds between two plain lines of progress where nobody watches a bar.
_EVERY = 10.0
#: Questions that are listed by id where there are many.
_LISTED = 20


class PlainProgress:
    """A line now and then, for logs."""

    def __init__(self, total: int, say: Say) -> None:
        self.total = total
        self.counts: Counter[Outcome] = Counter()
        self._say = say
        self._said = time.monotonic()

    @property
    def score(self) -> str:
        """The counts so far."""
        return ", ".join(f"{self.counts[outcome]:,} {outcome.value}" for outcome in Outcome)

    def __call__(self, result: Result) -> None:
        """Count a result."""
        self.counts[result.outcome] += 1
        now = time.monotonic()
        if now - self._said >= _EVERY:
            self._said = now
            self._say(f"{self.counts.total():,} of {self.total:,} questions: {self.score}")


@contextmanager
def progress(total: int, *, terminal: bool, say: Say) -> Iterator[PlainProgress]:
    """Progress to be told each result: a bar on a terminal, a line now and then otherwise.

    Args:
        say: prints a line.
    """
    if not terminal:
        yield PlainProgress(total, say)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[score]}", markup=False),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task("", total=total, score="")

    class Bar(PlainProgress):
        """The bar, moved."""

        def __call__(self, result: Result) -> None:
            """Count a result and move the bar."""
            self.counts[result.outcome] += 1
            bar.update(task, advance=1, score=self.score)

    with bar:
        yield Bar(total, say)


def summary_lines(run: Run) -> Iterator[str]:
    """The run's counts and measures, line by line."""
    summary = run.summary
    yield counts_in_words(summary)
    rows: list[tuple[str, ...]] = [("measure", "value", "95% interval", "questions")]
    rows += [(m.name, number(e.value), interval(e), f"{e.count:,}") for m, e in shown_measures(summary)]
    yield ""
    yield from aligned(rows)
    yield ""
    yield from aligned([("", *SPREAD_HEADINGS), *spread_rows(summary)])
    yield from (line for line in (judging_line(summary), prices_line(summary)) if line)
    failed = [(result.item.id, str(result.error)) for result in run.results if result.outcome is Outcome.FAILED]
    yield from _listed("failed", failed)
    if (judging := summary.judging) is not None:
        yield from _listed("the judge failed", [(one["id"], one["error"]) for one in judging.failed])
        unreadable = [(one["id"], repr(one["reply"])) for one in judging.unreadable]
        yield from _listed("the judge's vote is unreadable", unreadable)
        yield from _listed("the judge's votes have no majority", [(name, "") for name in judging.undecided])


def _listed(what: str, named: Sequence[tuple[str, str]]) -> Iterator[str]:
    for name, words in named[:_LISTED]:
        yield f"{what}: {name}: {words}" if words else f"{what}: {name}"
    if len(named) > _LISTED:
        yield f"{what}: and {len(named) - _LISTED:,} more"


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """What changed, line by line."""
    yield f"compared on {len(comparison.pairs):,} questions"
    for which, ids in (("earlier", comparison.only_before), ("later", comparison.only_after)):
        if ids:
            yield f"only in the {which} run, or changed in the set: {len(ids):,} ({', '.join(ids[:5])}, …)"
    if comparison.judges_differ:
        yield "the citations were judged by different judges, which do not compare"
    if rows := list(change_rows(comparison)):
        yield ""
        yield from aligned([("measure", *CHANGE_HEADINGS), *rows])
    if same := unchanged(comparison):
        yield ""
        yield f"unchanged: {', '.join(same)}"
    for name, pairs in (("better", comparison.better), ("worse", comparison.worse)):
        yield ""
        yield f"{name}: {len(pairs):,}"
        yield from (_pair_line(pair) for pair in pairs[:_LISTED])
        if len(pairs) > _LISTED:
            yield f"  and {len(pairs) - _LISTED:,} more"


def _pair_line(pair: Pair) -> str:
    question = pair.after.item.question
    short = question if len(question) <= 70 else f"{question[:69].rstrip()}…"
    return f"  {pair.after.item.id}: {pair.before.outcome.value} -> {pair.after.outcome.value}: {short}"
