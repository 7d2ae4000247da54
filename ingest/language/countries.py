"""Countries and alliances in all the forms that news gives them: name, adjective, people, seat of government.

Invariant: every form is folded as :func:`ingest.language.words.fold` folds, and belongs to one key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.language.words import fold
from ingest.language.words import words as split_words


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Countries:
    """The countries of one gazetteer. Immutable; compared and hashed by identity.

    Attributes:
        forms: folded key of a country or an alliance -> its folded forms: the key, other names, people, seats.
        names: folded key -> as the file spells it.
        adjectives: folded key -> "Russian".
        capitals: all capitals and other seats of government, folded: "moscow", "kremlin".
        states: states and provinces, which are places as countries are, folded: "new york", "ontario".
    """

    forms: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    adjectives: Mapping[str, str]
    capitals: frozenset[str]
    states: frozenset[str]
    _keys: dict[str, str] = field(init=False, default_factory=dict)  # any form -> its key
    _lengths: dict[str, int] = field(init=False, default_factory=dict)  # first word of a form -> the most words of one

    def __post_init__(self) -> None:
        for key, forms in self.forms.items():
            self._keys.update({form: key for whole in forms for form in (whole, " ".join(split_words(whole)))})
        self._lengths.update(longest(self._keys))

    def country(self, name: str) -> str | None:
        """The key of the country that a folded name, people or seat of government stands for, or None."""
        return self._keys.get(name.removeprefix("the "))

    def countries(self, words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """(first word, word behind, key) of each country named in a list of folded words; the longest form wins."""
        at = 0
        while at < len(words):
            for end in range(min(at + self._lengths.get(words[at], 0), len(words)), at, -1):
                key = self._keys.get(" ".join(words[at:end]))
                if key:
                    yield at, end, key
                    at = end
                    break
            else:
                at += 1

    def country_keys(self, words: Sequence[str]) -> set[str]:
        """The keys of the countries that a list of folded words names."""
        return {key for *_, key in self.countries(words)}

    def is_country(self, name: str) -> bool:
        """Whether a side is a country and no body of one."""
        return fold(name) in self.names


def longest(phrases: Iterable[str]) -> dict[str, int]:
    """The first word of each phrase -> the most words of a phrase that begins so."""
    found: dict[str, int] = {}
    for phrase in phrases:
        first, *others = phrase.split()
        found[first] = max(found.get(first, 0), 1 + len(others))
    return found
