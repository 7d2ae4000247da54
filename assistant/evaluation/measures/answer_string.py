"""Answer-string recall: whether one of the gold answers stands in the answer, or in a cited quote.

Source: STR-EM of ALCE (Gao et al., 2023, arXiv 2305.14627), with one question a question: whole words in a row after
SQuAD's normalisation. In the quotes it says whether the evidence that a reader is shown holds the answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evaluation.normalise import holds


def answer_string(texts: Sequence[str], gold: Sequence[str]) -> float | None:
    """1.0 where one of ``texts`` holds one of ``gold``, else 0.0; None where there is no gold answer."""
    if not gold:
        return None
    return float(any(holds(text, gold) for text in texts))
