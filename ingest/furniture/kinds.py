"""Article -> the kind of each of its sentences: prose, or what stands around it in a newspaper.

What the format says (a heading, a caption, a list) is kept from reading (``Article.layout``); the rest is told by a
softmax over features (``features.py``). The weights stand in ``weights.json``; ``tests/benchmarks/sentence_kinds.py``
makes it again from labelled lines and prints what it does to articles that it was not fitted on.

Invariants: one kind a sentence, in the order of :func:`ingest.chunk.sentences`; a sentence is no prose only where that
is nearly certain, as a caption that stays does less harm than an answer that goes.
"""

from __future__ import annotations

import hashlib
import json
import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.article import Article, Marked, SentenceKind, Span
from ingest.chunk import sentences
from ingest.furniture.features import DAY, LONG, NUMBER, OTHER_LANGUAGE, STOP, sentence_features

#: A sentence is taken for prose unless its other kinds together are at least so probable.
CERTAIN = 0.8

Weights = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Decided:
    """What a sentence is, and whether its format said so, which no other classifier can find again."""

    span: Span
    kind: SentenceKind
    by_layout: bool = False


@cache
def fitted() -> Weights:
    """Kind -> feature -> its weight."""
    text = files("ingest.furniture").joinpath("weights.json").read_text(encoding="utf-8")
    weights: Weights = json.loads(text)
    return weights


def kinds(article: Article) -> tuple[SentenceKind, ...]:
    """The kind of each sentence of an article, in the order of its text."""
    return tuple(one.kind for one in decided(article.text, article.title, article.layout))


def decided(text: str, title: str, layout: Sequence[Marked] = ()) -> tuple[Decided, ...]:
    """The kind of each sentence of a text, and whether its format said so.

    Args:
        layout: what the format says, in order, without overlaps.
    """
    spans = sentences(text)
    headline = _letters(title)
    ends = [mark.span.end for mark in layout]
    found = []
    for span, features in zip(spans, sentence_features(text, spans), strict=True):
        likely = _likeliest(features)
        at = bisect_right(ends, span.start)
        mark = layout[at] if at < len(layout) and layout[at].span.start <= span.start else None
        if headline and _letters(span.of(text)) == headline:
            found.append(Decided(span, SentenceKind.HEADLINE))
        elif mark is not None and (mark.kind not in _ENTRIES or likely is not SentenceKind.PROSE):
            found.append(Decided(span, mark.kind, by_layout=True))
        else:
            found.append(Decided(span, likely))
    if not any(one.kind is SentenceKind.PROSE for one in found):
        # News in one line: what looks like a promotion among paragraphs is the article where there is nothing else.
        kept = (SentenceKind.HEADLINE, SentenceKind.DATE_LINE)
        found = [one if one.by_layout or one.kind in kept else Decided(one.span, SentenceKind.PROSE) for one in found]
    return tuple(found)


#: Lists and tables hold sentences, too; what is one there tells the story as any other.
_ENTRIES = frozenset({SentenceKind.LIST_ITEM, SentenceKind.TABLE_ROW})


def chances(features: Sequence[str], weights: Weights) -> dict[str, float]:
    """How probable each kind is by those features."""
    sums = {
        kind: own["bias"] + sum(own[feature] for feature in features if feature in own) for kind, own in weights.items()
    }
    top = max(sums.values())
    powers = {kind: math.exp(value - top) for kind, value in sums.items()}
    total = sum(powers.values())
    return {kind: power / total for kind, power in powers.items()}


def _likeliest(features: Sequence[str]) -> SentenceKind:
    # The weights know English words alone; in another language a full stop, or the length, is the surer sign.
    if OTHER_LANGUAGE in features and (STOP in features or LONG in features):
        return SentenceKind.PROSE
    chance = chances(features, fitted())
    if 1 - chance[SentenceKind.PROSE] < CERTAIN:
        return SentenceKind.PROSE
    kind = SentenceKind(max((kind for kind in chance if kind != SentenceKind.PROSE), key=chance.__getitem__))
    # A line of figures that names no day is an entry: a result, a price.
    entry = kind is SentenceKind.DATE_LINE and NUMBER in features and not any(f.startswith(DAY) for f in features)
    return SentenceKind.LIST_ITEM if entry else kind


def _letters(line: str) -> str:
    return "".join(c for c in line.casefold() if c.isalnum())


@cache
def fingerprint() -> str:
    """Sixteen hexadecimal digits that stand for the rules and weights by which kinds are told."""
    digest = hashlib.sha256()
    for name in ("features.py", "kinds.py", "weights.json"):
        digest.update(files("ingest.furniture").joinpath(name).read_bytes())
    return digest.hexdigest()[:16]
