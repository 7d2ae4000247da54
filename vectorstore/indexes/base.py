"""What the indexes of an archive are: of vectors, by any package, and of words.

Both can be thrown away and built again: they hold row numbers, and the archive the texts and vectors.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypedDict, Unpack

import numpy as np
import numpy.typing as npt

from ingest.plugins import PluginError, plugins

Integers = npt.NDArray[np.int64]
Vectors = npt.NDArray[np.float32]
Report = Callable[[str], None]


class VectorIndex(Protocol):
    """Unit vectors by row number. Registered in ``news_assistant.vector_indexes`` as a callable that opens or makes
    one, given its name, the folder that is its own, its address ("" for the folder), and the watermark that it must
    have been sealed with (None for any). All raise :class:`~vectorstore.errors.IndexUnavailable` where they cannot.
    """

    def put(self, rows: Sequence[int] | Integers, vectors: Vectors) -> None:
        """Add vectors, ``[n, dimension]``; a row that is there is replaced."""
        ...

    def remove(self, rows: Sequence[int]) -> None:
        """Delete rows; one that is not there is passed over."""
        ...

    def query(self, vector: Vectors, limit: int) -> tuple[Integers, Vectors]:
        """The ``limit`` nearest rows of one unit vector ``[dimension]``, the nearest first, with their cosines."""
        ...

    def count(self) -> int:
        """How many rows are there."""
        ...

    def seal(self, watermark: int) -> None:
        """Keep all that was written for good, as what the archive held at its change ``watermark``."""
        ...

    def close(self) -> None:
        """Let go of it; another process may open it then."""
        ...

    def delete(self) -> None:
        """Close it and delete it for good."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorBackend:
    """Which vector index a store uses, and where: at ``address``, or in the store's own folder."""

    name: str = "chroma"
    address: str = ""

    @classmethod
    def named(cls, text: str) -> VectorBackend:
        """That of ``NAME`` or ``NAME:ADDRESS``.

        Raises:
            PluginError: where none of that name is registered.
        """
        name, _, address = text.partition(":")
        if name not in (known := plugins("vector_indexes")):
            remedy = f"use {' or '.join(map(repr, sorted(known)))}"
            raise PluginError(f"there is no vector index {name!r}", remedy=remedy)
        return cls(name=name, address=address)

    @property
    def kind(self) -> str:
        """What its records in the archive are called. One at an address is another than one in the store's folder, so
        that programs which use the one and the other do not take turns at rebuilding it.
        """
        return ("dense" if self.name == "chroma" else f"dense of {self.name}") + (" on server" if self.address else "")

    def open(self, name: str, folder: Path, watermark: int | None = None) -> VectorIndex:
        """Open or make the index called ``name``.

        Raises:
            IndexUnavailable, PluginError: where it cannot be opened.
        """
        return plugins("vector_indexes")[self.name].make(VectorIndex, name, folder, self.address, watermark)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextArticle:
    """What an index of words needs of an article. ``key`` and the passages' chunk keys are the archive's positive
    integers; ``day`` is ``date.toordinal()`` or None; the passages make up the article's text, in order.
    """

    key: int
    title: str
    source: str
    day: int | None
    passages: tuple[tuple[int, str], ...]


class TextFilter(TypedDict, total=False):
    """What is looked at: the first and the last day (``date.toordinal()``, inclusive), whether articles without a date
    pass, and publishers, exactly as the articles name them (None is all of them, empty is none).
    """

    day_from: int | None
    day_to: int | None
    include_undated: bool
    sources: Collection[str] | None


class TextIndex(Protocol):
    """Words by passage and by article."""

    def apply(self, *, remove_articles: Sequence[int], add: Iterable[TextArticle]) -> None:
        """Remove and add articles in one durable commit; an article that is there already is replaced."""
        ...

    def search_passages(self, query: str, limit: int, **within: Unpack[TextFilter]) -> list[tuple[int, int, float]]:
        """The passages that match best: (chunk key, article key, score), best first."""
        ...

    def search_articles(self, query: str, limit: int, **within: Unpack[TextFilter]) -> list[tuple[int, float]]:
        """The articles whose title and whole text match best: (article key, score), best first."""
        ...
