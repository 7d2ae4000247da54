"""Text -> the terms of the lexical index.

Invariant: what is indexed and what is searched for go through the same analysis. Only stop words differ: they are
indexed, but searched for only where a question has nothing else. A question is words, never a query syntax.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import tantivy
from tantivy import Filter

from ingest.article import normalise
from ingest.language.scripts import PAIR, in_pairs
from ingest.language.words import STEMMER

#: Changes whenever the same text would be indexed differently: the name of the analysis is part of the schema on
#: disk, and an index with another one does not open.
ANALYSIS = "news-english-2"

#: Lucene's English stop words and the words that make a sentence a question.
_STOP_WORDS = """
    a an and are as at be but by for if in into is it no not of on or such that the their then there these they this
    to was will with did do does doing how were what when where which who whom whose why
"""

_MAX_QUERY_CHARACTERS = 10_000
_MAX_TERM_BYTES = 100

# Scripts that do not part their words are indexed by the character, which finds any run of them, and by the pair, which
# tells one run from another of the same characters. The two letters
# after them are apostrophes in some people's typing.
_APART = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}ʼʻ"
_WORD = rf"[\p{{L}}\p{{N}}--{_APART}][\p{{L}}\p{{N}}\p{{M}}--{_APART}]*"
_TOKEN = rf"\d+(?:\.\d+)+|{PAIR}..|[{_APART}--ʼʻ]|{_WORD}"

_APOSTROPHE = "['’ʼ‘´`]"
_DELETED = (
    # Biden's is Biden, didn't is did, can't is can
    re.compile(rf"(?<=\w)(?:(?<!\bca)n{_APOSTROPHE}t|{_APOSTROPHE}(?:t|s|ll|re|ve|d|m))\b", re.IGNORECASE),
    re.compile(r"(?<=\b[^\W\d_])\.(?=[^\W\d_]\b)"),  # U.S. is US
    re.compile(r"(?<=\d),(?=\d{3}(?!\d))"),  # 4,500 is 4500
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060]")  # soft hyphens and joiners, inside words


def analyse(text: str) -> list[str]:
    """The terms of ``text`` as they are indexed: lower case, without accents, stemmed as English."""
    return _ANALYSER.analyze(prepare(text))


def query_terms(query: str) -> list[str]:
    """The distinct terms to search for: those of :func:`analyse` without stop words, or all where nothing is left."""
    text = prepare(query[:_MAX_QUERY_CHARACTERS])
    return list(dict.fromkeys(_QUERY_ANALYSER.analyze(text) or _ANALYSER.analyze(text)))


def prepare(text: str) -> str:
    """Do what the token pattern cannot: drop possessives and contractions, the points of U.S. and the commas of
    4,500, and fold compatibility forms. Lone surrogates, which tantivy refuses, are replaced.
    """
    for deleted in _DELETED:
        text = deleted.sub("", text)
    if text.isascii():
        return text
    return in_pairs(unicodedata.normalize("NFKC", _INVISIBLE.sub("", normalise(text))))


def analyser(stop_words: Sequence[str] = ()) -> tantivy.TextAnalyzer:
    """The token pattern, lower case, ASCII folding and Snowball's English stemmer; ``stop_words`` are left out."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(_TOKEN))
    builder = builder.filter(Filter.remove_long(_MAX_TERM_BYTES)).filter(Filter.lowercase()).filter(Filter.ascii_fold())
    if stop_words:  # before the stemmer, or "does" would take the name Doe with it
        builder = builder.filter(Filter.custom_stopword(list(stop_words)))
    return builder.filter(Filter.stemmer(STEMMER)).build()


_ANALYSER = analyser()
_QUERY_ANALYSER = analyser(_STOP_WORDS.split())
