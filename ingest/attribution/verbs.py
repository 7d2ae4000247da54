"""What is a verb here, and which auxiliaries and adverbs belong to it; by words alone, there is no tagger."""

from __future__ import annotations

from functools import lru_cache

from ingest.attribution.lexicon import (
    ADVERBS,
    AUXILIARIES,
    BE,
    COMMON_VERBS,
    VERBS,
)
from ingest.attribution.tokens import Reading, Unit


def is_verb(reading: Reading, token: int) -> bool:
    """Whether a token is likely a verb: known, an auxiliary, or a lower-case word in -ed."""
    return verb_form(reading.word[token], reading.capitals[token])


@lru_cache(maxsize=1 << 15)
def verb_form(word: str, capital: bool) -> bool:
    """Whether a word is likely a verb; ``capital``: it begins with a capital letter."""
    if word in AUXILIARIES or word in COMMON_VERBS:
        return True
    if capital or "-" in word:
        return False
    verb = VERBS.get(word)
    if verb is not None and verb.tense in ("s", "past"):
        return True
    return len(word) > 4 and word.endswith("ed") and word not in ("united", "indeed", "hundred", "so-called")


def is_adverb(word: str) -> bool:
    """Whether a word may stand between a subject and its verb."""
    return word in ADVERBS or (
        len(word) > 4 and word.endswith("ly") and word not in ("family", "july", "only", "rally")
    )


def verb_group(reading: Reading, unit: Unit, verb: int) -> tuple[int, bool, bool]:
    """First token of the auxiliaries and adverbs that belong to a verb; whether it is passive; whether "to …"."""
    first, passive, infinitive, nearest = verb, False, False, True
    at = verb - 1
    while at >= unit.first and reading.quote[at] == reading.quote[verb]:
        word = reading.word[at]
        if word in AUXILIARIES:
            passive = passive or (nearest and word in BE and not reading.word[verb].endswith("ing"))
            nearest = False
            first = at
        elif word == "to" and first == at + 1:
            infinitive = True
            first = at
        elif is_adverb(word):
            if first == at + 1:
                first = at
        else:
            break
        at -= 1
    return first, passive, infinitive
