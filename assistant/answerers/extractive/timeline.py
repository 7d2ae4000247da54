"""What an answer without a model quotes where a sequence is asked for: sentences of each day, in order.

Invariant: sentences stand from the earliest date to the latest, at most two of each date.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.citing.evidence import AttributedSentence
from assistant.ranking.sentences import RankedSentence, repeats
from assistant.speakers.timeline import ENTRIES, date_of

#: A sentence this far behind the best is no step of the sequence; two of this cosine are one step.
_WORSE, _SAME = 5.0, 0.9


def choose_sequence(ranking: Sequence[RankedSentence]) -> list[AttributedSentence]:
    """The best sentences of a ranking in the order of their dates: one of each date, two where there are few dates."""
    steps = [
        (date, ranked) for ranked in ranking if (date := _date(ranked)) and ranked.score > ranking[0].score - _WORSE
    ]
    chosen: list[tuple[str, RankedSentence]] = []
    for each in (1, 2):
        for step in steps:
            room = len(chosen) < (ENTRIES if each == 1 else ENTRIES // 2)
            if (
                room
                and step not in chosen
                and [d for d, _ in chosen].count(step[0]) < each
                and _is_new(step[1], chosen)
            ):
                chosen.append(step)
    return [ranked.sentence for _, ranked in sorted(chosen, key=lambda step: (step[0], step[1].sentence.number))]


def _date(ranked: RankedSentence) -> str | None:
    dated = date_of(ranked.sentence.text, ranked.sentence.day)
    return dated[0] if dated is not None else None


def _is_new(ranked: RankedSentence, chosen: Sequence[tuple[str, RankedSentence]]) -> bool:
    return not any(repeats(ranked, other, _SAME) for _, other in chosen)
