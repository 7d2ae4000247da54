"""What retrieval returns: a chunk with its article's metadata and where its score came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, TypeAlias

from pydantic import BeforeValidator, PlainSerializer

from ingest.article import Published, Span

if TYPE_CHECKING:
    from vectorstore.archive.queries import StoredPassage
    from vectorstore.duplicates.provenance import Provenance

#: Text that is "" in Python and null in JSON where there is none.
TextOrNull: TypeAlias = Annotated[
    str, BeforeValidator(lambda text: text or ""), PlainSerializer(lambda text: text or None)
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Where a passage's score came from: ``cosine`` is the dense similarity to the question, -1 to 1; ``signals`` what
    each signal added (:mod:`vectorstore.retrieval.signals`), by its name.
    """

    cosine: float = 0.0
    signals: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleReference:
    """An article, or another origin of one, as much as is needed to name it. ``published`` is ISO 8601, or None."""

    article_id: str
    title: TextOrNull
    url: TextOrNull
    source: TextOrNull
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """That one version of a story takes the place of another.

    Attributes:
        article: the other version; None where it is not in the archive.
        kind: what the newer of the two announces (a value of ``ingest.corrections.NoteKind``), or "newer version".
        note: the sentence in which it does, or its headline, or "".
    """

    article: ArticleReference | None
    kind: str
    note: TextOrNull


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One ranked chunk. ``text`` is ``archive.text(article_id)[span.start:span.end]``; ``sentences`` are spans of the
    article's text; ``rank`` runs from 1; ``score`` is comparable within one result only. ``also_in`` are the near-
    duplicates of the article that it stands for; ``superseded_by`` the latest version that takes the article's place,
    ``corrects`` what the article itself corrects or is a later version of; ``copy_of`` the article that was shown in
    this one's place, where it is given as a copy.
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
    also_in: tuple[ArticleReference, ...] = ()
    superseded_by: Revision | None = None
    corrects: Revision | None = None
    copy_of: str | None = None

    @property
    def shown_as(self) -> str:
        """The id of the article that stands for this one's story: its own, or that of which it is a copy."""
        return self.copy_of or self.article_id

    def sentence(self, span: Span) -> str:
        """The words of one of this passage's sentences."""
        return self.text[span.start - self.span.start : span.end - self.span.start]


def passage_of(
    stored: StoredPassage,
    *,
    score: float = 0.0,
    rank: int = 0,
    scores: Scores | None = None,
    about: Provenance | Passage | None = None,
) -> Passage:
    """A chunk of the archive as a passage; rank 0 where it was not ranked.

    Args:
        about: what is known of its article's copies and versions, or another passage of the article that knows.
    """
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
        scores=scores or Scores(),
        also_in=about.also_in if about is not None else (),
        superseded_by=about.superseded_by if about is not None else None,
        corrects=about.corrects if about is not None else None,
    )
