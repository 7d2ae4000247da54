"""``assistant ingest``: sources into the store, with progress, and a summary at the end."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from assistant.commands.opening import opened_store
from assistant.commands.terminal import is_terminal, printable
from assistant.errors import UsageError
from assistant.render.json import dumps
from assistant.settings import load
from ingest.article import Article
from ingest.documents import of_file
from ingest.errors import Problem
from ingest.read import Options, Progress, Workers, read_apart
from ingest.workers.pool import Pool
from vectorstore.archive.documents import Outcome
from vectorstore.archive.prepared import Prepared, prepared
from vectorstore.archive.writing import AddReport, Given

#: Seconds between two plain lines of progress where nobody watches a bar.
_EVERY = 10.0

#: Remarks that are written out where the report is for people; the rest are counted.
_MOST_REMARKS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestOptions:
    """The options of the command."""

    sources: tuple[str, ...]
    store: Path | None
    allow_private: bool
    follow_links: bool
    workers: int | None
    as_json: bool


def run(options: IngestOptions) -> int:
    """Ingest; 1 where an input failed."""
    started = time.monotonic()
    settings = load(store=options.store, workers=options.workers)
    _check_addresses(options.sources)
    with Pool(*settings.reading) as pool, ExitStack() as open_:
        pool.warm(of_file, prepared)  # while the store opens
        store, shown = open_.enter_context(opened_store(settings)), open_.enter_context(_progress())
        workers: Workers[Prepared] = Workers(pool=pool, then=prepared, wanted=store.archive.is_new)
        how = Options(allow_private=options.allow_private, follow_links=options.follow_links)
        items = read_apart(options.sources, workers, how, progress=shown.reading)
        report = store.add(_tell_problems(items), on_article=shown.article)
    for line in _remarks(report):
        click.echo(printable(f"assistant: {line}"), err=True)
    seconds = time.monotonic() - started
    click.echo(dumps(_as_dict(report, seconds)) if options.as_json else _summary(report, seconds))
    return 1 if report.failed else 0


def _check_addresses(sources: Iterable[str]) -> None:
    """Refuse a command that names an address that is none: before anything is done, as for a wrong option.

    Raises:
        UsageError: where it does; one in a list or a feed is a problem of its own instead.
    """
    for source in sources:
        if re.match(r"https?://", source, re.IGNORECASE):
            from ingest.addresses import BadAddress, checked  # here, because files need none of it

            try:
                checked(source)
            except BadAddress as error:
                raise UsageError(f"{source!r}: {error.what}, and nothing was added", remedy=error.remedy) from error


def _tell_problems(items: Iterable[Given]) -> Iterator[Given]:
    for item in items:
        if isinstance(item, Problem):
            click.echo(printable(f"assistant: {item}"), err=True)
        yield item


def _summary(report: AddReport, seconds: float) -> str:
    unchanged = f"unchanged {report.unchanged:,}"
    if report.another_origin:
        unchanged += f" ({report.another_origin:,} of them known text from another origin)"
    return (
        f"added {report.added:,}, changed {report.changed:,}, {unchanged}, failed {len(report.failed):,}: "
        f"{report.chunks:,} passages in {seconds:.1f} s"
    )


def _remarks(report: AddReport) -> list[str]:
    """What is to be said of the articles, and how many more there is of it."""
    more = len(report.remarks) - _MOST_REMARKS
    lines = [str(remark) for remark in report.remarks[:_MOST_REMARKS]]
    return [*lines, f"and {more:,} more remarks (--json has them all)"] if more > 0 else lines


def _as_dict(report: AddReport, seconds: float) -> dict[str, object]:
    return {
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "another_origin": report.another_origin,
        "passages": report.chunks,
        "failed": [{"source": p.source, "reason": p.reason, "remedy": p.remedy} for p in report.failed],
        "remarks": [{"source": remark.source, "remark": remark.what} for remark in report.remarks],
        "seconds": round(seconds, 1),
    }


class _PlainLines:
    """A line now and then, for logs."""

    def __init__(self) -> None:
        self._articles = 0
        self._started = self._said = time.monotonic()
        self._done = self._total = 0
        self._current = ""

    def reading(self, progress: Progress) -> None:
        """Take in how far reading is."""
        self._done, self._total, self._current = progress.done, progress.total, progress.current or self._current

    def article(self, article: Article, outcome: Outcome) -> None:
        """Count an article that is safe."""
        self._articles += 1
        now = time.monotonic()
        if now - self._said >= _EVERY:
            self._said = now
            rate = self._articles / (now - self._started)
            share = f"{self._done / self._total:.0%}, " if self._total else ""
            click.echo(
                printable(f"{self._articles:,} articles, {share}{rate:.1f} articles/s, {self._current}"), err=True
            )


class _Bar(_PlainLines):
    """A progress bar with articles/s, the time that is left, and the file at hand."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        super().__init__()
        self.bar = RichProgress(
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[articles]:,} articles, {task.fields[rate]:.1f}/s"),
            # Untrusted: a file's name must not be read as markup.
            TextColumn("{task.fields[current]}", markup=False),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self.bar.add_task("", total=None, articles=0, rate=0.0, current="")

    def reading(self, progress: Progress) -> None:
        """Move the bar."""
        super().reading(progress)
        self.bar.update(
            self._task, completed=progress.done, total=progress.total or None, current=printable(self._current)[-50:]
        )

    def article(self, article: Article, outcome: Outcome) -> None:
        """Count an article that is safe."""
        self._articles += 1
        rate = self._articles / max(time.monotonic() - self._started, 1e-9)
        self.bar.update(self._task, articles=self._articles, rate=rate)


@contextmanager
def _progress() -> Iterator[_PlainLines]:
    if not is_terminal():
        yield _PlainLines()
        return
    bar = _Bar()
    with bar.bar:
        yield bar
