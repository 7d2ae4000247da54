"""The archive's articles asked for themselves: counted, listed, told of in an overview, found by a word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from answering import quoting, written
from scripted_openai import ScriptedOpenAI
from scripted_openai import answer as script

from assistant.types import Answer
from ingest.article import Article
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.store import Store

Ask = Callable[..., Answer]

RECORDS = (
    ("Harbour dues rise", "Tidewater Gazette", "2017-05-03", "The port will raise harbour dues by four per cent."),
    ("Lighthouse goes dark", "Tidewater Gazette", "2018-02-11", "The lighthouse on Skarn went dark on Sunday night."),
    ("Harbour dues rise again", "Orrin Weekly", "2018-05-02", "The port will raise harbour dues by nine per cent."),
    ("A choir's prize", "Orrin Weekly", "2018-05-20", "The choir of Orrin has won a prize. Ada Brandt leads it."),
    ("Lighthouse lit", "Orrin Weekly", "2019-01-09", "The lighthouse on Skarn shines again since Tuesday."),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("listing")
    with Store.open(folder) as opened:
        opened.add(
            Article.from_record({"title": title, "source": source, "published": day, "text": text})
            for title, source, day, text in RECORDS
        )
        yield opened


@pytest.fixture(scope="module")
def asked(archive: Store) -> Ask:
    return quoting(archive, EmbeddingCache(archive.encoder.encode)).ask


def quotes(answer: Answer) -> list[str]:
    assert all(citation.quote for citation in answer.citations)
    return [citation.quote for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "heading", "records"),
    [
        (
            "How many articles are about harbour dues?",
            "2 articles with “harbour dues”, the newest first:",
            (2, 0),
        ),
        ("List all articles by Orrin Weekly.", "3 articles by Orrin Weekly, the newest first:", (4, 3, 2)),
        ("What was published on 20 May 2018?", "1 article published on 20 May 2018:", (3,)),
        ("What happened in May 2018?", "2 articles published in May 2018, the newest first:", (3, 2)),
        ("Summarise the news of 2018.", "3 articles published in 2018, the newest first:", (3, 2, 1)),
        ("What is the latest news about the lighthouse?", "2 articles with “lighthouse”, the newest first:", (4, 1)),
        ("lighthouse", "2 articles with “lighthouse”, the newest first:", (4, 1)),
        ("Brandt", "1 article with “brandt”:", (3,)),
    ],
)
def test_articles_are_counted_and_quoted_the_newest_first(
    asked: Ask, question: str, heading: str, records: tuple[int, ...]
) -> None:
    answer = asked(question)
    assert not answer.abstained
    assert answer.text.split("\n")[0] == f"Quoted from the archive, which has {heading}"
    told = quotes(answer)
    assert len(told) == len(records)
    assert all(quote in RECORDS[place][3] for quote, place in zip(told, records, strict=True))


def test_the_sentence_that_has_the_word_is_quoted(asked: Ask) -> None:
    answer = asked("Brandt")
    assert quotes(answer) == ["Ada Brandt leads it."]


def test_what_no_article_has_is_not_said(asked: Ask) -> None:
    assert asked("How many articles are there about submarines?").abstained
    assert asked("What happened in May 2011?").abstained


def test_a_list_stays_within_the_days_and_publishers_of_its_scope(asked: Ask) -> None:
    answer = asked("lighthouse", as_of=dt.date(2018, 12, 31))
    assert quotes(answer) == [RECORDS[1][3]]
    answer = asked("What happened in 2018?", sources=["Tidewater Gazette"])
    assert quotes(answer) == [RECORDS[1][3]]


def test_the_newest_of_what_answers_leads_where_it_is_asked_how_things_are(asked: Ask) -> None:
    assert quotes(asked("Is the lighthouse on Skarn lit?"))[0] == RECORDS[4][3]


def test_the_days_that_a_question_names_lead(asked: Ask) -> None:
    assert quotes(asked("By how much were harbour dues raised in 2017?"))[0] == RECORDS[0][3]


def test_a_list_needs_no_model_and_an_overview_asks_it(archive: Store, scripted_openai: ScriptedOpenAI) -> None:
    assistant = written(archive, EmbeddingCache(archive.encoder.encode), scripted_openai)
    assert assistant.ask("lighthouse").model == "extractive"
    assert not scripted_openai.chats()
    scripted_openai.add(script("The choir of Orrin has won a prize [1]."))
    overview = assistant.ask("What happened in May 2018?")
    assert len(scripted_openai.chats()) == 1
    assert overview.text == "The choir of Orrin has won a prize [1]."


def test_of_more_articles_than_are_listed_the_newest_are(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        store.add(
            Article.from_record(
                {
                    "title": f"Report {day}",
                    "source": "Orrin Weekly",
                    "published": f"2018-03-{day:02}",
                    "text": f"The lighthouse keeper {name} was paid {day * 7} crowns for work number {day * 13}.",
                }
            )
            for day, name in enumerate(
                ("Abel", "Birk", "Cora", "Dagny", "Elin", "Frode", "Greta", "Hakon", "Idun", "Jorun", "Kari", "Liv"), 1
            )
        )
        answer = quoting(store, EmbeddingCache(store.encoder.encode)).ask("lighthouse")
    head = "Quoted from the archive, which has 12 articles with “lighthouse”; the newest first:"
    assert answer.text.split("\n")[0] == head
    assert [citation.published for citation in answer.citations] == [f"2018-03-{day:02}" for day in range(12, 4, -1)]
