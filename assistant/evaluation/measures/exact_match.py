"""Exact match: whether the answer is one of the gold answers, both normalised.

Source: SQuAD 1.1 (arXiv 1606.05250). Answers that are whole sentences rarely match; see ``answer_string``.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evaluation.normalise import normalise_answer


def exact_match(answer: str, gold: Sequence[str]) -> float | None:
    """1.0 or 0.0; None where there is no gold answer."""
    if not gold:
        return None
    return float(any(normalise_answer(answer) == normalise_answer(wanted) for wanted in gold))
