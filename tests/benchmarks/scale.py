"""How opening, searching and changing a store, its memory and its disk grow with the archive.

Run: ``make bench-scale`` or ``python -m tests.benchmarks.scale [--sizes N …] [--store DIR] [--folder DIR]``.

Each store holds ``realtimeqa-dev`` (the bundled samples where that is absent) and then variations of its articles
(``tests/benchmarks/replicate.py``), written through ``Store.add``: archive, attributions, near-duplicates, Chroma, BM25
and matrix are the real ones. Only the encoder is not: a real passage has its own vector, read out of ``--store``, and a
variation's is mixed of those of two real passages, as its sentences are. Each size is measured in a process of its own,
which encodes for itself. The stores are kept in ``--folder`` and grown from one size to the next.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt
from sqlalchemy import select

from ingest.article import Article
from tests.benchmarks.data import store_of
from tests.benchmarks.replicate import corpus, replicate
from tests.benchmarks.scale_picture import picture
from vectorstore.archive.prepared import digest
from vectorstore.archive.schema import embeddings
from vectorstore.encoders.base import Vectors, unit
from vectorstore.encoders.local import LocalEncoder
from vectorstore.store import Store

ROOT = Path(__file__).resolve().parents[2]
SIZES = (1_000, 10_000, 50_000, 200_000)
#: How much of a variation's vector is of the first of two passages, and of the second.
MIXED = (0.8, 0.45)
#: Searches that are timed with each filter, and articles that are added and removed one by one.
QUERIES, CHANGES = 100, 9
#: The seed of those articles.
UNSEEN = 1
#: What an article has of passages, about.
PASSAGES = 10

Known = Mapping[bytes, npt.NDArray[np.float32]]


class ReplicatingEncoder(LocalEncoder):
    """The local encoder's vectors for texts that are ``known`` by their digest, and mixtures of them for others."""

    calls_at_once = 1

    def __init__(self, known: Known) -> None:
        super().__init__()
        self._known = known
        self._vectors = np.array(list(known.values()), dtype=np.float32)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See :meth:`Encoder.encode`; the same text gives the same vector."""
        return unit(np.array([self._vector(text) for text in texts], dtype=np.float32).reshape(len(texts), -1))

    def _vector(self, text: str) -> npt.NDArray[np.float32]:
        key = digest(text)
        if key in self._known:
            return self._known[key]
        first, second = np.random.default_rng(crc32(key)).choice(len(self._vectors), 2)
        mixed: npt.NDArray[np.float32] = MIXED[0] * self._vectors[first] + MIXED[1] * self._vectors[second]
        return mixed


def known_vectors(articles: Sequence[Article], name: str, path: Path | None, folder: Path) -> Known:
    """The vectors of the real articles' passages, by digest."""
    if name == "realtimeqa-dev":
        store = store_of(name, path)
    else:
        store = Store.open(path or folder / "samples")
        store.add(articles)
    with store, store.archive.engine.connect() as connection:
        query = select(embeddings.c.digest, embeddings.c.vector)
        lines = connection.execute(query.where(embeddings.c.encoder == store.encoder.fingerprint)).all()
    return {key: np.frombuffer(vector, dtype="<f4") for key, vector in lines}


def grow(folder: Path, size: int, articles: Iterator[Article], encoder: ReplicatingEncoder) -> float:
    """Add articles to the store in ``folder`` until it holds ``size`` passages; the seconds that it took."""
    started = time.perf_counter()
    with Store.open(folder, encoder=encoder) as store:
        while (missing := size - store.counts()[1]) > 0:
            store.add(itertools.islice(articles, max(1, missing // PASSAGES)))
    return time.perf_counter() - started


def build(sizes: Sequence[int], folder: Path, source: Path | None) -> None:
    """Make the stores that are not there yet, each out of the one before it."""
    if all((folder / str(size) / "built").is_file() for size in sizes):
        return
    real, _, name = corpus()
    encoder = ReplicatingEncoder(known_vectors(real, name, source, folder))
    before: Path | None = None
    for size in sorted(sizes):
        store = folder / str(size)
        if not (store / "built").is_file():
            shutil.rmtree(store, ignore_errors=True)
            taken = 0
            if before is not None:
                shutil.copytree(before, store)
                (store / "built").unlink()
                with Store.open(store, encoder=encoder) as opened:
                    taken = opened.counts()[0]
            # The real articles, some of which are alike and count once, are given again, which costs little.
            given = 0 if taken <= len(real) else taken
            articles = itertools.islice(replicate(real, 10 * size), given, None)
            seconds = grow(store, size, articles, encoder)
            (store / "built").touch()
            print(f"built {size:,} passages of {name} in {seconds:.0f} s", file=sys.stderr)
        before = store


def write_asked(path: Path) -> None:
    """Write what the stores are asked, and articles that none of them holds."""
    real, questions, _ = corpus()
    made = itertools.islice(replicate(real, len(real) + CHANGES, seed=UNSEEN), len(real), None)
    # With the ids that they have they would take the place of variations that are there.
    articles = [{**article.model_dump(mode="json"), "id": f"unseen~{number}"} for number, article in enumerate(made)]
    days = [question.get("as_of") or str(dt.date.today()) for question in questions]
    asked = [[question["question"], day] for question, day in zip(questions, days, strict=True)]
    path.write_text(json.dumps({"questions": asked[:QUERIES], "articles": articles}), encoding="utf-8")


def measured(store: Path, asked: Path) -> dict[str, Any]:
    """What a fresh process measures of a store whose files the system has in memory."""
    for file in store.rglob("*"):
        if file.is_file():
            file.read_bytes()
    command = [sys.executable, "-m", "tests.benchmarks.scale_measures", str(store), str(asked)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """The figures as a Markdown table, a column a size."""
    columns = [figures(row) for row in rows]
    lines = ["| | " + " | ".join(f"{row['passages']:,} passages" for row in rows) + " |", "|---" * len(rows) + "|---|"]
    lines += [f"| {name} | " + " | ".join(column[name] for column in columns) + " |" for name in columns[0]]
    return "\n".join(lines)


def figures(row: Mapping[str, Any]) -> dict[str, str]:
    """What one store's column of the table says, by line."""
    change, memory, disk = row["change"], row["memory"], row["disk"]
    return {
        "articles": f"{row['articles']:,}",
        "opening, s": f"{row['open']:.2f}",
        "the first search, s": f"{row['first search']:.2f}",
        **{f"search, {name}, ms": f"{median:.1f} / {p95:.1f}" for name, (median, p95) in row["search"].items()},
        "resident after 100 searches, MiB (of it mapped files)": f"{memory['VmRSS']:.0f} ({memory['RssFile']:.0f})",
        "adding an article, s (the longest)": f"{change['add']:.2f} ({change['add, longest']:.2f})",
        "the first search after it, s": f"{change['search after']:.2f}",
        "removing an article, s": f"{change['remove']:.2f}",
        "disk, MB (of it indexes)": f"{disk['archive'] + disk['indexes']:.0f} ({disk['indexes']:.0f})",
    }


def main() -> None:
    """Build what is missing, measure, print the table and draw the picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="passages")
    parser.add_argument("--store", type=Path, help="a store that holds realtimeqa-dev already")
    parser.add_argument("--folder", type=Path, default=ROOT / ".cache" / "benchmarks" / "scale")
    parser.add_argument("--picture", type=Path, default=ROOT / "docs" / "growth.svg")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    build(chosen.sizes, chosen.folder, chosen.store)
    asked = chosen.folder / "asked.json"
    write_asked(asked)
    rows = []
    for size in sorted(chosen.sizes):
        rows.append(measured(chosen.folder / str(size), asked))
        print(f"measured {size:,} passages", file=sys.stderr)
    print(table(rows))
    if len(rows) > 1:
        chosen.picture.write_text(picture(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
