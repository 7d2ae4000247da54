"""Citations -> who says what, and who says otherwise: the accounts of an answer.

Invariants: every statement is a citation of the answer, under its number; a conflict stands in both accounts; where
nothing is attributed or one voice speaks alone there are no accounts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from assistant.citing.sentences import NumberedSentence
from assistant.speakers.conflicts import Told, conflict
from assistant.speakers.of_sentence import DENIALS, acts, voice_at
from assistant.types import Account, AccountKind, AccountStatement, Citation, Conflict
from ingest.article import Span
from ingest.attribution import Attribution, Kind
from ingest.language.gazetteer import bundled
from ingest.language.words import words
from vectorstore.retrieval.scope import Scope
from vectorstore.store import Store

_KINDS = {Kind.DIRECT: AccountKind.DIRECT, Kind.INDIRECT: AccountKind.INDIRECT, Kind.MIXED: AccountKind.MIXED}


@dataclass(slots=True)
class Voices:
    """Reads whose words sentences are, each article once.

    ``as_of``: where given, people's sides are looked up in what the archive held on that day; else only the words that
    the article has for a speaker say whom he or she speaks for.
    """

    store: Store
    as_of: dt.date | None = None
    _sides: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _articles: dict[str, tuple[list[Attribution], str]] = field(default_factory=dict)

    def told(
        self, article_id: str, sentence: Span, source: str, published: str | None, speaker: str | None = None
    ) -> tuple[Told, Attribution | None]:
        """A sentence as it is compared with others, and the attribution that makes it somebody's: that of ``speaker``
        where it has several.
        """
        if article_id not in self._articles:
            self._articles[article_id] = self.store.attributions(article_id), self.store.text(article_id)
        found, text = self._articles[article_id]
        voice = voice_at(found, sentence, text, speaker)
        content = sentence.of(text) if voice is None else " ".join(span.of(text) for span in voice.contents)
        return (
            Told(
                voice=voice.name if voice is not None else source,
                sides=frozenset(self.sides(article_id, voice)) if voice is not None else frozenset(),
                own=voice is None,
                content=content,
                sentence=sentence.of(text),
                denied=_denied(found, voice, sentence, text) if voice is not None else None,
                article_id=article_id,
                start=sentence.start,
                published=dt.datetime.fromisoformat(published).date() if published else None,
            ),
            voice,
        )

    def told_of(self, sentence: NumberedSentence) -> Told:
        """The same for a sentence of a context."""
        passage = sentence.passage
        published = passage.published.isoformat() if passage.published else None
        return self.told(passage.article_id, sentence.span, passage.source, published)[0]

    def sides(self, article_id: str, voice: Attribution) -> tuple[str, ...]:
        """Whom a voice speaks for, the nearest first; empty where that is not known."""
        found, text = self._articles[article_id]
        own = _sides_in(found, voice, text)
        if own or self.as_of is None:
            return own
        if voice.name not in self._sides:
            known = self.store.speakers(voice.name, Scope(as_of=self.as_of), limit=3)
            same = [one for one in known if voice.name in (one.name, *one.aliases)]
            self._sides[voice.name] = same[0].stands_for if same else ()
        return self._sides[voice.name]


def _denied(found: Sequence[Attribution], voice: Attribution, sentence: Span, text: str) -> str | None:
    """What a voice denies in a sentence; None where it denies nothing there."""
    for one in found:
        if sentence.contains(one.cue) and one.name == voice.name and acts(one, text) & DENIALS:
            return one.content.of(text)
    return None


def _sides_in(found: Sequence[Attribution], voice: Attribution, text: str) -> tuple[str, ...]:
    """Whom a voice speaks for by its article's words for it: "Kremlin spokesman Dmitry Peskov"."""
    institutions = bundled()
    sides: dict[str, None] = {}
    phrases = [voice.name, *(one.speaker.of(text) for one in found if one.name == voice.name and one.speaker)]
    for phrase in dict.fromkeys(phrases):
        description, _ = institutions.split(phrase)
        for side in (*institutions.standing(phrase).sides, *institutions.standing(description).sides):
            # "Putin's spokesman, Dmitry Peskov" speaks for nobody called Peskov.
            if institutions.is_country(side) or not set(words(side)) <= set(words(voice.name)):
                sides.setdefault(side)
    return tuple(sides)


def accounts(question: str, citations: Sequence[Citation], voices: Voices) -> tuple[Account, ...]:
    """The accounts of an answer, in the order in which their voices are first cited."""
    groups: list[_Group] = []
    for citation in citations:
        span = Span(citation.start, citation.end)
        told, voice = voices.told(citation.article_id, span, citation.source, citation.published, citation.speaker)
        sides = voices.sides(citation.article_id, voice) if voice is not None else ()
        group = next((g for g in groups if g.own == told.own and _same(g.voice, told.voice)), None)
        if group is None:
            group = _Group(voice=told.voice, own=told.own)
            groups.append(group)
        kind = AccountKind.OWN if voice is None else _KINDS.get(voice.kind, AccountKind.INDIRECT)
        group.add(citation, told, kind, sides)
    if len(groups) < 2 or all(group.own for group in groups):
        return ()
    conflicts = _conflicts(question, groups)
    return tuple(group.account(conflicts.get(at, ())) for at, group in enumerate(groups))


@dataclass(slots=True)
class _Group:
    voice: str
    own: bool
    sides: dict[str, None] = field(default_factory=dict)
    statements: list[AccountStatement] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    def add(self, citation: Citation, told: Told, kind: AccountKind, sides: Sequence[str]) -> None:
        self.sides.update(dict.fromkeys(sides))
        self.told.append(told)
        self.statements.append(
            AccountStatement(text=citation.quote, citation=citation.number, published=citation.published, kind=kind)
        )

    def compared(self) -> list[Told]:
        """What was told, each for all sides that its voice is known to speak for: an article may name one of them."""
        return [replace(one, sides=frozenset(self.sides) | one.sides) for one in self.told]

    def account(self, conflicts: Sequence[Conflict]) -> Account:
        return Account(
            speaker=None if self.own else self.voice,
            stands_for=tuple(side for side in self.sides if side != self.voice),
            source=(self.voice or None) if self.own else None,
            statements=tuple(self.statements),
            conflicts=tuple(conflicts),
        )


def _same(one: str, other: str) -> bool:
    """Whether two names are one: the words of one are all in the other, or both name the same body."""
    first, second = set(words(one, keep_possessive=False)), set(words(other, keep_possessive=False))
    if first == second:
        return True
    if first and second and (first <= second or second <= first) and one[0].isupper() and other[0].isupper():
        return not any(bundled().is_country(name) for name in (one, other))  # "Russia" is not its ministry
    standing, others = bundled().standing(one), bundled().standing(other)
    return len(standing.sides) == 2 and standing == others


def _conflicts(question: str, groups: Sequence[_Group]) -> Mapping[int, list[Conflict]]:
    """The conflicts of each group, by its place; of two groups the first of each kind."""
    found: dict[int, list[Conflict]] = {}
    for (i, one), (j, other) in combinations(enumerate(groups), 2):
        kinds = set()
        for mine, said in zip(one.compared(), one.statements, strict=True):
            for theirs, answered in zip(other.compared(), other.statements, strict=True):
                verdict = conflict(question, mine, theirs)
                if verdict is None or verdict[0] in kinds:
                    continue
                kind, about = verdict
                kinds.add(kind)
                here = Conflict(
                    kind=kind,
                    about=about,
                    citation=said.citation,
                    other=_voice(other),
                    other_citation=answered.citation,
                )
                there = Conflict(
                    kind=kind, about=about, citation=answered.citation, other=_voice(one), other_citation=said.citation
                )
                found.setdefault(i, []).append(here)
                found.setdefault(j, []).append(there)
    return found


def _voice(group: _Group) -> str:
    return group.account(()).voice
