"""What one attempt at an answer has brought: the model's chunks -> text, and how the stream ended.

Invariants:

* The text begins with a visible character. What the model thinks is not part of the text (see ``thoughts``).
* A stream that ended in any other way than "the model has finished" never passes for an answer in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant.answerers.base import Piece
from assistant.answerers.chat.errors import Failure, Service, stopped
from assistant.answerers.chat.thoughts import ThoughtFilter
from assistant.answerers.chat.vendor import redact
from assistant.answerers.chat.words import one_line
from assistant.errors import EndlessAnswer, ModelError, ModelRefused, ModelTimeout, StreamDropped
from assistant.types import Notice, Usage

_REASONS = ("finish_reason", "stop_reason", "done_reason")
_FILTERED = {"content_filter", "refusal", "safety", "prohibited_content", "blocklist", "recitation", "spii"}
_CUT = {"length", "max_tokens"}
#: All that a model may send, thoughts and white space and empty chunks included, in multiples of the longest answer.
_ENDLESS = 20

#: What a reader is told where thoughts were shown before their end said what they were.
THOUGHTS_TAKEN_BACK = "The model had begun by thinking aloud; its thoughts are taken back."


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """Seconds that a model is waited for: for the connection, for its first word, between its words, and in all.

    Signs that the model is thinking begin the wait for the first word anew; ``total`` bounds them.
    """

    connect: float = 10.0
    first_token: float = 90.0
    between_tokens: float = 30.0
    total: float = 300.0


class Failed(Exception):
    """An attempt failed; the cause is the vendor's own exception where there is one."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.error)
        self.failure = failure


class Reading:
    """Reads the chunks of one attempt. Counts as waiting only the time in which nothing had come."""

    def __init__(self, service: Service, timeouts: Timeouts, max_characters: int, *, hold: bool = False) -> None:
        self._service = service
        self._timeouts = timeouts
        self._max_characters = max_characters
        self._thoughts = ThoughtFilter(hold=hold)
        self._text = ""
        self._received = 0
        self._refusal = ""
        self._reason = ""
        self._usage: Usage | None = None
        self._silent = 0.0
        self._waited = 0.0

    @property
    def started(self) -> bool:
        """Whether a word has come that is the answer's or may be."""
        return bool(self._text) or self._thoughts.undecided

    @property
    def thoughts_unopened(self) -> bool:
        """Whether this model's thoughts came without their opening tag."""
        return self._thoughts.closed_unopened

    def patience(self) -> float:
        """Seconds to wait for the next chunk."""
        limit = self._timeouts.between_tokens if self.started else self._timeouts.first_token
        return max(0.001, min(limit - self._silent, self._timeouts.total - self._waited))

    def waited(self, seconds: float) -> None:
        """Count ``seconds`` in which nothing came."""
        self._silent += seconds
        self._waited += seconds

    def take(self, chunk: Any) -> list[Piece]:
        """What ``chunk``, an ``AIMessageChunk``, adds to the answer; often nothing.

        Raises:
            Failed: where the answer grows past the limit.
        """
        metadata = chunk.response_metadata
        self._reason = next((str(metadata[key]) for key in _REASONS if metadata.get(key)), self._reason)
        self._refusal += str(chunk.additional_kwargs.get("refusal") or "")
        self._count(getattr(chunk, "usage_metadata", None))
        if chunk.content or chunk.additional_kwargs:
            self._silent = 0.0
        text = str(chunk.text)
        self._received += len(text) + 1
        return self._pieces(self._thoughts.take(text))

    def _pieces(self, text: str) -> list[Piece]:
        """The text, behind a notice where it takes the place of all before it."""
        pieces: list[Piece] = []
        if self._thoughts.voided:
            self._thoughts.voided = False
            self._text = ""
            pieces.append(Notice(text=THOUGHTS_TAKEN_BACK, restart=True))
        added = self._add(text)
        return [*pieces, added] if added else pieces

    def _add(self, text: str) -> str:
        text = text if self._text else text.lstrip()
        self._text += text
        if len(self._text) > self._max_characters or self._received > self._max_characters * _ENDLESS:
            raise self._failed(_endless(f"{self._service} went on past {self._max_characters:,} characters"))
        return text

    def _count(self, usage: Any) -> None:
        if not usage:
            return
        new = Usage(input_tokens=usage.get("input_tokens") or 0, output_tokens=usage.get("output_tokens") or 0)
        if self._usage is None:
            self._usage = new
        elif self._service.speaks_openai:
            # Some servers repeat the running total in every chunk.
            self._usage = max(self._usage, new, key=lambda u: (u.output_tokens, u.input_tokens))
        else:
            self._usage += new

    def finish(self) -> Iterator[Piece]:
        """What is left to say once the stream has ended by itself: held text, a notice, the usage.

        Raises:
            Failed: where the stream's end leaves no answer.
        """
        reason = self._reason.lower()
        if not (reason in _CUT and self._thoughts.deliberating):  # cut off in the middle of its thoughts
            yield from self._pieces(self._thoughts.rest())
        if self._refusal.strip():
            words = redact(one_line(self._refusal), self._service.secrets)[:200]
            refused = ModelRefused(
                f"{self._service} declined to answer: {words}", remedy="word the question differently"
            )
            raise self._failed(refused)
        if reason in _FILTERED:
            raise self._failed(stopped("content_filter", self._service))
        if not reason and self._service.speaks_openai:
            dropped = StreamDropped(f"the answer of {self._service} broke off before its end", remedy="ask again")
            raise self._failed(dropped, retry=not self.started)
        if not self._text:
            raise self._failed(stopped("length" if reason in _CUT else reason, self._service))
        if reason in _CUT:
            if _repeats(self._text):
                raise self._failed(_endless(f"{self._service} repeated itself up to its limit of tokens"))
            yield Notice(text=f"The answer stops where {self._service.model} reached its limit of tokens.")
        if self._usage is not None:
            yield self._usage

    def timed_out(self) -> Failed:
        """The failure of a wait that brought nothing."""
        if self._waited >= self._timeouts.total - 0.001:
            what = f"{self._service} did not finish within {self._timeouts.total:g} s"
        elif self.started:
            what = f"{self._service} fell silent in its answer for {self._timeouts.between_tokens:g} s"
        else:
            what = f"{self._service} did not begin to answer within {self._timeouts.first_token:g} s"
        return self._failed(ModelTimeout(what, remedy="try again later, allow more time, or choose another model"))

    def _failed(self, error: ModelError, *, retry: bool = False) -> Failed:
        return Failed(Failure(error=error, retry=retry))


def _endless(what: str) -> EndlessAnswer:
    return EndlessAnswer(what, remedy="ask again, or choose another model with --model")


def _repeats(text: str) -> bool:
    """Whether the last hundred characters stand three times in ``text``: a model that runs in a circle."""
    return len(text) > 300 and text.count(text[-100:]) >= 3
