"""What a page says of itself for machines: schema.org's JSON-LD, and its ``meta`` elements."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ingest.limits import MAX_FIELD

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE = re.compile(r"article|blogposting|report|review|posting", re.IGNORECASE)
_PAGE = re.compile(r"webpage", re.IGNORECASE)
_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
#: Names of one person in another are of no depth that people write.
_DEEPEST = 5


@dataclass(frozen=True)
class Structured:
    """The statements of one page: its things of JSON-LD, the scripts that are no JSON, and its ``meta`` elements."""

    things: tuple[dict[str, Any], ...]
    unreadable: tuple[str, ...]
    metas: dict[str, list[str]]

    @cached_property
    def articles(self) -> list[dict[str, Any]]:
        """The things that are articles; not the comments, parts and lists inside of them."""
        return [thing for thing in self.things if _ARTICLE.search(kinds(thing))]

    def dates(self) -> Iterator[str | int | float]:
        """When articles were published, and after them when pages were."""
        pages = [thing for thing in self.things if _PAGE.search(kinds(thing)) and not _ARTICLE.search(kinds(thing))]
        for thing in (*self.articles, *pages):
            if isinstance(value := thing.get("datePublished"), str | int | float):
                yield value
        for script in self.unreadable:
            if found := _DATE.search(script):
                yield found[1]

    def names(self, value: Any, depth: int = 0) -> Iterator[str]:
        """The names in a field: a text, a thing with a name, one that is named elsewhere on the page, or several."""
        if depth > _DEEPEST:
            return
        if isinstance(value, str):
            yield value[:MAX_FIELD]
        elif isinstance(value, list):
            for one in value[:100]:
                yield from self.names(one, depth + 1)
        elif isinstance(value, dict):
            yield from self.names(value.get("name") or self._named.get(str(value.get("@id"))), depth + 1)

    @cached_property
    def _named(self) -> dict[str, Any]:
        return {str(thing["@id"]): thing["name"] for thing in self.things if thing.get("@id") and thing.get("name")}

    def of(self, key: str) -> list[str]:
        """What the ``meta`` elements of a name say."""
        return self.metas.get(_key(key), [])

    def first(self, *keys: str) -> str:
        """The first of the ``meta`` elements that says anything, with its white space collapsed."""
        return next(filter(None, (" ".join(value.split()) for key in keys for value in self.of(key))), "")


def _key(name: str) -> str:
    """A ``meta`` element's name in one of its spellings: "article:published:time" is written too."""
    return name.strip().lower().replace("_", ":")


def kinds(thing: dict[str, Any]) -> str:
    """The types of a thing of JSON-LD, in one text."""
    kind = thing.get("@type")
    return " ".join(map(str, kind)) if isinstance(kind, list) else str(kind)


def structured(tree: HtmlElement) -> Structured:
    """Read what a page states."""
    metas: defaultdict[str, list[str]] = defaultdict(list)
    for meta in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            if key := _key(meta.get(attribute, "")):
                metas[key].append(meta.get("content", ""))
    things: list[dict[str, Any]] = []
    unreadable: list[str] = []
    for script in tree.iter("script"):
        if script.get("type", "").strip().lower() != "application/ld+json" or not script.text:
            continue
        try:
            data = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            unreadable.append(script.text)
            continue
        things += _top_level(data)
    return Structured(things=tuple(things), unreadable=tuple(unreadable), metas=dict(metas))


def _top_level(data: Any) -> Iterator[dict[str, Any]]:
    items: Sequence[Any] = data if isinstance(data, list) else [data]
    for item in items:
        if isinstance(item, dict):
            yield item
            if isinstance(graph := item.get("@graph"), list):
                yield from (node for node in graph if isinstance(node, dict))
