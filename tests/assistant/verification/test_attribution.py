"""A claim stays its speaker's: left out, swapped or turned round, it is flagged, in a check and in a whole answer."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
from answering import FREEZE, TALKS, answer_in, events, number_of, written
from hypothesis import given, settings
from hypothesis import strategies as st
from scripted_openai import Request, Script, ScriptedOpenAI, answer

from assistant.citing.evidence import SpokenClaim
from assistant.speakers.of_sentence import AttributedArticle, claims_of
from assistant.types import Support
from assistant.verification import CitedSentence, SupportChecker, Verdict
from ingest import Article, attributions
from ingest.article import Span
from ingest.chunk import sentences
from ingest.language.gazetteer import bundled
from ingest.language.lexicon import Act
from ingest.language.words import content_stems
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.store import Store

ARTICLE = Article(
    text="Secretary of State Mary Olsen arrived in Larnow on Tuesday. "
    "The Russian Foreign Ministry blamed the quarrel on “hostile steps that Washington took.” "
    "Kremlin spokesman Oleg Marin struck another note. "
    "Russia “did not begin this quarrel,” he told reporters. "
    "Trade between the two countries rose 5.6 percent to $29.2 billion last year. "
    "Russia denies that its soldiers crossed the border, and accuses Ukraine of shelling its own towns. "
    "Olsen said that Washington would lift sanctions only when the ceasefire holds. "
    "The ferry to Larnow stopped running on Sunday."
)
ARRIVAL, MINISTRY, NOTE, DENIAL, TRADE, TROOPS, SANCTIONS, FERRY = range(8)
SENTENCES = sentences(ARTICLE.text)


def claims(article: Article, sentence: Span) -> tuple[SpokenClaim, ...]:
    """What a sentence of an article gives to speakers."""
    found = AttributedArticle(id=article.id, text=article.text, attributions=tuple(attributions(article)))
    return tuple(claim for claim in claims_of(sentence, found, lambda *_: ()) if claim.contents)


def bag_of_words(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """Unit vectors of the content words, always the same."""
    vectors = np.full((len(texts), 256), 0.001, dtype=np.float32)
    for row, text in zip(vectors, texts, strict=True):
        for word in content_stems(text):
            row[zlib.crc32(word.encode()) % 256] += 1
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def check(statement: str, *cited: int) -> Verdict:
    """The verdict on a statement that cites these sentences of the article."""
    evidence = [
        CitedSentence(
            text=SENTENCES[i].of(ARTICLE.text),
            context=ARTICLE.text,
            title="Talks in Larnow",
            source="The Harbour Post",
            published=dt.date(2015, 5, 12),
            claims=claims(ARTICLE, SENTENCES[i]),
        )
        for i in cited
    ]
    return SupportChecker(bag_of_words, bundled()).check(statement, evidence)


@pytest.mark.parametrize(
    ("statement", "cited", "speaker"),
    [
        ("Russia did not begin this quarrel.", DENIAL, "Oleg Marin"),
        ("Hostile steps that Washington took caused the quarrel.", MINISTRY, "the Russian Foreign Ministry"),
        ("Ukraine is shelling its own towns.", TROOPS, "Russia"),
        ("Washington will lift sanctions only when the ceasefire holds.", SANCTIONS, "Mary Olsen"),
    ],
)
def test_a_claim_told_as_a_fact_is_partial_at_best_and_the_reason_says_whose_it_is(
    statement: str, cited: int, speaker: str
) -> None:
    verdict = check(statement, cited)
    assert verdict.support is Support.PARTIAL
    assert verdict.reason == f"the article does not say this itself: it is what {speaker} said"


@pytest.mark.parametrize(
    ("statement", "cited"),
    [
        ("Oleg Marin told reporters that Russia did not begin this quarrel.", DENIAL),
        ("Marin said Russia “did not begin this quarrel”.", DENIAL),
        ("The Kremlin says Russia did not begin this quarrel.", DENIAL),
        ("The Kremlin spokesman said Russia did not begin this quarrel.", DENIAL),
        ("Moscow says that it did not begin this quarrel.", DENIAL),
        ("In the Kremlin's view, Russia did not begin this quarrel.", DENIAL),
        ("Reportedly, Russia did not begin this quarrel.", DENIAL),
        ("According to The Harbour Post, Russia did not begin this quarrel.", DENIAL),
        ("Russia blamed the quarrel on hostile steps that Washington took.", MINISTRY),
        ("Hostile steps that Washington took caused the quarrel, the Foreign Ministry says.", MINISTRY),
        ("Hostile steps that Washington took caused the quarrel, according to the ministry.", MINISTRY),
        ("Russia denies that its soldiers crossed the border.", TROOPS),
        ("The U.S. Secretary of State said Washington would lift sanctions only when the ceasefire holds.", SANCTIONS),
        ("Trade between the two countries rose 5.6 percent last year.", TRADE),
        ("The ferry to Larnow stopped running on Sunday.", FERRY),
    ],
)
def test_a_speaker_by_any_fitting_name_and_the_articles_own_words_are_not_flagged(statement: str, cited: int) -> None:
    reason = check(statement, cited).reason
    assert "does not say this itself" not in reason
    assert "gives this to" not in reason


@pytest.mark.parametrize("index", range(len(SENTENCES)))
def test_a_sentence_that_is_quoted_whole_is_supported_whoever_speaks(index: int) -> None:
    assert check(SENTENCES[index].of(ARTICLE.text), index) == Verdict(support=Support.SUPPORTED, score=1.0)


def test_what_another_cited_sentence_says_itself_is_no_claim() -> None:
    fact = Article(
        text="The ferry stopped running on Sunday. Mary Olsen said that the ferry stopped running on Sunday."
    )
    spans = sentences(fact.text)
    evidence = [CitedSentence(text=s.of(fact.text), context=fact.text, claims=claims(fact, s)) for s in spans]
    checker = SupportChecker(bag_of_words, bundled())
    assert checker.check("On Sunday the ferry stopped running.", evidence).support is Support.SUPPORTED
    assert "Mary Olsen" in checker.check("On Sunday the ferry stopped running.", evidence[1:]).reason


@pytest.mark.parametrize(
    ("statement", "cited", "right", "wrong"),
    [
        ("Mary Olsen said that Russia did not begin this quarrel.", DENIAL, "Oleg Marin", "Mary Olsen"),
        ("Bela Kun said that Russia did not begin this quarrel.", DENIAL, "Oleg Marin", "Bela Kun"),
        ("Washington said that Russia did not begin this quarrel.", DENIAL, "Oleg Marin", "Washington"),
        ("Marin said that Washington would lift sanctions when the ceasefire holds.", SANCTIONS, "Mary Olsen", "Marin"),
    ],
)
def test_the_wrong_speaker_is_flagged_and_the_right_one_named(
    statement: str, cited: int, right: str, wrong: str
) -> None:
    verdict = check(statement, cited)
    assert verdict.support is not Support.SUPPORTED
    assert f"the article gives this to {right}, not to {wrong}" in verdict.reason


def test_a_denial_told_as_an_admission_is_unsupported() -> None:
    verdict = check("Russia admitted that its soldiers crossed the border.", TROOPS)
    assert verdict.support is Support.UNSUPPORTED
    assert "the article has Russia deny this" in verdict.reason


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=30), st.sampled_from(["", "said", "denied"]), st.integers(0, 40))
def test_any_words_and_any_speaker_get_a_verdict(statement: str, speaker: str, cue: str, start: int) -> None:
    acts = frozenset({Act.DENY} if cue == "denied" else ())
    said = (SpokenClaim(speaker=speaker, acts=acts, cue=Span(0, 1), contents=(Span(start, start + 20),)),)
    text = f"{statement} {speaker}"
    evidence = CitedSentence(text=text, context=text, claims=tuple(s for s in said if start + 20 <= len(text)))
    assert SupportChecker(bag_of_words, bundled()).check(f"{speaker} said {statement}", [evidence]).support in Support


@pytest.mark.parametrize("mode", ["sync", "async"])
def test_a_model_that_drops_the_speaker_is_caught(mode: str, sample_store: Store, embed: EmbeddingCache) -> None:
    def script(request: Request) -> Script:
        denial = number_of(request, "the initiator of the freeze")
        return answer(
            f"Russia was not the initiator of the freeze in relations [{denial}]. ",
            f"Dmitry Peskov said that Russia was not the initiator of the freeze in relations [{denial}].",
        )

    with ScriptedOpenAI(script) as server:
        given = answer_in(events(mode, written(sample_store, embed, server), FREEZE, as_of=TALKS))
    dropped, kept = given.statements
    assert dropped.support is Support.PARTIAL
    assert "the article does not say this itself: it is what Dmitry Peskov said" in dropped.reason
    assert kept.support is Support.SUPPORTED
