"""HTML by construction: the only place where text becomes markup.

Article text, titles, addresses, questions and a model's words are all written by somebody else.

Invariants:

* A child or an attribute that is a plain ``str`` is escaped; only what :func:`element` and :func:`join` made is
  :class:`markupsafe.Markup` and passes as it stands. Nothing else in this package makes markup of a text.
* Element and attribute names come from this program, never from data.
* Only http and https addresses become links; they open apart from the page and tell the other side nothing.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from typing import TypeAlias

import markupsafe
from markupsafe import Markup

from assistant.render.text import host_of_link

Attribute: TypeAlias = "str | int | bool | None"
Child: TypeAlias = "str | Iterable[str] | None"

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_VOID = frozenset({"input", "link", "meta"})
#: What an archive's text can hold and a page must not: characters that no font shows and that break a parser's rules.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


def escape(text: str) -> Markup:
    """Text as markup that shows exactly that text; control characters are left out."""
    return text if isinstance(text, Markup) else markupsafe.escape(_CONTROL.sub("", text))


def join(children: Iterable[str], separator: str = "") -> Markup:
    """Children one after the other, plain ones escaped."""
    return escape(separator).join(map(escape, children))


def nonce() -> str:
    """An attribute's value that tells an element from the one before that is otherwise the same."""
    return secrets.token_hex(4)


def element(name: str, /, *children: Child, **attributes: Attribute) -> Markup:
    """One element; those that can have no content (:data:`_VOID`) take no children.

    Args:
        children: plain strings are escaped; None is left out.
        attributes: ``class_`` stands for class, ``aria_label`` for aria-label; True is an attribute without a value,
            None and False none at all.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"not an element's name: {name!r}")
    opening = name + "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Markup(f"<{opening}>")
    inner = "".join(escape(child) if isinstance(child, str) else join(child) for child in children if child is not None)
    return Markup(f"<{opening}>{inner}</{name}>")


def document(head: Iterable[Markup], body: Iterable[Markup]) -> Markup:
    """A whole page; its own words are English."""
    page = element("html", element("head", element("meta", charset="utf-8"), head), element("body", body), lang="en")
    return Markup(f"<!doctype html>\n{page}")


def _attribute(key: str, value: Attribute) -> str:
    name = key.rstrip("_").replace("_", "-")
    if not _NAME.fullmatch(name) or name.startswith("on"):
        raise ValueError(f"not an attribute's name: {key!r}")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'


def outside_link(url: str, label: str, *, class_: str = "outside") -> Markup | None:
    """A link to an article's own page, or None where its address is not fit to be one."""
    host = host_of_link(url)
    if host is None:
        return None
    return element(
        "a",
        label,
        element("span", f" (opens {host})", class_="for-screen-readers"),
        class_=class_,
        href=url,
        title=host,
        target="_blank",
        rel="noopener noreferrer nofollow",
        referrerpolicy="no-referrer",
    )


def message_view(text: str, *, alert: bool = False) -> Markup:
    """A line that says what was done, or what could not be."""
    role, kind = ("alert", "is-trouble") if alert else ("status", None)
    return element("p", text, role=role, class_=kind, dir="auto", data_nonce=nonce())


def button(
    label: Child,
    *,
    action: str,
    value: str | int = "",
    class_: str = "quiet",
    aria_label: str | None = None,
    **attributes: Attribute,
) -> Markup:
    """A button that ``static/chat/chat.js`` or the page's own events act on: ``action`` says which."""
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
