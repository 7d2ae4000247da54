"""Who speaks: the noun phrase before, after or above a cue, by its borders; there is no parser here.

Every function takes a reading and token positions and returns a half-open range of tokens, or None.
"""

from __future__ import annotations

from ingest.attribution.lexicon import (
    CONTRACTIONS,
    DAYS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
    TIMES,
    VERBS,
)
from ingest.attribution.tokens import Reading, Unit
from ingest.attribution.verbs import is_adverb, is_verb

Range = tuple[int, int]


BORDERS = frozenset(',;:.!?()[]—–"“”') | {"--", "''", "...", "-"}


LONGEST = 24


def before(reading: Reading, unit: Unit, verb: int) -> Range | None:
    """The subject that ends before token ``verb`` (the first of the verb group)."""
    found = _before(reading, unit, verb)
    if found and found[1] - found[0] > 1 and reading.word[found[0]] in ("which", "who"):
        return found[0], found[0] + 1  # "which on the night of the accident described"
    return found


def _before(reading: Reading, unit: Unit, verb: int) -> Range | None:
    quote = reading.quote[verb]
    at = _skip_time(reading, unit, verb - 1)
    if at < unit.first or reading.quote[at] != quote:
        return None
    word = reading.word[at]
    if word in RELATIVES and at > unit.first:
        return at, at + 1
    if word in ("and", "or", "but"):
        return leading(reading, unit, at)
    if word in (",", "—", "–", "--", ")"):
        found = _around_insertion(reading, unit, at)
        # "Maren Aldous (Greens) said": the brackets belong to the name.
        return (found[0], at + 1) if found and word == ")" and found[1] == at else found
    return ending_at(reading, unit, at)


def after_quotation(reading: Reading, unit: Unit, verb: int) -> Range | None:
    """All between a quotation and the verb, where that is a subject: "“…,” McFaul, a fellow at Hoover, said"."""
    at = verb - 1
    while at > unit.first and verb - at < 50 and reading.quote[at] == reading.quote[verb]:
        word = reading.word[at]
        if word in (".", ";", ":", "?", "!"):
            return None
        at -= 1
    if reading.quote[at] < 0 or at + 1 >= verb or reading.text[reading.end[at] - 1] not in "\"”'’»“":
        return None
    first = at + 1
    if reading.word[first] in (",", "and", "but", "or", "as", "—", "–", "-", "--") or (
        verb - first > 3
        and "," not in reading.word[first:verb]
        and any(is_verb(reading, t) or reading.word[t] in SUBORDINATORS for t in range(first, verb))
    ):
        return None
    if is_verb(reading, first) or reading.word[first] in PREPOSITIONS:
        return None
    last = _skip_time(reading, unit, verb - 1)
    while last > first and reading.word[last] == ",":
        last -= 1
    return first, last + 1


def _skip_time(reading: Reading, unit: Unit, at: int) -> int:
    """Step back over "on Tuesday", "Tuesday", "last week"."""
    while at > unit.first and reading.word[at] in DAYS:
        at -= 1
        if reading.word[at] in ("on", "late", "early", "last"):
            at -= 1
    if at > unit.first + 1 and reading.word[at] in TIMES and reading.word[at - 1] in ("last", "this", "next", "that"):
        at -= 2
    return at


def _around_insertion(reading: Reading, unit: Unit, comma: int) -> Range | None:
    """The subject with its insertions: "Peskov, the Kremlin spokesman, said"; the insertions are part of it."""
    quote = reading.quote[comma]
    first = comma - 1
    while first >= unit.first and comma - first < 60:
        word, following = reading.word[first], reading.word[first + 1]
        if reading.quote[first] != quote or word in (";", ":", ".", "?", "!"):
            break
        if (
            (word in RELATIVES or word in SUBORDINATORS)
            and reading.word[first - 1] == ","
            and (following in DETERMINERS or reading.capital(first + 1))
        ):
            break  # "which the leader of the council, Idris Fenn, said was needed"
        first -= 1
    first += 1
    # Leave out what comes before the subject: "In Sochi, Peskov, the spokesman, said".
    while first < comma:
        if reading.word[first] in SUBORDINATORS or reading.word[first] in RELATIVES:
            first += 1  # "which the leader of the council, Idris Fenn, said was needed"
            continue
        end = first
        while end < comma and reading.word[end] not in (",", "—", "–", "--", "("):
            end += 1
        opening = reading.word[first]
        adjunct = (
            opening in PREPOSITIONS
            or opening in SUBORDINATORS
            or opening.endswith(("ing", "ly"))
            or opening in ("and", "but", "meanwhile", "also", "still", "then", "asked", "however", ",", "--", "—")
        )
        if (not adjunct and not any(is_verb(reading, t) for t in range(first, end))) or end >= comma:
            break
        if not adjunct and end < comma and reading.word[end + 1] not in RELATIVES:
            if names_a_description(reading, end + 1, comma):
                return end + 1, comma  # "The gate held, the mayor, Ada Lund, said"
            inner = ending_at(reading, unit, end - 1)
            return (inner[0], comma) if inner and inner[0] > first else leading(reading, unit, comma)
        first = end + 1
    if first >= comma:
        return leading(reading, unit, comma)
    end = first
    while end < comma and reading.word[end] not in (",", "—", "–", "--", "("):
        end += 1
    insertion = reading.word[end + 1] if end + 1 < comma else ""
    if (
        (insertion in PREPOSITIONS and insertion not in ("of", "from"))
        or insertion.endswith("ing")
        or insertion in SUBORDINATORS
    ):
        comma = end
    return (first, comma) if first < comma else None


def names_a_description(reading: Reading, first: int, last: int) -> bool:
    """Whether tokens are a description and the name of whom it describes: "the mayor, Ada Lund".

    Not a place in another: "the hospital in Skarn, Norland".
    """
    comma = next((t for t in range(first, last) if reading.word[t] == ","), 0)
    if not comma or not 0 < last - comma - 1 <= 4 or reading.word[first] not in DETERMINERS:
        return False
    plain = all(reading.word[t] not in PRONOUNS and not is_verb(reading, t) for t in range(first, comma))
    return plain and not reading.capital(comma - 1) and all(reading.capital(t) for t in range(comma + 1, last))


def ending_at(reading: Reading, unit: Unit, last: int) -> Range | None:
    """The noun phrase whose last token is ``last``."""
    if last < unit.first:
        return None
    word = reading.word[last]
    if word in PRONOUNS or word in CONTRACTIONS:
        return last, last + 1
    quote = reading.quote[last]
    at, border = last, -1
    while at >= unit.first and last - at < LONGEST:
        word = reading.word[at]
        if reading.quote[at] != quote or word in BORDERS or (word in SUBORDINATORS and word != "or"):
            break
        if at < last and (word in PRONOUNS or word in CONTRACTIONS or is_verb(reading, at)):
            break
        if word == "and" and not _joins(reading, unit, at):
            break
        if word == "according":
            break
        if word == "to" and not reading.capital(at + 1) and reading.word[at + 1] not in DETERMINERS:
            break
        at -= 1
        border = at
    first = border + 1 if border >= 0 or at < last else last
    first = _without_opening(reading, first, last + 1)
    return (first, last + 1) if first <= last else None


def _joins(reading: Reading, unit: Unit, conjunction: int) -> bool:
    """Whether "and" joins two names rather than two clauses."""
    if conjunction - 1 < unit.first:
        return False
    at = conjunction - 1
    if not (reading.capital(at) or reading.word[at].endswith("s")):
        return False
    while at >= unit.first and reading.word[at] not in BORDERS and reading.word[at] not in SUBORDINATORS:
        if is_verb(reading, at) or reading.word[at] in PRONOUNS:
            return False
        at -= 1
    return True


def _without_opening(reading: Reading, first: int, last: int) -> int:
    """Leave out an adjunct at the front: "In Sochi on Tuesday Kerry" -> "Kerry"; "and", "meanwhile", "Noting"."""
    while first < last and (
        reading.word[first] in ("and", "but", "or", "yet", "then", "meanwhile", "still", "also", "not", "even", "now")
        or is_adverb(reading.word[first])
    ):
        first += 1
    if first < last - 1 and reading.word[first] in PREPOSITIONS:
        # The subject is what follows the last object: a determiner or a run of capitals begins it.
        at = last - 1
        while at > first + 1 and reading.word[at] not in PREPOSITIONS:
            if reading.word[at] in DETERMINERS or (reading.capital(at) and not reading.capital(at - 1)):
                break
            at -= 1
        return at if at > first + 1 else first
    return first


def leading(reading: Reading, unit: Unit, limit: int) -> Range | None:
    """The first noun phrase of the unit before ``limit``: the subject of its main clause."""
    first = unit.first
    while first < limit and (reading.quote[first] != reading.quote[limit] if limit < len(reading.quote) else False):
        first += 1
    if first < limit and reading.word[first] in ("and", "but", "so", "yet"):
        first += 1
    if first < limit and (
        reading.word[first] in PREPOSITIONS
        or reading.word[first] in SUBORDINATORS
        or reading.word[first].endswith("ing")
    ):
        # An opening adjunct ends at the first comma.
        for at in range(first, limit):
            if reading.word[at] == ",":
                first = at + 1
                break
    at = first
    while at < limit and at - first < LONGEST:
        word = reading.word[at]
        if at == first and (word in PRONOUNS or word in CONTRACTIONS):
            return at, at + 1
        if word in BORDERS or (word in RELATIVES and at > first) or (word in SUBORDINATORS and word != "that"):
            break
        if at > first and (is_verb(reading, at) or is_adverb(word)):
            break
        verb = VERBS.get(word)
        if (
            at > first
            and verb
            and verb.tense == "base"
            and reading.word[at - 1].endswith("s")
            and not reading.capital(at)
        ):
            break
        at += 1
    if at < limit and reading.word[at] in ("after", "before") and (reading.word[at - 1].rstrip("s") in TIMES):
        # "Three months after predicting that …, the bank said"
        comma = next((t for t in range(at, limit) if reading.word[t] == ","), 0)
        if comma:
            return leading(reading, Unit(comma + 1, unit.last, unit.paragraph), limit)
    return (first, at) if at > first else None
