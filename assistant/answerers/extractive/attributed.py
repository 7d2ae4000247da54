"""What an answer without a model quotes where somebody's words are asked for, and where people may differ.

Invariants: whoever is known to be somebody else than whom is asked for is not quoted; where words are asked for and not
a number, a day or a place, nobody but whom is asked for is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from assistant.citing.evidence import Evidence, SpeakerMatch
from assistant.question.answer_type import AnswerType
from assistant.question.query import Query
from assistant.ranking.lexical import promising
from assistant.ranking.sentences import Embed, RankedSentence, rank_sentences, repeats

#: What a fit of 1 counts in the ranking's score.
FIT = 3.0
#: The same where it is not words but a number, a day or a place that is asked for: articles say it themselves, too.
FIT_BESIDE = 2.0
#: What it costs a claim that its speaker has been quoted already, and, where sides are asked for, its side.
_AGAIN, _SAME_SIDE = 1.0, 3.0
#: Claims that are quoted; a claim this far behind the best is not, and less far where it is asked who said it; two of
#: this cosine are one.
_MOST, _WORSE, _WORSE_WHO, _SAME = 3, 4.0, 1.0, 0.92

#: What somebody thinks is in his or her words, also where the question asks how it changed.
_POSITION = re.compile(r"\b(?:position|stance|views?|opinion)\b", re.I)

#: The number of a sentence -> the numbers of those that conflict with it.
Against = Callable[[int], list[int]]
#: A sentence with its score, and whose words it is; None where it is in the article's own.
Claim: TypeAlias = tuple[RankedSentence, SpeakerMatch | None]


def rank_claims(query: Query, evidence: Evidence, embed: Embed) -> list[Claim]:
    """The sentences that may answer, the best first, whoever is asked for before the articles' own words.

    By features alone: where somebody's words are asked for the learned reader is no better, and takes who denies it of
    one thing for who denies another.
    """
    fitting = {match.number: match for match in evidence.matches if match.fit}
    others = {match.number for match in evidence.matches} - set(fitting)
    only = query.answer_type in (AnswerType.SPEECH, AnswerType.PERSON) or _POSITION.search(query.text) is not None
    # The sentence before each is ranked with it: "she said" says little alone. Of the rest the most promising.
    best = set[int]() if only else {evidence.sentences[at].number for at in promising(query, evidence)}
    wanted = best | set(fitting) | {number - 1 for number in fitting}
    kept = tuple(sentence for sentence in evidence.sentences if sentence.number in wanted)
    claims: list[Claim] = []
    for ranked in rank_sentences(query, replace(evidence, sentences=kept), embed):
        match = fitting.get(ranked.sentence.number)
        if match is not None:
            score = ranked.score + (FIT if only else FIT_BESIDE) * match.fit
            claims.append((replace(ranked, score=score), match))
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
        best = max(left, key=lambda claim: claim[0].score - _heard(claim[1], chosen))
        left.remove(best)
        if not any(repeats(best[0], other, _SAME) for other, _ in chosen):
            chosen.append(best)
    return [ranked for ranked, _ in chosen]


def corrections_first(chosen: Sequence[RankedSentence]) -> list[RankedSentence]:
    """What was chosen, a sentence of a superseded article behind those of the article that takes its place."""
    articles = {ranked.sentence.passage.article_id for ranked in chosen}

    def is_superseded(ranked: RankedSentence) -> bool:
        by = ranked.sentence.passage.superseded_by
        return by is not None and by.article is not None and by.article.article_id in articles

    return sorted(chosen, key=is_superseded)


def _heard(one: SpeakerMatch | None, chosen: Sequence[Claim]) -> float:
    """What it costs a claim that its speaker, or one of the same side where sides are asked for, has been quoted."""
    if one is None:
        return 0.0
    heard = [said for _, said in chosen if said is not None]
    return max(
        (_AGAIN * (one.speaker == said.speaker) + _SAME_SIDE * bool(one.sides & said.sides) for said in heard),
        default=0.0,
    )


def with_the_other_side(
    chosen: Sequence[RankedSentence], ranking: Sequence[RankedSentence], against: Against
) -> list[RankedSentence]:
    """What was chosen and, where a sentence of the ranking says otherwise and none of the chosen does, the best such.

    It takes the place behind the sentence that it conflicts with.
    """
    numbers = {ranked.sentence.number for ranked in chosen}
    for at, ranked in enumerate(chosen):
        conflicting = set(against(ranked.sentence.number))
        if conflicting & numbers:
            return list(chosen)
        other = next((one for one in ranking if one.sentence.number in conflicting), None)
        if other is not None:
            return [*chosen[: at + 1], other, *chosen[at + 1 :]][: max(len(chosen), _MOST)]
    return list(chosen)
