"""Answers without a model: sentences of the archive, chosen and quoted."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Sequence

import numpy as np
import pytest
from answering import check, quoting
from asking import FERRY, Request, passages_of, query_of
from hypothesis import given
from hypothesis import strategies as st
from paths import SHARED

from assistant.answerers.extractive.answerer import MOST, PREAMBLE, ExtractiveAnswerer, distinct, quoted
from assistant.citing.evidence import AttributedSentence, Evidence
from assistant.citing.marks import CitationStream
from assistant.pipeline.bridge import iterate
from assistant.ranking.lexical import MOST as PROMISING
from assistant.ranking.sentences import RankedSentence, Vectors, agreement, rank_sentences
from assistant.types import Support
from ingest.article import Article, Span
from ingest.read import read
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.store import Store


def request(question: str, *articles: Article) -> Request:
    passages = [passage for article in articles for passage in passages_of(article)]
    return query_of(question), Evidence.of(passages)


def chosen(embed: EmbeddingCache, question: str, *articles: Article) -> list[str]:
    return [sentence.text for sentence in ExtractiveAnswerer(embed).choose(*request(question, *articles))]


def ranked(score: float, direction: Sequence[float]) -> RankedSentence:
    vector = np.array(direction, dtype=np.float32)
    (passage,) = passages_of(FERRY)
    sentence = AttributedSentence(number=1, span=Span(0, 1), text="T", passage=passage)
    return RankedSentence(sentence, score, vector / np.linalg.norm(vector))


def test_it_says_that_it_quotes_and_marks_each_sentence(embed: EmbeddingCache) -> None:
    asked = request("Was anybody hurt in port?", FERRY)
    text = "".join(piece for piece in iterate(ExtractiveAnswerer(embed).stream(*asked)) if isinstance(piece, str))
    first, *paragraphs = text.split("\n\n")
    assert first == PREAMBLE
    assert "Nobody was hurt. [3]" in paragraphs
    assert len(paragraphs) <= MOST


def test_nothing_is_said_where_there_is_nothing_to_quote(embed: EmbeddingCache) -> None:
    assert list(iterate(ExtractiveAnswerer(embed).stream(query_of("Who?"), Evidence()))) == []


def test_a_number_in_brackets_that_an_article_has_is_no_mark(embed: EmbeddingCache) -> None:
    text = "The ferry [3] stayed in port because of the storm【2】, the harbour master [sentence 1] said ［1］."
    asked = request("Why did the ferry stay in port?", Article(id="f", text=text))
    stream = CitationStream(asked[1])
    for piece in iterate(ExtractiveAnswerer(embed).stream(*asked)):
        assert isinstance(piece, str)
        stream.feed(piece)
    stream.finish()
    assert [sentence.number for sentence in stream.cited] == [1]
    assert stream.unknown_marks == 0
    assert stream.text.replace("\u2060", "") == f"{PREAMBLE}\n\n{text} [1]"


@given(st.text(alphabet="[]【】［］0123456789 ,-a†:", max_size=60))
def test_no_bracket_of_an_article_is_ever_read_as_a_mark(text: str) -> None:
    (passage,) = passages_of(FERRY)
    context = Evidence(sentences=(AttributedSentence(number=1, span=Span(0, 1), text=text, passage=passage),))
    stream = CitationStream(context)
    stream.feed(f"{quoted(context.sentences[0])} word")
    stream.finish()
    assert (stream.cited, stream.unknown_marks) == ((), 0)


def test_what_says_the_same_is_quoted_once() -> None:
    same = [ranked(9, [1, 0, 0]), ranked(8, [1, 0.1, 0]), ranked(7, [0, 1, 0]), ranked(6, [0, 0, 1])]
    assert [one.score for one in distinct(same)] == [9, 7, 6]


def test_what_falls_far_behind_the_best_is_not_quoted() -> None:
    assert [one.score for one in distinct([ranked(9, [1, 0]), ranked(8, [0, 1]), ranked(2, [1, 1])])] == [9, 8]


def test_nothing_to_rank_gives_nothing(embed: EmbeddingCache) -> None:
    assert rank_sentences(query_of("Who?"), Evidence(), embed) == []
    assert distinct([]) == []


def test_a_ranking_is_the_same_each_time_and_has_every_sentence(embed: EmbeddingCache) -> None:
    asked = request("What stopped the ferry?", FERRY)
    first, again = (rank_sentences(*asked, embed) for _ in range(2))
    assert [(r.sentence.number, r.score) for r in first] == [(r.sentence.number, r.score) for r in again]
    assert sorted(r.sentence.number for r in first) == [1, 2, 3]
    assert [r.score for r in first] == sorted((r.score for r in first), reverse=True)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who spoke of the storm?", "The harbour master said"),
        ("How many boats were lost?", "Eleven boats"),
        ("When did the ferry stay in port?", "Tuesday"),
        ("Who is she that caught the boy?", "Jodie Marr"),
    ],
)
def test_the_sentence_that_holds_what_is_asked_for_comes_first(
    question: str, words: str, embed: EmbeddingCache
) -> None:
    text = (
        "The ferry stayed in port on Tuesday. The harbour master said that a storm was coming. Eleven boats were lost. "
        "What will become of the ferry, who can say? A woman caught the boy by the collar. She is Jodie Marr."
    )
    assert words in chosen(embed, question, Article(id="f", text=text))[0]


def test_a_question_of_the_article_is_not_the_answer(embed: EmbeddingCache) -> None:
    text = "Why did the ferry stay in port on Tuesday? A storm was coming from the north."
    assert chosen(embed, "Why did the ferry stay in port on Tuesday?", Article(id="f", text=text))[0] == (
        "A storm was coming from the north."
    )


@pytest.mark.parametrize(("first", "second"), [("14", "11"), ("11", "14")])
def test_the_later_account_comes_before_the_one_that_it_corrects(
    first: str, second: str, embed: EmbeddingCache
) -> None:
    text = "{} people were hurt when the ferry struck."
    early = Article(id="a", text=text.format(first), published=dt.date(2018, 8, 4))
    late = Article(id="b", text=text.format(second), published=dt.date(2018, 8, 9))
    assert chosen(embed, "How many people were hurt when the ferry struck?", early, late)[0].startswith(second)


def test_what_other_articles_say_too_counts_more_and_what_one_repeats_does_not() -> None:
    told = {"a": "Harlow won it. Harlow did win.", "b": "Per Winmark won it.", "c": "It was won by Per Winmark."}
    passages = [passage for name, text in told.items() for passage in passages_of(Article(id=name, text=text))]
    sentences = Evidence.of(passages).sentences
    shared = agreement("Who won the prize?", sentences, np.zeros(len(sentences)))
    by_article = dict(zip((one.passage.article_id for one in sentences), shared.tolist(), strict=True))
    assert by_article == pytest.approx({"a": 0.0, "b": 0.25, "c": 0.25})


def test_a_question_that_names_one_event_is_not_answered_by_another_of_its_kind(embed: EmbeddingCache) -> None:
    asked = Article(
        id="a",
        title="Council of Brenholt looks back on the flood",
        text="The council met on Monday over the dam. It heard what the water did in May, when it left 21 dead. "
        "Two members walked out.",
    )
    other = Article(
        id="b",
        title="How the Castlemere flood unfolded",
        text="The flood in Castlemere killed 59 people and hurt more than 500, the police said. "
        "It was the worst flood of the century, and people died in their homes.",
    )
    assert "21 dead" in chosen(embed, "How many people died in the Brenholt flood?", asked, other)[0]
    assert "59 people" in chosen(embed, "How many people died in the Castlemere flood?", asked, other)[0]


def test_the_part_of_the_question_that_asks_decides(embed: EmbeddingCache) -> None:
    text = "Ida Olsen became harbour master this week. Her deputy is Per Marin, who ran the ferry for years."
    question = "Ida Olsen became harbour master this week. Who is her deputy?"
    assert "Per Marin" in chosen(embed, question, Article(id="f", text=text))[0]


def test_of_a_long_context_only_the_promising_sentences_are_embedded(embed: EmbeddingCache) -> None:
    filler = [Article(id=f"{n}", text=f"Trader number {n} sold wool at the market of Larnow.") for n in range(60)]
    asked = request("What stopped the ferry?", *filler, FERRY)
    sent: list[str] = []

    def counting(texts: Sequence[str]) -> Vectors:
        sent.extend(texts)
        return embed(texts)

    ranking = rank_sentences(*asked, counting)
    assert len(ranking) == PROMISING
    assert len(set(sent)) == PROMISING + 1
    assert "The ferry stayed in port on Tuesday." in [one.sentence.text for one in ranking[:3]]


def test_the_sync_and_the_async_way_quote_the_same(embed: EmbeddingCache) -> None:
    asked, answerer = request("What stopped the ferry?", FERRY), ExtractiveAnswerer(embed)

    async def collect() -> list[object]:
        return [piece async for piece in answerer.stream(*asked)]

    assert asyncio.run(collect()) == list(iterate(answerer.stream(*asked)))


def test_the_article_that_the_example_question_is_about_is_quoted_from_both_sides_of_moscow(
    store: Store, embed: EmbeddingCache
) -> None:
    seed = SHARED / "seed"
    if not seed.is_dir():
        pytest.skip("../shared is absent: there is no article to ask")
    store.add(read(sorted(seed.glob("*.txt"))))
    assistant = quoting(store, embed)
    given = assistant.ask("what does Russia say caused the freeze?")
    check(store, given)
    assert not given.abstained
    quotes = [citation.quote for citation in given.citations]
    assert any("targeted unfriendly actions" in quote for quote in quotes)
    assert any("the initiator of the freeze" in quote for quote in quotes)
    assert {statement.support for statement in given.statements} == {Support.SUPPORTED}
    denial = assistant.ask("who denied starting the freeze")
    assert any("the initiator of the freeze" in citation.quote for citation in denial.citations)
