"""What an answer without a model quotes where somebody's words, or a sequence of events, are asked for.

Invariant: of a question about speech only sentences are quoted that have a voice which was asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.answerers.sentence_ranking import Embed, RankedSentence, rank_sentences, whose_words
from assistant.context import Context, NumberedSentence
from assistant.voices import SpokenSentence

#: What a fit of 1 counts in the ranking's score.
FIT = 3.0
#: The fit of a voice that the archive does not know to be the one who is asked about.
_BY_RULES = 0.6
#: What it costs a claim that its speaker has been quoted already.
_AGAIN = 1.0
#: Claims that are quoted, a claim this far behind the best is not; two of this cosine are one.
_MOST, _WORSE, _SAME = 3, 3.5, 0.92


def rank_claims(
    question: str, context: Context, spoken: Sequence[SpokenSentence], embed: Embed
) -> list[tuple[RankedSentence, SpokenSentence]]:
    """The spoken sentences of a context, the one that answers best first.

    Voices that only the rules over the context's own words take for the one who is asked about count too, for less.
    """
    heard = [one.fit for one in whose_words(question, context)]
    lifted = (replace(one, fit=_BY_RULES) if not one.fit and heard[one.number - 1] > 0 else one for one in spoken)
    by_number = {one.number: one for one in lifted if one.fit}
    # The sentence before each is ranked with it: "she said" says little alone.
    kept = [s for s in context.sentences if s.number in by_number or s.number + 1 in by_number]
    ranking = rank_sentences(question, Context(tuple(kept)), embed)
    claims = [
        (replace(ranked, score=ranked.score + FIT * said.fit), said)
        for ranked in ranking
        if (said := by_number.get(ranked.sentence.number)) is not None
    ]
    return sorted(claims, key=lambda claim: -claim[0].score)


def choose_claims(claims: Sequence[tuple[RankedSentence, SpokenSentence]]) -> list[RankedSentence]:
    """Claim by claim: the best, then others that do not repeat it, other speakers before the same one again."""
    left = [claim for claim in claims if claim[0].score > claims[0][0].score - _WORSE]
    chosen: list[tuple[RankedSentence, SpokenSentence]] = []
    while left and len(chosen) < _MOST:
        heard = {said.speaker for _, said in chosen}
        best = max(left, key=lambda claim: claim[0].score - _AGAIN * (claim[1].speaker in heard))
        left.remove(best)
        if all(float(np.dot(best[0].vector, other.vector)) < _SAME for other, _ in chosen):
            chosen.append(best)
    return [ranked for ranked, _ in chosen]
