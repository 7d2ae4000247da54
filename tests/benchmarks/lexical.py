"""tantivy, bm25s or SQLite FTS5 for the lexical index: quality, time, change, size, memory, crashes.

    .venv/bin/python -m tests.benchmarks.lexical [--passages 40000 200000] [--engines tantivy bm25s fts5]

prints Markdown tables. Every step of every engine runs in a process of its own, one after the other. Over the
articles of ``../shared`` where they are, else over the bundled samples; either multiplied by ``replicate.py``.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from tests.benchmarks.lexical_corpus import NEW_KEY, new_articles, read_corpus, write_corpus
from tests.benchmarks.lexical_engines import ENGINES, Engine, Tantivy
from tests.benchmarks.lexical_measures import cell, memory, quality, second_thread, table, timed, times
from vectorstore.indexes.bm25 import LexicalIndex

#: How many hits a fusion of lists asks for.
_DEPTH = 300
_KILLS = 20

Result = dict[str, Any]


# -- the steps, each in its own process -------------------------------------------------------------------------------


def step_build(engine: str, path: Path) -> Result:
    """Index the corpus."""
    start = time.perf_counter()
    index = open_engine(engine, path)
    index.add(read_corpus(path))
    index.close()
    seconds = time.perf_counter() - start
    size = sum(file.stat().st_size for file in (path / engine).rglob("*") if file.is_file())
    return {"build, s": seconds, "disk, MB": size / 1e6, "peak memory of building, MB": memory()["VmHWM"]}


def step_search(engine: str, path: Path) -> Result:
    """Ask every question, measure the time, the memory and how high the linked articles come."""
    before = memory()
    index = open_engine(engine, path)
    asked = json.loads((path / "questions.json").read_text())
    for question, _, _ in asked[:100]:  # warm up
        index.passages(question, _DEPTH)
        index.articles(question, _DEPTH)
    after = memory()
    result: Result = {
        "memory to search, MB": after["VmRSS"] - before["VmRSS"],
        "of it mapped from the disk, MB": after["RssFile"] - before["RssFile"],
    }
    for_passages = [partial(index.passages, question, _DEPTH) for question, _, _ in asked]
    for_articles = [partial(index.articles, question, _DEPTH) for question, _, _ in asked]
    passages, result["300 passages, ms, median / p95"] = timed(for_passages)
    articles, result["300 articles, ms, median / p95"] = timed(for_articles)
    result["searches by two threads : by one"] = second_thread(for_passages[:60] * 3)
    if isinstance(index, Tantivy):
        result["filters"] = filter_times(index.index, [q for q, _, _ in asked], path)
    index.close()
    result["quality"] = quality(asked, passages, articles)
    return result


def filter_times(index: LexicalIndex, questions: list[str], path: Path) -> Result:
    """Passages and articles together, with the filters that the program sets."""
    days = sorted(article.day for article in read_corpus(path) if article.day)
    source = next(article.source for article in read_corpus(path) if article.source)
    last = days[len(days) * 3 // 4]
    filters: dict[str, dict[str, Any]] = {
        "none": {},
        "until a day": {"day_to": last},
        "one week": {"day_from": last - 6, "day_to": last, "include_undated": False},
        "one week or undated": {"day_from": last - 6, "day_to": last},
        "one publisher": {"sources": [source]},
        "one publisher until a day": {"sources": [source], "day_to": last},
    }

    def both(question: str, kept: dict[str, Any]) -> None:
        index.search_passages(question, _DEPTH, **kept)
        index.search_articles(question, _DEPTH, **kept)

    return {name: times([partial(both, question, kept) for question in questions]) for name, kept in filters.items()}


def step_change(engine: str, path: Path) -> Result:
    """Add and remove articles in the index that is there."""
    index = open_engine(engine, path)
    many = new_articles(151)
    index.add(many[:1])  # the first change opens the writer
    result: Result = {
        "add 1 article, ms, median / p95": times([partial(index.add, [a]) for a in many[1:51]], budget=20),
        "add 100 articles, ms": times([partial(index.add, many[51:])])["median"],
    }
    assert {a.key for a in many[51:]} <= index.article_keys()
    probe = many[60]
    assert probe.key in {article for _, article, _ in index.articles(probe.passages[0][1], _DEPTH)}
    questions = [question for question, _, _ in json.loads((path / "questions.json").read_text())]
    result["300 passages after these, ms"] = times([partial(index.passages, q, _DEPTH) for q in questions], budget=20)
    result["remove 1 article, ms"] = times([partial(index.remove, [a.key]) for a in many[51:56]], budget=20)["median"]
    assert not {many[51].key} & index.article_keys()
    index.close()
    return result


def step_crash(engine: str, path: Path) -> Result:
    """Kill a process that adds articles, reopen, and count what was acknowledged and is gone; several times."""
    rng = random.Random(0)
    opened = lost = acknowledged = 0
    for number in range(_KILLS):
        child = [
            sys.executable,
            "-m",
            "tests.benchmarks.lexical",
            "--step",
            "write",
            "--engine",
            engine,
            "--path",
            str(path),
        ]
        process = subprocess.Popen([*child, "--first", str(NEW_KEY * (number + 2))], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(rng.uniform(0.0, 1.5))
        process.send_signal(signal.SIGKILL)
        keys = {int(line) for line in process.stdout if line.endswith("\n")}
        process.wait()
        acknowledged += len(keys)
        try:
            there = set(run_step("keys", engine, path, quiet=True)["keys"])
        except subprocess.CalledProcessError:
            there = set()
            run_step("discard", engine, path)
        else:
            opened += 1
        lost += len(keys - there)
    return {"opened and sound": f"{opened} of {_KILLS}", "articles acknowledged": acknowledged, "of these lost": lost}


def step_write(engine: str, path: Path, first: int) -> None:
    """The victim: adds articles one by one and says which are safe."""
    batch = new_articles(150, first)
    index = open_engine(engine, path)
    print("ready", flush=True)
    for article in batch:
        index.add([article])
        print(article.key, flush=True)


def step_keys(engine: str, path: Path) -> Result:
    """What a reopened index holds; it must answer, too."""
    index = open_engine(engine, path)
    found = index.passages("government", _DEPTH) + index.articles("government", _DEPTH)
    keys = index.article_keys()
    assert {article for _, article, _ in found} <= keys, "it finds an article that it does not hold"
    return {"keys": sorted(keys)}


def step_discard(engine: str, path: Path) -> Result:
    """Begin again, with some articles, in place of an index that does not open."""
    shutil.rmtree(path / engine, ignore_errors=True)
    index = open_engine(engine, path)
    index.add([article for article, _ in zip(read_corpus(path), range(500), strict=False)])
    index.close()
    return {}


def open_engine(name: str, path: Path) -> Engine:
    """The engine over its own folder of ``path``."""
    return ENGINES[name](path / name)


def run_step(step: str, engine: str, path: Path, *, quiet: bool = False) -> Result:
    """Run one step in a process of its own."""
    command = [
        sys.executable,
        "-m",
        "tests.benchmarks.lexical",
        "--step",
        step,
        "--engine",
        engine,
        "--path",
        str(path),
    ]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL if quiet else None, text=True, check=True
    )
    result: Result = json.loads(done.stdout.splitlines()[-1])
    return result


# -- the report -------------------------------------------------------------------------------------------------------


def report(engines: Sequence[str], passages: int) -> None:
    """Measure the engines at one size and print what was found."""
    with tempfile.TemporaryDirectory(prefix="lexical-") as folder:
        path = Path(folder)
        size = write_corpus(path, passages)
        print(f"\n{size['corpus']}: {size['articles']:,} articles, {size['passages']:,} passages", flush=True)
        found: list[Result] = []
        for engine in engines:
            found.append({})
            for step in ("build", "search", "change"):
                found[-1] |= run_step(step, engine, path)
        hits = [each.pop("quality") for each in found]
        filters = [each.pop("filters", {}) for each in found]
        table("", engines, {name: [cell(each[name]) for each in found] for name in found[0]})
        table("article hit@1/5/10", engines, {name: [cell(each[name]) for each in hits] for name in hits[0]})
        for engine, each in zip(engines, filters, strict=True):
            if each:
                table(f"{engine}: filter, ms, median / p95", ["time"], {k: [cell(v)] for k, v in each.items()})


def report_crashes(engines: Sequence[str]) -> None:
    """Kill each engine while it writes and print what was left."""
    with tempfile.TemporaryDirectory(prefix="lexical-") as folder:
        path = Path(folder)
        write_corpus(path, 5000)
        for engine in engines:
            run_step("discard", engine, path)
        found = [run_step("crash", engine, path) for engine in engines]
        table("killed while adding article by article", engines, {k: [cell(f[k]) for f in found] for k in found[0]})


def main() -> None:
    """The command of the module's docstring; ``--step`` and what goes with it are for its own processes."""
    parser = argparse.ArgumentParser(description="Compare engines for the lexical index.")
    parser.add_argument("--passages", type=int, nargs="+", default=[40_000])
    parser.add_argument("--engines", nargs="+", choices=list(ENGINES), default=["tantivy", "bm25s", "fts5"])
    for internal in ("--step", "--engine", "--path"):
        parser.add_argument(internal, help=argparse.SUPPRESS)
    parser.add_argument("--first", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    steps = {"build": step_build, "search": step_search, "change": step_change, "crash": step_crash}
    steps |= {"keys": step_keys, "discard": step_discard}
    if options.step == "write":
        step_write(options.engine, Path(options.path), options.first)
    elif options.step:
        print(json.dumps(steps[options.step](options.engine, Path(options.path))))
    else:
        for passages in options.passages:
            report(options.engines, passages)
        report_crashes(options.engines)


if __name__ == "__main__":
    main()
