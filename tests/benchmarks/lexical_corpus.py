"""The benchmark's archive as the lexical index takes it, on disk, so that every process reads the same."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.article import Article
from ingest.chunk import chunk
from tests.benchmarks.replicate import corpus, replicate
from vectorstore.indexes.bm25 import TextArticle

#: Keys from here on are no article's of the corpus.
NEW_KEY = 10_000_000


def lexical_article(key: int, article: Article) -> TextArticle:
    """The article as the index takes it, with keys such as an archive gives."""
    day = article.day.toordinal() if article.day else None
    chunks = tuple((key * 1000 + c.ordinal, c.span.of(article.text)) for c in chunk(article))
    return TextArticle(key=key, title=article.title, source=article.source, day=day, passages=chunks)


def write_corpus(path: Path, passages: int) -> dict[str, Any]:
    """Write articles of about ``passages`` passages and the questions to ``path``."""
    articles, questions, name = corpus()
    keys = {article.id: key for key, article in enumerate(articles, 1)}
    written = 0
    with (path / "articles.jsonl").open("w", encoding="utf-8") as lines:
        for key, article in enumerate(replicate(articles, sys.maxsize), 1):
            # Up to a tenth over, rather than leave out the last of the real articles.
            if written >= passages and (key > len(articles) or written >= 1.1 * passages):
                break
            item = lexical_article(key, article)
            written += len(item.passages)
            lines.write(json.dumps([item.key, item.title, item.source, item.day, item.passages]) + "\n")
    linked = [q.get("articles", []) if "linked" in q["tags"] else [] for q in questions]
    gold = [[keys[i] for i in ids if i in keys and keys[i] < key] for ids in linked]
    asked = [[q["question"], q.get("as_of"), wanted] for q, wanted in zip(questions, gold, strict=True)]
    (path / "questions.json").write_text(json.dumps(asked))
    return {"corpus": name, "articles": key - 1, "passages": written}


def read_corpus(path: Path) -> Iterator[TextArticle]:
    """What :func:`write_corpus` wrote, one by one."""
    with (path / "articles.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            key, title, source, day, passages = json.loads(line)
            yield TextArticle(
                key=key, title=title, source=source, day=day, passages=tuple((i, text) for i, text in passages)
            )


def new_articles(count: int, first: int = NEW_KEY) -> list[TextArticle]:
    """Articles that are in no corpus: variations of the first ones under keys from ``first``."""
    articles = corpus()[0][: max(count, 20)]
    made = list(replicate(articles, len(articles) + count, seed=first))[len(articles) :]
    return [lexical_article(first + number, article) for number, article in enumerate(made)]
