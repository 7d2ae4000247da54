"""The filters that are set, as chips that take them off again, and in words below an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from assistant.errors import UsageError
from assistant.render.text import sentence
from assistant.settings import EXTRACTIVE
from assistant.web.filters.form import AS_OF, FROM, MODEL, SOURCE, TO, Filters, to_address
from assistant.web.html import button, element, nonce
from ingest.language.dates.words import day_in_words


def bar_view(
    filters: Filters, *, default: Filters, problems: Sequence[UsageError] = (), settled: bool = True
) -> Markup:
    """The button that opens the filters, and a chip for each that is set.

    Args:
        default: what the page begins with.
        problems: what is wrong with the fields.
        settled: whether the page's address is to follow; not before what it says has been read.
    """
    chips = [
        element(
            "li",
            button(
                element("bdi", label),
                action="unset",
                value=value,
                class_="chip",
                aria_label=f"Remove the filter: {label}",
                data_field=field,
            ),
        )
        for field, value, label in _set(filters)
    ]
    opener = button("Filters", action="filters", class_="quiet filters", aria_controls="filters", aria_expanded="false")
    return element(
        "div",
        opener,
        element("ul", chips, class_="chips", aria_label="Filters that are set") if chips else None,
        element("p", sentence(str(problems[0])), class_="filter-problem", role="alert", dir="auto")
        if problems
        else None,
        class_="filter-bar",
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
