"""How sure the program is, before an answer is written, that the archive answers the question.

A logistic function of what retrieval found. It tells questions about things that the archive does not know from
those that it does; a question on a known subject that asks for what no article says is for the check of the answer.

Invariant: 0 <= confidence <= 1, and 0 where nothing was found.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.context import Context
from assistant.language.words import content_stems
from vectorstore.passage import Passage

#: Below this the program says that the archive does not say. At .25, 1 answerable question in 50 is turned away
#: and 4 in 5 of those that MultiHop-RAG made unanswerable are.
THRESHOLD = 0.25

#: Fitted with equal weight for answerable and unanswerable questions of three sets: MultiHop-RAG, the bundled
#: samples, and RealTime QA with the answering articles taken away.
_COSINE, _COVERAGE, _BIAS = 3.54, 1.12, -1.86

Embed = Callable[[Sequence[str]], npt.NDArray[np.float32]]

#: Passages that may make up the coverage.
_BEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What the confidence rests on.

    Attributes:
        cosine: the best similarity of a passage or a sentence to the question.
        coverage: logarithm of the share of the question's content words that the best article's passages hold; long
            questions, of whose words fewer are found, are held to less.
    """

    cosine: float
    coverage: float


def confidence(question: str, passages: Sequence[Passage], context: Context, embed: Embed) -> float:
    """How likely it is that ``passages`` (best first), of which ``context`` holds the sentences, answer ``question``.

    Args:
        embed: texts -> unit vectors ``[n, dimension]``.
    """
    if not passages or not context.sentences:
        return 0.0
    found = features(question, passages, context, embed)
    score = _COSINE * found.cosine + _COVERAGE * found.coverage + _BIAS
    return 1 / (1 + math.exp(-score))


def features(question: str, passages: Sequence[Passage], context: Context, embed: Embed) -> Features:
    """Measure what was retrieved; neither ``passages`` nor ``context`` is empty."""
    vectors = embed([question, *(sentence.text for sentence in context.sentences)])
    best_sentence = float((vectors[1:] @ vectors[0]).max())
    asked = set(content_stems(question))
    present: set[str] = set()
    for passage in passages[:_BEST]:
        if passage.article_id == passages[0].article_id:
            present.update(content_stems(f"{passage.title} {passage.text}"))
    share = len(asked & present) / len(asked) if asked else 1.0
    return Features(
        cosine=max(best_sentence, *(passage.scores.cosine for passage in passages)),
        coverage=math.log(share + 0.03) + 0.75 * (math.log(max(len(question.split()), 1)) - 2.3),
    )
