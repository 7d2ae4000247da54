"""The answer of one question, judged: citation recall and precision with a chat model in place of ALCE's entailment.

Invariants: the judge is asked for what the definitions need and for nothing else, each statement with each group of
its citations once. Where it fails both measures have no value, and where a judgement has no majority the measure that
needs it has none; neither is taken for a "no".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.errors import ModelError
from assistant.evaluation.case import evidence_of
from assistant.evaluation.judged import Judged, Judgement
from assistant.evaluation.judging.judge import CitationJudge
from assistant.evaluation.measures.answers import Statements, Supports, citation_precision, citation_recall
from assistant.evaluation.result import Result
from assistant.evaluation.scores import rounded
from assistant.types import Usage
from assistant.verification.check import EVIDENCE_LIMIT
from ingest.errors import one_line

RECALL, PRECISION = "judged_citation_recall", "judged_citation_precision"

#: Code points of an unreadable reply that a run keeps.
_KEPT = 200


class _Undecided(Exception):
    """A judgement that a measure needs has no majority."""


def judge_result(
    result: Result, judge: CitationJudge, *, text: Callable[[str], str], wait: Callable[[], None] = lambda: None
) -> Result:
    """The result with what ``judge`` says of its answer; a question without an answer is not judged.

    Args:
        text: article id -> the article's text in the store.
        wait: called before each request that is sent.
    """
    if not result.answered:
        return replace(result, scores={**result.scores, RECALL: None, PRECISION: None}, judged=None)
    panel = _Panel(result, judge, text, wait)
    recall = precision = error = None
    try:
        recall = _decided(citation_recall, panel.statements, panel.entails)
        precision = _decided(citation_precision, panel.statements, panel.entails)
    except ModelError as raised:
        recall = precision = None
        error = f"{type(raised).__name__}: {raised}"
    judged = Judged(
        **judge.configuration,
        judgements=tuple(panel.judgements.values()),
        error=error,
        input_tokens=panel.usage.input_tokens,
        output_tokens=panel.usage.output_tokens,
    )
    return replace(
        result, scores={**result.scores, RECALL: rounded(recall), PRECISION: rounded(precision)}, judged=judged
    )


def _decided(
    measure: Callable[[Statements, Supports], float | None], statements: Statements, supports: Supports
) -> float | None:
    try:
        return measure(statements, supports)
    except _Undecided:
        return None


class _Panel:
    """Asks for each judgement on one answer once."""

    def __init__(
        self, result: Result, judge: CitationJudge, text: Callable[[str], str], wait: Callable[[], None]
    ) -> None:
        answer = result.answer
        self._judge = judge
        self._wait = wait
        self._question = str(answer["standalone_question"] or result.item.question)
        self._evidence = {c["number"]: evidence_of(c, answer["passages"], text) for c in answer["citations"]}
        # Who cites more than that has pointed at nothing; ALCE too looks at the first few alone.
        self.statements = [(s["text"], tuple(s["citations"][:EVIDENCE_LIMIT])) for s in answer["statements"]]
        self.judgements: dict[tuple[str, tuple[int, ...]], Judgement] = {}
        self.usage = Usage()

    def entails(self, statement: str, numbers: Sequence[int]) -> bool:
        """Whether the citations of these numbers, taken together, entail the statement, by the majority."""
        key = statement, tuple(numbers)
        if key not in self.judgements:
            cited = [self._evidence[number] for number in numbers]
            found = self._judge.votes(self._question, statement, cited, wait=self._wait)
            self.usage += found.usage
            self.judgements[key] = Judgement(
                statement=[text for text, _ in self.statements].index(statement),
                citations=key[1],
                votes=found.votes,
                unreadable=tuple(one_line(reply)[:_KEPT] for reply in found.unreadable),
            )
        entailed = self.judgements[key].entailed
        if entailed is None:
            raise _Undecided
        return entailed
