"""Stored attributions -> whose words each sentence is, and by what act: said, denied, accused.

Who is told to want or fear something has not said it; who accuses, denies, expects or doubts has.

Invariant: a claim is one of the article's own attributions; where several of one speaker share a sentence, the one that
says most of it stands for them. Where the article names nobody, nobody is named.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from assistant.citing.evidence import AttributedSentence, Evidence, SpokenClaim
from assistant.speakers.shown import is_shown
from ingest.article import Span
from ingest.attribution import Attribution, Kind, speaker_at
from ingest.language.gazetteer import Gazetteer
from ingest.language.lexicon import Act, acts
from ingest.language.words import words
from vectorstore.store import Store

#: Acts of mind that count as said: whoever denies, accuses or expects something is quoted for it.
_TOLD = frozenset({Act.DENY, Act.ACCUSE, Act.OPINE})
#: Characters between what somebody says and an "It" that may stand for the same speaker.
_NEAR = 120

#: An article's id and a speaker's name in it -> whom he or she speaks for.
Sides = Callable[[str, str], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributedArticle:
    """An article's text and who says what in it, in the order of the cues."""

    id: str
    text: str
    attributions: tuple[Attribution, ...]

    def acts(self, one: Attribution) -> frozenset[Act]:
        """What is done by a cue: "has accused"."""
        return acts(words(one.cue.of(self.text)))

    def is_statement(self, one: Attribution) -> bool:
        """Whether somebody is given words or a claim, not only a wish or a fear."""
        return one.kind is not Kind.STANCE or bool(self.acts(one) & _TOLD)


@dataclass(frozen=True, slots=True)
class AttributedArticles:
    """The articles that one question looks at, each read once."""

    store: Store
    _read: dict[str, AttributedArticle] = field(default_factory=dict)

    def of(self, article_id: str) -> AttributedArticle:
        """One article.

        Raises:
            UnknownArticle: where there is none of that id.
        """
        if article_id not in self._read:
            text = self.store.text(article_id)
            found = tuple(self.store.attributions(article_id))
            self._read[article_id] = AttributedArticle(id=article_id, text=text, attributions=found)
        return self._read[article_id]


def attributed(evidence: Evidence, articles: AttributedArticles, sides: Sides) -> Evidence:
    """The evidence with whose words its sentences are."""
    return replace(evidence, sentences=tuple(_attributed(s, articles, sides) for s in evidence.sentences))


def _attributed(sentence: AttributedSentence, articles: AttributedArticles, sides: Sides) -> AttributedSentence:
    article = articles.of(sentence.passage.article_id)
    whole = speaker_of(sentence.span, article)
    return replace(
        sentence,
        claims=claims_of(sentence.span, article, sides),
        claim=_claim(whole, sentence.span, article, sides) if whole is not None else None,
    )


def claims_of(sentence: Span, article: AttributedArticle, sides: Sides) -> tuple[SpokenClaim, ...]:
    """What a sentence gives to speakers: first by cues that stand in it, then by those of other sentences."""
    inside = claims_inside(sentence, article)
    reaching = (one for one in article.attributions if one.speaker and _reaches(one, sentence, article))
    every = (*inside, *(one for one in reaching if one not in inside))
    return tuple(_claim(one, sentence, article, sides) for one in every)


def claims_inside(sentence: Span, article: AttributedArticle) -> list[Attribution]:
    """The attributions to named speakers whose cue stands in a sentence, those that say most of it first."""
    inside = [
        one
        for one in article.attributions
        if one.name and one.speaker and sentence.contains(one.cue) and article.is_statement(one)
    ]
    return sorted(inside, key=lambda one: -sum(_shared(span, sentence) for span in one.contents))


def _reaches(one: Attribution, sentence: Span, article: AttributedArticle) -> bool:
    return article.is_statement(one) and any(_shared(span, sentence) for span in one.contents)


def speaker_of(sentence: Span, article: AttributedArticle) -> Attribution | None:
    """Whose words a sentence is; None where it is the article's own statement, or several people's."""
    found = speaker_at(article.attributions, sentence)
    if found is not None and found.name and article.is_statement(found):
        return _resolved(found, article)
    inside = claims_inside(sentence, article)
    covered = sum(_shared(span, sentence) for one in inside for span in (one.speaker, one.cue, *one.contents) if span)
    if len({one.name for one in inside}) != 1 or 3 * covered < 2 * len(sentence):
        return None
    return _resolved(inside[0], article)


def _resolved(one: Attribution, article: AttributedArticle) -> Attribution:
    """The attribution, an "It" that was left to stand in its name replaced by who spoke in the sentence before.

    Not by anybody whom the article calls "he" or "she".
    """
    if one.name.casefold() != "it" or one.speaker is None:
        return one
    start = one.speaker.start
    before = [a for a in article.attributions if a.speaker is not None and a.cue.start < start and a.name != one.name]
    if not before or start - max(before[-1].cue.end, before[-1].content.end) > _NEAR:
        return one
    name = before[-1].name
    people = {a.name for a in article.attributions if a.speaker and a.speaker.of(article.text).casefold() in _PERSONAL}
    return one if name in people else replace(one, name=name)


_PERSONAL = ("he", "she")


def _claim(one: Attribution, sentence: Span, article: AttributedArticle, sides: Sides) -> SpokenClaim:
    return SpokenClaim(
        speaker=one.name,
        sides=sides(article.id, one.name),
        acts=article.acts(one),
        kind=one.kind,
        cue=one.cue,
        inside=sentence.contains(one.cue),
        said=" ".join(span.of(article.text) for span in one.contents),
        phrase=_within(one.speaker, sentence) if one.speaker is not None else None,
        contents=tuple(part for span in one.contents if (part := _within(span, sentence))),
        shown=is_shown(one, article.text),
    )


def _within(span: Span, sentence: Span) -> Span | None:
    """The part of a span that lies in a sentence, counted from the sentence's start."""
    start, end = max(span.start, sentence.start), min(span.end, sentence.end)
    return Span(start - sentence.start, end - sentence.start) if start < end else None


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def sides_in_article(articles: AttributedArticles, gazetteer: Gazetteer) -> Sides:
    """Whom speakers speak for by their article's own words for them: "Kremlin spokesman Dmitry Peskov"."""
    known: dict[tuple[str, str], tuple[str, ...]] = {}

    def sides(article_id: str, name: str) -> tuple[str, ...]:
        if (article_id, name) not in known:
            known[article_id, name] = _sides(articles.of(article_id), name, gazetteer)
        return known[article_id, name]

    return sides


def _sides(article: AttributedArticle, name: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    found: dict[str, None] = {}
    phrases = [name, *(a.speaker.of(article.text) for a in article.attributions if a.name == name and a.speaker)]
    for phrase in dict.fromkeys(phrases):
        description, _ = gazetteer.split(phrase)
        for side in (*gazetteer.standing(phrase).sides, *gazetteer.standing(description).sides):
            # "Putin's spokesman, Dmitry Peskov" speaks for nobody called Peskov.
            if gazetteer.is_country(side) or not set(words(side)) <= set(words(name)):
                found.setdefault(side)
    return tuple(found)
