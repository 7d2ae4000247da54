"""The headline of a page, of what its metadata, its headings and its ``title`` say.

A publisher writes a headline up to four times: for the page, for machines (JSON-LD), for those who share it (``og:``)
and for the window. Each may carry the site's name, a section or a kicker that the others lack.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ingest.language.dates.published import labelled_date
from ingest.readers.base import same_words
from ingest.readers.links import parts
from ingest.readers.page.structured import Structured

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: What stands between a headline and the site or section behind it, and how long those are at most.
_BEHIND = re.compile(r"\s*(?:\s[|–—·»:-]\s|\s?\|\s?|[：｜]|--)\s*\S.{0,60}$")
#: What stands between a kicker and the headline behind it.
_BEFORE = re.compile(r"(?:^|\S)(?:\s[|–—·»/-]|\s?[:|])\s+$")
_PARTS = re.compile(r"(?<!\s)\s++(?:[|–—·»]|::?|-)\s+")
#: A shorter text is no headline that another could be cut to.
_SHORTEST = 10


def headline(tree: HtmlElement, stated: Structured) -> str:
    """The headline that most of the four have, or "" where the page has none."""
    shared = _clean(stated.first("og:title", "twitter:title"))
    machine = next((text for thing in stated.articles if (text := _clean(thing.get("headline")))), "")
    window = _clean(tree.findtext(".//title"))
    headings = list(dict.fromkeys(filter(None, (_clean(heading.text_content()) for heading in tree.iter("h1")))))
    known = [text for text in (shared, machine, window, *headings) if text]
    shared, machine, window = (_without_site(text, known) for text in (shared, machine, window))
    # Of several headings the first is the article's where another says so.
    shown = "".join(headings[:1])
    if len(headings) > 1 and not (same_words(shown, shared) or same_words(shown, machine)):
        shown = ""
    return _chosen(shared, machine, shown, window, sole=len(headings) == 1)


def _chosen(shared: str, machine: str, shown: str, window: str, *, sole: bool) -> str:
    """Two that agree; of two that differ by a kicker the one without; else what is written to be shared."""
    if not shared or same_words(shared, machine) or same_words(shared, shown):
        other = shared or machine or shown or window
        # The page's own variant stands alone against both of machines: it is the one that was made for the page.
        if shared and same_words(machine, window) and not (same_words(shared, machine) or _within(shared, machine)):
            return machine
        return other
    if not machine:
        return _without_kicker(shared, shown)
    if same_words(machine, shown):
        if not sole:
            return machine
        return next((one for one, other in ((shared, machine), (machine, shared)) if _within(one, other)), shared)
    return machine if same_words(machine, window) else shared


def _within(one: str, other: str) -> bool:
    """Whether ``other`` is ``one`` with a kicker before it, or with more behind it."""
    if len(one) < _SHORTEST or len(one) >= len(other):
        return False
    before = other[: len(other) - len(one)]
    return other.startswith(one) or (other.endswith(one) and _BEFORE.search(before) is not None)


def _without_kicker(one: str, other: str) -> str:
    """The headline that two variants share behind kickers of their own, or ``one``."""
    for place in re.finditer(r"(?:\s[|–—·»/-]|[:|])\s+", one):
        rest = one[place.end() :]
        if len(rest) >= 2 * _SHORTEST and other.endswith(rest) and _BEFORE.search(other[: len(other) - len(rest)]):
            return rest
    return one


def _without_site(title: str, others: Iterable[str]) -> str:
    """``title`` without what stands behind it in it alone: another of the page's titles is the same without that."""
    for other in sorted(others, key=len):
        if _SHORTEST <= len(other) < len(title) and title.startswith(other) and _BEHIND.match(title, len(other)):
            return other
    return title


def _clean(text: object) -> str:
    return " ".join(html.unescape(text).replace("\xad", "").split()) if isinstance(text, str) else ""


def ending(title: str) -> str:
    """What stands behind the last mark that divides a title; the title where none does."""
    return _PARTS.split(title)[-1]


def without_ending(title: str, source: str, url: str) -> str:
    """``title`` without the site's name and the date that pages put behind it."""
    title = " ".join(title.split())
    host = parts(url).hostname or ""
    site = {"".join(name.casefold().split()) for name in (source, host, host.removeprefix("www."), *host.split("."))}
    while len(pieces := _PARTS.split(title)) > 1:
        last = "".join(pieces[-1].casefold().split())
        if last not in site and labelled_date(pieces[-1]) is None:
            break
        title = title[: title.rindex(pieces[-1])].rstrip(" |–—·»:-")
    return title
