"""A question while it is being answered: what has come so far, and what is being done."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from markupsafe import Markup

from assistant.render.text import counted
from assistant.types import Answer, AnswerReady, Citation, Event, Notice, PassagesFound, TextDelta
from assistant.web.html import element
from assistant.web.views.answer import question_view, standalone_view, words
from assistant.web.views.cards import cards_view
from assistant.web.views.entry import Entry
from assistant.web.views.sources import sources_view
from vectorstore.archive.passage import Passage
from vectorstore.retrieval.scope import EVERYTHING, Scope


@dataclass(slots=True, kw_only=True)
class Live:
    """The entry in the making. :meth:`take` events; what is shown follows from them."""

    number: int
    question: str
    scope: Scope = EVERYTHING
    answer: Answer | None = None
    began: float = field(default_factory=time.monotonic)
    _standalone: str = ""
    _text: str = ""
    _citations: list[Citation] = field(default_factory=list)
    _notices: list[str] = field(default_factory=list)
    _passages: tuple[Passage, ...] = ()
    _found: str = ""

    def take(self, events: Iterable[Event]) -> bool:
        """Take the next events; returns whether the sources have changed."""
        changed = False
        for event in events:
            if isinstance(event, PassagesFound):
                self._found_passages(event)
                changed = True
            elif isinstance(event, TextDelta):
                self._text += event.text
                self._citations += event.citations
                changed = changed or bool(event.citations)
            elif isinstance(event, Notice):
                self._notices.append(event.text)
                if event.restart:
                    self._text, self._citations = "", []
                    changed = True
            elif isinstance(event, AnswerReady):
                self.answer = event.answer
        return changed

    def _found_passages(self, event: PassagesFound) -> None:
        self._standalone = event.standalone_question
        self._passages = event.passages
        self._found = f"{counted(len(event.passages), 'passage')} from {counted(event.articles, 'article')}"

    def entry(self, trouble: str = "") -> Entry:
        """What has become of the question, finished or not."""
        return Entry(
            number=self.number,
            question=self.question,
            scope=self.scope,
            answer=self.answer,
            trouble=trouble,
            partial=self._text.strip(),
            citations=tuple(self._citations),
            passages=self._passages,
        )

    def waited(self) -> int:
        """Seconds since it was asked."""
        return int(time.monotonic() - self.began)

    def view(self, waited: int = 0) -> Markup:
        """The entry as it stands.

        Args:
            waited: seconds that had passed when the page began to show it, which counts on from there.
        """
        return element(
            "article",
            question_view(self.number, self.question),
            element("div", self._so_far()),  # so that the status, and its clock, stays the same element
            element("footer", self._status(waited)),
            class_="entry live",
            aria_busy="true",
            aria_labelledby=f"question-{self.number}",
        )

    def _so_far(self) -> list[Markup]:
        parts = [
            standalone_view(self.question, self._standalone),
            *(element("p", notice, class_="notice", dir="auto") for notice in self._notices),
            words(self._text, self._citations, entry=self.number) if self._text else None,
            cards_view(self.number, self._citations),
        ]
        return [part for part in parts if part is not None]

    def _status(self, waited: int) -> Markup:
        doing = "Writing…" if self._text else "Reading…" if self._found else "Searching…"
        return element(
            "p",
            element("span", class_="pulse", aria_hidden="true"),
            element("span", f"{self._found} · {doing}" if self._found else doing, role="status"),
            element("span", class_="clock", aria_hidden="true", style=f"--waited: {waited}s" if waited else None),
            class_="doing",
        )

    def sources(self) -> Markup:
        """What was found and cited so far."""
        return sources_view(self.number, self.question, self._citations, self._passages, live=True)
