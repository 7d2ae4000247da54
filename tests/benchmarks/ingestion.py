"""Ingestion of ``realtimeqa-dev`` (4,500 articles): time, passages a second, peak memory; the bare encoder beside it.

Run: ``make bench-ingest``. Whole pipeline: reading, chunking, embedding, the archive, Chroma and the BM25 index; once
in this process, and as ``assistant ingest`` does it, a file an article, with one and two workers.

With ``ARGS='--before TREE'``, the command of another checkout (``git worktree add TREE COMMIT``) takes the same folder
in turns with this one's, and the ratio of their times is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
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

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--before", type=Path, help="a checkout to compare with")
    parser.add_argument("--articles", type=int, default=4500, help="so many articles as files (default: all)")
    parser.add_argument("--turns", type=int, default=3, help="times that each command is run (default: 3)")
    given = parser.parse_args()
    if given.before is None:
        in_this_process()
    with tempfile.TemporaryDirectory() as folder:
        as_commands(as_files(Path(folder) / "articles", given.articles), given.before, given.turns)


def as_files(folder: Path, count: int) -> Path:
    """The set's articles, a Markdown file each, as people keep them."""
    folder.mkdir()
    for number, article in zip(range(count), articles("realtimeqa-dev"), strict=False):
        head = f"title: {json.dumps(article.title)}\ndate: {article.day or ''}"
        (folder / f"{number}.md").write_text(f"---\n{head}\n---\n\n{article.text}\n", encoding="utf-8")
    return folder


def as_commands(folder: Path, before: Path | None, turns: int) -> None:
    """``assistant ingest`` of a folder, each kind in turn so that a busy minute is shared by all."""
    kinds = {f"{workers} worker{'s' * (workers > 1)}": (ROOT, ["--workers", str(workers)]) for workers in (1, 2)}
    if before is not None:
        kinds = {"before": (before, []), "now": (ROOT, []), **kinds}
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in kinds}
    for _ in range(turns):
        for name, (tree, options) in kinds.items():
            took[name].append(ingested(tree, folder, options))
            print(f"{name}: {took[name][-1][0]:.1f} s", file=sys.stderr, flush=True)
    medians = {name: [statistics.median(part) for part in zip(*runs, strict=True)] for name, runs in took.items()}
    for name, (seconds, processor) in medians.items():
        print(f"assistant ingest, {name}: {seconds:.1f} s, {processor:.1f} s of the processors (medians of {turns})")
    if before is not None:
        print("now / before: {:.2f} by the clock, {:.2f} of the processors".format(*_ratio(medians)))


def _ratio(medians: dict[str, list[float]]) -> list[float]:
    return [now / before for now, before in zip(medians["now"], medians["before"], strict=True)]


def ingested(tree: Path, folder: Path, options: list[str]) -> tuple[float, float]:
    """Seconds by the clock and of the processors, the workers' included, of one ``assistant ingest`` of ``folder``."""
    with tempfile.TemporaryDirectory() as store:
        command = [sys.executable, "-m", "assistant.cli", "ingest", str(folder), "--store", f"{store}/store", *options]
        used, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, cwd=store, env={**os.environ, "PYTHONPATH": str(tree)}, check=True, capture_output=True)
        seconds = time.perf_counter() - started
        now = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime


def in_this_process() -> None:
    """The encoder alone, and the store fed with articles that are read already."""
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
