"""How sure the program is, before an answer is written, that the archive answers the question.

A logistic function of what retrieval found. It tells questions about things that the archive does not know from
those that it does; a question on a known subject that asks for what no article says is for the check of the answer.

Invariant: 0 <= confidence <= 1, and 0 where nothing was found.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt

from assistant.citing.evidence import Evidence
from assistant.question.query import Query
from assistant.ranking.lexical import promising
from ingest.language.words import content_stems, content_words, stem
from vectorstore.archive.passage import Passage

#: Below this the program says that the archive does not say. Chosen where a wrong answer costs as much as a needless
#: abstention: of the thresholds of `make bench-answers` it leaves the fewest errors on MultiHop-RAG, where nine of ten
#: questions can be answered (35, against 49 at 0.2 and 48 at 0.3), and no more than those on the bundled samples.
THRESHOLD = 0.25
#: Below this what is found is shown as the nearest passages, not as the answer: of newsask's questions between the two,
#: which ask for nobody's words, half can be answered, and a third is answered rightly.
DOUBTFUL = 0.4

#: Fitted with equal weight for answerable and unanswerable questions of three sets (MultiHop-RAG, the bundled samples,
#: and RealTime QA with the linked articles of half of the questions removed), then drawn towards each other and
#: rounded, so that no single feature decides. AUROC in sample: .99, .80, and .60 to .77 (whether or not other articles
#: still hold the answer).
_WEIGHTS = {"cosine": 3.5, "coverage": 1.0, "median": 4.0, "lead": 0.5}
_BIAS = -4.1

Embed = Callable[[Sequence[str]], npt.NDArray[np.float32]]
#: Words -> how much each tells the articles of the archive apart (``Store.rarity``).
Rarity = Callable[[Sequence[str]], Sequence[float]]

#: Promising sentences that are embedded, at most.
_EMBEDDED = 32
#: Passages that may make up the coverage.
_BEST = 5
#: A lower median is that of any article whose other sentences are about something else.
_LEAST_MEDIAN = 0.25
#: The passage that the best is compared with, counted from 1.
_LAST = 10
#: The lead where there are fewer passages than that, as in an archive of one article: that of the middle question.
_USUAL_LEAD = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What the confidence rests on.

    Attributes:
        cosine: the best similarity of a passage or a sentence to the question.
        coverage: logarithm of the share of the question's content words that the best article's passages hold, each
            word weighted by its rarity; long questions, of whose words fewer are found, are held to less.
        median: similarity of the middle one of the promising sentences: whether there is an article on the subject at
            all, or only a sentence that sounds like the question.
        lead: logarithm of one more than how far the best passage's score lies above that of the tenth: whether one
            article stands out, or many are equally far from the question.
    """

    cosine: float
    coverage: float
    median: float
    lead: float


def confidence(query: Query, passages: Sequence[Passage], evidence: Evidence, embed: Embed, rarity: Rarity) -> float:
    """How likely it is that ``passages`` (best first), of which the evidence holds the sentences, answer the question.

    Args:
        embed: texts -> unit vectors ``[n, dimension]``.
        rarity: words -> how much each tells articles apart.
    """
    if not passages or not evidence.sentences:
        return 0.0
    found = asdict(features(query, passages, evidence, embed, rarity))
    score = _BIAS + sum(weight * found[name] for name, weight in _WEIGHTS.items())
    return 1 / (1 + math.exp(-score))


def features(query: Query, passages: Sequence[Passage], evidence: Evidence, embed: Embed, rarity: Rarity) -> Features:
    """Measure what was retrieved; neither ``passages`` nor the evidence is empty."""
    chosen = promising(query, evidence, _EMBEDDED)
    vectors = embed([query.text, *(evidence.sentences[i].text for i in chosen)])
    cosines = vectors[1:] @ vectors[0]
    return Features(
        cosine=max(float(cosines.max()), *(passage.scores.cosine for passage in passages)),
        coverage=_coverage(query.text, passages, rarity),
        median=max(float(np.median(cosines)), _LEAST_MEDIAN),
        lead=_lead(passages),
    )


def _lead(passages: Sequence[Passage]) -> float:
    if len(passages) < _LAST:
        return _USUAL_LEAD
    return math.log1p(max(passages[0].score - passages[_LAST - 1].score, 0.0))


def _coverage(question: str, passages: Sequence[Passage], rarity: Rarity) -> float:
    asked = list(dict.fromkeys(content_words(question)))
    weights = rarity(asked)
    present: set[str] = set()
    for passage in passages[:_BEST]:
        if passage.article_id == passages[0].article_id:
            present.update(content_stems(f"{passage.title} {passage.text}"))
    held = sum(weight for word, weight in zip(asked, weights, strict=True) if stem(word) in present)
    share = held / sum(weights) if asked else 1.0
    return math.log(share + 0.03) + 0.75 * (math.log(max(len(question.split()), 1)) - 2.3)
