"""The measures by name: what each is called and where it is shown, and how those of one question look at it.

Invariants: a measure gives a number, or None where it is not defined for the question; a question that failed or was
not answered scores 0 in what it should have had, and does not vanish. The summary's value is the mean over the
questions for which the measure is defined.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from assistant.evaluation.case import Case, Outcome
from assistant.evaluation.measures import answers, confidence, retrieval
from assistant.types import Support

#: Ranks at which retrieval is measured; plots show all of them, tables those of ``SHOWN_CUTS``.
CUTS = tuple(range(1, 11))
SHOWN_CUTS = (1, 5, 10)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a measure is called.

    Attributes:
        group: under which heading it stands.
        meaning: what it is, in a few words.
        shown: whether the tables have it.
        guarded: whether ``--fail-if-worse`` looks at it.
        judged: whether a chat model judges; the group's name ends with that model's.
    """

    name: str
    group: str
    meaning: str
    guarded: bool = False
    shown: bool = True
    judged: bool = False
    lower_is_better: bool = False


_ANSWERS = "Answers"
_OWN, _JUDGED = "Citations, by the program's own check", "Citations, judged by"
_ARCHIVE, _SET = "Citations, against the archive", "Citations, against the set"
_ABSTENTION = "Abstention"
_ARTICLES, _PASSAGES = "Retrieval, articles", "Retrieval, passages"


def _at_each_cut(name: str, group: str, meaning: str, shown: Sequence[int]) -> list[Measure]:
    return [
        Measure(f"{name}@{k}", group, meaning.format(k=k), shown=k in shown, guarded=(name, k) == ("success", 1))
        for k in CUTS
    ]


#: In the order in which they are shown.
_NAMED = [
    Measure("accuracy", _ANSWERS, "share of all questions that came out right; rightly abstaining counts", True),
    Measure("answer_recall", _ANSWERS, "the answer's text holds a gold answer", True),
    Measure("quote_recall", _ANSWERS, "a cited quote holds a gold answer", True),
    Measure("F1", _ANSWERS, "words shared with a gold answer (SQuAD)"),
    Measure("exact_match", _ANSWERS, "the answer is a gold answer and nothing else (SQuAD)"),
    Measure("citation_recall", _OWN, "share of the statements that their citations support (ALCE)", True),
    Measure("citation_precision", _OWN, "share of the citations that are of use (ALCE)", True),
    Measure(
        "judged_citation_recall",
        _JUDGED,
        "share of the statements that their citations entail (ALCE)",
        True,
        judged=True,
    ),
    Measure("judged_citation_precision", _JUDGED, "share of the citations that are of use (ALCE)", True, judged=True),
    Measure("quote_exactness", _ARCHIVE, "share of the quotes that stand in the archive as they are", True),
    Measure("speaker_accuracy", _SET, "what was said is credited to who said it", True),
    Measure("abstention_precision", _ABSTENTION, "share of the abstentions that were on unanswerable questions", True),
    Measure(
        "abstention_recall", _ABSTENTION, "share of the unanswerable questions on which the program abstained", True
    ),
    Measure("AUROC", _ABSTENTION, "an answerable question has more confidence than an unanswerable one", True),
    Measure("AURC", _ABSTENTION, "mean risk along the risk-coverage curve; lower is better", lower_is_better=True),
    *_at_each_cut("success", _ARTICLES, "an article that answers is among the best {k}", SHOWN_CUTS),
    *_at_each_cut("recall", _ARTICLES, "share of the articles that answer among the best {k}", (5, 10)),
    Measure("MRR", _ARTICLES, "one divided by the rank of the first article that answers"),
    Measure("nDCG@10", _ARTICLES, "gain of the ranking's first 10, discounted by rank", True),
    *_at_each_cut("passage_success", _PASSAGES, "the answer stands in one of the best {k} passages", SHOWN_CUTS),
    Measure("passage_MRR", _PASSAGES, "one divided by the rank of the first passage with the answer"),
]

#: Every measure by its name.
MEASURES: Mapping[str, Measure] = {measure.name: measure for measure in _NAMED}


def _of_statements(measure: Callable[[answers.Statements, answers.Supports], float | None], case: Case) -> float | None:
    """A citation measure with the program's own check as judge, which has judged whole statements already."""
    found = case.answer.statements if case.answer is not None and case.answered else ()
    known = {(s.text, s.citations): s.support is Support.SUPPORTED for s in found}

    def supports(text: str, numbers: Sequence[int]) -> bool:
        key = text, tuple(numbers)
        if key not in known:
            known[key] = case.judge(text, list(map(case.evidence, numbers))).support is Support.SUPPORTED
        return known[key]

    return measure([(s.text, s.citations) for s in found], supports)


#: Of one question. AUROC and AURC are of the whole set alone, and what a chat model judges is in ``judging``.
_SCORES: Mapping[str, Callable[[Case], float | None]] = {
    "accuracy": lambda case: float(case.outcome is Outcome.RIGHT),
    "answer_recall": lambda case: answers.answer_string([case.words], case.item.answers),
    "quote_recall": lambda case: answers.answer_string([c.quote for c in case.citations], case.item.answers),
    "F1": lambda case: answers.token_f1(case.words, case.item.answers),
    "exact_match": lambda case: answers.exact_match(case.words, case.item.answers),
    "citation_recall": partial(_of_statements, answers.citation_recall),
    "citation_precision": partial(_of_statements, answers.citation_precision),
    "quote_exactness": lambda case: answers.quote_exactness(case.citations, case.text),
    "speaker_accuracy": lambda case: answers.speaker_accuracy(case.citations, case.item.answers, case.item.speaker),
    "abstention_precision": lambda case: confidence.abstention_precision(case.abstained, case.item.answerable),
    "abstention_recall": lambda case: confidence.abstention_recall(case.abstained, case.item.answerable),
    "MRR": lambda case: retrieval.reciprocal_rank(case.ranking, case.gold),
    "nDCG@10": lambda case: retrieval.ndcg(case.ranking, case.gold, 10),
    "passage_MRR": lambda case: retrieval.passage_reciprocal_rank(case.passages, case.item.answers),
}


def scores(case: Case) -> dict[str, float | None]:
    """Every measure of one question that needs no judge."""
    found = {name: score(case) for name, score in _SCORES.items()}
    for k in CUTS:
        found[f"success@{k}"] = retrieval.success(case.ranking, case.gold, k)
        found[f"recall@{k}"] = retrieval.recall(case.ranking, case.gold, k)
        found[f"passage_success@{k}"] = retrieval.passage_success(case.passages, case.item.answers, k)
    return {name: rounded(found[name]) for name in MEASURES if name in found}


def rounded(value: float | None) -> float | None:
    """A score as a run's file has it."""
    return None if value is None else round(value, 6)
