"""Who says what in an answer: the accounts of its voices beside each other, those that conflict marked in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from assistant.types import Account, AccountKind, AccountStatement, Citation, Conflict, ConflictKind
from assistant.web.html import Child, element, join
from assistant.web.views.citation import cite_button
from ingest.language.dates.words import day_in_words

_KINDS = {
    AccountKind.DIRECT: "in quotation marks",
    AccountKind.INDIRECT: "as reported",
    AccountKind.MIXED: "as reported, partly in quotation marks",
    AccountKind.OWN: "",
}
_CONFLICTS = {
    ConflictKind.DENIAL: ("Conflicts with what ", " says, one denying the other"),
    ConflictKind.CAUSE: ("Gives another cause than ", ""),
    ConflictKind.NUMBER: ("Gives another number than ", ""),
}


def accounts_view(entry: int, accounts: Sequence[Account], citations: Sequence[Citation]) -> Markup | None:
    """The accounts of an answer, or None where it has none."""
    if not accounts:
        return None
    numbers = {citation.number: cite_button(citation, entry, citations) for citation in citations}
    conflicting = any(account.conflicts for account in accounts)
    heading = "Accounts that conflict, side by side" if conflicting else "Who says what"
    columns = [element("li", _account(account, numbers), class_="account") for account in accounts]
    return element(
        "details",
        element("summary", element("h3", heading), element("span", f"{len(accounts)} voices", class_="count")),
        element("ul", columns, class_="accounts"),
        class_="view",
        open=conflicting,
    )


def _account(account: Account, numbers: Mapping[int, Markup]) -> list[Markup]:
    if account.speaker:
        whom = f"for {', '.join(account.stands_for)}" if account.stands_for else ""
    else:
        whom = "in its own words"
    return [
        element("h4", account.voice, dir="auto"),
        *([element("p", whom, class_="origin", dir="auto")] if whom else []),
        *(_statement(statement, numbers) for statement in account.statements),
        *(_conflict(conflict, numbers) for conflict in account.conflicts),
    ]


def _statement(statement: AccountStatement, numbers: Mapping[int, Markup]) -> Markup:
    told = [element("time", day_in_words(statement.published), datetime=statement.published)]
    if _KINDS[statement.kind]:
        told.append(element("span", _KINDS[statement.kind]))
    words: list[Child] = [statement.text, numbers.get(statement.citation)]
    return join([element("p", *words, dir="auto"), element("p", join(told, " · "), class_="origin")])


def _conflict(conflict: Conflict, numbers: Mapping[int, Markup]) -> Markup:
    before, after = _CONFLICTS[conflict.kind]
    about = [" on ", element("q", conflict.about)] if conflict.about else []
    return element(
        "p",
        element("strong", before, element("bdi", conflict.other), after),
        numbers.get(conflict.other_citation),
        about,
        class_="conflict",
        dir="auto",
    )
