"""Passages -> the numbered sentences that an answerer sees and cites, each with whose words it is.

Invariants:

* A number stands for one span of one article, and for the same one as long as the evidence lives. Numbers run from 1
  in reading order: articles by their best passage, and within an article in the order of its text.
* Who says a sentence is what the stored attributions of its article say; nothing else is asked for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.article import Span
from ingest.attribution import Kind
from ingest.language.lexicon import Act
from vectorstore.archive.passage import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenClaim:
    """What a sentence gives to one speaker.

    Attributes:
        speaker: the fullest name that the article gives.
        sides: the bodies and countries that the speaker stands for, the nearest first; empty where not known.
        acts: what is done by it: say, deny, accuse.
        kind: quoted, paraphrased, both, or an attitude.
        cue: the words that make it a claim, a span of the article's text; ``inside`` says whether they stand in the
            sentence.
        said: all that was said, also beyond the sentence.
        phrase: the words that stand for the speaker in the sentence, counted from its start; None where none do.
        contents: what of it stands in the sentence, counted from its start; empty where nothing does.
    """

    speaker: str
    sides: tuple[str, ...] = ()
    acts: frozenset[Act] = frozenset()
    kind: Kind = Kind.INDIRECT
    cue: Span
    inside: bool = True
    said: str = ""
    phrase: Span | None = None
    contents: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributedSentence:
    """One citable sentence.

    Attributes:
        text: its exact words.
        passage: the passage that it stands in.
        claims: what it gives to speakers, those whose cue stands in it and who say most of it first.
        claim: the one whose words it is as a whole; None where it is the article's own statement, or several people's.
    """

    number: int
    span: Span
    text: str
    passage: Passage
    claims: tuple[SpokenClaim, ...] = ()
    claim: SpokenClaim | None = None

    @property
    def speaker(self) -> str | None:
        """Who says it; None where it is the article's own statement, or several people's."""
        return self.claim.speaker if self.claim is not None else None

    @property
    def day(self) -> dt.date | None:
        """The day on which its article was published."""
        published = self.passage.published
        return published.date() if isinstance(published, dt.datetime) else published

    @property
    def voice(self) -> str:
        """Who says it, or the publisher whose own words it is."""
        return self.speaker if self.speaker is not None else self.passage.source

    @property
    def sides(self) -> frozenset[str]:
        """The bodies and countries that the speaker stands for."""
        return frozenset(self.claim.sides) if self.claim is not None else frozenset()

    @property
    def content(self) -> str:
        """What was said; where it is the article's own statement, all of it."""
        return self.claim.said if self.claim is not None else self.text

    @property
    def denied(self) -> str | None:
        """What its speaker denies in it; None where nothing is denied."""
        denials = (c for c in self.claims if c.inside and c.speaker == self.speaker and Act.DENY in c.acts)
        return next((claim.said for claim in denials), None)

    def claim_of(self, speaker: str | None) -> SpokenClaim | None:
        """What it gives to a speaker of that name; where it gives nothing, as ``claim``."""
        named = (one for one in self.claims if one.inside and one.speaker == speaker)
        return next(named, self.claim)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerMatch:
    """How far a sentence is in the words of whom a question asks about.

    Attributes:
        number: of the sentence.
        speaker: whose words it is, as its article names him or her.
        sides: the bodies and countries that the speaker stands for, where the question asks for more than one side.
        fit: 0 to 1, how far the speaker, the act and the words are those that are asked for.
        other: whether the archive knows the speaker to be somebody else than whom is asked for.
    """

    number: int
    speaker: str
    sides: frozenset[str] = frozenset()
    fit: float
    other: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What an answer may rest on.

    Attributes:
        matches: where somebody's words are asked for, the sentences that are in somebody's.
        unheard: whether somebody's words are asked for of whom the archive tells none.
        doubtful: whether it is in doubt that any of it answers the question.
    """

    sentences: tuple[AttributedSentence, ...] = ()
    matches: tuple[SpeakerMatch, ...] = ()
    unheard: bool = False
    doubtful: bool = False

    @classmethod
    def of(cls, passages: Sequence[Passage]) -> Evidence:
        """Number the sentences of ``passages`` (given best first); who says them is not told yet."""
        order: dict[str, list[Passage]] = {}
        for passage in passages:
            order.setdefault(passage.article_id, []).append(passage)
        places = [
            (passage, span)
            for group in order.values()
            for passage in sorted(group, key=lambda p: p.span)
            for span in passage.sentences
        ]
        return cls(
            sentences=tuple(
                AttributedSentence(number=number, span=span, text=passage.sentence(span), passage=passage)
                for number, (passage, span) in enumerate(places, 1)
            )
        )

    def get(self, number: int) -> AttributedSentence | None:
        """The sentence of that number, or None where there is none."""
        return self.sentences[number - 1] if 1 <= number <= len(self.sentences) else None

    def match(self, number: int) -> SpeakerMatch | None:
        """How far that sentence is in the words that are asked for; None where it is in nobody's."""
        return next((one for one in self.matches if one.number == number), None)

    @property
    def passages(self) -> list[Passage]:
        """The passages that the sentences stand in, in reading order."""
        return list({(s.passage.article_id, s.passage.ordinal): s.passage for s in self.sentences}.values())

    @property
    def articles(self) -> dict[str, list[AttributedSentence]]:
        """The sentences by article id, in order."""
        groups: dict[str, list[AttributedSentence]] = {}
        for sentence in self.sentences:
            groups.setdefault(sentence.passage.article_id, []).append(sentence)
        return groups
