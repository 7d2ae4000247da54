"""The one path from a question to a verified answer.

``Assistant.stream`` yields :class:`PassagesFound`, then :class:`TextDelta` pieces (a :class:`Notice` among them where
something has to be said), and at the end :class:`AnswerReady`. ``ask`` drains it; the command line, the web chat and
the evaluation call one of the two; ``astream`` and ``aask`` are the same without blocking the event loop.

Invariants:

* Every citation's quote is read out of the archive by its span when the answer is finished.
* What no evidence supports is never presented as supported, whatever the model wrote: an answer without one
  statement that its citations bear out becomes an abstention.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from contextlib import aclosing, closing
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from assistant.answerers.base import Answerer
from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from assistant.errors import ModelError
from assistant.pipeline.asked import Asked
from assistant.pipeline.run import Exchange, Rewriter
from assistant.settings import EXTRACTIVE, Settings, load
from assistant.types import Answer, AnswerReady, Event
from assistant.verification import SupportChecker
from assistant.verification.verifier import Verifier
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.store import Store

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from assistant.answerers.chat.answerer import ChatModelAnswerer
    from assistant.types import History


class Assistant:
    """Answers questions from one store. Use :meth:`open`, or give the parts; a context manager, leaving closes it.

    Args:
        answerer: writes the answers.
        fallback: answers where ``answerer`` fails; None lets the failure through as a ``ModelError``.
        rewriter: turns a follow-up into a question that stands alone; None leaves it to rules.
    """

    def __init__(
        self,
        store: Store,
        answerer: Answerer,
        *,
        fallback: Answerer | None = None,
        rewriter: Rewriter | None = None,
        threshold: float | None = None,
        embed: EmbeddingCache | None = None,
    ) -> None:
        self.store = store
        self.answerer = answerer
        self.fallback = fallback
        self.rewriter = rewriter
        self.threshold = threshold
        self.embed = embed or EmbeddingCache(store.encoder.encode)
        self.support = SupportChecker(self.embed, store.gazetteer)
        self.verifier = Verifier(store, self.support)

    @classmethod
    def open(
        cls,
        store: str | os.PathLike[str] | Store | None = None,
        model: str | None = None,
        *,
        fallback: bool | None = None,
        settings: Settings | None = None,
        report: Callable[[str], None] | None = None,
    ) -> Assistant:
        """Open a store and a model as the settings have them.

        Args:
            store: a folder, an open store, or None for the one of the settings.
            model: ``extractive``, ``openai:NAME`` or any name of LangChain's ``init_chat_model``; None as the
                settings have it.
            fallback: answer with quoted sentences where the chat model fails.
            report: told in a line what takes long.

        Raises:
            AssistantError: SettingsError, StoreError or ModelError, each one line that says what to do.
        """
        settings = settings or load()
        ours = not isinstance(store, Store)
        if not isinstance(store, Store):
            store = Store.open(
                store if store is not None else settings.store,
                encoder=settings.embedding,
                chroma_url=settings.chroma_url,
                cache=settings.cache,
                institutions=settings.institutions,
                report=report,
            )
        embed = EmbeddingCache(store.encoder.encode)
        extractive = ExtractiveAnswerer(embed)
        name = model or settings.model_name
        if name == EXTRACTIVE:
            return cls(store, extractive, threshold=settings.threshold, embed=embed)
        try:
            answerer = chat_answerer(name, settings)
        except BaseException:
            if ours:
                store.close()
            raise
        wanted = fallback if fallback is not None else bool(settings.fallback)
        return cls(
            store,
            answerer,
            fallback=extractive if wanted else None,
            rewriter=answerer,
            threshold=settings.threshold,
            embed=embed,
        )

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def ask(self, question: str, history: History = (), **options: Any) -> Answer:
        """Answer a question; arguments and errors as :meth:`stream`."""
        for event in self.stream(question, history, **options):
            if isinstance(event, AnswerReady):
                return event.answer
        raise AssertionError("a stream ends with its answer")

    def stream(
        self,
        question: str,
        history: History = (),
        *,
        as_of: dt.date | None = None,
        date_from: dt.date | None = None,
        date_to: dt.date | None = None,
        sources: Sequence[str] | None = None,
        question_id: str | None = None,
    ) -> Generator[Event, None, None]:
        """Answer a question, event by event; closing the iterator stops the model.

        Args:
            history: earlier turns, oldest first: ``Turn`` or ``{"role", "content"}``.
            as_of: the day on which the question stands, default today; later articles are not looked at.
            date_from, date_to: only articles of these days, inclusive.
            sources: only these publishers.
            question_id: the answer's ``id``; default a random one.

        Raises:
            UsageError: where the question is empty or too long, or the dates exclude each other.
            ModelError: where the chat model fails and there is no fallback.
        """
        asked = Asked.of(
            question,
            history,
            as_of=as_of,
            date_from=date_from,
            date_to=date_to,
            sources=sources,
            question_id=question_id,
        )
        exchange = self._exchange(asked)
        yield from exchange.greet()
        if not exchange.finished:
            yield from exchange.stand_alone(self.rewriter)
            yield from exchange.retrieve()
        if not exchange.finished:
            yield from self._answer(exchange)
        yield AnswerReady(answer=exchange.answer())

    def _answer(self, exchange: Exchange) -> Generator[Event, None, None]:
        try:
            yield from _pieces(exchange, self.answerer)
        except ModelError as error:
            if self.fallback is None:
                raise
            yield exchange.fall_back(error, self.fallback)
            yield from _pieces(exchange, self.fallback)
        yield from exchange.end()

    async def aask(self, question: str, history: History = (), **options: Any) -> Answer:
        """As :meth:`ask`, without blocking the event loop."""
        async for event in self.astream(question, history, **options):
            if isinstance(event, AnswerReady):
                return event.answer
        raise AssertionError("a stream ends with its answer")

    async def astream(
        self,
        question: str,
        history: History = (),
        *,
        as_of: dt.date | None = None,
        date_from: dt.date | None = None,
        date_to: dt.date | None = None,
        sources: Sequence[str] | None = None,
        question_id: str | None = None,
    ) -> AsyncGenerator[Event, None]:
        """As :meth:`stream`, without blocking the event loop; cancelling the task stops the model."""
        asked = Asked.of(
            question,
            history,
            as_of=as_of,
            date_from=date_from,
            date_to=date_to,
            sources=sources,
            question_id=question_id,
        )
        exchange = self._exchange(asked)
        for event in exchange.greet():
            yield event
        if not exchange.finished:
            for event in await exchange.astand_alone(self.rewriter):
                yield event
            for event in await asyncio.to_thread(lambda: list(exchange.retrieve())):
                yield event
        if not exchange.finished:
            async with aclosing(self._aanswer(exchange)) as events:
                async for event in events:
                    yield event
        yield AnswerReady(answer=await asyncio.to_thread(exchange.answer))

    async def _aanswer(self, exchange: Exchange) -> AsyncGenerator[Event, None]:
        try:
            async with aclosing(_apieces(exchange, self.answerer)) as events:
                async for event in events:
                    yield event
        except ModelError as error:
            if self.fallback is None:
                raise
            yield exchange.fall_back(error, self.fallback)
            async with aclosing(_apieces(exchange, self.fallback)) as events:
                async for event in events:
                    yield event
        for event in exchange.end():
            yield event

    def as_runnable(self) -> Runnable[Any, Answer]:
        """The assistant as a LangChain Runnable.

        Its input is a question, or a mapping with ``question`` and optionally ``history`` and the other arguments
        of :meth:`ask`; its output is an :class:`Answer`.
        """
        from assistant.pipeline.runnable import AssistantRunnable

        return AssistantRunnable(self)

    def _exchange(self, asked: Asked) -> Exchange:
        return Exchange(
            store=self.store,
            embed=self.embed,
            verifier=self.verifier,
            answerer=self.answerer,
            threshold=self.threshold,
            asked=asked,
        )


def _pieces(exchange: Exchange, answerer: Answerer) -> Generator[Event, None, None]:
    with closing(answerer.stream(exchange.request())) as stream:
        for piece in stream:
            yield from exchange.take(piece)


async def _apieces(exchange: Exchange, answerer: Answerer) -> AsyncGenerator[Event, None]:
    async with aclosing(answerer.astream(exchange.request())) as stream:
        async for piece in stream:
            for event in exchange.take(piece):
                yield event


def chat_answerer(name: str, settings: Settings) -> ChatModelAnswerer:
    """The answerer for a chat model of that name; nothing is sent yet.

    Raises:
        SettingsError, ModelRefused, PromptError: where the model or its prompts cannot be set up.
    """
    from assistant.answerers.chat.answerer import ChatModelAnswerer, Timeouts, open_chat_model

    timeouts = Timeouts(first_token=settings.timeout, between_tokens=settings.stall_timeout)
    model = open_chat_model(
        name,
        temperature=settings.temperature,
        timeouts=timeouts,
        max_output_tokens=settings.max_output_tokens,
    )
    return ChatModelAnswerer(model, name=name, prompts=settings.prompts, timeouts=timeouts, retries=settings.retries)
