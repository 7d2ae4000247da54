"""Fit the weights that tell prose from what stands around it, and say what they do to articles not fitted on.

Run: ``python -m tests.benchmarks.sentence_kinds LABELS [--write]``; LABELS is JSONL: ``{"article", "start", "end",
"kind"}``, spans of sentences of articles of ``realtimeqa-dev`` and ``polnear-dev``, read by people. Lines with
``"answers": true`` are answers of newsask-train. The labels hold no text and are not part of the repository.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

import ingest.furniture
from ingest.chunk import sentences
from ingest.furniture.features import sentence_features
from ingest.furniture.kinds import CERTAIN, Weights, chances
from tests.benchmarks.data import articles

FOLDS = 5
#: What a weight's square costs.
RIDGE = 0.3

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled sentence."""

    article: str
    features: tuple[str, ...]
    kind: str
    answers: bool
    text: str


def labelled(path: Path) -> list[Labelled]:
    """The labels with the features of what they label."""
    wanted: defaultdict[str, dict[tuple[int, int], dict[str, Any]]] = defaultdict(dict)
    for record in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        wanted[record["article"]][record["start"], record["end"]] = record
    found = []
    for name in ("realtimeqa-dev", "polnear-dev"):
        for article in articles(name):
            if article.id not in wanted:
                continue
            spans = sentences(article.text)
            for span, features in zip(spans, sentence_features(article.text, spans), strict=True):
                record = wanted[article.id].get((span.start, span.end))
                if record is not None:
                    kind = "list item" if record["kind"] == "table row" else record["kind"]
                    found.append(Labelled(article.id, tuple(features), kind, record["answers"], span.of(article.text)))
    return found


def fit(lines: Sequence[Labelled]) -> Weights:
    """Softmax regression with a ridge; a feature that two lines have at most is left out."""
    kinds = sorted({line.kind for line in lines})
    counts = Counter(feature for line in lines for feature in set(line.features))
    names = {name: at for at, name in enumerate(sorted(name for name, n in counts.items() if n > 2))}
    x = np.ones((len(lines), len(names) + 1))
    x[:, :-1] = 0
    for row, line in enumerate(lines):
        x[row, [names[f] for f in line.features if f in names]] = 1
    y = np.eye(len(kinds))[[kinds.index(line.kind) for line in lines]]

    def loss(flat: Floats) -> tuple[float, Floats]:
        w = flat.reshape(x.shape[1], len(kinds))
        logits = x @ w
        logits -= logits.max(axis=1, keepdims=True)
        log = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        own = w.copy()
        own[-1] = 0
        value = -(y * log).sum() + RIDGE * (own**2).sum() / 2
        return float(value), (x.T @ (np.exp(log) - y) + RIDGE * own).ravel()

    found = minimize(loss, np.zeros(x.shape[1] * len(kinds)), jac=True, method="L-BFGS-B", options={"maxiter": 120})
    w = found.x.reshape(x.shape[1], len(kinds))
    weights = {}
    for at, kind in enumerate(kinds):
        column = {name: round(float(w[i, at]), 2) for name, i in names.items() if abs(w[i, at]) >= 0.05}
        weights[kind] = {"bias": round(float(w[-1, at]), 2), **column}
    return weights


def fold(article: str) -> int:
    """Which fold an article is in."""
    return hashlib.sha256(article.encode()).digest()[0] % FOLDS


def figures(lines: Sequence[Labelled], *, wrong: bool) -> Iterator[str]:
    """Precision and recall of "no prose" on the articles of each fold, by the weights of the others."""
    told = []
    for number in range(FOLDS):
        weights = fit([line for line in lines if fold(line.article) != number])
        told += [(line, chances(line.features, weights)) for line in lines if fold(line.article) == number]
    around = sum(line.kind != "prose" for line in lines)
    for certain in (0.5, 0.7, CERTAIN, 0.9):
        found = [line for line, chance in told if 1 - chance["prose"] >= certain]
        right = sum(line.kind != "prose" for line in found)
        yield (
            f"certain {certain:.1f}: no prose, precision {right / len(found):.3f} of {len(found)}, recall"
            f" {right / around:.3f} of {around}; answers lost {sum(line.answers for line in found)}"
            f" of {sum(line.answers for line in lines)}"
        )
    for line, chance in told if wrong else ():
        if (1 - chance["prose"] >= CERTAIN) != (line.kind != "prose"):
            yield f"{line.kind}, {1 - chance['prose']:.2f}: {line.text[:120]!r}"


def main() -> None:
    """Print the figures; write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--write", action="store_true", help="write the weights fitted on all labels")
    parser.add_argument("--wrong", action="store_true", help="print what is told wrongly")
    chosen = parser.parse_args()
    lines = labelled(chosen.labels)
    print(*figures(lines, wrong=chosen.wrong), sep="\n")
    if chosen.write:
        path = Path(ingest.furniture.__file__).parent / "weights.json"
        path.write_text(json.dumps(fit(lines), indent=0, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
