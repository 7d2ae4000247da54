"""An answer as lines of plain text."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from assistant.render.text import answer_lines, origin_in_words
from assistant.types import (
    Abstention,
    Account,
    AccountKind,
    AccountStatement,
    Answer,
    Citation,
    Conflict,
    ConflictKind,
    NearestArticle,
    Statement,
    Support,
    TimelineEntry,
)

CITATION = Citation(
    number=1,
    article_id="a1",
    title="Talks end",
    url="https://wire.example/a1",
    source="Meridian Wire",
    published="2015-05-13",
    start=0,
    end=5,
    quote="The talks\n ended without an agreement. " * 5,
)
ANSWER = Answer(
    id="q",
    question="Did they end?",
    standalone_question="Did they end?",
    as_of=dt.date(2015, 5, 20),
    text="They ended [1].",
    statements=(Statement(text="They ended.", citations=(1,), support=Support.SUPPORTED),),
    citations=(CITATION,),
)


def lines(answer: Answer, **options: bool) -> list[str]:
    return list(answer_lines(answer, **options))


def test_the_answer_comes_first_and_then_each_source_with_its_quotation_publisher_and_day() -> None:
    found = lines(ANSWER)
    assert found[0] == "They ended [1]."
    assert found[2].startswith("[1] “The talks ended without an agreement.")
    assert all(len(line) <= 100 for line in found[2:-1])
    assert found[3].startswith("    ")
    assert found[-1] == "    Talks end (Meridian Wire, 13 May 2015) https://wire.example/a1"


def test_text_that_was_shown_already_is_not_repeated() -> None:
    assert not any("They ended" in line for line in lines(ANSWER, with_text=False))
    noted = replace(ANSWER, notices=("Mind the gap.",))
    assert "(Mind the gap.)" in lines(noted)
    assert "(Mind the gap.)" not in lines(noted, with_notices=False)


def test_how_a_follow_up_was_read_is_said() -> None:
    asked = replace(ANSWER, question="And then?", standalone_question="Did they end?")
    assert "(Read as: Did they end?)" in lines(asked)


def test_what_is_doubtful_is_named_with_its_reason() -> None:
    doubtful = Statement(text="x" * 200, citations=(1,), support=Support.PARTIAL, reason="the number 7 is missing")
    (line,) = [line for line in lines(replace(ANSWER, statements=(doubtful,))) if line.startswith("! ")]
    assert line.startswith("! partial: “xxx")
    assert line.endswith("…” (the number 7 is missing)")


@pytest.mark.parametrize(
    ("first", "searched"), [(None, "up to 20 May 2015"), ("2015-05-01", "from 1 May 2015 to 20 May 2015")]
)
def test_an_abstention_says_why_what_was_searched_and_what_is_nearest(first: str | None, searched: str) -> None:
    near = NearestArticle(article_id="n1", title="", url="", source="", published=None)
    abstention = Abstention(reason="too little evidence", nearest=(near,), date_from=first, date_to="2015-05-20")
    unsupported = Statement(text="Nonsense.", citations=(), support=Support.UNSUPPORTED, reason="no sentence is cited")
    found = lines(
        replace(
            ANSWER, text="The archive does not say.", citations=(), statements=(unsupported,), abstention=abstention
        )
    )
    assert found == [
        "The archive does not say.",
        f"(Too little evidence; searched what was published {searched}.)",
        "",
        "Nearest articles:",
        "  Untitled (undated) n1",
    ]


def test_an_origin_is_the_publisher_and_the_day() -> None:
    assert origin_in_words("", None) == "undated"
    assert origin_in_words("Wire", "2015-05-03") == "Wire, 3 May 2015"


def test_voices_stand_side_by_side_and_a_difference_is_told_once() -> None:
    def account(speaker: str | None, number: int, other: str, side: str = "") -> Account:
        said = AccountStatement(text="Words.", citation=number, published="2015-05-13", kind=AccountKind.DIRECT)
        against = Conflict(
            kind=ConflictKind.DENIAL, about="half the cost", citation=number, other=other, other_citation=3 - number
        )
        source = None if speaker else "Meridian Wire"
        sides = (side,) if side else ()
        return Account(speaker=speaker, stands_for=sides, source=source, statements=(said,), conflicts=(against,))

    both = (account("Anna Berg", 1, "Meridian Wire", "Velmark"), account(None, 2, "Anna Berg"))
    found = lines(replace(ANSWER, accounts=both))
    at = found.index("Who says what:")
    assert found[at + 1 : at + 4] == [
        "  Anna Berg (Velmark): 13 May 2015 [1]",
        "  Meridian Wire in its own words: 13 May 2015 [2]",
        "  ! Anna Berg [1] and Meridian Wire [2] differ on “half the cost”: one denies what the other says",
    ]
    assert found[at + 4] == ""


def test_a_timeline_has_a_line_a_step_with_its_date_and_number() -> None:
    def step(date: str, number: int, speaker: str | None = None) -> TimelineEntry:
        return TimelineEntry(date=date, dated_by_text=True, text="It\n opened.", citation=number, speaker=speaker)

    found = lines(replace(ANSWER, timeline=(step("2013", 1), step("2015-05", 2, "Anna Berg"), step("2015-05-12", 3))))
    at = found.index("Timeline:")
    assert found[at + 1 : at + 4] == [
        "  2013              It opened. [1]",
        "  May 2015          It opened. (Anna Berg) [2]",
        "  12 May 2015       It opened. [3]",
    ]
