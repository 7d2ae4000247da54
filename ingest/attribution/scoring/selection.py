"""Which attributions in the making are kept, where their contents end, and how likely a person would mark them.

Two logistic regressions over readable evidence: where a content ends (``contents.content_end``), and whether a person
would mark the attribution at all (``evidence``), whose probability is the confidence that users see. Their weights
stand in ``weights.json``, which ``tests/benchmarks/attribution_fit.py`` writes: what is evidence, and its natural
logarithm of odds in PolNeAR; what is not listed counts nothing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.attribution.candidate import Draft, Facts
from ingest.attribution.contents.content_end import border_names, settle
from ingest.attribution.scoring.evidence import SORT, about_cue, about_end, first_and_last, names
from ingest.attribution.tokens import Reading

#: The fitted weights.
WEIGHTS = Path(__file__).with_name("weights.json")
#: Keeping what is likelier than this gave the best F1 in cross-validation.
THRESHOLD = 0.36
#: Quotations are rarely nobody's words: they are kept when less sure.
QUOTED_THRESHOLD = 0.25
#: No content makes up for a cue that is worth less than this (in natural logarithms of odds).
_HOPELESS = -3.0
#: No sentence of prose has so many cues; so time stays linear in the length of the text.
_MOST = 24
_SAME = 0.5
#: So many sums are kept, and no more, however many articles are read.
_KEPT = 200_000
#: Rules whose contents are long enough to hold the cues of others.
_HOLDERS = frozenset(["that", "clause", "beside", "according", "quotation"])
#: Rules of claims that may stand in another's.
_CLAIMS = frozenset(["that", "clause"])


@dataclass(slots=True)
class Weights(dict[Facts, float]):
    """What facts count together: the sum of the weights of their names, worked out once."""

    named: Mapping[str, float]
    spelled: Callable[[Facts], list[str]] = names

    def __missing__(self, facts: Facts) -> float:
        total = 0.0
        named = self.named
        for name in self.spelled(facts):
            if name in named:
                total += named[name]
        if len(self) < _KEPT:
            self[facts] = total
        return total

    def of(self, facts: Sequence[Facts]) -> float:
        """The score of all the evidence."""
        return sum(map(self.__getitem__, facts))


@dataclass(frozen=True, slots=True)
class Models:
    """The weights of attributions, and of where contents end."""

    cues: Weights
    ends: Weights


@cache
def fitted() -> Models:
    """The weights in use; read where the first article is, so that a start without one does not pay for them."""
    weights = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Models(Weights(weights["cues"]), Weights(weights["ends"], border_names))


def weigh(reading: Reading, drafts: Sequence[Draft], models: Models) -> list[Draft]:
    """The drafts of one unit with their ends settled and their probabilities; without those that have no content and
    those whose cue alone rules them out.
    """
    settled, scores = [], []
    for draft in drafts[:_MOST]:
        first = draft.begin if not draft.contents else first_and_last(reading, draft)[0]
        score = models.cues.of(about_cue(reading, draft, first))
        if score < _HOPELESS:
            continue
        if draft.begin >= 0:
            draft.sure = settle(reading, draft, models.ends)
        if draft.contents:
            settled.append(draft)
            scores.append(score)
    for draft, score, facts in zip(settled, scores, about_content(reading, settled), strict=True):
        score += models.cues.of(facts)
        draft.probability = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
    return settled


def about_content(reading: Reading, drafts: Sequence[Draft]) -> Iterator[list[Facts]]:
    """For each draft the evidence of its content, and of the draft in whose content its cue stands."""
    holders = [(d.contents[0][0], d.contents[-1][1], d) for d in drafts if d.rule in _HOLDERS]
    for draft in drafts:
        cue = reading.start[draft.cue[0]]
        where = next((d.rule for a, b, d in holders if a <= cue < b and d is not draft), "free")
        sort = SORT.get(draft.rule, draft.rule)
        end = about_end(reading, draft, *first_and_last(reading, draft))
        yield [*end, ("where", where, sort), ("sure", int(8 * draft.sure), sort)]


def likely(reading: Reading, drafts: Sequence[Draft]) -> list[Draft]:
    """Those that are likely enough, and of those with nearly one content the likeliest."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: -d.probability):
        quoted = any(reading.quotes_in(*content) for content in draft.contents)
        if draft.probability < (QUOTED_THRESHOLD if quoted else THRESHOLD):
            continue
        if not any(_rivals(reading, draft, other) for other in kept):
            kept.append(draft)
    return kept


def _rivals(reading: Reading, draft: Draft, other: Draft) -> bool:
    """Whether only the likelier of two can be meant: the same cue, or much the same content. A claim within a claim
    ("said the ministry believes that …") is one more.
    """
    if draft.cue == other.cue:
        return True
    begin, end = other.contents[0][0], other.contents[-1][1]
    if draft.rule in _CLAIMS and other.rule in _HOLDERS and begin <= reading.start[draft.cue[0]] < end:
        return False
    return _alike(draft.contents[0][0], draft.contents[-1][1], begin, end)


def _alike(start: int, end: int, other_start: int, other_end: int) -> bool:
    """Whether the shared characters of two stretches are more than half of all."""
    shared = min(end, other_end) - max(start, other_start)
    return shared > _SAME * (max(end, other_end) - min(start, other_start))
