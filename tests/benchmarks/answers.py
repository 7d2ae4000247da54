"""Answers without a model, and when the program abstains.

Run: ``make bench-answers`` or ``python -m tests.benchmarks.answers [--store DIR]``.

*Hits*: on ``realtimeqa-dev``, asked with each question's date, whether a gold answer stands (SQuAD's normalisation) in
the first quoted sentence, in one of the three, and in any sentence of the context that they are chosen from; nothing
abstains here. The halves are the earlier and the later questions by date; intervals are of the bootstrap.

*Abstention*: AUROC of the confidence, and what each threshold gives, on

* ``multihop-rag-dev``, whose questions tagged ``null`` are unanswerable;
* the bundled samples;
* the 144 linked questions of ``realtimeqa-dev`` after the linked articles of every second of them were removed from a
  copy of the archive. Other articles report the same news: of the questions that count as unanswerable many can still
  be answered. The last set counts only those of which no retrieved passage holds the answer.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import shutil
import statistics
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.evaluation.bootstrap import column, draws, interval, means
from assistant.evaluation.measures.answers import holds
from assistant.evaluation.measures.confidence import auroc
from assistant.pipeline.assistant import Assistant
from assistant.pipeline.confidence import THRESHOLD
from assistant.types import Answer
from ingest.read import read
from ingest.samples import folder as sample_articles
from tests.benchmarks.data import Question, questions, store_of
from vectorstore.store import Store

SAMPLES = Path(__file__).resolve().parents[2] / "assistant" / "evaluation" / "samples.jsonl"
THRESHOLDS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
SEED = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question's outcome: ``hits`` in the first sentence, the three, and the context; ``retrieved``: whether any
    retrieved passage holds an answer.
    """

    answerable: bool
    confidence: float
    hits: tuple[bool, bool, bool]
    retrieved: bool
    milliseconds: float


def outcome(given: Answer, answers: Sequence[str], *, answerable: bool) -> Asked:
    """What an answer, given without a threshold, is worth."""
    held = [holds(citation.quote, answers) for citation in given.citations]
    seen = any(holds(entry.passage.text, answers) for entry in given.passages if entry.used)
    return Asked(
        answerable=answerable,
        confidence=given.confidence,
        hits=(any(held[:1]), any(held), seen),
        retrieved=any(holds(entry.passage.text, answers) for entry in given.passages),
        milliseconds=given.timings.total - given.timings.retrieve,
    )


def ask(store: Store, asked: Iterable[Question], *, removed: frozenset[str] = frozenset()) -> list[Asked]:
    """Ask each question; one whose every article is ``removed`` counts as unanswerable."""
    assistant = Assistant.open(store, "extractive")
    assistant.threshold = 0.0
    rows = []
    for question in asked:
        given = assistant.ask(question.question, as_of=question.as_of)
        answerable = question.answerable and not (removed and question.articles <= removed)
        rows.append(outcome(given, question.answers, answerable=answerable))
    return rows


def ask_samples(store: Store) -> list[Asked]:
    """Ask the bundled questions, follow-ups with their histories."""
    assistant = Assistant.open(store, "extractive")
    assistant.threshold = 0.0
    rows = []
    for record in map(json.loads, SAMPLES.read_text(encoding="utf-8").splitlines()):
        as_of = dt.date.fromisoformat(record["as_of"]) if record.get("as_of") else None
        given = assistant.ask(record["question"], record.get("history", ()), as_of=as_of)
        rows.append(outcome(given, record["answers"], answerable=record["answerable"]))
    return rows


def by_date(asked: Iterable[Question]) -> list[Question]:
    """The questions, the earliest first."""
    return sorted(asked, key=lambda question: (str(question.as_of), question.id))


def removed_articles(store: Store, folder: Path) -> list[Asked]:
    """Ask the linked questions of a copy of the archive from which every second one's articles were removed.

    ``store`` is closed by this: the copy is made of its files.
    """
    linked = by_date(question for question in questions("realtimeqa-dev") if "linked" in question.tags)
    gone = frozenset().union(*(question.articles for question in linked[::2]))
    path = store.path
    store.close()
    shutil.copytree(path, folder)
    with Store.open(folder) as copy:
        copy.remove(sorted(gone))
        return ask(copy, linked, removed=gone)


def shares(name: str, rows: Sequence[Asked]) -> str:
    """One line of the table of hits."""
    weights = draws(len(rows), SEED)
    cells = []
    for i in range(3):
        values = column([float(row.hits[i]) for row in rows])
        low, high = interval(means(values, weights)) or (0.0, 0.0)
        cells.append(f"{values.mean():.3f} ({low:.3f} to {high:.3f})")
    return f"| {name} | {len(rows)} | " + " | ".join(cells) + " |"


def areas(name: str, rows: Sequence[Asked]) -> str:
    """One line of the table of AUROC."""
    confidence = np.array([row.confidence for row in rows])
    answerable = np.array([row.answerable for row in rows])
    value = auroc(confidence, answerable, np.ones((1, len(rows))))[0]
    low, high = interval(auroc(confidence, answerable, draws(len(rows), SEED))) or (0.0, 0.0)
    return f"| {name} | {answerable.sum()} | {(~answerable).sum()} | {value:.3f} ({low:.3f} to {high:.3f}) |"


def thresholds(name: str, rows: Sequence[Asked]) -> Iterable[str]:
    """Lines of the risk-coverage table, whose two risks are of the questions that are answered."""
    for threshold in THRESHOLDS:
        answered = [row for row in rows if row.confidence >= threshold]
        cells = (
            len(answered) / len(rows),
            _share(not row.answerable for row in answered),
            _share(not (row.answerable and row.hits[1]) for row in answered),
            _share(row.confidence < threshold for row in rows if row.answerable),
            _share(row.confidence < threshold for row in rows if not row.answerable),
        )
        mark = " (default)" if threshold == THRESHOLD else ""
        yield f"| {name} | {threshold}{mark} | " + " | ".join(f"{cell:.3f}" for cell in cells) + " |"


def _share(found: Iterable[bool]) -> float:
    listed = list(found)
    return statistics.fmean(listed) if listed else 0.0


def print_hits(rows: Sequence[Asked], samples: Sequence[Asked]) -> None:
    """The tables of hits and of time."""
    half = len(rows) // 2
    print("| | questions | first sentence | one of three | context |\n|---|---|---|---|---|")
    print(shares("realtimeqa-dev", rows))
    print(shares("realtimeqa-dev, earlier half", rows[:half]))
    print(shares("realtimeqa-dev, later half", rows[half:]))
    print(shares("bundled samples", [row for row in samples if row.answerable]))
    times = statistics.quantiles([row.milliseconds for row in rows], n=20)
    print(f"\nanswer beside retrieval: median {times[9]:.0f} ms, 95th percentile {times[18]:.0f} ms\n")


def print_abstention(sets: dict[str, list[Asked]]) -> None:
    """The tables of AUROC and of thresholds."""
    print("| AUROC of the confidence | answerable | not | |\n|---|---|---|---|")
    for name, rows in sets.items():
        print(areas(name, rows))
    # Of MultiHop-RAG only the first risk means anything: most of its answers are "yes" and "no", which no quote holds.
    print(
        "\n| | threshold | coverage | risk: unanswerable | risk: not quoted | answerable turned away | unanswerable |"
    )
    print("|---|---|---|---|---|---|---|")
    for name, rows in sets.items():
        print("\n".join(thresholds(name, rows)))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, help="a store that holds realtimeqa-dev already")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        with Store.open(Path(temporary) / "samples") as store:
            store.add(read([sample_articles()]))
            samples = ask_samples(store)
        with store_of("multihop-rag-dev") as store:
            multihop = ask(store, questions("multihop-rag-dev"))
        with store_of("realtimeqa-dev", chosen.store) as store:
            print_hits(ask(store, by_date(questions("realtimeqa-dev"))), samples)
            removed = removed_articles(store, Path(temporary) / "removed")
    print_abstention(
        {
            "multihop-rag-dev": multihop,
            "bundled samples": samples,
            "linked articles removed": removed,
            "the same, no passage holds it": [row for row in removed if row.answerable or not row.retrieved],
        }
    )


if __name__ == "__main__":
    main()
