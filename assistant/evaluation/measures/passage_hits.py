"""Retrieval at the passage level: a passage is a hit where one of the gold answers stands in it.

Source: "has answer" of DrQA and DPR (Karpukhin et al., 2020, arXiv 2004.04906), here with SQuAD's normalisation. It
needs no judgements of passages and is lenient: a short answer also stands in passages that do not answer. How many hits
the archive holds is not known, so there is no recall.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evaluation.normalise import holds


def first_hit(passages: Sequence[str], answers: Sequence[str]) -> int | None:
    """The rank, from 1, of the first passage (best first) in which one of ``answers`` stands; None where none does."""
    return next((rank for rank, text in enumerate(passages, 1) if holds(text, answers)), None)


def passage_success(passages: Sequence[str], answers: Sequence[str], k: int) -> float | None:
    """Whether there is a hit among the k best; None where there are no ``answers``."""
    return float(first_hit(passages[:k], answers) is not None) if answers else None


def passage_reciprocal_rank(passages: Sequence[str], answers: Sequence[str]) -> float | None:
    """One divided by the rank of the first hit, 0 without one; None where there are no ``answers``."""
    if not answers:
        return None
    rank = first_hit(passages, answers)
    return 1 / rank if rank else 0.0
