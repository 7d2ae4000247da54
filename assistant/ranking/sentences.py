"""Which sentences of the evidence answer a question: features of each sentence, and their weighted sum.

The learned reader's score is one of them, where there is a reader. The sum is taken twice: the first tells which
sentences probably answer; in the second a sentence also gains by saying what those of other articles say beyond the
question.

Invariant: a score depends on the query and the evidence alone; equal inputs give equal rankings.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt

from assistant.citing.evidence import AttributedSentence, Evidence
from assistant.question.query import Query
from assistant.ranking.answer_type import candidates, fit
from assistant.ranking.lexical import follows, promising, word_features
from assistant.ranking.reader import Reader
from assistant.ranking.windows import Line
from ingest.agreement import agree
from ingest.language.words import content_stems, words

Vectors = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]
Embed = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each feature of a sentence counts.

    Fitted to put a sentence that holds the answer first (logarithm of the softmax over a context, ridge), on RealTime
    QA and, at half as much again, the bundled samples; then rounded. `make bench-answers` prints what they give.
    Share of questions whose answer stands in the first sentence / in one of three: RealTime QA .44/.63 in sample,
    .42/.62 cross-validated by question; samples .54/.80 in sample, .52/.78 cross-validated.
    """

    #: What the learned reader says. The others count beside it as they do without it: weights that were fitted anew
    #: with it, and no cosines, put no more answers first on held-out questions and far fewer on long, polite ones.
    reader: float = 0.5
    #: Cosine of the question and the sentence taken together with the one before it, which "she" and "it" point to.
    cosine: float = 1.5
    #: Cosine of the question and the sentence alone.
    own_cosine: float = 1.5
    #: Cosine of the question's last sentence, the one that asks, and the sentence with the one before it.
    focus_cosine: float = 1.75
    #: Share of the question's weighted words that stand in the sentence.
    overlap: float = 0.75
    #: The same for the sentence with its neighbours and its article's title.
    near_overlap: float = 1.75
    #: Share of the weighted words of the question's last sentence that stand in the sentence.
    focus_overlap: float = 0.75
    #: Share of the names in the question that its article has: a question about one shooting is not answered by
    #: another. Not fitted, as the sets have hardly any such case; it costs them nothing.
    named: float = 3.0
    #: Whether it holds what the question asks for: somebody's words, a reason, a person, a number; 0 to 1.
    answer_type: float = 1.5
    #: 1 where it holds a name or a number of exactly the kind that is sought: a country, a state, a share.
    candidate: float = 1.25
    #: 1 where such a name stands in its article's title too.
    titled_candidate: float = 0.5
    #: 1 where a number counts or measures what the question does: "4 hours" for "how many hours".
    counted_unit: float = 1.5
    #: Retrieval's score of the passage, scaled to 0..1 over the context.
    passage: float = 2.0
    #: One divided by the passage's rank.
    passage_rank: float = 0.75
    #: 1 for the article's first sentence, falling.
    lead: float = 0.75
    #: Logarithm of the length, within bounds: a short sentence answers better than a long one.
    length: float = -0.5
    #: 1 for the latest article of the context, falling with the days before it: the latest account corrects others;
    #: where the question names days, for those of them.
    recency: float = 1.5
    #: 1 where it is in the words of whom the question asks about, -1 where in the words of another side.
    speaker: float = 1.25
    #: -1 for a question, which answers nothing.
    question: float = 4.0
    #: -1 for a fragment (a heading, a by-line), 0 for a sentence.
    fragment: float = 0.5
    #: -1 where it begins with "He", "This" or "But", which cannot be read alone.
    dependent: float = 0.25
    #: How far sentences of other articles that probably answer share its words beyond the question's. Only in the
    #: second sum.
    agreement: float = 2.5


_FITTED = Weights()
#: What the sentence before counts in the vector of the two together.
_BEFORE = 0.7
#: Days after which ``recency`` has fallen to 1/e.
_DECAY = 10.0
#: The first sum's differences are divided by this before they become probabilities.
_TEMPERATURE = 2.5
#: Words of a sentence that make up its agreement.
_AGREEING = 3


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence of the evidence with its score and its unit vector."""

    sentence: AttributedSentence
    score: float
    vector: Vectors


def rank_sentences(
    query: Query, evidence: Evidence, embed: Embed, reader: Reader | None = None
) -> list[RankedSentence]:
    """The promising sentences of the evidence, the one that answers best first.

    Args:
        embed: texts -> unit vectors ``[n, dimension]``.
        reader: None where there is none.
    """
    if not evidence.sentences:
        return []
    chosen = promising(query, evidence)
    sentences = [evidence.sentences[i] for i in chosen]
    vectors = embed([query.text, query.focus, *(one.text for one in sentences)])
    columns = {**features(query, evidence, chosen), **similarities(sentences, vectors)}
    if reader is not None:
        columns["reader"] = reader_scores(query, sentences, reader)
    counts = asdict(_FITTED)
    first = sum((counts[name] * column for name, column in columns.items()), np.zeros(len(sentences)))
    scores = first + counts["agreement"] * agreement(query.text, sentences, first)
    order = np.argsort(-scores, kind="stable").tolist()
    return [RankedSentence(sentences[i], float(scores[i]), vectors[i + 2]) for i in order]


def reader_scores(query: Query, sentences: Sequence[AttributedSentence], reader: Reader) -> Floats:
    """What the reader says of each sentence."""
    return reader.scores(query.text, [line(sentence) for sentence in sentences])


def line(sentence: AttributedSentence) -> Line:
    """A sentence as the reader reads it."""
    day = f", {sentence.day:%-d %B %Y}" if sentence.day else ""
    return Line(text=sentence.text, article=sentence.passage.article_id, heading=f"{sentence.passage.title}{day}")


def features(query: Query, evidence: Evidence, chosen: Sequence[int]) -> dict[str, Floats]:
    """The features of the chosen sentences that need no model, by the names of :class:`Weights`; all but ``agreement``.

    Args:
        chosen: places in the evidence.
    """
    sentences = [evidence.sentences[i] for i in chosen]
    return {
        **{name: column[list(chosen)] for name, column in word_features(query, evidence).items()},
        **_candidate_features(query, sentences),
        "answer_type": np.array([fit(query, sentence.text) for sentence in sentences]),
        "recency": _recency(query, sentences),
        "speaker": speaker_fit(evidence)[list(chosen)],
    }


def repeats(one: RankedSentence, other: RankedSentence, cosine: float) -> bool:
    """Whether two sentences say the same: so alike, and the same in their numbers, names and days. "Fares rise by three
    per cent" and "by eight per cent" are as alike as two wordings of one thing.
    """
    return float(np.dot(one.vector, other.vector)) >= cosine and agree(one.sentence.text, other.sentence.text)


def similarities(sentences: Sequence[AttributedSentence], vectors: Vectors) -> dict[str, Floats]:
    """Cosines of the question and each sentence.

    Args:
        vectors: unit vectors of the question, of its focus and then of each sentence.
    """
    joined = _with_the_one_before(sentences, vectors[2:])
    return {
        "cosine": joined @ vectors[0].astype(np.float64),
        "own_cosine": (vectors[2:] @ vectors[0]).astype(np.float64),
        "focus_cosine": joined @ vectors[1].astype(np.float64),
    }


def speaker_fit(evidence: Evidence) -> Floats:
    """1 for each sentence in the words of whom is asked about, -1 for one in those of somebody else, else 0."""
    known = {match.number: 1.0 if match.fit else -1.0 if match.other else 0.0 for match in evidence.matches}
    return np.array([known.get(sentence.number, 0.0) for sentence in evidence.sentences])


def _candidate_features(query: Query, sentences: Sequence[AttributedSentence]) -> dict[str, Floats]:
    found = [candidates(query, sentence.text) for sentence in sentences]
    titles = [f" {' '.join(words(s.passage.title, keep_possessive=False))} " for s in sentences]
    titled = [any(f" {one} " in title for one in own) for own, title in zip(found, titles, strict=True)]
    return {
        "candidate": np.array([float(bool(own)) for own in found]),
        "titled_candidate": np.array([float(one) for one in titled]),
    }


def agreement(question: str, sentences: Sequence[AttributedSentence], scores: Floats) -> Floats:
    """How probable are the sentences of other articles that share a sentence's words beyond the question's.

    For each word the probabilities of those sentences are added; a sentence has the sum of its best three words.

    Args:
        scores: of each sentence; their softmax is taken as the probability that it answers.
    """
    chance = np.exp((scores - scores.max()) / _TEMPERATURE)
    chance /= chance.sum()
    asked = set(content_stems(question))
    fresh = [set(content_stems(sentence.text)) - asked for sentence in sentences]
    votes: defaultdict[str, float] = defaultdict(float)
    own_votes: defaultdict[tuple[str, str], float] = defaultdict(float)
    for sentence, stems, probability in zip(sentences, fresh, chance.tolist(), strict=True):
        for stem in stems:
            votes[stem] += probability
            own_votes[sentence.passage.article_id, stem] += probability
    return np.array(
        [
            sum(sorted((votes[w] - own_votes[one.passage.article_id, w] for w in stems), reverse=True)[:_AGREEING])
            for one, stems in zip(sentences, fresh, strict=True)
        ]
    )


def _with_the_one_before(sentences: Sequence[AttributedSentence], vectors: Vectors) -> Floats:
    """Unit vectors of each sentence and the one before it, where that one is at hand."""
    joined = vectors.astype(np.float64)
    for i in range(1, len(sentences)):
        if follows(sentences[i], sentences[i - 1]):
            joined[i] += _BEFORE * vectors[i - 1]
    unit: Floats = joined / np.linalg.norm(joined, axis=1, keepdims=True)
    return unit


def _recency(query: Query, sentences: Sequence[AttributedSentence]) -> Floats:
    """1 for the latest of the days, or for those that the question names; falling with the days beside them."""
    days = [sentence.day.toordinal() if sentence.day else None for sentence in sentences]
    latest = max((day for day in days if day is not None), default=0)
    named = query.dates if query.dates is not None and query.dates.start and query.dates.end else None
    first = named.start.toordinal() if named is not None and named.start else latest
    last = named.end.toordinal() if named is not None and named.end else latest
    away = [max(first - day, day - last, 0) if day is not None else math.inf for day in days]
    return np.array([math.exp(-distance / _DECAY) for distance in away])
