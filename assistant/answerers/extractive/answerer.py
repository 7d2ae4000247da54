"""Answers without a model: one to three sentences of the archive, quoted and cited like any others.

Invariant: every statement of the answer is a sentence of an article, to the letter but for a dateline before it,
followed by its own mark.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from collections.abc import AsyncGenerator, Sequence
from functools import partial

from assistant.answerers.base import Piece
from assistant.answerers.extractive.attributed import choose_claims, corrections_first, rank_claims, with_the_other_side
from assistant.answerers.extractive.listed import choose_listed
from assistant.answerers.extractive.timeline import choose_sequence
from assistant.answerers.extractive.whole import whole_quotations
from assistant.citing.evidence import AttributedSentence, Evidence
from assistant.citing.sanitize import addresses, is_instruction
from assistant.question.query import Query
from assistant.ranking.reader import Reader
from assistant.ranking.sentences import Embed, RankedSentence, rank_sentences, repeats
from assistant.speakers.conflicts import Conflicts
from ingest.language.dateline import undated

#: Sentences of an answer.
MOST = 3

#: Two sentences of this cosine say the same.
SAME = 0.92

#: A sentence that falls so far behind the best, in the ranking's score, is not quoted beside it.
WORSE = 4.0

#: A sentence that falls behind the best by less answers about as well.
_AS_WELL = 1.5

_BRACKETED_NUMBER = re.compile(r"[\[【［](?=[^\]】］]{0,80}\d)")

#: What the answer begins with: it says that it quotes.
QUOTED = "Quoted from the archive"
PREAMBLE = f"{QUOTED}:"
#: The same where it is in doubt that what is quoted answers.
NEAREST = "Nearest passages; the archive may not say:"


class ExtractiveAnswerer:
    """Quotes the sentences that answer best.

    Args:
        embed: texts -> unit vectors ``[n, dimension]``.
        reader: scores sentences; None leaves their ranking to what can be counted.
    """

    name = "extractive"
    prompt = None

    def __init__(self, embed: Embed, reader: Reader | None = None) -> None:
        self._embed = embed
        self.reader = reader

    async def stream(self, query: Query, evidence: Evidence) -> AsyncGenerator[Piece, None]:
        """Quote; the first piece is the preamble. Nothing is said where there is no evidence."""
        chosen = await asyncio.to_thread(self.choose, query, evidence)
        if not chosen:
            return
        first = NEAREST if evidence.doubtful else PREAMBLE
        yield f"{evidence.listed.heading if evidence.listed is not None else first}\n\n"
        paragraphs = whole_quotations(chosen, evidence, _is_quotable)
        for i, paragraph in enumerate(paragraphs):
            text = " ".join(f"{quoted(sentence)} [{sentence.number}]" for sentence in paragraph)
            yield text + ("\n\n" if i < len(paragraphs) - 1 else "")

    def choose(self, query: Query, evidence: Evidence) -> list[AttributedSentence]:
        """The sentences to quote, the best first; none that speaks to the program or sends the reader elsewhere."""
        if evidence.listed is not None:
            return choose_listed(evidence.listed, [one for one in evidence.sentences if _is_quotable(one)])
        claims = rank_claims(query, evidence, self._embed) if evidence.matches else []
        claims = [claim for claim in claims if _is_quotable(claim[0].sentence)]
        ranking = [ranked for ranked, _ in claims]
        if not claims:
            ranked = rank_sentences(query, evidence, self._embed, self.reader)
            ranking = [one for one in ranked if _is_quotable(one.sentence)]
        if query.sequence:
            return choose_sequence(ranking)
        chosen = choose_claims(claims, who=not query.speakers) if claims else distinct(ranking)
        if query.disputed:
            conflicts = Conflicts(query=query)
            chosen = with_the_other_side(chosen, ranking, partial(conflicts.against, evidence=evidence))
        if query.current:
            chosen = newest_first(chosen)
        return [ranked.sentence for ranked in corrections_first(chosen)]


def _is_quotable(sentence: AttributedSentence) -> bool:
    return sentence.answers and not (is_instruction(sentence.text) or addresses(sentence.text))


def distinct(ranking: Sequence[RankedSentence]) -> list[RankedSentence]:
    """The best of a ranking, at most ``MOST``, that do not repeat each other."""
    chosen: list[RankedSentence] = []
    for ranked in ranking:
        new = not any(repeats(ranked, other, SAME) for other in chosen)
        if new and len(chosen) < MOST and ranked.score > ranking[0].score - WORSE:
            chosen.append(ranked)
    return chosen


def newest_first(chosen: Sequence[RankedSentence]) -> list[RankedSentence]:
    """What was chosen; of those that answer about as well as the best the latest before the others."""
    least = max((one.score for one in chosen), default=0.0) - _AS_WELL
    near = [one for one in chosen if one.score >= least]
    latest = sorted(near, key=lambda one: one.sentence.day or dt.date.min, reverse=True)
    return [*latest, *(one for one in chosen if one.score < least)]


def quoted(sentence: AttributedSentence) -> str:
    """The sentence on one line, without its dateline. A bracketed number in it is no mark of ours: a word joiner
    (invisible) says so.
    """
    line = " ".join(undated(sentence.text, sentence.span.start).split())
    return _BRACKETED_NUMBER.sub("\\g<0>\u2060", line)
