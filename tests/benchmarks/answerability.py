"""Fit what the reader's scores count in the confidence (``assistant/pipeline/answerability.py``).

Run: ``make train-answerability`` or ``python -m tests.benchmarks.answerability [--store DIR]``.

The questions are those of newsask-train about the articles that the shipped reader was not trained on: what it says of
its own training questions flatters. Logistic regression with a ridge, answerable questions and near misses with equal
weight; printed are the constants, and the AUROC and how many near misses lie below what so many answerable questions
lie below, ten-fold cross-validated over articles. Questions that ask for somebody's words are left out, as the program
does not judge them so.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from assistant.evaluation.measures.confidence import auroc
from assistant.pipeline.answerability import WEIGHTS, Signals, retrieved_score, signals
from assistant.pipeline.gate import Gate
from assistant.ranking.reader import open_reader
from tests.benchmarks.data import SHARED, store_of
from tests.benchmarks.reader_data import asked, is_held_out
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.store import Store

Floats = npt.NDArray[np.float64]

#: Ridge on the weights of the standardised signals, and the folds of the cross-validation.
RIDGE, FOLDS = 5.0, 10
#: Shares of answerable questions that are given up.
COSTS = (0.03, 0.05, 0.08, 0.10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A question's signals, the score of what was retrieved, whether anything answers it, and its article."""

    signals: Signals
    retrieved: float
    answerable: bool
    article: str


def labelled(store: Store) -> Iterator[Labelled]:
    """The held-out questions, searched for as the program does."""
    path = SHARED / "newsask-train" / "questions.jsonl"
    records = {r["id"]: r for r in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
    about = {name: record.get("about") or record["articles"][0] for name, record in records.items()}
    kept = {name for name, article in about.items() if is_held_out(article)}
    reader = open_reader()
    if reader is None:
        raise SystemExit("there is no reader: the encoder's package is not installed")
    for one in asked(store, "newsask-train", kept):
        if not one.evidence.sentences or one.query.speech is not None:
            continue
        gate = Gate(store=store, embed=EmbeddingCache(store.encoder.encode))
        confidence = gate.judge(one.query, one.found, one.evidence).confidence
        yield Labelled(
            signals=signals(one.query, one.evidence, reader, store.rarity),
            retrieved=retrieved_score(confidence),
            answerable=one.question.answerable,
            article=about[one.question.id],
        )


def fitted(columns: Floats, offset: Floats, answerable: npt.NDArray[np.bool_]) -> tuple[Floats, float]:
    """The weights ``[signal]`` and the bias.

    Args:
        columns: ``[question, signal]``.
        offset: what is added to each question's score and not fitted.
    """
    spread = columns.std(axis=0) + 1e-9
    scaled = np.column_stack([np.ones(len(columns)), columns / spread])
    share = answerable.mean()
    counts = np.where(answerable, 0.5 / share, 0.5 / (1 - share))

    def cost(found: Floats) -> tuple[float, Floats]:
        score = scaled @ found + offset
        missed = 1 / (1 + np.exp(-score)) - answerable
        ridge = np.r_[0.0, found[1:]] * RIDGE
        loss = counts @ (np.logaddexp(0, score) - answerable * score) + ridge @ found
        return float(loss), scaled.T @ (counts * missed) + 2 * ridge

    found = minimize(cost, np.zeros(scaled.shape[1]), jac=True, method="L-BFGS-B").x
    return found[1:] / spread, float(found[0])


def crossed(columns: Floats, offset: Floats, rows: list[Labelled]) -> Floats:
    """The score of each question by what was fitted on the questions about other articles."""
    answerable = np.array([row.answerable for row in rows])
    folds = np.array(
        [int(hashlib.md5(row.article.encode(), usedforsecurity=False).hexdigest()[:8], 16) % FOLDS for row in rows]
    )
    scores = np.zeros(len(rows))
    for fold in range(FOLDS):
        held = folds == fold
        weights, bias = fitted(columns[~held], offset[~held], answerable[~held])
        scores[held] = columns[held] @ weights + bias + offset[held]
    return scores


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, help="a store that holds realtimeqa-dev already")
    chosen = parser.parse_args()
    with store_of("realtimeqa-dev", chosen.store) as store:
        rows = list(labelled(store))
    columns = np.array([[asdict(row.signals)[name] for name in WEIGHTS] for row in rows])
    offset = np.array([row.retrieved for row in rows])
    answerable = np.array([row.answerable for row in rows])
    weights, bias = fitted(columns, offset, answerable)
    print(f"{answerable.sum()} answerable questions, {(~answerable).sum()} near misses")
    print("weights", {name: round(float(weight), 2) for name, weight in zip(WEIGHTS, weights, strict=True)})
    print("bias", round(bias, 2))
    once = np.ones((1, len(rows)))
    for name, scores in (("in sample", columns @ weights + bias + offset), ("crossed", crossed(columns, offset, rows))):
        least = [np.quantile(scores[answerable], cost) for cost in COSTS]
        declined = ", ".join(
            f"{(scores[~answerable] < at).mean():.2f} at {cost} (logit {at:.2f})"
            for cost, at in zip(COSTS, least, strict=True)
        )
        print(f"{name}: AUROC {auroc(scores, answerable, once)[0]:.3f}; near misses below {declined}")


if __name__ == "__main__":
    main()
