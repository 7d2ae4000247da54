"""HTML by construction: the only place where text becomes markup.

Article text, titles, addresses, questions and a model's words are all written by somebody else.

Invariants:

* A child or an attribute that is a plain ``str`` is escaped; only what :func:`element` and :func:`join` made is
  :class:`Html` and passes as it stands. Nothing else in this package makes an ``Html``.
* Element and attribute names come from this program, never from data.
* Only http and https addresses become links; they open apart from the page and tell the other side nothing.
"""

from __future__ import annotations

import html
import re
import secrets
from collections.abc import Iterable
from typing import TypeAlias
from urllib.parse import urlsplit

Attribute: TypeAlias = "str | int | bool | None"


class Html(str):
    """Markup that is safe to show."""

    __slots__ = ()


Child: TypeAlias = "str | Html | Iterable[str | Html] | None"

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_VOID = frozenset({"input", "link", "meta"})
_ADDRESS = re.compile(r"https?://[^\s\\<>\"'`\x00-\x20\x7f]+", re.IGNORECASE)
#: What an archive's text can hold and a page must not: characters that no font shows and that break a parser's rules.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


def escape(text: str) -> Html:
    """Text as markup that shows exactly that text; control characters are left out."""
    return text if isinstance(text, Html) else Html(html.escape(_CONTROL.sub("", text), quote=True))


def join(children: Iterable[str | Html], separator: str | Html = "") -> Html:
    """Children one after the other, plain ones escaped."""
    return Html(escape(separator).join(escape(child) for child in children))


def nonce() -> str:
    """An attribute's value that tells an element from the one before that is otherwise the same."""
    return secrets.token_hex(4)


def element(name: str, /, *children: Child, **attributes: Attribute) -> Html:
    """One element; those that can have no content (:data:`_VOID`) take no children.

    Args:
        children: plain strings are escaped; None is left out.
        attributes: ``class_`` stands for class, ``aria_label`` for aria-label; True is an attribute without a value,
            None and False none at all.
    """
    opening = name + "".join(_attribute(key, value) for key, value in attributes.items())
    if not _NAME.fullmatch(name):
        raise ValueError(f"not an element's name: {name!r}")
    if name in _VOID:
        return Html(f"<{opening}>")
    inner = "".join(_child(child) for child in children)
    return Html(f"<{opening}>{inner}</{name}>")


def document(head: Iterable[Html], body: Iterable[Html]) -> Html:
    """A whole page; its own words are English."""
    page = element("html", element("head", element("meta", charset="utf-8"), head), element("body", body), lang="en")
    return Html(f"<!doctype html>\n{page}")


def _attribute(key: str, value: Attribute) -> str:
    name = key.rstrip("_").replace("_", "-")
    if not _NAME.fullmatch(name) or name.startswith("on"):
        raise ValueError(f"not an attribute's name: {key!r}")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'


def _child(child: Child) -> str:
    if child is None:
        return ""
    return escape(child) if isinstance(child, str) else join(child)


def address_of(url: str) -> tuple[str, str] | None:
    """An article's address as (href, host to show), or None where it is no plain http(s) address."""
    if len(url) > 2000 or not _ADDRESS.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host or "@" in parts.netloc:
        return None
    return url, host.removeprefix("www.")


def outside_link(url: str, label: str, *, class_: str = "outside") -> Html | None:
    """A link to an article's own page, or None where its address is not fit to be one."""
    address = address_of(url)
    if address is None:
        return None
    href, host = address
    return element(
        "a",
        label,
        element("span", f" (opens {host})", class_="for-screen-readers"),
        class_=class_,
        href=href,
        title=host,
        target="_blank",
        rel="noopener noreferrer nofollow",
        referrerpolicy="no-referrer",
    )


def button(
    label: Child,
    *,
    action: str,
    value: str | int = "",
    class_: str = "quiet",
    aria_label: str | None = None,
    **attributes: Attribute,
) -> Html:
    """A button that ``static/chat.js`` or the page's own events act on: ``action`` says which."""
    return element(
        "button",
        label,
        type="button",
        class_=class_,
        data_action=action,
        data_value=value,
        aria_label=aria_label,
        **attributes,
    )
