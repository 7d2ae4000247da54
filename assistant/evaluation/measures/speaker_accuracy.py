"""Speaker accuracy: whether the answer's evidence is credited to the speaker whom the set names.

1 where the speaker of a cited quote is the gold speaker, 0 where it is another or none is given; a question that was
not answered scores 0. Two names agree where the words of one are all among those of the other ("Kerry", "John Kerry").
Where gold answers stand in some of the quotes, only those quotes count: they are what was said.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evaluation.normalise import holds, tokens
from assistant.types import Citation


def speaker_accuracy(citations: Sequence[Citation], answers: Sequence[str], speaker: str | None) -> float | None:
    """1.0 or 0.0; None where the set names no speaker."""
    if speaker is None:
        return None
    telling = [citation for citation in citations if holds(citation.quote, answers)] or citations
    return float(any(citation.speaker and _agree(citation.speaker, speaker) for citation in telling))


def _agree(one: str, other: str) -> bool:
    first, second = set(tokens(one)), set(tokens(other))
    return bool(first and second) and (first <= second or second <= first)
