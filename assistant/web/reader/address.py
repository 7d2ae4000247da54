"""Addresses of the reader: an article, a sentence of it, and what else the same answer cites there.

Invariants:

* ``place_of`` reads back what ``address_in_reader`` writes, whatever characters an article's id has.
* Addresses are relative to the page that holds them, so that they hold behind a proxy under any path.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from assistant.errors import UsageError
from ingest.article import Span

#: Where the reader is served, below the chat.
PATH = "article"

#: Anchor of the addressed sentence in the reader's page.
HERE = "here"

_LONGEST_ID, _MOST_CITED = 512, 200
_NUMBER = re.compile(r"[0-9]{1,9}")
_PAIR = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What an address of the reader names. ``span`` is the addressed sentence, None for the article as a whole."""

    article_id: str
    span: Span | None = None
    cited: tuple[Span, ...] = ()

    @property
    def stops(self) -> tuple[Span, ...]:
        """The addressed sentence and the other cited ones, in the order of the text."""
        return tuple(sorted({*self.cited, *([self.span] if self.span else [])}))


def address_in_reader(article_id: str, span: Span | None = None, cited: Iterable[Span] = ()) -> str:
    """The address of an article, or of one sentence of it; ``cited`` are marked lightly there."""
    query = {"id": article_id}
    if span is not None:
        query |= {"start": str(span.start), "end": str(span.end)}
    others = [other for other in dict.fromkeys(cited) if other != span][:_MOST_CITED]
    if others:
        query["cited"] = ",".join(f"{other.start}-{other.end}" for other in others)
    return f"{PATH}?{urlencode(query, errors='replace')}" + (f"#{HERE}" if span is not None else "")


def place_of(query: Mapping[str, str]) -> Place:
    """What the parameters of an address name.

    Raises:
        UsageError: where one of them is missing or has not its form.
    """
    article_id = query.get("id", "")
    if not 0 < len(article_id) <= _LONGEST_ID:
        raise UsageError("the address names no article", remedy="open it from the chat or the archive")
    return Place(article_id=article_id, span=_addressed(query), cited=_cited(query.get("cited", "")))


def _addressed(query: Mapping[str, str]) -> Span | None:
    ends = query.get("start", ""), query.get("end", "")
    if ends == ("", ""):
        return None
    if not all(_NUMBER.fullmatch(end) for end in ends):
        raise _unusable()
    return _span(*ends)


def _cited(listed: str) -> tuple[Span, ...]:
    pairs = [_PAIR.fullmatch(pair) for pair in listed.split(",")] if listed else []
    if len(pairs) > _MOST_CITED:
        raise _unusable()
    spans = []
    for pair in pairs:
        if pair is None:
            raise _unusable()
        spans.append(_span(pair[1], pair[2]))
    return tuple(dict.fromkeys(spans))


def _span(start: str, end: str) -> Span:
    if int(start) >= int(end):
        raise _unusable()
    return Span(int(start), int(end))


def _unusable() -> UsageError:
    return UsageError("the address names no sentence", remedy="check that the whole of it was copied")
