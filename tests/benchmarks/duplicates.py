"""Near-duplicates: the built cases beside the thresholds, and the copies among ``realtimeqa-dev``'s articles.

Run: ``make bench-duplicates`` or ``python -m tests.benchmarks.duplicates [--sample N]``.

The first table needs nothing but the repository. The second part takes in the 4,500 articles one by one, as ingestion
does, without embedding them, and prints a sample of the clusters for the eye.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import select

from ingest.chunk import chunk
from ingest.duplicates import CONTAINMENT, FEWEST, JACCARD, band_keys, shingles, similarity
from tests.benchmarks.data import SHARED, articles
from tests.helpers.near_duplicates import APART, TOGETHER
from vectorstore.archive.database import Archive
from vectorstore.archive.prepared import Prepared
from vectorstore.archive.schema import articles as stored
from vectorstore.archive.schema import near_duplicates, supersessions

Clusters = dict[int, list[tuple[str, str, str | None]]]


def cases(name: str, pairs: Mapping[str, tuple[str, str]]) -> None:
    """Print how far the texts of each pair resemble each other."""
    print(f"| {name} | Jaccard | containment | keys in common | near-duplicates |\n|---|---|---|---|---|")
    for label, (first, second) in pairs.items():
        alike = similarity(shingles(first), shingles(second))
        keys = len(set(band_keys(first)) & set(band_keys(second)))
        verdict = "yes" if alike.near_duplicate and keys else "no"
        print(f"| {label} | {alike.jaccard:.2f} | {alike.containment:.2f} | {keys} | {verdict} |")
    print()


def ingest(archive: Archive) -> list[float]:
    """Write the set's articles without vectors, one transaction each; milliseconds of each."""
    times = []
    for article in articles("realtimeqa-dev"):
        chunks = tuple(chunk(article))
        prepared = Prepared(article=article, chunks=chunks, inputs=tuple(c.id for c in chunks))
        started = time.perf_counter()
        archive.write([prepared], "none", {})
        times.append((time.perf_counter() - started) * 1000)
    return times


def clusters(archive: Archive) -> Clusters:
    """Publisher, headline and date of the articles of each cluster."""
    found: Clusters = {}
    query = select(near_duplicates.c.cluster, stored.c.source, stored.c.title, stored.c.published)
    query = query.join(stored, stored.c.row == near_duplicates.c.article_row).order_by(stored.c.row)
    query = query.where(near_duplicates.c.cluster.is_not(None))
    with archive.engine.connect() as connection:
        for cluster, source, title, published in connection.execute(
            query.where(near_duplicates.c.cluster.is_not(None))
        ):
            found.setdefault(cluster, []).append((source, title, published))
    return found


def main() -> None:
    """Print the tables and a sample."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=8, metavar="N", help="clusters to print")
    sample = parser.parse_args().sample
    print(f"one story: Jaccard {JACCARD} or containment {CONTAINMENT}, and {FEWEST} shingles at least\n")
    cases("one story", TOGETHER)
    cases("two stories", APART)
    if not SHARED.is_dir():
        print(f"realtimeqa-dev is not at {SHARED}: no more to measure")
        return
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive.open(Path(folder) / "archive.sqlite")
        times = ingest(archive)
        found = clusters(archive)
        with archive.engine.connect() as connection:
            superseded = len(connection.execute(select(supersessions.c.article_row).distinct()).all())
        archive.close()
    last = times[-500:]
    cut = statistics.quantiles(last, n=20)[18]
    print(f"{len(times):,} articles written in {sum(times) / 1000:.1f} s, each its own transaction, not embedded")
    print(
        f"one of the last 500: median {statistics.median(last):.1f} ms, 95th {cut:.1f} ms, longest {max(last):.1f} ms"
    )
    print(f"{len(found)} clusters of {sum(map(len, found.values()))} articles, the largest of ", end="")
    print(f"{max(map(len, found.values()), default=0)}; {superseded} articles superseded\n")
    for members in random.Random(5).sample(list(found.values()), min(sample, len(found))):
        for source, title, published in members[:6]:
            print(f"  {source}, {(published or 'undated')[:10]}: {title[:90]}")
        print()


if __name__ == "__main__":
    main()
