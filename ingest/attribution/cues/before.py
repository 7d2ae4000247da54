"""Verbs before their content: "said that …", "told reporters …", "accused him of …", "was told that …"."""

from __future__ import annotations

from ingest.attribution.candidate import NARROW, Draft
from ingest.attribution.contents import complements
from ingest.attribution.contents.complements import characters, in_scope
from ingest.attribution.cues.passive import around
from ingest.attribution.lexicon import (
    AUXILIARIES,
    PREPOSITIONS,
    WH,
)
from ingest.attribution.speakers import phrases
from ingest.attribution.speakers.phrases import Range
from ingest.attribution.speakers.phrases_after import following
from ingest.attribution.tokens import Reading, Unit
from ingest.attribution.verbs import is_adverb, is_verb, verb_group
from ingest.language.lexicon import Entry
from ingest.language.words import word_set

_Complement = tuple[int, str]
_BEFORE_NOUNS = word_set("the a an his her their its of this")
_LINKS = word_set("of about for on to against with as in at from over")
_CAN = word_set("could can may might must should shall wouldn't couldn't can't cannot")
_MODALS = _CAN | word_set("would will")
_PLURALS = word_set("they we i you who and to people both others many some voters that say")


_AIMS = word_set(
    """
    plans plan intends intend hopes hope wants want seeks seek continues continue expects needs
    """
)


_DECLINES = word_set("declined declines decline refused refuses refuse failed fails fail unable unwilling")


def governing(
    reading: Reading, unit: Unit, token: int, verb: Entry, limit: int, previous: Range | None
) -> Draft | None:
    """A verb before its content, or one whose content is its subject or what a relative clause hangs on."""
    group, passive, infinitive = verb_group(reading, unit, token)
    if not is_used_as_verb(reading, unit, token, verb, group):
        return None
    if token > unit.first and reading.word[token - 1] in _BEFORE_NOUNS and verb.tense != "ing" and group == token:
        return None
    if infinitive and group > unit.first and reading.word[group - 1] in _DECLINES:
        return None  # "declined to say whether" is no claim
    traits = _traits(reading, unit, token, verb, group, infinitive)
    if verb.lemma == "say" and "negated" in traits and "modal" in traits:
        return None  # "could not say in which year"
    draft = Draft("", unit, (group, token + 1), None, [], True, verb.lemma, traits)
    if found := around(reading, draft, verb, limit, passive=passive):
        return found
    begin, rule = _complement(reading, unit, token, verb, limit)
    if begin < 0:
        return None
    speaker = _speaker(reading, unit, token, verb, previous)
    stance = "s" in verb.frames or (rule in NARROW and "q" not in verb.frames)
    cue = (token if infinitive else group, token + 1)
    draft = Draft(rule, unit, cue, speaker, [], stance, verb.lemma, traits)
    if passive:
        return _passive(reading, draft, begin, limit)
    if (
        speaker
        and reading.word[speaker[0]] in ("who", "which")
        and reading.word[max(speaker[0] - 1, unit.first)] == ","
    ):
        # "Banks, who said that …, declined to comment": the content ends with the relative clause.
        limit = next((t for t in range(begin, limit - 1) if reading.word[t] == "," and is_verb(reading, t + 1)), limit)
    draft.begin, draft.limit = begin, limit
    if speaker and speaker[0] > unit.first and reading.word[speaker[0] - 1] in _OBJECTS_BEFORE:
        # "What he says it costs", "a vote which she said was a mistake": the pronoun is part of the content.
        draft.contents.append((reading.start[speaker[0] - 1], reading.end[speaker[0] - 1]))
    return draft


_OBJECTS_BEFORE = word_set("what which whom")


def _traits(reading: Reading, unit: Unit, token: int, verb: Entry, group: int, infinitive: bool) -> tuple[str, ...]:
    """What the words of the verb group say about an attribution."""
    traits = []
    for at in range(group, token):
        word = reading.word[at]
        if word in _MODALS:
            traits.append("modal")
        if word in ("not", "never", "cannot") or word.endswith("n't"):
            traits.append("negated")
    if infinitive:
        traits.append("infinitive")
    if verb.tense == "ing":
        traits.append("progressive" if group < token else "ing")
    elif verb.tense == "base" and group == token:
        traits.append("bare")
    if token > unit.first and reading.word[token - 1] == ",":
        traits.append("comma")
    return tuple(dict.fromkeys(traits))


def asserts(reading: Reading, unit: Unit, token: int, verb: Entry, group: int) -> bool:
    """Whether a form is a verb here that stands for words said, rather than words that may be said."""
    if any(reading.word[t] in _CAN for t in range(group, token)):
        return False
    if not is_used_as_verb(reading, unit, token, verb, group):
        return False
    if group == token and verb.tense in ("base", "s") and token > unit.first and verb.lemma != "state":
        if reading.word[token - 1] == ",":
            return False
        if verb.tense == "base" and verb.lemma != "say":
            back = reading.word[token - 1]
            return back in _PLURALS or (
                back.endswith("s") and not back.endswith("'s") and not reading.capital(token - 1)
            )
    return True


def is_used_as_verb(reading: Reading, unit: Unit, token: int, verb: Entry, group: int) -> bool:
    """Whether a form that may be a noun or a name ("reports", "State") is a verb here."""
    capital = reading.capital(token)
    if capital and token > unit.first and not _title_case(reading, unit):
        return False
    words = reading.word
    following = words[token + 1] if token + 1 < unit.last else "."
    if verb.lemma == "state" and verb.tense != "past":
        if reading.quote[unit.first] >= 0 and words[token - 1].endswith("s"):
            return True  # "“…,” the Saudis state"
        return (
            in_scope(reading, unit, token + 1) is False or following in ("that", ",")
            if token + 1 < unit.last
            else False
        )
    if verb.tense == "s" and group < token and any(words[t] in AUXILIARIES for t in range(group, token)):
        return False
    if verb.tense == "ing" and group > unit.first and words[group - 1] in _BEFORE_NOUNS:
        return False  # "its first warning"
    if verb.tense in ("base", "s") and group == token:
        if token > unit.first and is_verb(reading, token - 1) and words[token - 1] not in AUXILIARIES:
            return False  # "denied reports"
        if (
            following in AUXILIARIES
            or following in ("and", "or")
            or (token > unit.first and words[token - 1] in PREPOSITIONS)
            or (token + 1 < unit.last and is_verb(reading, token + 1))
            or (token > unit.first and words[token - 1] == "," and "q" not in verb.frames and "t" not in verb.frames)
            or words[token - 1].endswith("'s")
            or (following == "of" and "of" not in verb.prepositions)
        ):
            return False
    return True


def _title_case(reading: Reading, unit: Unit) -> bool:
    """Whether most words of a unit begin with a capital, as in a headline."""
    capitals = sum(reading.capital(t) for t in range(unit.first, unit.last))
    return capitals * 5 > (unit.last - unit.first) * 3


def _speaker(reading: Reading, unit: Unit, token: int, verb: Entry, previous: Range | None) -> Range | None:
    group, _, infinitive = verb_group(reading, unit, token)
    if verb.tense == "ing" and group == token:
        if previous is not None:
            return previous
        if token > unit.first and reading.word[token - 1] == "as":
            return phrases.leading(reading, unit, token)
        opening = reading.word[unit.first : token]
        if "," not in opening and (not opening or opening[-1] in ("while", "in", "by", "after", "before", "without")):
            for at in range(token, unit.last):
                if reading.word[at] == "," and in_scope(reading, unit, at) and at + 1 < unit.last:
                    return following(reading, unit, at + 1)
            return None
        return phrases.leading(reading, unit, token)
    if infinitive:
        ruling = group - 1
        if ruling > unit.first and (is_verb(reading, ruling) or reading.word[ruling] in _AIMS):
            return phrases.before(reading, unit, verb_group(reading, unit, ruling)[0])
        return previous or phrases.leading(reading, unit, group)
    return phrases.before(reading, unit, group) or previous


def _complement(reading: Reading, unit: Unit, token: int, verb: Entry, limit: int) -> _Complement:
    """The first token of a verb's content and the rule that found it; -1 where it has none."""
    at = token + 1
    if at >= limit:
        return -1, ""
    if "q" in verb.frames and reading.word[at] == "," and (after := _beyond_insertion(reading, unit, at, limit)):
        at = after
    if "q" in verb.frames and (found := _beyond_adjunct(reading, unit, at, limit)):
        return found
    at = _preposition_at(reading, unit, at, verb, limit)
    if in_scope(reading, unit, at) and reading.word[at] in verb.prepositions:
        return _after_preposition(reading, unit, at, verb, limit)
    title = "a" in verb.frames and not in_scope(reading, unit, at) and complements.title_end(reading, unit, at) > 0
    if "a" in verb.frames and (title or in_scope(reading, unit, at)) and reading.word[at] not in WH:
        at = complements.addressee_end(reading, unit, at)
    else:
        at = complements.skip_adjuncts(reading, unit, at)
    if at < limit - 1 and reading.word[at] in (",", ":") and not in_scope(reading, unit, at + 1):
        at += 1
    if at >= limit:
        return -1, ""
    if not in_scope(reading, unit, at):
        return at, "quotation"
    return _by_frame(reading, unit, at, verb, limit)


def _beyond_insertion(reading: Reading, unit: Unit, comma: int, limit: int) -> int:
    """Where the content begins in "added, though, that …", "said, among other things, that …"; 0 where it does not."""
    for at in range(comma + 2, min(comma + 8, limit - 1)):
        if not in_scope(reading, unit, at):
            return 0
        if reading.word[at] == ",":
            return at + 1 if reading.word[at + 1] == "that" or not in_scope(reading, unit, at + 1) else 0
    return 0


def _beyond_adjunct(reading: Reading, unit: Unit, at: int, limit: int) -> _Complement | None:
    """ "said in the early hours that …", "said of Mr Rubio: “…”"."""
    if not in_scope(reading, unit, at) or reading.word[at] not in PREPOSITIONS:
        return None
    for token in range(at + 1, min(limit, at + 16)):
        word = reading.word[token]
        if not in_scope(reading, unit, token) and reading.word[token - 1] in (",", ":"):
            return token, "quotation"
        if word == "that":
            return token, "that"
        if word in (".", ";") or (word in (",", ":") and in_scope(reading, unit, min(token + 1, limit - 1))):
            return None
    return None


def _preposition_at(reading: Reading, unit: Unit, at: int, verb: Entry, limit: int) -> int:
    """The verb's own preposition, beyond an adverb or somebody: "spoke warmly of", "talked with aides about"."""
    words = reading.word
    while (
        at + 1 < limit and in_scope(reading, unit, at) and is_adverb(words[at]) and words[at + 1] in verb.prepositions
    ):
        at += 1
    if "p" in verb.frames and words[at] in ("with", "to") and words[at] not in verb.prepositions:
        return next((t for t in range(at, min(limit, at + 7)) if words[t] in verb.prepositions), at)
    if "q" in verb.frames and words[at] == "to" and not infinitive_follows(reading, at, limit):
        return next((t for t in range(at, min(limit, at + 6)) if words[t] in WH or words[t] == ","), at)
    return at


def _after_preposition(reading: Reading, unit: Unit, at: int, verb: Entry, limit: int) -> _Complement:
    if "q" in verb.frames:
        for token in range(at + 1, min(limit, at + 12)):
            if not in_scope(reading, unit, token) and reading.word[token - 1] in (",", ":"):
                return token, "quotation"
            if reading.word[token] in (".", ";"):
                break
    if at + 1 >= limit or reading.word[at + 1] in ("condition", "behalf"):
        return -1, ""
    to_verb = reading.word[at] == "to" and infinitive_follows(reading, at, limit)
    return at if to_verb else at + 1, "preposition"


def _by_frame(reading: Reading, unit: Unit, at: int, verb: Entry, limit: int) -> _Complement:
    """What begins at ``at``, where the verb's frames allow it."""
    frames, word = verb.frames, reading.word[at]
    if verb.lemma == "continue":
        return -1, ""
    if word == ":" and at + 1 < limit and "q" in frames and verb.tense in ("s", "past"):
        return at + 1, "clause"
    if word in WH:
        return (at, "that") if set(frames) & set("qth") or word == "that" else (at, "object")
    if word == "to" or (word == "not" and at + 1 < limit and reading.word[at + 1] == "to"):
        return (at, "infinitive")
    if not word[:1].isalnum() and word not in ("$", "#", "@", "'"):
        return -1, ""
    if verb.lemma in ("say", "tell") or complements.looks_like_clause(reading, unit, at, limit):
        return at, "clause"
    if word not in PREPOSITIONS:
        return at, "object"
    return (at + 1, "preposition") if word in _LINKS and at + 1 < limit else (-1, "")


def infinitive_follows(reading: Reading, at: int, limit: int) -> bool:
    """Whether "to" leads to a verb rather than to somebody."""
    return (
        at + 1 < limit
        and not reading.capital(at + 1)
        and reading.word[at + 1] not in ("the", "a", "reporters", "his", "her", "their")
    )


def _passive(reading: Reading, draft: Draft, begin: int, limit: int) -> Draft | None:
    """ "was told that", "is expected to", "was criticised by": nobody is named, or somebody after "by"."""
    subject, draft.speaker = draft.speaker, None
    with_subject = reading.word[begin] == "to" or draft.rule in ("object", "preposition")
    if with_subject and subject and (content := characters(reading, *subject)):
        draft.contents.append(content)
    draft.begin, draft.limit = begin, limit
    draft.rule = "passive"
    return draft
