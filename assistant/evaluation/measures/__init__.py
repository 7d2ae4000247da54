"""The measures of one question, by name; each is defined, with its source, in the module that it comes from.

Invariants: a measure gives a number, or None where it is not defined for the question; a question that failed or was
not answered scores 0 in what it should have had, and does not vanish. The summary's value is the mean over the
questions for which the measure is defined.

Retrieval's measures are a few lines each, held by the tests to what ir-measures gives for the same rankings; calling it
here would make SciPy a need of every installation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.evaluation.case import Case, Outcome
from assistant.evaluation.measures.abstention import abstention_precision, abstention_recall
from assistant.evaluation.measures.answer_string import answer_string
from assistant.evaluation.measures.citations import Supports, citation_precision, citation_recall
from assistant.evaluation.measures.exact_match import exact_match
from assistant.evaluation.measures.ndcg import ndcg
from assistant.evaluation.measures.passage_hits import passage_reciprocal_rank, passage_success
from assistant.evaluation.measures.quote_exactness import quote_exactness
from assistant.evaluation.measures.recall import recall
from assistant.evaluation.measures.reciprocal_rank import reciprocal_rank
from assistant.evaluation.measures.speaker_accuracy import speaker_accuracy
from assistant.evaluation.measures.success import success
from assistant.evaluation.measures.token_f1 import token_f1
from assistant.types import Support

#: Ranks at which retrieval is measured; plots show all of them, tables those of ``SHOWN_CUTS``.
CUTS = tuple(range(1, 11))
SHOWN_CUTS = (1, 5, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A named number.

    Attributes:
        group: under which heading it stands.
        meaning: what it is, in a few words.
        score: of one question; None for what is defined on the whole set alone (AUROC, AURC), and for what a chat model
            judges (see ``judging``).
        shown: whether the tables have it.
        guarded: whether ``--fail-if-worse`` looks at it.
        judged: whether a chat model judges; the group's name ends with that model's.
    """

    name: str
    group: str
    meaning: str
    score: Callable[[Case], float | None] | None
    lower_is_better: bool = False
    shown: bool = True
    guarded: bool = False
    judged: bool = False


def _supports(case: Case) -> Supports:
    """The judge, asked once for each statement and group of citations; the chain has asked for whole statements."""
    statements = case.answer.statements if case.answer else ()
    known = {(s.text, s.citations): s.support is Support.SUPPORTED for s in statements}

    def supports(text: str, numbers: tuple[int, ...] | list[int]) -> bool:
        key = (text, tuple(numbers))
        if key not in known:
            verdict = case.judge(text, [case.evidence(number) for number in numbers])
            known[key] = verdict.support is Support.SUPPORTED
        return known[key]

    return supports  # type: ignore[return-value]


def _statements(case: Case) -> list[tuple[str, tuple[int, ...]]]:
    return [(s.text, s.citations) for s in case.answer.statements] if case.answer is not None and case.answered else []


def _abstained(case: Case) -> bool:
    return case.answer is not None and case.answer.abstained


def _retrieval() -> list[Measure]:
    found: list[Measure] = []
    for k in CUTS:
        shown = k in SHOWN_CUTS
        found.append(
            Measure(
                name=f"success@{k}",
                group="Retrieval, articles",
                meaning=f"an article that answers is among the best {k}",
                score=lambda case, k=k: success(case.ranking, case.gold, k),  # type: ignore[misc]
                shown=shown,
                guarded=k == 1,
            )
        )
    for k in CUTS:
        found.append(
            Measure(
                name=f"recall@{k}",
                group="Retrieval, articles",
                meaning=f"share of the articles that answer among the best {k}",
                score=lambda case, k=k: recall(case.ranking, case.gold, k),  # type: ignore[misc]
                shown=k in (5, 10),
            )
        )
    found += [
        Measure(
            name="MRR",
            group="Retrieval, articles",
            meaning="one divided by the rank of the first article that answers",
            score=lambda case: reciprocal_rank(case.ranking, case.gold),
        ),
        Measure(
            name="nDCG@10",
            group="Retrieval, articles",
            meaning="gain of the ranking's first 10, discounted by rank",
            score=lambda case: ndcg(case.ranking, case.gold, 10),
            guarded=True,
        ),
    ]
    for k in CUTS:
        found.append(
            Measure(
                name=f"passage_success@{k}",
                group="Retrieval, passages",
                meaning=f"the answer stands in one of the best {k} passages",
                score=lambda case, k=k: passage_success(case.passages, case.item.answers, k),  # type: ignore[misc]
                shown=k in SHOWN_CUTS,
            )
        )
    found.append(
        Measure(
            name="passage_MRR",
            group="Retrieval, passages",
            meaning="one divided by the rank of the first passage with the answer",
            score=lambda case: passage_reciprocal_rank(case.passages, case.item.answers),
        )
    )
    return found


_ANSWERS = [
    Measure(
        name="accuracy",
        group="Answers",
        meaning="share of all questions that came out right; rightly abstaining counts",
        score=lambda case: float(case.outcome is Outcome.RIGHT),
        guarded=True,
    ),
    Measure(
        name="answer_recall",
        group="Answers",
        meaning="the answer's text holds a gold answer",
        score=lambda case: answer_string([case.words], case.item.answers),
        guarded=True,
    ),
    Measure(
        name="quote_recall",
        group="Answers",
        meaning="a cited quote holds a gold answer",
        score=lambda case: answer_string([c.quote for c in case.citations], case.item.answers),
        guarded=True,
    ),
    Measure(
        name="F1",
        group="Answers",
        meaning="words shared with a gold answer (SQuAD)",
        score=lambda case: token_f1(case.words, case.item.answers),
    ),
    Measure(
        name="exact_match",
        group="Answers",
        meaning="the answer is a gold answer and nothing else (SQuAD)",
        score=lambda case: exact_match(case.words, case.item.answers),
    ),
]

_CITATIONS = [
    Measure(
        name="citation_recall",
        group="Citations, by the program's own check",
        meaning="share of the statements that their citations support (ALCE)",
        score=lambda case: citation_recall(_statements(case), _supports(case)),
        guarded=True,
    ),
    Measure(
        name="citation_precision",
        group="Citations, by the program's own check",
        meaning="share of the citations that are of use (ALCE)",
        score=lambda case: citation_precision(_statements(case), _supports(case)),
        guarded=True,
    ),
    Measure(
        name="judged_citation_recall",
        group="Citations, judged by",
        meaning="share of the statements that their citations entail (ALCE)",
        score=None,
        guarded=True,
        judged=True,
    ),
    Measure(
        name="judged_citation_precision",
        group="Citations, judged by",
        meaning="share of the citations that are of use (ALCE)",
        score=None,
        guarded=True,
        judged=True,
    ),
    Measure(
        name="quote_exactness",
        group="Citations, against the archive",
        meaning="share of the quotes that stand in the archive as they are",
        score=lambda case: quote_exactness(case.citations, case.text),
        guarded=True,
    ),
    Measure(
        name="speaker_accuracy",
        group="Citations, against the set",
        meaning="what was said is credited to who said it",
        score=lambda case: speaker_accuracy(case.citations, case.item.answers, case.item.speaker),
        guarded=True,
    ),
]

_ABSTENTION = [
    Measure(
        name="abstention_precision",
        group="Abstention",
        meaning="share of the abstentions that were on unanswerable questions",
        score=lambda case: abstention_precision(abstained=_abstained(case), answerable=case.item.answerable),
        guarded=True,
    ),
    Measure(
        name="abstention_recall",
        group="Abstention",
        meaning="share of the unanswerable questions on which the program abstained",
        score=lambda case: abstention_recall(abstained=_abstained(case), answerable=case.item.answerable),
        guarded=True,
    ),
    Measure(
        name="AUROC",
        group="Abstention",
        meaning="an answerable question has more confidence than an unanswerable one",
        score=None,
        guarded=True,
    ),
    Measure(
        name="AURC",
        group="Abstention",
        meaning="mean risk along the risk-coverage curve; lower is better",
        score=None,
        lower_is_better=True,
    ),
]

#: Every measure, in the order in which they are shown.
MEASURES: Mapping[str, Measure] = {m.name: m for m in (*_ANSWERS, *_CITATIONS, *_ABSTENTION, *_retrieval())}


def scores(case: Case) -> dict[str, float | None]:
    """Every measure of one question that needs no judge."""
    return {m.name: rounded(m.score(case)) for m in MEASURES.values() if m.score is not None}


def rounded(value: float | None) -> float | None:
    """A score as a run's file has it."""
    return None if value is None else round(value, 6)
