"""One question with what came of it: what every measure of one question looks at."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assistant.evaluation.items import Item
from assistant.evaluation.measures.answers import holds
from assistant.types import Answer, Citation
from assistant.verification import CitedSentence, Verdict

_MARK = re.compile(r"[^\S\n]*\[\d+\]")

#: How far sentences support a statement, as ``assistant.verification.SupportChecker.check`` says it.
Judge = Callable[[str, Sequence[CitedSentence]], Verdict]


class Outcome(StrEnum):
    """The class that a question falls into; every question falls into exactly one."""

    RIGHT = "right"
    WRONG = "wrong"
    ABSTAINED = "abstained"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A question that was asked.

    Attributes:
        gold: ids by which the store knows the articles that answer the question.
        answer: None where asking raised; ``record`` is its object of ``ask --json``.
        text: article id -> the article's text in the store.
        judge: says whether sentences support a statement.
    """

    item: Item
    gold: frozenset[str]
    answer: Answer | None
    record: Mapping[str, Any] | None
    text: Callable[[str], str]
    judge: Judge

    @property
    def answered(self) -> bool:
        """Whether there is an answer: asking did not fail, and the program did not abstain."""
        return self.answer is not None and not self.answer.abstained

    @property
    def abstained(self) -> bool:
        """Whether the program said that the archive does not say."""
        return self.answer is not None and self.answer.abstained

    @property
    def words(self) -> str:
        """The answer's text without its citation marks; "" where there is no answer."""
        return _MARK.sub("", self.answer.text) if self.answer is not None and self.answered else ""

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The answer's citations; none where there is no answer."""
        return self.answer.citations if self.answer is not None and self.answered else ()

    @property
    def ranking(self) -> list[str]:
        """Ids of the retrieved articles, each once, in the order of their best passage."""
        return list(dict.fromkeys(used.passage.article_id for used in self.answer.passages)) if self.answer else []

    @property
    def passages(self) -> list[str]:
        """Texts of the retrieved passages, best first."""
        return [used.passage.text for used in self.answer.passages] if self.answer else []

    def evidence(self, number: int) -> CitedSentence:
        """The cited sentence of that display number, in its passage."""
        assert self.record is not None
        return evidence_of(self.record["citations"][number - 1], self.record["passages"], self.text)

    @property
    def outcome(self) -> Outcome:
        """The question's class.

        An answer is right where one of the gold answers stands in it (see ``normalise.holds``); where the set gives
        articles and no answers, where it cites one of them. On an unanswerable question abstaining is right, and any
        answer wrong.
        """
        if self.answer is None:
            return Outcome.FAILED
        if self.answer.abstained:
            return Outcome.ABSTAINED if self.item.answerable else Outcome.RIGHT
        if not self.item.answerable:
            return Outcome.WRONG
        if self.item.answers:
            return Outcome.RIGHT if holds(self.words, self.item.answers) else Outcome.WRONG
        return Outcome.RIGHT if any(c.article_id in self.gold for c in self.citations) else Outcome.WRONG


def passage_around(citation: Mapping[str, Any], passages: Iterable[Mapping[str, Any]]) -> tuple[int, int] | None:
    """Start and end of the retrieved passage that the cited sentence stands in, all as in ``ask --json``; or None."""
    return next(
        (
            (passage["start"], passage["end"])
            for passage in passages
            if passage["article_id"] == citation["article_id"]
            and passage["start"] <= citation["start"]
            and citation["end"] <= passage["end"]
        ),
        None,
    )


def evidence_of(
    citation: Mapping[str, Any], passages: Iterable[Mapping[str, Any]], text: Callable[[str], str]
) -> CitedSentence:
    """The cited sentence as a judge sees it, in its passage; ``text``: article id -> the article's text."""
    start, end = passage_around(citation, passages) or (citation["start"], citation["end"])
    return CitedSentence(
        text=citation["quote"],
        context=text(citation["article_id"])[start:end],
        title=citation["title"] or "",
        source=citation["source"] or "",
        published=dt.datetime.fromisoformat(citation["published"]).date() if citation["published"] else None,
    )
