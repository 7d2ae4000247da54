"""What tests of the whole path share: an assistant over a store, a scripted model, what every answer keeps to."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from asking import answerer_at
from paths import ROOT
from scripted_openai import Request, ScriptedOpenAI

from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from assistant.pipeline.assistant import Assistant
from assistant.ranking.reader import Reader, open_reader
from assistant.types import Answer, AnswerReady, Event, Notice, TextDelta
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.store import Store

QUESTIONS = ROOT / "assistant" / "evaluation" / "samples.jsonl"

FREEZE = "What does Russia say caused the freeze?"
TALKS = dt.date(2015, 5, 20)


@cache
def learned_reader() -> Reader | None:
    """The reader that comes with the program, loaded once."""
    return open_reader()


def sample_questions() -> list[dict[str, Any]]:
    """The bundled questions, as their file has them."""
    return [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


def day_of(question: dict[str, Any]) -> dt.date | None:
    """The day on which a bundled question stands."""
    return dt.date.fromisoformat(question["as_of"]) if question.get("as_of") else None


def quoting(store: Store, embed: EmbeddingCache, **options: Any) -> Assistant:
    """An assistant without a model."""
    return Assistant(store, ExtractiveAnswerer(embed, learned_reader()), embed=embed, **options)


def written(
    store: Store, embed: EmbeddingCache, server: ScriptedOpenAI, *, fallback: bool = False, **options: Any
) -> Assistant:
    """An assistant whose model is the scripted one. ``options`` are those of ``asking.answerer_at``."""
    answerer = answerer_at(server, **options)
    extractive = ExtractiveAnswerer(embed, learned_reader())
    return Assistant(store, answerer, fallback=extractive if fallback else None, rewriter=answerer, embed=embed)


def events(mode: str, assistant: Assistant, question: str, *arguments: Any, **options: Any) -> list[Event]:
    """All events of a question, asked in the "sync" or the "async" way."""
    if mode == "sync":
        return list(assistant.stream(question, *arguments, **options))

    async def collect() -> list[Event]:
        return [event async for event in assistant.astream(question, *arguments, **options)]

    return asyncio.run(collect())


def answer_in(stream: Sequence[Event]) -> Answer:
    """The answer, which is the last event and the only one of its kind."""
    found = [event.answer for event in stream if isinstance(event, AnswerReady)]
    assert len(found) == 1
    assert isinstance(stream[-1], AnswerReady)
    return found[0]


def shown(stream: Sequence[Event]) -> str:
    """The text as a reader of the stream sees it in the end: what stood before a restart is gone."""
    text = ""
    for event in stream:
        if isinstance(event, Notice) and event.restart:
            text = ""
        elif isinstance(event, TextDelta):
            text += event.text
    return text


def number_of(request: Request, words: str) -> int:
    """The number of the sentence of the prompt that holds these words."""
    found = re.search(rf"^\[(\d+)\][^\n]*{re.escape(words)}", request.prompt, re.MULTILINE)
    assert found, f"{words!r} is not in the evidence"
    return int(found[1])


def numbered(request: Request) -> list[tuple[int, str]]:
    """The numbered sentences of the prompt."""
    return [(int(n), words) for n, words in re.findall(r"^\[(\d+)\] ([^\n]+)$", request.prompt, re.MULTILINE)]


def marks(text: str) -> Iterator[int]:
    """The display numbers of an answer's text, in order."""
    yield from (int(number) for number in re.findall(r"\[(\d+)\]", text))


def check(store: Store, answer: Answer) -> None:
    """Assert what holds of every answer: exact quotes, numbers in order of first use, abstention without citations."""
    for citation in answer.citations:
        assert store.text(citation.article_id)[citation.start : citation.end] == citation.quote
        article = store.article(citation.article_id)
        published = article.published.isoformat() if article.published else None
        assert (citation.title, citation.source, citation.published) == (article.title, article.source, published)
        assert article.day is None or article.day <= answer.as_of
    numbers = [citation.number for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert list(dict.fromkeys(marks(answer.text))) == numbers
    assert {n for statement in answer.statements for n in statement.citations} <= set(numbers)
    assert answer.abstained is (answer.abstention is not None)
    assert not (answer.abstained and answer.citations)
    for entry in answer.passages:
        day = store.article(entry.passage.article_id).day
        assert day is None or day <= answer.as_of
    assert [entry.passage.rank for entry in answer.passages] == list(range(1, len(answer.passages) + 1))
