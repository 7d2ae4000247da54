"""How well the support checker tells faithful sentences from unfaithful ones.

QAGS (Wang et al., ACL 2020): sentences of summaries of CNN/DailyMail and XSum articles, each judged by three people.
Evidence is the three sentences of the article that are likest to the summary's, in the article's order, with the
article around them. As in the TRUE benchmark (Honovich et al., NAACL 2022) a summary is faithful where the majority
calls every sentence of it faithful, its score is the mean of its sentences', and the measure is the area under the ROC
curve.

Run: ``python -m tests.benchmarks.support [DATA]``, DATA being a folder with QAGS's two files.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.answer import Support
from assistant.language.words import content_stems
from assistant.support import Evidence, SupportChecker, Verdict
from ingest.chunk import sentences
from vectorstore.encoder import LocalEncoder, Vectors

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
) -> list[Evidence]:
    """The article's sentences that are likest to the statement, by cosine and shared content words."""
    stated = content_stems(statement) or [""]
    shared = [np.mean([w in set(content_stems(s)) for w in stated]) for s in article]
    best = np.argsort(-(vectors @ vector + np.asarray(shared)))[:EVIDENCE]
    return [Evidence(text=article[i], context=" ".join(article)) for i in sorted(best)]


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


def measure(name: str, path: Path, encoder: LocalEncoder) -> list[tuple[str, bool, Verdict]]:
    """Print one data set's figures; returns every judged sentence with its verdict."""
    checker = SupportChecker(encoder.encode)
    rows: list[tuple[str, bool, Verdict]] = []
    faithful, means, seconds = [], [], 0.0
    for article, judged in read(path):
        vectors = encoder.encode(article)
        scores = []
        for statement, label in judged:
            evidence = evidence_for(statement, article, vectors, encoder.encode([statement])[0])
            start = time.perf_counter()
            verdict = checker.check(statement, evidence)
            seconds += time.perf_counter() - start
            scores.append(verdict.score)
            rows.append((statement, label, verdict))
        faithful.append(all(label for _, label in judged))
        means.append(float(np.mean(scores)))
    by_sentence = roc_auc([label for _, label, _ in rows], [v.score for *_, v in rows])
    print(
        f"{name}: AUC by summary {roc_auc(faithful, means):.3f}, by sentence {by_sentence:.3f}; "
        f"{len(faithful)} summaries, {len(rows)} sentences, {1000 * seconds / len(rows):.1f} ms a statement"
    )
    for label in (True, False):
        of = [v.support for _, f, v in rows if f is label]
        shares = ", ".join(f"{s.value} {of.count(s) / len(of):.2f}" for s in Support)
        print(f"  {'faithful' if label else 'unfaithful'} ({len(of)}): {shares}")
    return rows


def main() -> int:
    """Measure both data sets."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    if not folder.is_dir():
        print(f"no QAGS data in {folder}; give its folder", file=sys.stderr)
        return 2
    encoder = LocalEncoder()
    for name, file in FILES.items():
        measure(name, folder / file, encoder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
