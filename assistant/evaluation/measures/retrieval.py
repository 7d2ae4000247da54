"""Retrieval: are the articles that answer found, and how early?

Each is a few lines, held by the tests to what ir-measures gives for the same rankings; calling it here would make SciPy
a need of every installation. A ranking holds distinct ids, best first. A question of which nothing was retrieved, or
that failed, scores 0; a measure is None where the set names no article (for passages: no answer).
"""

from __future__ import annotations

import math
from collections.abc import Sequence, Set

from assistant.evaluation.measures.answers import holds


def success(ranking: Sequence[str], gold: Set[str], k: int) -> float | None:
    """success@k, 1.0 or 0.0: whether an article that answers is among the k best retrieved.

    "Success" of ir-measures and trec_eval; "hit@k" elsewhere.
    """
    return float(any(name in gold for name in ranking[:k])) if gold else None


def recall(ranking: Sequence[str], gold: Set[str], k: int) -> float | None:
    """recall@k, 0 to 1: the share of the articles that answer which are among the k best retrieved.

    "R" of ir-measures, "recall" of trec_eval.
    """
    return sum(name in gold for name in ranking[:k]) / len(gold) if gold else None


def reciprocal_rank(ranking: Sequence[str], gold: Set[str]) -> float | None:
    """One divided by the rank of the first article that answers, 0 without one; its mean over questions is MRR.

    Source: Voorhees, "The TREC-8 Question Answering Track Report" (1999); "RR" of ir-measures.
    """
    return next((1 / rank for rank, name in enumerate(ranking, 1) if name in gold), 0.0) if gold else None


def ndcg(ranking: Sequence[str], gold: Set[str], k: int) -> float | None:
    """nDCG@k, 0 to 1: the discounted gain of the ranking, divided by that of the best ranking there could be.

    An article that answers gains 1 / log2(rank + 1). Source: Järvelin and Kekäläinen, "Cumulated gain-based evaluation
    of IR techniques" (ACM TOIS 20, 2002), in the form of trec_eval's ``ndcg_cut``; "nDCG" of ir-measures.
    """
    if not gold:
        return None
    gained = sum(1 / math.log2(rank + 1) for rank, name in enumerate(ranking[:k], 1) if name in gold)
    best = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(gold), k) + 1))
    return gained / best


def first_hit(passages: Sequence[str], answers: Sequence[str]) -> int | None:
    """The rank, from 1, of the first passage (best first) in which one of ``answers`` stands; None where none does.

    Source: "has answer" of DrQA and DPR (Karpukhin et al., 2020, arXiv 2004.04906), here with SQuAD's normalisation. It
    needs no judgements of passages and is lenient: a short answer also stands in passages that do not answer. How many
    hits the archive holds is not known, so there is no recall.
    """
    return next((rank for rank, text in enumerate(passages, 1) if holds(text, answers)), None)


def passage_success(passages: Sequence[str], answers: Sequence[str], k: int) -> float | None:
    """1.0 or 0.0: whether there is a hit among the k best passages."""
    return float(first_hit(passages[:k], answers) is not None) if answers else None


def passage_reciprocal_rank(passages: Sequence[str], answers: Sequence[str]) -> float | None:
    """One divided by the rank of the first hit, 0 without one."""
    if not answers:
        return None
    rank = first_hit(passages, answers)
    return 1 / rank if rank else 0.0
