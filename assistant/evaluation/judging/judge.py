"""A chat model that says whether cited sentences entail a statement.

Invariants:

* The model sees the statement, the question and the cited sentences, fenced and made harmless as the answerer's
  evidence is, and nothing else.
* A vote is "yes" or "no" where the whole reply is that word, and "unreadable" otherwise; none is guessed.
* A request whose reply is in the cache is not sent.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import prompts as prompt_files
from assistant.answerers.chat.call import CallOptions, ModelCall, Retries
from assistant.answerers.chat.decode import Timeouts
from assistant.answerers.chat.evidence import neutral
from assistant.answerers.chat.providers import open_chat_model, service_of
from assistant.errors import EmptyAnswer, EndlessAnswer, ModelError, SettingsError, UsageError
from assistant.evaluation.judged import Vote
from assistant.evaluation.judging.cache import JudgementCache
from assistant.pipeline.bridge import run
from assistant.settings import EXTRACTIVE, Settings, load
from assistant.types import Usage
from assistant.verification import CitedSentence
from prompts import Message, Prompt
from vectorstore.encoders.base import default_cache

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

#: How often each judgement is asked for where nothing else is said.
REPEATS = 3

#: Code points above which a reply counts as endless; a verdict has three.
_MAX_REPLY = 2_000
_VERDICT = re.compile(r"(yes|no)\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """What came of the repeats of one judgement.

    Attributes:
        votes: one for each repeat, in order.
        unreadable: the replies behind the unreadable ones.
        usage: tokens of all repeats, those that the cache had too.
    """

    votes: tuple[Vote, ...]
    unreadable: tuple[str, ...]
    usage: Usage


class CitationJudge:
    """Judges with a chat model. Use :meth:`open`, or give the parts; a context manager, leaving closes the cache.

    Args:
        model: any LangChain chat model.
        name: what the model is called in the run.
        prompt: has the variables ``question``, ``evidence`` and ``statement``.
        repeats: how often each judgement is asked for, an odd number; the majority counts.
        cache: where replies are kept; None keeps none.
        options: as of the model that answers; replies are kept by how it was told to sample.

    Raises:
        UsageError: where ``repeats`` is not odd.
        PromptError: where the prompt wants other variables.
    """

    def __init__(
        self,
        model: BaseChatModel,
        *,
        name: str,
        prompt: Prompt,
        repeats: int = REPEATS,
        cache: JudgementCache | None = None,
        options: CallOptions = CallOptions(),  # noqa: B008 - frozen
    ) -> None:
        if repeats < 1 or repeats % 2 == 0:
            raise UsageError(f"{repeats} repeats can end in a tie", remedy="ask for an odd number of repeats")
        self.name = name
        self.repeats = repeats
        self._prompt = prompt
        self._cache = cache
        service = service_of(model, name)
        self._call = ModelCall(model, service, options)
        # Two servers may call different models by one name.
        self._asked = {"model": name, "address": service.address, "prompt": prompt.hash, **options.sampling}
        self.messages("", "", ())  # a prompt that wants other variables shall be found now

    @classmethod
    def open(cls, name: str, *, settings: Settings | None = None, repeats: int = REPEATS) -> CitationJudge:
        """Open the model of that name as judge; nothing is sent yet.

        Raises:
            SettingsError, ModelRefused, PromptError: where the model or its prompt cannot be set up.
            UsageError: where ``repeats`` is not odd.
            RunError: where the cache cannot be used.
        """
        settings = settings or load()
        if name.strip() == EXTRACTIVE:
            raise SettingsError("extractive is no chat model and cannot judge", remedy="name one, as openai:NAME")
        timeouts = Timeouts(first_token=settings.timeout, between_tokens=settings.stall_timeout)
        sampling = {"temperature": settings.temperature, "max_output_tokens": settings.max_output_tokens}
        try:
            model = open_chat_model(
                name,
                temperature=settings.temperature,
                timeouts=timeouts,
                max_output_tokens=settings.max_output_tokens,
            )
        except ModelError as error:
            raise _of_the_judge(error) from error
        cache = JudgementCache((settings.cache or default_cache()) / "judgements.sqlite")
        try:
            return cls(
                model,
                name=name,
                prompt=prompt_files.load("judge", overrides=settings.prompts),
                repeats=repeats,
                cache=cache,
                options=CallOptions(timeouts=timeouts, retries=Retries(attempts=settings.retries), sampling=sampling),
            )
        except BaseException:
            cache.close()
            raise

    @property
    def configuration(self) -> dict[str, Any]:
        """What the judgements depend on, for the record of a run."""
        return {"model": self.name, "prompt": self._prompt.reference, "repeats": self.repeats}

    def check(self) -> None:
        """Ask for one vote that is easily given, so that a judge who cannot be asked is found before the questions.

        Raises:
            ModelError: where there is no reply.
        """
        said = "The ferry stayed in port on Tuesday."
        try:
            self._reply(self.messages("Where was the ferry?", said, [CitedSentence(text=said)]), 0, lambda: None)
        except ModelError as error:
            raise _of_the_judge(error) from error

    def votes(
        self,
        question: str,
        statement: str,
        evidence: Sequence[CitedSentence],
        *,
        wait: Callable[[], None] = lambda: None,
    ) -> Votes:
        """Ask whether ``evidence``, taken together, entails ``statement``, ``repeats`` times.

        Args:
            question: what the statement answers.
            wait: called before each request that is sent.

        Raises:
            ModelError: where a request has no reply.
        """
        messages = self.messages(question, statement, evidence)
        replies = [self._reply(messages, repeat, wait) for repeat in range(self.repeats)]
        votes = tuple(vote_of(reply) for reply, _ in replies)
        return Votes(
            votes=votes,
            unreadable=tuple(r for (r, _), vote in zip(replies, votes, strict=True) if vote is Vote.UNREADABLE),
            usage=sum((usage for _, usage in replies), Usage()),
        )

    def messages(self, question: str, statement: str, evidence: Sequence[CitedSentence]) -> tuple[Message, ...]:
        """What the model is sent."""
        return self._prompt.render(
            question=neutral(question), statement=neutral(statement), evidence="\n".join(map(_fenced, evidence))
        )

    def _reply(self, messages: Sequence[Message], repeat: int, wait: Callable[[], None]) -> tuple[str, Usage]:
        asked = {**self._asked, "messages": [[m.role, m.content] for m in messages], "repeat": repeat}
        key = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
        known = self._cache.get(key) if self._cache is not None else None
        if known is not None:
            return known
        wait()
        reply, usage = self._ask(messages)
        if self._cache is not None:
            self._cache.put(key, reply, usage)
        return reply, usage

    def _ask(self, messages: Sequence[Message]) -> tuple[str, Usage]:
        try:
            pieces = run(self._call.pieces(messages, max_characters=_MAX_REPLY))
        except (EmptyAnswer, EndlessAnswer):
            # The model can be reached, and gave no verdict.
            return "", Usage()
        text = "".join(piece for piece in pieces if isinstance(piece, str))
        return text, sum((piece for piece in pieces if isinstance(piece, Usage)), Usage())

    def close(self) -> None:
        """Close the cache."""
        if self._cache is not None:
            self._cache.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def vote_of(reply: str) -> Vote:
    """The vote of a reply that is one word, "yes" or "no", perhaps with a full stop; unreadable where it is more."""
    found = _VERDICT.fullmatch(reply.strip())
    return Vote(found[1].lower()) if found else Vote.UNREADABLE


def _fenced(evidence: CitedSentence) -> str:
    lines = ["<sentence>"]
    if evidence.title:
        lines.append(f"Title: {neutral(evidence.title)}")
    lines.append(f"Publisher: {neutral(evidence.source) or 'unknown'}")
    lines.append(f"Published: {evidence.published.isoformat() if evidence.published else 'undated'}")
    if evidence.context.strip() not in ("", evidence.text.strip()):
        lines.append(f"Context: {neutral(evidence.context)}")
    return "\n".join([*lines, f"Cited: {neutral(evidence.text)}", "</sentence>"])


def _of_the_judge(error: ModelError) -> ModelError:
    """The same error, said of the judge."""
    remedy = error.remedy.replace("choose --model extractive", "leave out the judge")
    return type(error)(f"the judge cannot be asked: {error.what}", remedy=remedy)
