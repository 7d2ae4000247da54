"""Fit the weights of ``ingest.attribution`` on PolNeAR, and say how well they do on articles they were not fitted on.

Cross-validation comes first, so that its figures are of articles that the weights have not seen: half A with the
weights of half B, and the other way round; and five folds of the articles. Then, with ``--write``, the weights of all
articles replace those in ``ingest/attribution/scoring/weights.json``.

Both models are logistic regressions, fitted by L-BFGS with a Gaussian prior; see
``ingest.attribution.scoring.selection`` for what they decide.

Run: ``python -m tests.benchmarks.attribution_fit [--write]``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from ingest.article import Article
from ingest.attribution import drafts, finished
from ingest.attribution.candidate import Draft, Facts
from ingest.attribution.contents.content_end import about_borders, border_names, ends_of
from ingest.attribution.cues.rules import in_unit
from ingest.attribution.scoring.evidence import about_cue, first_and_last, names
from ingest.attribution.scoring.selection import WEIGHTS, Models, Weights, about_content
from ingest.attribution.tokens import Reading, read
from tests.benchmarks.attribution import (
    _WORD,
    Marked,
    Tally,
    Words,
    by_kind,
    count,
    half,
    human,
    line,
    people,
    predicted,
    words_in,
)
from tests.benchmarks.convex import Array, Matrix, minimise
from tests.benchmarks.data import articles

#: Evidence that occurs less often than this has no weight of its own.
_LEAST = 8
_PRIOR_CUES = 8.0
_PRIOR_ENDS = 5.0
#: A weight nearer to nothing than this is left out of the table.
_NOTHING = 0.05


#: Names of evidence, and what they are evidence of: 1 or 0.
Row = tuple[list[str], float]


@dataclass(slots=True)
class Example:
    """One article with its people's marks."""

    article: Article
    starts: list[int]
    theirs: list[Marked]
    cues: list[Words]
    half: str
    ends: list[Row] = field(default_factory=list)


def examples() -> list[Example]:
    """Every article, with the marks of the annotator who marked most."""
    marked = people()
    found = []
    for article in articles("polnear-dev"):
        starts = [m.start() for m in _WORD.finditer(article.text)]
        records = max(marked[article.id].values(), key=len, default=[])
        cues = [words_in(starts, [(a, b) for part in r["cue"] for a, b in part["spans"]]) for r in records]
        theirs = [human(article.text, starts, record) for record in records]
        found.append(Example(article, starts, theirs, cues, half(article.id)))
        found[-1].ends = end_rows(found[-1])
    return found


def spelled(evidence: Iterable[Facts]) -> list[str]:
    """The names of all the evidence."""
    return [name for facts in evidence for name in names(facts)]


def overlap(one: Words, other: Words) -> float:
    """Intersection over union."""
    return len(one & other) / len(one | other) if one and other else 0.0


# --- ends -----------------------------------------------------------------------------------------------------------


def end_rows(example: Example) -> list[Row]:
    """For each draft whose cue a person marked, the evidence of every border up to where that content ends, and 1 for
    the last of them.
    """
    found: list[Row] = []

    def look(reading: Reading, unit_drafts: Sequence[Draft]) -> None:
        for draft in unit_drafts:
            if draft.begin < 0:
                continue
            cue = words_in(example.starts, [(reading.start[draft.cue[0]], reading.end[draft.cue[1] - 1])])
            marks = [m.content for m, c in zip(example.theirs, example.cues, strict=True) if c & cue]
            if not marks:
                continue
            lead = words_in(example.starts, draft.contents)
            ends = ends_of(reading, draft)
            shared = []
            for end in ends:
                content = lead | words_in(example.starts, [(reading.start[draft.begin], reading.end[end - 1])])
                shared.append(max(overlap(content, m) for m in marks))
            best = int(np.argmax(shared))
            if shared[best] < 0.5:
                continue
            for number, facts in enumerate(about_borders(reading, draft, ends[:-1])):
                found.append(([name for f in facts for name in border_names(f)], float(number == best)))
                if number == best:
                    break

    reading = read(example.article.text)
    for unit in reading.units:
        look(reading, in_unit(reading, unit))
    return found


# --- cues -----------------------------------------------------------------------------------------------------------


def cue_rows(example: Example, ends: dict[str, float]) -> list[Row]:
    """Evidence of every draft, and 1 where a person marked its content with the same cue."""
    seen: dict[int, tuple[Draft, list[str]]] = {}

    def look(reading: Reading, unit_drafts: Sequence[Draft]) -> list[Draft]:
        for draft, facts in zip(unit_drafts, about_content(reading, unit_drafts), strict=True):
            cue = about_cue(reading, draft, first_and_last(reading, draft)[0])
            seen[id(draft)] = draft, spelled([*cue, *facts])
        return list(unit_drafts)

    reading, _ = drafts(example.article.text, Models(Weights({}), Weights(ends, border_names)), look)
    hits: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for number, (draft, _) in seen.items():
        content = words_in(example.starts, draft.contents)
        cue = words_in(example.starts, [(reading.start[draft.cue[0]], reading.end[draft.cue[1] - 1])])
        shared = [overlap(content, m.content) for m in example.theirs]
        best = int(np.argmax(shared)) if shared else -1
        if best >= 0 and shared[best] >= 0.5:
            hits[best].append((number, bool(cue & example.cues[best])))
    right = set()
    for matched in hits.values():
        # Of several drafts on one content the one with the person's own cue is right, and no other.
        own = any(same for _, same in matched)
        right |= {number for number, same in matched if same or not own}
    return [(names, float(number in right)) for number, (_, names) in seen.items()]


def logistic(rows: Sequence[Row], prior: float, free: str = "") -> dict[str, float]:
    """A logistic regression; the name ``free`` has hardly any prior."""
    names, matrix = _matrix([r for r, _ in rows])
    target = np.array([t for _, t in rows])
    priors = np.full(len(names), prior)
    if free:
        priors[names.index(free)] = 1e-4

    def loss(weights: Array) -> tuple[float, Array]:
        score = matrix.dot(weights)
        likelihood = np.logaddexp(0.0, score) - target * score
        gradient = matrix.transposed_dot(1 / (1 + np.exp(-score)) - target)
        return float(likelihood.sum() + 0.5 * (priors * weights**2).sum()), gradient + priors * weights

    return _named(names, minimise(loss, len(names)))


def fit(chosen: Sequence[Example]) -> Models:
    """Both models on some articles."""
    ends = logistic([row for e in chosen for row in e.ends], _PRIOR_ENDS)
    cues = logistic([row for e in chosen for row in cue_rows(e, ends)], _PRIOR_CUES, "bias all")
    return Models(Weights(cues), Weights(ends, border_names))


# --- names and columns ----------------------------------------------------------------------------------------------


def _matrix(evidence_rows: Sequence[Iterable[str]]) -> tuple[list[str], Matrix]:
    often = Counter(name for row in evidence_rows for name in set(row))
    names = sorted(name for name, times in often.items() if times >= _LEAST)
    column = {name: number for number, name in enumerate(names)}
    pairs = [(r, column[name]) for r, row in enumerate(evidence_rows) for name in row if name in column]
    rows, columns = np.array(pairs, dtype=np.int64).T
    return names, Matrix(rows, columns, (len(evidence_rows), len(names)))


def _named(names: Sequence[str], weights: Array) -> dict[str, float]:
    return {name: round(float(w), 2) for name, w in zip(names, weights, strict=True) if abs(w) >= _NOTHING}


# --- figures and table ----------------------------------------------------------------------------------------------


def score(models: Models, chosen: Sequence[Example], tally: Tally) -> None:
    """Add articles to a tally, read with given weights."""
    for example in chosen:
        found = finished(*drafts(example.article.text, models))
        ours = [p for p in (predicted(example.starts, a) for a in found) if p.content]
        count(tally, ours, example.theirs)


def fold(article_id: str) -> int:
    """Which of five folds an article belongs to."""
    return hashlib.sha256(article_id.encode()).digest()[1] % 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="replace the weights in use by those of all articles")
    arguments = parser.parse_args()
    known = examples()
    across = {"A": Tally(), "B": Tally(), "all": Tally()}
    for name, other in (("A", "B"), ("B", "A")):
        models = fit([e for e in known if e.half == other])
        held = [e for e in known if e.half == name]
        score(models, held, across[name])
        score(models, held, across["all"])
    print("fitted on the other half:")
    for name, tally in across.items():
        print(line(name, tally), by_kind(tally), sep="\n")
    folded = {"A": Tally(), "B": Tally(), "all": Tally()}
    for number in range(5):
        models = fit([e for e in known if fold(e.article.id) != number])
        for e in known:
            if fold(e.article.id) == number:
                score(models, [e], folded[e.half])
                score(models, [e], folded["all"])
    print("fitted on four fifths, measured on the fifth:")
    for name, tally in folded.items():
        print(line(name, tally), by_kind(tally), sep="\n")
    if arguments.write:
        models = fit(known)
        weights = {"cues": models.cues.named, "ends": models.ends.named}
        WEIGHTS.write_text(json.dumps(weights, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"{len(models.cues.named) + len(models.ends.named)} weights written")


if __name__ == "__main__":
    main()
