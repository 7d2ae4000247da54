"""Who wrote a page: as its metadata name them, else as its byline does; persons, desks and agencies alike."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ingest.readers.base import people, same_words
from ingest.readers.page.structured import Structured

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: ``meta`` elements, the surest first; in those of libraries the family name stands first.
_META = (
    "articleauthor",
    "author",
    "article:author",
    "og:author",
    "article:byline",
    "byl",
    "sailthru.author",
    "parsely-author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
)
_FAMILY_FIRST = frozenset({"dc.creator", "dcterms.creator", "citation_author"})
#: Between names: marks, and "and" in languages that news are written in.
_DIVIDES = re.compile(r"[,;|&、]|\s(?:/|and|und|og|och|et|y|e|en|i|ve)\s")
_NO_NAME = re.compile(r"https?:|//|\S@\S|^@|\.(?:com|de)/|^\d+$|^[(\[]")
_BY = re.compile(r"(?:by|von|par|por|di|autor(?:in|es)?|text|words|author|责编|記者)\s*[:：]?\s+", re.IGNORECASE)
_POSTS_BY = re.compile(r"(?:view all )?posts by\s+|written by\s+", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
_ROLE = re.compile(r"(?:\([^)]{0,80}\)|\[[^\]]{0,80}\])$")
_BYLINE = re.compile(r"(?:^|[\s_-])(?:author|authors|byline|autor)(?:[\s_-]|__?name|$)", re.IGNORECASE)
_ELSEWHERE = re.compile(r"comment|related|recommend|teaser|sidebar|footer|bio\b|promo|widget", re.IGNORECASE)
#: Characters of a name or a byline, and names of one article.
_LONGEST, _MOST = 80, 20


def authors(tree: HtmlElement, stated: Structured, site: str) -> tuple[str, ...]:
    """The names of those who wrote the page; the publisher's own where it says so and no byline names another."""
    found = tuple(_names(_of_articles(stated), site))
    for key in () if found else _META:
        values = [_turned(value) if key in _FAMILY_FIRST else value for value in stated.of(key)]
        if found := tuple(_names(values, site)):
            break
    if found and not all(_is_publisher(name, stated, site) for name in found):
        return found
    shown = _byline(tree)
    return tuple(_names([shown], site)) if shown and (_BY.match(shown) or not found) else found


def _of_articles(stated: Structured) -> list[str]:
    """The names in the first article that has any."""
    return next((names for thing in stated.articles if (names := list(stated.names(thing.get("author"))))), [])


def _names(values: Iterable[str], site: str) -> Iterator[str]:
    """Each of the names once, without what is none."""
    seen: set[str] = set()
    for value in values:
        value = " ".join(html.unescape(value).split())
        if _NO_NAME.search(value):
            continue
        for name in [value] if same_words(value, site) else _DIVIDES.split(value):
            by = _BY.match(name)
            name = _ROLE.sub("", name[by.end() if by else 0 :].strip()).strip(" ,;:-–")
            if name and len(name) <= _LONGEST and people(name) and name.casefold() not in seen:
                seen.add(name.casefold())
                yield name
                if len(seen) == _MOST:
                    return


def _turned(name: str) -> str:
    family, _, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if given.strip() and "," not in given else name


def _is_publisher(name: str, stated: Structured, site: str) -> bool:
    own = _letters(name)
    return any(own and own in _letters(other) for other in (site, *_publishers(stated)))


def _publishers(stated: Structured) -> Iterator[str]:
    for thing in stated.articles:
        yield from stated.names(thing.get("publisher"))


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def publisher(stated: Structured) -> str:
    """The publisher as the page names it, "" where it does not: the site's name, which all of its pages have. Some of
    them have its host in that place, so that a name is taken before it.
    """
    named = (stated.first("og:site_name"), *_publishers(stated), stated.first("application-name"))
    names = [clean for name in named if (clean := " ".join(html.unescape(name).split()))]
    hosts = [name for name in names if _HOST.fullmatch(name)]
    return next((name for name in names if name not in hosts), "") or "".join(hosts[:1]).lower()


def authors_found(names: str, site: str) -> tuple[str, ...]:
    """The names in a line that was found on the page."""
    found = (_POSTS_BY.sub("", name).strip(" ,") for name in people(names))
    return tuple(dict.fromkeys(name for name in _names(found, site) if not same_words(name, site)))


def _byline(tree: HtmlElement) -> str:
    """The text of the first byline on the page, or ""."""
    for element in tree.iter("a", "span", "p", "div", "address", "li", "em", "cite"):
        marks = f"{element.get('class', '')} {element.get('itemprop', '')}"
        if element.get("rel") != "author" and not _BYLINE.search(marks):
            continue
        text = " ".join(element.text_content().split()) if len(element) < 10 else ""
        if 3 <= len(text) <= _LONGEST and not any(map(str.isdigit, text)) and not _stands_elsewhere(element):
            return text
    return ""


def _stands_elsewhere(element: HtmlElement) -> bool:
    return any(
        _ELSEWHERE.search(f"{node.get('class', '')} {node.get('id', '')}") or node.tag in ("aside", "footer", "nav")
        for node in (element, *element.iterancestors())
        if node.tag not in ("body", "html")
    )
