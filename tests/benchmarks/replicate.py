"""An archive of any size for the benchmarks: real articles, then deterministic variations of them.

A variation keeps what an index feels, the distribution of words, lengths and dates, and is yet another article: about
half of its sentences are exchanged for sentences of other articles of about the same length, its names for names as
frequent (some of them coined, so that the vocabulary grows with the archive) and its numbers for others as long.

Invariant: article ``n`` of :func:`replicate` depends on the articles, the seed and ``n`` alone.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ingest.article import Article

_ROOT = Path(__file__).parents[2]
_SHARED = _ROOT.parent / "shared" / "data" / "realtimeqa-dev"
_SAMPLES = _ROOT / "ingest" / "samples"

_SENTENCE_END = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])")
_WORD = re.compile(r"\d+|[^\W\d_]+")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}")
_SYLLABLES = (
    "an",
    "ber",
    "cor",
    "dal",
    "fen",
    "gor",
    "hal",
    "jor",
    "kel",
    "lan",
    "mor",
    "nes",
    "pel",
    "quin",
    "ros",
    "sten",
    "tor",
    "ven",
    "wick",
    "zan",
)
_LENGTH_STEP = 20


def corpus() -> tuple[list[Article], list[dict[str, Any]], str]:
    """The articles to measure with, the questions about them, and a line that says which they are.

    They are ``realtimeqa-dev`` where ``../shared`` is present, and elsewhere the bundled samples, each with its own
    title for a question.
    """
    if _SHARED.is_dir():
        with gzip.open(_SHARED / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
            articles = [Article.from_record(json.loads(line)) for line in lines]
        questions = [json.loads(line) for line in (_SHARED / "questions.jsonl").read_text("utf-8").splitlines()]
        return articles, questions, "realtimeqa-dev"
    articles = [_sample(path) for path in sorted(_SAMPLES.glob("*.md"))]
    questions = [
        {"id": a.id, "question": a.title, "as_of": str(a.day), "articles": [a.id], "tags": ["linked"]} for a in articles
    ]
    return articles, questions, "bundled samples, each title a question"


def _sample(path: Path) -> Article:
    import frontmatter

    post = frontmatter.load(str(path))
    return Article.from_record({"id": path.stem, **post.metadata, "text": post.content}, origin=str(path))


def replicate(articles: Sequence[Article], count: int, *, seed: int = 0) -> Iterator[Article]:
    """``count`` articles: those given, in order, then variations of them in turn."""
    yield from articles[:count]
    if count <= len(articles):
        return
    pool = _Pool(articles)
    for number in range(len(articles), count):
        yield pool.variation(articles[number % len(articles)], number, random.Random(f"{seed}:{number}"))


class _Pool:
    """Sentences by length, and names as often as they occur."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.sentences: dict[int, list[str]] = {}
        self.names: list[str] = []
        for article in articles:
            self.names.extend(_NAME.findall(article.text))
            for paragraph in article.text.split("\n"):
                for sentence in _SENTENCE_END.split(paragraph):
                    self.sentences.setdefault(len(sentence) // _LENGTH_STEP, []).append(sentence)
        self.names = self.names or ["Arle"]
        self.known = set(self.names)

    def variation(self, article: Article, number: int, rng: random.Random) -> Article:
        renamed: dict[str, str] = {}

        def change(match: re.Match[str]) -> str:
            word = match.group()
            if word.isdecimal():
                return _other_number(word, rng)
            if word not in self.known:
                return word
            if word not in renamed:
                renamed[word] = self._other_name(rng)
            return renamed[word]

        paragraphs = [
            " ".join(self._exchange(sentence, rng) for sentence in _SENTENCE_END.split(paragraph))
            for paragraph in article.text.split("\n")
        ]
        day = article.day
        return Article(
            id=f"{article.id}~{number}",
            title=_WORD.sub(change, article.title),
            source=article.source,
            authors=article.authors,
            published=day + dt.timedelta(days=rng.randint(-700, 0)) if day else None,
            text=_WORD.sub(change, "\n".join(paragraphs)),
            origin=f"variation {number}",
        )

    def _exchange(self, sentence: str, rng: random.Random) -> str:
        if len(sentence) < _LENGTH_STEP or rng.random() < 0.5:
            return sentence
        return rng.choice(self.sentences[len(sentence) // _LENGTH_STEP])

    def _other_name(self, rng: random.Random) -> str:
        if rng.random() < 0.1:
            return "".join(rng.choices(_SYLLABLES, k=3)).capitalize()
        return rng.choice(self.names)


def _other_number(digits: str, rng: random.Random) -> str:
    if re.fullmatch(r"(19|20)\d\d", digits):  # years stay years
        return str(int(digits) + rng.randint(-3, 3))
    return str(rng.randint(1, 9)) + "".join(str(rng.randint(0, 9)) for _ in digits[1:])
