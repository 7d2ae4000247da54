"""The kept conversations as markup: the panel with their list, what can be done with each, and what is asked back.

What opens and closes, and the dialogs, is the work of ``static/conversations/conversations.js``.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence

from markupsafe import Markup

from assistant.conversations import Feedback, Summary
from assistant.conversations.repository import LONGEST_COMMENT, LONGEST_TITLE, MOST_LISTED
from assistant.web.html import button, element, nonce


def toggle_view() -> Markup:
    """The button that opens and closes the panel."""
    return button(
        element("span", "Conversations", class_="label"),
        action="conversations",
        class_="quiet toggle",
        aria_label="Conversations",
        aria_expanded="false",
        aria_controls="conversations",
    )


def panel_view() -> Markup:
    """The head of the panel."""
    return element(
        "header",
        element("h2", "Conversations", id="conversations-heading", tabindex=-1),
        button("New", action="begin", class_="quiet new", aria_label="New conversation"),
        button("Close", action="conversations", class_="quiet close", aria_label="Close the conversations"),
        class_="panel",
    )


def list_view(
    summaries: Sequence[Summary], *, current: str, search: str = "", trouble: str = "", today: dt.date | None = None
) -> Markup:
    """The list, the latest first, under the days.

    Args:
        current: id of the conversation that the page shows.
        search: the words that were searched for.
        trouble: why none is kept.
        today: to tell the days by; default this machine's.
    """
    day = today or dt.date.today()
    parts: list[Markup] = []
    if trouble:
        parts.append(element("p", f"Conversations are not kept: {trouble}", class_="empty", dir="auto"))
    elif not summaries:
        empty = "Nothing is found." if search.strip() else "What you ask is kept here."
        parts.append(element("p", empty, class_="empty"))
    for period, group in itertools.groupby(summaries, key=lambda summary: _period(summary, day)):
        items = [element("li", _item(summary, current=summary.id == current)) for summary in group]
        parts += [element("h3", period), element("ul", items)]
    if len(summaries) == MOST_LISTED:
        parts.append(element("p", f"These are the latest {MOST_LISTED}. Search finds the others.", class_="empty"))
    return element("nav", parts, class_="kept", aria_label="Kept conversations", data_current=current)


def _period(summary: Summary, today: dt.date) -> str:
    age = (today - summary.updated.astimezone().date()).days
    if age < 1:
        return "Today"
    return "Yesterday" if age == 1 else "The last seven days" if age < 7 else "Earlier"


def _item(summary: Summary, *, current: bool) -> list[Markup]:
    title = summary.title or "Untitled"
    choices = (
        ("Rename…", "rename", ""),
        ("Export as Markdown", "export", "markdown"),
        ("Export as JSON", "export", "json"),
        ("Delete…", "delete", ""),
    )
    menu = [
        button(label, action=action, value=summary.id, data_title=title, data_format=form or None)
        for label, action, form in choices
    ]
    opener = button(
        title,
        action="reopen",
        value=summary.id,
        class_="title",
        title=title,
        dir="auto",  # cut off at its end, whichever side that is
        aria_current="page" if current else None,
    )
    more = element(
        "details",
        element("summary", element("span", f"More for “{title}”", class_="for-screen-readers"), title="More"),
        element("div", menu, class_="menu"),
        class_="more",
    )
    return [opener, more]


def dialogs_view() -> Markup:
    """What is asked back before something is renamed, deleted or said about an answer."""
    rename = element("input", type="text", name="text", maxlength=LONGEST_TITLE, required=True, autocomplete="off")
    comment = element("textarea", name="text", rows=4, maxlength=LONGEST_COMMENT)
    return element(
        "div",
        _dialog("rename", "Rename the conversation", [element("label", "Title", rename)], "Rename"),
        _dialog(
            "delete",
            "Delete this conversation?",
            [element("p", element("bdi", class_="named"), " and the feedback in it will be gone for good.")],
            "Delete",
            danger=True,
        ),
        _dialog(
            "comment",
            "What is good or bad about this answer?",
            [element("label", "Comment", comment)],
            "Save",
        ),
    )


def _dialog(name: str, heading: str, body: list[Markup], done: str, *, danger: bool = False) -> Markup:
    return element(
        "dialog",
        element(
            "form",
            element("h2", heading, id=f"dialog-{name}"),
            body,
            element(
                "footer",
                element("button", "Cancel", type="button", class_="quiet", data_action="cancel"),
                element("button", done, type="submit", class_="primary danger" if danger else "primary"),
            ),
            method="dialog",
        ),
        data_dialog=name,
        aria_labelledby=f"dialog-{name}",
    )


def rated_view(number: int, feedback: Feedback | None) -> Markup:
    """Says that feedback is kept; ``static/conversations/conversations.js`` shows it at the answer."""
    comment = feedback.comment if feedback else ""
    text = "Your feedback is taken back." if feedback is None else "Thank you, your feedback is kept."
    return element(
        "p",
        "Thank you, your comment is kept." if comment else text,
        role="status",
        data_nonce=nonce(),
        data_rated=number,
        data_rating=feedback.rating.value if feedback else "",
        data_comment=comment,
    )


def download_view(name: str, kind: str, text: str) -> Markup:
    """A file for the browser to save."""
    return element(
        "p", f"{name} is saved.", role="status", data_nonce=nonce(), data_save=name, data_kind=kind, data_text=text
    )
