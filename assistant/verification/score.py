"""How well a statement rests on its cited sentences: four measures of the two, and what each of them weighs.

The weights are of a logistic regression on QAGS, fitted and cross-validated by
``python -m tests.benchmarks.support --fit``. What was tried beside them and gained nothing there: n-gram precision and
longest common subsequences, cosines of clauses, late interaction over the encoder's token vectors, words out of order,
hedges that are lost, one figure or name too many in a sentence, length.

Invariant: with all else the same, nearer is never worse, and more that is missing never better.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.verification.findings import Cited, missing_words
from ingest.language.words import content_stems, words

Vectors = npt.NDArray[np.float32]

#: Cited sentences up to which the sum of their vectors counts too: a statement may join what two sentences say.
JOIN_LIMIT = 3
#: Keeps the nearness of equal vectors finite.
_FLOOR = 1.05
_MOST_WORDS, _MOST_PIECES = 4, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What the score is made of.

    Attributes:
        nearness: -ln(1.05 - the cosine of the nearest cited sentence, or of all together); differences among close
            paraphrases tell more than those among distant ones.
        unknown_words: content words that stand neither in the sentences nor around them, 4 at most.
        missing_pieces: quoted words, numbers and names that the sentences lack, 2 at most.
        jumps: how often its words, read in order, must go on in another cited sentence, a content word: true clauses
            spliced to something untrue.
    """

    nearness: float
    unknown_words: float
    missing_pieces: float
    jumps: float


WEIGHTS = Measures(nearness=1.09, unknown_words=-0.27, missing_pieces=-1.82, jumps=-2.67)
INTERCEPT = -0.73


def score(measures: Measures) -> float:
    """Between 0 and 1; higher is better borne out. It orders statements and is no probability."""
    return 1 / (1 + math.exp(-INTERCEPT - sum(w * m for w, m in zip(values(WEIGHTS), values(measures), strict=True))))


def values(measures: Measures) -> tuple[float, float, float, float]:
    """The measures in the order of their fields."""
    return (measures.nearness, measures.unknown_words, measures.missing_pieces, measures.jumps)


def measure(statement: str, cited: Cited, missing_pieces: int, vectors: Vectors) -> Measures:
    """Measure a statement.

    Args:
        missing_pieces: how many quoted phrases, numbers and names the cited sentences lack.
        vectors: unit vectors of the statement and then of each cited sentence, ``[1 + sentences, dimension]``.
    """
    return Measures(
        nearness=-math.log(_FLOOR - min(_cosine(vectors[0], vectors[1:]), 1.0)),
        unknown_words=float(min(len(missing_words(statement, cited)), _MOST_WORDS)),
        missing_pieces=float(min(missing_pieces, _MOST_PIECES)),
        jumps=_jumps(content_stems(statement), [set(content_stems(text)) for text in cited.sentences]),
    )


def word_for_word(statement: str, cited: Cited) -> bool:
    """Whether a statement stands in a cited sentence as it is, marks and case apart."""
    stated = f" {' '.join(words(statement))} "
    return any(stated in f" {' '.join(words(text))} " for text in (*cited.sentences, cited.joined))


def _cosine(own: npt.NDArray[np.float32], sentences: Vectors) -> float:
    cosine = float(np.max(sentences @ own))
    if 1 < len(sentences) <= JOIN_LIMIT:
        together = sentences.sum(axis=0)
        cosine = max(cosine, float(together @ own / max(np.linalg.norm(together), 1e-9)))
    return cosine


def _jumps(stated: Sequence[str], sentences: Sequence[set[str]]) -> float:
    """The fewest changes of sentence that reading the words in order takes, a word. Unknown words are passed over."""
    fewest = [0.0] * len(sentences)  # where the reading stands in that sentence
    for word in stated:
        if any(word in has for has in sentences):
            change = min(fewest) + 1
            stays = zip(fewest, sentences, strict=True)
            fewest = [min(stay, change) if word in has else math.inf for stay, has in stays]
    return min(fewest) / max(len(stated), 1)
