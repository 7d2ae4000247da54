"""The assistant as a LangChain Runnable, so that it stands in chains beside other parts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from langchain_core.runnables import Runnable, RunnableConfig

from assistant.answer import Answer, Event

if TYPE_CHECKING:
    from assistant.chain import Assistant

Input = str | Mapping[str, Any]


class AssistantRunnable(Runnable[Input, Answer]):
    """Question in, :class:`Answer` out; LangChain's callbacks see each run under the name "news_assistant".

    ``stream`` and ``astream`` give one item, the finished answer, as a Runnable's output has one type; the events on
    the way are those of :meth:`assistant.chain.Assistant.stream`.
    """

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.name = "news_assistant"

    def invoke(self, input: Input, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """Answer one question; errors as :meth:`assistant.chain.Assistant.stream`."""
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

    def _answer(self, input: Input) -> Answer:
        return self.assistant.ask(**arguments(input))

    async def _aanswer(self, input: Input) -> Answer:
        return await self.assistant.aask(**arguments(input))


def arguments(input: Input) -> dict[str, Any]:
    """The arguments of ``Assistant.ask`` for a question or a mapping that holds one."""
    return {"question": input} if isinstance(input, str) else dict(input)
