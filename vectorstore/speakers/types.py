"""Speakers and what they said: the value types that ``Store.speakers`` and ``Store.statements`` return.

Invariant: ``quote`` is ``text(article_id)[span.start:span.end]``, by construction, and every span counts in that text.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ingest.article import Published, Span
from ingest.attribution import Kind
from vectorstore.archive.passage import ArticleReference

#: Statements of less than this are neither counted nor listed where nobody asks for them.
MIN_CONFIDENCE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """One who speaks in the archive: a person, a body, a country, or an official whom no article names.

    Attributes:
        name: the fullest name that the articles give.
        stands_for: the bodies and countries that he or she speaks for, the most frequent first.
        aliases: the other names under which the articles have the same speaker, the most frequent first.
        statements: how many there are, of at least ``MIN_CONFIDENCE``.
        first, last: days of the first and the last of them; None where all are undated.
    """

    name: str
    stands_for: tuple[str, ...]
    aliases: tuple[str, ...]
    statements: int
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenStatement:
    """One thing that somebody said, by one article.

    Attributes:
        speaker: who said it, under the name of :class:`Speaker`.
        stands_for: the bodies and countries that he or she spoke for in saying it.
        cue: the words that make it a statement: "said", "according to".
        contents: what was said, in the order of the text; more than one span where it is interrupted.
        context: the whole sentences around it.
        quote: what was said from its first word to its last, interruptions included: ``text[span.start:span.end]``.
        kind: quoted, paraphrased, both, or an attitude.
        confidence: about the chance that a person marks the same content.
        relevance: to what was asked about, for comparison within one list only; 0 where nothing was.
        also_in: the near-duplicates of the article in which the same statement stands, which are no further witnesses.
    """

    speaker: str
    stands_for: tuple[str, ...]
    article_id: str
    title: str
    url: str
    source: str
    published: Published
    cue: Span
    contents: tuple[Span, ...]
    context: Span
    quote: str
    kind: Kind
    confidence: float
    relevance: float = 0.0
    also_in: tuple[ArticleReference, ...] = ()

    @property
    def span(self) -> Span:
        """From the first word of the contents to the last."""
        return Span(self.contents[0].start, self.contents[-1].end)
