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

import datetime as dt
import os
from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from contextlib import aclosing
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypedDict, Unpack

from assistant.answerers.base import Answerer, Rewriter
from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from assistant.pipeline.bridge import iterate
from assistant.pipeline.gate import Gate
from assistant.pipeline.run import Parts, answer_events
from assistant.ranking.reader import open_reader
from assistant.settings import EXTRACTIVE, Settings, load
from assistant.types import Answer, AnswerReady, Event, History
from assistant.verification.check import SupportChecker
from assistant.verification.verifier import Verifier
from ingest.plugins import plugins
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.retrieval.reranking import open_reranker
from vectorstore.retrieval.scope import Scope
from vectorstore.store import Store

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable


class Options(TypedDict, total=False):
    """What may be looked at for a question, as keywords, and the answer's name.

    ``scope`` says it at once; else ``as_of`` is the day on which the question stands, default today, ``date_from`` and
    ``date_to`` are the first and the last day, inclusive, and ``sources`` the publishers. ``question_id`` is the
    answer's ``id``, default a random one.
    """

    scope: Scope | None
    as_of: dt.date | None
    date_from: dt.date | None
    date_to: dt.date | None
    sources: Sequence[str] | None
    question_id: str | None


def scope_of(options: Options) -> Scope:
    """The scope that the keywords describe."""
    scope = options.get("scope")
    if scope is not None:
        return scope
    sources = options.get("sources") or ()
    return Scope(
        as_of=options.get("as_of"),
        date_from=options.get("date_from"),
        date_to=options.get("date_to"),
        # One name is one name and not its letters.
        sources=(sources,) if isinstance(sources, str) else tuple(sources),
    )


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
            store = open_store(Path(store) if store is not None else settings.store, settings, report)
        embed = EmbeddingCache(store.encoder.encode)
        extractive = ExtractiveAnswerer(embed, open_reader(settings.cache))
        name = model or settings.model_name
        if name == EXTRACTIVE:
            return cls(store, extractive, threshold=settings.threshold, embed=embed)
        try:
            answerer = answerer_of(name, settings)
        except BaseException:
            if ours:
                store.close()
            raise
        wanted = fallback if fallback is not None else bool(settings.fallback)
        return cls(
            store,
            answerer,
            fallback=extractive if wanted else None,
            rewriter=answerer if isinstance(answerer, Rewriter) else None,
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

    def ask(self, question: str, history: History = (), **options: Unpack[Options]) -> Answer:
        """Answer a question; arguments and errors as :meth:`stream`."""
        for event in self.stream(question, history, **options):
            if isinstance(event, AnswerReady):
                return event.answer
        raise AssertionError("a stream ends with its answer")

    def stream(self, question: str, history: History = (), **options: Unpack[Options]) -> Generator[Event, None, None]:
        """Answer a question, event by event; closing the iterator stops the model.

        Args:
            history: earlier turns, oldest first: ``Turn`` or ``{"role", "content"}``.
            options: what may be looked at, see :class:`Options`.

        Raises:
            UsageError: where the question is empty or too long, or the dates exclude each other.
            ModelError: where the chat model fails and there is no fallback.
        """
        yield from iterate(self.astream(question, history, **options))

    async def aask(self, question: str, history: History = (), **options: Unpack[Options]) -> Answer:
        """As :meth:`ask`, without blocking the event loop."""
        async for event in self.astream(question, history, **options):
            if isinstance(event, AnswerReady):
                return event.answer
        raise AssertionError("a stream ends with its answer")

    async def astream(
        self, question: str, history: History = (), **options: Unpack[Options]
    ) -> AsyncGenerator[Event, None]:
        """As :meth:`stream`, without blocking the event loop; cancelling the task stops the model."""
        parts = Parts(
            store=self.store,
            gate=Gate(
                store=self.store,
                embed=self.embed,
                threshold=self.threshold,
                # A chat model reads the evidence itself: before it, only what is hopeless is stopped.
                reader=self.answerer.reader if isinstance(self.answerer, ExtractiveAnswerer) else None,
            ),
            verifier=self.verifier,
            answerer=self.answerer,
            lister=ExtractiveAnswerer(self.embed),
            fallback=self.fallback,
            rewriter=self.rewriter,
        )
        events = answer_events(parts, question, history, scope_of(options), options.get("question_id"))
        async with aclosing(events):
            async for event in events:
                yield event

    def as_runnable(self) -> Runnable[Any, Answer]:
        """The assistant as a LangChain Runnable.

        Its input is a question, or a mapping with ``question`` and optionally ``history`` and the other arguments
        of :meth:`ask`; its output is an :class:`Answer`.
        """
        from assistant.pipeline.runnable import AssistantRunnable

        return AssistantRunnable(self)


def open_store(path: Path | None, settings: Settings, report: Callable[[str], None] | None) -> Store:
    """The store in ``path``, None for the default one, with all else as the settings have it."""
    reranker = open_reranker(settings.reranker) if settings.reranker else None
    store = Store.open(
        path,
        encoder=settings.embedding,
        vector_index=settings.vectors_at,
        cache=settings.cache,
        institutions=settings.institutions,
        report=report,
    )
    store.retriever.reranker = reranker
    return store


def answerer_of(name: str, settings: Settings) -> Answerer:
    """The answerer for a model of that name: another package's by the name's prefix, or else a chat model's. Nothing is
    sent yet.

    Raises:
        SettingsError, ModelRefused, PromptError, PluginError: where it cannot be set up.
    """
    prefix, _, other = name.partition(":")
    if (plugin := plugins("answerers").get(prefix)) is not None:
        return plugin.make(Answerer, other)
    from assistant.answerers.chat.answerer import ChatModelAnswerer, Timeouts, open_chat_model
    from assistant.answerers.chat.call import CallOptions, Retries

    timeouts = Timeouts(first_token=settings.timeout, between_tokens=settings.stall_timeout)
    model = open_chat_model(
        name,
        temperature=settings.temperature,
        timeouts=timeouts,
        max_output_tokens=settings.max_output_tokens,
    )
    return ChatModelAnswerer(
        model,
        name=name,
        prompts=settings.prompts,
        options=CallOptions(timeouts=timeouts, retries=Retries(attempts=settings.retries)),
    )
