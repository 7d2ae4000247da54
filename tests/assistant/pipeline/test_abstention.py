"""“The archive does not say”: before the model, after it, and what it holds then; and what is flagged short of that."""

from __future__ import annotations

import datetime as dt

import pytest
from answering import FREEZE, TALKS, answer_in, check, events, number_of, quoting, shown, written
from scripted_openai import Request, Script, ScriptedOpenAI, answer

from assistant.pipeline.abstention import no_answer_given
from assistant.types import Answer, PassagesFound, Support
from prompts import NO_ANSWER
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.store import Store


def answered(store: Store, embed: EmbeddingCache, *pieces: str) -> Answer:
    """The answer of a model that writes these pieces about the freeze; ``{words}`` is the number of a sentence."""

    def script(request: Request) -> Script:
        class Numbers(dict[str, int]):
            def __missing__(self, words: str) -> int:
                return number_of(request, words)

        return answer(*(piece.format_map(Numbers()) for piece in pieces))

    with ScriptedOpenAI(script) as server:
        given = written(store, embed, server).ask(FREEZE, as_of=TALKS)
    check(store, given)
    return given


def test_a_question_about_something_else_is_turned_away_before_a_model_is_asked(
    sample_store: Store, embed: EmbeddingCache, scripted_openai: ScriptedOpenAI
) -> None:
    stream = events(
        "sync", written(sample_store, embed, scripted_openai), "How do I sort a list in Python?", as_of=TALKS
    )
    given = answer_in(stream)
    assert [type(event) for event in stream[:-1]] == [PassagesFound]
    assert shown(stream) == ""
    assert (given.text, given.citations, given.statements) == (NO_ANSWER, (), ())
    assert given.abstention is not None
    assert given.abstention.reason == "too little evidence"
    assert not any(entry.used for entry in given.passages)
    assert scripted_openai.requests == []


def test_an_abstention_names_the_nearest_articles_and_the_dates_that_were_searched(
    sample_store: Store, embed: EmbeddingCache
) -> None:
    first, last = dt.date(2015, 5, 12), dt.date(2015, 5, 13)
    given = quoting(sample_store, embed, threshold=1.0).ask(FREEZE, as_of=TALKS, date_from=first, date_to=last)
    assert given.abstention is not None
    assert (given.abstention.date_from, given.abstention.date_to) == ("2015-05-12", "2015-05-13")
    ids = [near.article_id for near in given.abstention.nearest]
    assert len(ids) == len(set(ids)) == 3
    assert ids == list(dict.fromkeys(entry.passage.article_id for entry in given.passages))[:3]
    for near in given.abstention.nearest:
        article = sample_store.article(near.article_id)
        assert (near.title, near.url, near.source) == (article.title, article.url, article.source)
        assert near.published in ("2015-05-12", "2015-05-13")


def test_without_bounds_the_search_ended_with_the_day_of_the_question(
    sample_store: Store, embed: EmbeddingCache
) -> None:
    given = quoting(sample_store, embed, threshold=1.0).ask(FREEZE, as_of=TALKS)
    assert given.abstention is not None
    assert (given.abstention.date_from, given.abstention.date_to) == (None, "2015-05-20")
    later = quoting(sample_store, embed, threshold=1.0).ask(FREEZE, as_of=TALKS, date_to=dt.date(2030, 1, 1))
    assert later.abstention is not None
    assert later.abstention.date_to == "2015-05-20"


def test_an_archive_without_an_article_of_those_days_says_so(sample_store: Store, embed: EmbeddingCache) -> None:
    day = dt.date(1990, 1, 1)
    given = quoting(sample_store, embed).ask(FREEZE, as_of=TALKS, date_from=day, date_to=day)
    assert given.abstention is not None
    assert given.abstention.reason == "no article lies within what was searched"
    assert (given.abstention.nearest, given.passages, given.confidence) == ((), (), 0.0)


def test_an_empty_store_abstains_whatever_the_threshold(store: Store, embed: EmbeddingCache) -> None:
    with ScriptedOpenAI() as server:
        assistant = written(store, embed, server)
        assistant.threshold = 0.0
        given = assistant.ask(FREEZE)
        assert server.requests == []
    assert given.abstained


@pytest.mark.parametrize(
    "text",
    [
        NO_ANSWER,
        f"  {NO_ANSWER} ",
        "the archive does not say",
        f"**{NO_ANSWER}**",
        f"{NO_ANSWER} [3][4]",
        "“The archive does not say.”",
        "",
    ],
)
def test_the_fixed_sentence_alone_is_no_answer(text: str) -> None:
    assert no_answer_given(text)


@pytest.mark.parametrize("text", ["The archive does not say when.", f"{NO_ANSWER} But Kerry did.", "It does not say."])
def test_the_fixed_sentence_with_something_else_is_an_answer(text: str) -> None:
    assert not no_answer_given(text)


def test_the_models_own_no_answer_becomes_an_abstention(sample_store: Store, embed: EmbeddingCache) -> None:
    given = answered(sample_store, embed, "The archive ", "does not say.")
    assert given.abstention is not None
    assert given.abstention.reason == "the passages found do not answer the question"
    assert (given.text, given.statements) == (NO_ANSWER, ())
    assert given.abstention.nearest


def test_an_answer_without_a_statement_that_is_borne_out_becomes_an_abstention_and_is_kept_as_data(
    sample_store: Store, embed: EmbeddingCache
) -> None:
    given = answered(
        sample_store,
        embed,
        "Peskov said that “the Americans have burned every bridge” [{very positive}]. ",
        "Seventeen ministers of Atlantis resigned over it.",
    )
    assert given.abstention is not None
    assert given.abstention.reason == "no statement of the answer is supported by what it cites"
    assert given.text == NO_ANSWER
    assert [statement.support for statement in given.statements] == [Support.UNSUPPORTED] * 2
    assert "burned every bridge" in given.statements[0].text
    # An abstention cites nothing, so no number stands for nothing.
    assert [statement.citations for statement in given.statements] == [(), ()]


def test_a_fabricated_quotation_is_flagged_beside_what_is_true(sample_store: Store, embed: EmbeddingCache) -> None:
    given = answered(
        sample_store,
        embed,
        "Peskov called the visit “very positive” [{very positive}]. ",
        "He added that “the Americans have burned every bridge” [{very positive}].",
    )
    assert not given.abstained
    true, false = given.statements
    assert (true.support, true.reason) == (Support.SUPPORTED, "")
    assert false.support is Support.UNSUPPORTED
    assert "the quoted words “the Americans have burned every bridge” stand in no cited sentence" in false.reason
    assert "burned every bridge" in given.text  # shown, not hidden
    assert given.citations[0].support is Support.SUPPORTED


def test_a_fabricated_number_is_flagged(sample_store: Store, embed: EmbeddingCache) -> None:
    given = answered(
        sample_store,
        embed,
        "Peskov called the visit “very positive” [{very positive}]. ",
        "The two men have not met for 17 years, and sanctions have cost $44.1 billion [{not met for two years}].",
    )
    false = given.statements[1]
    assert false.support is Support.UNSUPPORTED
    assert "the number 17 stands in no cited sentence" in false.reason
    assert "$44.1 billion" in false.reason


def test_a_changed_name_is_flagged(sample_store: Store, embed: EmbeddingCache) -> None:
    given = answered(
        sample_store,
        embed,
        "Peskov called the visit “very positive” [{very positive}]. ",
        "Angela Merkel said that Russia “wasn’t the initiator of the freeze” [{initiator of the freeze in}].",
    )
    false = given.statements[1]
    assert false.support is not Support.SUPPORTED
    assert "Merkel" in false.reason


def test_a_statement_without_a_citation_is_flagged(sample_store: Store, embed: EmbeddingCache) -> None:
    given = answered(
        sample_store,
        embed,
        "Peskov called the visit “very positive” [{very positive}]. It was a sunny day in Sochi.",
    )
    assert (given.statements[1].support, given.statements[1].reason) == (Support.UNSUPPORTED, "no sentence is cited")
