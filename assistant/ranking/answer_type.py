"""What of a sentence could answer a question: whether it holds the expected answer type, and what of that type.

Invariant: only what is new counts; what the question names itself is no answer to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from assistant.question.answer_type import AnswerType
from assistant.question.query import Query
from assistant.ranking.definition import defined, definition_fit
from ingest.language.dates.mentions import blanked, day_mentions
from ingest.language.gazetteer import Gazetteer
from ingest.language.lexicon import SPEECH, verbs
from ingest.language.measures import dimension
from ingest.language.names import Name, Named, names
from ingest.language.quantities import Quantity, quantities
from ingest.language.quotations import quotations
from ingest.language.roles import GENERIC, OFFICES
from ingest.language.words import stem, words

#: The fit of every sentence where the type is nothing that can be seen.
NEUTRAL = 0.5
#: Longest title of a film or a book, in words.
_LONGEST_TITLE = 6

_T = AnswerType
_PLACES = frozenset([_T.PLACE, _T.COUNTRY, _T.STATE])
_IN_FRONT_OF_PLACES = re.compile(
    r"\b(?:in|at|near|from|to|outside|off|across|inside|around|towards?|through|between|of)\s+(?:the\s+)?(?:\w+\s)?$",
    re.I,
)
_REASON = re.compile(
    r"\b(?:because|due to|owing to|thanks to|reasons?|cause[sd]?|causing|led to|result(?:s|ed|ing)?|blam(?:e|es|ed|ing)"
    r"|explain(?:s|ed|ing)?|so that|in order to|prompt(?:s|ed|ing)?|trigger(?:s|ed|ing)?|response to)\b",
    re.I,
)
_WEAK_REASON = re.compile(r"\b(?:after|since|as|to|for|amid|over|following|if)\b", re.I)
_RELATIVE_TIME = re.compile(
    r"\b(?:yesterday|today|tonight|tomorrow|overnight|ago|(?:last|next|this|that|early|earlier|later|late) (?:\w+ )?"
    r"(?:night|week|month|year|spring|summer|autumn|fall|winter|morning|afternoon|evening|decade|century)"
    r"|(?:spring|summer|autumn|winter|noon|midnight|dawn)|\d{1,2}(?::\d\d)? ?[ap]\.?m)\b",
    re.I,
)
_STRETCH = re.compile(
    r"\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|century|centuries|half an hour)\b", re.I
)
_NOBODY = re.compile(
    r"\b(?:no ?one|nobody|none|no (?:people|injuries|deaths|casualties)|dozens|hundreds|thousands)\b", re.I
)
_HOLDERS = OFFICES | {"officials", "police", "authorities"}
_SHORT_COUNTRIES = {"united states": r"\bU\.?S\b", "united kingdom": r"\bU\.?K\b"}


def fit(query: Query, sentence: str) -> float:
    """How well a sentence holds the kind of thing that a question asks for, 0 to 1; :data:`NEUTRAL` where that is
    nothing that can be seen. Where the type is in doubt, the mean over the types by how likely they are.
    """
    return sum(chance * _FITS.get(kind, _neutral)(query, sentence) for kind, chance in query.chances)


def candidates(query: Query, sentence: str) -> frozenset[str]:
    """The names, numbers and days of exactly the expected type, folded: surnames of people, keys of countries."""
    kind = query.answer_type
    match kind:
        case _T.COUNTRY:
            return frozenset(_countries(query, sentence))
        case _T.TITLE:
            quoted = (words(quotation.text) for quotation in quotations(sentence))
            return frozenset(" ".join(title) for title in quoted if len(title) <= _LONGEST_TITLE)
        case _T.DATE:
            return frozenset(_new_days(query, sentence))
        case _T.SHARE | _T.AMOUNT | _T.NUMBER | _T.DURATION:
            return frozenset(str(q.value) for q in _new_numbers(query, sentence) if _is_of(kind, q, sentence))
        case _T.DEFINITION:
            return frozenset(["defined"] if _definition(query, sentence) == 1.0 else [])
        case _T.PERSON | _T.NAME | _T.PLACE | _T.STATE | _T.LIST:
            countries = _countries(query, sentence) if kind is _T.PLACE else ()
            return frozenset([*_names_of(query, sentence), *countries])
    return frozenset()


def counts_unit(query: Query, sentence: str) -> bool:
    """Whether a number of the sentence counts or measures what the question does: "4 hours" for "how many hours", "7
    knots" for "at what speed".
    """
    if not query.unit and not query.measured:
        return False
    return any(_counts(query, number, sentence) for number in _new_numbers(query, sentence))


def _counts(query: Query, number: Quantity, sentence: str) -> bool:
    behind = {stem(word) for word in words(sentence[number.end : number.end + 40])[:3]}
    return not number.kind and bool(query.unit & behind or dimension(number, sentence) in query.measured)


# -- what is new in a sentence ----------------------------------------------------------------------------------------


class _Asked:
    """What a question names itself; it is read once for many sentences."""

    def __init__(self, question: str, gazetteer: Gazetteer) -> None:
        self.named = Named(question, gazetteer)
        self.countries = gazetteer.country_keys(words(question))
        self.numbers = {(q.value, q.kind) for q in quantities(question)}
        self.days = {mention.text.lower() for mention in day_mentions(question)}


_read_once = lru_cache(maxsize=8)(_Asked)


def _asked(query: Query) -> _Asked:
    return _read_once(query.text, query.gazetteer)


def _new_names(query: Query, sentence: str) -> list[Name]:
    return [name for name in names(sentence, query.gazetteer) if not _asked(query).named.has(name)]


def _new_numbers(query: Query, sentence: str) -> list[Quantity]:
    known = _asked(query).numbers
    found = quantities(blanked(sentence, day_mentions(sentence)))
    return [q for q in found if (q.value, q.kind) not in known and q.kind != "ordinal"]


def _new_days(query: Query, sentence: str) -> Iterator[str]:
    by_year = "year" in query.unit
    for mention in day_mentions(sentence):
        if mention.text.lower() not in _asked(query).days and (mention.year or not by_year):
            yield mention.text.lower()


def _countries(query: Query, sentence: str) -> Iterator[str]:
    """Countries by their names; "Ukrainian" names none."""
    listed = words(sentence)
    for start, end, key in query.gazetteer.countries(listed):
        short = _SHORT_COUNTRIES.get(key)
        named = " ".join(listed[start:end]) == key or (short and re.search(short, sentence))
        if named and key not in _asked(query).countries:
            yield key


def _names_of(query: Query, sentence: str) -> Iterator[str]:
    for name in _new_names(query, sentence):
        is_state = " ".join(name.words) in query.gazetteer.states
        if _is_named(query.answer_type, name, sentence, is_state):
            telling = name.words[-1] not in GENERIC and not is_state
            yield name.words[-1] if telling and len(name.words) <= 3 else " ".join(name.words)


def _is_named(kind: AnswerType, name: Name, sentence: str, is_state: bool) -> bool:
    match kind:
        case _T.STATE:
            return is_state
        case _T.PLACE:
            before = sentence[: name.start]
            return name.country is None and (is_state or _IN_FRONT_OF_PLACES.search(before) is not None)
        case _T.PERSON:
            plain = 1 < len(name.words) <= 3 and not set(name.words) & GENERIC
            return name.country is None and not is_state and (name.titled or plain)
        case _:
            return name.country is None


def _is_of(kind: AnswerType, quantity: Quantity, sentence: str) -> bool:
    if kind is _T.DURATION:
        return _STRETCH.match(sentence[quantity.end :].lstrip(" -")) is not None
    return {_T.SHARE: quantity.kind == "%", _T.NUMBER: not quantity.kind}.get(kind, quantity.kind != "%")


# -- how well a sentence fits -----------------------------------------------------------------------------------------


def _person(query: Query, sentence: str) -> float:
    new = _new_names(query, sentence)
    if any(name.titled or (len(name.words) > 1 and not set(name.words) <= GENERIC) for name in new):
        return 1.0
    return 0.8 if new else 0.3 if _HOLDERS & set(words(sentence)) else 0.0


def _place(query: Query, sentence: str) -> float:
    new = _new_names(query, sentence)
    if any(_IN_FRONT_OF_PLACES.search(sentence[: name.start]) for name in new):
        return 1.0
    known = query.gazetteer.country_keys(words(sentence)) - _asked(query).countries
    return 0.7 if known else 0.4 if new else 0.0


def _date(query: Query, sentence: str) -> float:
    days = {mention.text.lower() for mention in day_mentions(sentence)}
    return 1.0 if days - _asked(query).days else 0.7 if _RELATIVE_TIME.search(sentence) else 0.0


def _number(query: Query, sentence: str) -> float:
    found = _new_numbers(query, sentence)
    if query.measured and found and not counts_unit(query, sentence):
        # What is measured in another way is no answer; the unit may be left out.
        return 1.0 if any(not q.kind and dimension(q, sentence) is None for q in found) else 0.4
    kinds = {q.kind for q in found}
    return 1.0 if "" in kinds else 0.7 if _NOBODY.search(sentence) else 0.3 if kinds else 0.0


def _amount(query: Query, sentence: str) -> float:
    kinds = {q.kind for q in _new_numbers(query, sentence)}
    return 1.0 if kinds - {""} else 0.8 if kinds else 0.0


def _duration(query: Query, sentence: str) -> float:
    if any(_is_of(_T.DURATION, q, sentence) for q in _new_numbers(query, sentence)):
        return 1.0
    return 0.5 if _STRETCH.search(sentence) or _date(query, sentence) else 0.0


def _reason(_: Query, sentence: str) -> float:
    return 1.0 if _REASON.search(sentence) else 0.4 if _WEAK_REASON.search(sentence) else 0.0


def _name(query: Query, sentence: str) -> float:
    if _new_names(query, sentence):
        return 1.0
    if any(quotation.text.lower() not in query.text.lower() for quotation in quotations(sentence)):
        return 0.8
    return 0.5 if _new_numbers(query, sentence) else 0.2


def _speech(query: Query, sentence: str) -> float:
    """Somebody's words, and better those of the one who is asked about."""
    quoted = any(quotation.is_phrase for quotation in quotations(sentence))
    spoken = bool(verbs(*SPEECH) & set(words(sentence)))
    found = 0.6 if quoted else 0.4 if spoken else 0.0
    if not query.speakers:
        return min(1.0, found + 0.2 * (quoted and spoken))
    speaker, listed, known = words(query.speakers[0]), words(sentence, keep_possessive=False), query.gazetteer
    named = speaker[-1] in listed or bool(known.country_keys(speaker) & known.country_keys(listed))
    return found + 0.4 * named if found else 0.1 * named


def _definition(query: Query, sentence: str) -> float:
    return definition_fit(defined(query.focus), sentence)


def _neutral(_: Query, __: str) -> float:
    return NEUTRAL


_FITS: dict[AnswerType, Callable[[Query, str], float]] = {
    **dict.fromkeys((_T.NAME, _T.TITLE, _T.LIST), _name),
    **dict.fromkeys(_PLACES, _place),
    **dict.fromkeys((_T.AMOUNT, _T.SHARE), _amount),
    **{_T.PERSON: _person, _T.DATE: _date, _T.NUMBER: _number, _T.DURATION: _duration},
    **{_T.REASON: _reason, _T.SPEECH: _speech, _T.DEFINITION: _definition},
}
