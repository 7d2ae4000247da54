"""What was retrieved -> what the answerer is given: the passages that it sees, and what of them was asked for.

Whatever is asked, the best passages are seen. A question about speech brings the passages that hold the statements of
whom it asks about, one about a sequence those of the days that the story spans.

Invariant: only a question about speech, a sequence or a disputed matter looks anything up beyond the passages found.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.citing.sentences import Context
from assistant.pipeline.confidence import Embed, Rarity, confidence
from assistant.pipeline.off_subject import is_off_subject
from assistant.question.answer_type import QuestionType, question_type
from assistant.question.speech import SpeechQuestion, asks_for_sequence, asks_what_is_disputed, speech_question
from assistant.speakers.accounts import Voices
from assistant.speakers.conflicts import Told, conflict
from assistant.speakers.of_sentence import SpokenSentence
from assistant.speakers.retrieval import SpeechSearch
from assistant.speakers.timeline import passages_over_time
from ingest.language.words import content_stems
from vectorstore.archive.passage import Passage
from vectorstore.retrieval.scope import Scope
from vectorstore.store import Store

#: What of the passages found the answerer sees.
SEEN, SEEN_OF_ONE_ARTICLE = 8, 3
#: Passages, from the best, whose neighbours the answerer sees too.
WITH_NEIGHBOURS = 2
#: The least fit of a sentence that says what is asked for, and how far one that holds every word of what is asked
#: about makes up for a lack of confidence.
_FITS, _SAID = 0.6, 0.3
#: What is left of the confidence where nothing found is about anything that the question names.
_OFF_SUBJECT = 0.3


@dataclass(frozen=True)
class Disputes:
    """Which sentences of a context say otherwise than others."""

    question: str
    context: Context
    voices: Voices

    def against(self, number: int) -> list[int]:
        """The numbers of the sentences that conflict with that sentence."""
        mine = self._told[number - 1]
        return [at for at, other in enumerate(self._told, 1) if at != number and conflict(self.question, mine, other)]

    @cached_property
    def _told(self) -> list[Told]:
        return [self.voices.told_of(sentence) for sentence in self.context.sentences]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What the answerer is given to answer from.

    Attributes:
        spoken: the sentences in somebody's words where a question about speech was asked.
        sequence: whether what happened when is asked for.
        disputes: where people may differ over the answer; else None.
        subject: what statements are asked for about, where some are; else "".
        voices: what has looked up whose words the sentences are; None where nobody's are asked for.
        unheard: whether somebody's words are asked for of whom the archive tells none.
        off_subject: whether nothing found is about anything that the question names.
    """

    context: Context
    spoken: tuple[SpokenSentence, ...] = ()
    sequence: bool = False
    disputes: Disputes | None = None
    subject: str = ""
    voices: Voices | None = None
    unheard: bool = False
    off_subject: bool = False

    def confidence(self, question: str, found: Sequence[Passage], embed: Embed, rarity: Rarity) -> float:
        """How likely it is that what was found (best first) answers the question.

        Of a question about speech the words that say that somebody spoke stand in few articles; what it is about must,
        and raises the confidence by as much of it as stands in one sentence of whom is asked for. What others say is
        no answer where whoever is asked about says nothing.
        """
        if self.unheard:
            return 0.0
        sure = confidence(question, found, self.context, embed, rarity)
        if self.subject:
            sure = max(sure, confidence(self.subject, found, self.context, embed, rarity))
            sure += (1 - sure) * _SAID * self._said()
        return _OFF_SUBJECT * sure if self.off_subject else sure

    def _said(self) -> float:
        asked = set(content_stems(self.subject))
        told = [self.context.sentences[one.number - 1] for one in self.spoken if one.fit >= _FITS]
        return max((len(asked & set(content_stems(s.text))) / len(asked) for s in told), default=0.0) if asked else 0.0


def gather(store: Store, question: str, found: Sequence[Passage], scope: Scope) -> Gathered:
    """Choose what the answerer sees of ``found`` (best first), and look up what the question asks for besides."""
    speech, sequence = speech_question(question), asks_for_sequence(question)
    seen = _seen(store, found)
    if sequence:
        spanning = passages_over_time(store, question, scope)
        seen = spanning if len(spanning) > 1 else seen
    # Speakers are looked up in the whole archive only for a question about speech: it costs what that is worth.
    voices = Voices(store, scope.as_of if speech is not None else None)
    search = SpeechSearch(store, speech, scope, voices) if speech is not None else None
    if search is not None:
        seen = _together(seen, search.passages(found))
    context = Context.of(seen)
    disputed = _may_be_disputed(question, speech)
    spoken = search.spoken(context) if search is not None else ()
    publishers, today = store.retriever.catalogue().source_names, scope.as_of or dt.date.today()
    off_subject = is_off_subject(question, seen, publishers, today)
    if speech is not None:  # what they say must be about what is asked, not only somebody who speaks of something
        said = _around([context.sentences[one.number - 1].passage for one in spoken if one.fit], seen)
        off_subject = off_subject or is_off_subject(
            question, said, publishers, scope.as_of or dt.date.today(), speech.speakers
        )
    return Gathered(
        context=context,
        spoken=spoken,
        # "Which firm, according to The Courier, …" asks for something else, and names a publisher besides.
        unheard=search is not None and question_type(question) is QuestionType.SAYS and search.unheard(spoken),
        off_subject=off_subject,
        sequence=sequence,
        subject=speech.about if speech is not None else "",
        voices=voices if speech is not None or disputed else None,
        disputes=Disputes(question, context, voices) if disputed else None,
    )


def _may_be_disputed(question: str, speech: SpeechQuestion | None) -> bool:
    """Who asks what one speaker says is told that; the other side is for who asks what is so."""
    return asks_what_is_disputed(question) if speech is None else speech.several and not speech.speakers


def _around(passages: Sequence[Passage], seen: Sequence[Passage]) -> list[Passage]:
    """Of what is seen, these passages and those beside them."""
    places = {(p.article_id, p.ordinal + step) for p in passages for step in (-1, 0, 1)}
    return [passage for passage in seen if (passage.article_id, passage.ordinal) in places]


def _together(first: Sequence[Passage], more: Sequence[Passage]) -> list[Passage]:
    known = {(passage.article_id, passage.ordinal) for passage in first}
    return [*first, *(passage for passage in more if (passage.article_id, passage.ordinal) not in known)]


def _seen(store: Store, found: Sequence[Passage]) -> list[Passage]:
    """The best passages, few of one article, the very best with their neighbours."""
    taken: dict[str, int] = {}
    seen: dict[tuple[str, int], Passage] = {}
    for passage in found:
        if len(seen) == SEEN:
            break
        if taken.get(passage.article_id, 0) < SEEN_OF_ONE_ARTICLE:
            taken[passage.article_id] = taken.get(passage.article_id, 0) + 1
            seen[passage.article_id, passage.ordinal] = passage
    for passage in list(seen.values())[:WITH_NEIGHBOURS]:
        for near in store.neighbours(passage):
            seen.setdefault((near.article_id, near.ordinal), near)
    return list(seen.values())
