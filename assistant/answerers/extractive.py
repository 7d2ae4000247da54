"""Answers without a model: one to three sentences of the archive, quoted and cited like any others.

Invariant: every statement of the answer is a sentence of an article, to the letter, followed by its own mark.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Generator, Sequence

import numpy as np

from assistant.answerers import AnswerRequest, Piece
from assistant.context import NumberedSentence
from assistant.sentence_ranking import Embed, RankedSentence, rank_sentences

#: Sentences of an answer.
MOST = 3

#: Two sentences of this cosine say the same.
SAME = 0.92

_BRACKETED_NUMBER = re.compile(r"[\[【](?=[^\]】]{0,60}\d)")

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
        """The sentences to quote, the best first."""
        return [ranked.sentence for ranked in distinct(rank_sentences(request.question, request.context, self._embed))]


def distinct(ranking: Sequence[RankedSentence]) -> list[RankedSentence]:
    """The best ``MOST`` of a ranking that do not repeat each other."""
    chosen: list[RankedSentence] = []
    for ranked in ranking:
        if all(float(np.dot(ranked.vector, other.vector)) < SAME for other in chosen):
            chosen.append(ranked)
        if len(chosen) == MOST:
            break
    return chosen


def quoted(sentence: NumberedSentence) -> str:
    """The sentence on one line. A bracketed number in it is no mark of ours: a word joiner (invisible) says so."""
    return _BRACKETED_NUMBER.sub("\\g<0>\u2060", " ".join(sentence.text.split()))
