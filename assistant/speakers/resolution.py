"""Whom a question about speech means -> what he, she or they said, the most relevant first.

Who has a name, or speaks for a country or a body, is looked up in the whole archive. Who is only described ("the
company", "her coach", "the museum's archivist") is somebody of the story that the question is about, and is looked up
in the articles that its words have found, by what they call the people who speak in them: any other "company" of the
archive is another one.

Invariant: every statement is one of the store's, within the question's day, dates and publishers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import islice

from ingest.attribution import Attribution
from ingest.language.gazetteer import bundled
from ingest.language.names import Name, names
from ingest.language.words import FUNCTION_WORDS, content_stems, stem, word_set, words
from vectorstore.retrieval.scope import Scope
from vectorstore.speakers.statements import Place, StatementQuery
from vectorstore.speakers.types import SpokenStatement
from vectorstore.store import Store

#: Statements of one speaker that are looked at; and those that are looked through for one article's.
STATEMENTS, _WIDE = 32, 60
#: Articles, from the best, in which somebody who is only described may speak.
_STORY = 3
#: What may stand for the body that an article is about, when it is called by what it is.
_BODIES = word_set("company firm manufacturer maker operator employer management developer developers")
_NOT_TOLD = word_set("her his its their our my outside own other former two both")
_PLACE = re.compile(r"\s(?:in|from|at|near|with|who|on|aboard)\s")
#: What is put behind a name between commas.
_APPOSED = re.compile(r",\s(?:\d+,\s)?(?P<words>(?P<does>(?:who|which|whose)\b)?[^,.;:“”\"\n]{3,90})[,.;]")
#: Ends what may stand before a name to say who it is; not the comma right before it.
_CLAUSE = re.compile(r"[.;:!?“”\"\n]\s*|,\s(?!$)")
#: Words before a name, and times that it stands in an article, that are looked at.
_BEFORE, _TIMES = 4, 12

#: Article id -> its attributions and its text.
OfArticle = Callable[[str], tuple[list[Attribution], str]]


def is_named(speaker: str) -> bool:
    """Whether a question's words for a speaker hold a name, or that of a country or of one of its bodies.

    Where somebody is ("the mayor of Salla", "the baker in Paris") is no name of his or hers, but for "of" a country.
    """
    return bool(_names(speaker)) or bool(bundled().standing(_PLACE.split(speaker)[0], asked=True).sides)


def is_person(speaker: str) -> bool:
    """Whether a speaker's name is one that is no country's, and not only a common one of a body ("the Ministry")."""
    return any(name.country is None and not bundled().is_common(name.text) for name in names(f"It was {speaker}."))


def _names(speaker: str) -> list[Name]:
    plain = _PLACE.split(speaker)[0]
    here, *behind = re.split(r"\s(?:of|for)\s", plain, maxsplit=1)
    named = names(f"It was {here}.")
    return named or [name for name in names(f"It was {''.join(behind)}.") if name.country is not None]


def mentions(speaker: str, text: str) -> bool:
    """Whether a text names a speaker that :func:`is_named`: by the last word of a name in it, or by a country."""
    listed = set(words(text, keep_possessive=False))
    keys = bundled().country_keys(words(text, keep_possessive=False))
    for name in _names(speaker):
        if name.country is not None and name.country in keys:
            return True
        if name.country is None and name.words and name.words[-1] in listed:
            return True
    return bool(keys & {key for *_, key in bundled().countries(words(_PLACE.split(speaker)[0], keep_possessive=False))})


@dataclass(frozen=True, slots=True)
class SpeakerLookup:
    """Looks up speakers for one question.

    Attributes:
        found: the passages that the question's words have found, the best first: an article's id, and where.
        of_article: reads an article's attributions and its text.
        wanted: whether a statement counts.
    """

    store: Store
    found: Sequence[Place]
    of_article: OfArticle
    scope: Scope
    wanted: Callable[[SpokenStatement], bool]

    def statements(self, speaker: str, about: str) -> list[SpokenStatement]:
        """What somebody said about something: ``STATEMENTS`` at most, and those that stand in what was found."""
        found = self._by_name(speaker, about) if is_named(speaker) else []
        # "The Russian diplomat", of whom the archive has no name: whoever else speaks for Russia is asked for last.
        if not found or (
            bundled().standing(speaker, asked=True).offices and any(bundled().body(o.speaker) for o in found)
        ):
            return self._in_story(speaker, about) or found
        return found

    def _by_name(self, speaker: str, about: str) -> list[SpokenStatement]:
        for name in self._readings(speaker):
            found = self._of(name, about)
            if found:
                return found
        return []

    def _of(self, name: str, about: str) -> list[SpokenStatement]:
        return [
            one
            for one in self.store.statements(
                name,
                StatementQuery(about=about, limit=STATEMENTS, copies=True, foremost=tuple(self.found)),
                self.scope,
            )
            if self.wanted(one)
        ]

    def _readings(self, speaker: str) -> Iterator[str]:
        """Whom the question may mean: as it says; by the names in it; by what a name in the archive ends with."""
        yield speaker
        named = (name.text for name in names(f"It was {speaker}.") if name.country is None)
        yield from (name for name in named if not bundled().is_common(name))  # a ministry is some country's
        yield from (one.name for one in self.store.speakers(speaker, Scope(as_of=self.scope.as_of), limit=1))

    def _in_story(self, speaker: str, about: str) -> list[SpokenStatement]:
        """What those said whom the story's articles describe so; of the best article that describes anybody so."""
        described = {stem(word) for word in _telling(speaker)}
        sides = _countries_in(speaker)
        body = bool(_BODIES & set(_telling(speaker)))
        fitting: list[tuple[int, str, list[str]]] = []
        for article_id in self._nearest(about) if described else ():
            found, text = self.of_article(article_id)
            speaking = dict.fromkeys(one.name for one in found if one.name and one.speaker is not None)
            # Whom the question names besides is somebody else: "What does the opposition's leader accuse Fenn of?"
            others = [n for n in speaking if not bundled().body(n) and not _is_named_in(about, n) and _may_be(n, sides)]
            fits = {name: called(name, text).fit(described) for name in others}
            most = max(fits.values(), default=0)
            names_there = [name for name in others if fits[name] == most] if most else []
            if body:
                names_there += [name for name in others if name not in names_there and self._of_a_body(name)]
            fitting.append((most, article_id, names_there))
        for _, article_id, names_there in sorted(fitting, key=lambda one: -one[0]):
            said = [one for name in names_there for one in self._here(name, article_id, about)]
            if said:
                return sorted(said, key=lambda one: -one.relevance)[:STATEMENTS]
        return []

    @property
    def _story(self) -> list[str]:
        """The ids of the best articles that were found."""
        return list(dict.fromkeys(article_id for article_id, _ in self.found))[:_STORY]

    def _nearest(self, about: str) -> list[str]:
        """The story's articles, those first that have most of the words that the statement is to be about."""
        asked = set(content_stems(about))
        return sorted(self._story, key=lambda one: -len(asked & set(content_stems(self.of_article(one)[1]))))

    def _here(self, name: str, article_id: str, about: str) -> list[SpokenStatement]:
        """What somebody says in an article; of one who has a name also what the story's other articles have."""
        where = set(self._story) if name[:1].isupper() and not bundled().is_common(name) else {article_id}
        wide = self.store.statements(name, StatementQuery(about=about, limit=_WIDE, copies=True), self.scope)
        return [one for one in wide if one.article_id in where and self.wanted(one)]

    def _of_a_body(self, name: str) -> bool:
        """Whether somebody speaks for a body that is no country's: a company's chief executive."""
        if not name[:1].isupper():
            return False
        known = self.store.speakers(name, Scope(as_of=self.scope.as_of), limit=1)
        sides = known[0].stands_for if known else ()
        return bool(sides) and not any(bundled().is_country(side) for side in sides)


def _telling(speaker: str) -> list[str]:
    """The folded words of a description that say whom it describes, the head last."""
    plain = re.split(r"\s(?:of|at|for|in|from|with|who)\s", speaker)[0]
    listed = words(plain, keep_possessive=False)
    return [w for w in listed if w not in FUNCTION_WORDS | _NOT_TOLD and bundled().country(w) is None]


def _countries_in(text: str) -> set[str]:
    return bundled().country_keys(words(text, keep_possessive=False))


def _may_be(name: str, sides: set[str]) -> bool:
    """Whether a name tells of no other country than those that are asked for."""
    own = _countries_in(name)
    return not own or not sides or bool(own & sides)


def _is_named_in(question: str, name: str) -> bool:
    return name[:1].isupper() and words(name)[-1:] != [] and words(name)[-1] in words(question)


@dataclass(frozen=True, slots=True)
class Called:
    """The stems of a speaker's name, of all words by which an article calls it, and of those that tell what it does."""

    name: frozenset[str]
    words: frozenset[str]
    does: frozenset[str]

    def fit(self, described: Set[str]) -> int:
        """How far a description fits: words that call the speaker so count more than what he or she does, and most
        where they are the name itself.
        """
        whole = 1 if self.name == described else 0
        return 2 * len(described & self.words) + len(described & self.does - self.words) + whole


def called(name: str, text: str) -> Called:
    """How an article calls a speaker: by the name, the few words right before it, and what is put behind it between
    commas ("…, the museum's archivist, …"); and what it says that he or she does ("…, who sells ice cream, …").
    """
    own = {stem(word) for word in words(name, keep_possessive=False)}
    found = set(own)
    does: set[str] = set()
    last = re.escape(name.split()[-1])
    pattern = rf"(?<!\w)(?:{re.escape(name)}|{last})(?!\w)"
    for match in islice(re.finditer(pattern, text), _TIMES) if name[:1].isupper() else ():
        front = _CLAUSE.split(text[max(0, match.start() - 80) : match.start()])[-1]
        found |= {stem(word) for word in words(front, keep_possessive=False)[-_BEFORE:]}
        if behind := _APPOSED.match(text, match.end()):
            into = does if behind["does"] else found
            into |= {stem(word) for word in words(behind["words"], keep_possessive=False)}
    return Called(frozenset(own), frozenset(found), frozenset(does))
