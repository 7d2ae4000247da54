"""Whether a speaker is shown: a wrong one is worse than none.

Shown is whom a clause of the sentence, or its quotation's own attribution, names as a person, an office with its body,
or an institution. Who was not found out ("the company", "a statement", "voters") is not, nor what only looks like a
name; the publisher's name stands there in any case.

Invariant: what is decided here is only what is shown, not whose words the sentence is taken to be.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.attribution import Attribution, Kind
from ingest.attribution.lexicon import PREPOSITIONS
from ingest.language.gazetteer import bundled
from ingest.language.given_names import given_names
from ingest.language.lexicon import Act, acts
from ingest.language.roles import BODIES, OFFICES, ROLES, TITLES
from ingest.language.words import FUNCTION_WORDS, fold, word_set, words

#: Below, an attribution's speaker is too often somebody else: by newsask-train, where of those with a mixed content
#: .85 are right at .6 and .91 at .85. `make eval-speakers` prints what they give, on polnear-dev as well.
LEAST = {Kind.DIRECT: 0.5, Kind.MIXED: 0.85, Kind.INDIRECT: 0.6, Kind.STANCE: 0.6}

#: The same for somebody with a given name and a family's, whom words are seldom given to by mistake.
LEAST_FOR_PERSONS = LEAST | {Kind.MIXED: 0.78, Kind.INDIRECT: 0.5}

_CONTRACTED = re.compile(r"['’](?:s|d|ll|ve|re|m)$")
_TOKEN = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*\.?|&")
_PERSONAL = frozenset({"he", "she"})
_OTHER_PRONOUNS = word_set("i we you they it this that these those who which one some many others")
#: Words inside names: "Bank of England", "Ursula von der Leyen".
_INSIDE = word_set("of the and for in on at to de del della der den di da dos du la le van von bin al el &")
#: What carries words and is nobody: a statement is somebody's.
_VESSELS = word_set(
    """statement statements report reports document documents letter email tweet post poll survey study data research
    article column story website site page blog notes note law code policy bill book film video image warning
    initiative census index release account update notes news act plan agreement transcript show review lawsuit filing
    complaint order memo text message ad advertisement contract map chart graphic breakdown voice table"""
)
#: Who speaks for a body, beside the offices: only with the body's name.
_SPEAKING = OFFICES | word_set(
    "spokesman spokeswoman spokesperson official officials officer representative head leader ceo founder director"
)
_NO_BEGINNING = FUNCTION_WORDS - _INSIDE


def is_shown(one: Attribution, text: str) -> bool:
    """Whether the speaker of an attribution of an article's ``text`` is shown."""
    if one.speaker is None or one.confidence < (LEAST_FOR_PERSONS if is_person(one.name) else LEAST)[one.kind]:
        return False
    # Who denies or accuses is known for it; who only wants or fears something has said nothing.
    if one.kind is Kind.STANCE and not acts(words(one.cue.of(text))) & {Act.DENY, Act.ACCUSE}:
        return False
    said = _CONTRACTED.sub("", one.speaker.of(text).casefold())
    if said in _PERSONAL:
        return is_person(one.name) or _is_introduced(one.name, text)
    if said in _OTHER_PRONOUNS:
        return said == "it" and is_named(one.name)
    if said.split(maxsplit=1)[0] in PREPOSITIONS:  # no subject of a clause
        return False
    single = " " not in one.name
    first = one.name.split()[0] if one.name else ""
    # "Public officials", at a sentence's beginning, are of no body.
    begins = not single and not one.name.split()[-1][:1].isupper() and not first.isupper()
    if begins and not (_is_country(first) or _keeps_its_capital(first, text)):
        return False
    return is_named(one.name) and not (
        single and (len(said.split()) > _PHRASE or not (_is_country(one.name) or _keeps_its_capital(one.name, text)))
    )


def _is_country(word: str) -> bool:
    return bool(bundled().country_keys(words(word, keep_possessive=False)))


def _keeps_its_capital(word: str, text: str) -> bool:
    """Whether a word is a name inside a sentence, too; at its beginning every word looks like one."""
    return re.search(rf"[^\W\d_][,’']?s? {re.escape(word)}\b|[(“\"]{re.escape(word)}\b", text) is not None


def _is_introduced(name: str, text: str) -> bool:
    """Whether two names together are told of as a person: what somebody is follows them, behind a comma.

    Of given names that no list has: "Saoirse Quill, the agency's hydrologist".
    """
    two = is_named(name) and len(name.split()) == _FULL and not set(map(fold, name.split())) & _COMMON
    return two and re.search(rf"\b{re.escape(name)}, (?:\d\d\b|(?:who|a|an|the|his|her) )", text) is not None


@cache
def is_named(name: str) -> bool:
    """Whether a name is one: of a person or an institution, or an office together with its body."""
    tokens = [word.rstrip(".") for word in _TOKEN.findall(name)]
    # Two capitals are an abbreviation: "US" is no "us".
    small = [word if len(word) > 1 and word.isupper() else fold(word) for word in tokens]
    if not tokens or len(tokens) > _LONGEST or small[0] in _NO_BEGINNING or {fold(word) for word in tokens} & _VESSELS:
        return False
    if tokens[0] in _INSIDE or small[-1] in _INSIDE:
        return False
    capitals = [word[0].isupper() for word in tokens]
    proper = all(big or word in _INSIDE for big, word in zip(capitals, small, strict=True))
    if proper:
        # A line in capitals is a heading; one word in them is an abbreviation.
        loud = len(tokens) > 1 and all(word.isupper() for word in tokens)
        return not loud and not (len(tokens) == 1 and small[0] in _COMMON)
    # "Kremlin spokesman", "spokesperson for Meta", "spokesman for the environment ministry": an office and its body.
    known = all(big or word in _INSIDE or word in _ALLOWED for big, word in zip(capitals, small, strict=True))
    office = any(word in _SPEAKING or word in BODIES for big, word in zip(capitals, small, strict=True) if not big)
    # "FBI investigators", "Democratic senators": several of a body.
    several = not capitals[-1] and capitals[0] and small[-1].endswith("s") and small[-1][:-1] in _COMMON | _SPEAKING
    if several and all(capitals[:-1]):
        return True
    return office and ((any(capitals) and known) or _OF_BODY.match(" ".join(small)) is not None)


_LONGEST = 8
#: The parts of a name that has a given name and a family's.
_FULL = 2
#: A longer phrase that ends in a single name holds another, of which that is a part.
_PHRASE = 5
_COMMON = OFFICES | ROLES | TITLES | BODIES
_ALLOWED = _SPEAKING | BODIES | TITLES | ROLES | word_set("general top senior chief national former state")
#: Bodies of which a country or a town has one, so that what they are for tells which: "the finance ministry".
_OF_BODY = re.compile(
    r"(?:(?:\w+ )?(?:spokes(?:man|woman|person)|official|minister|director|head) (?:for|of|in|at) the )?"
    r"(?:\w+ ){1,2}(?:ministry|department|agency|commission|administration|federation|parliament|service|council)$"
)


def is_somebody(name: str) -> bool:
    """Whether words may stand for who speaks at all: neither a pronoun nor what only carries words."""
    small = [fold(word.rstrip(".")) for word in _TOKEN.findall(name)]
    return bool(small) and not set(small) & _VESSELS and small[0] not in _NO_BEGINNING


@cache
def is_person(name: str) -> bool:
    """Whether a name is a person's: it begins with a given name, whatever titles stand before it."""
    tokens = [word for word in _TOKEN.findall(name) if fold(word.rstrip(".")) not in TITLES]
    return is_named(name) and len(tokens) > 1 and fold(tokens[0]) in given_names("male") | given_names("female")
