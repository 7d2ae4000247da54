"""F1 of the answer's words against those of a gold answer, the best over the gold answers.

Source: SQuAD 1.1 (arXiv 1606.05250): words as a multiset after normalisation, the harmonic mean of precision and
recall.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.evaluation.normalise import tokens


def token_f1(answer: str, gold: Sequence[str]) -> float | None:
    """0 to 1; None where there is no gold answer."""
    return max((_f1(tokens(answer), tokens(wanted)) for wanted in gold), default=None)


def _f1(given: Sequence[str], wanted: Sequence[str]) -> float:
    common = sum((Counter(given) & Counter(wanted)).values())
    if common == 0:
        return 0.0
    precision, recall = common / len(given), common / len(wanted)
    return 2 * precision * recall / (precision + recall)
