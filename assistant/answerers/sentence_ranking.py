"""Which sentences of a context answer a question: features of each sentence, and their weighted sum.

Invariant: a score depends on the question and the context alone; equal inputs give equal rankings.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np
import numpy.typing as npt

from assistant.answerers.speakers import Heard, heard
from assistant.context import Context, NumberedSentence
from assistant.language.words import content_stems
from assistant.question.types import QuestionType, answer_type_fit, question_type, speech_subject
from ingest.article import Published

Vectors = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]
Embed = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each feature of a sentence counts.

    Fitted on the bundled samples and, with twice the weight, on RealTime QA, then rounded. Share of questions whose
    answer stands in the first sentence / in one of three: samples .55/.80, RealTime QA .41/.63.
    """

    #: Cosine of the question and the sentence taken together with the one before it, which "she" and "it" point to.
    cosine: float = 5.25
    #: Share of the question's weighted words that stand in the sentence.
    overlap: float = 2.0
    #: The same for the sentence with its neighbours and its article's title.
    near_overlap: float = 1.75
    #: Whether it holds what the question asks for: a person, a place, a number.
    answer_type: float = 2.0
    #: Retrieval's score of the passage, scaled to 0..1 over the context.
    passage: float = 3.5
    #: 1 for the article's first sentence, falling.
    lead: float = 0.75
    #: 1 for the latest article of the context, falling with the days before it: the latest account corrects others.
    recency: float = 1.25
    #: 1 where it is in the words of whom the question asks about, -1 where in the words of another side.
    speaker: float = 2.5
    #: -1 for a question, which answers nothing.
    question: float = 5.0
    #: -1 for a fragment (a heading, a by-line), 0 for a sentence.
    fragment: float = 0.25


#: What the sentence before counts in the vector of the two together.
_BEFORE = 0.7
#: Days after which ``recency`` has fallen to 1/e.
_DECAY = 10.0


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence of the context with its score and its unit vector, and whose words it is where that is asked for."""

    sentence: NumberedSentence
    score: float
    vector: Vectors
    heard: Heard


def rank_sentences(question: str, context: Context, embed: Embed, weights: Weights = Weights()) -> list[RankedSentence]:
    """The sentences of ``context``, the one that answers best first."""
    if not context.sentences:
        return []
    vectors = embed([question, *(sentence.text for sentence in context.sentences)])
    spoken = whose_words(question, context)
    columns = features(question, context, vectors, spoken)
    scores = np.stack([columns[name] for name in _NAMES], axis=1) @ np.array(astuple(weights))
    order = np.argsort(-scores, kind="stable")
    return [RankedSentence(context.sentences[i], float(scores[i]), vectors[i + 1], spoken[i]) for i in order.tolist()]


def whose_words(question: str, context: Context) -> list[Heard]:
    """Whether each sentence is in the words of the one whom the question asks about, if it asks for anybody's."""
    subject = speech_subject(question)
    return heard(subject, context.sentences) if subject else [Heard(0.0)] * len(context.sentences)


_NAMES = tuple(field.name for field in fields(Weights))


def features(question: str, context: Context, vectors: Vectors, spoken: Sequence[Heard]) -> dict[str, Floats]:
    """The features of each sentence, by the names of :class:`Weights`.

    Args:
        vectors: unit vectors of the question and then of each sentence.
        spoken: what :func:`whose_words` gives.
    """
    sentences = context.sentences
    kind = question_type(question)
    stems = [set(content_stems(sentence.text)) for sentence in sentences]
    asked = _word_weights(question, stems)
    scores = np.array([sentence.passage.score for sentence in sentences])
    low, high = scores.min(), scores.max()
    return {
        "cosine": _with_the_one_before(sentences, vectors[1:]) @ vectors[0].astype(np.float64),
        "overlap": np.array([_share(asked, own) for own in stems]),
        "near_overlap": np.array([_share(asked, near) for near in _surroundings(sentences, stems)]),
        "answer_type": np.array([_fit(kind, sentence, question) for sentence in sentences]),
        "passage": (scores - low) / (high - low) if high > low else np.ones(len(sentences)),
        "lead": np.array([1 / (1 + sentence.span.start / 500) for sentence in sentences]),
        "recency": _recency(sentences),
        "speaker": np.array([one.fit for one in spoken]),
        "question": np.array([-1.0 if sentence.text.endswith("?") else 0.0 for sentence in sentences]),
        "fragment": np.array([-1.0 if is_fragment(sentence.text) else 0.0 for sentence in sentences]),
    }


def _with_the_one_before(sentences: Sequence[NumberedSentence], vectors: Vectors) -> Floats:
    """Unit vectors of each sentence and the one before it, where that one is at hand."""
    joined = vectors.astype(np.float64)
    for i in range(1, len(sentences)):
        before, this = sentences[i - 1], sentences[i]
        if before.passage.article_id == this.passage.article_id and 0 <= this.span.start - before.span.end < 5:
            joined[i] += _BEFORE * vectors[i - 1]
    unit: Floats = joined / np.linalg.norm(joined, axis=1, keepdims=True)
    return unit


def _recency(sentences: Sequence[NumberedSentence]) -> Floats:
    days = [_ordinal(sentence.passage.published) for sentence in sentences]
    latest = max((day for day in days if day is not None), default=0)
    return np.array([math.exp((day - latest) / _DECAY) if day is not None else 0.0 for day in days])


def _ordinal(published: Published) -> int | None:
    if published is None:
        return None
    return (published.date() if isinstance(published, dt.datetime) else published).toordinal()


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
