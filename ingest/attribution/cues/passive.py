"""Verbs without a complement after them: "was criticised by", "a plan they criticised", "as the paper noted, …"."""

from __future__ import annotations

from ingest.attribution.candidate import Draft
from ingest.attribution.contents import complements
from ingest.attribution.contents.complements import characters, clause_end
from ingest.attribution.lexicon import DETERMINERS, PREPOSITIONS, SUBORDINATORS
from ingest.attribution.speakers import phrases
from ingest.attribution.speakers.phrases import Range
from ingest.attribution.speakers.phrases_after import following
from ingest.attribution.tokens import Reading, Unit
from ingest.attribution.verbs import is_verb
from ingest.language.lexicon import Entry
from ingest.language.words import word_set

_FREE = word_set("what how why whatever")
_BOUND = word_set("that which whom")
_JOINING = word_set("and or but spokesman spokeswoman")
_OPENS_SUBJECT = word_set("the some many most his her their")
_ON_WHAT_GROUND = word_set("for of as over to that")


def around(reading: Reading, draft: Draft, verb: Entry, limit: int, *, passive: bool) -> Draft | None:
    """The attribution of a verb, the last token of the draft's cue, whose content is not what follows it, or None."""
    unit, token, words = draft.unit, draft.cue[1] - 1, reading.word
    if passive:
        return _by(reading, unit, draft, token, limit) if token + 1 < limit and words[token + 1] == "by" else None
    if "q" in verb.frames and words[unit.first] == "as" and (found := _as(reading, unit, draft, token, limit)):
        return found
    if token + 1 >= limit or words[token + 1] in _AFTER:
        return _relative(reading, unit, draft)
    return None


_AFTER = word_set(". , ; ! ? ) — – --")


def _as(reading: Reading, unit: Unit, draft: Draft, token: int, limit: int) -> Draft | None:
    """ "As the paper noted, trust is collapsing"."""
    speaker = phrases.before(reading, unit, draft.cue[0])
    at = complements.tail(reading, unit, token + 1)
    if speaker is None or speaker[0] > unit.first + 1 or at < 0 or at + 2 >= limit or reading.word[at] != ",":
        return None
    draft.rule, draft.speaker, draft.stance = "as", speaker, False
    return _with(draft, characters(reading, at + 1, limit))


def _by(reading: Reading, unit: Unit, draft: Draft, token: int, limit: int) -> Draft | None:
    """ "The plan was criticised by the minister for its cost"."""
    draft.rule, draft.speaker = "by", following(reading, unit, token + 2)
    subject = phrases.before(reading, unit, draft.cue[0])
    if draft.speaker is None or subject is None:
        return None
    draft.cue = draft.cue[0], token + 2
    at = draft.speaker[1]
    _with(draft, characters(reading, *subject))
    if at < limit and reading.word[at] in _ON_WHAT_GROUND:
        _with(draft, characters(reading, at, clause_end(reading, unit, at, narrow=True, limit=limit)))
    return draft if draft.contents else None


def _relative(reading: Reading, unit: Unit, draft: Draft) -> Draft | None:
    """ "A plan that the campaign has criticised", "what they wanted"."""
    speaker = phrases.before(reading, unit, draft.cue[0])
    if speaker is None:
        return None
    first = _own_start(reading, speaker)
    at = first - 1
    if at < unit.first:
        return None
    word = reading.word[at]
    phrase: Range | None = None
    if word in _FREE:
        phrase = at, at + 1
    elif word in _BOUND:
        before = at - (2 if reading.word[at - 1] == "," else 1)
        phrase = phrases.ending_at(reading, unit, before) if before > unit.first else None
    elif word[:1].isalpha() and not (
        word in PREPOSITIONS or word in SUBORDINATORS or word in _JOINING or is_verb(reading, at)
    ):
        phrase = phrases.ending_at(reading, unit, at)
    if phrase is None:
        return None
    if reading.word[phrase[0]] in PREPOSITIONS:
        phrase = phrase[0] + 1, phrase[1]  # "met over a plan that …"
    draft.rule, draft.speaker = "relative", (first, speaker[1])
    return _with(draft, characters(reading, *phrase))


def _own_start(reading: Reading, phrase: Range) -> int:
    """Where the subject begins in "an arrangement the campaign", which has no border between the two."""
    words = reading.word
    for at in range(phrase[0] + 1, phrase[1] - 1):
        named = reading.capital(at) and not reading.capital(at - 1)
        before = words[at - 1]
        if words[at] in _OPENS_SUBJECT or (
            named and before not in PREPOSITIONS and before not in DETERMINERS and before not in _JOINING
        ):
            return at
    return phrase[0]


def _with(draft: Draft, content: complements.Chars | None) -> Draft | None:
    if content is None:
        return None
    draft.contents.append(content)
    return draft
