"""Chunk -> embedding -> Chroma -> Passage: the store of a news archive and its retrieval.

Imported lazily, because chromadb and langchain take a second to load.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vectorstore.archive.passage import Passage
    from vectorstore.encoders.base import Encoder
    from vectorstore.encoders.registry import open_encoder
    from vectorstore.retrieval.retriever import Retriever
    from vectorstore.store import Store

__all__ = ["Encoder", "Passage", "Retriever", "Store", "open_encoder"]

_HOMES = {
    "Encoder": "vectorstore.encoders.base",
    "Passage": "vectorstore.archive.passage",
    "Retriever": "vectorstore.retrieval.retriever",
    "Store": "vectorstore.store",
    "open_encoder": "vectorstore.encoders.registry",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
