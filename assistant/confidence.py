"""How sure the program is, before an answer is written, that the archive answers the question.

A logistic function of what retrieval found. Invariant: 0 <= confidence <= 1, and 0 where nothing was found.
"""

from __future__ import annotations

import math
from collections.abc import Sequence


from assistant.names import names
from assistant.words import content_stems, stem, words
from vectorstore.passage import Passage

#: Below this the program says that the archive does not say.
THRESHOLD = 0.5

#: Passages that are looked at.
_BEST = 5

Features = tuple[float, float, float, float]

_WEIGHTS: Features = (1.0, 1.0, 1.0, 1.0)
_BIAS = 0.0


def confidence(question: str, passages: Sequence[Passage]) -> float:
    """Probability-like figure that ``passages`` (best first) answer ``question``."""
    if not passages:
        return 0.0
    score = _BIAS + sum(w * x for w, x in zip(_WEIGHTS, features(question, passages), strict=True))
    return 1 / (1 + math.exp(-score))


def features(question: str, passages: Sequence[Passage]) -> Features:
    """What the confidence rests on.

    Returns:
        The best cosine; the best share of the question's words in one passage with its title; the same over the
        passages of the best article; the best share of the question's names in one passage with its title.
    """
    best = passages[:_BEST]
    asked = set(content_stems(question))
    named = {stem(word) for name in names(question) for word in words(name.text)}
    found = [set(content_stems(f"{p.title} {p.text}")) for p in best]
    first = set().union(*(own for p, own in zip(best, found, strict=True) if p.article_id == best[0].article_id))
    return (
        max(p.scores.cosine for p in passages),
        max(_share(asked, own) for own in found),
        _share(asked, first),
        max(_share(named, own) for own in found),
    )


def _share(asked: set[str], present: set[str]) -> float:
    return len(asked & present) / len(asked) if asked else 1.0
