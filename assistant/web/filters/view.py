"""The filters that are set, as chips that take them off again, and in words below an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from assistant.errors import UsageError
from assistant.render.json import dumps
from assistant.render.text import sentence
from assistant.settings import EXTRACTIVE
from assistant.web.filters.form import AS_OF, FROM, MODEL, SOURCE, TO, Filters, to_address
from assistant.web.html import button, element, nonce
from ingest.language.dates.words import day_in_words


def bar_view() -> Markup:
    """The button that opens the filters, and room for a chip for each that is set and for what is wrong with them.

    ``static/filters/filters.js`` fills it from what :func:`state_view` tells. Gradio makes markup that it gets anew by
    turning the elements that stand there into the others, one by one: a chip that is being pressed would become that
    of another filter, and a click would be lost.
    """
    opener = button("Filters", action="filters", class_="quiet filters", aria_controls="filters", aria_expanded="false")
    chips = element("ul", class_="chips", aria_label="Filters that are set", hidden=True)
    return element(
        "div", opener, chips, element("p", class_="filter-problem", role="alert", dir="auto"), class_="filter-bar"
    )


def state_view(
    filters: Filters, *, default: Filters, problems: Sequence[UsageError] = (), settled: bool = True
) -> Markup:
    """What the bar is to show, for the page's own script.

    Args:
        default: what the page begins with.
        problems: what is wrong with the fields.
        settled: whether the page's address is to follow; not before what it says has been read.
    """
    chips = [{"field": field, "value": value, "label": label} for field, value, label in _set(filters)]
    return element(
        "span",
        hidden=True,
        data_chips=dumps(chips),
        data_problem=sentence(str(problems[0])) if problems else None,
        data_query=to_address(filters, default) if settled else None,
        data_nonce=nonce(),
    )


def _set(filters: Filters) -> Iterator[tuple[str, str, str]]:
    """Each filter that is set: its field, its value, and its words on a chip."""
    scope = filters.scope
    days = ((FROM, "From", scope.date_from), (TO, "To", scope.date_to), (AS_OF, "As of", scope.as_of))
    for field, word, day in days:
        if day is not None:
            yield field, day.isoformat(), f"{word} {day_in_words(day.isoformat())}"
    for name in scope.sources:
        yield SOURCE, name, name
    if filters.model:
        yield MODEL, filters.model, model_label(filters.model)


def model_label(name: str) -> str:
    """What a model is called on the page."""
    return "Quoted sentences, no model" if name == EXTRACTIVE else name


def model_view(name: str) -> Markup:
    """Who writes the answers."""
    if name == EXTRACTIVE:
        return element("p", "Answers are quoted sentences; no model writes them")
    return element("p", "Answers are written by ", element("bdi", name))
