"""``assistant ask``: one question, its answer on standard output."""

from __future__ import annotations

import datetime as dt
import sys
import unicodedata
from pathlib import Path
from typing import Any

import click

from assistant.commands.opening import report, settings_for, store_to_ask
from assistant.pipeline.assistant import Assistant
from assistant.render.json import JsonView
from assistant.render.text import answer_lines
from assistant.types import Answer, AnswerReady, Notice, TextDelta

#: Persian and Indic words and many emoji are spelled with them.
_JOINERS = "\u200c\u200d"


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
            click.echo(JsonView().render(assistant.ask(question, **options)))
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
    seen = answer.text.strip() == streamed.strip()
    # What was said on the way is not said again.
    for line in answer_lines(answer, with_text=not seen, with_notices=not seen):
        click.echo(inert(line))


def inert(text: str) -> str:
    """Text without what could drive the terminal or turn the direction of its text; what is not seen is left out."""
    return "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character.isprintable() or character in "\n\t":
        return character
    if character.isspace():
        return " "
    if unicodedata.category(character) == "Cf":
        return character if character in _JOINERS else ""
    return "�"
