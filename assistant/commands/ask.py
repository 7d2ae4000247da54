"""``assistant ask``: one question, its answer on standard output."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

import click

from assistant.answer import Answer, AnswerReady, Notice, TextDelta
from assistant.chain import Assistant
from assistant.commands.opening import report, settings_for, store_to_ask
from assistant.present import answer_lines


def run(
    question: str,
    *,
    store: Path | None,
    model: str | None,
    as_of: dt.datetime | None,
    date_from: dt.datetime | None,
    date_to: dt.datetime | None,
    sources: tuple[str, ...],
    fallback: bool | None,
    as_json: bool,
) -> None:
    """Answer ``question`` and print the answer, or its JSON object."""
    settings = settings_for(store, model)
    with store_to_ask(settings) as opened:
        assistant = Assistant.open(opened, fallback=fallback, settings=settings)
        options: dict[str, Any] = {
            "as_of": as_of.date() if as_of else None,
            "date_from": date_from.date() if date_from else None,
            "date_to": date_to.date() if date_to else None,
            "sources": sources,
        }
        if as_json:
            click.echo(json.dumps(assistant.ask(question, **options).to_dict(), ensure_ascii=False))
        elif sys.stdout.isatty():
            _live(assistant, question, options)
        else:
            _print(assistant.ask(question, **options), streamed="")


def _live(assistant: Assistant, question: str, options: dict[str, Any]) -> None:
    streamed = ""
    for event in assistant.stream(question, **options):
        if isinstance(event, TextDelta):
            streamed += event.text
            click.echo(inert(event.text), nl=False)
        elif isinstance(event, Notice):
            streamed = "" if event.restart else streamed
            report(f"\n{event.text}")
        elif isinstance(event, AnswerReady):
            click.echo("\n" if streamed else "", nl=False)
            _print(event.answer, streamed=streamed)


def _print(answer: Answer, *, streamed: str) -> None:
    for line in answer_lines(answer, with_text=answer.text.strip() != streamed.strip()):
        click.echo(inert(line))


def inert(text: str) -> str:
    """Text without control characters, which could drive the terminal."""
    return "".join(c if c.isprintable() or c in "\n\t" else "�" for c in text)
