"""Candidates with their scores of each kind -> one score for each: the weighted sum of signals.

Articles compete by z-scores over the candidate articles: of the best passage's cosine and BM25, of the article's own
BM25, and of the cosine of its first passage, in which news says what it is about. The best passage has its article's
score and the others less, by how far they stay behind. Figures: `make bench-retrieval`, docs/BENCHMARKS.md.

A new signal is one class with the parts of :class:`Signal`, listed in :data:`SIGNALS` or registered by another package.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from vectorstore.archive.catalogue import UNDATED, Catalogue

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: The least standard deviation that is told from none, as a share of the largest value.
_LEAST_SPREAD = 0.1

#: Standard deviations that the best of the candidates may reach (65 of them), from which the date prior counts in full.
_FULL_DATE = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """What is searched for: the question, its day, and the days that it names itself (either end open)."""

    text: str
    as_of: dt.date
    dates: tuple[dt.date | None, dt.date | None] | None
    catalogue: Catalogue


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """Parallel arrays, one entry a candidate chunk: its row, its article's row, and its scores.

    ``lead`` is the cosine of the article's first passage; ``part_cosines`` and ``part_lexical``, ``[parts, n]``, are
    the scores by the parts of a long question.
    """

    rows: Integers
    articles: Integers
    cosine: Floats
    lexical: Floats
    article_lexical: Floats
    lead: Floats
    part_cosines: Floats
    part_lexical: Floats

    @cached_property
    def groups(self) -> Integers:
        """The candidates' articles, numbered from 0."""
        return np.unique(self.articles, return_inverse=True)[1]

    def best(self, values: Floats) -> Floats:
        """The largest value of each article's candidates, one entry an article."""
        best = np.full(int(self.groups.max()) + 1, -np.inf)
        np.maximum.at(best, self.groups, values)
        return best


@runtime_checkable
class Signal(Protocol):
    """One column of the sum; more is better. Registered as a class without arguments in ``news_assistant.signals``."""

    @property
    def name(self) -> str:
        """What its part of a score is called."""
        ...

    @property
    def weight(self) -> float:
        """What its scores are multiplied by."""
        ...

    def score(self, query: SearchQuery, candidates: Candidates) -> Floats:
        """A score for each candidate, ``[n]``, n > 0, in about standard deviations (:func:`standardised`)."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleScore:
    """The z-score, among the articles, of the best value that one of their candidates has."""

    name: str
    weight: float
    values: Callable[[Candidates], Floats]

    def score(self, query: SearchQuery, candidates: Candidates) -> Floats:
        """See :meth:`Signal.score`."""
        return standardised(candidates.best(self.values(candidates)))[candidates.groups]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPart:
    """How well the article answers that part of a long question which it answers best; 0 where there are no parts."""

    name: str = "parts"
    weight: float = 1.0

    def score(self, query: SearchQuery, candidates: Candidates) -> Floats:
        """See :meth:`Signal.score`."""
        if len(candidates.part_cosines) == 0:
            return np.zeros(len(candidates.articles))
        each = [
            standardised(candidates.best(near)) + standardised(candidates.best(words))
            for near, words in zip(candidates.part_cosines, candidates.part_lexical, strict=True)
        ]
        best: Floats = np.max(each, axis=0)[candidates.groups]
        return best


@dataclass(frozen=True, slots=True, kw_only=True)
class WithinArticle:
    """How far a passage stays behind the best of its article, by its cosine and its BM25; 0 for the best."""

    name: str = "within"
    weight: float = 1.5
    dense: float = 0.7
    lexical: float = 0.7

    def score(self, query: SearchQuery, candidates: Candidates) -> Floats:
        """See :meth:`Signal.score`."""
        near, words = candidates.cosine, candidates.lexical
        passage = self.dense * near / spread(candidates.best(near))
        passage = passage + self.lexical * words / spread(candidates.best(words))
        behind: Floats = passage - candidates.best(passage)[candidates.groups]
        return behind


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePrior:
    """How near the article's day is to what the question is about: 1 on it, falling to 0; 0 where there is no day.

    Days up to the question's own ("this week") are what recency says already. Of others named, half is nearness to them
    and half recency: what happened on a day is also told later, and many a date is of something else.
    """

    name: str = "date"
    weight: float = 8.0
    #: Days after which recency has fallen to 1/e, and the same for dates outside of those that the question names.
    decay: float = 20.0
    hint_decay: float = 10.0

    def score(self, query: SearchQuery, candidates: Candidates) -> Floats:
        """See :meth:`Signal.score`."""
        days = query.catalogue.days_of(candidates.articles)
        near = np.exp(-np.maximum(query.as_of.toordinal() - days, 0) / self.decay)
        if query.dates is not None and query.dates[1] is not None and query.dates[1] < query.as_of:
            first, last = (query.dates[0] or dt.date.min).toordinal(), query.dates[1].toordinal()
            outside = np.maximum(np.maximum(first - days, days - last), 0)
            near = (near + np.exp(-outside / self.hint_decay)) / 2
        # Of n values none is more than sqrt(n - 1) standard deviations from their mean: among a handful of articles
        # the prior would outweigh any content.
        share = min(1.0, math.sqrt(int(candidates.groups.max())) / _FULL_DATE)
        prior: Floats = share * np.where(days != UNDATED, near, 0.0)
        return prior


#: The signals in the order in which they are added; the weights were chosen on ``realtimeqa-dev`` by halves, and
#: checked on ``multihop-rag-dev``.
SIGNALS: tuple[Signal, ...] = (
    ArticleScore(name="dense", weight=0.7, values=attrgetter("cosine")),
    ArticleScore(name="lexical", weight=0.7, values=attrgetter("lexical")),
    ArticleScore(name="article_lexical", weight=1.0, values=attrgetter("article_lexical")),
    ArticleScore(name="lead", weight=0.7, values=attrgetter("lead")),
    QuestionPart(),
    WithinArticle(),
    DatePrior(),
)


def contributions(signals: Sequence[Signal], query: SearchQuery, candidates: Candidates) -> dict[str, Floats]:
    """What each signal adds to the score of each candidate, by its name; their sum is the score."""
    if len(candidates.rows) == 0:
        return {signal.name: np.empty(0) for signal in signals}
    return {signal.name: signal.weight * signal.score(query, candidates) for signal in signals}


def standardised(values: Floats) -> Floats:
    """The z-scores of ``values``; zeros where they are all the same."""
    scaled: Floats = (values - values.mean()) / spread(values)
    return scaled


def spread(values: Floats) -> float:
    """The standard deviation, or 1 where there is none; at least a tenth of the largest value, so that what hardly
    differs is not driven apart.
    """
    deviation = max(float(values.std()), _LEAST_SPREAD * float(np.abs(values).max()))
    return deviation if deviation > 0 else 1.0
