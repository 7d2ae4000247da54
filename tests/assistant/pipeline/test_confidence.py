"""How sure the program is, before an answer is written, that the archive answers."""

from __future__ import annotations

import pytest
from answering import TALKS, quoting
from asking import query_of

from assistant.citing.evidence import Evidence
from assistant.pipeline.confidence import THRESHOLD, confidence
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.retrieval.scope import Scope
from vectorstore.store import Store


def sure(store: Store, embed: EmbeddingCache, question: str) -> float:
    passages = store.search(question, Scope(as_of=TALKS), limit=20)
    return confidence(query_of(question), passages, Evidence.of(passages[:8]), embed, store.rarity)


def test_nothing_found_is_no_confidence(sample_store: Store, embed: EmbeddingCache) -> None:
    assert confidence(query_of("Who?"), [], Evidence(), embed, sample_store.rarity) == 0.0


def test_passages_that_cannot_be_cited_are_no_confidence(sample_store: Store, embed: EmbeddingCache) -> None:
    passages = sample_store.search("Who met Putin in Sochi?", limit=3)
    assert confidence(query_of("Who met Putin in Sochi?"), passages, Evidence(), embed, sample_store.rarity) == 0.0


@pytest.mark.parametrize("question", ["?", "the of and", "Sochi", "x" * 5000, "Кто встретил Путина?", "🐸"])
def test_it_lies_between_nought_and_one_for_any_question(
    question: str, sample_store: Store, embed: EmbeddingCache
) -> None:
    assert 0.0 <= sure(sample_store, embed, question) <= 1.0


def test_what_the_archive_knows_is_surer_than_what_it_does_not(sample_store: Store, embed: EmbeddingCache) -> None:
    known = ["Who met Putin in Sochi?", "What is the deadline for a nuclear accord with Iran?"]
    foreign = ["How do I sort a list in Python?", "What goes into a good lentil soup?"]
    low = min(sure(sample_store, embed, question) for question in known)
    high = max(sure(sample_store, embed, question) for question in foreign)
    assert low > THRESHOLD > high


def test_the_threshold_decides(sample_store: Store, embed: EmbeddingCache) -> None:
    question = "Who met Putin in Sochi?"
    bold = quoting(sample_store, embed, threshold=0.0).ask(question, as_of=TALKS)
    shy = quoting(sample_store, embed, threshold=1.0).ask(question, as_of=TALKS)
    assert (bold.abstained, shy.abstained) == (False, True)
    assert bold.confidence == shy.confidence > 0


def test_without_the_articles_on_its_subject_a_question_is_less_sure(
    sample_store: Store, embed: EmbeddingCache
) -> None:
    question = "Who met Putin in Sochi?"
    passages = sample_store.search(question, Scope(as_of=TALKS), limit=40)
    rest = [passage for passage in passages if "Sochi" not in passage.text]
    assert rest
    known = confidence(query_of(question), passages, Evidence.of(passages[:8]), embed, sample_store.rarity)
    assert confidence(query_of(question), rest, Evidence.of(rest[:8]), embed, sample_store.rarity) < known


@pytest.mark.parametrize("question", ["Who met Putin in Sochi?", "Who denied starting the freeze?"])
def test_a_question_of_today_on_what_an_old_archive_knows_is_answered(
    question: str, sample_store: Store, embed: EmbeddingCache
) -> None:
    assert not quoting(sample_store, embed).ask(question).abstained


def test_a_rare_word_that_nothing_found_has_leaves_less_confidence_than_a_common_one(
    sample_store: Store, embed: EmbeddingCache
) -> None:
    question = "Who met Putin in Sochi?"
    passages = sample_store.search(question, Scope(as_of=TALKS), limit=20)
    context = Evidence.of(passages[:8])

    def sure_where(rare: str) -> float:
        return confidence(
            query_of(f"{question} Zorblax, Quembly?"),
            passages,
            context,
            embed,
            lambda asked: [9.0 if w == rare else 1.0 for w in asked],
        )

    assert sure_where("zorblax") == sure_where("quembly") < sure_where("sochi")
