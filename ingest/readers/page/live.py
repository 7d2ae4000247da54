"""A live blog -> its updates, each with its own time: what schema.org's ``LiveBlogPosting`` says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.article import Published
from ingest.language.dates.published import read_stamp
from ingest.limits import MAX_ENTRIES
from ingest.readers.page.structured import Structured, kinds

#: One alone is an article that says of itself that it may be continued.
_FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One update; ``text`` may hold markup."""

    title: str
    text: str
    published: Published
    url: str
    authors: tuple[str, ...]


def updates(stated: Structured, language: str) -> list[Update]:
    """The updates of a live blog in the order of the page, where at least two have words and a time of their own."""
    for thing in stated.things:
        listed = thing.get("liveBlogUpdate")
        if "liveblogposting" in kinds(thing).lower() and isinstance(listed, list):
            found = list(_read(stated, listed[:MAX_ENTRIES], language))
            if len(found) >= _FEWEST:
                return found
    return []


def _read(stated: Structured, listed: list[Any], language: str) -> Iterator[Update]:
    for one in listed:
        if not isinstance(one, dict):
            continue
        text, published = one.get("articleBody"), read_stamp(one.get("datePublished"), language)
        if isinstance(text, str) and any(map(str.isalnum, text)) and published is not None:
            title, url = one.get("headline"), one.get("url")
            yield Update(
                title=title if isinstance(title, str) else "",
                text=text,
                published=published,
                url=url if isinstance(url, str) else "",
                authors=tuple(stated.names(one.get("author"))),
            )
