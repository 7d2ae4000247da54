"""Labelled questions -> what the reader is trained on: windows of the sentences that the program itself would look at.

*newsask-train*: the sentences are those of the program's own evidence on the `realtimeqa-dev` archive. Right is a
sentence that overlaps a gold one, or that holds a short answer and either stands in the gold article or shares a third
of a gold sentence's words; one that holds a short answer otherwise is not judged: about one question in five has a
second right sentence elsewhere. Of a near miss no sentence is right.

*SelQA*: the sentences of a section of Wikipedia. A quarter of the questions is asked once more without the sentences
that answer.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.citing.evidence import Evidence
from assistant.evaluation.measures.answers import holds
from assistant.pipeline.evidence import collect_evidence
from assistant.pipeline.run import ARTICLES, RETRIEVED
from assistant.question.query import Known, Query, read, settled
from assistant.ranking.lexical import promising
from assistant.ranking.sentences import line
from assistant.ranking.windows import Encode, Line, Window, windows
from ingest.language.words import content_stems
from tests.benchmarks.data import SHARED, Question
from vectorstore.archive.passage import Passage
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.retrieval.scope import Scope
from vectorstore.store import Store

#: The share of a gold sentence's words that make a sentence of another article, which holds the short answer, right.
_AGREES = 1 / 3


#: Articles are told apart into so many folds; the shipped reader was trained on the questions about the first ones.
FOLDS, TRAINED_ON = 5, 3


def fold(article: str) -> int:
    """The fold of an article of newsask-train, by its id."""
    return int(hashlib.md5(article.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def is_held_out(article: str) -> bool:
    """Whether the shipped reader has not seen the questions about an article."""
    return fold(article) >= TRAINED_ON


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A question with the sentences that it is trained on.

    Attributes:
        right: places of those that answer; none where nothing does.
        unjudged: places of those that are left out.
        article: what it is about, by which folds are made.
    """

    id: str
    windows: tuple[Window, ...]
    right: frozenset[int]
    unjudged: frozenset[int] = frozenset()
    article: str = ""

    @property
    def tokens(self) -> int:
        """How long it is."""
        return sum(len(window.ids) for window in self.windows)


def selqa(encode: Encode, seed: int) -> Iterator[Example]:
    """The questions of SelQA."""
    chance = random.Random(seed)
    with gzip.open(SHARED / "selqa.jsonl.gz", "rt", encoding="utf-8") as records:
        for number, record in enumerate(map(json.loads, records)):
            lines = [Line(text=text, article="a", heading=record["article"]) for text in record["sentences"]]
            right = frozenset(record["right"])
            packed = windows(record["question"], lines, encode)
            yield Example(id=f"selqa-{number}", windows=tuple(packed), right=right)
            rest = [one for place, one in enumerate(lines) if place not in right]
            if chance.random() < 0.25 and len(rest) > 2:
                packed = windows(record["question"], rest, encode)
                yield Example(id=f"selqa-{number}-without", windows=tuple(packed), right=frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question of a set with what the program finds for it."""

    question: Question
    query: Query
    found: Sequence[Passage]
    evidence: Evidence


def asked(store: Store, among: Iterable[Question]) -> Iterator[Asked]:
    """Each question, searched for as the program does."""
    publishers = store.retriever.catalogue().source_names
    known = Known(
        gazetteer=store.gazetteer,
        publishers=publishers,
        spelled=store.spelled,
        embed=EmbeddingCache(store.encoder.encode),
    )
    for question in among:
        query = read(question.question, (), settled(Scope(as_of=question.as_of)), known)
        dates = (query.dates.start, query.dates.end) if query.dates is not None else None
        found = store.search(query.text, query.scope, limit=RETRIEVED, min_articles=ARTICLES, dates=dates, copies=True)
        passages = [passage for passage in found if passage.copy_of is None]
        evidence = collect_evidence(store, query, passages)
        yield Asked(question=question, query=query, found=passages, evidence=evidence)


def newsask(questions_asked: Iterable[Asked], encode: Encode, most: int) -> Iterator[Example]:
    """The questions of newsask-train with at most so many promising sentences, those before them, and the gold ones."""
    path = SHARED / "newsask-train" / "questions.jsonl"
    records = {r["id"]: r for r in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
    for one in questions_asked:
        yield labelled(one, records[one.question.id], encode, most)


def labelled(one: Asked, record: dict[str, Any], encode: Encode, most: int) -> Example:
    """The gold sentences are among what is trained on also where the words of the question do not promise them."""
    sentences = one.evidence.sentences
    chosen = promising(one.query, one.evidence, most) if sentences else []
    gold = [(sentence["start"], sentence["end"]) for sentence in record["sentences"]]
    told = [set(content_stems(sentence["text"])) for sentence in record["sentences"]]
    overlapping = {
        place
        for place, s in enumerate(sentences)
        if s.passage.article_id in one.question.articles
        and any(s.span.start < end and start < s.span.end for start, end in gold)
    }
    kept = sorted({*chosen, *overlapping})
    right, unjudged = set[int](), set[int]()
    for at, place in enumerate(kept):
        sentence = sentences[place]
        if place in overlapping:
            right.add(at)
        elif one.question.answerable and holds(sentence.text, one.question.answers):
            stems = set(content_stems(sentence.text))
            agrees = any(len(own & stems) >= _AGREES * len(own) for own in told)
            (right if agrees or sentence.passage.article_id in one.question.articles else unjudged).add(at)
    return Example(
        id=one.question.id,
        windows=tuple(windows(one.query.text, [line(sentences[place]) for place in kept], encode)),
        right=frozenset(right),
        unjudged=frozenset(unjudged),
        article=record.get("about") or record["articles"][0],
    )
