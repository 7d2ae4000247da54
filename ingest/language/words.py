"""Words: folding, function words and stems, shared by question reading and the checking of support.

Invariant: ``words`` gives the same list for two texts that differ only in case, kind of quotation mark, apostrophe,
dash, accent or white space.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ingest.language.scripts import telling_pairs

if TYPE_CHECKING:
    from tantivy import TextAnalyzer

#: Snowball's English stemmer (Porter2) as tantivy has it: the terms of the lexical index are stemmed by it too.
STEMMER = "english"


def word_set(text: str) -> frozenset[str]:
    """The words of a text that is a list of words."""
    return frozenset(text.split())


#: Words that carry no content of their own.
FUNCTION_WORDS = word_set(
    """a about above after again against ago all almost along already also although always am among an and another any
    anything are around as at away back be became because become been before being below between both but by came can
    cannot come could d did do does doing done down during each either else even ever every for from further gave get
    gets getting give given go goes going gone got had has have having he her here hers herself him himself his how
    however i if in into is it its itself just least less let like ll m made make makes many may me might more most
    much must my myself near neither never no nor not now of off often on once one only onto or other others our ours
    out over own per perhaps put quite rather re really s same shall she should since so some something soon still
    such t take taken takes than that the their theirs them themselves then there these they thing things this those
    though through thus to together too took toward towards under until up upon us ve very via was way we well went
    were what whatever when where whether which while who whom whose why will with within without would yet you your
    yours yourself"""
)

_APOSTROPHE = re.compile(r"['’‘ʼ´`′]")
_POSSESSIVE = re.compile(r"(?<=\w)['’ʼ]s\b")
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:\d+)?|[$€£¥%]|\d")
#: What is not among letters, punctuation and currencies that combine with nothing.
_MAY_COMBINE = re.compile("[^\x00-\u02ff\u2000-\u206f\u20a0-\u20cf]")
_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:[-'’&.][^\W_]+)*")
_OWNER = re.compile(r"['’]s?$")
_ABBREVIATION = re.compile(r"\b(?:[A-Za-z]\.){2,}")


def fold(text: str) -> str:
    """NFKC, without accents, case folded."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text)
    if not _MAY_COMBINE.search(plain):  # as in most news in English, whose only such characters are quotation marks
        return plain.casefold()
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def words(text: str, *, keep_possessive: bool = True) -> list[str]:
    """The words and numbers of a text, folded; apostrophes are deleted, hyphens part words, ``U.S.`` is one word."""
    return list(_words(text, keep_possessive))


# One question looks at the same sentences from many sides.
@lru_cache(maxsize=8192)
def _words(text: str, keep_possessive: bool) -> tuple[str, ...]:
    if not keep_possessive:
        text = _POSSESSIVE.sub("", text)
    text = _ABBREVIATION.sub(lambda m: m[0].replace(".", ""), text)
    found = _WORD.findall(_APOSTROPHE.sub("", fold(text)))
    return tuple(found) if text.isascii() else tuple(part for word in found for part in telling_pairs(word))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a folded word, the same as in the lexical index; for comparison only, not for show."""
    return next(iter(_stemmer().analyze(word)), word)


@cache
def _stemmer() -> TextAnalyzer:
    import tantivy  # here, because reading sources does without

    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).filter(tantivy.Filter.stemmer(STEMMER)).build()


def content_words(text: str) -> list[str]:
    """The words that carry content, in order, folded."""
    return [w for w in words(text, keep_possessive=False) if w not in FUNCTION_WORDS]


def content_stems(text: str) -> list[str]:
    """The stems of the content words, in order."""
    return [stem(w) for w in content_words(text)]


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a name or description as it stands, and folded without its possessive and its dots."""

    raw: str
    word: str


def tokenise(phrase: str) -> list[Token]:
    """The words of a name or description; "U.S.", "Russia's" and "high-ranking" are one each."""
    return [Token(raw, _token_word(raw)) for raw in _TOKEN.findall(phrase)]


@lru_cache(maxsize=50_000)
def _token_word(raw: str) -> str:
    return without_possessive(fold(raw)).replace(".", "")


def without_possessive(word: str) -> str:
    """A word without the "'s" or the apostrophe at its end."""
    return _OWNER.sub("", word)
