"""The parts in other LangChain programs: the retriever, the encoder and the assistant itself."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from answering import FREEZE, TALKS, check, number_of, quoting, written
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.language_models import FakeListChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompt_values import PromptValue
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda, RunnablePassthrough, RunnableSequence
from langchain_core.vectorstores import InMemoryVectorStore
from scripted_openai import ScriptedOpenAI, answer

from assistant.errors import UsageError
from assistant.types import Answer
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.encoders.local import LocalEncoder
from vectorstore.store import Store


class Heard(BaseCallbackHandler):
    """Remembers the names of the runs that it is told of, and what came of them."""

    def __init__(self) -> None:
        self.started: list[str] = []
        self.ended: list[Any] = []
        self.failed: list[BaseException] = []

    def on_chain_start(self, serialized: Any, inputs: Any, *, run_id: UUID, **kwargs: Any) -> None:
        self.started.append(kwargs["name"])

    def on_chain_end(self, outputs: Any, **kwargs: Any) -> None:
        self.ended.append(outputs)

    def on_chain_error(self, error: BaseException, **kwargs: Any) -> None:
        self.failed.append(error)

    def on_retriever_start(self, serialized: Any, query: str, **kwargs: Any) -> None:
        self.started.append(f"retriever: {query}")


def test_the_retriever_stands_in_a_chain_with_a_prompt_and_a_model(sample_store: Store) -> None:
    retriever = sample_store.retriever
    assert isinstance(retriever, BaseRetriever)
    prompt = ChatPromptTemplate.from_template("Answer from {context}: {question}")
    seen: list[str] = []

    def joined(documents: list[Document]) -> str:
        return "\n".join(document.page_content for document in documents)

    def overheard(value: PromptValue) -> PromptValue:
        seen.append(value.to_string())
        return value

    chain = (
        {"context": retriever | joined, "question": RunnablePassthrough()}
        | prompt
        | RunnableLambda(overheard)
        | FakeListChatModel(responses=["Washington did."])
        | StrOutputParser()
    )
    assert chain.invoke(FREEZE) == "Washington did."
    assert "targeted unfriendly actions" in seen[0]


def test_the_documents_of_the_retriever_say_where_they_stand(sample_store: Store) -> None:
    documents = sample_store.retriever.invoke(FREEZE)
    assert len(documents) == sample_store.retriever.k
    for rank, document in enumerate(documents, 1):
        place = document.metadata
        assert sample_store.text(place["article_id"])[place["start"] : place["end"]] == document.page_content
        assert place["rank"] == rank
    awaited = asyncio.run(sample_store.retriever.ainvoke(FREEZE))
    assert [document.id for document in awaited] == [document.id for document in documents]


def test_the_encoder_embeds_for_langchains_own_vector_store(encoder: LocalEncoder) -> None:
    assert isinstance(encoder, Embeddings)
    kept = InMemoryVectorStore(embedding=encoder)
    kept.add_texts(["The ferry struck the pier.", "The central bank raised its rate.", "A frog sings in the fog."])
    (best,) = kept.similarity_search("What happened to interest rates?", k=1)
    assert best.page_content == "The central bank raised its rate."


def test_the_assistant_is_a_runnable_in_a_sequence(sample_store: Store, embed: EmbeddingCache) -> None:
    asked = quoting(sample_store, embed).as_runnable()
    assert isinstance(asked, Runnable)

    def cited(given: Answer) -> list[str]:
        return [citation.article_id for citation in given.citations]

    chain = RunnableLambda(str.strip) | asked | RunnableLambda(cited)
    assert isinstance(chain, RunnableSequence)
    assert chain.invoke(f"  {FREEZE} ") == [c.article_id for c in quoting(sample_store, embed).ask(FREEZE).citations]


def test_a_mapping_gives_the_other_arguments(sample_store: Store, embed: EmbeddingCache) -> None:
    asked = quoting(sample_store, embed).as_runnable()
    given = asked.invoke(
        {
            "question": "And what does Washington say?",
            "history": [{"role": "user", "content": FREEZE}, {"role": "assistant", "content": "Washington did [1]."}],
            "as_of": TALKS,
            "sources": ["The Lantern Review"],
        }
    )
    assert given.standalone_question == "What does Washington say caused the freeze?"
    assert given.as_of == TALKS
    assert {c.source for c in given.citations} == {"The Lantern Review"}
    again = asked.invoke(FREEZE, as_of=dt.date(2015, 5, 14))
    assert again.as_of == dt.date(2015, 5, 14)


@pytest.mark.parametrize("wrong", [{"query": FREEZE}, {}, {"question": None}, {"question": FREEZE, "k": 3}])
def test_an_input_that_holds_no_question_is_refused_in_one_line(
    wrong: dict[str, Any], sample_store: Store, embed: EmbeddingCache
) -> None:
    with pytest.raises(UsageError) as caught:
        quoting(sample_store, embed).as_runnable().invoke(wrong)
    assert "\n" not in str(caught.value)


def test_a_batch_keeps_its_order_sync_and_async(sample_store: Store, embed: EmbeddingCache) -> None:
    questions = [FREEZE, "What is the deadline for a nuclear accord with Iran?", "Who won the Velmark Cup in 2016?"]
    asked = quoting(sample_store, embed).as_runnable()
    together = asked.batch(questions)
    awaited = asyncio.run(asked.abatch(questions))
    assert [given.question for given in together] == [given.question for given in awaited] == questions
    for given in (*together, *awaited):
        check(sample_store, given)
    assert [given.text for given in together] == [given.text for given in awaited]


def test_callbacks_see_the_run_its_output_and_its_failure(sample_store: Store, embed: EmbeddingCache) -> None:
    seen = Heard()
    asked = quoting(sample_store, embed).as_runnable()
    given = asked.invoke(FREEZE, config={"callbacks": [seen]})
    assert seen.started == ["news_assistant"]
    assert seen.ended == [given]
    with pytest.raises(UsageError):
        asyncio.run(asked.ainvoke(" ", config={"callbacks": [seen]}))
    assert [type(error) for error in seen.failed] == [UsageError]
    sample_store.retriever.invoke(FREEZE, config={"callbacks": [seen]})
    assert f"retriever: {FREEZE}" in seen.started


def test_a_chat_model_behind_it_is_asked_once_a_question(sample_store: Store, embed: EmbeddingCache) -> None:
    with ScriptedOpenAI(lambda r: answer(f"It was “very positive” [{number_of(r, 'very positive')}].")) as server:
        asked = written(sample_store, embed, server).as_runnable()
        given = asyncio.run(asked.ainvoke({"question": FREEZE, "as_of": TALKS}))
        assert len(server.chats()) == 1
    assert isinstance(given, Answer)
    assert given.model == "openai:scripted"
    check(sample_store, given)


def test_streaming_the_runnable_gives_the_answer(sample_store: Store, embed: EmbeddingCache) -> None:
    (given,) = quoting(sample_store, embed).as_runnable().stream(FREEZE)
    assert isinstance(given, Answer)
