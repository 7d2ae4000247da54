"""What the assistant does on a fixed Q&A set, measured: ``evaluate(assistant, items) -> Run``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.evaluation.comparison import Comparison
    from assistant.evaluation.errors import QASetError, RunError
    from assistant.evaluation.items import Item, read_items
    from assistant.evaluation.judging.judge import CitationJudge
    from assistant.evaluation.prices import Price, read_prices
    from assistant.evaluation.result import Result
    from assistant.evaluation.run import Run, evaluate

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

__all__ = [
    "CitationJudge",
    "Comparison",
    "Item",
    "Price",
    "QASetError",
    "Result",
    "Run",
    "RunError",
    "evaluate",
    "read_items",
    "read_prices",
]


def __getattr__(name: str) -> Any:
    # Lazily, because the chain loads chromadb and langchain, and reading a set does not need them.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"assistant.evaluation.{_HOMES[name]}"), name)
