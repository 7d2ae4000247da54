"""Cues that are not a verb of a list: "according to", "his claim that", "seems", "reportedly", "as he put it"."""

from __future__ import annotations

from ingest.attribution.candidate import Draft
from ingest.attribution.contents import complements
from ingest.attribution.contents.complements import characters, in_scope
from ingest.attribution.lexicon import (
    ADJECTIVE_LINKS,
    BE,
    NOUNS,
    VERBS,
)
from ingest.attribution.speakers import phrases
from ingest.attribution.speakers.phrases import Range
from ingest.attribution.speakers.phrases_after import apposition
from ingest.attribution.tokens import Reading, Unit
from ingest.attribution.verbs import is_verb, verb_group
from ingest.language.words import word_set

_NOUN_LINKS = word_set("of for about on over with against to from by")
_POSSESSIVES = word_set("his her their its our my")


def according(reading: Reading, unit: Unit, token: int) -> Draft | None:
    """ "According to X, …", "…, according to X", "…, according to X, …"."""
    if token + 2 >= unit.last or reading.word[token + 1] != "to":
        return None
    end = token + 2
    while end < unit.last and in_scope(reading, unit, end):
        if reading.word[end] in (",", ".", ";", "—", "--", ":", "who", "which", "that"):
            following = apposition(reading, unit, end) if reading.word[end] == "," and token > unit.first else 0
            if not following:
                break
            end = following
            continue
        end += 1
    draft = Draft("according", unit, (token, token + 2), (token + 2, end) if end > token + 2 else None)
    if token > unit.first and (content := characters(reading, unit.first, token)):
        draft.contents.append(content)
    if end < unit.last and reading.word[end] in ("who", "which", "that"):
        return draft
    if rest := characters(reading, end, unit.last):
        draft.contents.append(rest)
    return draft


def put_it(reading: Reading, unit: Unit, token: int) -> Draft | None:
    """ "As Peskov put it, …", "…, as Peskov put it"."""
    if token + 1 >= unit.last or reading.word[token + 1] != "it":
        return None
    group = verb_group(reading, unit, token)[0]
    speaker = phrases.before(reading, unit, group)
    if reading.word[unit.first] == "as" and "," in reading.word[unit.first : group]:
        speaker = unit.first + 1, group - (reading.word[group - 1] == ",")  # "As Maren Aldous, an analyst, put it"
    if speaker is None or speaker[0] == unit.first or reading.word[speaker[0] - 1] != "as":
        return None
    comma = next((t for t in range(token + 2, unit.last) if reading.word[t] in (",", ":")), unit.last)
    parts = characters(reading, unit.first, speaker[0] - 1), characters(reading, comma, unit.last)
    return Draft("according", unit, (token, token + 2), speaker, [c for c in parts if c])


def noun(reading: Reading, unit: Unit, token: int, limit: int) -> Draft | None:
    """ "his claim that …", "their criticism of …": the possessor, or who is named before the noun."""
    at = complements.skip_adjuncts(reading, unit, token + 1)
    if at + 1 >= limit or not in_scope(reading, unit, at):
        return None
    link = reading.word[at]
    if link not in _NOUN_LINKS and (link != "that" or is_verb(reading, at + 1)):
        return None
    speaker: Range | None = None
    for back in range(token - 1, max(unit.first, token - 6) - 1, -1):
        if reading.word[back] in _POSSESSIVES:
            speaker = back, back + 1
            break
        if reading.word[back].endswith("'s"):
            speaker = phrases.ending_at(reading, unit, back)
            break
    if speaker is None and token > unit.first and reading.capital(token - 1):
        speaker = phrases.ending_at(reading, unit, token - 1)
    rule, begin = ("noun", at) if link == "that" else ("noun-of", at + (link != "to" or reading.capital(at + 1)))
    cue = token, at + (rule != "noun")
    return Draft(rule, unit, cue, speaker, [], True, reading.word[token], (f"link-{link}",), begin, limit)


def adjective(reading: Reading, unit: Unit, token: int, limit: int) -> Draft | None:
    """ "is confident that …", "was critical of …"."""
    group, _, _ = verb_group(reading, unit, token)
    if not any(reading.word[t] in BE for t in range(group, token)):
        return None
    at = token + 1
    if at + 1 >= limit or not in_scope(reading, unit, at) or reading.word[at] not in ADJECTIVE_LINKS:
        return None
    begin = at if reading.word[at] in ("that", "to") else at + 1
    speaker = phrases.before(reading, unit, group)
    traits = (f"link-{reading.word[at]}",)
    return Draft("adjective", unit, (group, at), speaker, [], True, reading.word[token], traits, begin, limit)


def seeming(reading: Reading, unit: Unit, token: int, limit: int) -> Draft | None:
    """ "Carson appears to be slipping": nobody is named, both sides are content."""
    group, _, _ = verb_group(reading, unit, token)
    subject = phrases.before(reading, unit, group)
    contents = [c for c in [characters(reading, *subject) if subject else None] if c]
    if token + 1 >= limit:
        return None
    return Draft(
        "seeming", unit, (group, token + 1), None, contents, True, reading.word[token], begin=token + 1, limit=limit
    )


def reportedly(reading: Reading, unit: Unit, token: int) -> Draft | None:
    """The sentence around "reportedly"; nobody is named."""
    contents = [c for c in (characters(reading, unit.first, token), characters(reading, token + 1, unit.last)) if c]
    return Draft("reportedly", unit, (token, token + 1), None, contents, False, reading.word[token])


def _headline(reading: Reading, unit: Unit, colon: int) -> Draft | None:
    """ "Aldous: Talks have failed"."""
    named = range(unit.first, colon)
    if len(named) > 6 or not reading.capital(unit.first) or any(is_verb(reading, t) for t in named):
        return None
    content = characters(reading, colon + 1, unit.last)
    return Draft("headline", unit, (colon, colon + 1), (unit.first, colon), [content] if content else [], lemma=":")


#: Tokens before a colon among which the verb of its clause is looked for: no clause of prose is longer, and a text that
#: is all colons would otherwise be looked through from each of them.
_CLAUSE = 30


def unlisted(reading: Reading, unit: Unit, token: int, limit: int, taken: set[int]) -> Draft | None:
    """A verb that no list holds, before "that" or before a colon and a quotation."""
    if token + 1 >= limit or token == unit.first or reading.start[token] in taken or reading.start[token + 1] in taken:
        return None
    verb = token - 1
    word = reading.word[verb]
    if reading.word[token] == ":":
        if in_scope(reading, unit, token + 1):
            return _headline(reading, unit, token)
        # The speaker is the subject of the clause, or the only words there are: "Trump: “…”".
        verb = next((t for t in range(token - 1, max(unit.first, token - _CLAUSE), -1) if is_verb(reading, t)), -1)
        speaker = phrases.before(reading, unit, verb_group(reading, unit, verb)[0]) if verb > 0 else None
        if verb < 0:
            if token - unit.first > 6 or not reading.capital(token - 1):
                return None
            speaker = (unit.first, token)
        return Draft("colon", unit, (token, token + 1), speaker, lemma=":", begin=token + 1, limit=limit)
    if (
        word in NOUNS
        or word in VERBS
        or word in ("provided", "given", "granted", "supposed", "assumed")
        or reading.capital(verb)
        or not in_scope(reading, unit, verb)
    ):
        return None
    ends = (
        len(word) > 4
        and word.endswith(("ed", "ing"))
        and word not in ("thing", "something", "anything", "nothing", "everything", "being")
    )
    if (
        (not ends and word not in ("clear", "out"))
        or token + 2 >= limit
        or reading.word[verb - 1] in ("so", "such", "the", "a", "this")
    ):
        return None
    ruling = verb - 1 if word in ("clear", "out") and verb - 1 > unit.first and is_verb(reading, verb - 1) else verb
    group, passive, _ = verb_group(reading, unit, ruling)
    speaker = phrases.before(reading, unit, group)
    return Draft("unlisted", unit, (verb, token), None if passive else speaker, lemma=word, begin=token, limit=limit)
