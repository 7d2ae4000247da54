"""What tests of the chat model share: articles in hand, a model at a scripted server, and both ways to ask it."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from scripted_openai import ScriptedOpenAI

from assistant.answerers.base import AnswerRequest, Piece
from assistant.answerers.chat.answerer import ChatModelAnswerer, Timeouts, open_chat_model
from assistant.citing.sentences import Context
from assistant.types import Notice
from ingest import Article, chunk
from vectorstore.archive.passage import Passage, Scores

PATIENT = Timeouts(connect=5.0, first_token=10.0, between_tokens=10.0, total=20.0)
QUICK = Timeouts(connect=5.0, first_token=0.3, between_tokens=0.2, total=0.8)


@dataclass
class Slept:
    """Stands in for sleeping between attempts: remembers for how long."""

    seconds: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.seconds.append(seconds)

    async def asleep(self, seconds: float) -> None:
        self.seconds.append(seconds)


def answerer_at(server: ScriptedOpenAI, *, timeouts: Timeouts = PATIENT, **options: Any) -> ChatModelAnswerer:
    """An answerer whose model is the scripted one; by default it does not sleep between attempts."""
    model = open_chat_model(
        "openai:scripted", base_url=server.base_url, api_key="sk-secret-key-1234", timeouts=timeouts
    )
    slept = Slept()
    waits: dict[str, Callable[[float], Any]] = {"sleep": slept.sleep, "asleep": slept.asleep}
    return ChatModelAnswerer(model, name="openai:scripted", timeouts=timeouts, **{**waits, **options})


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


def question(text: str = "What stopped the ferry?", *articles: Article) -> AnswerRequest:
    """A request with all passages of ``articles``, the first article ranked first."""
    passages: list[Passage] = []
    for article in articles or (FERRY,):
        passages += passages_of(article, rank=len(passages) + 1)
    return AnswerRequest(question=text, as_of=dt.date(2015, 5, 22), context=Context.of(passages))


FERRY = Article(
    id="ferry",
    title="Ferry stays in port",
    source="The Harbour Post",
    published=dt.date(2015, 5, 20),
    text="The ferry stayed in port on Tuesday. The harbour master said that a storm was coming. Nobody was hurt.",
)


def pieces(mode: str, answerer: ChatModelAnswerer, request: AnswerRequest) -> list[Piece]:
    """All that the answerer streams, asked in the "sync" or the "async" way."""
    if mode == "sync":
        return list(answerer.stream(request))

    async def collect() -> list[Piece]:
        return [piece async for piece in answerer.astream(request)]

    return asyncio.run(collect())


def text_of(given: list[Piece]) -> str:
    """The text among the pieces."""
    return "".join(piece for piece in given if isinstance(piece, str))


def notices_of(given: list[Piece]) -> list[str]:
    """The notices among the pieces."""
    return [piece.text for piece in given if isinstance(piece, Notice)]
