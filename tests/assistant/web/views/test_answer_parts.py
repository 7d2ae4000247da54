"""Cards, accounts and timelines as markup."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

import pytest

from assistant.types import (
    Account,
    AccountKind,
    AccountStatement,
    Answer,
    Citation,
    Conflict,
    ConflictKind,
    TimelineEntry,
)
from assistant.web.views.accounts import accounts_view
from assistant.web.views.answer import entry_view
from assistant.web.views.cards import cards_view
from assistant.web.views.entry import Entry
from assistant.web.views.suggestions import suggestions_view
from assistant.web.views.timeline import timeline_view
from vectorstore.retrieval.scope import Scope

HOSTILE = "<img src=x onerror=alert(1)>"


def cited(number: int, quote: str = "It froze.", speaker: str | None = "Dmitry Peskov") -> Citation:
    return Citation(
        number=number,
        article_id="a",
        title="Frost",
        url="",
        source="The Post",
        published="2015-05-12",
        start=number * 10,
        end=number * 10 + len(quote),
        quote=quote,
        speaker=speaker,
    )


def account(voice: str, number: int, *conflicts: Conflict, kind: AccountKind = AccountKind.DIRECT) -> Account:
    said = AccountStatement(text=f"Words of {voice}.", citation=number, published="2015-05-12", kind=kind)
    if kind is AccountKind.OWN:
        return Account(speaker=None, source=voice, statements=(said,), conflicts=conflicts)
    return Account(speaker=voice, stands_for=("Kremlin", "Russia"), statements=(said,), conflicts=conflicts)


def plain(markup: str | None) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup or "")).split())


def test_a_card_has_the_quote_the_speaker_the_publisher_and_the_day() -> None:
    markup = cards_view(3, [cited(1)])
    assert plain(markup) == "It froze. Said by Dmitry Peskov Frost The Post · 12 May 2015"
    assert 'id="card-3-1" role="tooltip"' in (markup or "")
    assert cards_view(3, []) is None


def test_a_card_without_speaker_names_none() -> None:
    assert "Said by" not in plain(cards_view(1, [cited(1, speaker=None)]))


def test_every_number_of_an_answer_has_its_card() -> None:
    answer = Answer(
        id="1",
        question="Why?",
        standalone_question="Why?",
        as_of=dt.date(2015, 5, 20),
        text="It froze [1] and thawed [2].",
        citations=(cited(1), cited(2)),
        accounts=(account("Dmitry Peskov", 1), account("The Post", 2, kind=AccountKind.OWN)),
        timeline=(TimelineEntry(date="2015", dated_by_text=True, text="It froze.", citation=1, speaker=None),),
    )
    markup = entry_view(Entry(number=7, question="Why?", answer=answer), last=True)
    described = set(re.findall(r'aria-describedby="(.*?)"', markup))
    assert described == set(re.findall(r'<div id="(.*?)" role="tooltip"', markup)) == {"card-7-1", "card-7-2"}
    assert markup.count('class="cite"') == 5


def test_accounts_stand_beside_each_other_with_their_numbers() -> None:
    markup = accounts_view(
        1, [account("Dmitry Peskov", 1), account("The Post", 2, kind=AccountKind.OWN)], [cited(1), cited(2)]
    )
    assert plain(markup) == (
        "Who says what 2 voices"
        " Dmitry Peskov for Kremlin, Russia Words of Dmitry Peskov. 1 12 May 2015 · in quotation marks"
        " The Post in its own words Words of The Post. 2 12 May 2015"
    )
    assert "<details class" in (markup or "")
    assert " open" not in (markup or "").split(">")[0]


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        (ConflictKind.DENIAL, "Conflicts with what Kyiv says, one denying the other 2 on freeze"),
        (ConflictKind.CAUSE, "Gives another cause than Kyiv 2 on freeze"),
        (ConflictKind.NUMBER, "Gives another number than Kyiv 2 on freeze"),
    ],
)
def test_a_conflict_is_told_in_words_and_shown_open(kind: ConflictKind, line: str) -> None:
    conflict = Conflict(kind=kind, about="freeze", citation=1, other="Kyiv", other_citation=2)
    markup = accounts_view(1, [account("Moscow", 1, conflict), account("Kyiv", 2)], [cited(1), cited(2)]) or ""
    assert line in plain(markup)
    assert "Accounts that conflict, side by side" in plain(markup)
    assert markup.startswith('<details class="view" open>')


def test_without_accounts_or_timeline_there_is_no_view_of_them() -> None:
    assert accounts_view(1, [], []) is None
    assert timeline_view(1, [], []) is None


def test_a_timeline_is_a_dated_list_that_says_which_dates_are_of_the_report() -> None:
    steps = [
        TimelineEntry(date="2015-05", dated_by_text=True, text="It froze.", citation=1, speaker=None),
        TimelineEntry(date="2015-05-12", dated_by_text=False, text="It thawed.", citation=2, speaker="Peskov"),
    ]
    markup = timeline_view(1, steps, [cited(1), cited(2)])
    assert plain(markup) == ("Timeline 2 steps May 2015 It froze. 1 12 May 2015 reported It thawed. 2 Said by Peskov")
    assert re.findall(r'datetime="(.*?)"', markup or "") == ["2015-05", "2015-05-12"]


def test_what_others_wrote_stays_text_in_every_view() -> None:
    conflict = Conflict(kind=ConflictKind.CAUSE, about=HOSTILE, citation=1, other=HOSTILE, other_citation=1)
    one = Account(
        speaker=HOSTILE,
        stands_for=(HOSTILE,),
        statements=(AccountStatement(text=HOSTILE, citation=1, published=None, kind=AccountKind.MIXED),),
        conflicts=(conflict,),
    )
    step = TimelineEntry(date=HOSTILE, dated_by_text=False, text=HOSTILE, citation=1, speaker=HOSTILE)
    citation = cited(1, HOSTILE, HOSTILE)
    views = (
        accounts_view(1, [one], [citation]),
        timeline_view(1, [step], [citation]),
        cards_view(1, [citation]),
        suggestions_view([HOSTILE]),
    )
    for markup in views:
        assert "<img" not in (markup or "<img")
        assert "&lt;img" in (markup or "")


def test_what_a_question_was_limited_to_is_told_below_its_answer() -> None:
    scope = Scope(as_of=dt.date(2015, 5, 20), date_from=dt.date(2015, 5, 1), sources=("The Post", "الجزيرة"))
    markup = entry_view(Entry(number=1, question="Why?", trouble="No.", scope=scope), last=True)
    assert "as of 20 May 2015 · from 1 May 2015 · only The Post, الجزيرة" in plain(markup)
