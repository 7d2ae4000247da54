"""The archive as markup: figures, the list with its pages, and how far an addition has come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from assistant.render.text import counted, origin_in_words, sentence
from assistant.web.archive.adding import Job, Source, State
from assistant.web.archive.chart import chart_view
from assistant.web.html import button, element, join
from assistant.web.reader.address import address_in_reader
from assistant.web.views.answer import reader_link
from ingest.errors import Problem
from ingest.language.dates.words import day_in_words
from vectorstore.archive.listing import ArticlePage, Holdings, ListedArticle

#: Articles on one page of the list.
PAGE = 25

#: Problems of one source that are written out; the rest are counted.
_MOST_PROBLEMS = 10

SAMPLES_NOTE = (
    "These are the bundled sample articles, shown while your own archive is empty. "
    "What you add goes to your own archive; restart the chat to ask it."
)
READ_ONLY_NOTE = "This archive is for reading only: nothing can be added or removed here."


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is shown of the list. ``asked`` is the article whose removal waits for a yes, or ""."""

    page: ArticlePage
    searched: bool
    removable: bool
    asked: str = ""
    said: str = ""


def views_nav() -> Markup:
    """The way between the conversation and the archive; ``archive.js`` shows the one of the address."""
    links = [
        element("a", label, href=f"#{name}", data_view=name) for name, label in (("ask", "Ask"), ("archive", "Archive"))
    ]
    return element("nav", links, class_="views", aria_label="Views")


def holdings_view(holdings: Holdings, size: int, note: str = "") -> Markup:
    """Figures and the chart; ``size`` in bytes."""
    parts = [
        counted(holdings.articles, "article"),
        counted(holdings.passages, "passage"),
        f"{_bytes(size)} on disk",
    ]
    if holdings.first and holdings.last:
        first, last = day_in_words(holdings.first.isoformat()), day_in_words(holdings.last.isoformat())
        parts.append(first if first == last else f"{first} to {last}")
    return element(
        "section",
        element("h2", "The archive"),
        element("p", join((element("span", part) for part in parts), " · "), class_="figures"),
        element("p", note, class_="notice") if note else None,
        chart_view(holdings),
    )


def _bytes(size: int) -> str:
    if size >= 1_000_000_000:
        return f"{size / 1e9:.1f} GB"
    return f"{size / 1e6:.0f} MB" if size >= 1_000_000 else f"{size / 1000:.0f} kB"


# -- the list ---------------------------------------------------------------------------------------------------------


def list_view(shown: Shown) -> Markup:
    """One page of the list."""
    page = shown.page
    said = element("p", shown.said, class_="done", role="status", dir="auto", tabindex=-1) if shown.said else None
    if not page.articles:
        line = (
            "No article matches. Try fewer words or another publisher."
            if shown.searched
            else "There are no articles yet. Add some above, or with: assistant ingest SOURCE…"
        )
        return element("div", said, element("p", line, class_="empty", role="status"))
    rows = [element("li", _row(article, shown)) for article in page.articles]
    return element("div", said, element("ol", rows, start=page.offset + 1), _pages(page))


def _row(article: ListedArticle, shown: Shown) -> list[Markup]:
    title = article.title or "Untitled"
    published = article.published.isoformat() if article.published else None
    head = element(
        "div",
        reader_link(title, address_in_reader(article.id), isolated=False),
        element("p", element("bdi", origin_in_words(article.source, published)), class_="origin"),
        class_="head",
        dir="auto",
    )
    if not shown.removable:
        return [head]
    if article.id == shown.asked:
        question = element(
            "div",
            element("p", "Remove it from the archive? This cannot be undone."),
            button("Remove", action="remove", value=article.id, class_="danger", aria_label=f"Remove “{title}”"),
            button("Keep", action="keep", value=article.id, class_="quiet", data_focus=True),
            class_="sure",
            role="group",
            aria_label=f"Remove “{title}”?",
        )
        return [head, question]
    return [head, button("Remove…", action="sure", value=article.id, aria_label=f"Remove “{title}”…")]


def _pages(page: ArticlePage) -> Markup:
    last = page.offset + len(page.articles)
    before = max(page.offset - PAGE, 0) if page.offset else None
    after = last if last < page.total else None
    return element(
        "nav",
        _turn("Previous", before),
        element("span", f"{page.offset + 1:,}–{last:,} of {page.total:,}", role="status"),
        _turn("Next", after),
        class_="pages",
        aria_label="Pages of the list",
    )


def _turn(label: str, offset: int | None) -> Markup:
    return button(label, action="turn", value="" if offset is None else offset, disabled=offset is None)


# -- adding -----------------------------------------------------------------------------------------------------------


def job_view(job: Job, *, running: bool, note: str = "") -> Markup:
    """How far an addition has come; ``note`` is what to know when it is done."""
    stop = button("Stop", action="stop") if running and not job.stopped else None
    return element(
        "section",
        element("p", _summary(job, running=running), stop, class_="summary", role="status"),
        element("p", f"{job.trouble}.", class_="trouble", role="alert", dir="auto") if job.trouble else None,
        element("ul", [element("li", list(_source(source))) for source in job.sources]),
        element("p", note, class_="notice") if note and not running and any(s.articles for s in job.sources) else None,
        class_="job",
        aria_busy="true" if running else None,
    )


def _summary(job: Job, *, running: bool) -> str:
    finished = sum(source.state in (State.DONE, State.STOPPED) for source in job.sources)
    added = sum(source.report.added + source.report.changed for source in job.sources)
    failed = sum(len(source.problems) for source in job.sources)
    so_far = f"{counted(added, 'article')} added" + (f", {failed:,} could not be read" if failed else "")
    if running:
        return f"Reading {min(finished + 1, len(job.sources))} of {len(job.sources)}: {so_far}"
    return f"{'Stopped' if job.stopped or job.trouble else 'Done'}: {so_far}"


def _source(source: Source) -> Iterator[Markup]:
    yield element("bdi", source.name, class_="what")
    yield element("span", _state(source), class_="state")
    if source.state is State.READING and source.current and source.current != source.name:
        yield element("p", source.current, class_="current", dir="auto")
    lines = [_problem(problem, source) for problem in source.problems]
    lines += (_line(remark.source, remark.what, source) for remark in source.report.remarks)
    if lines:
        problems = [element("li", line, dir="auto") for line in lines[:_MOST_PROBLEMS]]
        more = len(lines) - len(problems)
        if more:
            problems.append(element("li", f"and {more:,} more"))
        yield element("ul", problems, class_="problems")


def _state(source: Source) -> str:
    report = source.report
    parts = [
        f"{number:,} {word}"
        for number, word in ((report.added, "added"), (report.changed, "changed"), (report.unchanged, "already here"))
        if number
    ]
    if source.state is State.READING:
        return ", ".join(["reading…", *parts])
    if source.state is State.STOPPED:
        return ", ".join([*parts, "stopped"])
    if source.state is State.WAITING:
        return "waiting"
    return ", ".join(parts) or "nothing added"


def _problem(problem: Problem, source: Source) -> str:
    # What the command line could do about it is no help here.
    remedy = f"; {problem.remedy}" if problem.remedy and "--" not in problem.remedy else ""
    return _line(problem.source, f"{problem.reason}{remedy}", source)


def _line(within: str, what: str, source: Source) -> str:
    where = "" if within == source.name else f"{within.removeprefix(source.name).lstrip(':, ')}: "
    return sentence(f"{where}{what}")


def refusal_view(line: str) -> Markup:
    """Why nothing is added."""
    return element("p", line, class_="trouble", role="alert", dir="auto")
