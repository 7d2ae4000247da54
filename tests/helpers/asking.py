"""What tests of the chat model share: articles in hand, and a model at a scripted server."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from scripted_openai import ScriptedOpenAI

from assistant.answerers.base import Piece
from assistant.answerers.chat.answerer import ChatModelAnswerer, Timeouts, open_chat_model
from assistant.answerers.chat.call import CallOptions, Retries
from assistant.citing.evidence import Evidence
from assistant.pipeline.bridge import iterate
from assistant.question.query import Known, Query, read
from assistant.types import Notice
from ingest import Article, chunk
from ingest.language.gazetteer import bundled
from vectorstore.archive.passage import Passage, Scores
from vectorstore.retrieval.scope import Scope

PATIENT = Timeouts(connect=5.0, first_token=10.0, between_tokens=10.0, total=20.0)
QUICK = Timeouts(connect=5.0, first_token=0.3, between_tokens=0.2, total=0.8)


@dataclass
class Slept:
    """Stands in for sleeping between attempts: remembers for how long."""

    seconds: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.seconds.append(seconds)


def answerer_at(
    server: ScriptedOpenAI,
    *,
    timeouts: Timeouts = PATIENT,
    retries: int = 3,
    slept: Slept | None = None,
    **options: Any,
) -> ChatModelAnswerer:
    """An answerer whose model is the scripted one; it does not sleep between attempts."""
    model = open_chat_model(
        "openai:scripted", base_url=server.base_url, api_key="sk-secret-key-1234", timeouts=timeouts
    )
    policy = Retries(attempts=retries, sleep=(slept or Slept()).sleep)
    return ChatModelAnswerer(
        model, name="openai:scripted", options=CallOptions(timeouts=timeouts, retries=policy), **options
    )


def passages_of(article: Article, *, rank: int = 1) -> list[Passage]:
    """The passages of ``article``, ranked from ``rank`` on in the order of its text."""
    zero = Scores()
    return [
        Passage(
            article_id=article.id,
            ordinal=part.ordinal,
            span=part.span,
            sentences=part.sentences,
            text=part.span.of(article.text),
            title=article.title,
            url=article.url,
            source=article.source,
            authors=article.authors,
            published=article.published,
            score=1.0 / (rank + index),
            rank=rank + index,
            scores=zero,
        )
        for index, part in enumerate(chunk(article))
    ]


Request: TypeAlias = tuple[Query, Evidence]


def query_of(text: str, as_of: dt.date = dt.date(2015, 5, 22)) -> Query:
    """A question that stands on a day of May 2015."""
    return read(text, (), Scope(as_of=as_of), Known(gazetteer=bundled()))


def question(text: str = "What stopped the ferry?", *articles: Article) -> Request:
    """A question with all passages of ``articles`` as its evidence, the first article ranked first."""
    passages: list[Passage] = []
    for article in articles or (FERRY,):
        passages += passages_of(article, rank=len(passages) + 1)
    return query_of(text), Evidence.of(passages)


FERRY = Article(
    id="ferry",
    title="Ferry stays in port",
    source="The Harbour Post",
    published=dt.date(2015, 5, 20),
    text="The ferry stayed in port on Tuesday. The harbour master said that a storm was coming. Nobody was hurt.",
)


def pieces(answerer: ChatModelAnswerer, request: Request) -> list[Piece]:
    """All that the answerer streams."""
    return list(iterate(answerer.stream(*request)))


def text_of(given: list[Piece]) -> str:
    """The text among the pieces."""
    return "".join(piece for piece in given if isinstance(piece, str))


def notices_of(given: list[Piece]) -> list[str]:
    """The notices among the pieces."""
    return [piece.text for piece in given if isinstance(piece, Notice)]
