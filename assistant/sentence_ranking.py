"""Which sentences of a context answer a question: features of each sentence, and their weighted sum.

Invariant: a score depends on the question and the context alone; equal inputs give equal rankings.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass

import numpy as np
import numpy.typing as npt

from assistant.context import Context, NumberedSentence
from assistant.question_types import QuestionType, answer_type_fit, question_type
from assistant.words import content_stems

Vectors = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]
Embed = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each feature of a sentence counts (`make bench-answers` measures them)."""

    #: Cosine of question and sentence.
    cosine: float = 2.0
    #: Cosine of question and passage, as retrieval had it.
    passage_cosine: float = 1.0
    #: Share of the question's weighted words that stand in the sentence.
    overlap: float = 0.6
    #: The same for the sentence with its neighbours and its article's title.
    near_overlap: float = 0.8
    #: Whether it holds what the question asks for: a person, a place, a number.
    answer_type: float = 2.2
    #: Retrieval's score of the passage, scaled to 0..1 over the context.
    passage: float = 5.0
    #: 1 for the article's first sentence, falling.
    lead: float = 2.0
    #: -1 for a fragment (a heading, a by-line), 0 for a sentence.
    fragment: float = 1.0


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence of the context with its score and its unit vector."""

    sentence: NumberedSentence
    score: float
    vector: Vectors


def rank_sentences(question: str, context: Context, embed: Embed, weights: Weights = Weights()) -> list[RankedSentence]:
    """The sentences of ``context``, the one that answers best first."""
    if not context.sentences:
        return []
    vectors = embed([question, *(sentence.text for sentence in context.sentences)])
    scores = features(question, context, vectors) @ np.array(astuple(weights))
    order = np.argsort(-scores, kind="stable")
    return [RankedSentence(context.sentences[i], float(scores[i]), vectors[i + 1]) for i in order.tolist()]


def features(question: str, context: Context, vectors: Vectors) -> Floats:
    """One row a sentence, one column a field of :class:`Weights`.

    Args:
        vectors: unit vectors of the question and then of each sentence.
    """
    sentences = context.sentences
    kind = question_type(question)
    stems = [set(content_stems(sentence.text)) for sentence in sentences]
    asked = _word_weights(question, stems)
    scores = np.array([sentence.passage.score for sentence in sentences])
    low, high = scores.min(), scores.max()
    columns = [
        (vectors[1:] @ vectors[0]).astype(np.float64),
        np.array([sentence.passage.scores.cosine for sentence in sentences]),
        np.array([_share(asked, own) for own in stems]),
        np.array([_share(asked, near) for near in _surroundings(sentences, stems)]),
        np.array([_fit(kind, sentence, question) for sentence in sentences]),
        (scores - low) / (high - low) if high > low else np.ones(len(sentences)),
        np.array([1 / (1 + sentence.span.start / 500) for sentence in sentences]),
        np.array([-1.0 if is_fragment(sentence.text) else 0.0 for sentence in sentences]),
    ]
    return np.stack(columns, axis=1)


def _fit(kind: QuestionType, sentence: NumberedSentence, question: str) -> float:
    return answer_type_fit(kind, sentence.text, question)


def _word_weights(question: str, stems: Sequence[set[str]]) -> dict[str, float]:
    """The question's words; one that stands in every sentence says little."""
    frequency = Counter(stem for own in stems for stem in own)
    return {stem: math.log(1 + len(stems) / (1 + frequency[stem])) for stem in content_stems(question)}


def _share(asked: dict[str, float], present: set[str]) -> float:
    total = sum(asked.values())
    return sum(weight for stem, weight in asked.items() if stem in present) / total if total else 0.0


def _surroundings(sentences: Sequence[NumberedSentence], stems: Sequence[set[str]]) -> list[set[str]]:
    found = []
    for i, sentence in enumerate(sentences):
        near = set(content_stems(sentence.passage.title))
        for j in (i - 1, i, i + 1):
            if 0 <= j < len(sentences) and sentences[j].passage.article_id == sentence.passage.article_id:
                near |= stems[j]
        found.append(near)
    return found


def is_fragment(text: str) -> bool:
    """Whether a line is a heading, a by-line or the like rather than a sentence."""
    return len(text) < 25 or not text.rstrip("\"'”’»)] ").endswith((".", "!", "?", "…", ":", ";"))
