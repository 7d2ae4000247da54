"""How well the support checker tells faithful sentences from unfaithful ones.

QAGS (Wang et al., ACL 2020): sentences of summaries of CNN/DailyMail and XSum articles, each judged by three people.
CitedSentence is the three sentences of the article that are likest to the summary's, in the article's order, with the
article around them. As in the TRUE benchmark (Honovich et al., NAACL 2022) a summary is faithful where the majority
calls every sentence of it faithful, its score is the mean of its sentences', and the measure is the area under the ROC
curve.

Run: ``python -m tests.benchmarks.support [--fit] [DATA]``, DATA being a folder with QAGS's two files. With ``--fit``
the weights of ``assistant.verification.score`` are fitted anew and printed, with what they reach in sample,
cross-validated by summary (five folds, six times), and fitted on one of the two sets alone.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.types import Support
from assistant.verification import CitedSentence, SupportChecker, Verdict
from assistant.verification.score import Measures, values
from ingest.chunk import sentences
from ingest.language.gazetteer import bundled
from ingest.language.words import content_stems
from vectorstore.encoders.base import Vectors
from vectorstore.encoders.local import LocalEncoder

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "qags-dev"
FILES = {"CNN/DailyMail": "mturk_cnndm.jsonl", "XSum": "mturk_xsum.jsonl"}
EVIDENCE = 3


def roc_auc(faithful: Sequence[bool], scores: Sequence[float]) -> float:
    """The chance that a faithful item scores above an unfaithful one, ties counted half."""
    labels, values = np.asarray(faithful), np.asarray(scores)
    above = values[labels][:, None] - values[~labels][None, :]
    return float(((above > 0) + 0.5 * (above == 0)).mean())


def evidence_for(
    statement: str, article: Sequence[str], vectors: Vectors, vector: npt.NDArray[np.float32]
) -> list[CitedSentence]:
    """The article's sentences that are likest to the statement, by cosine and shared content words."""
    stated = content_stems(statement) or [""]
    shared = [np.mean([w in set(content_stems(s)) for w in stated]) for s in article]
    best = np.argsort(-(vectors @ vector + np.asarray(shared)))[:EVIDENCE]
    return [CitedSentence(text=article[i], context=" ".join(article)) for i in sorted(best)]


def read(path: Path) -> list[tuple[list[str], list[tuple[str, bool]]]]:
    """(sentences of the article, [(summary sentence, whether the majority calls it faithful)]) of each summary."""
    examples = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        # The data's tokeniser parts "1, 056" and "98. 7"; people's articles have no such numbers.
        text = re.sub(r"(?<=\d)([,.]) (?=\d)", r"\1", record["article"])
        judged = [
            (s["sentence"], sum(r["response"] == "yes" for r in s["responses"]) > len(s["responses"]) / 2)
            for s in record["summary_sentences"]
        ]
        examples.append(([span.of(text) for span in sentences(text)], judged))
    return examples


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A summary's sentence: whether the majority calls it faithful, its measures (None: it is the article's own word
    for word), the same for three sentences drawn from the rest of the article, and its verdict.
    """

    summary: int
    faithful: bool
    measures: Measures | None
    astray: Measures | None
    verdict: Verdict


def judge(path: Path, encoder: LocalEncoder) -> tuple[list[Judged], float]:
    """Every judged sentence of a data set, and the seconds that their verdicts took."""
    checker = SupportChecker(encoder.encode, bundled())
    rows: list[Judged] = []
    generator = np.random.default_rng(0)
    seconds = 0.0
    for number, (article, judged) in enumerate(read(path)):
        vectors = encoder.encode(article)
        for statement, label in judged:
            evidence = evidence_for(statement, article, vectors, encoder.encode([statement])[0])
            start = time.perf_counter()
            verdict = checker.check(statement, evidence)
            seconds += time.perf_counter() - start
            cited = {one.text for one in evidence}
            others = [text for text in article if text not in cited] or article
            drawn = generator.choice(len(others), min(EVIDENCE, len(others)), replace=False)
            astray = [CitedSentence(text=others[i], context=evidence[0].context) for i in drawn]
            rows.append(
                Judged(
                    summary=number,
                    faithful=label,
                    measures=checker.measures(statement, evidence),
                    astray=checker.measures(statement, astray),
                    verdict=verdict,
                )
            )
    return rows, seconds


def by_summary(rows: Sequence[Judged], scores: Sequence[float]) -> float:
    """The area under the curve of the summaries, each scored by the mean of its sentences."""
    groups: dict[int, list[tuple[bool, float]]] = {}
    for row, score in zip(rows, scores, strict=True):
        groups.setdefault(row.summary, []).append((row.faithful, score))
    faithful = [all(label for label, _ in group) for group in groups.values()]
    return roc_auc(faithful, [float(np.mean([score for _, score in group])) for group in groups.values()])


def show(name: str, rows: Sequence[Judged], seconds: float) -> None:
    """Print one data set's figures."""
    scores = [row.verdict.score for row in rows]
    print(
        f"{name}: AUC by summary {by_summary(rows, scores):.3f}, "
        f"by sentence {roc_auc([row.faithful for row in rows], scores):.3f}; "
        f"{len({row.summary for row in rows})} summaries, {len(rows)} sentences, "
        f"{1000 * seconds / len(rows):.1f} ms a statement"
    )
    for label in (True, False):
        of = [row.verdict.support for row in rows if row.faithful is label]
        shares = ", ".join(f"{s.value} {of.count(s) / len(of):.2f}" for s in Support)
        print(f"  {'faithful' if label else 'unfaithful'} ({len(of)}): {shares}")


def main() -> int:
    """Measure both data sets."""
    parser = argparse.ArgumentParser(description="Measure the support check on QAGS.")
    parser.add_argument("data", nargs="?", type=Path, default=DATA)
    parser.add_argument("--fit", action="store_true", help="fit the weights anew and print them")
    options = parser.parse_args()
    if not options.data.is_dir():
        print(f"no QAGS data in {options.data}; give its folder", file=sys.stderr)
        return 2
    encoder = LocalEncoder()
    sets: list[list[Judged]] = []
    for name, file in FILES.items():
        rows, seconds = judge(options.data / file, encoder)
        show(name, rows, seconds)
        sets.append(rows)
    if options.fit:
        refit(sets)
    return 0


def refit(sets: Sequence[Sequence[Judged]]) -> None:
    """Fit the weights on all sets together and print them, and what they reach."""
    weights = fit(sets)
    for field, weight in zip((*(f.name for f in fields(Measures)), "intercept"), weights, strict=True):
        print(f"  {field} {weight:+.3f}")
    print("in sample:", *(f"{by_summary(rows, scored(_measures(rows), weights)):.3f}" for rows in sets))
    print("thresholds: supported {:.3f}, partial {:.3f}".format(*thresholds(sets, weights)))
    validated = np.mean([cross_validated(sets, seed) for seed in range(6)], axis=0)
    print("cross-validated by summary:", *(f"{auc:.3f}" for auc in validated))
    alone = [[by_summary(rows, scored(_measures(rows), fit([other]))) for rows in sets] for other in sets]
    print("fitted on each set alone:", *(" ".join(f"{auc:.3f}" for auc in aucs) for aucs in alone), sep="  ")


def _measures(rows: Sequence[Judged]) -> list[Measures | None]:
    return [row.measures for row in rows]


#: The penalty on the squares of the weights, the measures being scaled to a deviation of 1.
RIDGE = 5.0
#: What a statement counts, as an unfaithful one, with sentences that were drawn from the rest of the article: enough
#: that these score low. With more of them the weights tell near from far and no longer true from false.
ASTRAY = 0.05


def fit(sets: Sequence[Sequence[Judged]]) -> npt.NDArray[np.float64]:
    """Weights and intercept by ridge logistic regression (Newton's method), each set counting as much as another.
    Sentences that stand in the article word for word have their score without it and are left out.
    """
    size = sum(len(rows) for rows in sets)
    kept: list[tuple[Measures, bool, float]] = []
    for rows in sets:
        count = size / len(sets) / len(rows)
        kept += [(row.measures, row.faithful, count) for row in rows if row.measures]
        kept += [(row.astray, False, ASTRAY * count) for row in rows if row.astray]
    x = np.array([values(measures) for measures, _, _ in kept])
    y = np.array([float(faithful) for _, faithful, _ in kept])
    counts = np.array([count for *_, count in kept])
    mean, deviation = x.mean(axis=0), x.std(axis=0) + 1e-9
    scaled = np.column_stack([(x - mean) / deviation, np.ones(len(x))])
    ridge = np.diag([*[RIDGE] * x.shape[1], 1e-6])
    weights = np.zeros(scaled.shape[1])
    for _ in range(12):
        p = 1 / (1 + np.exp(-scaled @ weights))
        curvature = (scaled * (counts * p * (1 - p))[:, None]).T @ scaled + ridge
        weights -= np.linalg.solve(curvature, scaled.T @ (counts * (p - y)) + ridge @ weights)
    plain = weights[:-1] / deviation
    return np.array([*plain, weights[-1] - plain @ mean])


def scored(measured: Iterable[Measures | None], weights: npt.NDArray[np.float64]) -> list[float]:
    """The scores by these weights."""
    logits = [np.dot(weights, [*values(measures), 1.0]) if measures else np.inf for measures in measured]
    return [float(1 / (1 + np.exp(-logit))) for logit in logits]


def thresholds(sets: Sequence[Sequence[Judged]], weights: npt.NDArray[np.float64]) -> tuple[float, float]:
    """The scores from which a statement is supported and partly so, pieces that are missing apart: what one in twenty
    reaches with sentences drawn from the rest of the article, and what all faithful ones but one in twenty reach.
    """

    def quantile(share: float, measured: Sequence[Sequence[Measures | None]]) -> float:
        whole = [[replace(m, missing_pieces=0.0) if m else None for m in of] for of in measured]
        scores = np.concatenate([scored(of, weights) for of in whole])
        counts = np.concatenate([np.full(len(of), 1 / len(of)) for of in whole])
        order = np.argsort(scores)
        return float(scores[order][np.searchsorted(np.cumsum(counts[order]), share * counts.sum())])

    astray = [[row.astray for row in rows] for rows in sets]
    return quantile(0.95, astray), quantile(0.05, [[row.measures for row in rows if row.faithful] for rows in sets])


def cross_validated(sets: Sequence[Sequence[Judged]], seed: int, folds: int = 5) -> list[float]:
    """Each set's area under the curve where every summary is scored by weights fitted without it."""
    generator = np.random.default_rng(seed)
    fold_of = [generator.permutation(max(row.summary for row in rows) + 1) % folds for rows in sets]
    held: list[list[float]] = [[0.0] * len(rows) for rows in sets]
    for fold in range(folds):
        weights = fit([[r for r in rows if own[r.summary] != fold] for rows, own in zip(sets, fold_of, strict=True)])
        for rows, own, scores in zip(sets, fold_of, held, strict=True):
            for i, score in enumerate(scored(_measures(rows), weights)):
                if own[rows[i].summary] == fold:
                    scores[i] = score
    return [by_summary(rows, scores) for rows, scores in zip(sets, held, strict=True)]


if __name__ == "__main__":
    raise SystemExit(main())
