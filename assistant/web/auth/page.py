"""The pages to log in and out: plain HTML under the strict policy, which need no script."""

from __future__ import annotations

from markupsafe import Markup

from assistant.web.auth.passwords import LONGEST
from assistant.web.auth.users import LONGEST_NAME
from assistant.web.html import document, element
from assistant.web.static_files import static_address

TITLE = "News Assistant"


def login_page(said: str = "", *, name: str = "") -> Markup:
    """The page to log in; ``said`` is why the last attempt failed, ``name`` what was written in it."""
    form = element(
        "form",
        element("h1", TITLE),
        element("p", said, class_="refused", role="alert") if said else None,
        _field(
            "username",
            "Name",
            type="text",
            value=name,
            autocomplete="username",
            maxlength=LONGEST_NAME,
            autofocus=not name,
        ),
        _field(
            "password",
            "Password",
            type="password",
            autocomplete="current-password",
            maxlength=LONGEST,
            autofocus=bool(name),
        ),
        element("button", "Log in", type="submit"),
        method="post",  # to this very address, so that what is to be opened then is not lost
    )
    return _page("Log in", form)


def logout_page(name: str) -> Markup:
    """The page to log out."""
    form = element(
        "form",
        element("h1", TITLE),
        element("p", "You are logged in as ", element("bdi", name), "."),
        element("button", "Log out", type="submit"),
        element("p", element("a", "Back to the chat", href="./")),
        method="post",
    )
    return _page("Log out", form)


def _field(field: str, label: str, **attributes: str | int | bool) -> Markup:
    box = element(
        "input",
        name=field,
        id=field,
        required=True,
        **attributes,
        autocapitalize="none",
        spellcheck="false",
    )
    return element("p", element("label", label, for_=field), box)


def _page(title: str, form: Markup) -> Markup:
    head = [
        element("title", f"{title} · {TITLE}"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("link", rel="icon", type="image/svg+xml", href=static_address("favicon.svg")),
        element("link", rel="stylesheet", href=static_address("palette.css")),
        element("link", rel="stylesheet", href=static_address("login.css")),
    ]
    return document(head, [element("main", form)])
