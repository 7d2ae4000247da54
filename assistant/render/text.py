"""An answer as plain text: lines for the terminal, and the words and names that every view has in common."""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from assistant.types import Abstention, Account, Answer, Citation, Conflict, ConflictKind, Support, TimelineEntry
from ingest.language.dateline import undated
from ingest.language.dates.words import day_in_words
from ingest.language.relative_days import resolved_days
from vectorstore.archive.passage import ArticleReference
from vectorstore.retrieval.scope import Scope

_WIDTH = 100
#: Copies of one article that are named.
_COPIES = 5
#: Characters of a step of a timeline that are shown: its citation has them all.
_STEP = 70
_DIFFERING = {
    ConflictKind.DENIAL: "one denies what the other says",
    ConflictKind.CAUSE: "they give different causes",
    ConflictKind.NUMBER: "they give different numbers",
}
_ADDRESS = re.compile(r"https?://[^\s\\<>\"'`\x00-\x20\x7f]{1,1992}", re.IGNORECASE)
#: What stands beside a statement without full support.
VERDICTS = {Support.PARTIAL: "Partly supported", Support.UNSUPPORTED: "Not supported"}
#: What stands in place of the check where an answer was stopped.
STOPPED = "Stopped before the answer was finished and checked."


class TextView:
    """What ``assistant ask`` prints."""

    name, media_type = "text", "text/plain"

    def render(self, answer: Answer) -> str:
        """The answer as lines."""
        return "\n".join(answer_lines(answer))


def answer_lines(answer: Answer, *, with_text: bool = True, with_notices: bool = True) -> Iterator[str]:
    """The answer, what is doubtful about it, who says what when, and its sources, line by line."""
    if with_text:
        for paragraph in answer.text.split("\n"):
            yield from textwrap.wrap(paragraph, _WIDTH) or [""]
    if answer.standalone_question != answer.question:
        yield f"(Read as: {answer.standalone_question})"
    for statement in answer.statements:
        if statement.support is not Support.SUPPORTED and not answer.abstained:
            yield f"! {statement.support.value}: “{_short(statement.text)}” ({statement.reason})"
    if answer.abstention is not None:
        yield from _abstention_lines(answer.abstention)
    if answer.timeline:
        yield from ("", "Timeline:")
        yield from map(_step_line, answer.timeline)
    if answer.accounts:
        yield from ("", "Who says what:")
        yield from _account_lines(answer.accounts)
    if answer.citations:
        yield ""
        for citation in answer.citations:
            yield from _citation_lines(citation)
    for notice in answer.notices if with_notices else ():
        yield f"({notice})"


def _abstention_lines(abstention: Abstention) -> Iterator[str]:
    yield f"({reason_in_words(abstention)}; searched what was published {searched_in_words(abstention)}.)"
    if abstention.nearest:
        yield ""
        yield "Nearest articles:"
        for near in abstention.nearest:
            yield f"  {near.title or 'Untitled'} ({origin_in_words(near.source, near.published)}) {near.article_id}"


def _step_line(entry: TimelineEntry) -> str:
    said = f" ({entry.speaker})" if entry.speaker else ""
    return f"  {day_in_words(entry.date):<17} {_short(' '.join(entry.text.split()), _STEP)}{said} [{entry.citation}]"


def _account_lines(accounts: Sequence[Account]) -> Iterator[str]:
    """One line a voice; then, of each two that differ, on what."""
    for account in accounts:
        sides = f" ({', '.join(account.stands_for)})" if account.stands_for else ""
        own = " in its own words" if account.speaker is None else ""
        numbers = "".join(f"[{said.citation}]" for said in account.statements)
        days = dict.fromkeys(day_in_words(said.published) for said in account.statements)
        yield f"  {account.voice}{sides}{own}: {', '.join(days)} {numbers}"
    shown: set[tuple[int, int, ConflictKind]] = set()
    for account in accounts:
        for conflict in account.conflicts:
            first, second = sorted((conflict.citation, conflict.other_citation))
            if (first, second, conflict.kind) not in shown:
                shown.add((first, second, conflict.kind))
                yield f"  ! {_difference(account, conflict)}"


def _difference(account: Account, conflict: Conflict) -> str:
    voices = f"{account.voice} [{conflict.citation}] and {conflict.other} [{conflict.other_citation}]"
    about = f" on “{conflict.about}”" if conflict.about else ""
    return f"{voices} differ{about}: {_DIFFERING[conflict.kind]}"


def _citation_lines(citation: Citation) -> Iterator[str]:
    head = f"[{citation.number}] "
    yield from textwrap.wrap(_quoted(citation), _WIDTH, initial_indent=head, subsequent_indent=" " * len(head))
    yield f"{' ' * len(head)}{_where(citation)} {citation.url or citation.article_id}"
    if days := days_in_words(citation):
        yield f"{' ' * len(head)}{days}"
    if citation.also_in:
        indent = " " * len(head)
        yield from textwrap.wrap(
            also_in_words(citation.also_in), _WIDTH, initial_indent=indent, subsequent_indent=indent
        )


def copied_text(answer: Answer) -> str:
    """The answer to be pasted elsewhere: its text, and its sources as footnotes."""
    notes = [f"[{c.number}] {_quoted(c)} {_where(c)} {c.url}".rstrip() for c in answer.citations]
    return "\n".join([answer.text, *([""] if notes else []), *notes])


def _quoted(citation: Citation) -> str:
    return f"“{' '.join(undated(citation.quote, citation.start).split())}”"


def _where(citation: Citation) -> str:
    return f"{citation.title or 'Untitled'} ({origin_in_words(citation.source, citation.published)})"


def days_in_words(citation: Citation) -> str:
    """Which days of the calendar a quote means by "Thursday" or "yesterday": "Thursday: 7 July 2022"; "" where none."""
    published = dt.datetime.fromisoformat(citation.published).date() if citation.published else None
    days = resolved_days(citation.quote, published)
    return "; ".join(f"{word}: {day_in_words(day.isoformat())}" for word, day in days)


def reason_in_words(abstention: Abstention) -> str:
    """Why there is no answer, as the beginning of a sentence."""
    return f"{abstention.reason[0].upper()}{abstention.reason[1:]}".rstrip(".")


def searched_in_words(abstention: Abstention) -> str:
    """The days that were searched: ``from 1 May 2015 to 20 May 2015``."""
    until = day_in_words(abstention.date_to) if abstention.date_to else "today"
    return f"from {day_in_words(abstention.date_from)} to {until}" if abstention.date_from else f"up to {until}"


def also_in_words(copies: Sequence[ArticleReference]) -> str:
    """Where else an article stands: "also in: Harbour Post, 12 May 2015; …"."""
    shown = [origin_in_words(copy.source or copy.title or copy.article_id, copy.published) for copy in copies]
    more = f"; {len(copies) - _COPIES} more" if len(copies) > _COPIES else ""
    return f"also in: {'; '.join(shown[:_COPIES])}{more}"


def counted(number: int, noun: str) -> str:
    """``1 article``, ``5 articles``."""
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"


def sentence(message: str) -> str:
    """A message as a sentence; a name that it begins with keeps its form."""
    first = message.split(" ", 1)[0]
    return f"{message[:1].upper() if first.isalpha() else message[:1]}{message[1:].rstrip('.')}."


def origin_in_words(source: str, published: str | None) -> str:
    """Publisher and day, as a reader is shown them."""
    return ", ".join(part for part in (source, day_in_words(published)) if part)


def host_of_link(url: str) -> str | None:
    """The host of an address that may become a link; None where it is no plain http(s) address."""
    try:
        parts = urlsplit(url) if _ADDRESS.fullmatch(url) else None
        host = parts.hostname if parts and "@" not in parts.netloc else None
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def scope_in_words(scope: Scope) -> str:
    """What a question was limited to, as a reader is shown it; "" where it was not."""
    days = (("as of", scope.as_of), ("from", scope.date_from), ("to", scope.date_to))
    parts = [f"{word} {day_in_words(day.isoformat())}" for word, day in days if day]
    if scope.sources:
        parts.append(f"only {', '.join(scope.sources)}")
    return " · ".join(parts)


def _short(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"
