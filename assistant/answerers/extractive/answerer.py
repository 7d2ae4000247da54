"""Answers without a model: one to three sentences of the archive, quoted and cited like any others.

Invariant: every statement of the answer is a sentence of an article, to the letter, followed by its own mark.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Generator, Sequence

import numpy as np

from assistant.answerers.base import AnswerRequest, Piece
from assistant.answerers.extractive.attributed import choose_claims, corrections_first, rank_claims, with_the_other_side
from assistant.answerers.extractive.timeline import choose_sequence
from assistant.citing.sanitize import addresses, is_instruction
from assistant.citing.sentences import NumberedSentence
from assistant.question.answer_type import speech_subject
from assistant.ranking.sentences import Embed, RankedSentence, rank_sentences

#: Sentences of an answer.
MOST = 3

#: Two sentences of this cosine say the same.
SAME = 0.92

#: A sentence that falls so far behind the best, in the ranking's score, is not quoted beside it.
WORSE = 4.0

#: What it costs a sentence that its speaker has been quoted already, in the ranking's score.
AGAIN = 0.25

_BRACKETED_NUMBER = re.compile(r"[\[【［](?=[^\]】］]{0,80}\d)")

#: What the answer begins with: it says that it quotes.
PREAMBLE = "Quoted from the archive:"


class ExtractiveAnswerer:
    """Quotes the sentences that answer best.

    Args:
        embed: texts -> unit vectors ``[n, dimension]``.
    """

    name = "extractive"
    prompt = None

    def __init__(self, embed: Embed) -> None:
        self._embed = embed

    def stream(self, request: AnswerRequest) -> Generator[Piece, None, None]:
        """Quote; the first piece is the preamble. Nothing is said where the context is empty."""
        chosen = self.choose(request)
        if not chosen:
            return
        yield f"{PREAMBLE}\n\n"
        for i, sentence in enumerate(chosen):
            yield f"{quoted(sentence)} [{sentence.number}]" + ("\n\n" if i < len(chosen) - 1 else "")

    async def astream(self, request: AnswerRequest) -> AsyncGenerator[Piece, None]:
        """As :meth:`stream`, the ranking in a thread of its own."""
        import asyncio

        for piece in await asyncio.to_thread(lambda: list(self.stream(request))):
            yield piece

    def choose(self, request: AnswerRequest) -> list[NumberedSentence]:
        """The sentences to quote, the best first; none that speaks to the program or sends the reader elsewhere."""
        claims = rank_claims(request.question, request.context, request.spoken, self._embed) if request.spoken else []
        claims = [claim for claim in claims if _is_quotable(claim[0])]
        if claims:
            fit = [ranked for ranked, _ in claims]
        else:
            ranking = rank_sentences(request.question, request.context, self._embed)
            fit = [one for one in ranking if _is_quotable(one)]
        if request.sequence:
            return choose_sequence(fit)
        chosen = choose_claims(claims, who=speech_subject(request.question) is None) if claims else distinct(fit)
        if request.disputes is not None:
            chosen = with_the_other_side(chosen, fit, request.disputes)
        return [ranked.sentence for ranked in corrections_first(chosen)]


def _is_quotable(ranked: RankedSentence) -> bool:
    return not (is_instruction(ranked.sentence.text) or addresses(ranked.sentence.text))


def distinct(ranking: Sequence[RankedSentence]) -> list[RankedSentence]:
    """The best of a ranking, at most ``MOST``, that do not repeat each other.

    Where somebody's words are asked for and found, those of another side are left out; and where a whole side's are
    ("What does Russia say"), one who has spoken already gives way to another of that side.
    """
    asked_for = any(ranked.heard.fit > 0 for ranked in ranking)
    left = [ranked for ranked in ranking if not (asked_for and ranked.heard.fit < 0)]
    left = [ranked for ranked in left if ranked.score > left[0].score - WORSE]
    chosen: list[RankedSentence] = []
    while left and len(chosen) < MOST:
        voices = frozenset[str]().union(*(ranked.heard.voice for ranked in chosen))
        best = max(left, key=lambda ranked: ranked.score - AGAIN * bool(ranked.heard.voice & voices))
        left.remove(best)
        if all(float(np.dot(best.vector, other.vector)) < SAME for other in chosen):
            chosen.append(best)
    return chosen


def quoted(sentence: NumberedSentence) -> str:
    """The sentence on one line. A bracketed number in it is no mark of ours: a word joiner (invisible) says so."""
    return _BRACKETED_NUMBER.sub("\\g<0>\u2060", " ".join(sentence.text.split()))
