"""How well ``ingest.attributions`` finds who said what, on PolNeAR (Newell, Margolin and Ruths, LREC 2018).

244 political news articles in which people marked source, cue and content of each attribution, attitudes included.
Of several annotators of one article the one with the most attributions counts. Predicted and human contents are matched
one to one, best first, where the intersection of their words is at least half of their union. The articles are parted
in two halves by a hash of their id: the first rules were made on half A alone. Later words and the weights of the
evidence rest on all articles, so that these figures flatter; ``attribution_fit`` gives those of articles not fitted on.

* attributions: precision, recall and F1 of matched contents;
* source: F1 of the source's words over matched pairs;
* quoted: recall of human attributions whose content holds a quotation mark;
* content: F1 of the words that are content at all (marking every word scores about .67);
* by kind: precision of each predicted kind, recall of each human form (direct, mixed, unquoted);
* by confidence: the same figures for what is at least so sure;
* agreement: F1 between pairs of annotators of one article, matched in the same way.

Run: ``python -m tests.benchmarks.attribution``.
"""

from __future__ import annotations

import gzip
import hashlib
import itertools
import json
import re
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.article import Article
from ingest.attribution import Attribution, attributions
from tests.benchmarks.data import articles, folder

WORD = re.compile(r"\w+(?:[-’'.]\w+)*")
_QUOTATION = re.compile("[\"“”„«»]|''")
_QUOTED = re.compile("[\"“„«][^\"“”„«»]*(?:[\"”»]|$)|''.*?(?:''|$)|‘.*?’(?!\\w)", re.DOTALL)

Words = frozenset[int]
#: Article id -> annotator -> attributions.
Marks = dict[str, dict[str, list[dict[str, Any]]]]


@dataclass(frozen=True, slots=True)
class Marked:
    """One attribution as the words (their offsets) of its content and source; ``form`` as by :func:`form`, or the
    predicted kind.
    """

    content: Words
    source: Words
    form: str
    quoted: bool = False


@dataclass(slots=True)
class Tally:
    """Counts over articles."""

    matched: int = 0
    predicted: int = 0
    human: int = 0
    source: Counter[str] = field(default_factory=Counter)
    content: Counter[str] = field(default_factory=Counter)
    kinds: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    forms: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    quoted: Counter[str] = field(default_factory=Counter)


def half(article_id: str) -> str:
    """Which half an article belongs to: "A", whose texts the rules were made on, or "B"."""
    return "AB"[hashlib.sha256(article_id.encode()).digest()[0] % 2]


def words_in(starts: Sequence[int], spans: Iterable[tuple[int, int]]) -> Words:
    """The words, by their offsets, that begin in any of the spans."""
    return frozenset(w for a, b in spans for w in starts[bisect_left(starts, a) : bisect_left(starts, b)])


def form(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """ "direct" where all of a content stands in quotation marks, "mixed" where some does, else "unquoted"."""
    whole = "\n".join(text[a:b] for a, b in spans)
    if not _QUOTED.search(whole):
        return "unquoted"
    return "mixed" if WORD.search(_QUOTED.sub("", whole)) else "direct"


def human(text: str, starts: Sequence[int], record: dict[str, Any]) -> Marked:
    """A person's attribution."""
    spans = sorted((a, b) for part in record["content"] for a, b in part["spans"])
    source = [(a, b) for part in record["source"] for a, b in part["spans"]]
    quoted = any(_QUOTATION.search(text, a, b) for a, b in spans)
    return Marked(words_in(starts, spans), words_in(starts, source), form(text, spans), quoted)


def predicted(starts: Sequence[int], found: Attribution) -> Marked:
    """The program's attribution."""
    content = words_in(starts, ((c.start, c.end) for c in found.contents))
    speaker = [(found.speaker.start, found.speaker.end)] if found.speaker else []
    return Marked(content, words_in(starts, speaker), found.kind.value)


def match(ours: Sequence[Marked], theirs: Sequence[Marked]) -> list[tuple[int, int]]:
    """Pairs of indices whose contents overlap by half or more, one to one, the greatest overlap first."""
    pairs = []
    for (i, a), (j, b) in itertools.product(enumerate(ours), enumerate(theirs)):
        shared = len(a.content & b.content)
        if shared and 2 * shared >= len(a.content | b.content):
            pairs.append((shared / len(a.content | b.content), -i, -j))
    taken: tuple[set[int], set[int]] = set(), set()
    matched = []
    for _, i, j in sorted(pairs, reverse=True):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            matched.append((-i, -j))
    return matched


def f1(shared: int, ours: int, theirs: int) -> float:
    """Harmonic mean of precision and recall."""
    return 2 * shared / (ours + theirs) if ours + theirs else 0.0


def count(tally: Tally, ours: Sequence[Marked], theirs: Sequence[Marked]) -> None:
    """Add one article."""
    pairs = match(ours, theirs)
    tally.matched += len(pairs)
    tally.predicted += len(ours)
    tally.human += len(theirs)
    for i, j in pairs:
        a, b = ours[i].source, theirs[j].source
        tally.source.update(shared=len(a & b), ours=len(a), theirs=len(b))
    a, b = (frozenset[int]().union(*(m.content for m in side)) for side in (ours, theirs))
    tally.content.update(shared=len(a & b), ours=len(a), theirs=len(b))
    hits, met = {i for i, _ in pairs}, {j for _, j in pairs}
    for i, mark in enumerate(ours):
        tally.kinds[mark.form].update(all=1, right=i in hits)
    for j, mark in enumerate(theirs):
        tally.forms[mark.form].update(all=1, found=j in met)
        if mark.quoted:
            tally.quoted.update(all=1, found=j in met)


def line(name: str, tally: Tally) -> str:
    """The figures of one half."""
    source, content = tally.source, tally.content
    return (
        f"{name:3}  attributions F1 {f1(tally.matched, tally.predicted, tally.human):.3f}"
        f" (P {tally.matched / tally.predicted:.3f} R {tally.matched / tally.human:.3f};"
        f" {tally.predicted} for {tally.human})  source {f1(source['shared'], source['ours'], source['theirs']):.3f}"
        f"  quoted {tally.quoted['found'] / tally.quoted['all']:.3f} of {tally.quoted['all']}"
        f"  content {f1(content['shared'], content['ours'], content['theirs']):.3f}"
    )


def by_kind(tally: Tally) -> str:
    """Precision by predicted kind and recall by human form."""
    kinds = (f"{k} {c['right'] / c['all']:.3f} of {c['all']}" for k, c in sorted(tally.kinds.items()))
    forms = (f"{k} {c['found'] / c['all']:.3f} of {c['all']}" for k, c in sorted(tally.forms.items()))
    return f"     precision: {', '.join(kinds)}\n     recall: {', '.join(forms)}"


def by_confidence(read: Sequence[Article], found: Sequence[Sequence[Attribution]], marked: Marks) -> str:
    """Precision, recall and F1 of the attributions that are at least so sure."""
    lines = []
    for least in (0.25, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        tally = Tally()
        for article, ours in zip(read, found, strict=True):
            starts = [m.start() for m in WORD.finditer(article.text)]
            fullest = max(marked[article.id].values(), key=len, default=[])
            sure = [p for p in (predicted(starts, a) for a in ours if a.confidence >= least) if p.content]
            count(tally, sure, [human(article.text, starts, record) for record in fullest])
        precision, recall = tally.matched / tally.predicted, tally.matched / tally.human
        score = f1(tally.matched, tally.predicted, tally.human)
        lines.append(f"     confidence >= {least:.2f}: P {precision:.3f} R {recall:.3f} F1 {score:.3f}")
    return "\n".join(lines)


def people() -> Marks:
    """Article id -> annotator -> attributions with a content."""
    marked: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    with gzip.open(folder("polnear-dev") / "attributions.jsonl.gz", "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if any(part["spans"] for part in record["content"]):
                marked[record["article"]][record["annotator"]].append(record)
    return marked


def agreement(read: Sequence[Article], marked: Marks) -> str:
    """Mean F1 over pairs of annotators of one article."""
    scores, shared = [], 0
    for article in read:
        starts = [m.start() for m in WORD.finditer(article.text)]
        sides = [[human(article.text, starts, r) for r in rs] for rs in marked[article.id].values()]
        shared += len(sides) > 1
        scores += [f1(len(match(a, b)), len(a), len(b)) for a, b in itertools.combinations(sides, 2)]
    return f"people agree with one another: F1 {sum(scores) / len(scores):.3f} ({len(scores)} pairs, {shared} articles)"


def main() -> None:
    read = list(articles("polnear-dev"))
    marked = people()
    attributions(read[0])  # the first call loads the sentence splitter
    began = time.process_time()
    found = [attributions(article) for article in read]
    seconds = time.process_time() - began
    tallies = {"A": Tally(), "B": Tally(), "all": Tally()}
    for article, ours in zip(read, found, strict=True):
        starts = [m.start() for m in WORD.finditer(article.text)]
        fullest = max(marked[article.id].values(), key=len, default=[])
        theirs = [human(article.text, starts, record) for record in fullest]
        predictions = [p for p in (predicted(starts, a) for a in ours) if p.content]
        for name in (half(article.id), "all"):
            count(tallies[name], predictions, theirs)
    for name, tally in tallies.items():
        print(line(name, tally), by_kind(tally), sep="\n")
    print(by_confidence(read, found, marked))
    print(agreement(read, marked))
    print(f"{len(read) / seconds:.0f} articles/s, {sum(len(a.text) for a in read) / seconds / 1e6:.2f} M characters/s")


if __name__ == "__main__":
    main()
