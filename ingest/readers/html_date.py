"""When a page says that it was published: stated in its metadata, in its address, or in a labelled line.

htmldate and the like also search the whole page and so find the date of a teaser, of a comment or of a picture;
absent is absent here. Order: schema.org JSON-LD, ``meta`` elements and microdata, the address's path, a visible date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.article import Published
from ingest.language.dates.labels import PUBLISHED
from ingest.language.dates.published import date_in_name, labelled_date, read_stamp
from ingest.readers.links import parts
from ingest.readers.page.structured import Structured

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: ``meta`` names, the surest first; the last ones may be of the file rather than of the article.
_META = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "dcterms.issued",
    "dc.date.issued",
    "dc.issued",
    "parsely-pub-date",
    "sailthru.date",
    "bt:pubdate",
    "cxenseparse:recs:publishtime",
    "originalpublicationdate",
    "article_date_original",
    "article.published",
    "published_time",
    "publication_date",
    "publish-date",
    "publish_date",
    "publishdate",
    "pubdate",
    "rbpubdate",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "date",
)
_ELSEWHERE = re.compile(
    r"comment|related|recommend|teaser|sidebar|footer|widget|promo|next|prev|archive|copyright|modified|updated",
    re.IGNORECASE,
)
_DATE_MARK = re.compile(r"date|publish|posted|byline|timestamp", re.IGNORECASE)
_LONGEST_LINE = 80


def stated_date(tree: HtmlElement, stated: Structured, url: str = "") -> Published:
    """The date of publication that the page ``tree``, read from ``url``, states, or None."""
    language = language_of(tree)
    for value in (*stated.dates(), *_metadata(tree, stated)):
        if published := read_stamp(value, language):
            return published
    addresses = (url, *(link.get("href", "") for link in tree.xpath("//head/link[@rel='canonical']")))
    for address in addresses:
        if published := date_in_name(parts(address).path if "://" in address else ""):
            return published
    return _visible(tree, language)


def language_of(tree: HtmlElement) -> str:
    """The tag of the language that a page says it is written in, or ""."""
    return str(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()[:35]


def _metadata(tree: HtmlElement, stated: Structured) -> Iterator[str]:
    yield from (values[0] for key in _META if (values := stated.of(key)))
    for element in tree.xpath("//*[@itemprop='datePublished' or @pubdate]"):
        if not _stands_elsewhere(element):
            yield element.get("datetime") or element.get("content") or element.text_content()
            return  # the first is the page's own, the next may be a teaser's


def _visible(tree: HtmlElement, language: str) -> Published:
    """The date in a line of the page's head: before the first long paragraph, or anywhere behind a label."""
    at_head = True
    for element in tree.iter("p", "time", "span", "div", "li", "abbr", "small", "td", "dd", "em", "h2", "h3", "h4"):
        text = _beginning(element)
        if len(text) > _LONGEST_LINE:
            at_head = at_head and not (element.tag == "p" and len(text) > 3 * _LONGEST_LINE)
            continue
        marks = f"{element.get('class', '')} {element.get('id', '')}"
        own = element.tag == "time" or _DATE_MARK.search(marks)
        if not ((at_head and own) or PUBLISHED.match(text)) or _stands_elsewhere(element):
            continue
        stamp = element.get("datetime") or element.get("title") or ""
        if published := read_stamp(stamp, language) or labelled_date(text, language):
            return published
    return None


def _beginning(element: HtmlElement) -> str:
    """The element's text, no more of it than tells a line from a paragraph: elements are nested, and all are asked."""
    text = ""
    for piece in element.itertext():
        text += piece
        if len(text) > 8 * _LONGEST_LINE:
            break
    return " ".join(text.split())


def _stands_elsewhere(element: HtmlElement) -> bool:
    for node in (element, *element.iterancestors()):
        if node.tag in ("body", "html"):
            return False
        if node.tag in ("aside", "footer", "nav"):
            return True
        if _ELSEWHERE.search(f"{node.get('class', '')} {node.get('id', '')}"):
            return True
    return False
