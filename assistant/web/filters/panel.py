"""The fields of the filters, the bar that shows which are set, and what happens when one changes.

Invariant: the fields, the bar and the page's address say the same, whichever of them was changed.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from typing import Any, TypeAlias

import gradio as gr

from assistant.render.text import sentence
from assistant.web.components import EACH, PRIVATE, Updates, html
from assistant.web.filters.form import FilterForm, Filters, Offered, of_address, read_usable
from assistant.web.filters.view import bar_view, model_label, model_view, state_view
from assistant.web.html import message_view

#: What stands in the page's components.
Values: TypeAlias = dict[Any, Any]

#: Tells of clicks on chips; ``static/filters/filters.js``, which has noted them before, changes the fields.
_FORWARD = """
element.addEventListener('click', (click) => {
  if (click.target.closest('button[data-action=unset]')) trigger('unset');
});
"""


class FilterPanel:
    """The components; made inside the page's ``gr.Blocks``.

    Args:
        default: what every page begins with.
        offered: what can be chosen, asked anew each time; it may wait for the archive.
    """

    def __init__(self, default: Filters, offered: Callable[[], Offered]) -> None:
        self._default = default
        self._offered = offered

    def lay_out(self) -> None:
        """The fields, which lie closed until they are wanted."""
        offered = self._offered()
        self._listed = offered.publishers
        with gr.Column(elem_id="filters", min_width=0), gr.Row(elem_id="filter-fields"):
            self.date_from = _day("From", "date-from", None)
            self.date_to = _day("To", "date-to", None)
            as_of = self._default.scope.as_of
            self.as_of = _day("As of", "as-of", as_of.isoformat() if as_of else None)
            self.sources = gr.Dropdown(
                _choices(offered),
                value=[],
                multiselect=True,
                label="Publishers",
                elem_id="publishers",
                min_width=0,
            )
            self.model = gr.Dropdown(
                [(model_label(name), name) for name in offered.models],
                value=offered.models[0],
                label="Answers by",
                filterable=False,
                visible=len(offered.models) > 1,
                elem_id="answers-by",
                min_width=0,
            )
        # In the order of ``assistant.web.filters.form.PARAMETERS``, which ``static/filters/filters.js`` has too.
        self._ordered: list[Any] = [self.as_of, self.date_from, self.date_to, self.sources, self.model]
        self.fields: set[Any] = set(self._ordered)

    def lay_out_bar(self) -> None:
        """The bar, which is always there."""
        with gr.Row(elem_id="below-question"):
            self.bar = html(bar_view(), "filter-bar", js_on_load=_FORWARD)
            self.state = html(state_view(self._default, default=self._default, settled=False), "filters-set")
            self.written_by = html(model_view(self._offered().models[0]), "model")

    def wire(self, said: Any) -> None:
        """Connect the events; ``said`` is where the page says what could not be done."""
        shown = [self.state, self.written_by]
        # One event for all of them: were there one for each, an older reply could overtake a newer one.
        changes = [field.change for field in self._ordered]
        gr.on(changes, self._changed, self.fields, shown, trigger_mode="always_last", **PRIVATE)
        # Without the server: a reader may click chips faster than it answers, and each click counts.
        usual = json.dumps(self._offered().models[0])
        take_off = f"(...values) => window.takeOffFilters(values, {usual})"
        self.bar.unset(None, self._ordered, self._ordered, js=take_off, **EACH)
        self.outputs = [*self.fields, *shown, said]
        self._said = said

    def given(self, values: Values) -> FilterForm:
        """What stands in the fields."""
        return FilterForm(*(values[field] for field in self._ordered))

    async def publishers(self) -> Updates:
        """The choice of publishers as the archive has them now."""
        offered = await asyncio.to_thread(self._offered)
        return {self.sources: gr.update(choices=_choices(offered))}

    # -- handlers -------------------------------------------------------------------------------------------------

    async def arrived(self, values: Values, request: gr.Request) -> AsyncGenerator[Updates, None]:
        """A page was opened: its fields take what its address names; what of that is of no use is said."""
        offered = await asyncio.to_thread(self._offered)
        if offered.publishers != self._listed:
            yield {self.sources: gr.update(choices=_choices(offered))}  # by itself: with a value the value may get lost
        named = of_address(_parameters(request), self._default)
        filters, problems = read_usable(named or self.given(values), offered)
        updates = self._shown(filters, offered)
        unchanged: Updates = {self._said: gr.skip()}  # what is yielded last is sent twice, the second time too late
        if named is None:
            yield updates
            yield unchanged
            return
        scope = filters.scope
        updates |= {
            self.as_of: scope.as_of.isoformat() if scope.as_of else None,
            self.date_from: scope.date_from.isoformat() if scope.date_from else None,
            self.date_to: scope.date_to.isoformat() if scope.date_to else None,
            self.sources: list(scope.sources),
            self.model: filters.model or offered.models[0],
        }
        if problems:
            updates[self._said] = str(message_view(f"Of this link: {sentence(str(problems[0]))}", alert=True))
        yield updates
        yield unchanged

    async def _changed(self, values: Values) -> Updates:
        offered = await asyncio.to_thread(self._offered)
        filters, problems = read_usable(self.given(values), offered)
        updates = self._shown(filters, offered)
        return updates | {self.state: str(state_view(filters, default=self._default, problems=problems))}

    def _shown(self, filters: Filters, offered: Offered) -> Updates:
        return {
            self.state: str(state_view(filters, default=self._default)),
            self.written_by: str(model_view(filters.model or offered.models[0])),
        }


def _choices(offered: Offered) -> list[str]:
    return sorted(offered.publishers, key=str.casefold)


def _day(label: str, name: str, value: str | None) -> gr.DateTime:
    return gr.DateTime(value=value, label=label, include_time=False, type="string", elem_id=name, min_width=0)


def _parameters(request: gr.Request) -> list[tuple[str, str]]:
    """The parameters of the page's address, repeated ones too."""
    found = request.query_params
    pairs = found.multi_items() if hasattr(found, "multi_items") else dict(found).items()
    return [(str(name), str(value)) for name, value in pairs]
