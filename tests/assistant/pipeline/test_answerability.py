"""What the reader's scores do to the confidence, and what is shown where it is in doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from answering import TALKS, quoting, written
from asking import passages_of, query_of
from hypothesis import given
from hypothesis import strategies as st
from scripted_openai import ScriptedOpenAI, answer

from assistant.answerers.extractive.answerer import NEAREST, PREAMBLE, ExtractiveAnswerer
from assistant.citing.evidence import Evidence
from assistant.pipeline.answerability import Signals, answerability, signals
from assistant.pipeline.assistant import Assistant
from assistant.pipeline.confidence import DOUBTFUL, THRESHOLD
from assistant.ranking.reader import Floats
from assistant.ranking.windows import Line
from assistant.web.views.answer import words
from ingest.article import Article
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.store import Store

SOCHI = "Who met Putin in Sochi?"
FOUND = Signals(said=0.5, fitting=0.5, named=0.8, retrieved=0.5)


class Says:
    """A reader that says the same of every sentence, and keeps what it was asked."""

    def __init__(self, score: float) -> None:
        self.score = score
        self.asked: list[str] = []

    def scores(self, question: str, lines: Sequence[Line]) -> Floats:
        self.asked.append(question)
        return np.full(len(lines), self.score)


def assistant(store: Store, embed: EmbeddingCache, reader: Says, threshold: float | None = None) -> Assistant:
    return Assistant(store, ExtractiveAnswerer(embed, reader), embed=embed, threshold=threshold)


@given(
    st.builds(
        Signals, said=st.floats(-1e3, 1e3), fitting=st.floats(0, 1), named=st.floats(0, 1), retrieved=st.floats(-4, 1)
    )
)
def test_the_confidence_lies_between_nought_and_one(found: Signals) -> None:
    assert 0.0 <= answerability(found) <= 1.0


@pytest.mark.parametrize("better", [{"said": 2.0}, {"fitting": 0.9}, {"named": 1.0}, {"retrieved": 1.0}])
def test_each_signal_raises_the_confidence(better: dict[str, float]) -> None:
    assert answerability(replace(FOUND, **better)) > answerability(FOUND)


def test_what_the_archive_hardly_knows_is_declined_however_the_reader_likes_a_sentence() -> None:
    assert answerability(Signals(said=2.5, fitting=0.9, named=1.0, retrieved=-4.0)) < THRESHOLD


def test_a_reader_that_finds_nothing_declines_what_is_otherwise_answered(
    sample_store: Store, embed: EmbeddingCache
) -> None:
    answered = assistant(sample_store, embed, Says(1.0)).ask(SOCHI, as_of=TALKS)
    declined = assistant(sample_store, embed, Says(-12.0)).ask(SOCHI, as_of=TALKS)
    assert (answered.abstained, declined.abstained) == (False, True)
    assert declined.confidence < THRESHOLD <= answered.confidence


def test_who_asks_for_somebodys_words_is_not_judged_by_the_reader(sample_store: Store, embed: EmbeddingCache) -> None:
    reader = Says(-12.0)
    told = assistant(sample_store, embed, reader).ask("What did Kerry say about the talks in Sochi?", as_of=TALKS)
    assert not told.abstained
    assert told.confidence == quoting(sample_store, embed).ask(told.question, as_of=TALKS).confidence


def test_a_chat_model_reads_the_evidence_itself(sample_store: Store, embed: EmbeddingCache) -> None:
    with ScriptedOpenAI(lambda _: answer("Kerry met Putin ", "[1].")) as server:
        by_model = written(sample_store, embed, server).ask(SOCHI, as_of=TALKS)
    without = Assistant(sample_store, ExtractiveAnswerer(embed), embed=embed).ask(SOCHI, as_of=TALKS)
    assert by_model.confidence == without.confidence


def test_a_question_that_names_somebody_else_finds_fewer_of_its_names() -> None:
    text = "The ferry stayed in port on Tuesday. Ida Olsen has been harbour master of Larnow since 2009."
    evidence = Evidence.of(passages_of(Article(id="f", title="Ferry stays in port", text=text)))

    def named(question: str) -> float:
        return signals(query_of(question), evidence, Says(0.0), 0.5).named

    assert named("Since when has Ida Olsen been harbour master?") == 1.0
    assert named("Since when has Viggo Brandt been harbour master?") == 0.0
    assert named("Since when has the harbour master been there?") == 1.0


@pytest.mark.parametrize(("score", "heading"), [(2.0, PREAMBLE), (-12.0, NEAREST)])
def test_a_weak_answer_is_headed_as_the_nearest_passages(
    score: float, heading: str, sample_store: Store, embed: EmbeddingCache
) -> None:
    reader = Says(score)
    shown = assistant(sample_store, embed, reader, threshold=0.0).ask(SOCHI, as_of=TALKS)
    assert shown.text.startswith(f"{heading}\n\n")
    assert (shown.confidence < DOUBTFUL) == (heading is NEAREST)
    assert all(statement.citations for statement in shown.statements)


def test_the_page_sets_the_heading_apart_in_either_case() -> None:
    for heading in (PREAMBLE, NEAREST):
        assert re.search(f'<p class="kind">{re.escape(heading)}</p>', str(words(f"{heading}\n\nOne.", (), entry=1)))
