"""How far statements are about what is asked: the cosine of their words to it, and the terms that they share with it.

Both views are z-scores over the candidates, added. Where there are more candidates than are worth embedding for one
question, their terms and the nearest passages of the vector index say which are.
"""

from __future__ import annotations

import math
from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from sqlalchemy import select

from ingest.article import Span
from vectorstore.archive.database import Archive
from vectorstore.archive.schema import chunks
from vectorstore.encoders.base import Encoder
from vectorstore.indexes.analysis import analyse, query_terms
from vectorstore.indexes.base import VectorIndex

#: Candidates whose terms are looked at and, of these, those that are embedded for one question; and vectors that are
#: kept for the next.
_ANALYSED = 300
_EMBEDDED = 32
_KEPT = 4000
#: Passages of the vector index that are looked at.
_PASSAGES = 400
#: Characters of a statement that are embedded: its first ones.
_LONGEST = 400

Floats = npt.NDArray[np.float64]
Vector = npt.NDArray[np.float32]
#: Vector of a question -> the nearest passages: article row, span, cosine.
Nearest = Callable[[Vector], list[tuple[int, Span, float]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A statement to rank: its words with speaker and cue, and where they stand."""

    article_row: int
    span: Span
    words: str


@dataclass(slots=True)
class StatementRanker:
    """Ranks statements; keeps the vectors of those that it has embedded."""

    encoder: Encoder
    nearest: Nearest
    _vectors: OrderedDict[str, Vector] = field(default_factory=OrderedDict)

    def rank(self, about: str, candidates: Sequence[Candidate], foremost: Collection[int] = ()) -> list[float]:
        """Relevance of each candidate to ``about``; NaN for those that were not worth embedding.

        Args:
            foremost: which of them are worth it, whatever their words.
        """
        vector = self._encode([about])[0]
        chosen = np.arange(len(candidates))
        if len(candidates) > _EMBEDDED:
            near = self._passage_cosines(vector, candidates)
            if len(candidates) > _ANALYSED:
                chosen = _best(_z(near) + _z(_roughly(about, candidates)), _ANALYSED)
            terms = _shared_terms(about, [candidates[at] for at in chosen.tolist()])
            best = chosen[_best(_z(terms) + _z(near[chosen]), _EMBEDDED)]
            chosen = np.union1d(best, np.array(sorted(foremost), dtype=np.int64))
        final = [candidates[at] for at in chosen.tolist()]
        matrix = np.stack(self._encode([one.words[:_LONGEST] for one in final]))
        scores = np.full(len(candidates), np.nan)
        scores[chosen] = _z((matrix @ vector).astype(np.float64)) + _z(_shared_terms(about, final))
        return [float(score) for score in scores]

    def _encode(self, texts: Sequence[str]) -> list[Vector]:
        missing = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        made = dict(zip(missing, self.encoder.encode(missing), strict=True)) if missing else {}
        found = [made[text] if text in made else self._vectors[text] for text in texts]
        self._vectors.update(made)
        while len(self._vectors) > _KEPT:
            self._vectors.popitem(last=False)
        return found

    def _passage_cosines(self, vector: Vector, candidates: Sequence[Candidate]) -> Floats:
        near: dict[int, list[tuple[Span, float]]] = {}
        for row, span, cosine in self.nearest(vector):
            near.setdefault(row, []).append((span, cosine))
        bound = min((cosine for held in near.values() for _, cosine in held), default=0.0)
        return np.array(
            [
                max(
                    (c for span, c in near.get(one.article_row, ()) if span.start <= one.span.start < span.end),
                    default=bound,
                )
                for one in candidates
            ]
        )


def nearest_passages(archive: Archive, dense: VectorIndex, vector: Vector) -> list[tuple[int, Span, float]]:
    """The passages of the vector index that are nearest to a question: article row, span, cosine."""
    rows, cosines = dense.query(vector, _PASSAGES)
    near = dict(zip(rows.tolist(), cosines.tolist(), strict=True))
    query = select(chunks.c.row, chunks.c.article_row, chunks.c.start, chunks.c.end).where(chunks.c.row.in_(near))
    with archive.reading_errors(), archive.engine.connect() as connection:
        return [(article, Span(start, end), near[row]) for row, article, start, end in connection.execute(query)]


def _roughly(about: str, candidates: Sequence[Candidate]) -> Floats:
    """How many of the question's terms stand in each candidate as runs of letters: quick, for a first choice."""
    wanted = query_terms(about)
    texts = [one.words.lower() for one in candidates]
    return np.array([float(sum(term in text for term in wanted)) for text in texts])


def _best(scores: Floats, count: int) -> npt.NDArray[np.int64]:
    return np.sort(np.argsort(-scores, kind="stable")[:count])


def _shared_terms(about: str, candidates: Sequence[Candidate]) -> Floats:
    """The share of the question's terms in each candidate, each weighted by its rarity among the candidates."""
    wanted = set(query_terms(about))
    held = [wanted.intersection(analyse(one.words)) for one in candidates]
    counts = Counter(term for terms in held for term in terms)
    weights = {term: math.log(1 + len(candidates) / (1 + counts[term])) for term in wanted}
    total = sum(weights.values()) or 1.0
    return np.array([sum(weights[term] for term in terms) / total for terms in held])


def _z(values: Floats) -> Floats:
    spread = values.std()
    scaled: Floats = (values - values.mean()) / (spread if spread > 0 else 1.0)
    return scaled
