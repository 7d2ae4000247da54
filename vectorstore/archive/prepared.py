"""Article -> what is written of it: its chunks, the text of each as it is embedded, and who says what in it.

Knows nothing of the database, so that it is made in another process as well as in this one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.article import Article, Chunk
from ingest.attribution import Attribution
from ingest.attribution import attributions as extract
from ingest.attribution.speakers.descriptions import descriptions
from ingest.chunk import chunk
from ingest.errors import Problem, SourceError
from ingest.furniture.kinds import Decided, decided
from ingest.readers.base import attempt


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSpeech:
    """Who says what in one article, and what it calls those who do."""

    attributions: tuple[Attribution, ...]
    descriptions: dict[str, tuple[str, ...]]


def article_speech(article: Article) -> ArticleSpeech:
    """Read who says what out of an article's text; nothing where the rules make no sense of it."""
    try:
        found = tuple(extract(article))
    except ValueError:  # a span that is none: what one article's words do to the rules must not cost the archive it
        found = ()
    return ArticleSpeech(
        attributions=found, descriptions=descriptions(article.text, {one.name for one in found if one.name})
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An article ready to be written: its chunks, the text of each as it is embedded, who says what in it, and what
    its sentences are.
    """

    article: Article
    chunks: tuple[Chunk, ...]
    inputs: tuple[str, ...]
    speech: ArticleSpeech | None = None  # None: left to be made when it is first asked for
    kinds: tuple[Decided, ...] | None = None  # the same

    @property
    def digests(self) -> tuple[bytes, ...]:
        """One digest an input."""
        return tuple(digest(text) for text in self.inputs)


def digest(text: str) -> bytes:
    """Sixteen bytes that stand for a text that is embedded."""
    return hashlib.blake2b(text.encode("utf-8"), digest_size=16).digest()


def embedding_input(title: str, text: str) -> str:
    """What is embedded of a chunk: the article's title gives it the context that storing overlap would."""
    return f"{title}\n{text.strip()}" if title else text.strip()


def prepare(article: Article) -> Prepared:
    """Chunk an article, say what is embedded of each chunk, and read who says what in it."""
    chunks: Sequence[Chunk] = chunk(article)
    inputs = tuple(embedding_input(article.title, c.span.of(article.text)) for c in chunks)
    return Prepared(
        article=article,
        chunks=tuple(chunks),
        inputs=inputs,
        speech=article_speech(article),
        kinds=decided(article.text, article.title, article.layout),
    )


def prepared(article: Article) -> Prepared | Problem:
    """:func:`prepare`, or that nothing can be made of the article."""
    made = attempt(prepare, article)
    return Problem.of(article.origin or article.id, made) if isinstance(made, SourceError) else made
