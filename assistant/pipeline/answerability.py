"""Whether the sentences that were found answer the question, as the learned reader tells it.

What retrieval found tells questions on things that the archive does not know from others; this tells a question that
asks of what it knows a detail which nobody reported: a logistic function of four signals. `make train-answerability`
fits it and prints what it gives.

Invariants: 0 <= confidence <= 1; it depends on the query, the evidence, the reader and what was retrieved alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from assistant.citing.evidence import AttributedSentence, Evidence
from assistant.question.query import Query
from assistant.ranking.answer_type import fit
from assistant.ranking.lexical import promising
from assistant.ranking.reader import Reader
from assistant.ranking.sentences import reader_scores
from ingest.language.words import content_stems, content_words, stem

#: Words -> how much each tells the articles of the archive apart (``Store.rarity``).
Rarity = Callable[[Sequence[str]], Sequence[float]]

#: What each signal counts, see :class:`Signals`.
WEIGHTS = {"said": 0.45, "fitting": 2.5, "named": 1.2, "repeated": -2.8}
BIAS = -0.3
#: The logit of the confidence by what was retrieved: it counts this much, and beyond ``_WELL_KNOWN`` no more. Where it
#: lies below ``_HARDLY_KNOWN`` the archive hardly knows the subject, and it decides nearly alone: MultiHop-RAG's
#: questions that nothing answers lie there. Chosen so that the AUROC on MultiHop-RAG stays what it was without reader.
_KNOWN, _WELL_KNOWN = 0.4, 0.5
_UNKNOWN, _HARDLY_KNOWN = 2.0, -0.2
#: What a probability is held to before its logarithm is taken.
_LEAST = 1e-6


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
        repeated: the greatest share of the question's content words, weighted by their rarity, that one sentence holds.
            Counts against: a sentence that repeats the question and is not read as an answer says that the archive
            tells of it, and not this.
    """

    said: float
    fitting: float
    named: float
    repeated: float


def signals(query: Query, evidence: Evidence, reader: Reader, rarity: Rarity) -> Signals:
    """Measure the promising sentences of the evidence, which has some.

    Args:
        rarity: words -> how much each tells articles apart.
    """
    sentences = [evidence.sentences[i] for i in promising(query, evidence)]
    scores = reader_scores(query, sentences, reader)
    said = float(np.logaddexp.reduce(scores))
    chances = np.exp(scores - np.logaddexp(said, 0.0))
    fits = np.array([fit(query, sentence.text) for sentence in sentences])
    stems = [frozenset(content_stems(sentence.text)) for sentence in sentences]
    return Signals(
        said=said,
        fitting=float(chances @ fits),
        named=_named(query, _around(sentences, stems, int(np.argmax(scores)))),
        repeated=_repeated(query.text, stems, rarity),
    )


def read_confidence(retrieved: float, found: Signals) -> float:
    """How likely it is that the evidence answers, 0 to 1.

    Args:
        retrieved: the confidence by what was retrieved.
    """
    measured = asdict(found)
    score = BIAS + sum(weight * measured[name] for name, weight in WEIGHTS.items())
    return 1 / (1 + math.exp(-score - retrieved_score(retrieved)))


def retrieved_score(confidence: float) -> float:
    """What the confidence by what was retrieved adds to the score."""
    held = min(max(confidence, _LEAST), 1 - _LEAST)
    known = math.log(held / (1 - held))
    return _KNOWN * min(known, _WELL_KNOWN) + _UNKNOWN * min(known - _HARDLY_KNOWN, 0.0)


def _around(sentences: Sequence[AttributedSentence], stems: Sequence[frozenset[str]], place: int) -> frozenset[str]:
    """The words of a sentence, of its title and of the ones beside it among those of its article."""
    passage = sentences[place].passage
    beside = [
        stems[other]
        for other in range(max(place - 1, 0), min(place + 2, len(sentences)))
        if sentences[other].passage.article_id == passage.article_id
    ]
    return frozenset(content_stems(passage.title)).union(*beside)


def _named(query: Query, words: frozenset[str]) -> float:
    wanted = {stem(word) for name in query.names for word in name.words}
    return len(wanted & words) / len(wanted) if wanted else 1.0


def _repeated(question: str, stems: Sequence[frozenset[str]], rarity: Rarity) -> float:
    asked = list(dict.fromkeys(content_words(question)))
    weights: dict[str, float] = {}
    for word, weight in zip(asked, rarity(asked), strict=True):
        weights[stem(word)] = max(weight, weights.get(stem(word), 0.0))
    total = sum(weights.values())
    held = max(sum(weight for word, weight in weights.items() if word in own) for own in stems)
    return held / total if total else 1.0
