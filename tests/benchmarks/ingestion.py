"""Ingestion of ``realtimeqa-dev`` (4,500 articles): time, passages a second, peak memory; the bare encoder beside it.

Run: ``make bench-ingest``. Whole pipeline: reading, chunking, embedding, the archive, Chroma and the BM25 index.
"""

from __future__ import annotations

import resource
import tempfile
import time
from pathlib import Path

from ingest.chunk import chunk
from tests.benchmarks.data import articles
from vectorstore.archive.prepared import embedding_input
from vectorstore.encoders.registry import open_encoder
from vectorstore.store import Store

#: Passages that the encoder alone is timed with, spread over the set.
SAMPLE = 2000


def main() -> None:
    """Print the figures."""
    texts = [
        embedding_input(article.title, piece.span.of(article.text))
        for article in articles("realtimeqa-dev")
        for piece in chunk(article)
    ]
    step = max(1, len(texts) // SAMPLE)
    encoder = open_encoder()
    encoder.encode(texts[:64])
    started = time.perf_counter()
    encoder.encode(texts[::step])
    bare = len(texts[::step]) / (time.perf_counter() - started)
    print(f"encoder alone: {bare:.0f} passages/s")
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        with Store.open(Path(folder) / "store", encoder=encoder) as store:
            report = store.add(articles("realtimeqa-dev"))
            seconds = time.perf_counter() - started
        size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
    rate = report.chunks / seconds
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"ingestion: {report.added:,} articles, {report.chunks:,} passages in {seconds:.0f} s")
    print(
        f"{rate:.0f} passages/s ({rate / bare:.2f} of the encoder alone), peak {peak:.0f} MiB, disk {size / 1e6:.0f} MB"
    )


if __name__ == "__main__":
    main()
