"""Where in an answer's text its statements stand, so that those without full support can be marked there.

Invariants: spans are in order and do not overlap; none begins or ends inside a mark ``[n]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.types import Statement
from ingest.article import Span

_MARK = re.compile(r"[ \t\u00a0\u202f]*\[(\d{1,4})\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One display mark: its number, and the span that it takes up with the blanks before it."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement and where it stands; ``end`` of the span lies before the marks that follow it."""

    span: Span
    statement: Statement


def marks(text: str, count: int) -> Iterator[Mark]:
    """The display marks of an answer with ``count`` citations, in order; other brackets are prose."""
    for found in _MARK.finditer(text):
        number = int(found[1])
        if 1 <= number <= count:
            yield Mark(number=number, span=Span(found.start(), found.end()))


def locate(text: str, statements: Sequence[Statement], count: int) -> list[Claim]:
    """The statements of an answer, each where its words stand; one whose words are not there is left out.

    A statement's words are the text's without marks and with white space folded, so that is how they are compared.
    """
    taken = {i for mark in marks(text, count) for i in range(mark.span.start, mark.span.end)}
    kept = [i for i, character in enumerate(text) if i not in taken and not character.isspace()]
    squeezed = "".join(text[i] for i in kept)
    found: list[Claim] = []
    cursor = 0
    for statement in statements:
        words = "".join(statement.text.split())
        at = squeezed.find(words, cursor) if words else -1
        if at >= 0:
            cursor = at + len(words)
            found.append(Claim(span=Span(kept[at], kept[cursor - 1] + 1), statement=statement))
    return found
