"""Whether a sentence says what something is: by an apposition, by "is a", "means", "known as" and the like.

The forms are those of definitions in running text (Hearst 1992, "Automatic acquisition of hyponyms from large text
corpora"; Xu, Licuanan and Weischedel 2003 for questions about people).
"""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.language.roles import OFFICES, ROLES, TITLES
from ingest.language.words import FUNCTION_WORDS, fold, word_set, words

#: What asks for a definition, and is no part of what is to be defined.
_ASKING = FUNCTION_WORDS | word_set(
    """meaning means mean meant definition define defined defines stand stands explain exactly called name term word
    words letters tell say people talk refer refers please"""
)
_ARTICLE = r"(?:an?|the|one|any|some|his|her|its|their|[a-z]+['’]s)"
#: Behind a term: "X, a …", "X (social clubs)", "X — digital …", "X is a …", "X means …", "X, which is …".
_GAP = r"\s{0,3}"
_BEHIND = re.compile(
    rf"[\"”’']?{_GAP}(?:(?:[,–—(:]|--?){_GAP}(?:(?:or|who|which) (?:is|are|was|were) )?"
    rf"(?:{_ARTICLE}|or|known|also|short)\b"
    rf"|\({_GAP}[a-z]|[–—]{_GAP}[a-z]|,?{_GAP}(?:is|are|was|were) (?:{_ARTICLE}|when|where|what|known|made)\b"
    rf"|,?{_GAP}(?:means?|meant|refers? to|stands? for|describes?|consists? of|combines?|translates?|includes?)\b"
    rf"|,?{_GAP}(?:who|which|that) \w+)",
)
#: Before a term: "known as X", "a kind of … called X", "(X)" behind its long form.
_BEFORE = re.compile(
    r"(?:\b(?:known as|called|so-called|dubbed|termed|named|(?:translation|definition|meaning) of|referred to as) "
    r"(?:an? |the )?[\"“‘']?|[a-z] \()$",
    re.I,
)
_ROLES = OFFICES | ROLES | TITLES
_AGENT = re.compile(r"[a-z]{3,}(?:ers?|ors?|ists?|ians?|m[ae]n|wom[ae]n|ants?|ents?)$")


def defined(question_focus: str) -> tuple[str, ...]:
    """The folded words of what a question wants defined, in order."""
    return tuple(word for word in words(question_focus, keep_possessive=False) if word not in _ASKING)


def definition_fit(term: tuple[str, ...], sentence: str) -> float:
    """How far a sentence says what a term is: 1 by its form, .4 where it has the term, 0 where not.

    Args:
        term: of :func:`defined`; where a sentence has no two of its words, its last stands for it.
    """
    if not term:
        return 0.0
    found = list(_term(term).finditer(sentence))
    if not found:
        return 0.0
    return max(_by_form(sentence, match.start(), match.end()) for match in found)


def _by_form(sentence: str, start: int, end: int) -> float:
    before, behind = sentence[:start], sentence[end:]
    if _BEHIND.match(behind) or _BEFORE.search(before):
        return 1.0
    # "NSA leaker Edward Snowden", "the district's director, Rosa Lane": what somebody is stands before the name.
    near = re.findall(r"[^\W\d_]+", before[-40:])[-1:]
    if near and sentence[start : start + 1].isupper():
        word = near[0]
        if fold(word) in _ROLES or (word.islower() and word not in FUNCTION_WORDS and _AGENT.fullmatch(word)):
            return 1.0
    return 0.4


@lru_cache(maxsize=64)
def _term(term: tuple[str, ...]) -> re.Pattern[str]:
    whole = r"[\s\"“”'’-]+".join(map(re.escape, term))
    parts = [whole] if len(term) < 2 else [whole, re.escape(term[-1])]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?:['’]s)?(?!\w)", re.I)
