"""What kind of thing answers a question, and whether somebody's words are asked for: read off by a small fitted model.

The model is a multinomial logistic regression over word features and the encoder's vectors of the question, of the
sentence of it that asks and of the phrase that names what is asked for; ``tests/benchmarks/answer_types.py`` fits it
and tells how often it is right. Another encoder than the one that it was fitted on leaves the word features, which have
weights of their own. Grammar only narrows what the model chooses from: "when" asks for no person.

Invariants: a reading depends on the question's own words alone; any text has one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.question.focus import INTERROGATIVES, asked_phrase, focus
from ingest.language.lexicon import acts
from ingest.language.measures import Dimension, asked_dimensions
from ingest.language.words import FUNCTION_WORDS, stem, words

Vectors = npt.NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]

#: A type less likely than the likeliest by this factor is none of the likely ones.
_LEAST = 0.3
WEIGHTS = Path(__file__).with_name("answer_type.npz")


class AnswerType(StrEnum):
    """The kinds of question, by what answers them."""

    PERSON = "person"
    NAME = "name"  # of a company, a team, a thing that has a name
    TITLE = "title"  # of a film, a book, a song
    PLACE = "place"
    COUNTRY = "country"
    STATE = "state"  # of the United States
    DATE = "date"
    NUMBER = "number"  # a count or a measure, with its unit
    AMOUNT = "amount"  # of money
    SHARE = "share"
    DURATION = "duration"
    REASON = "reason"
    MANNER = "manner"
    DEFINITION = "definition"
    LIST = "list"
    YES_NO = "yes or no"
    SPEECH = "speech"  # somebody's words
    TIMELINE = "timeline"
    OVERVIEW = "overview"
    OPEN = "open"  # any other thing


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the model makes of a question.

    Attributes:
        chances: the likely types that its grammar allows, with how likely each is, the likeliest first.
        speech: how likely it is that somebody's words are asked for, or what is so by somebody's words; 0 to 1.
        unit: the stems of what a number is to count ("hour" of "how many hours"), "year" where a day is asked for by
            its year; empty where nothing is counted.
        measured: what a number is to measure: speed of "how fast"; empty where that is not said.
    """

    chances: tuple[tuple[AnswerType, float], ...]
    speech: float
    unit: frozenset[str]
    measured: frozenset[Dimension] = frozenset()

    @property
    def answer_type(self) -> AnswerType:
        """The likeliest type."""
        return self.chances[0][0]


# -- features ---------------------------------------------------------------------------------------------------------


def word_features(question: str, asked: str) -> frozenset[str]:
    """The names of the word features that a question has.

    Args:
        asked: its :func:`focus`.
    """
    return frozenset([*_features_of(asked), *_features_before(question, asked)])


def _features_of(asked: str) -> Iterator[str]:
    listed = words(asked)
    plain = [_plain(word) for word in listed]
    yield from (f"first {word}" for word in plain[:1])
    yield "first " + " ".join(plain[:2])
    yield from (f"last {word}" for word in plain[-1:])
    yield from plain
    yield from (f"{one} {other}" for one, other in pairwise(plain))
    for at, word in enumerate(listed):
        if word in INTERROGATIVES:
            yield from (f"{word} .. {near}" for near in plain[at + 1 : at + 4])
    yield from (f"act {act}" for act in acts(listed))
    phrase = asked_phrase(asked).split()
    if phrase:
        yield f"asked {stem(phrase[-1])}"
        yield f"asked plural {phrase[-1].endswith('s')}"
    yield f"interrogative {bool(INTERROGATIVES & set(listed))}"
    yield f"mark {asked.rstrip().endswith('?')}"
    yield f"long {len(listed) > 5}"


def _plain(word: str) -> str:
    if word[0].isdigit():
        return "year" if re.fullmatch(r"(?:19|20)\d\d", word) else "digits"
    return word if word in FUNCTION_WORDS else stem(word)


def _features_before(question: str, asked: str) -> Iterator[str]:
    """Of what stands before the sentence that asks."""
    before = words(question[: question.index(asked)])
    yield from (f"before act {act}" for act in acts(before))
    yield f"before {bool(before)}"


def texts(question: str, asked: str) -> list[str]:
    """What of a question the encoder is given."""
    return [question, asked, asked_phrase(asked) or asked]


# -- what grammar allows ----------------------------------------------------------------------------------------------

_T = AnswerType
_ALL = frozenset(AnswerType)
_THINGS = _ALL - {_T.SPEECH, _T.YES_NO, _T.REASON, _T.MANNER, _T.DEFINITION, _T.TIMELINE, _T.OVERVIEW}
_LEAD = re.compile(
    r"\W*(?:(?:and|but|so|or|also|then|well|ok|okay|please|hi|hello|hey)\b\W*)*"
    r"(?:(?:can|could|would|will) you (?:please )?(?:tell|show) me\b\W*|(?:please )?tell me\b\W*|do you know\b\W*"
    r"|i(?:'d| would) like to know\b\W*)?(?:(?:in|on|at|of|by|for|from|to|with|about|since|until|under) )?",
    re.I,
)
_AUXILIARY = "do|does|did|is|are|was|were|has|have|had|will|would|can|could|should|may|might"
#: What a question begins with -> the types that can answer it. The first that matches decides.
_ALLOWED: tuple[tuple[re.Pattern[str], frozenset[AnswerType]], ...] = tuple(
    (re.compile(rf"(?:{opening})\b", re.I), frozenset(kinds))
    for opening, kinds in (
        ("how many", (_T.NUMBER, _T.DURATION)),
        ("how (?:long ago|soon|recently)|when", (_T.DATE,)),
        ("how long", (_T.DURATION, _T.NUMBER)),
        ("how much", (_T.AMOUNT, _T.SHARE, _T.NUMBER, _T.DURATION)),
        ("who|whom", (_T.PERSON, _T.NAME, _T.COUNTRY, _T.LIST, _T.DEFINITION)),
        ("where", (_T.PLACE, _T.COUNTRY, _T.STATE, _T.NAME, _T.LIST, _T.REASON)),
        ("why|how come", (_T.REASON,)),
        ("which", _THINGS),
        ("what", _ALL - {_T.YES_NO}),
        (rf"(?:{_AUXILIARY})(?:n['’]t)? (?!you\b|i\b)", (_T.YES_NO,)),
    )
)


#: "Who is Ada Brandt?": nothing but a name.
_WHO_IS = re.compile(
    r"who(?:'s|’s| is| are| was| were) (?!(?:the|an?|he|she|it|they)\b)([\w.'’-]+(?: [\w.'’-]+){0,3})\W*$", re.I
)


def _allowed(asked: str) -> frozenset[AnswerType]:
    lead = _LEAD.match(asked)
    rest = asked[lead.end() :] if lead else asked
    named = _WHO_IS.match(rest)
    if named is not None and not set(words(named[1])) & FUNCTION_WORDS and not words(named[1])[-1].endswith("ing"):
        return frozenset([_T.DEFINITION])
    return next((kinds for pattern, kinds in _ALLOWED if pattern.match(rest)), _ALL)


# -- the model --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The weights: a row a feature, a column an answer type and one more for speech.

    Attributes:
        vocabulary: word feature -> row.
        word_rows, vector_rows: beside vectors; the last word row is the constant.
        alone_rows: of the word features without vectors.
    """

    vocabulary: dict[str, int]
    word_rows: Vectors
    vector_rows: Vectors
    alone_rows: Vectors

    def scores(self, found: frozenset[str], vectors: Vectors | None) -> Vectors:
        """The logit of each type, and of speech.

        Args:
            vectors: of :func:`texts`; None, or those of an encoder of another dimension, leave the words alone.
        """
        known = [self.vocabulary[one] for one in found if one in self.vocabulary]
        flat = np.zeros(0, np.float32) if vectors is None else vectors.ravel()
        with_vectors = len(flat) == len(self.vector_rows)
        rows = self.word_rows if with_vectors else self.alone_rows
        logits = rows[-1] + rows[known].sum(axis=0) / max(1.0, len(known) ** 0.5)
        found_logits: Vectors = logits + flat @ self.vector_rows if with_vectors else logits
        return found_logits


@cache
def model() -> Model:
    """The fitted model, loaded once."""
    with np.load(WEIGHTS, allow_pickle=False) as data:
        rows = {name: data[name].astype(np.float32) for name in ("word_rows", "vector_rows", "alone_rows")}
        return Model(vocabulary={word: at for at, word in enumerate(data["vocabulary"].tolist())}, **rows)


def read_type(question: str, embed: Embed | None = None) -> Reading:
    """What a question asks for.

    Args:
        embed: gives unit vectors; without it words alone decide.
    """
    asked = focus(question)
    scores = model().scores(word_features(question, asked), embed(texts(question, asked)) if embed else None)
    chances = likely(scores, asked)
    speech, unit = float(1 / (1 + np.exp(-scores[-1]))), _unit(asked, chances[0][0])
    return Reading(chances=chances, speech=speech, unit=unit, measured=asked_dimensions(asked))


def likely(scores: Vectors, asked: str) -> tuple[tuple[AnswerType, float], ...]:
    """The likely types of those that grammar allows, with how likely each is, the likeliest first.

    Args:
        asked: the focus of the question.
    """
    allowed = _allowed(asked)
    raised = {kind: float(np.exp(score)) for kind, score in zip(AnswerType, scores, strict=False) if kind in allowed}
    most = max(raised.values())
    kept = sorted(((value, kind) for kind, value in raised.items() if value >= _LEAST * most), reverse=True)
    total = sum(value for value, _ in kept)
    return tuple((kind, value / total) for value, kind in kept)


_COUNTED = re.compile(r"\bhow many ((?:\w+ ){0,3})|\b(?:number|count) of ((?:\w+ ?){0,3})", re.I)
_BY_YEAR = re.compile(r"\b(?:what|which) year\b|\bsince:?\??$", re.I)


def _unit(asked: str, kind: AnswerType) -> frozenset[str]:
    if kind is AnswerType.DATE:
        return frozenset(["year"] if _BY_YEAR.search(asked) else [])
    if kind not in (AnswerType.NUMBER, AnswerType.DURATION):
        return frozenset()
    counted = _COUNTED.search(f"{asked} ")
    phrase = (counted[1] or counted[2] or "") if counted else ""
    return frozenset(stem(word) for word in words(phrase) if word not in FUNCTION_WORDS)
