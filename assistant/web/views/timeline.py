"""What an answer tells, in the order in which it happened: a dated list."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assistant.types import Citation, TimelineEntry
from assistant.web.html import element
from assistant.web.views.citation import cite_button
from ingest.language.dates.words import day_in_words


def timeline_view(entry: int, timeline: Sequence[TimelineEntry], citations: Sequence[Citation]) -> Markup | None:
    """The timeline of an answer, or None where it has none."""
    if not timeline:
        return None
    numbers = {citation.number: cite_button(citation, entry, citations) for citation in citations}
    steps = [element("li", _step(step, numbers.get(step.citation))) for step in timeline]
    return element(
        "details",
        element("summary", element("h3", "Timeline"), element("span", f"{len(steps)} steps", class_="count")),
        element("ol", steps, class_="timeline"),
        class_="view",
        open=True,  # only an answer to a question that asks for it has one
    )


def _step(step: TimelineEntry, number: Markup | None) -> list[Markup]:
    said = element("p", "Said by ", element("bdi", step.speaker), class_="origin") if step.speaker else None
    reported = None if step.dated_by_text else element("span", "reported", class_="origin")
    parts = [
        element("p", element("time", day_in_words(step.date), datetime=step.date), reported, class_="when"),
        element("p", step.text, number, dir="auto"),
    ]
    return [*parts, said] if said else parts
