"""What happened when: dated, cited, in order."""

from __future__ import annotations

import datetime as dt

import pytest
from answering import check, number_of, quoting, written
from scripted_openai import ScriptedOpenAI, answer

from assistant.speakers.timeline import ENTRIES, date_of
from ingest.article import Article
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.store import Store

PUBLISHED = dt.date(2023, 1, 15)
QUESTION = "What is the timeline of the Calderbridge flood barrier?"
LATER = dt.date(2024, 4, 1)


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        ("The barrier was opened in October 2021 and cost 31 million.", "2021-10"),
        ("On 9 November 2019 the river rose.", "2019-11-09"),
        ("The libraries will shut on 30 June.", "2023-06-30"),
        ("In March the bank had said 4.1.", "2023-03"),
    ],
)
def test_a_sentence_is_dated_by_the_day_that_it_names(sentence: str, date: str) -> None:
    published = dt.date(2023, 6, 16) if "March" in sentence else PUBLISHED
    assert date_of(sentence, published) == (date, True)


@pytest.mark.parametrize(
    "sentence",
    [
        "That is 25 centimetres more than in the flood of November 2019.",
        "It is the worst flood since 1968.",
        "The ship, built in 1996, lay alongside.",
        "Inflation is expected to fall in 2030.",
        "The agency said that unemployment in February 2022 had been 5.4 percent.",
        "The river rose on Saturday.",
    ],
)
def test_a_date_that_is_only_compared_with_recalled_or_forecast_does_not_date_it(sentence: str) -> None:
    assert date_of(sentence, PUBLISHED) == ("2023-01-15", False)
    assert date_of(sentence, None) is None or "1996" in sentence or "2030" in sentence


def test_a_date_in_quotation_marks_is_part_of_what_was_said_and_not_its_day() -> None:
    sentence = "“In March we were wrong,” Governor Ragna Solheim said."
    assert date_of(sentence, dt.date(2022, 6, 16)) == ("2022-06-16", False)


def test_how_a_position_changed_is_told_in_the_words_of_whose_it_is_and_of_the_days_they_were_said(
    sample_store: Store, embed: EmbeddingCache
) -> None:
    given = quoting(sample_store, embed).ask("How did Ragna Solheim's position change?", as_of=dt.date(2022, 7, 1))
    check(sample_store, given)
    assert {entry.speaker for entry in given.timeline} == {"Ragna Solheim"}
    assert [entry.date for entry in given.timeline] == sorted(entry.date for entry in given.timeline)
    assert {"2022-03-17", "2022-06-16"} <= {entry.date for entry in given.timeline}


def test_a_timeline_spans_articles_of_different_days_in_order(sample_store: Store, embed: EmbeddingCache) -> None:
    given = quoting(sample_store, embed).ask(QUESTION, as_of=LATER)
    check(sample_store, given)
    dates = [entry.date for entry in given.timeline]
    assert dates == sorted(dates)
    assert 4 <= len(dates) <= ENTRIES
    assert {"2019-11-09", "2021-10", "2024-03-06"} <= set(dates)
    assert [entry.citation for entry in given.timeline] == [citation.number for citation in given.citations]
    quotes = {citation.number: citation.quote for citation in given.citations}
    assert all(entry.text == quotes[entry.citation] for entry in given.timeline)


def test_nothing_published_later_stands_in_a_timeline(sample_store: Store, embed: EmbeddingCache) -> None:
    given = quoting(sample_store, embed).ask(QUESTION, as_of=dt.date(2023, 2, 1))
    assert {citation.article_id for citation in given.citations} <= {"arle-flood-2019", "arle-flood-2023"}
    assert len(given.timeline) > 1


def test_only_a_question_that_asks_for_a_sequence_has_a_timeline(sample_store: Store, embed: EmbeddingCache) -> None:
    assert quoting(sample_store, embed).ask("What did the flood barrier cost?", as_of=LATER).timeline == ()


def test_a_copy_of_a_story_is_one_step(store: Store, embed: EmbeddingCache) -> None:
    text = "The bridge at Orrin was closed on 3 May 2016 after cracks were found. Engineers came the same day to look."
    store.add(
        [
            Article(id="a", source="Wire", published=dt.date(2016, 5, 4), text=text),
            Article(id="b", source="Post", published=dt.date(2016, 5, 4), text=text + " "),
            Article(id="c", published=dt.date(2016, 6, 2), text="The bridge at Orrin was opened again on Wednesday."),
        ]
    )
    given = quoting(store, embed).ask("Timeline of the bridge at Orrin", as_of=dt.date(2016, 7, 1))
    assert [entry.date for entry in given.timeline if "closed" in entry.text] == ["2016-05-03"]
    assert given.timeline[-1].date == "2016-06-02"


def test_a_models_answer_has_a_timeline_of_what_it_cites(sample_store: Store, embed: EmbeddingCache) -> None:
    with ScriptedOpenAI(
        lambda r: answer(
            f"It was opened in October 2021 [{number_of(r, 'opened in October 2021')}]. "
            f"It was promised after 2007 [{number_of(r, 'promised after the floods')}]."
        )
    ) as server:
        given = written(sample_store, embed, server).ask(QUESTION, as_of=LATER)
    assert [(entry.date, entry.citation) for entry in given.timeline] == [("2019-11-09", 2), ("2021-10", 1)]
