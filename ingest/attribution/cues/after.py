"""Cues that stand beside their content: "“…,” he said", "…, said Merkel on Tuesday, …"."""

from __future__ import annotations

from ingest.attribution.candidate import Draft
from ingest.attribution.contents import complements
from ingest.attribution.contents.complements import characters, clause_end, in_scope
from ingest.attribution.cues.before import asserts
from ingest.attribution.lexicon import (
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
    VERBS,
    WH,
)
from ingest.attribution.speakers import phrases
from ingest.attribution.speakers.phrases import Range
from ingest.attribution.speakers.phrases_after import following
from ingest.attribution.tokens import Reading, Unit
from ingest.attribution.verbs import is_verb, verb_group
from ingest.language.lexicon import Entry


def beside(reading: Reading, unit: Unit, token: int, verb: Entry) -> tuple[Range | None, int, int] | None:
    """Whether a cue stands beside its content ("…, he said"): speaker, first token of the aside, token after it."""
    if verb.tense in ("ing", "participle"):
        return None
    group, passive, infinitive = verb_group(reading, unit, token)
    if passive or infinitive or not asserts(reading, unit, token, verb, group):
        return None
    left = group - 1
    if left >= unit.first and _closes(reading, unit, left):
        subject = following(reading, unit, token + 1)
        quoted = not in_scope(reading, unit, left) or (
            left > unit.first and reading.word[left] == "," and not in_scope(reading, unit, left - 1)
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
        or (
            subject[1] < group
            and reading.word[subject[1]] == ","
            and in_scope(reading, unit, subject[0] - 1)
            and not phrases.names_a_description(reading, *subject)
        )
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
    if not after_quote and reading.word[subject[0]] in RELATIVES:
        return None  # "…, which announced as much", "…, who joked: “…”"
    if (
        not after_quote
        and not any(is_verb(reading, t) or not in_scope(reading, unit, t) for t in range(unit.first, subject[0]))
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


def _may_invert(reading: Reading, unit: Unit, verb: Entry, subject: Range) -> bool:
    """Whether "…, said X" without a quotation can be read as a cue and its subject."""
    if "a" in verb.frames or reading.word[subject[0]] in PRONOUNS or verb.tense == "base":
        return False
    named = reading.capital(subject[0]) or reading.word[subject[0]] in DETERMINERS
    if not (named or reading.word[subject[1] - 1].endswith("s") or reading.capital(subject[1] - 1)):
        return False  # "…, declared bankruptcy"
    return subject[1] >= unit.last or (
        reading.word[subject[1]] in (".", ",")
        or (
            reading.word[subject[1]] in PREPOSITIONS
            and not any(is_verb(reading, t) for t in range(subject[1], unit.last) if in_scope(reading, unit, t))
        )
    )


def _closes(reading: Reading, unit: Unit, token: int) -> bool:
    return not in_scope(reading, unit, token) or reading.word[token] in (",", "—", "--", "–", "?", "!")


def _complement_follows(reading: Reading, unit: Unit, at: int) -> bool:
    at = complements.skip_adjuncts(reading, unit, at)
    return at < unit.last and reading.word[at] == "that"


def _clause_after_title(reading: Reading, unit: Unit, subject: int, at: int) -> bool:
    """Whether the quotation before a subject is a title: "On “Fox News Sunday,” Pence said he …"."""
    opening = subject - 1
    while opening > unit.first and reading.quote[opening - 1] == reading.quote[subject - 1]:
        opening -= 1
    return (
        opening > unit.first
        and reading.word[opening - 1] in PREPOSITIONS
        and at < unit.last
        and complements.looks_like_clause(reading, unit, at, unit.last)
    )


def asides(
    reading: Reading, unit: Unit, beside: list[tuple[int, Entry, Range | None, int, int]], drafts: list[Draft]
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
            if opening - begin <= 1 or reading.word[opening - 1] in (",", ":", ".", "?", "!"):
                begin = opening
        elif reading.word[first - 2] in ("which", "who") and first - 2 > begin:
            begin = first - 2
        contents = [c] if (c := characters(reading, begin, first)) else []
        stop = beside[number + 1][3] if number + 1 < len(beside) else unit.last
        if number + 1 < len(beside):
            # What stands between two asides belongs to the second, unless the first interrupts it.
            stop = end
        if (end < stop - 1 and reading.word[end] in (",", ";", "—", "--", "–", ".")) or (
            end < stop and not in_scope(reading, unit, end)
        ):
            after = end + (in_scope(reading, unit, end))
            word = reading.word[after] if after < stop else ""
            cue = VERBS.get(word)
            if after_quote and end < stop and after < stop and in_scope(reading, unit, after):
                word = ""
                for token_after in range(after, stop):
                    opens = not in_scope(reading, unit, token_after) and in_scope(reading, unit, token_after - 1)
                    if opens and reading.word[token_after - 1][-1] in ",.:":
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
            ) and (rest := characters(reading, after, clause_end(reading, unit, after, narrow=False, limit=stop))):
                contents.append(rest)
        if contents:
            drafts.append(Draft("beside", unit, (token, token + 1), speaker, contents, lemma=verb.lemma))
        start = end + 1
