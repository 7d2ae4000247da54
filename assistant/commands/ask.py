"""``assistant ask``: one question, its answer on standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from assistant.commands.opening import store_to_ask
from assistant.commands.terminal import printable, report
from assistant.pipeline.assistant import Assistant
from assistant.render.base import view_of
from assistant.render.json import JsonView
from assistant.render.text import TextView, answer_lines
from assistant.settings import load
from assistant.types import Answer, AnswerReady, Event, Notice, TextDelta
from vectorstore.retrieval.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class AskOptions:
    """The options of the command, as its help says them."""

    question: str
    store: Path | None
    model: str | None
    scope: Scope
    fallback: bool | None
    view: str | None
    as_json: bool


def run(options: AskOptions) -> None:
    """Answer the question and print the answer as a view renders it."""
    view = JsonView() if options.as_json else view_of(options.view) if options.view else None
    settings = load(store=options.store, model=options.model)
    with store_to_ask(settings) as store:
        assistant = Assistant.open(store, fallback=options.fallback, settings=settings)
        if view is None and sys.stdout.isatty():
            _live(assistant.stream(options.question, scope=options.scope))
            return
        rendered = (view or TextView()).render(assistant.ask(options.question, scope=options.scope))
        # JSON is read by programs, which get every character.
        click.echo(rendered if isinstance(view, JsonView) else printable(rendered))


def _live(events: Iterable[Event]) -> None:
    streamed = ""
    for event in events:
        if isinstance(event, TextDelta):
            streamed += event.text
            click.echo(printable(event.text), nl=False)
        elif isinstance(event, Notice):
            streamed = "" if event.restart else streamed
            report(f"\n{event.text}")
        elif isinstance(event, AnswerReady):
            click.echo("\n" if streamed else "", nl=False)
            _print(event.answer, streamed=streamed)


def _print(answer: Answer, *, streamed: str) -> None:
    seen = answer.text.strip() == streamed.strip()
    # What was said on the way is not said again.
    for line in answer_lines(answer, with_text=not seen, with_notices=not seen):
        click.echo(printable(line))
