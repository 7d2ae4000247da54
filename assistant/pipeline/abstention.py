"""“The archive does not say”: when the program says so, and what it says then."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.types import Abstention, Answer, NearestArticle, Statement
from prompts import NO_ANSWER
from vectorstore.archive.passage import Passage
from vectorstore.retrieval.scope import Scope

#: Articles that are named as the nearest.
NEAREST = 3

_MARKS = re.compile(r"\[\d+\]")


def no_answer_given(text: str) -> bool:
    """Whether an answer's text is nothing but the sentence that stands for no answer."""
    plain = " ".join(_MARKS.sub("", text).split()).strip(" .*\"'“”").casefold()
    return not plain or plain == NO_ANSWER.strip(" .").casefold()


def abstain(
    answer: Answer,
    passages: Sequence[Passage],
    scope: Scope,
    reason: str,
    *,
    statements: tuple[Statement, ...] = (),
) -> Answer:
    """The answer turned into an abstention.

    Args:
        statements: what the model wrote without support, kept as data and not shown as the answer. Their numbers are
            taken off, as an abstention cites nothing.
    """
    nearest: dict[str, NearestArticle] = {}
    for passage in passages:
        if len(nearest) < NEAREST:
            nearest.setdefault(
                passage.article_id,
                NearestArticle(
                    article_id=passage.article_id,
                    title=passage.title,
                    url=passage.url,
                    source=passage.source,
                    published=passage.published.isoformat() if passage.published else None,
                ),
            )
    abstention = Abstention(
        reason=reason if passages else "no article lies within what was searched",
        nearest=tuple(nearest.values()),
        date_from=scope.date_from.isoformat() if scope.date_from else None,
        date_to=(scope.last_day or answer.as_of).isoformat(),
    )
    unnumbered = tuple(replace(statement, citations=()) for statement in statements)
    return replace(answer, text=NO_ANSWER, statements=unnumbered, citations=(), abstention=abstention)
