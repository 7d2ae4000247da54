"""Who speaks for whom: a name or description -> the bodies and countries that it stands for, by a file of plain facts.

"Russian Foreign Ministry spokeswoman" stands for the Russian Foreign Ministry and for Russia; "Apple spokeswoman" for
Apple; "former Russian president" for nobody. The file is ``gazetteer.toml`` beside this module, or one in its place.
A store owns the gazetteer that its user named (``Store.gazetteer``): whoever has a store asks that one.

Invariant: a description stands for a country only where nothing but words for offices stands beside the country's
name; whatever else there is (a party, a trade, a place within it) and it stands for nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ingest.language.countries import Countries, longest
from ingest.language.gazetteer_file import InstitutionsError, InstitutionsFile, Vocabulary, read_file
from ingest.language.words import Token, fold, tokenise, without_possessive

_PARTING = frozenset(["and", "or", "to", "of", "by", "with", "for", "as", "like", "in", "on", "at", "than"])
_SHORT = 5  # characters of a name that is read only in capitals where the file has it so


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a description comes to.

    Attributes:
        sides: the bodies and countries that it stands for, the narrowest first; empty where it stands for none.
        offices: the offices that it names, folded.
        apart: it says that the office is no longer, or not yet, held ("former"), or is held against the government.
    """

    sides: tuple[str, ...] = ()
    offices: frozenset[str] = frozenset()
    apart: bool = False


@dataclass(frozen=True, slots=True)
class _Named:
    """A body, or with an empty ``body`` a country."""

    country: str
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gazetteer(Countries):
    """Countries, their bodies and the words for offices (``words``)."""

    words: Vocabulary
    _named: Mapping[str, _Named]
    _written_in_capitals: frozenset[str]
    _offices: frozenset[str]
    _people: frozenset[str]
    _proper_names: frozenset[str]
    _ministries: Mapping[str, str]
    _houses: Mapping[tuple[str, str], str]
    _reach: dict[str, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        Countries.__post_init__(self)
        self._reach.update(longest([*self._named, *self._offices, *self.words.agents]))

    def standing(self, phrase: str, *, asked: bool = False) -> Standing:
        """What a description stands for.

        Args:
            asked: the phrase is a question's: then capitals do not matter.
        """
        tokens = tokenise(phrase)
        if any(part in self.words.apart for token in tokens for part in (token.word, *token.word.split("-"))):
            return Standing(offices=frozenset(self._offices_in(tokens)), apart=True)
        named, offices = self._government(tokens, asked)
        if named is not None and (named.body or offices or asked or self._is_bare(tokens)):
            return Standing(sides=self._sides(named, offices), offices=offices)
        company = self._company(tokens)
        return Standing(sides=(company,) if company else (), offices=frozenset(self._offices_in(tokens)))

    def _is_bare(self, tokens: list[Token]) -> bool:
        """Whether only a country's name or seat stands there, and not what its people are called."""
        phrase = " ".join(token.word for token in tokens).removeprefix("the ")
        return phrase in self._named and phrase not in self._people

    def _government(self, tokens: list[Token], asked: bool) -> tuple[_Named | None, frozenset[str]]:
        """The country or body that every word of a description belongs to, and the offices beside it."""
        found: _Named | None = None
        offices: set[str] = set()
        at = 0
        while at < len(tokens):
            length, named = self._name_at(tokens, at, asked)
            if named is not None:
                if found is not None and found.country != named.country:
                    return None, frozenset()
                found = named if found is None or named.body else found
            elif tokens[at].word in self.words.toward:
                break
            elif tokens[at].word == "of" and found is not None and found.body:
                return None, frozenset()  # "the State Department of Public Health" is some state's own
            elif length := self._longest(tokens, at, self._offices):
                offices.add(" ".join(token.word for token in tokens[at : at + length]))
            elif tokens[at].word in self.words.beside:
                length = 1
            else:
                return None, frozenset()
            at += length
        return found, frozenset(offices)

    def _sides(self, named: _Named, offices: frozenset[str]) -> tuple[str, ...]:
        country = self.names[named.country]
        body = named.body
        if not body:
            body = next((h for office in sorted(offices) if (h := self._houses.get((named.country, office)))), "")
        if not body:
            kind = next((self._ministries[office] for office in sorted(offices) if office in self._ministries), "")
            body = f"{self.adjectives[named.country]} {kind}" if kind else ""
        return (body, country) if body else (country,)

    def _company(self, tokens: list[Token]) -> str:
        """Whoever a spokesman or an executive is named with: "Apple spokeswoman", "a spokesman for Apple"."""
        for at in range(len(tokens)):
            length = self._longest(tokens, at, self.words.agents)
            if not length:
                continue
            behind = tokens[at + length :]
            if behind and behind[0].word in ("for", "of", "at", "with", "from"):
                return self._proper(behind[1:])
            return self._proper([t for t in tokens[:at] if t.word not in ("the", "a", "an", "senior", "top", "former")])
        return ""

    def _proper(self, tokens: list[Token]) -> str:
        """The name that begins a list of words; empty where none does, or where it is an office."""
        name: list[str] = []
        for token in tokens:
            known = token.word in self.words.beside or token.word in self.words.titles or token.word in self._offices
            if (known and not name) or not (token.raw[0].isupper() or token.raw[0].isdigit()):
                break
            name.append(without_possessive(token.raw))
        whole = " ".join(name)
        return "" if fold(whole) in self.words.common or fold(whole) in self._people else whole

    def body(self, name: str) -> tuple[str, ...]:
        """The sides of a name that is one of the file's own and no people's: ("State Department", "United States")."""
        tokens = tokenise(name)
        tokens = tokens[1:] if tokens and tokens[0].word == "the" else tokens
        length, named = self._name_at(tokens, 0, False)
        if named is None or length < len(tokens) or not self._is_bare(tokens):
            return ()
        return self._sides(named, frozenset())

    def is_common(self, name: str) -> bool:
        """Whether every word of a name is one for an office or a kind of body: "Sheriff's Office"."""
        tokens = tokenise(name)
        if " ".join(token.word for token in tokens) in self._people:
            return True  # "Americans" are not the United States
        return all(token.word in self.words.common or self._is_office_word(token.word) for token in tokens)

    def split(self, name: str) -> tuple[str, str]:
        """A name with what stands before it -> (description, name): "Florida Gov. Ron DeSantis"."""
        tokens = tokenise(name)
        first = len(tokens)
        if any(token.word in _PARTING and token.raw.islower() for token in tokens):
            return "", name  # "an assistant to President Donald Trump" is somebody else
        while first > 0 and tokens[first - 1].raw[0].isupper() and not self._is_office_word(tokens[first - 1].word):
            first -= 1
        if first in (0, len(tokens)) or len(tokens) - first > 4 or not self._role_ends(tokens, first):
            return "", name
        return " ".join(t.raw for t in tokens[:first]), " ".join(t.raw for t in tokens[first:])

    def _is_office_word(self, word: str) -> bool:
        return (
            word in self.words.titles or word in self._offices or word in self.words.agents or word in self.words.beside
        )

    def _role_ends(self, tokens: list[Token], end: int) -> bool:
        words = [token.word for token in tokens[:end]]
        phrases = (" ".join(words[-length:]) for length in range(1, 4))
        return any(p in self.words.titles or p in self._offices or p in self.words.agents for p in phrases)

    def _name_at(self, tokens: list[Token], at: int, asked: bool) -> tuple[int, _Named | None]:
        if at >= len(tokens):
            return 0, None
        for length in range(min(self._reach.get(tokens[at].word, 0), len(tokens) - at), 0, -1):
            phrase = " ".join(token.word for token in tokens[at : at + length])
            named = self._named.get(phrase)
            if named is not None and (asked or self._is_spelled(phrase, tokens[at].raw)):
                return length, named
        return 0, None

    def _is_spelled(self, phrase: str, first: str) -> bool:
        """Whether a name stands there with the capitals that it has in the file: "a state department" is none."""
        if phrase in self._written_in_capitals:
            return _in_capitals(first)
        return first[0].isupper() or phrase not in self._proper_names

    def _offices_in(self, tokens: list[Token]) -> Iterator[str]:
        at = 0
        while at < len(tokens) and tokens[at].word not in self.words.toward:
            length = self._longest(tokens, at, self._offices)
            if length:
                yield " ".join(token.word for token in tokens[at : at + length])
            at += length or 1

    def _longest(self, tokens: list[Token], at: int, phrases: frozenset[str]) -> int:
        for length in range(min(self._reach.get(tokens[at].word, 0), len(tokens) - at), 0, -1):
            if " ".join(token.word for token in tokens[at : at + length]) in phrases:
                return length
        return 0


def _in_capitals(raw: str) -> bool:
    return raw.replace(".", "").rstrip("'’s").isupper()


@cache
def bundled() -> Gazetteer:
    """The gazetteer that comes with the program, read once, when it is first asked for."""
    return load()


def load(path: Path | None = None) -> Gazetteer:
    """The gazetteer of a file; of the bundled one where no other is named.

    Raises:
        InstitutionsError: where it cannot be read or is not in its form.
    """
    return _indexed(read_file(path))


def _indexed(held: InstitutionsFile) -> Gazetteer:
    keys = {name: fold(name) for name in held.countries}
    forms = {keys[n]: tuple(map(fold, (n, *c.also, *c.people, *c.seats))) for n, c in held.countries.items()}
    named = {form: _Named(key) for key, all_forms in forms.items() for form in all_forms}
    written = {form for country in held.countries.values() for form in (*country.also, *country.people)}
    houses: dict[tuple[str, str], str] = {}
    for house, offices in held.houses.items():
        country = named[fold(house)].country if fold(house) in named else ""
        if not country:
            raise InstitutionsError(f"{house!r} is a house and no country's seat", remedy="add it to a country's seats")
        named[fold(house)] = _Named(country, house)
        houses.update({(country, fold(office)): house for office in offices})
    for country_name, bodies in held.bodies.items():
        for body, others in bodies.items():
            named.update({fold(form): _Named(keys[country_name], body) for form in (body, *others)})
            written.update((body, *others))
    ministries = {fold(phrase): label for label, also in held.ministries.items() for phrase in (label, *also)}
    body_offices = held.words.offices | set(ministries) | {office for _, office in houses}
    seats = (place for c in held.countries.values() for place in (*c.seats, c.capital) if place)
    return Gazetteer(
        forms=forms,
        names={key: name for name, key in keys.items()},
        adjectives={keys[n]: (c.people or (n,))[0] for n, c in held.countries.items()},
        capitals=frozenset(map(fold, seats)),
        states=frozenset().union(*held.states.values()),
        words=held.words,
        _named=named,
        _written_in_capitals=frozenset(fold(form) for form in written if form.isupper() and len(form) <= _SHORT),
        _offices=body_offices,
        _people=frozenset(fold(form) for country in held.countries.values() for form in country.people),
        _proper_names=frozenset(fold(form) for form in written if form[0].isupper()),
        _ministries=ministries,
        _houses=houses,
    )
