"""Whether a sentence holds the kind of thing that a question asks for.

Invariant: only what is new counts; what the question names itself is no answer to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.question.answer_type import QuestionType
from assistant.question.query import Query
from ingest.language.dates.mentions import blanked, day_mentions
from ingest.language.lexicon import SPEECH, verbs
from ingest.language.names import Name, Named, names
from ingest.language.quantities import Quantity, quantities
from ingest.language.quotations import quotations
from ingest.language.roles import GENERIC, OFFICES
from ingest.language.words import words

#: The fit of every sentence where the kind of question asks for nothing that can be seen.
NEUTRAL = 0.5

_PLACE = re.compile(
    r"\b(?:in|at|near|from|to|outside|off|across|inside|around|towards?|through|between)\s+(?:the\s+)?(?:\w+\s)?$",
    re.I,
)
_HOLDERS = OFFICES | {"officials", "police", "authorities"}
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


def fit(query: Query, sentence: str) -> float:
    """How well a sentence holds the kind of thing that a question asks for, 0 to 1: a name, a place, a date, a number,
    somebody's words; only what the question does not name itself counts. 0.5 where the kind asks for nothing that can
    be seen.
    """
    if query.answer_type is QuestionType.SAYS:
        return _speech(sentence, query)
    by_kind = _FITS.get(query.answer_type)
    return by_kind(sentence, query) if by_kind else NEUTRAL


def _new_names(sentence: str, query: Query) -> list[Name]:
    asked = Named(query.text, query.gazetteer)
    return [name for name in names(sentence, query.gazetteer) if not asked.has(name)]


def _new_numbers(sentence: str, query: Query) -> list[Quantity]:
    asked = {(q.value, q.kind) for q in quantities(query.text)}
    found = quantities(blanked(sentence, day_mentions(sentence)))
    return [q for q in found if (q.value, q.kind) not in asked and q.kind != "ordinal"]


def _who(sentence: str, query: Query) -> float:
    new = _new_names(sentence, query)
    if any(name.titled or (len(name.words) > 1 and not set(name.words) <= GENERIC) for name in new):
        return 1.0
    if new:
        return 0.8
    return 0.3 if _HOLDERS & set(words(sentence)) else 0.0


def _where(sentence: str, query: Query) -> float:
    new = _new_names(sentence, query)
    if any(_PLACE.search(sentence[: name.start]) for name in new):
        return 1.0
    known = query.gazetteer
    if known.country_keys(words(sentence)) - known.country_keys(words(query.text)):
        return 0.7
    return 0.4 if new else 0.0


def _when(sentence: str, query: Query) -> float:
    asked = {mention.text.lower() for mention in day_mentions(query.text)}
    if any(mention.text.lower() not in asked for mention in day_mentions(sentence)):
        return 1.0
    return 0.7 if _RELATIVE_TIME.search(sentence) else 0.0


def _how_many(sentence: str, query: Query) -> float:
    kinds = {q.kind for q in _new_numbers(sentence, query)}
    if "" in kinds:
        return 1.0
    if _NOBODY.search(sentence):
        return 0.7
    return 0.3 if kinds else 0.0


def _how_much(sentence: str, query: Query) -> float:
    new = _new_numbers(sentence, query)
    if any(q.kind for q in new):
        return 1.0
    return 0.8 if new else 0.0


def _how_long(sentence: str, query: Query) -> float:
    new = _new_numbers(sentence, query)
    if any(_STRETCH.match(sentence[q.end :].lstrip(" -")) for q in new):
        return 1.0
    return 0.5 if _STRETCH.search(sentence) or _when(sentence, query) else 0.0


def _why(sentence: str, query: Query) -> float:
    if _REASON.search(sentence):
        return 1.0
    return 0.4 if _WEAK_REASON.search(sentence) else 0.0


def _which(sentence: str, query: Query) -> float:
    if _new_names(sentence, query):
        return 1.0
    if any(quotation.text.lower() not in query.text.lower() for quotation in quotations(sentence)):
        return 0.8
    return 0.5 if _new_numbers(sentence, query) else 0.2


def _speech(sentence: str, query: Query) -> float:
    """Somebody's words, and better those of the one who is asked about."""
    quoted = any(quotation.is_phrase for quotation in quotations(sentence))
    spoken = bool(verbs(*SPEECH) & set(words(sentence)))
    fit = 0.6 if quoted else 0.4 if spoken else 0.0
    if not query.speakers:
        return min(1.0, fit + 0.2 * (quoted and spoken))
    speaker, known = query.speakers[0], query.gazetteer
    who = names(f"It was {speaker}.", known) or names(f"It was {speaker.title()}.", known)
    named = any(Named(sentence, known).has(name) for name in who) or f" {speaker.lower()} " in f" {sentence.lower()} "
    return fit + 0.4 * named if fit else 0.1 * named


_FITS: dict[QuestionType, Callable[[str, Query], float]] = {
    QuestionType.WHO: _who,
    QuestionType.WHERE: _where,
    QuestionType.WHEN: _when,
    QuestionType.HOW_MANY: _how_many,
    QuestionType.HOW_MUCH: _how_much,
    QuestionType.HOW_LONG: _how_long,
    QuestionType.WHY: _why,
    QuestionType.WHICH: _which,
}
