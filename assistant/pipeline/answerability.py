"""Whether the sentences that were found answer the question, as the learned reader tells it.

What retrieval found tells questions on things that the archive does not know from others; this tells a question that
asks of what it knows a detail which nobody reported: a logistic function of four signals. `make train-answerability`
fits it and prints what it gives.

Invariants: 0 <= confidence <= 1; it depends on the query, the evidence, the reader and what was retrieved alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from assistant.citing.evidence import AttributedSentence, Evidence
from assistant.question.query import Query
from assistant.ranking.answer_type import fit
from assistant.ranking.lexical import promising
from assistant.ranking.reader import Reader
from assistant.ranking.sentences import reader_scores
from ingest.language.words import content_stems, stem

#: What each signal counts, the logit of the confidence by what was retrieved among them, held within bounds: it tells
#: what the archive knows nothing of. Fitted on three sets with equal weight for answerable and unanswerable questions,
#: with 278 questions of newsask; of all 528 the same fit gives .35, 1.35, .41, .74 and -.96. The bias
#: lets one threshold serve with and without a reader: no answerable one of the bundled questions lies below it.
WEIGHTS = {"said": 0.39, "fitting": 1.27, "named": 0.46, "retrieved": 0.74}
BIAS = -0.95
_BOUNDS = (-4.0, 1.0)
#: What a score is held to, so that its exponential is finite.
_MOST = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What the answerability rests on.

    Attributes:
        said: logarithm of the sum of the exponentials of the reader's scores: how much likelier it is that one of the
            sentences answers than that nothing does.
        fitting: the fit of a sentence to the expected answer type, 0 to 1, summed by how likely each answers: whether
            what is read as the answer is a person, a number, a day as asked for.
        named: the share of the words of the question's names that stand in the sentence that is likeliest to answer,
            those beside it or its title; 1 where it names nothing. A detail of one event is no detail of another.
        retrieved: the logit of the confidence by what was retrieved.
    """

    said: float
    fitting: float
    named: float
    retrieved: float


def signals(query: Query, evidence: Evidence, reader: Reader, retrieved: float) -> Signals:
    """Measure the promising sentences of the evidence, which has some.

    Args:
        retrieved: the confidence by what was retrieved.
    """
    sentences = [evidence.sentences[i] for i in promising(query, evidence)]
    scores = reader_scores(query, sentences, reader)
    said = float(np.logaddexp.reduce(scores))
    chances = np.exp(scores - np.logaddexp(said, 0.0))
    fits = np.array([fit(query, sentence.text) for sentence in sentences])
    return Signals(
        said=said,
        fitting=float(chances @ fits),
        named=_named(query, _around(sentences, int(np.argmax(scores)))),
        retrieved=_logit(retrieved),
    )


def answerability(found: Signals) -> float:
    """How likely it is that the evidence answers, 0 to 1."""
    measured = asdict(found)
    score = BIAS + sum(weight * measured[name] for name, weight in WEIGHTS.items())
    return 1 / (1 + math.exp(-min(max(score, -_MOST), _MOST)))


def _logit(probability: float) -> float:
    low, high = _BOUNDS
    if probability <= 0 or probability >= 1:
        return low if probability <= 0 else high
    return min(max(math.log(probability / (1 - probability)), low), high)


def _around(sentences: Sequence[AttributedSentence], place: int) -> frozenset[str]:
    """The words of a sentence, of its title and of the ones beside it among those of its article."""
    passage = sentences[place].passage
    beside = sentences[max(place - 1, 0) : place + 2]
    texts = [passage.title, *(one.text for one in beside if one.passage.article_id == passage.article_id)]
    return frozenset(content_stems(" ".join(texts)))


def _named(query: Query, words: frozenset[str]) -> float:
    wanted = {stem(word) for name in query.names for word in name.words}
    return len(wanted & words) / len(wanted) if wanted else 1.0
