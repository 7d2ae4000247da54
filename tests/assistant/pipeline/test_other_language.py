"""A model that answers in another language than the articles: its words give way to the sentences that it cites."""

from __future__ import annotations

import pytest
from answering import FREEZE, TALKS, answer_in, check, events, number_of, written
from scripted_openai import Request, Script, ScriptedOpenAI, answer

from assistant.pipeline.other_language import NOTICE
from assistant.types import Answer, Support
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.store import Store

CITED = "the initiator of the freeze"


def answered(store: Store, embed: EmbeddingCache, text: str) -> Answer:
    """The answer of a model that writes ``text``, in which ``{n}`` is the number of a sentence about the freeze."""

    def script(request: Request) -> Script:
        return answer(text.format(n=number_of(request, CITED)))

    with ScriptedOpenAI(script) as server:
        given = answer_in(events("sync", written(store, embed, server), FREEZE, as_of=TALKS))
    check(store, given)
    return given


@pytest.mark.parametrize(
    "text",
    [
        "Nach Angaben aus Moskau haben andere die Eiszeit zwischen beiden Seiten verschuldet [{n}].",
        "По словам Москвы, охлаждение вызвали другие стороны [{n}].",
        "莫斯科说是别人造成的[{n}]。",
    ],
    ids=["German", "Russian", "Chinese"],
)
def test_the_cited_sentence_stands_in_place_of_words_that_cannot_be_checked(
    text: str, sample_store: Store, embed: EmbeddingCache
) -> None:
    given = answered(sample_store, embed, text)
    assert not given.abstained
    assert given.notices[-1] == NOTICE
    (citation,) = given.citations
    assert CITED in citation.quote
    assert given.text == f"{' '.join(citation.quote.split())} [1]"
    assert [statement.support for statement in given.statements] == [Support.SUPPORTED]


def test_an_answer_in_the_articles_own_language_is_held_to_its_words_as_ever(
    sample_store: Store, embed: EmbeddingCache
) -> None:
    given = answered(sample_store, embed, "The mayor of Tarn will paint all of the boats in his harbour green [{n}].")
    assert given.abstention is not None
    assert given.notices == ()
