"""A small archive, questions about it, and an answerer whose words a test writes."""

from __future__ import annotations

import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from stores import WordEncoder

from assistant.answerers.base import Piece
from assistant.citing.evidence import Evidence
from assistant.evaluation.items import Item
from assistant.pipeline.assistant import Assistant
from assistant.question.query import Query
from ingest.article import Article
from vectorstore.store import Store

ARTICLES = [
    ("ferry", "Ferry stays in port", "The ferry stayed in port. The harbour master blamed a broken rudder."),
    ("bridge", "Bridge opens", "The bridge opened in May. The mayor cut a red ribbon."),
    ("storm", "Storm warning", "A storm is coming from the north. The lighthouse keeper saw it first."),
]

QUESTIONS = [
    Item(id="rudder", question="Why did the ferry stay in port?", answers=["a broken rudder"], articles=["ferry"]),
    Item(
        id="ribbon",
        question="What did the mayor cut when the bridge opened?",
        answers=["red ribbon"],
        articles=["https://wire.example/bridge"],
        tags=["who"],
    ),
    Item(id="keeper", question="Who saw the storm first?", answers=["lighthouse keeper"], articles=["storm"]),
    Item(id="king", question="Who is the king of the moon?", answers=[], answerable=False, tags=["moon"]),
]


@dataclass
class Scripted:
    """An answerer that answers each question with the words a test gives it, or raises what it gives.

    ``replies`` maps a word of the question to the reply, or to a function of the evidence; without one it cites the
    sentence that shares the most words with the question.
    """

    name: str = "scripted"
    prompt: str | None = None
    replies: dict[str, str | BaseException | Callable[[Evidence], str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    async def stream(self, query: Query, evidence: Evidence) -> AsyncGenerator[Piece, None]:
        with self.lock:
            self.asked.append(query.text)
        reply = next((r for word, r in self.replies.items() if word in query.text), None)
        if isinstance(reply, BaseException):
            raise reply
        if reply is None:
            yield _best_sentence(query, evidence)
        else:
            yield reply if isinstance(reply, str) else reply(evidence)


def _best_sentence(query: Query, evidence: Evidence) -> str:
    asked = set(query.text.lower().strip("?").split())
    best = max(evidence.sentences, key=lambda s: len(asked & set(s.text.lower().strip(".").split())))
    # The next sentence tells why or who.
    follows = evidence.get(best.number + 1) or best
    return f"{best.text} [{best.number}] {follows.text} [{follows.number}]"


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Three short articles."""
    with Store.open(tmp_path_factory.mktemp("evaluation") / "store", encoder=WordEncoder()) as store:
        store.add(
            Article(id=name, title=title, text=text, url=f"https://wire.example/{name}", source="Wire")
            for name, title, text in ARTICLES
        )
        yield store


@pytest.fixture
def scripted() -> Scripted:
    """An answerer without a script yet."""
    return Scripted()


@pytest.fixture
def assistant(archive: Store, scripted: Scripted) -> Assistant:
    """Answers over the three articles with the test's words; never abstains for want of confidence."""
    return Assistant(archive, scripted, threshold=0.0)


@pytest.fixture
def questions() -> list[Item]:
    """Three questions that the articles answer and one that they do not."""
    return list(QUESTIONS)


def write_set(path: Path, items: list[Item]) -> Path:
    """A Q&A set file."""
    path.write_text("".join(item.model_dump_json() + "\n" for item in items), encoding="utf-8")
    return path
