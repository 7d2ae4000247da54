"""The assistant as a LangChain Runnable, so that it stands in chains beside other parts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from langchain_core.runnables import Runnable, RunnableConfig

from assistant.errors import UsageError
from assistant.types import Answer, Event

if TYPE_CHECKING:
    from assistant.pipeline.assistant import Assistant

Input = str | Mapping[str, Any]
_ARGUMENTS = {"question", "history", "as_of", "date_from", "date_to", "sources", "question_id"}


class AssistantRunnable(Runnable[Input, Answer]):
    """Question in, :class:`Answer` out; LangChain's callbacks see each run under the name "news_assistant".

    ``stream`` and ``astream`` give one item, the finished answer, as a Runnable's output has one type; the events on
    the way are those of :meth:`assistant.pipeline.assistant.Assistant.stream`.
    """

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.name = "news_assistant"

    def invoke(self, input: Input, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """Answer one question; errors as :meth:`assistant.pipeline.assistant.Assistant.stream`."""
        return self._call_with_config(self._answer, input, config, **kwargs)

    async def ainvoke(self, input: Input, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """As :meth:`invoke`, without blocking the event loop."""
        return await self._acall_with_config(self._aanswer, input, config, **kwargs)

    def events(self, input: Input) -> Iterator[Event]:
        """The events of one question."""
        return self.assistant.stream(**arguments(input))

    def aevents(self, input: Input) -> AsyncIterator[Event]:
        """As :meth:`events`, without blocking the event loop."""
        return self.assistant.astream(**arguments(input))

    def _answer(self, input: Input, **options: Any) -> Answer:
        return self.assistant.ask(**arguments(input), **options)

    async def _aanswer(self, input: Input, **options: Any) -> Answer:
        return await self.assistant.aask(**arguments(input), **options)


def arguments(input: Input) -> dict[str, Any]:
    """The arguments of ``Assistant.ask`` for a question or a mapping that holds one.

    Raises:
        UsageError: where the input holds no question, or what ``ask`` does not take.
    """
    if isinstance(input, str):
        return {"question": input}
    given = dict(input)
    unknown = sorted(set(given) - _ARGUMENTS)
    if unknown or not isinstance(given.get("question"), str):
        wrong = f"{', '.join(unknown)} of the input is unknown" if unknown else "the input has no question"
        raise UsageError(wrong, remedy=f"give a question, or a mapping of {', '.join(sorted(_ARGUMENTS))}")
    return given
