"""Citation recall and precision, statement by statement.

Source: ALCE (Gao et al., 2023, arXiv 2305.14627). *Recall*: the share of the answer's statements that all that they
cite, taken together, supports. *Precision*: the share of the citations that are of use. A citation of a statement that
is not supported is of none; of one that is, a citation is of use where it supports the statement by itself, or where
the others no longer do without it. Every statement counts, one without a citation as not supported.

In place of ALCE's entailment model the program's own support check is the judge, and only "supported" counts; by choice
a chat model judges as well (``judging``), under names of its own. A system that was built with the same check looks
better by it than by another judge: figures of different judges do not compare.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

#: Whether the citations of these numbers, taken together, support the statement.
Supports = Callable[[str, Sequence[int]], bool]
#: Text and numbers of what it cites, of each statement.
Statements = Sequence[tuple[str, tuple[int, ...]]]


def citation_recall(statements: Statements, supports: Supports) -> float | None:
    """0 to 1; None where there is no statement."""
    if not statements:
        return None
    return sum(bool(cited) and supports(text, cited) for text, cited in statements) / len(statements)


def citation_precision(statements: Statements, supports: Supports) -> float | None:
    """0 to 1, and 0 where nothing is cited; None where there is no statement."""
    if not statements:
        return None
    total = sum(len(cited) for _, cited in statements)
    useful = sum(_useful(text, cited, supports) for text, cited in statements)
    return useful / total if total else 0.0


def _useful(text: str, cited: tuple[int, ...], supports: Supports) -> int:
    if not cited or not supports(text, cited):
        return 0
    if len(cited) == 1:
        return 1
    count = 0
    for number in cited:
        others = tuple(other for other in cited if other != number)
        count += supports(text, (number,)) or not supports(text, others)
    return count
