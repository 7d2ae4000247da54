"""Fit what the reader's scores count in the confidence (``assistant/pipeline/answerability.py``).

Run: ``make train-answerability`` or ``python -m tests.benchmarks.answerability [--store DIR]``.

Three sets: the questions of newsask-train about the articles that the shipped reader was not trained on (what it says
of its own training questions flatters); half of the bundled questions; MultiHop-RAG's questions that nothing answers,
and as many others. Questions that ask for somebody's words are left out, as the program does not judge them so.

Logistic regression with a ridge, answerable and unanswerable questions of a set with equal weight. Printed are the
weights, and by set the AUROC before and after, eight-fold cross-validated over articles or questions, with what lies
below the threshold. The bias that is printed puts the lowest answerable one of the bundled questions, of both
halves, :data:`MARGIN` above it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from assistant.evaluation.items import SAMPLES
from assistant.evaluation.measures.confidence import auroc
from assistant.pipeline.answerability import WEIGHTS, Signals, signals
from assistant.pipeline.confidence import THRESHOLD
from assistant.pipeline.gate import Gate
from assistant.ranking.reader import open_reader
from ingest.read import read
from ingest.samples import folder
from tests.benchmarks.data import SHARED, Question, questions, store_of
from tests.benchmarks.reader_data import asked, is_held_out
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.store import Store

Floats = npt.NDArray[np.float64]
Booleans = npt.NDArray[np.bool_]

#: What each class of a set counts, in questions; the other half of the bundled questions is not fitted on.
COUNTS = {"newsask": 150.0, "samples": 90.0, "samples, other half": 0.0, "multihop": 75.0}
#: Ridge on the weights of the standardised signals, and the folds of the cross-validation.
RIDGE, FOLDS = 3.0, 8
#: How far above the threshold the lowest answerable bundled question is put.
MARGIN = 0.1
SEED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A question's signals, whether anything answers it, and what it is about, by which folds are made."""

    set: str
    signals: Signals
    answerable: bool
    about: str

    @property
    def fold(self) -> int:
        """Its fold of the cross-validation."""
        return hashed(self.about) % FOLDS


def hashed(text: str) -> int:
    """A number that is the same in every run."""
    return int(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:12], 16)


def labelled(store: Store, name: str, among: Collection[Question], about: dict[str, str]) -> Iterator[Labelled]:
    """The questions of a set, searched for as the program does."""
    reader = open_reader()
    if reader is None:
        raise SystemExit("there is no reader: the encoder's package is not installed")
    for one in asked(store, among):
        if one.evidence.sentences and one.query.speech is None and not one.evidence.unheard:
            gate = Gate(store=store, embed=EmbeddingCache(store.encoder.encode))
            retrieved = gate.judge(one.query, one.found, one.evidence).confidence
            yield Labelled(
                set=name,
                signals=signals(one.query, one.evidence, reader, retrieved),
                answerable=one.question.answerable,
                about=about.get(one.question.id, one.question.id),
            )


def newsask(path: Path | None) -> list[Labelled]:
    """Those about articles that the reader was not trained on."""
    lines = (SHARED / "newsask-train" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    about = {r["id"]: r.get("about") or r["articles"][0] for r in map(json.loads, lines)}
    kept = [question for question in questions("newsask-train") if is_held_out(about[question.id])]
    with store_of("realtimeqa-dev", path) as store:
        return list(labelled(store, "newsask", kept, about))


def samples() -> list[Labelled]:
    """The two halves of the bundled questions that stand alone."""
    records = map(json.loads, SAMPLES.read_text(encoding="utf-8").splitlines())
    kept = [Question.of(record) for record in records if not record.get("history")]
    with tempfile.TemporaryDirectory() as temporary, Store.open(Path(temporary)) as store:
        store.add(read([folder()]))
        rows = list(labelled(store, "samples", kept, {}))
    return [row if hashed(row.about) % 2 == 0 else replace(row, set="samples, other half") for row in rows]


def multihop() -> list[Labelled]:
    """The questions that nothing answers, and as many that something does."""
    every = questions("multihop-rag-dev")
    null = [question for question in every if not question.answerable]
    others = random.Random(SEED).sample([question for question in every if question.answerable], len(null))
    with store_of("multihop-rag-dev") as store:
        return list(labelled(store, "multihop", [*null, *others], {}))


def fitted(columns: Floats, answerable: Booleans, counts: Floats) -> tuple[Floats, float]:
    """The weights ``[signal]`` and the bias, of signals ``[question, signal]``."""
    spread = columns.std(axis=0) + 1e-9
    scaled = np.column_stack([np.ones(len(columns)), columns / spread])

    def cost(found: Floats) -> tuple[float, Floats]:
        score = scaled @ found
        missed = 1 / (1 + np.exp(-score)) - answerable
        ridge = np.r_[0.0, found[1:]] * RIDGE
        loss = counts @ (np.logaddexp(0, score) - answerable * score) + ridge @ found
        return float(loss), scaled.T @ (counts * missed) + 2 * ridge

    found = minimize(cost, np.zeros(scaled.shape[1]), jac=True, method="L-BFGS-B").x
    return found[1:] / spread, float(found[0])


def report(rows: list[Labelled]) -> Iterator[str]:
    """The weights, the bias, and what they give in each set."""
    columns = np.array([[asdict(row.signals)[name] for name in WEIGHTS] for row in rows])
    answerable = np.array([row.answerable for row in rows])
    sets, folds = np.array([row.set for row in rows]), np.array([row.fold for row in rows])
    counts = np.zeros(len(rows))
    for name, total in COUNTS.items():
        for value in (True, False):
            own = (sets == name) & (answerable == value)
            counts[own] = total / max(own.sum(), 1)
    weights, bias = fitted(columns, answerable, counts)
    logit = float(np.log(THRESHOLD / (1 - THRESHOLD)))
    lowest = float((columns @ weights)[np.char.startswith(sets, "samples") & answerable].min())
    shift = logit + MARGIN - lowest - bias
    yield f"weights {dict(zip(WEIGHTS, weights.round(2).tolist(), strict=True))}"
    yield f"bias {bias + shift:.2f} (fitted: {bias:.2f})"
    crossed = np.zeros(len(rows))
    for fold in range(FOLDS):
        held = folds == fold
        own, own_bias = fitted(columns[~held], answerable[~held], counts[~held])
        crossed[held] = columns[held] @ own + own_bias + shift
    yield "| | answerable | not | AUROC by what was retrieved | AUROC | answerable declined | others declined |"
    yield "|---" * 7 + "|"
    for name in COUNTS:
        of = sets == name
        once, right = np.ones((1, of.sum())), answerable[of]
        before = auroc(columns[of, list(WEIGHTS).index("retrieved")], right, once)[0]
        low = crossed[of] < logit
        cells = (before, auroc(crossed[of], right, once)[0], low[right].mean(), low[~right].mean())
        yield f"| {name} | {right.sum()} | {(~right).sum()} | {' | '.join(f'{cell:.3f}' for cell in cells)} |"


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, help="a store that holds realtimeqa-dev already")
    chosen = parser.parse_args()
    print("\n".join(report([*newsask(chosen.store), *samples(), *multihop()])))


if __name__ == "__main__":
    main()
