"""What the benchmarks of the lexical index measure: time, memory, and how high the linked articles come."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from tests.benchmarks.lexical_engines import Hit

_AT = (1, 5, 10)

Value = TypeVar("Value")


def memory() -> dict[str, float]:
    """This process's resident memory by kind, MB (Linux)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return {
        k: int(v.split()[0]) / 1024
        for k, v in (line.split(":", 1) for line in lines)
        if k in ("VmRSS", "VmHWM", "RssFile")
    }


def timed(calls: Sequence[Callable[[], Value]], budget: float = float("inf")) -> tuple[list[Value], dict[str, float]]:
    """What the calls return, and the median and 95th percentile of their times in milliseconds.

    None is begun after ``budget`` seconds.
    """
    values: list[Value] = []
    taken: list[float] = []
    for call in calls:
        if sum(taken) > budget * 1000:
            break
        start = time.perf_counter()
        values.append(call())
        taken.append((time.perf_counter() - start) * 1000)
    return values, {"median": float(np.median(taken)), "p95": float(np.percentile(taken, 95))}


def times(calls: Sequence[Callable[[], object]], budget: float = float("inf")) -> dict[str, float]:
    """The times of :func:`timed` alone."""
    return timed(calls, budget)[1]


def second_thread(calls: Sequence[Callable[[], object]]) -> float:
    """How many searches two threads do for each of one thread: near 2 where the interpreter's lock is given up."""
    taken = []
    for threads in (1, 2):
        with ThreadPoolExecutor(threads) as pool:
            start = time.perf_counter()
            for future in [pool.submit(call) for call in calls]:
                future.result()
            taken.append(time.perf_counter() - start)
    return taken[0] / taken[1]


def quality(asked: list[Any], passages: list[list[Hit]], articles: list[list[Hit]]) -> dict[str, list[float]]:
    """Article hit@1/5/10 of the linked questions, by the best passage, by the whole article and by the sum of both."""
    linked = sorted((as_of or "", number) for number, (_, as_of, gold) in enumerate(asked) if gold)
    halves = {"": linked, ", first half": linked[: len(linked) // 2], ", second half": linked[len(linked) // 2 :]}
    ways: dict[str, Callable[[int], dict[int, float]]] = {
        "best passage": lambda n: best(passages[n]),
        "whole article": lambda n: best(articles[n]),
        "sum of z-scores": lambda n: z_sum(best(passages[n]), best(articles[n])),
    }
    table = {}
    for half, numbers in halves.items():
        for way, scores_of in ways.items():
            ranks = [rank(scores_of(n), asked[n][2]) for _, n in numbers]
            table[way + half] = [sum(r <= at for r in ranks) / len(ranks) for at in _AT]
    return table


def best(hits: list[Hit]) -> dict[int, float]:
    """An article's score is that of its best hit."""
    scores: dict[int, float] = {}
    for _, article, score in hits:
        scores[article] = max(score, scores.get(article, score))
    return scores


def z_sum(*lists: dict[int, float]) -> dict[int, float]:
    """The sum of each list's z-scores; what a list does not hold scores its lowest."""
    total: dict[int, float] = {}
    everyone = {key for scores in lists for key in scores}
    for scores in lists:
        values = list(scores.values()) or [0.0]
        mean, deviation = float(np.mean(values)), float(np.std(values)) or 1.0
        for key in everyone:
            total[key] = total.get(key, 0.0) + (scores.get(key, min(values)) - mean) / deviation
    return total


def rank(scores: dict[int, float], gold: list[int]) -> int:
    """The best rank of a wanted article, from 1; a question without one counts as missed."""
    order = sorted(scores, key=lambda key: -scores[key])
    return min((order.index(key) + 1 for key in gold if key in scores), default=sys.maxsize)


def table(head: str, columns: Sequence[str], rows: dict[str, list[str]]) -> None:
    """Print one Markdown table."""
    print(f"\n| {head} | " + " | ".join(columns) + " |\n|---|" + "---|" * len(columns))
    for name, cells in rows.items():
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


def cell(value: Any) -> str:
    """A figure in as many digits as it has meaning."""
    if isinstance(value, dict):
        return f"{value['median']:.2f} / {value['p95']:.2f}"
    if isinstance(value, list):
        return " / ".join(f"{v:.3f}"[1:] if v < 1 else "1" for v in value)
    return f"{value:.1f}" if isinstance(value, float) else str(value)
