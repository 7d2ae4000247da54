"""Whether a statement turns its evidence round: a negation more or less, an opposite word, or who did it to whom.

These are cheap signs, not proofs: each caps the support of a statement, none alone decides it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from ingest.language.lexicon import is_speech
from ingest.language.words import FUNCTION_WORDS, stem, word_set, words

_NEGATION = word_set(
    """not no never none nobody nothing neither nor without cannot cant wont isnt arent wasnt werent dont doesnt didnt
    hasnt havent hadnt wouldnt couldnt shouldnt deny denies denied denying denial refuse refuses refused refusing
    refusal fail fails failed failing failure reject rejects rejected rejecting unable unlikely hardly stop stopped
    prevent prevented dismiss dismissed ruled"""
)
#: Negations that are verbs: what they negate is their object.
_SCOPE = 5

_OPPOSITES = """\
rise|rose|risen|rising|increase|increased|grow|grew|growth|climb|climbed - fall|fell|fallen|falling|decrease|decreased
rise|rose|risen|increase|increased|grew|growth|climbed|gained - decline|declined|drop|dropped|shrink|shrank|slumped
raise|raised|raises|hike|hiked - cut|cuts|lower|lowered|reduce|reduced
win|won|wins|victory|beat|defeated - lose|lost|loses|defeat|beaten
higher|more|above|up - lower|less|fewer|below|down
largest|biggest|highest|most|best|longest - smallest|lowest|least|worst|shortest
accept|accepted|accepts|approve|approved|agreed - reject|rejected|refused|vetoed|blocked
support|supported|backed|backs - oppose|opposed|opposes
include|included|includes - exclude|excluded|omitted
open|opened|opens - close|closed|closes|shut
alive|survived|survive - dead|died|killed
injured|wounded|hurt - killed|died|dead
buy|bought|buys - sell|sold|sells
guilty|convicted - acquitted|cleared|innocent
arrested|detained|jailed - released|freed
hired|appointed - fired|sacked|dismissed
begin|began|begun|start|started - end|ended|finished|stopped
arrive|arrived - leave|left|departed
remove|removed|lift|lifted|eased - impose|imposed|tightened
allow|allowed|permit|permitted - ban|banned|forbid|forbade|prohibited
export|exports|exported - import|imports|imported
increase|increases|increased - reduce|reduced|reduction
strengthen|strengthened - weaken|weakened
true - false
success|successful|succeeded - failure|failed
possible|likely - impossible|unlikely
north|northern - south|southern
east|eastern - west|western
profit|profits - loss|losses"""


@lru_cache(maxsize=1)
def _opposites() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Word -> (its own side, the other side); the sides of all its pairs together."""
    table: dict[str, tuple[set[str], set[str]]] = {}
    for line in _OPPOSITES.splitlines():
        left, right = (set(side.strip().split("|")) for side in line.split(" - "))
        for own, other in ((left, right), (right, left)):
            for word in own:
                sides = table.setdefault(word, (set(), set()))
                sides[0].update(own)
                sides[1].update(other)
    return {word: (frozenset(own), frozenset(other)) for word, (own, other) in table.items()}


def opposite(statement: str, evidence: str) -> tuple[str, str] | None:
    """(word of the statement, its opposite in the evidence) where the evidence has no word of the statement's side."""
    table, had = _opposites(), set(words(evidence))
    stated = words(statement)
    for word in stated:
        own, other = table.get(word, (frozenset(), frozenset()))
        found = (other - own) & had
        if found and not own & had and not found & set(stated):
            return word, min(found)
    return None


def negation_differs(statement: str, evidence: Sequence[str]) -> bool:
    """Whether what the statement negates stands unnegated in the evidence, or the other way round.

    A negation reaches over the next few content words of its clause; it counts only where the other text has them.
    """
    stated = _clauses(statement)
    had = [clause for text in evidence for clause in _clauses(text)]
    return _differs(stated, had) or _differs(had, stated)


Clause = tuple[list[str], list[list[str]]]  # stems of the content words, and the reach of each negation


def _clauses(text: str) -> list[Clause]:
    clauses = []
    plain = re.sub(r"\bnot (?:only|just|according|even)\b|\bno (?:doubt|less|fewer)\b", " ", text, flags=re.I)
    for part in re.split(
        r"[;:()—–]|\.\s|,\s|\s-+\s|\s(?:who|which|but|although|though|while|whereas|because|after|before)\s", plain
    ):
        tokens = words(part)
        content = [stem(w) for w in tokens if _tells(w)]
        reaches = []
        for i, token in enumerate(tokens):
            if token in _NEGATION:
                reach = [stem(w) for w in tokens[i + 1 :] if _tells(w)]
                reaches.append(reach[:_SCOPE])
        clauses.append((content, [reach for reach in reaches if reach]))
    return clauses


def _tells(word: str) -> bool:
    return word not in FUNCTION_WORDS and word not in _NEGATION and not is_speech(word)


def _differs(negating: Sequence[Clause], plain: Sequence[Clause]) -> bool:
    """Whether some negation's reach stands in a clause of the other text in which nothing is negated."""
    for content, reaches in negating:
        for reach in reaches:
            alike = [clause for clause in plain if _alike(reach, content, clause[0])]
            if alike and not any(clause[1] for clause in alike):
                return True
    return False


def _alike(reach: Sequence[str], content: Sequence[str], other: Sequence[str]) -> bool:
    """Whether a clause has what is negated: most of the reach, or the one word of it and most of its clause."""
    shared = len(set(reach) & set(other))
    if len(set(reach)) > 1:
        return shared >= 2 and 3 * shared >= 2 * len(set(reach))
    return bool(shared) and 3 * len(set(content) & set(other)) >= 2 * len(set(content)) and len(set(content)) > 1


def roles_swapped(statement: str, evidence: str, names: Sequence[Sequence[str]]) -> tuple[str, str] | None:
    """(first, second) where the statement has "A accused B" and the evidence only "B accused A".

    Args:
        names: the folded words by which each name can be found in both texts, in the statement's order.
    """
    for first, second in pairwise(names):
        between = _between(statement, first, second)
        if not between or "by" in between:
            continue
        verbs = {stem(w) for w in between if w not in FUNCTION_WORDS and len(w) > 3}
        forward, back = _between(evidence, first, second), _between(evidence, second, first)
        if verbs and back and not forward and "by" not in back and verbs & {stem(w) for w in back[:4]}:
            return first[0], second[0]
    return None


def object_differs(
    statement: str, evidence: str, stated: Sequence[Sequence[str]], had: Sequence[Sequence[str]]
) -> tuple[str, str] | None:
    """(name, other name) where the statement has "accused A" and the evidence "accused B", and A not behind that verb.

    Args:
        stated: the folded words by which each name of the statement can be found.
        had: the same for the names of the evidence.
    """
    tokens, others = words(statement, keep_possessive=False), words(evidence, keep_possessive=False)
    for name in stated:
        for at in (i for i, w in enumerate(tokens) if i and w in name):
            verb = tokens[at - 1]
            if verb in FUNCTION_WORDS or len(verb) < 4 or any(verb in form for form in stated):
                continue
            behind = [others[i + 1 : i + 5] for i, w in enumerate(others) if stem(w) == stem(verb)]
            objects = [form for window in behind for form in had if window and window[0] in form]
            if objects and not any(w in name for window in behind for w in window):
                return name[0], objects[0][0]
    return None


def _between(text: str, first: Sequence[str], second: Sequence[str]) -> list[str]:
    """The words between the nearest ``first`` ... ``second`` of a text, at most eight; empty where there is none."""
    tokens = words(text, keep_possessive=False)
    starts = [i for i, w in enumerate(tokens) if w in first]
    ends = [i for i, w in enumerate(tokens) if w in second]
    spans = [(e - s, s, e) for s in starts for e in ends if 1 < e - s <= 9]
    return tokens[min(spans)[1] + 1 : min(spans)[2]] if spans else []
