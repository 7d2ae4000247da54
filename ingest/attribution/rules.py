"""The rules: each turns a cue in a unit into a draft attribution.

A quotation beside a cue is taken by it first; what a cue inside the quotation attributes is found as well, and takes
nothing away from the quotation.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.attribution import complements, phrases
from ingest.attribution.complements import Chars, characters, clause_end, in_scope
from ingest.attribution.lexicon import (
    ADJECTIVE_LINKS,
    ADJECTIVES,
    AUXILIARIES,
    BE,
    NOUNS,
    PRONOUNS,
    PREPOSITIONS,
    REPORTEDLY,
    SEEMING,
    SUBORDINATORS,
    VERBS,
    WH,
    Verb,
)
from ingest.attribution.phrases import Range
from ingest.attribution.reading import Reading, Unit


@dataclass(slots=True)
class Draft:
    """An attribution in the making; ``rule`` names how it was found."""

    rule: str
    unit: Unit
    cue: Range
    speaker: Range | None
    contents: list[Chars] = field(default_factory=list)
    stance: bool = False
    lemma: str = ""


def in_unit(reading: Reading, unit: Unit) -> list[Draft]:
    """Every attribution whose cue stands in the unit."""
    drafts: list[Draft] = []
    beside: list[tuple[int, Verb, Range | None, int, int]] = []
    others: list[int] = []
    for token in range(unit.first, unit.last):
        if not in_scope(reading, unit, token):
            continue
        word = reading.word[token]
        verb = VERBS.get(word)
        if verb is not None and "q" in verb.frames and (found := _beside(reading, unit, token, verb)):
            beside.append((token, verb, *found))
        elif (
            verb is not None
            or word in NOUNS
            or word in SEEMING
            or word in ADJECTIVES
            or word in REPORTEDLY
            or word == "according"
            or word in ("that", ":", "put", "puts")
        ):
            others.append(token)
    _parentheses(reading, unit, beside, drafts)
    holes = sorted(d.cue[0] if d.speaker is None else min(d.cue[0], d.speaker[0]) for d in drafts)
    previous: Range | None = None
    for token in others:
        limit = next((h for h in holes if h > token), unit.last)
        word = reading.word[token]
        limit = _front_limit(reading, unit, token, limit)
        draft: Draft | None
        if word == "according":
            draft = _according(reading, unit, token)
        elif word in VERBS and (draft := _governing(reading, unit, token, VERBS[word], limit, previous)):
            previous = draft.speaker or previous
        elif word == "put" or word == "puts":
            draft = _put(reading, unit, token)
        elif word == "that" or word == ":":
            draft = _unlisted(reading, unit, token, limit, {d.contents[0][0] for d in drafts if d.contents})
        elif word in NOUNS:
            draft = _noun(reading, unit, token, limit)
        elif word in SEEMING:
            draft = _seeming(reading, unit, token, limit)
        elif word in ADJECTIVES:
            draft = _adjective(reading, unit, token, limit)
        elif word in REPORTEDLY:
            draft = _reportedly(reading, unit, token)
        else:
            draft = None
        if draft is not None and draft.contents:
            drafts.append(draft)
    return drafts


def _front_limit(reading: Reading, unit: Unit, token: int, limit: int) -> int:
    """Where a cue's content must end that stands in a clause at the front: "When Trump said that …, Rubio …"."""
    if reading.word[unit.first] not in _FRONTING or token - unit.first > 12:
        return limit
    if "," in reading.word[unit.first : token]:
        return limit
    held = reading.quote
    for at in range(token + 2, limit):
        if reading.word[at] == "," and in_scope(reading, unit, at):
            return at
        if held[at] >= 0 and at + 1 < limit and held[at + 1] < 0 and reading.word[at - 1] == ",":
            return at + 1
    return limit


def _beside(reading: Reading, unit: Unit, token: int, verb: Verb) -> tuple[Range | None, int, int] | None:
    """Whether a cue stands beside its content ("…, he said"): speaker, first token of the aside, token after it."""
    if verb.tense in ("ing", "participle"):
        return None
    group, passive, infinitive = phrases.verb_group(reading, unit, token)
    if passive or infinitive or not _is_verb(reading, unit, token, verb, group):
        return None
    left = group - 1
    if left >= unit.first and _closes(reading, unit, left):
        subject = phrases.following(reading, unit, token + 1)
        quoted = (
            not in_scope(reading, unit, left)
            or left > unit.first
            and reading.word[left] == ","
            and not in_scope(reading, unit, left - 1)
        )
        if (
            subject is not None
            and reading.word[subject[0]] not in WH
            and (quoted or _may_invert(reading, unit, verb, subject))
        ):
            end = complements.tail(reading, unit, subject[1])
            if end >= 0 or quoted:
                return subject, group, max(end, subject[1])
    subject = phrases.after_quotation(reading, unit, group) or phrases.before(reading, unit, group)
    if (
        subject is None
        or subject[0] <= unit.first
        or subject[1] < group
        and reading.word[subject[1]] == ","
        and in_scope(reading, unit, subject[0] - 1)
        or not _closes(reading, unit, subject[0] - 1)
    ):
        return None
    after_quote = not in_scope(reading, unit, subject[0] - 1)
    end = complements.tail(reading, unit, token + 1)
    if "a" in verb.frames and end < 0:
        end = complements.tail(reading, unit, complements.addressee_end(reading, unit, token + 1))
    if end < 0 and after_quote and _clause_after_title(reading, unit, subject[0], token + 1):
        return None
    if end < 0 and after_quote and not _complement_follows(reading, unit, token + 1):
        end = token + 1
    if end < 0 or (reading.word[end] == ":" if end < unit.last else False):
        return None
    if not after_quote and end < unit.last and not in_scope(reading, unit, end):
        return None
    if (
        not after_quote
        and not any(
            phrases.is_verb(reading, t) or not in_scope(reading, unit, t) for t in range(unit.first, subject[0])
        )
        and (end >= unit.last - 1 or "a" in verb.frames)
    ):
        return None
    if not after_quote and end + 1 < unit.last and reading.word[end] == "," and not in_scope(reading, unit, end + 1):
        # "In Sochi, he said, “…”": a front adjunct is no content.
        opening = reading.word[unit.first]
        if opening in PREPOSITIONS or opening in SUBORDINATORS or opening.endswith(("ing", "ed")):
            return None
        if subject[0] - unit.first < 5:
            return None
    return subject, subject[0], end


def _may_invert(reading: Reading, unit: Unit, verb: Verb, subject: Range) -> bool:
    """Whether "…, said X" without a quotation can be read as a cue and its subject."""
    if "a" in verb.frames or reading.word[subject[0]] in PRONOUNS or verb.tense == "base":
        return False
    return subject[1] >= unit.last or (
        reading.word[subject[1]] in (".", ",")
        or reading.word[subject[1]] in PREPOSITIONS
        and not any(phrases.is_verb(reading, t) for t in range(subject[1], unit.last) if in_scope(reading, unit, t))
    )


def _closes(reading: Reading, unit: Unit, token: int) -> bool:
    return not in_scope(reading, unit, token) or reading.word[token] in (",", "—", "--", "–", "?", "!")


def _complement_follows(reading: Reading, unit: Unit, at: int) -> bool:
    at = complements.skip_adjuncts(reading, unit, at)
    return at < unit.last and reading.word[at] == "that"


def _clause_after_title(reading: Reading, unit: Unit, subject: int, at: int) -> bool:
    """Whether the quotation before a subject is a title within the sentence: "On “Fox News Sunday,” Pence said he …"."""
    opening = subject - 1
    while opening > unit.first and reading.quote[opening - 1] == reading.quote[subject - 1]:
        opening -= 1
    return (
        opening > unit.first
        and reading.word[opening - 1] in PREPOSITIONS
        and at < unit.last
        and complements.looks_like_clause(reading, unit, at, unit.last)
    )


def _parentheses(
    reading: Reading, unit: Unit, beside: list[tuple[int, Verb, Range | None, int, int]], drafts: list[Draft]
) -> None:
    """Give each cue that stands beside its content what comes before it, and what goes on after it."""
    start = unit.first
    for number, (token, verb, speaker, first, end) in enumerate(beside):
        begin = start
        after_quote = not in_scope(reading, unit, first - 1)
        if after_quote:
            held = reading.quote[first - 1]
            opening = first - 1
            while opening > begin and reading.quote[opening - 1] == held:
                opening -= 1
            if (
                opening - begin <= 1
                or _leads_in(reading, unit, opening)
                or reading.word[opening - 1] in (",", ":", ".", "?", "!")
            ):
                begin = opening
        elif reading.word[first - 2] in ("which", "who") and first - 2 > begin:
            begin = first - 2
        contents = [c] if (c := characters(reading, begin, first)) else []
        stop = beside[number + 1][3] if number + 1 < len(beside) else unit.last
        if number + 1 < len(beside):
            # What stands between two asides belongs to the second, unless the first interrupts it.
            stop = end
        if (
            end < stop - 1
            and reading.word[end] in (",", ";", "—", "--", "–")
            or end < stop
            and not in_scope(reading, unit, end)
        ):
            after = end + (in_scope(reading, unit, end))
            word = reading.word[after] if after < stop else ""
            cue = VERBS.get(word)
            if after_quote and end < stop and after < stop and in_scope(reading, unit, after):
                word = ""
                for token_after in range(after, min(stop, after + 7)):
                    if not in_scope(reading, unit, token_after) and reading.word[token_after - 1] == ",":
                        after, word = token_after, "quote"
                        break
            if word == "and" and after + 1 < stop and not in_scope(reading, unit, after + 1):
                after, word = after + 1, "quote"
            if (
                word
                and not (cue is not None and cue.tense == "ing")
                and word
                not in (
                    "who",
                    "which",
                    "but",
                    "while",
                    "as",
                    "and",
                    "according",
                    "although",
                    "in",
                    "on",
                    "during",
                    "when",
                    "after",
                    "before",
                    "speaking",
                    "with",
                )
            ):
                if rest := characters(reading, after, clause_end(reading, unit, after, narrow=False, limit=stop)):
                    contents.append(rest)
        if contents:
            drafts.append(Draft("beside", unit, (token, token + 1), speaker, contents, lemma=verb.lemma))
        start = end + 1


def _leads_in(reading: Reading, unit: Unit, opening: int) -> bool:
    return False


def _governing(
    reading: Reading, unit: Unit, token: int, verb: Verb, limit: int, previous: Range | None
) -> Draft | None:
    """A verb before its content."""
    group, passive, infinitive = phrases.verb_group(reading, unit, token)
    if not _is_verb(reading, unit, token, verb, group):
        return None
    if reading.word[token - 1] in ("the", "a", "an", "his", "her", "their", "its", "of", "this") and token > unit.first:
        if verb.tense in ("base", "s", "past") and group == token:
            return None
    begin, rule = _complement(reading, unit, token, verb, limit)
    if begin < 0:
        return None
    if infinitive and (
        rule in ("object", "preposition")
        and not _quotes(reading, begin, limit)
        or "s" in verb.frames
        or _declines(reading, unit, group)
    ):
        # "to discuss the talks" is an aim, "declined to say whether" no claim.
        return None
    speaker = _speaker(reading, unit, token, verb, group, infinitive, previous)
    stance = "s" in verb.frames or rule in ("object", "infinitive", "preposition") and "q" not in verb.frames
    if verb.lemma == "ask" and speaker is None and token == unit.first:
        return None  # "Asked whether …, she said": the question of nobody in particular
    draft = Draft(rule, unit, (group if not infinitive else token, token + 1), speaker, [], stance, verb.lemma)
    if passive:
        return _passive(reading, unit, draft, begin, limit)
    if (
        speaker
        and reading.word[speaker[0]] in ("who", "which")
        and reading.word[max(speaker[0] - 1, unit.first)] == ","
    ):
        # "Banks, who said that …, declined to comment": the content ends with the relative clause.
        limit = next(
            (t for t in range(begin, limit - 1) if reading.word[t] == "," and phrases.is_verb(reading, t + 1)), limit
        )
    narrow = rule in ("object", "preposition", "infinitive")
    end = clause_end(reading, unit, begin, narrow=narrow, limit=limit)
    if rule == "quotation" and begin + 4 < limit and reading.quote[begin + 4] == reading.quote[begin]:
        end = complements.quotation_end(reading, unit, begin, limit)
    if content := characters(reading, begin, end):
        draft.contents.append(content)
    return draft


_FRONTING = frozenset(
    "when while after before if although though as since asked for because once whatever despite contrary".split()
)
_MODALS = frozenset("could can may might must should shall wouldn't couldn't can't".split())


def _is_verb(reading: Reading, unit: Unit, token: int, verb: Verb, group: int) -> bool:
    """Whether a form that may be a noun or a name ("reports", "State") is a verb here, and asserts something."""
    capital = reading.capital(token)
    if capital and token > unit.first and not _title_case(reading, unit):
        return False
    words = reading.word
    if any(words[t] in _MODALS for t in range(group, token)):
        return False
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
    if verb.tense == "ing" and token > unit.first and words[token - 1] in ("this", "the", "a", "an"):
        return False
    if verb.tense in ("base", "s") and group == token:
        if token > unit.first and phrases.is_verb(reading, token - 1) and words[token - 1] not in AUXILIARIES:
            return False  # "denied reports"
        if (
            following in AUXILIARIES
            or token + 1 < unit.last
            and phrases.is_verb(reading, token + 1)
            or words[max(token - 1, unit.first)] == ","
            and token > unit.first
            or words[token - 1].endswith("'s")
            or following == "of"
            and "of" not in verb.prepositions
        ):
            return False
        if verb.tense == "base" and verb.lemma != "say":
            back = words[token - 1] if token > unit.first else ""
            return (
                back in ("they", "we", "i", "you", "who", "and", "to")
                or back.endswith("s")
                and not back.endswith("'s")
                and not reading.capital(token - 1)
                or back in ("people", "both", "others", "many", "some", "voters", "that", "say")
            )
    return True


def _title_case(reading: Reading, unit: Unit) -> bool:
    capitals = sum(reading.capital(t) for t in range(unit.first, unit.last))
    return capitals * 5 > (unit.last - unit.first) * 3


_AIMS = frozenset("plans plan intends intend hopes hope wants want seeks seek continues continue expects needs".split())
_DECLINES = frozenset("declined declines decline refused refuses refuse failed fails fail unable unwilling".split())


def _quotes(reading: Reading, first: int, last: int) -> bool:
    return any(reading.quote[t] >= 0 for t in range(first, last))


def _declines(reading: Reading, unit: Unit, infinitive: int) -> bool:
    return infinitive > unit.first and reading.word[infinitive - 1] in _DECLINES


def _speaker(
    reading: Reading, unit: Unit, token: int, verb: Verb, group: int, infinitive: bool, previous: Range | None
) -> Range | None:
    if verb.tense == "ing" and group == token:
        if previous is not None:
            return previous
        if token > unit.first and reading.word[token - 1] == "as":
            return phrases.leading(reading, unit, token)
        opening = reading.word[unit.first : token]
        if "," not in opening and (not opening or opening[-1] in ("while", "in", "by", "after", "before", "without")):
            for at in range(token, unit.last):
                if reading.word[at] == "," and in_scope(reading, unit, at) and at + 1 < unit.last:
                    return phrases.following(reading, unit, at + 1)
            return None
        return phrases.leading(reading, unit, token)
    if infinitive:
        ruling = group - 1
        if ruling > unit.first and (phrases.is_verb(reading, ruling) or reading.word[ruling] in _AIMS):
            return phrases.before(reading, unit, phrases.verb_group(reading, unit, ruling)[0])
        return previous or phrases.leading(reading, unit, group)
    return phrases.before(reading, unit, group) or previous


def infinitive_follows(reading: Reading, at: int, limit: int) -> bool:
    return (
        at + 1 < limit
        and not reading.capital(at + 1)
        and reading.word[at + 1] not in ("the", "a", "reporters", "his", "her", "their")
    )


def _complement(reading: Reading, unit: Unit, token: int, verb: Verb, limit: int) -> tuple[int, str]:
    """The first token of a verb's content and the rule that found it; -1 where it has none."""
    frames = verb.frames
    at = token + 1
    if at >= limit:
        return -1, ""
    if "q" in frames and in_scope(reading, unit, at) and reading.word[at] in PREPOSITIONS:
        for token in range(at + 1, min(limit, at + 16)):
            if not in_scope(reading, unit, token) and reading.word[token - 1] in (",", ":"):
                return token, "quotation"
            if reading.word[token] == "that":
                return token, "that"
            if (
                reading.word[token] in (".", ";")
                or reading.word[token] in (",", ":")
                and in_scope(reading, unit, min(token + 1, limit - 1))
            ):
                break
    while (
        at + 1 < limit
        and in_scope(reading, unit, at)
        and phrases.is_adverb(reading.word[at])
        and reading.word[at + 1] in verb.prepositions
    ):
        at += 1
    if "p" in frames and reading.word[at] in ("with", "to") and reading.word[at] not in verb.prepositions:
        at = next((t for t in range(at, min(limit, at + 7)) if reading.word[t] in verb.prepositions), at)
    if "q" in frames and reading.word[at] == "to" and not infinitive_follows(reading, at, limit):
        at = next((t for t in range(at, min(limit, at + 6)) if reading.word[t] in WH or reading.word[t] == ","), at)
    if in_scope(reading, unit, at) and reading.word[at] in verb.prepositions:
        for token in range(at + 1, min(limit, at + 12)) if "q" in frames else ():
            if not in_scope(reading, unit, token) and reading.word[token - 1] in (",", ":"):
                return token, "quotation"
            if (
                reading.word[token] == "that"
                and not in_scope(reading, unit, token)
                or reading.word[token] in (".", ";")
            ):
                break
        if at + 1 < limit and reading.word[at + 1] not in ("condition", "behalf"):
            return (
                at if reading.word[at] == "to" and infinitive_follows(reading, at, limit) else at + 1
            ), "preposition"
        return -1, ""
    if "a" in frames and in_scope(reading, unit, at) and reading.word[at] not in WH:
        at = complements.addressee_end(reading, unit, at)
    else:
        at = complements.skip_adjuncts(reading, unit, at)
    if at < limit - 1 and reading.word[at] in (",", ":") and not in_scope(reading, unit, at + 1):
        at += 1
    if at >= limit:
        return -1, ""
    if not in_scope(reading, unit, at):
        return at, "quotation"
    word = reading.word[at]
    if verb.lemma == "continue":
        return -1, ""
    if word == ":" and at + 1 < limit and "q" in frames and verb.tense in ("s", "past"):
        return at + 1, "clause"
    if word in WH:
        return (at, "that") if set(frames) & set("qth") or word == "that" else (at, "object")
    if word == "not" and at + 1 < limit and reading.word[at + 1] == "to":
        word = "to"
    if word == "to":
        return (at, "infinitive") if "i" in frames or "a" in frames else (-1, "")
    if not word[:1].isalnum() and word not in ("$", "#", "@", "'"):
        return -1, ""
    if ("t" in frames or "h" in frames and verb.tense != "ing") and (
        verb.lemma in ("say", "tell") or complements.looks_like_clause(reading, unit, at, limit)
    ):
        return at, "clause"
    if "o" in frames and word not in PREPOSITIONS:
        return at, "object"
    return -1, ""


def _passive(reading: Reading, unit: Unit, draft: Draft, begin: int, limit: int) -> Draft | None:
    """ "was told that", "is expected to", "was criticised by": nobody is named, or somebody after "by"."""
    subject, draft.speaker = draft.speaker, None
    end = clause_end(reading, unit, begin, narrow=False, limit=limit)
    if reading.word[begin] == "to" or draft.rule in ("object", "preposition"):
        if subject and (content := characters(reading, *subject)):
            draft.contents.append(content)
    if content := characters(reading, begin, end):
        draft.contents.append(content)
    draft.rule = "passive"
    return draft


def _according(reading: Reading, unit: Unit, token: int) -> Draft | None:
    """ "According to X, …", "…, according to X", "…, according to X, …"."""
    if token + 2 >= unit.last or reading.word[token + 1] != "to":
        return None
    end = token + 2
    while end < unit.last and in_scope(reading, unit, end):
        if reading.word[end] in (",", ".", ";", "—", "--", ":", "who", "which", "that"):
            following = (
                phrases._apposition(reading, unit, end) if reading.word[end] == "," and token > unit.first else 0
            )
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


def _put(reading: Reading, unit: Unit, token: int) -> Draft | None:
    """ "As Peskov put it, …", "…, as Peskov put it"."""
    if token + 1 >= unit.last or reading.word[token + 1] != "it":
        return None
    speaker = phrases.before(reading, unit, phrases.verb_group(reading, unit, token)[0])
    if speaker is None or speaker[0] == unit.first or reading.word[speaker[0] - 1] != "as":
        return None
    comma = next((t for t in range(token + 2, unit.last) if reading.word[t] in (",", ":")), unit.last)
    parts = characters(reading, unit.first, speaker[0] - 1), characters(reading, comma, unit.last)
    return Draft("according", unit, (token, token + 2), speaker, [c for c in parts if c])


def _noun(reading: Reading, unit: Unit, token: int, limit: int) -> Draft | None:
    """ "his claim that …": the possessor, or who is named after "by" or "of"."""
    at = complements.skip_adjuncts(reading, unit, token + 1)
    if (
        at + 1 >= limit
        or reading.word[at] != "that"
        or not in_scope(reading, unit, at)
        or phrases.is_verb(reading, at + 1)
    ):
        return None
    speaker: Range | None = None
    for back in range(token - 1, max(unit.first, token - 6) - 1, -1):
        if reading.word[back] in ("his", "her", "their", "its", "our", "my"):
            speaker = back, back + 1
            break
        if reading.word[back].endswith("'s") or reading.word[back] in ("his", "her", "their", "its", "our", "my"):
            speaker = phrases.ending_at(reading, unit, back)
            break
    if speaker is None and token > unit.first and reading.capital(token - 1):
        speaker = phrases.ending_at(reading, unit, token - 1)
    end = clause_end(reading, unit, at, narrow=False, limit=limit)
    content = characters(reading, at, end)
    return Draft("noun", unit, (token, token + 1), speaker, [content] if content else [], True, reading.word[token])


def _adjective(reading: Reading, unit: Unit, token: int, limit: int) -> Draft | None:
    """ "is confident that …", "was critical of …"."""
    group, _, _ = phrases.verb_group(reading, unit, token)
    if group == token or not any(reading.word[t] in BE for t in range(group, token)):
        return None
    at = token + 1
    if at + 1 >= limit or not in_scope(reading, unit, at) or reading.word[at] not in ADJECTIVE_LINKS:
        return None
    begin = at if reading.word[at] in ("that", "to") else at + 1
    content = characters(
        reading, begin, clause_end(reading, unit, begin, narrow=reading.word[at] != "that", limit=limit)
    )
    speaker = phrases.before(reading, unit, group)
    return Draft("adjective", unit, (group, at), speaker, [content] if content else [], True, reading.word[token])


def _seeming(reading: Reading, unit: Unit, token: int, limit: int) -> Draft | None:
    """ "Carson appears to be slipping": nobody is named, both sides are content."""
    group, _, _ = phrases.verb_group(reading, unit, token)
    subject = phrases.before(reading, unit, group)
    contents = [c for c in [characters(reading, *subject) if subject else None] if c]
    if rest := characters(reading, token + 1, clause_end(reading, unit, token + 1, narrow=False, limit=limit)):
        contents.append(rest)
        return Draft("seeming", unit, (group, token + 1), None, contents, True, reading.word[token])
    return None


def _reportedly(reading: Reading, unit: Unit, token: int) -> Draft | None:
    """The sentence around "reportedly"; nobody is named."""
    contents = [c for c in (characters(reading, unit.first, token), characters(reading, token + 1, unit.last)) if c]
    return Draft("reportedly", unit, (token, token + 1), None, contents, False, reading.word[token])


def _unlisted(reading: Reading, unit: Unit, token: int, limit: int, taken: set[int]) -> Draft | None:
    """A verb that no list holds, before "that" or before a colon and a quotation."""
    if token + 1 >= limit or token == unit.first or reading.start[token] in taken or reading.start[token + 1] in taken:
        return None
    verb = token - 1
    word = reading.word[verb]
    if reading.word[token] == ":":
        if in_scope(reading, unit, token + 1):
            return None
        # The speaker is the subject of the clause, or the only words there are: "Trump: “…”".
        verb = next((t for t in range(token - 1, unit.first, -1) if phrases.is_verb(reading, t)), -1)
        speaker = phrases.before(reading, unit, phrases.verb_group(reading, unit, verb)[0]) if verb > 0 else None
        if verb < 0:
            if token - unit.first > 6 or not reading.capital(token - 1):
                return None
            speaker = (unit.first, token)
        content = characters(reading, token + 1, clause_end(reading, unit, token + 1, narrow=False, limit=limit))
        return Draft("colon", unit, (token, token + 1), speaker, [content] if content else [], lemma=":")
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
        not ends
        and word not in ("clear", "out")
        or token + 2 >= limit
        or reading.word[verb - 1] in ("so", "such", "the", "a", "this")
    ):
        return None
    ruling = (
        verb - 1 if word in ("clear", "out") and verb - 1 > unit.first and phrases.is_verb(reading, verb - 1) else verb
    )
    group, passive, _ = phrases.verb_group(reading, unit, ruling)
    speaker = phrases.before(reading, unit, group)
    content = characters(reading, token, clause_end(reading, unit, token, narrow=False, limit=limit))
    return Draft(
        "unlisted", unit, (verb, token), None if passive else speaker, [content] if content else [], lemma=word
    )


def orphans(reading: Reading, unit: Unit, drafts: list[Draft]) -> None:
    """Give quotations that no cue took to the nearest verb before them, in place."""
    token = unit.first
    while token < unit.last:
        held = reading.quote[token]
        if held < 0:
            token += 1
            continue
        first = token
        while token < unit.last and reading.quote[token] == held:
            token += 1
        begin, end = reading.start[first], reading.end[token - 1]
        if token - first < 6 or any(a <= begin and end <= b for d in drafts for a, b in d.contents):
            continue
        draft = (
            _dash(reading, unit, first, token)
            or _beside_unlisted(reading, unit, first, token)
            or _orphan(reading, unit, first, token)
        )
        if draft is not None:
            drafts.append(draft)


def _dash(reading: Reading, unit: Unit, first: int, last: int) -> Draft | None:
    """ "“…” — Krystal Correa": a quotation and its source."""
    if (
        last + 1 < unit.last
        and reading.word[last] in ("―", "—", "–", "--", "-")
        and unit.last - last < 14
        and reading.capital(last + 1)
    ):
        end = unit.last
        while end > last + 1 and not reading.word[end - 1][:1].isalnum():
            end -= 1
        content = characters(reading, first, last)
        if content and end > last + 1:
            return Draft("dash", unit, (last, last + 1), (last + 1, end), [content], lemma="—")
    return None


def _beside_unlisted(reading: Reading, unit: Unit, first: int, last: int) -> Draft | None:
    """ "“The third,” Mr Fenn corrected her": any verb after a quotation that a comma or a question ends."""
    if not reading.text[reading.start[first] : reading.end[last - 1]].rstrip("\"'”’»“").endswith((",", "?", "!")):
        return None
    if last < unit.last and phrases.is_verb(reading, last) and reading.word[last] not in AUXILIARIES:
        speaker, content = phrases.following(reading, unit, last + 1), characters(reading, first, last)
        if speaker and content:
            return Draft("beside", unit, (last, last + 1), speaker, [content], lemma=reading.word[last])
    for verb in range(last + 1, min(last + 8, unit.last)):
        word = reading.word[verb]
        if not in_scope(reading, unit, verb) or word in (",", ";", ":", "."):
            return None
        if phrases.is_verb(reading, verb) and word not in AUXILIARIES:
            speaker = phrases.after_quotation(reading, unit, verb)
            content = characters(reading, first, last)
            if speaker is None or content is None:
                return None
            return Draft("beside", unit, (verb, verb + 1), speaker, [content], lemma=word)
    return None


def _orphan(reading: Reading, unit: Unit, first: int, last: int) -> Draft | None:
    verb = first - 1
    while verb >= unit.first and first - verb < 20:
        if reading.quote[verb] >= 0 or reading.word[verb] in (";", ".", "?", "!"):
            return None
        if phrases.is_verb(reading, verb) and reading.word[verb] not in AUXILIARIES or reading.word[verb] in VERBS:
            break
        verb -= 1
    else:
        return None
    if verb < unit.first:
        return None
    group, passive, _ = phrases.verb_group(reading, unit, verb)
    speaker = phrases.before(reading, unit, group) if group > unit.first else None
    content = characters(reading, verb + 1, clause_end(reading, unit, verb + 1, narrow=True, limit=unit.last))
    return Draft(
        "orphan",
        unit,
        (verb, verb + 1),
        None if passive else speaker,
        [content] if content else [],
        lemma=reading.word[verb],
    )
