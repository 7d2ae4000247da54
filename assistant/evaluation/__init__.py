"""What the assistant does on a fixed Q&A set, measured: ``evaluate(assistant, items) -> Run``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.evaluation.comparison import Comparison as Comparison
    from assistant.evaluation.errors import QASetError as QASetError
    from assistant.evaluation.errors import RunError as RunError
    from assistant.evaluation.items import Item as Item
    from assistant.evaluation.items import read_items as read_items
    from assistant.evaluation.judging.judge import CitationJudge as CitationJudge
    from assistant.evaluation.prices import Price as Price
    from assistant.evaluation.prices import read_prices as read_prices
    from assistant.evaluation.result import Result as Result
    from assistant.evaluation.run import Run as Run
    from assistant.evaluation.run import evaluate as evaluate

_HOMES = {
    "CitationJudge": "judging.judge",
    "Comparison": "comparison",
    "Item": "items",
    "Price": "prices",
    "QASetError": "errors",
    "Result": "result",
    "Run": "run",
    "RunError": "errors",
    "evaluate": "run",
    "read_items": "items",
    "read_prices": "prices",
}


def __getattr__(name: str) -> Any:
    # Lazily, because the assistant loads chromadb and langchain, and reading a set does not need them.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"assistant.evaluation.{_HOMES[name]}"), name)
