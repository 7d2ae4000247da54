"""Passages -> the numbered sentences that an answerer sees and cites.

Invariant: a number stands for one span of one article, and for the same one as long as the context lives. Numbers
run from 1 in reading order: articles by their best passage, and within an article in the order of its text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.article import Span
from vectorstore.archive.passage import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedSentence:
    """One citable sentence: ``passage`` is the passage that it stands in, ``text`` its exact words."""

    number: int
    span: Span
    text: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Context:
    """The sentences of some passages, numbered."""

    sentences: tuple[NumberedSentence, ...]

    @classmethod
    def of(cls, passages: Sequence[Passage]) -> Context:
        """Number the sentences of ``passages`` (given best first)."""
        order: dict[str, list[Passage]] = {}
        for passage in passages:
            order.setdefault(passage.article_id, []).append(passage)
        numbered: list[NumberedSentence] = []
        for group in order.values():
            for passage in sorted(group, key=lambda p: p.span):
                for span in passage.sentences:
                    numbered.append(
                        NumberedSentence(
                            number=len(numbered) + 1, span=span, text=passage.sentence(span), passage=passage
                        )
                    )
        return cls(tuple(numbered))

    def get(self, number: int) -> NumberedSentence | None:
        """The sentence of that number, or None where there is none."""
        return self.sentences[number - 1] if 1 <= number <= len(self.sentences) else None

    @property
    def articles(self) -> dict[str, list[NumberedSentence]]:
        """The sentences by article id, in order."""
        groups: dict[str, list[NumberedSentence]] = {}
        for sentence in self.sentences:
            groups.setdefault(sentence.passage.article_id, []).append(sentence)
        return groups
