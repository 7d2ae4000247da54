"""What of a page is not the article, taken out before its text is looked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NOT_THE_ARTICLE = re.compile(
    r"\b(?:mw-editsection|\w*social-placeholder|embed-?(?:placeholder|consent)|next-?(?:post|story)\w*"
    r"|related-?(?:posts|stories|articles|content)|read-?next|more-?stories"
    r"|you-may-also-like|recommended-?(?:posts|stories|articles))",
    re.IGNORECASE,
)
#: Articles that a page shows one behind the other, and the characters of one that is more than a teaser.
_FEW_ARTICLES, _ENOUGH = 4, 600


def prune(tree: HtmlElement) -> None:
    """Take out what is not the article, and put a space before a date that only a style sheet sets apart."""
    whole = len(tree.text_content())
    inside = list(tree.iterfind(".//article//article"))
    for article in inside if len(inside) <= _FEW_ARTICLES else ():
        # One that is told of there, or the next one. Of more than a few each is a part, as in a live blog.
        if article.getparent() is not None and len(article.text_content()) < 0.5 * whole:
            article.drop_tree()
    _drop_others(tree)
    for element in tree.xpath("//*[contains(@class, 'paywall') or contains(@id, 'paywall')]"):
        if _prose_in(element) > 0.4 * _prose_in(tree):  # what is called so holds the article here
            element.attrib.pop("class", None)
            element.attrib.pop("id", None)
    for element in list(tree.iter("div", "section", "aside", "ul", "span", "time", "noscript", "nav")):
        marks = f"{element.get('class', '')} {element.get('id', '')}"
        if element.tag in ("noscript", "nav") or (
            _NOT_THE_ARTICLE.search(marks) and len(element.text_content()) < 0.4 * whole
        ):
            element.drop_tree()
        elif element.tag == "time" or (element.tag == "span" and "date" in marks):
            element.text = f" {element.text or ''}"


def _prose_in(element: HtmlElement) -> int:
    return sum(len(paragraph.text_content()) for paragraph in element.iter("p"))


def _drop_others(tree: HtmlElement) -> None:
    """Take out the articles behind that which has the page's headline: the next ones to be read. Of more than a few,
    each is a part.
    """
    found = list(tree.iter("article"))
    own = [article for article in found if next(article.iter("h1"), None) is not None]
    if len(found) <= _FEW_ARTICLES and own and len(own[0].text_content()) >= _ENOUGH:
        for article in found[found.index(own[0]) + 1 :]:
            if own[0] not in article.iterancestors() and len(article.text_content()) >= _ENOUGH:
                article.drop_tree()
