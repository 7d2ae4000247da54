"""Answers with any LangChain chat model: OpenAI's, a server that speaks its protocol, or whatever LangChain knows.

Invariants:

* The model sees the question, its date and the fenced, numbered sentences, and nothing else.
* No package of a provider is imported, and nothing is sent anywhere, before a model is opened and asked.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING

import prompts as prompt_files
from assistant.answerers.base import Piece
from assistant.answerers.chat.call import CallOptions, ModelCall
from assistant.answerers.chat.decode import Timeouts
from assistant.answerers.chat.evidence import conversation, fenced, neutral, shown
from assistant.answerers.chat.providers import open_chat_model, service_of
from assistant.citing.evidence import AttributedSentence, Evidence
from assistant.citing.forms import MarkForms
from assistant.errors import EmptyAnswer, EndlessAnswer
from assistant.question.query import Query
from assistant.types import Notice, Turn, Usage
from prompts import Message

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

__all__ = ["ChatModelAnswerer", "Timeouts", "open_chat_model"]

#: Longest standalone question, in code points.
MAX_QUESTION = 500

_MAX_REWRITE = 2_000
_LABEL = re.compile(r"^(?:standalone |rewritten )?question\s*:\s*", re.IGNORECASE)


class ChatModelAnswerer:
    """An :class:`~assistant.answerers.base.Answerer` that asks a chat model.

    A model that :func:`open_chat_model` did not make retries on its own as well, as it was told to; and a closed
    ``stream`` of it ends with the next chunk that its package gets, where that package has no way to be interrupted.

    Args:
        model: the model, as :func:`open_chat_model` or any LangChain package makes it.
        name: what to call it; by default the model's own name.
        prompts: a folder of prompts that win over ours.
        options: how long the model is waited for, and how often a failed attempt is repeated before the first word.
        max_characters: code points of an answer above which it counts as endless.
        max_evidence: code points of evidence that the model is given.

    Raises:
        PromptError: where a prompt cannot be read or wants variables that we do not give.
    """

    def __init__(
        self,
        model: BaseChatModel,
        *,
        name: str | None = None,
        prompts: Path | None = None,
        options: CallOptions = CallOptions(),  # noqa: B008 - frozen
        max_characters: int = 8_000,
        max_evidence: int = 24_000,
    ) -> None:
        service = service_of(model, name)
        self._name = service.model
        self._answer = prompt_files.load("answer", overrides=prompts)
        self._standalone = prompt_files.load("standalone_question", overrides=prompts)
        self._max_characters = max_characters
        self._max_evidence = max_evidence
        self._call = ModelCall(model, service, options)
        # A prompt that wants other variables shall be found now, not with the first question.
        self._render("", "", "")
        self._standalone.render(question="", history="")

    @property
    def name(self) -> str:
        """The model's name, as ``Answer.model`` has it."""
        return self._name

    @property
    def prompt(self) -> str:
        """Reference and hash of the prompt of the answer."""
        return self._answer.reference

    def sees(self, evidence: Evidence) -> tuple[AttributedSentence, ...]:
        """The sentences of the evidence that the model is given; the others do not fit."""
        return shown(evidence, self._max_evidence)

    def messages(self, query: Query, evidence: Evidence) -> tuple[Message, ...]:
        """What the model is sent."""
        day = query.as_of
        as_of = f"{day:%A} {day.day} {day:%B} {day.year} ({day.isoformat()})"
        return self._render(neutral(query.text), as_of, fenced(self.sees(evidence)))

    def _render(self, question: str, as_of: str, sentences: str) -> tuple[Message, ...]:
        return self._answer.render(question=question, as_of=as_of, evidence=sentences, no_answer=prompt_files.NO_ANSWER)

    async def stream(self, query: Query, evidence: Evidence) -> AsyncGenerator[Piece, None]:
        """Answer, piece by piece; closing the iterator, or cancelling its task, ends the request.

        Raises:
            ModelError: where there is no whole answer.
        """
        stream = self._call.stream(self.messages(query, evidence), max_characters=self._max_characters)
        forms = MarkForms(evidence)
        async with aclosing(stream) as pieces:
            async for piece in pieces:
                if isinstance(piece, str):
                    if text := forms.feed(piece):
                        yield text
                    continue
                if isinstance(piece, Notice) and piece.restart:
                    forms = MarkForms(evidence)
                elif rest := forms.finish():  # the text is over: what comes is a notice or the usage
                    yield rest
                yield piece
        if rest := forms.finish():
            yield rest

    async def rewrite_question(
        self, question: str, history: Sequence[Turn], *, on_usage: Callable[[Usage], None] | None = None
    ) -> str:
        """Make a follow-up stand alone: one line of at most ``MAX_QUESTION`` code points.

        Without history the question is returned as it is, and the model is not asked. ``on_usage`` is told the tokens.

        Raises:
            ModelError: where the model gives no usable question; the caller decides what to do.
        """
        if not history:
            return question
        messages = self._standalone.render(question=neutral(question), history=conversation(history))
        pieces = await self._call.pieces(messages, max_characters=_MAX_REWRITE)
        for piece in pieces:
            if isinstance(piece, Usage) and on_usage is not None:
                on_usage(piece)
        lines = [line.strip() for line in "".join(p for p in pieces if isinstance(p, str)).splitlines()]
        # Some models introduce what they write: "Here is the question:".
        line = next((line for line in lines if line and not line.endswith(":")), "")
        rewritten = neutral(_LABEL.sub("", line).strip("\"'“”«»` "))
        if not rewritten:
            raise EmptyAnswer(f"{self._name} made no question of the follow-up", remedy="ask the whole question")
        if len(rewritten) > MAX_QUESTION or any(isinstance(piece, Notice) for piece in pieces):
            raise EndlessAnswer(f"{self._name} made no end of the follow-up", remedy="ask the whole question")
        return rewritten
