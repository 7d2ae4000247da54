"""The archive's view in the page: Gradio components over :mod:`assistant.web.archive.adding` and the list.

Invariant: where the archive is read-only there is no handler that could change it, whatever a client sends.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from concurrent.futures import Future
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import gradio as gr
from markupsafe import Markup

from assistant.errors import UsageError
from assistant.web.archive.adding import MOST_SOURCES, Additions, Job, OpenStore
from assistant.web.archive.state import ALL, Looking
from assistant.web.archive.view import (
    PAGE,
    READ_ONLY_NOTE,
    SAMPLES_NOTE,
    Shown,
    holdings_view,
    job_view,
    list_view,
    refusal_view,
)
from assistant.web.auth.visitor import visitor_of
from assistant.web.components import EACH, PRIVATE, Updates, field_of, html
from assistant.web.security.uploads import Quota
from assistant.web.static_files import static
from ingest.errors import AssistantError
from ingest.workers.limits import Allowance
from ingest.workers.pool import Pool
from vectorstore.archive.listing import Holdings, Order, holdings, list_articles
from vectorstore.store import Store

#: Seconds between two looks at how far an addition has come.
_INTERVAL = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What visitors may do to the archive.

    Attributes:
        read_only: nothing; the list is shown.
        upload_limit: MB of the largest file or page that is taken.
        reading: how many processes read what is added, and what each document may take.
        own: opens the store that additions go to where the one that is asked is not the visitor's own (the samples).
    """

    read_only: bool = False
    upload_limit: int = 20
    reading: tuple[int | None, Allowance] = (None, Allowance())
    own: OpenStore | None = None

    @property
    def quota(self) -> Quota:
        """Uploads that may wait to be added: ten of the largest files of one visitor, fifty of all."""
        largest = self.upload_limit * 1_000_000
        return Quota(visitor=10 * largest, everybody=50 * largest)

    @property
    def removable(self) -> bool:
        """Whether articles of the shown store can be removed."""
        return not self.read_only and self.own is None

    @property
    def note(self) -> str:
        """What a visitor should know, or ""."""
        return READ_ONLY_NOTE if self.read_only else SAMPLES_NOTE if self.own else ""


class ArchiveTab:
    """The components; made inside the page's ``gr.Blocks``."""

    def __init__(self, store: Store, access: Access) -> None:
        self._store = store
        self._access = access
        self.additions = Additions(
            access.own or (lambda: nullcontext(store)),
            max_bytes=access.upload_limit * 1_000_000,
            pool=Pool(*access.reading),
        )
        self.looking = gr.State(Looking())
        #: Events after which the archive may hold something else.
        self.changes: list[Any] = []
        with gr.Column(elem_id="archive-view", min_width=0):
            self.figures = html(Markup(), "archive-figures")
            if not access.read_only:
                self._lay_out_adding()
            with gr.Row(elem_id="archive-filter"):
                self.words = gr.Textbox(label="Search titles and publishers", lines=1, max_length=200, min_width=0)
                self.source = gr.Dropdown([("All publishers", ALL)], value=ALL, label="Publisher", min_width=0)
                self.order = gr.Dropdown(
                    [(order.value.capitalize(), order.value) for order in Order],
                    value=Order.LATEST.value,
                    label="Order",
                    filterable=False,
                    min_width=0,
                )
            self.list = html(Markup(), "archive-list", js_on_load=static("archive/list.js"))
        self._wire()

    def _lay_out_adding(self) -> None:
        empty = self._access.own is not None or not self._store.counts()[0]
        with gr.Accordion("Add articles", open=empty, elem_id="archive-adding"), gr.Row(elem_id="archive-add"):
            self.files = gr.File(
                label=f"Add files: up to {MOST_SOURCES}, each up to {self._access.upload_limit} MB",
                file_count="multiple",
                height=150,
                elem_id="archive-files",
                min_width=0,
            )
            with gr.Column(min_width=0):
                self.addresses = gr.Textbox(
                    label="Add web pages and feeds",
                    placeholder="https://… one address a line",
                    lines=3,
                    max_lines=3,
                    max_length=20_000,
                )
                self.add = gr.Button("Add to the archive", elem_id="archive-add-button", size="sm")
        self.progress = html(Markup(), "archive-progress", js_on_load=static("archive/list.js"))

    def _wire(self) -> None:
        filters: list[Any] = [self.words, self.source, self.order]
        looking = [self.looking]
        whole = [self.figures, self.source, self.list, self.looking]
        listed = [self.list, self.looking]
        self.list.open(self._open, looking, whole, **EACH)
        self.list.turn(self._turn, looking, listed, **EACH)
        # One event for all of them: were there one for each, what one says could be older than what another said.
        changes = [component.change for component in filters]
        gr.on(changes, self._filter, [*filters, self.looking], listed, trigger_mode="always_last", **PRIVATE)
        if self._access.removable:
            self.list.sure(self._sure, looking, listed, **EACH)
            self.list.keep(self._keep, looking, listed, **EACH)
            self.changes.append(self.list.remove(self._remove, looking, whole, **EACH))
        if not self._access.read_only:
            given = [self.files, self.addresses, self.looking]
            shown = [self.progress, self.files, self.addresses, self.add, *whole]
            self.changes.append(self.add.click(self._add, given, shown, concurrency_limit=None, **PRIVATE))
            self.changes.append(self.list.open(self._resume, looking, shown, concurrency_limit=None, **EACH))
            self.progress.stop(self._stop, [self.looking], None, queue=False, **PRIVATE)

    def close(self) -> None:
        """End what is being added."""
        self.additions.close()

    # -- looking --------------------------------------------------------------------------------------------------

    async def _open(self, looking: Looking) -> Updates:
        return await self._whole(looking)

    async def _filter(self, words: str, source: str, order: str, looking: Looking) -> Updates:
        looking.words, looking.source, looking.order = words or "", source or ALL, Order(order or Order.LATEST)
        looking.offset, looking.asked, looking.said = 0, "", ""
        return await self._listed(looking)

    async def _turn(self, looking: Looking, event: gr.EventData) -> Updates:
        offset = field_of(event, "value")
        if not looking.is_latest(event):
            return {self.looking: looking}
        looking.offset = int(offset) if offset.isdecimal() and len(offset) < 10 else 0
        looking.asked, looking.said = "", ""
        return await self._listed(looking)

    async def _listed(self, looking: Looking) -> Updates:
        looking.listings += 1
        reading = looking.listings
        page = await asyncio.to_thread(
            list_articles,
            self._store.archive,
            words=looking.words,
            source=looking.source or None,
            order=looking.order,
            offset=looking.offset,
            limit=PAGE,
        )
        if looking.listings != reading:
            return {self.looking: looking}  # the list that is being read by now shows it
        looking.offset = page.offset
        shown = Shown(
            page=page,
            searched=bool(looking.words.strip() or looking.source),
            removable=self._access.removable,
            asked=looking.asked,
            said=looking.said,
        )
        return {self.list: str(list_view(shown)), self.looking: looking}

    async def _whole(self, looking: Looking) -> Updates:
        held, size = await asyncio.to_thread(self._look_over)
        # The choice stays the visitor's, who may be choosing: it is touched only where it is none any more.
        chosen: dict[str, Any] = {}
        if looking.source and looking.source not in held.publishers:
            looking.source = chosen["value"] = ALL
        choices = [("All publishers", ALL), *((name, name) for name in held.publishers)]
        return {
            **await self._listed(looking),
            self.figures: str(holdings_view(held, size, self._access.note)),
            self.source: gr.update(choices=choices, **chosen),
        }

    def _look_over(self) -> tuple[Holdings, int]:
        size = sum(file.stat().st_size for file in self._store.path.rglob("*") if file.is_file())
        return holdings(self._store.archive), size

    # -- removing -------------------------------------------------------------------------------------------------

    async def _sure(self, looking: Looking, event: gr.EventData) -> Updates:
        looking.removable.add(field_of(event, "value"))
        if not looking.is_latest(event):
            return {self.looking: looking}
        looking.asked, looking.said = field_of(event, "value"), ""
        return await self._listed(looking)

    async def _keep(self, looking: Looking, event: gr.EventData) -> Updates:
        looking.removable.discard(field_of(event, "value"))
        if not looking.is_latest(event):
            return {self.looking: looking}
        looking.asked, looking.said = "", ""
        return await self._listed(looking)

    async def _remove(self, looking: Looking, event: gr.EventData) -> Updates:
        article_id = field_of(event, "value")
        if article_id not in looking.removable:
            return {self.looking: looking}
        looking.removable.discard(article_id)
        if looking.asked == article_id:
            looking.asked = ""
        try:
            unknown = await asyncio.to_thread(self._store.remove, [article_id])
            looking.said = "Somebody else has removed it already." if unknown else "The article is removed."
        except AssistantError as error:
            looking.said = f"It is not removed: {error}."
        return await self._whole(looking)

    # -- adding ---------------------------------------------------------------------------------------------------

    async def _add(
        self, files: Sequence[str] | None, addresses: str, looking: Looking, request: gr.Request
    ) -> AsyncGenerator[Updates, None]:
        try:
            job, future = self.additions.start(files or (), addresses or "", _giver(request))
        except UsageError as error:
            yield {self.progress: str(refusal_view(f"{error.what[:1].upper()}{error.what[1:]}; {error.remedy}."))}
            return
        yield {self.files: None, self.addresses: ""}
        async for updates in self._follow(job, future, looking):
            yield updates

    async def _resume(self, looking: Looking, request: gr.Request) -> AsyncGenerator[Updates, None]:
        """The archive was opened: what its visitor gave goes on where the page was reloaded, and on another one."""
        given = self.additions.given_by(_giver(request))
        if given is None or given[0] is looking.job:
            yield {self.looking: looking}
            return
        async for updates in self._follow(*given, looking):
            yield updates

    async def _follow(self, job: Job, future: Future[None], looking: Looking) -> AsyncGenerator[Updates, None]:
        """Show how far a job has come until it is over, or the page follows a later one."""
        looking.job = job
        waiting = asyncio.wrap_future(future)
        yield {self.add: gr.update(interactive=waiting.done()), self.looking: looking}
        while not waiting.done() and looking.job is job:
            # The button each time: of two updates that a page takes at once only the later is sure to be shown.
            yield {self.progress: str(job_view(job, running=True)), self.add: gr.update(interactive=False)}
            await asyncio.wait({waiting}, timeout=_INTERVAL)
        if looking.job is job:
            note = SAMPLES_NOTE if self._access.own else ""
            yield {
                self.progress: str(job_view(job, running=False, note=note)),
                self.add: gr.update(interactive=True),
                **await self._whole(looking),
            }
        yield {self.looking: looking}  # what is yielded last is sent twice: the list may be another by then
        if waiting.done():
            waiting.result()

    async def _stop(self, looking: Looking) -> None:
        if looking.job is not None:
            looking.job.stop()


def _giver(request: gr.Request) -> str:
    """Who a job is told about: a browser or a name that was logged in with; without a cookie, the page alone."""
    visitor = visitor_of(request)
    return visitor.user or f"page:{visitor.session}"
