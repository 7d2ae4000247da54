"""Rerankers: another order for the passages that were found, by another package; none by default."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol, runtime_checkable

from ingest.plugins import PluginError, plugins
from ingest.readers.base import DAMAGE
from vectorstore.archive.passage import Passage

_logger = logging.getLogger(__name__)


@runtime_checkable
class Reranker(Protocol):
    """Registered as a class without arguments in ``news_assistant.rerankers``; ``ASSISTANT_RERANKER`` names one."""

    def rerank(self, query: str, passages: Sequence[Passage]) -> Sequence[Passage]:
        """``passages`` in a better order, the best first."""
        ...


def open_reranker(name: str) -> Reranker:
    """The reranker of that name.

    Raises:
        PluginError: where none is registered under it, or the package that brings it is broken.
    """
    known = plugins("rerankers")
    if name not in known:
        remedy = f"use {' or '.join(map(repr, sorted(known)))}" if known else "install a package that brings one"
        raise PluginError(f"there is no reranker {name!r}", remedy=remedy)
    return known[name].make(Reranker)


def reranked(reranker: Reranker, query: str, passages: Sequence[Passage]) -> list[Passage]:
    """``passages`` in the reranker's order, each copy still behind what it is a copy of, ranks from 1.

    Whatever the reranker leaves out comes behind the others, and where it fails, the order stays.
    """
    copies: list[list[Passage]] = []
    own: list[Passage] = []
    for passage in passages:
        if passage.copy_of is None:
            own.append(passage)
            copies.append([])
        else:
            copies[-1].append(passage)
    try:
        order = list(reranker.rerank(query, tuple(own)))
    except DAMAGE as error:
        _logger.warning("the reranker failed (%s: %s), and the order stays", type(error).__name__, error)
        return list(passages)
    at = {(passage.article_id, passage.span): number for number, passage in enumerate(own)}
    chosen = [at[key] for passage in order if (key := (passage.article_id, passage.span)) in at]
    numbers = dict.fromkeys([*chosen, *range(len(own))])
    whole = (passage for number in numbers for passage in (own[number], *copies[number]))
    return [replace(passage, rank=rank) for rank, passage in enumerate(whole, start=1)]
