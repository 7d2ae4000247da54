"""What an answer without a model quotes where somebody's words are asked for, and where people may differ.

Invariants: whoever is known to be somebody else than whom is asked for is not quoted; where words are asked for and not
a number, a day or a place, nobody but whom is asked for is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from assistant.answerers.base import SaysOtherwise
from assistant.citing.sentences import Context
from assistant.question.answer_type import QuestionType, question_type
from assistant.ranking.lexical import promising
from assistant.ranking.sentences import Embed, RankedSentence, Weights, rank_sentences, whose_words
from assistant.speakers.of_sentence import SpokenSentence

#: What a fit of 1 counts in the ranking's score.
FIT = 3.0
#: The same where it is not words but a number, a day or a place that is asked for: articles say it themselves, too.
FIT_BESIDE = 2.0
#: The fit of a voice that the archive does not know to be the one who is asked about.
_BY_RULES = 0.6
#: What it costs a claim that its speaker has been quoted already, and, where sides are asked for, its side.
_AGAIN, _SAME_SIDE = 1.0, 3.0
#: Claims that are quoted; a claim this far behind the best is not, and less far where it is asked who said it; two of
#: this cosine are one.
_MOST, _WORSE, _WORSE_WHO, _SAME = 3, 4.0, 1.0, 0.92

#: What somebody thinks is in his or her words, also where the question asks how it changed.
_POSITION = re.compile(r"\b(?:position|stance|views?|opinion)\b", re.I)

#: A sentence with its score, and whose words it is; None where it is in the article's own.
Claim: TypeAlias = tuple[RankedSentence, SpokenSentence | None]


def rank_claims(question: str, context: Context, spoken: Sequence[SpokenSentence], embed: Embed) -> list[Claim]:
    """The sentences of a context that may answer, the best first, whoever is asked for before the articles' own words.

    Voices that only the rules over the context's own words take for the one who is asked about count too, for less.
    """
    heard = [one.fit for one in whose_words(question, context)]
    lifted = {one.number for one in spoken if not (one.fit or one.other) and heard[one.number - 1] > 0}
    by_number = {one.number: _believed(one, heard[one.number - 1], max(heard, default=0.0)) for one in spoken}
    by_number = {number: one for number, one in by_number.items() if one.fit}
    others = {one.number for one in spoken} - set(by_number)
    only = question_type(question) in (QuestionType.SAYS, QuestionType.WHO) or _POSITION.search(question) is not None
    # The sentence before each is ranked with it: "she said" says little alone. Of the rest the most promising.
    best = set[int]() if only else {context.sentences[at].number for at in promising(question, context)}
    kept = [s for s in context.sentences if s.number in best or s.number in by_number or s.number + 1 in by_number]
    ranking = rank_sentences(question, Context(tuple(kept)), embed)
    claims: list[Claim] = []
    for ranked in ranking:
        said = by_number.get(ranked.sentence.number)
        if said is not None:
            # Whose words it is the archive knows better than the ranking, which has only the context's words to go by.
            sure = said.number not in lifted and heard[said.number - 1] >= 0
            known = (1 - ranked.heard.fit) * Weights().speaker if sure else 0.0
            score = ranked.score + (FIT if only else FIT_BESIDE) * said.fit + known
            claims.append((replace(ranked, score=score), said))
        elif not only and ranked.sentence.number not in others:
            claims.append((ranked, None))
    return sorted(claims, key=lambda claim: -claim[0].score)


def _believed(one: SpokenSentence, heard: float, best: float) -> SpokenSentence:
    """A voice by both: what the archive knows of it, and whom the context's own words take it for.

    Where these take it for another side's, and some other voice for that of whom is asked about, it does not count.
    """
    if heard > 0 and not (one.fit or one.other):
        return replace(one, fit=_BY_RULES)
    return replace(one, fit=0.0) if heard < 0 < best else one


def choose_claims(claims: Sequence[Claim], *, who: bool) -> list[RankedSentence]:
    """Claim by claim: the best, then others that do not repeat it, other speakers before the same one again.

    Args:
        who: the question asks who said it, so that every claim must be the one that it tells of.
    """
    left = [claim for claim in claims if claim[0].score > claims[0][0].score - (_WORSE_WHO if who else _WORSE)]
    chosen: list[Claim] = []
    while left and len(chosen) < _MOST:
        best = max(left, key=lambda claim: claim[0].score - _heard(claim[1], chosen))
        left.remove(best)
        if all(float(np.dot(best[0].vector, other.vector)) < _SAME for other, _ in chosen):
            chosen.append(best)
    return [ranked for ranked, _ in chosen]


def corrections_first(chosen: Sequence[RankedSentence]) -> list[RankedSentence]:
    """What was chosen, a sentence of a superseded article behind those of the article that takes its place."""
    articles = {ranked.sentence.passage.article_id for ranked in chosen}

    def is_superseded(ranked: RankedSentence) -> bool:
        by = ranked.sentence.passage.superseded_by
        return by is not None and by.article is not None and by.article.article_id in articles

    return sorted(chosen, key=is_superseded)


def _heard(one: SpokenSentence | None, chosen: Sequence[Claim]) -> float:
    """What it costs a claim that its speaker, or one of the same side where sides are asked for, has been quoted."""
    if one is None:
        return 0.0
    heard = [said for _, said in chosen if said is not None]
    return max(
        (_AGAIN * (one.speaker == said.speaker) + _SAME_SIDE * bool(one.sides & said.sides) for said in heard),
        default=0.0,
    )


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
