"""One question and its answer as markup: the words with their numbers, what is doubtful, and what can be done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from assistant.answerers.extractive.answerer import NEAREST, QUOTED
from assistant.render.text import (
    STOPPED,
    VERDICTS,
    copied_text,
    counted,
    origin_in_words,
    reason_in_words,
    scope_in_words,
    searched_in_words,
)
from assistant.settings import EXTRACTIVE
from assistant.types import Abstention, Answer, Citation, NearestArticle, Support
from assistant.web.html import button, element, join
from assistant.web.reader.address import address_in_reader
from assistant.web.views.accounts import accounts_view
from assistant.web.views.cards import cards_view
from assistant.web.views.citation import cite_button
from assistant.web.views.entry import Entry
from assistant.web.views.feedback import feedback_view
from assistant.web.views.statement_spans import Claim, locate, marks
from assistant.web.views.timeline import timeline_view

_BULLET = re.compile(r"[ \t]*[-*•][ \t]+")
_FOLLOWING_MARKS = re.compile(r"(?:[ \t\u00a0\u202f]*\[\d{1,4}\])*")
_STOP = re.compile(r"[.,;:!?…]+[”’»\"')]*")


def entry_view(entry: Entry, *, last: bool, editing: bool = False) -> Markup:
    """A finished entry. The last one can be asked again or in other words."""
    return element(
        "article",
        question_view(entry.number, entry.question),
        _standalone(entry),
        _body(entry),
        _foot(entry, last=last, editing=editing),
        class_="entry is-edited" if editing else "entry",
        id=f"entry-{entry.number}",
        aria_labelledby=f"question-{entry.number}",
    )


def question_view(number: int, question: str) -> Markup:
    """The question as the heading of its entry."""
    return element("h2", question, class_="question", id=f"question-{number}", dir="auto")


def _standalone(entry: Entry) -> Markup | None:
    if entry.answer is None:
        return None
    return standalone_view(entry.question, entry.answer.standalone_question)


def standalone_view(question: str, standalone: str) -> Markup | None:
    """How a follow-up was read, where that differs from how it was put."""
    if not standalone or " ".join(standalone.split()) == " ".join(question.split()):
        return None
    return element("p", "Read as: ", element("bdi", standalone), class_="standalone")


def _body(entry: Entry) -> Markup:
    answer = entry.answer
    if entry.trouble:
        return element("p", entry.trouble, class_="trouble", role="alert", dir="auto")
    if answer is None:
        return join(
            [
                words(entry.partial, entry.citations, entry=entry.number),
                cards_view(entry.number, entry.citations) or "",
                element("p", STOPPED, class_="caveat"),
            ]
        )
    notices = [element("p", notice, class_="notice", dir="auto") for notice in answer.notices]
    if answer.abstention is not None:
        return join([*notices, _abstention(answer, answer.abstention)])
    claims = locate(answer.text, answer.statements, len(answer.citations))
    text = words(answer.text, answer.citations, entry=entry.number, claims=claims)
    number, citations = entry.number, answer.citations
    below = (
        timeline_view(number, answer.timeline, citations),
        accounts_view(number, answer.accounts, citations),
        cards_view(number, citations),
    )
    return join([*notices, text, *_caveats(answer, claims), *(view for view in below if view is not None)])


def words(text: str, citations: Sequence[Citation], *, entry: int, claims: Sequence[Claim] = ()) -> Markup:
    """An answer's text: paragraphs and lists, display marks as buttons, doubtful claims marked.

    Only line breaks, list dashes and the line that says that sentences are quoted are read as form; everything else is
    shown as it is written.
    """
    quoted = text.startswith((QUOTED, NEAREST))
    blocks: list[Markup] = []
    items: list[Markup] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        bullet = _BULLET.match(line)
        if not bullet and items:
            blocks.append(element("ul", items))
            items = []
        if line.strip():
            first = start + (bullet.end() if bullet else 0)
            run = _Line(text, citations, entry).render(first, end, claims)
            if quoted and not blocks:
                blocks.append(element("p", run, class_="kind"))
            elif bullet:
                items.append(element("li", run, dir="auto"))
            else:
                blocks.append(element("p", run, dir="auto"))
        start = end + 1
    if items:
        blocks.append(element("ul", items))
    return element("div", blocks, class_="words quoted" if quoted else "words")


class _Line:
    """Renders stretches of one line of an answer."""

    def __init__(self, text: str, citations: Sequence[Citation], entry: int) -> None:
        self._text = text
        self._citations = citations
        self._entry = entry

    def render(self, start: int, end: int, claims: Sequence[Claim]) -> Markup:
        pieces: list[Markup] = []
        for claim in claims:
            span, support = claim.span, claim.statement.support
            if support is Support.SUPPORTED or not start <= span.start < span.end <= end:
                continue
            following = _FOLLOWING_MARKS.match(self._text, span.end, end)
            behind = following.end() if following else span.end
            pieces += [
                self._run(start, span.start),
                element("span", self._run(span.start, span.end), class_=f"claim {support.value}"),
                self._run(span.end, behind),
                _flag(claim),
            ]
            start = behind
        return join([*pieces, self._run(start, end)])

    def _run(self, start: int, end: int) -> Markup:
        pieces: list[str] = []
        numbers: list[Markup] = []
        text = self._text[start:end]
        at = 0
        for mark in marks(text, len(self._citations)):
            if text[at : mark.span.start]:
                at = self._place(pieces, numbers, text, at)
                pieces.append(text[at : mark.span.start])
            numbers.append(cite_button(self._citations[mark.number - 1], self._entry, self._citations))
            at = mark.span.end
        at = self._place(pieces, numbers, text, at)
        return join([*pieces, text[at:]])

    @staticmethod
    def _place(pieces: list[str], numbers: list[Markup], text: str, at: int) -> int:
        """Put the numbers of adjoining marks behind the stop or comma that follows them; returns what is placed."""
        stop = _STOP.match(text, at) if numbers else None
        pieces += [stop[0] if stop else "", *numbers]
        numbers.clear()
        return stop.end() if stop else at


def _flag(claim: Claim) -> Markup:
    verdict = VERDICTS[claim.statement.support]
    said = f"{verdict}: {claim.statement.reason or 'the cited sentences do not bear this out'}"
    return element(
        "span",
        element(
            "button",
            verdict.lower(),
            type="button",
            class_=f"flag {claim.statement.support.value}",
            aria_label=said,
        ),
        element("span", said, class_="tip", role="tooltip", dir="auto"),
        class_="flagged",
    )


def _caveats(answer: Answer, claims: Sequence[Claim]) -> Iterator[Markup]:
    """What the marks in the text cannot show."""
    shown = {id(claim.statement) for claim in claims}
    for statement in answer.statements:
        if statement.support is not Support.SUPPORTED and id(statement) not in shown:
            line = f"{VERDICTS[statement.support]}: “{statement.text}” ({statement.reason})"
            yield element("p", line, class_="caveat", dir="auto")


def _abstention(answer: Answer, abstention: Abstention) -> Markup:
    why = f"{reason_in_words(abstention)}. Searched what was published {searched_in_words(abstention)}."
    parts: list[Markup] = [
        element("p", answer.text, class_="verdict", dir="auto"),
        element("p", why, class_="reason", dir="auto"),
    ]
    if abstention.nearest:
        nearest = [element("li", _near(article), dir="auto") for article in abstention.nearest]
        parts += [element("h3", "The nearest articles"), element("ul", nearest)]
    return element("div", parts, class_="abstention")


def _near(article: NearestArticle) -> list[Markup]:
    title = article.title or "Untitled"
    return [
        reader_link(title, address_in_reader(article.article_id), isolated=False),
        element("span", origin_in_words(article.source, article.published), class_="origin", dir="auto"),
    ]


def reader_link(label: str, address: str, *, isolated: bool = True) -> Markup:
    """A link that opens an article in the reader.

    Args:
        isolated: whether other words stand beside it, which its direction must not touch.
    """
    return element(
        "a", element("bdi", label) if isolated else label, class_="in-reader", href=address, data_reader=address
    )


def _foot(entry: Entry, *, last: bool, editing: bool) -> Markup:
    if editing:
        keep = button("Keep it as it was", action="keep", class_="quiet")
        return element("footer", element("span", "You are rewording this question below.", class_="meta"), keep)
    actions: list[Markup] = []
    cited = {citation.article_id for citation in (entry.answer.citations if entry.answer else entry.citations)}
    if cited:
        label = "1 source" if len(cited) == 1 else f"{len(cited)} sources"
        actions.append(button(label, action="show", value=entry.number, data_number=0))
    if entry.answer is not None:
        actions.append(button("Copy", action="copy", data_copy=copied_text(entry.answer)))
        if entry.row is not None:
            actions += feedback_view(entry.number, entry.feedback)
    if last:
        actions += [button("Ask again", action="retry"), button("Edit question", action="edit")]
    return element("footer", element("span", _meta(entry), class_="meta"), element("span", actions, class_="actions"))


def _meta(entry: Entry) -> str:
    answer = entry.answer
    parts = []
    if answer is not None:
        if answer.model != EXTRACTIVE and (answer.citations or answer.abstained):
            parts.append(answer.model)
        read = [used.passage.article_id for used in answer.passages if used.used]
        if read:
            parts.append(f"{counted(len(read), 'passage')} of {counted(len(set(read)), 'article')} read")
        parts.append(seconds(answer.timings.total))
    limits = scope_in_words(entry.scope)
    if limits:
        parts.append(limits)
    return " · ".join(parts)


def seconds(milliseconds: float) -> str:
    """A duration as a reader wants it: ``0.4 s``, not to be broken."""
    return "under 0.1\u00a0s" if milliseconds < 100 else f"{milliseconds / 1000:.1f}\u00a0s"
