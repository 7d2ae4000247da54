"""The names and numbers of a sentence that could answer a question: of the kind that it seeks, and not its own.

Invariant: what the question says itself is no candidate; where the kind that is sought cannot be seen, there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.question.focus import Sought
from assistant.question.query import Query
from ingest.language.dates.mentions import blanked, day_mentions
from ingest.language.names import Name, Named, names
from ingest.language.quantities import Quantity, quantities
from ingest.language.quotations import quotations
from ingest.language.roles import GENERIC
from ingest.language.words import FUNCTION_WORDS, stem, words

#: Longest title of a film or a book, in words.
_LONGEST_TITLE = 6

_IN_FRONT_OF_PLACES = re.compile(
    r"\b(?:in|at|near|from|to|outside|off|across|inside|around|of)\s+(?:the\s+)?(?:\w+\s)?$", re.IGNORECASE
)
_COUNTED = re.compile(r"\bhow many ((?:\w+ ){0,3})", re.IGNORECASE)
_SHORT_COUNTRIES = {"united states": r"\bU\.?S\b", "united kingdom": r"\bU\.?K\b"}


class Candidates:
    """Finds candidates for one question.

    Args:
        query: it is read once, for many sentences.
    """

    def __init__(self, query: Query) -> None:
        question = query.text
        self.sought = query.sought
        self._gazetteer = query.gazetteer
        self._named = Named(question, query.gazetteer)
        self._countries = query.gazetteer.country_keys(words(question))
        self._numbers = {(q.value, q.kind) for q in quantities(question)}
        self._days = {mention.text.lower() for mention in day_mentions(question)}
        counted = _COUNTED.search(question)
        self._unit = {stem(w) for w in words(counted[1]) if w not in FUNCTION_WORDS} if counted else set[str]()

    def of(self, sentence: str) -> frozenset[str]:
        """The candidates of a sentence, folded: surnames of people, keys of countries, numbers and dates."""
        match self.sought:
            case Sought.OPEN:
                return frozenset()
            case Sought.COUNTRY:
                return frozenset(self._countries_in(sentence))
            case Sought.TITLE:
                return frozenset(_titles(sentence))
            case Sought.YEAR | Sought.DATE:
                return frozenset(self._dates_in(sentence))
            case Sought.SHARE | Sought.AMOUNT | Sought.COUNT:
                return frozenset(str(q.value) for q in self._numbers_in(sentence) if _is_sought(self.sought, q))
            case _:
                return frozenset(self._names_in(sentence))

    def counts_unit(self, sentence: str) -> bool:
        """Whether a number of the sentence counts what the question counts: "4 hours" for "how many hours"."""
        return bool(self._unit) and any(
            not q.kind and self._unit & {stem(w) for w in words(sentence[q.end : q.end + 40])[:3]}
            for q in self._numbers_in(sentence)
        )

    def _countries_in(self, sentence: str) -> Iterator[str]:
        """Countries by their names; "Ukrainian" names none."""
        listed = words(sentence)
        for start, end, key in self._gazetteer.countries(listed):
            short = _SHORT_COUNTRIES.get(key)
            if key not in self._countries and (
                " ".join(listed[start:end]) == key or (short and re.search(short, sentence))
            ):
                yield key

    def _names_in(self, sentence: str) -> Iterator[str]:
        for name in names(sentence, self._gazetteer):
            if self._named.has(name):
                continue
            is_state = " ".join(name.words) in self._gazetteer.states
            if self._fits(name, sentence, is_state):
                telling = name.words[-1] not in GENERIC and not is_state
                yield name.words[-1] if telling and len(name.words) <= 3 else " ".join(name.words)
        if self.sought is Sought.PLACE:
            yield from self._countries_in(sentence)

    def _fits(self, name: Name, sentence: str, is_state: bool) -> bool:
        match self.sought:
            case Sought.STATE:
                return is_state
            case Sought.PLACE:
                return name.country is None and (
                    is_state or _IN_FRONT_OF_PLACES.search(sentence[: name.start]) is not None
                )
            case Sought.PERSON:
                plain = 1 < len(name.words) <= 3 and not set(name.words) & GENERIC
                return name.country is None and not is_state and (name.titled or plain)
            case _:
                return name.country is None

    def _numbers_in(self, sentence: str) -> list[Quantity]:
        found = quantities(blanked(sentence, day_mentions(sentence)))
        return [q for q in found if (q.value, q.kind) not in self._numbers and q.kind != "ordinal"]

    def _dates_in(self, sentence: str) -> Iterator[str]:
        for mention in day_mentions(sentence):
            if mention.text.lower() not in self._days and (self.sought is Sought.DATE or mention.year):
                yield mention.text.lower()


def _is_sought(kind: Sought, quantity: Quantity) -> bool:
    if kind is Sought.SHARE:
        return quantity.kind == "%"
    return kind is Sought.AMOUNT or not quantity.kind


def _titles(sentence: str) -> Iterator[str]:
    for quotation in quotations(sentence):
        listed = words(quotation.text)
        if len(listed) <= _LONGEST_TITLE:
            yield " ".join(listed)
