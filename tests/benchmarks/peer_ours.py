"""This project's side of ``tests.benchmarks.peer``, in a process of its own.

Run: ``python -m tests.benchmarks.peer_ours ARTICLES QUESTIONS FOLDER``; it prints one JSON object.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from ingest.read import read
from vectorstore.archive.prepared import embedding_input
from vectorstore.encoders.registry import open_encoder
from vectorstore.store import Store


def main() -> None:
    """Print how long ingestion and each question took, and how fast the encoder is alone on the same passages."""
    articles, questions, folder = sys.argv[1:]
    encoder = open_encoder()
    encoder.encode(["Warm up."] * 32)
    with Store.open(Path(folder), encoder=encoder) as store:
        started = time.perf_counter()
        report = store.add(read([articles]))
        ingestion = time.perf_counter() - started
        milliseconds = []
        for question in json.loads(Path(questions).read_text(encoding="utf-8")):
            started = time.perf_counter()
            store.search(question, limit=20)
            milliseconds.append((time.perf_counter() - started) * 1000)
        texts = [
            embedding_input(summary.title, passage.text)
            for summary in store.articles()
            for passage in store.chunks(summary.id)
        ]
    started = time.perf_counter()
    encoder.encode(texts)
    bare = len(texts) / (time.perf_counter() - started)
    json.dump(
        {"passages": report.chunks, "ingestion": ingestion, "milliseconds": milliseconds, "bare": bare}, sys.stdout
    )


if __name__ == "__main__":
    main()
