"""A long question -> the parts that may each be answered by another passage.

"Does the report on A say that …, while the one on B says …?" is near to neither report as a whole. Each part is
searched for beside the question, and a passage is as good as the best of what it answers (`make bench-retrieval`).
"""

from __future__ import annotations

import re

#: Words from which a question is taken apart. Shorter ones ask one thing, and gain nothing by it.
LONG = 30

#: Words that a part has at least; a shorter one goes with the part before it.
_FEWEST = 4

_MOST = 5

_CUT = re.compile(
    r"\s*(?:[,;:?]\s+(?:(?:and|but|while|whereas|or|as|who|which|that)\b)?|\b(?:while|whereas|and|but|or)\b)\s*",
    re.IGNORECASE,
)


def question_parts(question: str) -> list[str]:
    """The clauses of a long question, in order; none where it is short or has one clause only."""
    if len(question.split()) < LONG:
        return []
    parts: list[str] = []
    for clause in filter(None, _CUT.split(question)):
        if parts and (_short(clause) or _short(parts[-1]) or len(parts) == _MOST):
            parts[-1] = f"{parts[-1]} {clause}"
        else:
            parts.append(clause)
    return parts if len(parts) > 1 else []


def _short(clause: str) -> bool:
    return len(clause.split()) < _FEWEST
