"""What an answer without a model quotes where somebody's words are asked for, and where people may differ.

Invariants: whoever is known to be somebody else than whom is asked for is not quoted; where words are asked for and not
a number, a day or a place, nobody but whom is asked for is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from assistant.answerers import SaysOtherwise
from assistant.answerers.sentence_ranking import Embed, RankedSentence, rank_sentences, whose_words
from assistant.answerers.sentence_words import promising
from assistant.context import Context
from assistant.question.types import QuestionType, question_type
from assistant.voices import SpokenSentence

#: What a fit of 1 counts in the ranking's score.
FIT = 3.0
#: The same where it is not words but a number, a day or a place that is asked for: articles say it themselves, too.
FIT_BESIDE = 2.0
#: The fit of a voice that the archive does not know to be the one who is asked about.
_BY_RULES = 0.6
#: What it costs a claim that its speaker has been quoted already.
_AGAIN = 1.0
#: Claims that are quoted; a claim this far behind the best is not, and less far where it is asked who said it; two of
#: this cosine are one.
_MOST, _WORSE, _WORSE_WHO, _SAME = 3, 4.0, 1.0, 0.92

#: A sentence with its score, and whose words it is; None where it is in the article's own.
Claim: TypeAlias = tuple[RankedSentence, SpokenSentence | None]


def rank_claims(question: str, context: Context, spoken: Sequence[SpokenSentence], embed: Embed) -> list[Claim]:
    """The sentences of a context that may answer, the best first, whoever is asked for before the articles' own words.

    Voices that only the rules over the context's own words take for the one who is asked about count too, for less.
    """
    heard = [one.fit for one in whose_words(question, context)]
    lifted = (replace(one, fit=_BY_RULES) if not one.fit and heard[one.number - 1] > 0 else one for one in spoken)
    by_number = {one.number: one for one in lifted if one.fit}
    others = {one.number for one in spoken} - set(by_number)
    only = question_type(question) in (QuestionType.SAYS, QuestionType.WHO)
    # The sentence before each is ranked with it: "she said" says little alone. Of the rest the most promising.
    best = set[int]() if only else {context.sentences[at].number for at in promising(question, context)}
    kept = [s for s in context.sentences if s.number in best or s.number in by_number or s.number + 1 in by_number]
    ranking = rank_sentences(question, Context(tuple(kept)), embed)
    claims: list[Claim] = []
    for ranked in ranking:
        said = by_number.get(ranked.sentence.number)
        if said is not None:
            claims.append((replace(ranked, score=ranked.score + (FIT if only else FIT_BESIDE) * said.fit), said))
        elif not only and ranked.sentence.number not in others:
            claims.append((ranked, None))
    return sorted(claims, key=lambda claim: -claim[0].score)


def choose_claims(claims: Sequence[Claim], *, who: bool) -> list[RankedSentence]:
    """Claim by claim: the best, then others that do not repeat it, other speakers before the same one again.

    Args:
        who: the question asks who said it, so that every claim must be the one that it tells of.
    """
    left = [claim for claim in claims if claim[0].score > claims[0][0].score - (_WORSE_WHO if who else _WORSE)]
    chosen: list[Claim] = []
    while left and len(chosen) < _MOST:
        best = max(left, key=lambda claim: claim[0].score - _AGAIN * _heard(claim[1], chosen))
        left.remove(best)
        if all(float(np.dot(best[0].vector, other.vector)) < _SAME for other, _ in chosen):
            chosen.append(best)
    return [ranked for ranked, _ in chosen]


def _heard(one: SpokenSentence | None, chosen: Sequence[Claim]) -> int:
    """How much of a voice has been quoted: 1 for the same speaker, 2 where it is another of the same side, too."""
    if one is None:
        return 0
    heard = [said for _, said in chosen if said is not None]
    return max(((one.speaker == said.speaker) + bool(one.sides & said.sides) for said in heard), default=0)


def with_the_other_side(
    chosen: Sequence[RankedSentence], ranking: Sequence[RankedSentence], disputes: SaysOtherwise
) -> list[RankedSentence]:
    """What was chosen and, where a sentence of the ranking says otherwise and none of the chosen does, the best such.

    It takes the place behind the sentence that it conflicts with.
    """
    numbers = {ranked.sentence.number for ranked in chosen}
    for at, ranked in enumerate(chosen):
        against = set(disputes.against(ranked.sentence.number))
        if against & numbers:
            return list(chosen)
        other = next((one for one in ranking if one.sentence.number in against), None)
        if other is not None:
            return [*chosen[: at + 1], other, *chosen[at + 1 :]][: max(len(chosen), _MOST)]
    return list(chosen)
