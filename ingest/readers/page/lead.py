"""The lead of a page: the paragraph between headline and text, which pages set apart so that it is taken for no text.

It is what the page's metadata describe it by, where that stands on the page word for word.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from ingest.readers.page.structured import Structured

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: Letters by which a lead is known, and of a description that is more than a few words.
_KNOWN_BY = 40
_LONGEST = 1500
_MOST_CHILDREN = 6


def lead(tree: HtmlElement, stated: Structured) -> str:
    """The lead as the page shows it, "" where it shows none; taken before the page is pruned."""
    described = [thing.get("description") for thing in stated.articles]
    described += [stated.first("og:description"), stated.first("description")]
    keys = {
        key[:_KNOWN_BY]
        for one in described
        if isinstance(one, str) and len(key := _letters(html.unescape(one))) >= _KNOWN_BY
    }
    for element in tree.iter("p", "h2", "h3", "div", "span", "strong", "b") if keys else ():
        if len(element) > _MOST_CHILDREN:
            continue
        text = " ".join(element.text_content().split())
        if _KNOWN_BY <= len(text) <= _LONGEST and _letters(text[: 3 * _KNOWN_BY])[:_KNOWN_BY] in keys:
            return text
    return ""


def lacks(text: str, paragraph: str) -> bool:
    """Whether ``text`` does not have what ``paragraph`` begins with."""
    return _letters(paragraph)[:_KNOWN_BY] not in _letters(text)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
