"""Whom a question about speech means -> what he, she or they said, the most relevant first.

Who has a name, or speaks for a country or a body, is looked up in the whole archive. Who is only described ("the
company", "her coach", "the museum's archivist") is somebody of the story that the question is about, and is looked up
in the articles that its words have found, by what they call the people who speak in them: any other "company" of the
archive is another one.

Invariant: every statement is one of the store's, within the question's scope.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import islice

from assistant.speakers.of_sentence import AttributedArticles
from ingest.language.gazetteer import Gazetteer
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
_NOT_TELLING = word_set("her his its their our my outside own other former two both")
_PLACE = re.compile(r"\s(?:in|from|at|near|with|who|on|aboard)\s")
#: What is put behind a name between commas.
_APPOSED = re.compile(r",\s(?:\d+,\s)?(?P<words>(?P<does>(?:who|which|whose)\b)?[^,.;:“”\"\n]{3,90})[,.;]")
#: Ends what may stand before a name to say who it is; not the comma right before it.
_CLAUSE = re.compile(r"[.;:!?“”\"\n]\s*|,\s(?!$)")
#: Words before a name, and times that it stands in an article, that are looked at.
_BEFORE, _TIMES = 4, 12


def is_named(speaker: str, gazetteer: Gazetteer) -> bool:
    """Whether a question's words for a speaker hold a name, or that of a country or of one of its bodies.

    Where somebody is ("the mayor of Salla", "the baker in Paris") is no name of his or hers, but for "of" a country.
    """
    return bool(_names(speaker, gazetteer)) or bool(gazetteer.standing(_PLACE.split(speaker)[0], asked=True).sides)


def is_person(speaker: str, gazetteer: Gazetteer) -> bool:
    """Whether a speaker's name is one that is no country's, and not only a common one of a body ("the Ministry")."""
    found = names(f"It was {speaker}.", gazetteer)
    return any(name.country is None and not gazetteer.is_common(name.text) for name in found)


def _names(speaker: str, gazetteer: Gazetteer) -> list[Name]:
    plain = _PLACE.split(speaker)[0]
    here, *behind = re.split(r"\s(?:of|for)\s", plain, maxsplit=1)
    named = names(f"It was {here}.", gazetteer)
    return named or [n for n in names(f"It was {''.join(behind)}.", gazetteer) if n.country is not None]


def mentions(speaker: str, text: str, gazetteer: Gazetteer) -> bool:
    """Whether a text names a speaker that :func:`is_named`: by the last word of a name in it, or by a country."""
    listed = words(text, keep_possessive=False)
    keys = gazetteer.country_keys(listed)
    for name in _names(speaker, gazetteer):
        if name.country is not None and name.country in keys:
            return True
        if name.country is None and name.words and name.words[-1] in listed:
            return True
    return bool(keys & gazetteer.country_keys(words(_PLACE.split(speaker)[0], keep_possessive=False)))


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerResolution:
    """Finds out whom one question means, and what they said.

    Attributes:
        found: the places that the question's words have found, the best first: an article's id, and where.
    """

    store: Store
    articles: AttributedArticles
    scope: Scope
    found: Sequence[Place]

    def statements(self, speaker: str, about: str) -> list[SpokenStatement]:
        """What somebody said about something: ``STATEMENTS`` at most, and those that stand in what was found."""
        gazetteer = self.store.gazetteer
        found = self._by_name(speaker, about) if is_named(speaker, gazetteer) else []
        # "The Russian diplomat", of whom the archive has no name: whoever else speaks for Russia is asked for last.
        offices = gazetteer.standing(speaker, asked=True).offices
        if not found or (offices and any(gazetteer.body(one.speaker) for one in found)):
            return self._in_story(speaker, about) or found
        return found

    def _by_name(self, speaker: str, about: str) -> list[SpokenStatement]:
        for name in self._readings(speaker):
            query = StatementQuery(about=about, limit=STATEMENTS, copies=True, foremost=tuple(self.found))
            found = self._wanted(self.store.statements(name, query, self.scope))
            if found:
                return found
        return []

    def _readings(self, speaker: str) -> Iterator[str]:
        """Whom the question may mean: as it says; by the names in it; by what a name in the archive ends with."""
        gazetteer = self.store.gazetteer
        yield speaker
        named = (name.text for name in names(f"It was {speaker}.", gazetteer) if name.country is None)
        yield from (name for name in named if not gazetteer.is_common(name))  # a ministry is some country's
        yield from (one.name for one in self.store.speakers(speaker, Scope(as_of=self.scope.as_of), limit=1))

    def _wanted(self, statements: Sequence[SpokenStatement]) -> list[SpokenStatement]:
        """Those in which somebody is given words or a claim, not only a wish."""
        kept = []
        for said in statements:
            article = self.articles.of(said.article_id)
            if any(article.is_statement(one) for one in article.attributions if one.cue == said.cue):
                kept.append(said)
        return kept

    def _in_story(self, speaker: str, about: str) -> list[SpokenStatement]:
        """What those said whom the story's articles describe so; of the best article that describes anybody so."""
        gazetteer = self.store.gazetteer
        telling = _telling(speaker, gazetteer)
        described = {stem(word) for word in telling}
        sides = _countries_in(speaker, gazetteer)
        fitting: list[tuple[int, str, list[str]]] = []
        for article_id in self._nearest(about) if described else ():
            article = self.articles.of(article_id)
            speaking = dict.fromkeys(one.name for one in article.attributions if one.name and one.speaker is not None)
            # Whom the question names besides is somebody else: "What does the opposition's leader accuse Fenn of?"
            others = [
                name
                for name in speaking
                if not gazetteer.body(name) and not _is_named_in(about, name) and _may_be(name, sides, gazetteer)
            ]
            fits = {name: description_fit(name, article.text, described) for name in others}
            most = max(fits.values(), default=0)
            names_there = [name for name in others if fits[name] == most] if most else []
            if _BODIES & set(telling):
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
        wanted = set(content_stems(about))
        return sorted(self._story, key=lambda one: -len(wanted & set(content_stems(self.articles.of(one).text))))

    def _here(self, name: str, article_id: str, about: str) -> list[SpokenStatement]:
        """What somebody says in an article; of one who has a name also what the story's other articles have."""
        named = name[:1].isupper() and not self.store.gazetteer.is_common(name)
        where = set(self._story) if named else {article_id}
        wide = self.store.statements(name, StatementQuery(about=about, limit=_WIDE, copies=True), self.scope)
        return self._wanted([one for one in wide if one.article_id in where])

    def _of_a_body(self, name: str) -> bool:
        """Whether somebody speaks for a body that is no country's: a company's chief executive."""
        sides = self.store.stands_for(name, self.scope) if name[:1].isupper() else ()
        return bool(sides) and not any(self.store.gazetteer.is_country(side) for side in sides)


def _telling(speaker: str, gazetteer: Gazetteer) -> list[str]:
    """The folded words of a description that say whom it describes, the head last."""
    plain = re.split(r"\s(?:of|at|for|in|from|with|who)\s", speaker)[0]
    listed = words(plain, keep_possessive=False)
    return [w for w in listed if w not in FUNCTION_WORDS | _NOT_TELLING and gazetteer.country(w) is None]


def _countries_in(text: str, gazetteer: Gazetteer) -> set[str]:
    return gazetteer.country_keys(words(text, keep_possessive=False))


def _may_be(name: str, sides: set[str], gazetteer: Gazetteer) -> bool:
    """Whether a name tells of no other country than those that are asked for."""
    own = _countries_in(name, gazetteer)
    return not own or not sides or bool(own & sides)


def _is_named_in(question: str, name: str) -> bool:
    return name[:1].isupper() and words(name)[-1:] != [] and words(name)[-1] in words(question)


def description_fit(name: str, text: str, described: Set[str]) -> int:
    """How far a description (stems) fits a speaker of an article.

    Words that the article calls the speaker by count more than what it says that he or she does, and most where they
    are the name itself: the few words right before the name, what is put behind it between commas ("…, the museum's
    archivist, …"), and what it says there of him or her ("…, who sells ice cream, …").
    """
    own = {stem(word) for word in words(name, keep_possessive=False)}
    called, does = set(own), set[str]()
    last = re.escape(name.split()[-1])
    pattern = rf"(?<!\w)(?:{re.escape(name)}|{last})(?!\w)"
    for match in islice(re.finditer(pattern, text), _TIMES) if name[:1].isupper() else ():
        front = _CLAUSE.split(text[max(0, match.start() - 80) : match.start()])[-1]
        called |= {stem(word) for word in words(front, keep_possessive=False)[-_BEFORE:]}
        if behind := _APPOSED.match(text, match.end()):
            into = does if behind["does"] else called
            into |= {stem(word) for word in words(behind["words"], keep_possessive=False)}
    return 2 * len(described & called) + len(described & does - called) + (own == described)
