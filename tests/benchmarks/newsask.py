"""Answers without a model on ``newsask-train``: is the article found, the sentence quoted, the near miss declined?

Run: ``make eval-newsask`` or ``python -m tests.benchmarks.newsask [--limit N | --sample N] [--tag TAG] [--json OUT]
[--held-out] [--store DIR]``.

The learned reader was trained on questions of this set: only with ``--held-out``, which asks those about the articles
that it was not trained on, do the figures say what it does with new ones.

The archive is ``realtimeqa-dev``, ingested once. *Article*: one that answers is the first, or among the first five,
that retrieval gives. *Sentence*: the first quoted sentence, or one of the first three, overlaps a gold sentence or
holds a short answer; an abstention quotes nothing. *Wrong abstentions*: of the answerable questions. *Declined*: of
the near misses, which sound as answerable and are not. AUROC is of the confidence, answerable against near miss. The
first two tags of a question are its type and its style. Intervals are of the bootstrap.

Below, an answer is *right* where one of its first three sentences answers; a near miss has no right answer. *Risk and
coverage*: of the questions that the program is surest of, so many of all, how many answers are wrong. *Calibration*:
of the questions of a confidence, how many can be answered, and how many are answered rightly.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from assistant.evaluation.bootstrap import column, draws, estimate, means
from assistant.evaluation.items import Item, read_items, select
from assistant.evaluation.measures.answers import holds
from assistant.evaluation.measures.confidence import risks
from assistant.evaluation.reporting.console import progress
from assistant.evaluation.reporting.tables import interval, number
from assistant.evaluation.result import Result
from assistant.evaluation.run import evaluate
from assistant.evaluation.summary import estimates_of
from assistant.pipeline.assistant import Assistant
from assistant.pipeline.confidence import DOUBTFUL, THRESHOLD
from assistant.settings import EXTRACTIVE
from tests.benchmarks.data import SHARED, store_of
from tests.benchmarks.reader_data import is_held_out

SET = SHARED / "newsask-train" / "questions.jsonl"
SEED = 7
HEADINGS = (
    "questions",
    "article first",
    "among 5",
    "sentence first",
    "among 3",
    "wrong abstentions",
    "near misses",
    "declined",
    "AUROC",
)
#: Shares of all questions of which the risk is printed, and the bounds of the confidence in the table of calibration.
COVERAGES = (0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
BOUNDS = (0.0, THRESHOLD, DOUBTFUL, 0.5, 0.6, 0.7, 0.8, 1.01)

#: Question id -> spans of the sentences that answer it, in the first of its articles.
GoldSpans = Mapping[str, Sequence[tuple[int, int]]]


def gold_spans() -> dict[str, list[tuple[int, int]]]:
    """The gold sentences of each question."""
    records = map(json.loads, SET.read_text(encoding="utf-8").splitlines())
    return {record["id"]: [(s["start"], s["end"]) for s in record["sentences"]] for record in records}


def answers_it(citation: Mapping[str, Any], result: Result, spans: GoldSpans) -> bool:
    """Whether a quoted sentence overlaps a gold one, or holds a short answer."""
    overlaps = citation["article_id"] in result.gold and any(
        citation["start"] < end and start < citation["end"] for start, end in spans[result.item.id]
    )
    return overlaps or holds(citation["quote"], result.item.answers)


def row(name: str, results: Sequence[Result], spans: GoldSpans) -> str:
    """One line of the table."""
    answerable = [result for result in results if result.item.answerable]
    near = [result for result in results if not result.item.answerable]
    quoted = [[answers_it(c, r, spans) for c in r.answer["citations"] or ()] for r in answerable]
    auroc = estimates_of(results, SEED, ("AUROC",))["AUROC"]
    cells = (
        f"{len(answerable):,}",
        share(r.scores["success@1"] or 0.0 for r in answerable),
        share(r.scores["success@5"] or 0.0 for r in answerable),
        share(any(held[:1]) for held in quoted),
        share(any(held[:3]) for held in quoted),
        share(r.abstained for r in answerable),
        f"{len(near):,}",
        share(r.abstained for r in near),
        f"{number(auroc.value)} ({interval(auroc)})" if auroc.value is not None else "–",
    )
    return f"| {name} | {' | '.join(cells)} |"


def share(values: Iterable[float]) -> str:
    """The mean with its interval; a dash where there is nothing."""
    found = column([float(value) for value in values])
    if not len(found):
        return "–"
    whole = estimate(float(found.mean()), means(found, draws(len(found), SEED)), len(found))
    return f"{number(whole.value)} ({interval(whole)})"


def is_right(result: Result, spans: GoldSpans) -> bool:
    """Whether one of the first three quoted sentences answers."""
    return result.item.answerable and any(answers_it(c, result, spans) for c in (result.answer["citations"] or ())[:3])


def confidence_tables(results: Sequence[Result], spans: GoldSpans) -> Iterator[str]:
    """Risk and coverage, and calibration."""
    answered = [result for result in results if result.answered]
    sure = np.array([float(result.answer["confidence"]) for result in answered])
    curve = risks(sure, np.array([not is_right(result, spans) for result in answered], dtype=np.bool_))
    yield "| coverage | risk |\n|---|---|"
    for coverage in sorted({*(c for c in COVERAGES if c * len(results) <= len(curve)), len(curve) / len(results)}):
        yield f"| {coverage:.2f} | {curve[max(round(coverage * len(results)), 1) - 1]:.3f} |"
    yield "\n| confidence | questions | can be answered | answered rightly |\n|---|---|---|---|"
    for low, high in pairwise(BOUNDS):
        within = [result for result in results if low <= float(result.answer["confidence"]) < high]
        known, right = share(r.item.answerable for r in within), share(is_right(r, spans) for r in within)
        yield f"| {low:.2f} to {min(high, 1):.2f} | {len(within)} | {known} | {right} |"


def table(results: Sequence[Result], spans: GoldSpans) -> Iterator[str]:
    """All questions, then those of each type and of each style."""
    yield f"| | {' | '.join(HEADINGS)} |"
    yield "|---" * (len(HEADINGS) + 1) + "|"
    yield row("all", results, spans)
    for place in (0, 1):
        for tag in sorted({result.item.tags[place] for result in results}):
            yield row(tag, [result for result in results if result.item.tags[place] == tag], spans)


def chosen_items(chosen: argparse.Namespace) -> list[Item]:
    """The questions that were asked for."""
    items, problems = read_items(SET)
    if problems:
        sys.exit("\n".join(problems))
    if chosen.held_out:
        records = map(json.loads, SET.read_text(encoding="utf-8").splitlines())
        kept = {r["id"] for r in records if is_held_out(r.get("about") or r["articles"][0])}
        items = [item for item in items if item.id in kept]
    items = select(items, tags=chosen.tag, limit=chosen.limit)
    return random.Random(SEED).sample(items, min(chosen.sample, len(items))) if chosen.sample else items


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N questions")
    parser.add_argument("--sample", type=int, metavar="N", help="N questions drawn at random, the same each time")
    parser.add_argument("--tag", action="append", default=[], help="only a type, a style, dated or undated; repeatable")
    parser.add_argument("--held-out", action="store_true", help="only what the learned reader was not trained on")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the run, for assistant eval --compare")
    parser.add_argument("--store", type=Path, help="a store that holds realtimeqa-dev already")
    chosen = parser.parse_args()
    if not SET.exists():
        print(f"skipped: the set newsask-train is not at {SET}")
        return
    items = chosen_items(chosen)
    say = lambda line: print(line, file=sys.stderr)  # noqa: E731 - a name for one line
    with (
        store_of("realtimeqa-dev", chosen.store) as store,
        progress(len(items), terminal=sys.stderr.isatty(), say=say) as shown,
    ):
        run = evaluate(Assistant.open(store, EXTRACTIVE, fallback=False), items, on_result=shown)
    if chosen.json:
        run.save(chosen.json)
    spans = gold_spans()
    print("\n".join(table(run.results, spans)), "", *confidence_tables(run.results, spans), sep="\n")


if __name__ == "__main__":
    main()
