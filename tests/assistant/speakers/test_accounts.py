"""Who says what, and who says otherwise: accounts of an answer, and what counts as a conflict."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from answering import check, quoting
from asking import passages_of, query_of

from assistant.answerers.extractive.attributed import with_the_other_side
from assistant.citing.evidence import AttributedSentence, Evidence, SpokenClaim
from assistant.ranking.sentences import RankedSentence
from assistant.speakers.conflicts import Conflicts
from assistant.speakers.of_sentence import AttributedArticles, attributed, sides_in_article
from assistant.types import AccountKind, Answer, ConflictKind
from ingest.article import Article, Span
from ingest.language.lexicon import Act
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.store import Store

BUDGET = dt.date(2024, 4, 1)
PASSAGE = passages_of(Article(id="a", text="The council met.", source="The Courier", published=dt.date(2024, 3, 6)))[0]


def told(voice: str, content: str, *, side: str = "", denied: bool = False, start: int = 0) -> AttributedSentence:
    acts = frozenset({Act.DENY if denied else Act.SAY})
    sides = (side,) if side else ()
    claim = SpokenClaim(speaker=voice, sides=sides, acts=acts, cue=Span(start, start + 1), said=content)
    return AttributedSentence(
        number=1, span=Span(start, start + len(content)), text=content, passage=PASSAGE, claims=(claim,), claim=claim
    )


def elsewhere(sentence: AttributedSentence, **passage: object) -> AttributedSentence:
    return replace(sentence, passage=replace(sentence.passage, **passage))


def conflict(question: str, one: AttributedSentence, other: AttributedSentence) -> tuple[ConflictKind, str] | None:
    return Conflicts(query=query_of(question or "Who?")).between(one, other)


OFFER = told("Tennant", "that the government had offered in November to meet half of the cost")


def test_a_denial_conflicts_with_what_it_denies() -> None:
    denial = told("Fenn", "that the government offered half", denied=True, start=90)
    assert conflict("", OFFER, denial) == (ConflictKind.DENIAL, "government offered half")
    assert conflict("", denial, OFFER) == (ConflictKind.DENIAL, "government offered half")


def test_it_denies_what_was_said_right_before_in_the_same_article() -> None:
    denial = told("Fenn", "it", denied=True, start=90)
    found = conflict("", OFFER, denial)
    assert found is not None
    assert found[0] is ConflictKind.DENIAL
    assert conflict("", OFFER, elsewhere(denial, article_id="b")) is None
    assert conflict("", OFFER, replace(denial, span=Span(5000, 5002))) is None


@pytest.mark.parametrize("other", ["that the library will close in June", "that the government had offered half of it"])
def test_another_topic_and_the_same_claim_are_no_conflict(other: str) -> None:
    assert conflict("", OFFER, told("Fenn", other, start=90)) is None


def test_one_voice_does_not_conflict_with_itself() -> None:
    denial = told("Tennant", "the government offered half", denied=True)
    assert conflict("", OFFER, denial) is None


def test_two_sides_that_give_different_causes_conflict_and_two_of_one_side_do_not() -> None:
    question = "What caused the freeze?"
    ministry = told("ministry", "the difficult period was caused by hostile acts", side="Russia")
    official = told("official", "It started with Crimea because troops went in", side="United States")
    assert conflict(question, ministry, official) == (ConflictKind.CAUSE, "freeze")
    assert conflict(question, ministry, told("official", official.content, side="Russia")) is None
    assert conflict(question, ministry, told("official", official.content)) is None


def test_different_numbers_of_one_thing_conflict_and_rounding_does_not() -> None:
    kyiv = told("Kyiv", "shells on the village of Balka killed two people and wounded five")
    rebels = told("rebels", "the shells on the village of Balka killed three people")
    assert conflict("", kyiv, rebels) == (ConflictKind.NUMBER, "shells village Balka killed people")
    about = told("rebels", "shells on the village of Balka cost about $29 billion")
    exact = told("Kyiv", "shells on the village of Balka cost $29.2 billion")
    assert conflict("", about, exact) is None


def test_numbers_of_reports_that_are_years_apart_are_of_two_things() -> None:
    first = told("agency", "the flood in Calderbridge drove people from 340 homes")
    later = elsewhere(
        told("council", "the flood in Calderbridge drove people from 118 homes"), published=dt.date(2019, 1, 1)
    )
    assert conflict("", first, later) is None


@pytest.fixture(scope="module")
def disputed(sample_store: Store, embed: EmbeddingCache) -> Answer:
    question = "Did the government offer to meet half of the cost of the gate in Calderbridge?"
    return quoting(sample_store, embed).ask(question, as_of=BUDGET)


def test_an_answer_to_a_disputed_question_sets_both_sides_side_by_side(sample_store: Store, disputed: Answer) -> None:
    check(sample_store, disputed)
    tennant, fenn = (next(a for a in disputed.accounts if a.speaker == n) for n in ("Marjorie Tennant", "Idris Fenn"))
    (one,), (other,) = tennant.conflicts, fenn.conflicts
    assert (one.kind, one.other, other.other) == (ConflictKind.DENIAL, "Idris Fenn", "Marjorie Tennant")
    assert (one.citation, one.other_citation) == (other.other_citation, other.citation)


def test_two_that_speak_for_one_side_give_parts_of_one_account(sample_store: Store, embed: EmbeddingCache) -> None:
    given = quoting(sample_store, embed).ask("What does Russia say caused the freeze?", as_of=dt.date(2015, 5, 20))
    assert len(given.accounts) > 1
    assert all("Russia" in account.stands_for for account in given.accounts)
    assert [account.conflicts for account in given.accounts] == [()] * len(given.accounts)


def test_every_statement_of_an_account_is_a_citation_of_the_answer(disputed: Answer) -> None:
    citations = {citation.number: citation for citation in disputed.citations}
    for account in disputed.accounts:
        for said in account.statements:
            assert said.text == citations[said.citation].quote
            assert account.speaker == citations[said.citation].speaker
            assert (said.kind is AccountKind.OWN) is (account.speaker is None)
    assert sorted(s.citation for a in disputed.accounts for s in a.statements) == sorted(citations)


def test_where_one_voice_speaks_there_are_no_accounts(store: Store, embed: EmbeddingCache) -> None:
    store.add(
        [Article(id="own", text="A storm kept the ferry in the harbour of Port Ansley. It was the worst in years.")]
    )
    assert quoting(store, embed).ask("What kept the ferry in the harbour of Port Ansley?").accounts == ()


def test_who_says_otherwise_is_quoted_behind_the_claim_however_low_it_ranks(store: Store) -> None:
    text = (
        "Anna Berg said that the government had offered half of the cost. The gate is old. The gate is tall. "
        "The gate is red. Carl Holm denied that the government had offered half of the cost."
    )
    store.add([Article(id="gate", text=text)])
    articles = AttributedArticles(store)
    sides = sides_in_article(articles, store.gazetteer)
    evidence = attributed(Evidence.of(store.chunks("gate")), articles, sides)
    query = query_of("Did the government offer half of the cost?")
    against = partial(Conflicts(query=query).against, evidence=evidence)
    ranking = [
        RankedSentence(sentence, 9.0 - sentence.number, np.eye(8, dtype=np.float32)[sentence.number])
        for sentence in evidence.sentences
    ]
    told = with_the_other_side(ranking[:3], ranking, against)
    assert [ranked.sentence.number for ranked in told] == [1, 5, 2]
    assert with_the_other_side(told, ranking, against) == told
    assert with_the_other_side(ranking[1:3], ranking, against) == ranking[1:3]
