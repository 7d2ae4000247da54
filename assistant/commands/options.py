"""Options that several commands share. Imports click and nothing heavier, as ``assistant.cli`` does."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from vectorstore.retrieval.scope import Scope

Command = Callable[..., Any]


class _Day(click.ParamType):  # type: ignore[type-arg]  # not generic in the oldest click that will do
    """A day, written as 2015-04-30."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The day; fails as click's own type of moments does."""
        return click.DateTime(formats=["%Y-%m-%d"]).convert(value, param, ctx).date()


DAY = _Day()
FILE = click.Path(path_type=Path)

STORE = click.option("--store", type=FILE, help="Folder of the store (default: your data folder).")
MODEL = click.option("--model", help="extractive, openai:NAME, or any name LangChain's init_chat_model knows.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")
AS_OF = click.option("--as-of", type=DAY, metavar="DATE", help="The day on which the question stands (default: today).")


def scope(as_of: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """The options that limit what may be looked at, as the argument ``scope``; ``as_of`` is the option of the day."""
    day = functools.partial(click.option, type=DAY, metavar="DATE")
    options = (
        as_of,
        day("--from", "date_from", help="Only articles of this day and later."),
        day("--to", "date_to", help="Only articles of this day and earlier."),
        click.option(
            "--source", "sources", multiple=True, metavar="NAME", help="Only this publisher; may be repeated."
        ),
    )

    def limited(command: Command) -> Command:
        @functools.wraps(command)
        def with_scope(**given: Any) -> Any:
            fields = {name: given.pop(name) for name in ("as_of", "date_from", "date_to", "sources")}
            return command(scope=Scope(**fields), **given)

        for option in reversed(options):
            option(with_scope)
        return with_scope

    return limited
