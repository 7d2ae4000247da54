"""Questions that ask for the archive's articles themselves, and those that only look like it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question.listing import ListingKind, ListingQuestion, listing_question
from ingest.language.names import names

DAY = dt.date(2019, 6, 1)
PUBLISHERS = ("The Tidewater Gazette", "Orrin Weekly")
_K = ListingKind


def read(question: str) -> ListingQuestion | None:
    return listing_question(question, names(question), PUBLISHERS, DAY)


@pytest.mark.parametrize(
    ("question", "kind", "subject", "sources", "dated"),
    [
        ("How many articles are there about harbour dues?", _K.COUNT, "harbour dues", (), False),
        ("How many articles did Orrin Weekly publish in 2018?", _K.COUNT, "", ("Orrin Weekly",), True),
        ("number of articles on the lighthouse", _K.COUNT, "lighthouse", (), False),
        ("List all articles by the Tidewater Gazette.", _K.LIST, "", ("The Tidewater Gazette",), False),
        ("Which articles mention Brandt?", _K.LIST, "brandt", (), False),
        ("What was published on 13 May 2018?", _K.LIST, "", (), True),
        ("What did Orrin Weekly report in May 2018?", _K.LIST, "", ("Orrin Weekly",), True),
        ("Summarise the news of 2018.", _K.OVERVIEW, "", (), True),
        ("summarize the article", _K.OVERVIEW, "", (), False),
        ("What happened in May 2018?", _K.OVERVIEW, "", (), True),
        ("What is the latest news about the lighthouse?", _K.OVERVIEW, "lighthouse", (), False),
        ("latest on harbour dues", _K.OVERVIEW, "harbour dues", (), False),
        ("What's new?", _K.OVERVIEW, "", (), False),
        ("headlines", _K.OVERVIEW, "", (), False),
        ("Brandt", _K.KEYWORDS, "brandt", (), False),
        ("Ottilie Brandt", _K.KEYWORDS, "ottilie brandt", (), False),
        ("lighthouse", _K.KEYWORDS, "lighthouse", (), False),
    ],
)
def test_a_question_for_articles_says_which(
    question: str, kind: ListingKind, subject: str, sources: tuple[str, ...], dated: bool
) -> None:
    assert read(question) == ListingQuestion(kind=kind, subject=subject, sources=sources, dated=dated)


@pytest.mark.parametrize(
    "question",
    [
        "How many articles of the treaty were broken?",
        "How many articles did she write?",
        "How many people were hurt?",
        "What happened at the lighthouse in May 2018?",
        "What happened in Orrin?",
        "What was published about the dues?",
        "What did Orrin Weekly say of Brandt in May?",
        "News agencies were shut where?",
        "Which reports did the minister call false?",
        "Summarise the position of the minister.",
        "Why did Brandt resign?",
        "and why?",
        "what is that?",
    ],
)
def test_a_question_with_anything_else_in_it_is_none(question: str) -> None:
    assert read(question) is None


@given(st.text(max_size=120))
def test_any_text_is_read(question: str) -> None:
    found = read(question)
    assert found is None or set(found.sources) <= set(PUBLISHERS)
