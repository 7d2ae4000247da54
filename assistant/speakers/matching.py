"""Which sentences of the evidence are in the words of whom a question asks about, and how far.

Invariant: whoever is matched is named by the sentence's own article; whom the archive knows to be somebody else is
marked as such.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.citing.evidence import AttributedSentence, Evidence, SpeakerMatch
from assistant.question.speech import SpeechQuestion
from assistant.speakers.of_sentence import AttributedArticle, AttributedArticles, claims_inside
from assistant.speakers.resolution import is_named, is_person, mentions
from assistant.speakers.retrieval import SpeechFound, act_fit
from ingest.article import Span
from ingest.language.gazetteer import Gazetteer
from ingest.language.lexicon import SPEECH, Act, verbs
from ingest.language.words import word_set, words

#: The fit of the least relevant statement of whom is asked about; and, as parts of what it were else, that of one who
#: only speaks for the same side, and of one whose side is not known where sides are asked for.
_LEAST, _SAME_SIDE, _NO_SIDE = 0.1, 0.5, 0.5
#: That of an agent without a name who speaks right behind whom is asked about, and how many characters that may be.
_FOLLOWS, _NEAR = 0.8, 400
#: The fit of a sentence which only tells of somebody who has no statement in the archive.
_ONLY_TELLS = 0.4

_PUBLICATIONS = word_set("article articles report reports story newspaper paper site website column book study survey")
_AGENTS = word_set("spokesman spokeswoman spokesperson statement official company ministry agency")
_PRONOUNS = word_set("he she it they i we you who that one")


@dataclass(slots=True)
class _Here:
    """Statements that were found in one article: where each cue begins and how far it fits; names of the speakers."""

    cues: dict[int, float] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerMatcher:
    """Matches the sentences of the evidence with whom a question about speech asks for."""

    speech: SpeechQuestion
    found: SpeechFound
    articles: AttributedArticles
    gazetteer: Gazetteer

    def matches(self, evidence: Evidence) -> tuple[SpeakerMatch, ...]:
        """The sentences that are in somebody's words, and how far they are those that are asked for."""
        if self.speech.speakers and not self.found.statements:
            return tuple(self._only_told_of(evidence))
        here = self._by_article()
        fits = ((sentence, *self._fit(sentence, here)) for sentence in evidence.sentences)
        matched = tuple(self._match(sentence, speaker, fit) for sentence, speaker, fit in fits if speaker)
        sides = [one.sides for one in matched if one.sides and one.fit]
        if any(not sides[0] & other for other in sides[1:]):
            return tuple(one for one in matched if one.sides)  # who comments on two sides is neither
        return matched

    def unheard(self, evidence: Evidence) -> bool:
        """Whether somebody with a name is asked about of whom nothing in the evidence tells that he or she spoke.

        A publisher is no speaker: what it says is what its articles say.
        """
        if not self.speech.speakers or self.found.statements or evidence.matches:
            return False
        publishers = {w for p in evidence.passages for w in words(p.source, keep_possessive=False)} | _PUBLICATIONS
        return all(
            is_named(one, self.gazetteer) and not set(words(one, keep_possessive=False)) & publishers
            for one in self.speech.speakers
        )

    def _only_told_of(self, evidence: Evidence) -> Iterator[SpeakerMatch]:
        """The sentences that name whom is asked about and tell of speech, where no statement of theirs is known."""
        telling = verbs(*SPEECH, Act.OPINE, Act.WANT)
        for sentence in evidence.sentences:
            listed = words(sentence.text, keep_possessive=False)
            # "The United States": a word of a country's name is no verb.
            named = {at for start, end, _ in self.gazetteer.countries(listed) for at in range(start, end)}
            if not any(word in telling for at, word in enumerate(listed) if at not in named):
                continue
            for speaker in self.speech.speakers:
                if is_named(speaker, self.gazetteer) and mentions(speaker, sentence.text, self.gazetteer):
                    yield SpeakerMatch(number=sentence.number, speaker=speaker, fit=_ONLY_TELLS)
                    break

    def _match(self, sentence: AttributedSentence, speaker: str, fit: float) -> SpeakerMatch:
        """Where the sides are asked for, who is known to be of one fits better."""
        claim = sentence.claim_of(speaker)
        stands_for = frozenset(claim.sides) if claim is not None else frozenset[str]()
        sides = stands_for if self.speech.several else frozenset[str]()
        if self.speech.several and fit and not sides and _is_party(sentence):
            sides = frozenset([speaker])
        known = fit if sides or not self.speech.several or self.speech.speakers else fit * _NO_SIDE
        asked_for = {side for said in self.found.statements for side in said.stands_for}
        elsewhere = bool(stands_for and asked_for and not stands_for & asked_for)
        other = not fit and (is_person(speaker, self.gazetteer) or elsewhere or self._is_another_story(sentence))
        return SpeakerMatch(number=sentence.number, speaker=speaker, sides=sides, fit=known, other=other)

    def _is_another_story(self, sentence: AttributedSentence) -> bool:
        """Whether somebody who is only described is asked about, and a sentence stands in another story than theirs."""
        described = any(not is_named(one, self.gazetteer) for one in self.speech.speakers)
        return described and sentence.passage.article_id not in {said.article_id for said in self.found.copies}

    def _by_article(self) -> dict[str, _Here]:
        """What was found, by article."""
        here: dict[str, _Here] = {}
        best = max((said.relevance for said in self.found.copies), default=0.0)
        least = min((said.relevance for said in self.found.copies), default=0.0)
        for said in self.found.copies:
            share = (said.relevance - least) / (best - least) if best > least else 1.0
            fit = (_LEAST + (1 - _LEAST) * share) * (1.0 if self._is_named(said.speaker) else _SAME_SIDE)
            here.setdefault(said.article_id, _Here()).cues[said.cue.start] = fit
        for article_id, one in here.items():
            found = self.articles.of(article_id).attributions
            one.names.update(a.name for a in found if a.cue.start in one.cues)
        return here

    def _is_named(self, speaker: str) -> bool:
        """Whether a speaker has a word of the description that is asked for, where more than a country is."""
        telling, countries = set[str](), False
        for asked in self.speech.speakers:
            countries = countries or self.gazetteer.country(" ".join(words(asked))) is not None
            offices = self.gazetteer.standing(asked, asked=True).offices
            listed = () if offices else words(asked, keep_possessive=False)
            telling.update(word for word in listed if self.gazetteer.country(word) is None)
        return not telling or countries or bool(telling & set(words(speaker, keep_possessive=False)))

    def _fit(self, sentence: AttributedSentence, found: dict[str, _Here]) -> tuple[str, float]:
        """Whose words a sentence is, and how far they are those that are asked for; "" where they are nobody's."""
        article = self.articles.of(sentence.passage.article_id)
        inside = claims_inside(sentence.span, article)
        if not self.speech.speakers:
            done = [act_fit(one, article, self.speech) for one in inside]
            whole = [one for one in article.attributions if sentence.claim and one.cue == sentence.claim.cue]
            act = max([*done, *(act_fit(one, article, self.speech) for one in whole)], default=0.0)
            return (sentence.speaker, act) if sentence.speaker is not None else ("", 0.0)
        here = found.get(sentence.passage.article_id, _Here())
        name, cue = sentence.speaker, sentence.claim.cue if sentence.claim is not None else None
        # Of several speakers in one sentence the one that is asked for.
        if name is not None or len({one.name for one in inside}) > 1:
            asked_for = next((one for one in inside if one.name in here.names), None)
            name, cue = (asked_for.name, asked_for.cue) if asked_for is not None else (name, cue)
        if name is None or cue is None:
            return "", 0.0
        if _follows(name, cue, article, here.names):
            return name, _FOLLOWS
        known = min(here.cues.values(), default=0.0) if name in here.names else 0.0
        about = here.cues.get(cue.start, known)
        spoken = next(one for one in article.attributions if one.cue == cue)
        act = act_fit(spoken, article, self.speech)
        if self.speech.act is Act.RESPOND and about:
            # Few words of what is answered stand in the answer: it stands behind it, or says that it is one.
            return name, (about + max(act, _is_accused(name, cue, article))) / 2
        return name, about * (1 + act) / 2


def _is_party(sentence: AttributedSentence) -> bool:
    """Whether a sentence denies or accuses: who does is no onlooker, but speaks for a side, be it his own."""
    named = (one for one in sentence.claims if one.inside and one.speaker.casefold() not in _PRONOUNS)
    return any(one.acts & {Act.DENY, Act.ACCUSE} for one in named)


def _is_accused(name: str, cue: Span, article: AttributedArticle) -> float:
    """1.0 where somebody else has accused right before somebody speaks."""
    before = [one for one in article.attributions if one.cue.start < cue.start and one.name != name]
    near = (one for one in before if cue.start - one.cue.end < _NEAR)
    return float(any(Act.ACCUSE in article.acts(one) for one in near))


def _follows(name: str, cue: Span, article: AttributedArticle, named: set[str]) -> bool:
    """Whether "a spokeswoman" or "the official" speaks right behind one of these names."""
    others = {name, "It", "it"}
    before = [one for one in article.attributions if one.cue.start < cue.start and one.name not in others]
    plain = name.islower() and set(words(name)) <= _AGENTS
    return plain and bool(before) and before[-1].name in named and cue.start - before[-1].cue.end < _NEAR
