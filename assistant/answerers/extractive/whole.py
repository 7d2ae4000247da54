"""A quotation that runs over several sentences is quoted whole, or not at all.

Invariant: what is added to a sentence stands right beside it in its article.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.citing.evidence import AttributedSentence, Evidence

#: Sentences of one quotation that are quoted, at most.
_LONGEST = 4
#: Characters between two sentences of one paragraph, and between two paragraphs, less than.
_LINE, _PARAGRAPH = 2, 8
_OPENS = re.compile(r"“|«|``|(?<![\w.,!?…'’)])\"(?=\S)")
_CLOSES = re.compile(r"”|»|’’|''|(?<=\S)\"(?![\w])")

Quotable = Callable[[AttributedSentence], bool]


def whole_quotations(
    chosen: Sequence[AttributedSentence], evidence: Evidence, quotable: Quotable
) -> list[list[AttributedSentence]]:
    """The chosen sentences, each with those that complete a quotation begun or ended in it, in the order of the text.

    One whose quotation cannot be completed is left out, but where nothing else is left.

    Args:
        quotable: whether a sentence may be quoted.
    """
    runs = _runs(evidence)
    found: list[list[AttributedSentence]] = []
    taken: set[int] = set()
    for sentence in chosen:
        run = runs[sentence.number]
        if sentence.number not in taken and run.complete and all(map(quotable, run.sentences)):
            found.append(run.sentences)
            taken.update(one.number for one in run.sentences)
    return found or [[sentence] for sentence in chosen[:1]]


@dataclass(slots=True)
class _Run:
    """Sentences that one quotation joins; one sentence where none does."""

    sentences: list[AttributedSentence] = field(default_factory=list)
    complete: bool = True


def _runs(evidence: Evidence) -> dict[int, _Run]:
    """The run of each sentence, by its number."""
    runs: dict[int, _Run] = {}
    run, depth = _Run(), 0
    for sentence in evidence.sentences:
        begins = _OPENS.match(sentence.text) is not None
        gap = sentence.span.start - run.sentences[-1].span.end if run.sentences else -1
        beside = run.sentences and run.sentences[-1].passage.article_id == sentence.passage.article_id
        # Each paragraph of one quotation begins with a mark of its own.
        goes_on = beside and (0 <= gap < _LINE or (begins and 0 <= gap < _PARAGRAPH))
        if depth and goes_on:
            depth -= begins
        else:
            run.complete &= depth == 0
            run, depth = _Run(), 0
        run.sentences.append(sentence)
        runs[sentence.number] = run
        for step in _steps(sentence.text):
            run.complete &= depth + step >= 0
            depth = max(depth + step, 0)
        run.complete &= len(run.sentences) <= _LONGEST
    run.complete &= depth == 0
    return runs


def _steps(text: str) -> list[int]:
    """1 for each mark that opens a quotation and -1 for each that closes one, in order."""
    marks = [(m.start(), 1) for m in _OPENS.finditer(text)] + [(m.start(), -1) for m in _CLOSES.finditer(text)]
    return [step for _, step in sorted(marks)]
