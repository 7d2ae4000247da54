"""A mention of somebody, and what tells whether a pronoun or a description can stand for it."""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.attribution.lexicon import PREPOSITIONS
from ingest.attribution.tokens import Reading

HE = frozenset(["he", "his", "him"])


SHE = frozenset(["she", "her"])


THEY = frozenset(["they", "their", "them"])


IT = frozenset(["it", "its"])


FIRST = frozenset(["i", "we", "you", "my", "our"])


class Mention(NamedTuple):
    """A name at a token; ``gender`` is "m", "f" or ""; ``group`` where it is no single person."""

    token: int
    name: str
    gender: str = ""
    group: str = ""


GENDERS = {"mr": "m", "sir": "m", "mrs": "f", "ms": "f", "miss": "f", "lady": "f"}


HUMAN = re.compile(
    r"(?:[^aeiou]er|or|ist|man|woman|ian|member|neighbour|neighbor|resident|aide|guest|mother|father|brother|sister|son"
    r"|daughter|wife|husband|widow|friend|person|witness|survivor|student|agent|graduate|veteran|nurse|source|expert"
    r"|referee|employee|refugee|assistant|boss|chef|victim|native)$"
)


def reading_text(reading: Reading, token: int) -> str:
    """A token as it stands in the text."""
    return reading.text[reading.start[token] : reading.end[token]]


def extends(name: str, words: list[str]) -> bool:
    """Whether a name begins or ends with the words."""
    held = name.lower().split()
    return held[-len(words) :] == words or held[: len(words)] == words


def head_noun(name: str) -> str:
    """The head noun of a description: "member" of "member of the mission"."""
    words = name.lower().split()
    end = next((i for i, w in enumerate(words) if i and w in PREPOSITIONS), len(words))
    return words[end - 1] if words else ""


_POSSESSIVE = re.compile("['’]s?$")


def without_possessive(word: str) -> str:
    return _POSSESSIVE.sub("", word) if "'" in word or "’" in word else word


def fits(mention: Mention, word: str, gender: str) -> bool:
    if word in HE or word in SHE:
        if mention.group not in ("", "one"):
            return False
        return not gender or gender == ("m" if word in HE else "f")
    if word in THEY:
        return mention.group == "they"
    return mention.group == "it"
