"""Passages -> the numbered sentences that an answerer sees and cites, each with whose words it is.

Invariants:

* A number stands for one span of one article, and for the same one as long as the evidence lives. Numbers run from 1
  in reading order: articles by their best passage, and within an article in the order of its text.
* Who says a sentence is what the stored attributions of its article say; nothing else is asked for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from ingest.article import SentenceKind, Span
from ingest.attribution import Kind
from ingest.language.lexicon import Act
from vectorstore.archive.passage import Passage

#: What says of what is beside it what that is about: it is read for that, also where it is no answer.
_CONTEXT = frozenset({SentenceKind.SUBHEAD, SentenceKind.LIST_ITEM, SentenceKind.TABLE_ROW})


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
        shown: whether the speaker is certain enough to be shown as whom the sentence is said by.
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
    shown: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributedSentence:
    """One citable sentence.

    Attributes:
        text: its exact words.
        passage: the passage that it stands in.
        kind: what it is in its article.
        answers: whether it may be quoted and cited; a heading only says what stands below it.
        claims: what it gives to speakers, those whose cue stands in it and who say most of it first.
        claim: the one whose words it is as a whole; None where it is the article's own statement, or several people's.
    """

    number: int
    span: Span
    text: str
    passage: Passage
    kind: SentenceKind = SentenceKind.PROSE
    answers: bool = True
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

    def shown_claim(self, speaker: str | None) -> SpokenClaim | None:
        """What it gives to a speaker of that name, as :meth:`claim_of`, where that speaker is shown."""
        claim = self.claim_of(speaker)
        return claim if claim is not None and claim.shown else None

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
class Listed:
    """The articles that a question asks for.

    Attributes:
        heading: what is said before them: how many there are, of what.
        articles: their ids, in the order in which they are listed.
        subject: the words that all of them have; empty where none are asked for.
        alone: whether the list is the answer, and nothing is to be told of what the articles say.
    """

    heading: str
    articles: tuple[str, ...]
    subject: str
    alone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What an answer may rest on.

    Attributes:
        matches: where somebody's words are asked for, the sentences that are in somebody's.
        unheard: whether somebody's words are asked for of whom the archive tells none.
        doubtful: whether it is in doubt that any of it answers the question.
        listed: where the archive's articles themselves are asked for, which these are.
    """

    sentences: tuple[AttributedSentence, ...] = ()
    matches: tuple[SpeakerMatch, ...] = ()
    unheard: bool = False
    doubtful: bool = False
    listed: Listed | None = None

    @classmethod
    def of(
        cls,
        passages: Sequence[Passage],
        kinds: Callable[[str], Mapping[int, SentenceKind]] = lambda _: {},
        answering: Collection[SentenceKind] = frozenset(SentenceKind),
    ) -> Evidence:
        """Number the sentences of ``passages`` (given best first); who says them is not told yet.

        Args:
            kinds: an article's id -> where its sentences begin -> what they are; prose where that is not known.
            answering: the kinds that may answer; the others are no evidence, headings and entries only context.
        """
        order: dict[str, list[Passage]] = {}
        for passage in passages:
            order.setdefault(passage.article_id, []).append(passage)
        places = []
        for article_id, group in order.items():
            told = kinds(article_id)
            for passage in sorted(group, key=lambda p: p.span):
                each = ((passage, span, told.get(span.start, SentenceKind.PROSE)) for span in passage.sentences)
                places += [place for place in each if place[2] in answering or place[2] in _CONTEXT]
        return cls(
            sentences=tuple(
                AttributedSentence(
                    number=number,
                    span=span,
                    text=passage.sentence(span),
                    passage=passage,
                    kind=kind,
                    answers=kind in answering,
                )
                for number, (passage, span, kind) in enumerate(places, 1)
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
