"""Question -> streamed, verified answer. ``Assistant`` is the face of the program for Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.pipeline.assistant import Assistant
    from assistant.types import Answer, AnswerReady, Citation, Notice, PassagesFound, Statement, TextDelta

__all__ = ["Answer", "AnswerReady", "Assistant", "Citation", "Notice", "PassagesFound", "Statement", "TextDelta"]


def __getattr__(name: str) -> Any:
    # Lazily, because the chain loads chromadb and langchain, and `assistant --help` must not.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("assistant.pipeline.assistant" if name == "Assistant" else "assistant.types"), name)
