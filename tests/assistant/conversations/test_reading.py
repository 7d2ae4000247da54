"""A kept answer comes back as the answer that it was, over the archive as it is now."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from assistant import Assistant
from assistant.conversations.reading import kept_answer
from assistant.render.json import answer_to_dict
from assistant.types import Answer
from vectorstore.store import Store


@pytest.mark.parametrize(
    "question",
    [
        "What does Russia say caused the freeze?",
        "What caused the freeze between Russia and the United States?",
        "How did Washington's position on the freeze change?",
        "How many soldiers has NATO there?",
    ],
)
def test_an_answer_comes_back_whole(sample_store: Store, question: str) -> None:
    given = Assistant.open(sample_store, model="extractive").ask(question, as_of=dt.date(2015, 5, 20))
    back = kept_answer(answer_to_dict(given), sample_store)
    assert answer_to_dict(back) == answer_to_dict(given)
    assert back.citations == given.citations
    assert (back.accounts, back.timeline) == (given.accounts, given.timeline)
    assert back.abstention == given.abstention
    assert [used.passage.text for used in back.passages] == [used.passage.text for used in given.passages]


def test_what_the_archive_no_longer_has_is_said_and_its_quote_stays(store: Store, answer: Answer) -> None:
    back = kept_answer(answer_to_dict(answer), store)
    assert back.citations == answer.citations
    assert back.notices == (
        "A notice.",
        "Sources 1, 2 have been changed or removed in the archive since this was answered; "
        "the quotes are as they were then.",
    )


@pytest.mark.parametrize("change", [{"citations": [{}]}, {"as_of": "soon"}, {"statements": None}])
def test_what_is_no_answer_is_refused(store: Store, answer: Answer, change: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        kept_answer({**answer_to_dict(answer), **change}, store)


def test_an_answer_that_was_kept_before_there_were_accounts_has_none(store: Store, answer: Answer) -> None:
    kept = {key: value for key, value in answer_to_dict(answer).items() if key not in ("accounts", "timeline")}
    back = kept_answer(kept, store)
    assert (back.accounts, back.timeline) == ((), ())
