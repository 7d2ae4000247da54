"""What was said: where the content of a cue begins and where it ends."""

from __future__ import annotations

from ingest.attribution.lexicon import (
    AUXILIARIES,
    COMMON_VERBS,
    CONTRACTIONS,
    DAYS,
    DETERMINERS,
    MONTHS,
    OCCASIONS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    TIMES,
    VERBS,
    WH,
)
from ingest.attribution.tokens import Reading, Unit
from ingest.attribution.verbs import is_adverb, is_verb
from ingest.language.words import word_set

Chars = tuple[int, int]
_TRIMMED = frozenset([".", ",", ";", ":", "—", "–", "--", "-", "..", "...", "(", "["])
#: After a comma, words that end an indirect content.
_TURNS = word_set("but while although though according despite whereas")
_NOT_OBJECT = word_set("when while because although but though during since if unless")
#: The only words that a clause may end before; the others are passed over.
_MAY_END = _TURNS | _NOT_OBJECT | word_set("; . ? ! , and according")
_REACH = 14


def in_scope(reading: Reading, unit: Unit, token: int) -> bool:
    """Whether a token stands at the unit's own level, outside quotations for an outer unit."""
    return reading.quote[token] < 0


def skip_adjuncts(reading: Reading, unit: Unit, at: int) -> int:
    """The first token at or after ``at`` that is no adverb, day, or "in a statement on Tuesday"."""
    while at < unit.last and in_scope(reading, unit, at):
        word = reading.word[at]
        if word in DAYS:
            at += 1 + (at + 1 < unit.last and reading.word[at + 1] in TIMES)
        elif is_adverb(word):
            at += 1
        elif (
            word in ("last", "this", "next", "earlier", "late", "early")
            and at + 1 < unit.last
            and (reading.word[at + 1] in TIMES or reading.word[at + 1] in DAYS)
        ):
            at += 2
        elif word == "earlier":
            at += 1
        elif word in PREPOSITIONS and not _to_verb(reading, unit, at) and (end := _occasion(reading, unit, at)):
            at = end
        else:
            break
    return at


def _to_verb(reading: Reading, unit: Unit, at: int) -> bool:
    """Whether "to" leads to a verb: "to triple the programme", not "to reporters"."""
    if reading.word[at] != "to" or at + 1 >= unit.last:
        return False
    following = reading.word[at + 1]
    return not (
        reading.capital(at + 1)
        or following in DETERMINERS
        or following in ("reporters", "journalists", "him", "her", "them", "me", "us")
        or (at + 2 < unit.last and reading.word[at + 2] in ("on", "in", "that", ",", "at") and following.endswith("s"))
    )


def _occasion(reading: Reading, unit: Unit, preposition: int) -> int:
    """Where a phrase like "on Tuesday", "in a statement", "to reporters" ends, or 0 where it is none."""
    at = preposition + 1
    while at < unit.last and at - preposition < 8 and in_scope(reading, unit, at):
        word = reading.word[at]
        if word in DAYS or word in MONTHS or (word[:2] in ("19", "20") and len(word) == 4):
            end = at + 1
            while end < unit.last and (reading.word[end][:1].isdigit() or reading.word[end] in TIMES):
                end += 1
            return end
        if word in OCCASIONS or word in TIMES:
            return at + 1
        if reading.word[preposition] in ("to", "of") and word in ("reporters", "journalists", "him", "her", "them"):
            return at + 1
        if is_verb(reading, at) or word in PRONOUNS or word in WH or not (word[:1].isalnum()):
            return 0
        at += 1
    return 0


def tail(reading: Reading, unit: Unit, at: int) -> int:
    """Skip what may follow a parenthetical cue: its end, or -1 where a complement begins instead."""
    at = skip_adjuncts(reading, unit, at)
    begin = at
    while at < unit.last and in_scope(reading, unit, at):
        word = reading.word[at]
        if not word[:1].isalnum() and word not in ("'s", "&", "@", "#", "$", "%"):
            return at
        if at == begin and word not in PREPOSITIONS and word not in ("when", "as", "while", "after"):
            return -1
        if word in ("that", "to") and at > begin and is_verb(reading, min(at + 1, unit.last - 1)):
            return -1
        if at == begin and _to_verb(reading, unit, at):
            return -1  # "…, he vowed to win"
        at += 1
    return at


def addressee_end(reading: Reading, unit: Unit, at: int) -> int:
    """Where the person spoken to ends, for "told reporters in Sochi that"; at the content, as far as can be told."""
    limit = min(unit.last, at + _REACH)
    token = at - 1
    while token + 1 < limit:
        token += 1
        if not in_scope(reading, unit, token):
            if end := title_end(reading, unit, token):
                token = end - 1
                continue
            return token
        word = reading.word[token]
        if token > at and word in _SUBJECTS and reading.word[token - 1] not in PREPOSITIONS:
            return token
        if word == "not" and token + 1 < limit and reading.word[token + 1] == "to":
            return token
        if word in ("that", "to", "whether", "about", "of", "how", "why", "what", "if") and token > at:
            if word in ("of", "to") and reading.capital(token + 1 if token + 1 < unit.last else token):
                continue
            return token
        if word in (":",) or (word == "," and not in_scope(reading, unit, min(token + 1, unit.last - 1))):
            return token
        if word in (".", ";"):
            return token
    word = reading.word[at] if at < unit.last else ""
    if word in PRONOUNS or word in ("him", "her", "them", "me", "us"):
        return at + 1
    if at < unit.last and reading.capital(at):
        while at < limit and reading.capital(at):
            at += 1
        return skip_adjuncts(reading, unit, at)
    if word in DETERMINERS:
        return skip_adjuncts(reading, unit, min(at + 2, unit.last))
    return skip_adjuncts(reading, unit, min(at + 1, unit.last))


_SUBJECTS = word_set("he she they we i he's she's they're it's we're i'm he'd she'd they'd there")


def title_end(reading: Reading, unit: Unit, first: int) -> int:
    """Where a quotation ends that is a title rather than speech: "told “Fox & Friends” that …"; 0 where it is none."""
    held = reading.quote[first]
    last = first
    while last < unit.last and reading.quote[last] == held:
        last += 1
    if last - first > 8 or reading.word[first - 1] in (",", ":") or last >= unit.last:
        return 0
    named = [t for t in range(first, last) if reading.word[t][:1].isalpha()]
    small = [t for t in named if not reading.capital(t) and reading.word[t] not in PREPOSITIONS | DETERMINERS]
    return last if len(named) > 1 and len([t for t in small if reading.word[t] != "and"]) == 0 else 0


def clause_end(reading: Reading, unit: Unit, at: int, *, narrow: bool, limit: int) -> int:
    """The token after the last of an indirect content that begins at ``at``; ``narrow`` for an object."""
    begin = at
    tokens, quote = reading.word, reading.quote
    while at < limit:
        word = tokens[at]
        if word not in _MAY_END or quote[at] >= 0:
            at += 1
            continue
        if word in _TURNS and at > begin and reading.quote[at - 1] >= 0:
            held = reading.quotes[reading.quote[at - 1]]
            if reading.text[held.end - 2] in ",." or reading.text[held.end - 3] == ",":
                break
        if word in (";", ".", "?", "!") or (word == "according" and at + 1 < limit and reading.word[at + 1] == "to"):
            break
        if word == "," and at + 1 < limit and at > begin and _ends_at_comma(reading, unit, at, narrow):
            break
        if narrow and at > begin and word in _NOT_OBJECT:
            break
        if word == "and" and at + 1 < limit and at > begin and _another_act(reading, at + 1, narrow):
            break
        at += 1
    return at


def _ends_at_comma(reading: Reading, unit: Unit, comma: int, narrow: bool) -> bool:
    word = reading.word[comma + 1]
    verb = VERBS.get(word)
    if word in _TURNS or (verb is not None and verb.tense == "ing"):
        return True
    if word == "as" and comma + 2 < unit.last:
        following = reading.word[comma + 2]
        return following in PRONOUNS or following in DETERMINERS or reading.capital(comma + 2)
    if narrow:
        if word not in ("and", "or") or comma + 2 >= unit.last:
            return True
        return reading.word[comma + 2] in PRONOUNS or any(
            is_verb(reading, t) for t in range(comma + 2, min(comma + 8, unit.last))
        )
    if word != "and" or comma + 3 >= unit.last:
        return False
    return _verb_follows(reading, comma + 2) or (
        reading.word[comma + 2] in PRONOUNS and _verb_follows(reading, comma + 3)
    )


def _another_act(reading: Reading, at: int, narrow: bool) -> bool:
    """Whether "and" leads to a further act: any verb after an object, a verb of speech after a clause."""
    while at < len(reading.word) - 1 and is_adverb(reading.word[at]):
        at += 1
    word = reading.word[at]
    verb = VERBS.get(word)
    if verb is not None and verb.tense in ("past", "s") and not reading.capital(at):
        return narrow or "q" in verb.frames
    return narrow and is_verb(reading, at) and (reading.capital(at) is False)


def _verb_follows(reading: Reading, at: int) -> bool:
    """Whether a cue verb in a finite form comes next, adverbs aside."""
    while at < len(reading.word) - 1 and (is_adverb(reading.word[at]) or reading.word[at] in AUXILIARIES):
        at += 1
    verb = VERBS.get(reading.word[at])
    return verb is not None and verb.tense in ("past", "s", "ing") and not reading.capital(at)


def characters(reading: Reading, first: int, last: int) -> Chars | None:
    """Tokens ``[first, last)`` as code points, without punctuation at either end; quotation marks stay."""
    quote = reading.quote
    while first < last and quote[last - 1] < 0 and reading.word[last - 1] in _TRIMMED:
        last -= 1
    while first < last and quote[first] < 0 and reading.word[first] in _TRIMMED:
        first += 1
    if last > first and quote[last - 1] >= 0 and reading.word[last - 1] in (".", ",") and quote[first] >= 0:
        held = reading.quotes[quote[last - 1]]
        if reading.end[last - 1] != held.end and reading.start[first] != held.start:
            last -= 1
    return (reading.start[first], reading.end[last - 1]) if first < last else None


def looks_like_clause(reading: Reading, unit: Unit, at: int, limit: int) -> bool:
    """Whether what begins at ``at`` has a finite verb near its front: "the plan was bad", not "the bad plan"."""
    if (
        reading.word[at] in PRONOUNS
        or reading.word[at] in CONTRACTIONS
        or reading.word[at] in ("there", "this", "that")
    ):
        return True
    for token in range(at, min(limit, at + 12)):
        word = reading.word[token]
        if not in_scope(reading, unit, token):
            return True
        if token > at and (word in AUXILIARIES or word in COMMON_VERBS or word in CONTRACTIONS):
            return True
        if word in (",", ".", ":", "to") or (word in SUBORDINATORS and word != "that"):
            return False
        if token > at and is_verb(reading, token):
            return True
    return False
