"""What the kill test runs: a process that forks one child a task, so that hundreds start as fast as one would.

A line of JSON on standard input is a task; the child's process id, and later its exit status, are the answer. Children
append lines to ``log`` without a buffer, so that a killed one has said all that it came to.

Tasks: "ingest" adds articles and says ``ack NUMBER VERSION`` for each that is safe, ``chroma`` before each write of
Chroma's and ``done`` after it, and kills itself where ``die`` says so; "check" opens the store and says what does not
hold, and ``whole`` at the end.
"""

from __future__ import annotations

import faulthandler
import itertools
import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any, NoReturn

import chromadb.api.rust  # noqa: F401  # here, so that no child has to
import onnxruntime  # noqa: F401
import tokenizers  # noqa: F401
from chromadb.api.client import Client
from stores import WordEncoder, article, check, found, matching, texts, word

from ingest.article import Article
from vectorstore import store as store_module
from vectorstore.archive import prepared, writing
from vectorstore.archive.database import Archive
from vectorstore.archive.documents import Outcome
from vectorstore.encoders.base import Encoder
from vectorstore.encoders.local import LocalEncoder
from vectorstore.indexes.bm25 import LexicalIndex
from vectorstore.indexes.chroma import DenseIndex
from vectorstore.store import Store

Say = Callable[[str], None]


#: Articles below this number are long ones, for a store whose graph takes Chroma some time to write.
LONG = 40


def version_of(number: int, version: int) -> Article:
    """Article ``number`` as its ``version`` has it, about a word of its own."""
    text = article(number, sentences=400 if number < LONG else 24).text
    return article(number, text=f"{text} The {word(number * 50 + version + 10_000)} is in version {version}.")


def ingest(task: dict[str, Any], say: Say) -> None:
    """Add articles, following often, so that Chroma writes most of the time."""
    writing.BATCH, store_module.FOLLOW_EVERY = 8, 16
    announce(say)
    if "die" in task:
        die(**task["die"])
    versions = {f"a{number}": (number, version) for number, version in task["articles"]}

    def acknowledge(item: Article, outcome: Outcome) -> None:
        say("ack {} {}".format(*versions[item.id]))

    say("opening")
    with Store.open(task["path"], encoder=encoder(task)) as store:
        say("open")
        store.add((version_of(*each) for each in task["articles"]), on_article=acknowledge)
    say("end")


def keep_chroma_busy() -> None:
    """Have it write its graph's files nearly each time that it writes, in place of every 1,000 rows."""
    create = Client.get_or_create_collection

    def create_busy(client: Client, name: str, *, configuration: Any, **rest: Any) -> Any:
        configuration["hnsw"] |= {"sync_threshold": 8, "batch_size": 4}
        return create(client, name, configuration=configuration, **rest)

    Client.get_or_create_collection = create_busy  # type: ignore[assignment,method-assign]


def announce(say: Say) -> None:
    """Say before and after each time that Chroma writes."""
    for name in ("put", "remove"):
        original = getattr(DenseIndex, name)

        def announced(*arguments: Any, original: Callable[..., Any] = original) -> None:
            say("chroma")
            original(*arguments)
            say("done")

        setattr(DenseIndex, name, announced)


def die(step: str, *, turn: int, torn: bool = False) -> None:
    """Have this process kill itself after ``step`` (``Class.method``) was taken for the ``turn``-th time; ``torn``, as
    if Chroma had been in the middle of writing its graph.
    """
    owner = {"Archive": Archive, "DenseIndex": DenseIndex, "LexicalIndex": LexicalIndex}[step.split(".")[0]]
    name, taken = step.split(".")[1], itertools.count(1)
    original = getattr(owner, name)

    def mortal(self: Any, *arguments: Any, **options: Any) -> Any:
        last = next(taken) == turn
        result = original(self, *arguments, **options)
        if last and torn:
            for file in self._folder.rglob("*.bin"):
                os.truncate(file, file.stat().st_size // 2)
        if last:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, mortal)


def check_store(task: dict[str, Any], say: Say) -> None:
    """Open the store and see whether all of ``task["articles"]`` are found, each in one of its possible versions."""
    with Store.open(task["path"], encoder=encoder(task)) as store:
        say("open")
        check(store)
        held = texts(store)
        assert len(held) == store.counts()[0]
        for number, versions in task["articles"].items():
            possible = [version for version in versions if held.get(f"a{number}") == text_of(int(number), version)]
            assert possible, f"article {number} is in none of the versions {versions}"
            own = word(int(number) * 50 + possible[0] + 10_000)
            assert matching(store, own) == {f"a{number}"}, f"BM25 does not find article {number}"
            if number in task["ask"]:
                assert found(store, f"What is the {own}?")[0] == f"a{number}", f"{number} is not found"
    say("whole")


def text_of(number: int, version: int) -> str:
    return version_of(number, version).text


def encoder(task: dict[str, Any]) -> Encoder:
    if task["encoder"] == "local":
        return LocalEncoder()
    wide = WordEncoder()
    wide.dimension = 1024  # as long as vectors get, and Chroma's writing of them
    return wide


def perform(line: str) -> NoReturn:
    """In the child: do one task and end."""
    task = json.loads(line)
    log = os.open(task["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.dup2(log, 2)
    faulthandler.enable()

    def say(words: str) -> None:
        os.write(log, f"{words}\n".encode())

    status = 1
    try:
        {"ingest": ingest, "check": check_store}[task["task"]](task, say)
        status = 0
    finally:
        if status:
            sys.excepthook(*sys.exc_info())
            sys.stderr.flush()
        os._exit(status)  # libraries would wait at the end for threads that stayed behind in the parent


def main() -> None:
    """Fork a child a line; answer its process id, wait for it, answer its exit code (minus the signal)."""
    keep_chroma_busy()
    prepared.prepare(version_of(LONG, 0))  # loads what finds the ends of sentences, once for all children
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            perform(line)
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
