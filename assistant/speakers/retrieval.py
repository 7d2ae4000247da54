"""Questions about speech -> the statements that fit, over the whole archive, and the passages that hold them.

A named speaker's statements are looked up by name, office or side and ranked by what they are about; where the question
asks who spoke, whatever fits its words is looked through for the act that it names.

Invariants: what the question's day, dates and publishers exclude is never looked at; a story that stands in several
articles is found once; every sentence that is given as spoken has a voice in its own article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.citing.sentences import Context, NumberedSentence
from assistant.question.speech import Act, SpeechQuestion
from assistant.ranking.speech_phrases import PRONOUNS
from assistant.speakers.accounts import Voices
from assistant.speakers.of_sentence import (
    ACCUSATIONS,
    DENIALS,
    REPLIES,
    SpokenSentence,
    acts,
    is_statement,
    voice_at,
    voices_in,
)
from assistant.speakers.resolution import SpeakerLookup, is_named, is_person, mentions
from ingest.article import Span
from ingest.attribution import Attribution
from ingest.language.gazetteer import bundled
from ingest.language.words import SPEECH_VERBS, word_set, words
from vectorstore.archive.passage import Passage
from vectorstore.retrieval.scope import Scope
from vectorstore.speakers.types import SpokenStatement
from vectorstore.store import Store

#: Passages that statements bring into the context.
PASSAGES = 6
#: Passages that are looked through where nobody is named.
_LOOKED_THROUGH = 40
#: Passages looked up for one statement.
_FOR_ONE = 6

#: The fit of the least relevant statement of whom is asked about; and, as parts of what it were else, that of one who
#: only speaks for the same side, and of one whose side is not known where sides are asked for.
_LEAST, _SAME_SIDE, _NO_SIDE = 0.1, 0.5, 0.5

#: That of an agent without a name who speaks right behind whom is asked about, and how many characters that may be.
_FOLLOWS, _NEAR = 0.8, 400
_PUBLICATIONS = word_set("article articles report reports story newspaper paper site website column book study survey")

#: What standing in the best passage counts beside a statement's own relevance, a sum of two z-scores.
_FOUND = 1.0
#: The fit of a sentence which only tells of somebody who has no statement in the archive.
_TOLD_OF = 0.4
#: Verbs that tell of speech besides those that questions ask with.
_TELL = SPEECH_VERBS | word_set(
    """spoke spoken speaks speaking vow vows vowed urge urges urged pledge pledges pledged hint hints hinted signal
    signalled signaled write writes wrote written tweeted posted want wants wanted express expresses expressed agree
    agrees agreed refuse refuses refused ask asks asked maintain maintains maintained praise praised defend defended
    answer answers answered predict predicts predicted expect expects expected vowing threaten threatens threatened"""
)
_AGENTS = word_set("spokesman spokeswoman spokesperson statement official company ministry agency")

_NEGATED = re.compile(r"\b(?:not|never|no|none|nothing|nobody|neither)\b|n[’']t\b", re.I)


@dataclass(frozen=True, slots=True)
class _Told:
    """Statements that were found in one article: where each cue begins and how far it fits; names of the speakers."""

    cues: dict[int, float] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


@dataclass(slots=True)
class SpeechSearch:
    """One question about speech in one store."""

    store: Store
    asked: SpeechQuestion
    scope: Scope
    voices: Voices
    statements: list[SpokenStatement] = field(default_factory=list)
    _copies: list[SpokenStatement] = field(default_factory=list)  # and the same statements in copies
    _publishers: frozenset[str] = frozenset()
    _attributions: dict[str, tuple[list[Attribution], str]] = field(default_factory=dict)

    def passages(self, found: Sequence[Passage]) -> list[Passage]:
        """The passages that hold what is asked for, the most relevant first.

        Args:
            found: what the question's words have found already, near-duplicates left out; passages of it are taken
                as they are.
        """
        if not self.asked.speakers:
            wide = self.store.search(self.asked.about, self.scope, limit=_LOOKED_THROUGH)
            known = {(p.article_id, p.ordinal): p for p in found}
            fitting = [known.get((p.article_id, p.ordinal), p) for p in wide if self._holds(p)]
            return fitting[:PASSAGES]
        self.statements = self._statements(found)
        self._publishers = frozenset(w for p in found for w in words(p.source, keep_possessive=False))
        chosen: dict[tuple[str, int], Passage] = {}
        pool = list(found)
        for said in self.statements:
            if len(chosen) < PASSAGES:
                for passage in self._holders(said, pool):
                    chosen.setdefault((passage.article_id, passage.ordinal), passage)
        return list(chosen.values())[:PASSAGES]

    def spoken(self, context: Context) -> tuple[SpokenSentence, ...]:
        """The sentences of the context that are in somebody's words, and how far they are those that are asked for."""
        if self.asked.speakers and not self.statements:
            return tuple(self._told_of(context))
        told = self._by_article()
        fits = ((sentence, *self._fit(sentence, told)) for sentence in context.sentences)
        spoken = tuple(self._sentence(sentence, voice, fit) for sentence, voice, fit in fits if voice)
        sides = [one.sides for one in spoken if one.sides and one.fit]
        if any(not sides[0] & other for other in sides[1:]):
            return tuple(one for one in spoken if one.sides)  # who comments on two sides is neither
        return spoken

    def _sentence(self, sentence: NumberedSentence, speaker: str, fit: float) -> SpokenSentence:
        """Where the sides are asked for, who is known to be of one fits better."""
        spoken_for = self.voices.told_of(sentence).sides if self.asked.several or not fit else frozenset[str]()
        sides = spoken_for if self.asked.several else frozenset[str]()
        if self.asked.several and fit and not sides and self._is_party(sentence):
            sides = frozenset([speaker])
        known = fit if sides or not self.asked.several or self.asked.speakers else fit * _NO_SIDE
        elsewhere = bool(spoken_for and self._sides and not spoken_for & self._sides)
        other = not fit and (is_person(speaker) or elsewhere or self._is_another_story(sentence))
        return SpokenSentence(number=sentence.number, speaker=speaker, sides=sides, fit=known, other=other)

    def _is_another_story(self, sentence: NumberedSentence) -> bool:
        """Whether somebody who is only described is asked about, and a sentence stands in another story than theirs."""
        described = any(not is_named(one) for one in self.asked.speakers)
        return described and sentence.passage.article_id not in {said.article_id for said in self._copies}

    def _is_party(self, sentence: NumberedSentence) -> bool:
        """Whether a sentence denies or accuses: who does is no onlooker, but speaks for a side, be it his own."""
        found, text = self._of_article(sentence.passage.article_id)
        voices = voices_in(found, sentence.span, text)
        named = (one for one in voices if one.name.casefold() not in PRONOUNS)
        return any(acts(one, text) & (DENIALS | ACCUSATIONS) for one in named)

    @property
    def _sides(self) -> set[str]:
        """Whom those speak for who are asked about."""
        return {side for said in self.statements for side in said.stands_for}

    # -- a named speaker ------------------------------------------------------------------------------------------

    def unheard(self, spoken: Sequence[SpokenSentence]) -> bool:
        """Whether somebody with a name is asked about of whom nothing in the context tells that he or she spoke.

        A publisher is no speaker: what it says is what its articles say.
        """
        return (
            bool(self.asked.speakers)
            and not self.statements
            and not spoken
            and all(
                is_named(one) and not set(words(one, keep_possessive=False)) & (self._publishers | _PUBLICATIONS)
                for one in self.asked.speakers
            )
        )

    def _told_of(self, context: Context) -> Iterator[SpokenSentence]:
        """The sentences that name whom is asked about and tell of speech, where no statement of theirs is known."""
        for sentence in context.sentences:
            listed = words(sentence.text, keep_possessive=False)
            # "the United States"
            named = {at for start, end, _ in bundled().countries(listed) for at in range(start, end)}
            if not any(word in _TELL for at, word in enumerate(listed) if at not in named):
                continue
            for speaker in self.asked.speakers:
                if is_named(speaker) and mentions(speaker, sentence.text):
                    yield SpokenSentence(number=sentence.number, speaker=speaker, fit=_TOLD_OF)
                    break

    def _statements(self, found: Sequence[Passage]) -> list[SpokenStatement]:
        """Of each speaker the most relevant statements; of several speakers by turns. One story's copies once."""
        places = [(passage.article_id, passage.span) for passage in found]
        lookup = SpeakerLookup(self.store, places, self._of_article, self.scope, self._is_statement)
        lists = [_as_found(lookup.statements(one, self.asked.about), found) for one in self.asked.speakers]
        turns = [one[at] for at in range(max(map(len, lists), default=0)) for one in lists if at < len(one)]
        self._copies = turns
        seen: set[str] = set()
        distinct = []
        for said in turns:
            words_said = " ".join(words(said.quote))
            if words_said not in seen:
                distinct.append(said)
            seen.add(words_said)
        return distinct

    def _is_statement(self, said: SpokenStatement) -> bool:
        found, text = self._of_article(said.article_id)
        return any(is_statement(one, text) for one in found if one.cue == said.cue)

    def _holders(self, said: SpokenStatement, pool: list[Passage]) -> list[Passage]:
        """The passages in which a statement begins and ends, or those of the article that stands for its story."""
        here = [p for p in pool if p.article_id == said.article_id and _overlap(p.span, said.span)]
        if here:
            return here
        if any(copy.article_id == said.article_id for passage in pool for copy in passage.also_in):
            return []
        # Searched for, not read: so it comes with what is known of its copies and corrections.
        text = said.context.of(self.store.text(said.article_id))
        near = self.store.search(text, self.scope, limit=_FOR_ONE, copies=True)
        ranked = [replace(p, rank=0, score=min((q.score for q in pool), default=0.0)) for p in near]
        here = [p for p in ranked if p.article_id == said.article_id and _overlap(p.span, said.span)]
        if here and here[0].copy_of is not None:
            here = [p for p in ranked if p.article_id == here[0].copy_of and p.copy_of is None][:1]
        pool.extend(here)
        return here

    # -- sentences ------------------------------------------------------------------------------------------------

    def _holds(self, passage: Passage) -> bool:
        found, text = self._of_article(passage.article_id)
        return any(
            passage.span.start <= one.cue.start < passage.span.end and self._act(one, text) > 0
            for one in found
            if one.speaker is not None
        )

    def _by_article(self) -> dict[str, _Told]:
        """What was found, by article."""
        told: dict[str, _Told] = {}
        best = max((said.relevance for said in self._copies), default=0.0)
        least = min((said.relevance for said in self._copies), default=0.0)
        for said in self._copies:
            share = (said.relevance - least) / (best - least) if best > least else 1.0
            fit = (_LEAST + (1 - _LEAST) * share) * (1.0 if self._is_named(said.speaker) else _SAME_SIDE)
            told.setdefault(said.article_id, _Told()).cues[said.cue.start] = fit
        for article_id, one in told.items():
            one.names.update(a.name for a in self._of_article(article_id)[0] if a.cue.start in one.cues)
        return told

    def _is_named(self, speaker: str) -> bool:
        """Whether a speaker has a word of the description that is asked for, where more than a country is."""
        telling = {
            word
            for asked in self.asked.speakers
            for word in words(asked, keep_possessive=False)
            if not bundled().country(word) and not bundled().standing(asked, asked=True).offices
        }
        asked_for_countries = any(bundled().country(" ".join(words(asked))) for asked in self.asked.speakers)
        return not telling or asked_for_countries or bool(telling & set(words(speaker, keep_possessive=False)))

    def _fit(self, sentence: NumberedSentence, told: dict[str, _Told]) -> tuple[str, float]:
        found, text = self._of_article(sentence.passage.article_id)
        voice = voice_at(found, sentence.span, text)
        if not self.asked.speakers:
            inside = [one for one in found if sentence.span.contains(one.cue) and one.speaker is not None]
            act = max((self._act(one, text) for one in {voice, *inside} if one is not None), default=0.0)
            return (voice.name, act) if voice is not None else ("", 0.0)
        here = told.get(sentence.passage.article_id, _Told())
        # Of several voices in one sentence the one that is asked for.
        inside = voices_in(found, sentence.span, text)
        if voice is not None or len({one.name for one in inside}) > 1:
            voice = next((one for one in inside if one.name in here.names), voice)
        if voice is not None:
            if _follows(voice, found, here.names):
                return voice.name, _FOLLOWS
            known = min(here.cues.values(), default=0.0) if voice.name in here.names else 0.0
            about = here.cues.get(voice.cue.start, known)
            if self.asked.act is Act.RESPOND and about:
                # Few words of what is answered stand in the answer: it stands behind it, or says that it is one.
                return voice.name, (about + max(self._act(voice, text), _is_accused(voice, found, text))) / 2
            return voice.name, about * (1 + self._act(voice, text)) / 2
        return "", 0.0

    def _act(self, one: Attribution, text: str) -> float:
        """How far an attribution does what is asked for, 0 to 1."""
        if not is_statement(one, text):
            return 0.0
        done = acts(one, text)
        match self.asked.act:
            case Act.SAY:
                return 1.0
            case Act.ACCUSE:
                return 1.0 if done & ACCUSATIONS else 0.3 if self.asked.speakers else 0.0
            case Act.RESPOND:
                done_so = done & (DENIALS | REPLIES)
                return 1.0 if done_so else 0.6 if _NEGATED.search(one.content.of(text)) else 0.4
            case Act.DENY:
                return 1.0 if done & DENIALS else 0.6 if _NEGATED.search(one.content.of(text)) else 0.0

    def _of_article(self, article_id: str) -> tuple[list[Attribution], str]:
        if article_id not in self._attributions:
            self._attributions[article_id] = self.store.attributions(article_id), self.store.text(article_id)
        return self._attributions[article_id]


def _as_found(statements: Sequence[SpokenStatement], found: Sequence[Passage]) -> list[SpokenStatement]:
    """Statements by their relevance and by how well the question's words find the passage that they stand in."""
    places = [(p.article_id, p.span, 1 - at / len(found)) for at, p in enumerate(found)]
    lifted = [
        replace(
            said,
            relevance=said.relevance
            + _FOUND
            * max((s for a, span, s in places if a == said.article_id and _overlap(span, said.span)), default=0.0),
        )
        for said in statements
    ]
    return sorted(lifted, key=lambda said: -said.relevance)


def _is_accused(voice: Attribution, found: Sequence[Attribution], text: str) -> float:
    """1.0 where somebody else has accused right before a voice speaks."""
    before = [one for one in found if one.cue.start < voice.cue.start and one.name != voice.name]
    near = (one for one in before if voice.cue.start - one.cue.end < _NEAR)
    return float(any(acts(one, text) & ACCUSATIONS for one in near))


def _follows(voice: Attribution, found: Sequence[Attribution], named: set[str]) -> bool:
    """Whether "a spokeswoman" or "the official" speaks right behind one of these names."""
    others = {voice.name, "It", "it"}
    before = [one for one in found if one.cue.start < voice.cue.start and one.name not in others]
    plain = voice.name.islower() and set(words(voice.name)) <= _AGENTS
    return plain and bool(before) and before[-1].name in named and voice.cue.start - before[-1].cue.end < _NEAR


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
