"""What retrieval returns: a chunk with its article's metadata and where its score came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.article import Published, Span

if TYPE_CHECKING:
    from vectorstore.reading import StoredPassage


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Where a passage's score came from. ``cosine`` is the dense similarity to the question, -1 to 1; ``lexical`` the
    passage's BM25 score, ``article_lexical`` the whole article's (0 where no query term matched); ``date`` the prior.
    """

    cosine: float
    lexical: float
    article_lexical: float
    date: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One ranked chunk. ``text`` is ``archive.text(article_id)[span.start:span.end]``; ``sentences`` are spans of the
    article's text; ``rank`` runs from 1; ``score`` is comparable within one result only.
    """

    article_id: str
    ordinal: int
    span: Span
    sentences: tuple[Span, ...]
    text: str
    title: str
    url: str
    source: str
    authors: tuple[str, ...]
    published: Published
    score: float
    rank: int
    scores: Scores

    def sentence(self, span: Span) -> str:
        """The words of one of this passage's sentences."""
        return self.text[span.start - self.span.start : span.end - self.span.start]


def passage_of(stored: StoredPassage, *, score: float = 0.0, rank: int = 0, scores: Scores | None = None) -> Passage:
    """A chunk of the archive as a passage; rank 0 where it was not ranked."""
    return Passage(
        article_id=stored.article_id,
        ordinal=stored.ordinal,
        span=stored.span,
        sentences=stored.sentences,
        text=stored.text,
        title=stored.title,
        url=stored.url,
        source=stored.source,
        authors=stored.authors,
        published=stored.published,
        score=score,
        rank=rank,
        scores=scores or Scores(cosine=0.0, lexical=0.0, article_lexical=0.0, date=0.0),
    )
