"""Pronouns of a follow-up, replaced by what they stand for in the turns before it.

Invariant: a pronoun is replaced only by a mention of its kind; where there is none the question keeps its pronoun, and
the caller is told that it does not stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.question.answer_type import QuestionType, question_type
from assistant.question.rewrite.mentions import Kind, Mention, mentions
from ingest.language.words import FUNCTION_WORDS, SPEECH_VERBS, content_words, word_set


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What was said before a follow-up: the question before it, standing alone, its answer without marks, and the
    questions before that, newest first.
    """

    question: str
    answer: str = ""
    earlier: tuple[str, ...] = ()


_PRONOUN = re.compile(
    r"\b(?P<word>he|him|himself|his|she|herself|her|hers|it|its|itself|they|them|their|theirs|themselves|there"
    r"|this|that|these|those)\b(?!['’]s? (?:true|likely))",
    re.IGNORECASE,
)
_PERSONAL = frozenset(["he", "him", "himself", "his", "she", "herself", "her", "hers"])
_POSSESSIVE = frozenset(["his", "its", "their", "theirs", "hers"])
# "Is it true that", "what time is it", "how long does it take": this "it" stands for nothing.
_EMPTY_IT = re.compile(
    r"\b(?:is|was|isn['’]t) it (?:true|likely|possible|clear|known|safe|legal|right|raining|too late|because|that)\b"
    r"|\b(?:time|day|date|year) (?:is|was) it\b|\bdoes it take\b|\bdid it take\b|\bit is (?:\w+ )?(?:that|to)\b"
    r"|\bis it (?:\w+ )?(?:to|for|that)\b|\bhad it been since\b",
    re.IGNORECASE,
)
_THERE_IS = re.compile(
    r"\b(?:is|are|was|were|be|been|will|has|have|had) there\b(?!\W*$)"
    r"|\bthere(?:['’]s| is| are| was| were| will| has| have)\b"
    r"|\bhow (?:many|much)\b.*\b(?:is|are|was|were) there(?=\W*$)",
    re.IGNORECASE,
)
_SUBJECT_PLACE = re.compile(
    r"\b(?:do|does|did|has|have|had|is|are|was|were|will|would|can|could|should)\s+$", re.IGNORECASE
)
# What only one who acts can do: "did it agree" asks for Russia, not for the freeze.
_ACTS = word_set(
    """agree accept retaliate want plan offer sign attack send impose pay invade refuse intend support withdraw join buy
    sell win lose hire vote apologise apologize retreat try"""
)
# Given names that tell "he" from "she"; a name that is in neither may be either.
_MEN = word_set(
    """john vladimir sergei dmitry barack donald joe emmanuel boris david michael bill george james robert william
    richard thomas charles christopher daniel matthew anthony mark paul steven andrew peter alexander bashar benjamin
    francois nicolas viktor volodymyr petro xi narendra recep mohammed muhammad ali hassan elon jeff tim bob jack tom
    antony"""
)
_WOMEN = word_set(
    """angela theresa ursula christine hillary kamala maria anna emma sarah elizabeth mary patricia jennifer linda
    barbara susan jessica karen lisa nancy margaret michelle melania marine giorgia jacinda sanna annalena olena yulia
    kate taylor serena victoria natalia olga elena irina laura julia alice rachel rebecca amy nicola ines"""
)
_PLURAL_VERB = {"do": "does", "have": "has", "are": "is", "were": "was"}


def resolve(question: str, before: Before) -> tuple[str, bool]:
    """The question with its pronouns replaced, and whether it now stands without any."""
    done, at, whole = "", 0, True
    own = mentions(question)
    for match in _PRONOUN.finditer(question):
        word = match["word"].lower()
        if _stands_for_nothing(question, match) or _bound(word, match, own):
            continue
        mention = (
            None if word in ("this", "that", "these", "those") else _antecedent(word, match.start(), question, before)
        )
        if mention is None:
            whole = False
            continue
        done += question[at : match.start()] + _in_place(word, mention, question, match)
        at = match.end()
        if word == "they" and not mention.plural:
            done = _with_singular_verb(done, mention.again)
    return done + question[at:], whole


def _with_singular_verb(text: str, subject: str) -> str:
    """ "do Russia" -> "does Russia"."""
    head = text.removesuffix(subject)
    verb = re.search(r"\b(do|have|are|were)(\s+)$", head, re.IGNORECASE)
    if not verb:
        return text
    single = _PLURAL_VERB[verb[1].lower()]
    return head[: verb.start()] + (single.capitalize() if verb[1][0].isupper() else single) + verb[2] + subject


def _stands_for_nothing(question: str, match: re.Match[str]) -> bool:
    word, behind = match["word"].lower(), question[match.end() :]
    if word == "it":
        return any(m.start() <= match.start() < m.end() for m in _EMPTY_IT.finditer(question))
    if word == "there":
        return any(m.start() <= match.start() < m.end() for m in _THERE_IS.finditer(question))
    if word in ("this", "that", "these", "those"):
        # "said that Russia", "the deal that failed", "this week": a conjunction, a relative, a word of time.
        following = re.match(r"\s+([\w'’]+)", behind)
        if word == "that" and following and not re.match(r"(?:happen|mean|be|was|is|to|so)\b", following[1], re.I):
            return _opens_clause(question[: match.start()], following[1])
        return bool(
            following
            and re.match(r"(?:week|weekend|month|year|morning|spring|summer|autumn|winter|time)", following[1])
        )
    return False


def _opens_clause(before: str, following: str) -> bool:
    """Whether "that" is a conjunction or a relative: behind a word that is neither an auxiliary nor the beginning."""
    last = before.split()[-1:] or [""]
    return bool(last[0]) and last[0].lower() not in FUNCTION_WORDS and following.lower() not in ("?", "")


def _bound(word: str, match: re.Match[str], own: Sequence[Mention]) -> bool:
    """Whether the question itself has named what the pronoun stands for: "Which city removed its last monument?"."""
    question, start = match.string, match.start()
    telling = [w for w in content_words(question[:start]) if w not in SPEECH_VERBS]
    ends = not re.search(r"\w", question[match.end() :])
    if ends and word in ("it", "them", "him", "her", "there"):
        # The object of a short question is never its subject: "Why did Russia reject it?".
        return len(telling) > 2
    if word not in _PERSONAL and re.match(r"which\s", question, re.IGNORECASE):
        return True
    return len(telling) > 1 or any(m.start < start and _could_be(word, m) for m in own)


def _could_be(word: str, mention: Mention) -> bool:
    if word in _PERSONAL:
        return mention.kind is Kind.PERSON
    if word == "there":
        return mention.kind in (Kind.PLACE, Kind.COUNTRY)
    # A name that is taken for a person's may be a town's or a company's.
    return mention.kind in (Kind.COUNTRY, Kind.BODY, Kind.PERSON, Kind.THINGS if word.startswith("the") else Kind.THING)


def _antecedent(word: str, start: int, question: str, before: Before) -> Mention | None:
    """The mention that fits best: of the last question and its answer, then of the questions before."""
    asked, answered = mentions(before.question), mentions(before.answer)
    known = {m.text.lower() for m in asked}
    new = [m for m in answered if m.text.lower() not in known]
    sources = [asked, answered, *(mentions(text) for text in before.earlier)]
    kind, given = question_type(before.question), []
    # "Who met Putin?" - "Kerry." - "What did he say?": the answer gave the name that was asked for.
    if word in _PERSONAL and kind is QuestionType.WHO:
        sources.insert(0, new)
    if word == "there" and kind in (QuestionType.WHERE, QuestionType.WHICH):
        given = [m for m in new if m.kind in (Kind.PLACE, Kind.COUNTRY, Kind.PERSON, Kind.BODY)]
        if kind is QuestionType.WHERE:
            given = [replace(m, kind=Kind.PLACE) for m in given]
        sources.insert(0, given)
    text = " ".join([before.question, before.answer, *before.earlier])
    lenient = not any(c.isupper() for c in before.question[1:])
    for source in sources:
        fitting = [m for m in _with_pairs(word, source) if source is given or _fits(word, m, text, lenient=lenient)]
        if fitting:
            return _preferred(word, fitting, question, start)
    return None


def _with_pairs(word: str, source: Sequence[Mention]) -> list[Mention]:
    """With "Kerry and Putin" for "they", where a text names two people and nothing else that "they" could be."""
    people = [m for m in source if m.kind is Kind.PERSON]
    if word in _PERSONAL or len(people) != 2 or any(m.kind in (Kind.THINGS, Kind.BODY, Kind.COUNTRY) for m in source):
        return list(source)
    both = f"{people[0].text} and {people[1].text}"
    return [*source, Mention(text=both, kind=Kind.THINGS, start=people[0].start, subject=people[0].subject)]


def _fits(word: str, mention: Mention, text: str, *, lenient: bool) -> bool:
    kind = mention.kind
    if word in _PERSONAL:
        return kind is Kind.PERSON and " and " not in mention.text and _may_be(word, mention.text, text)
    if word == "there":
        return kind in (Kind.PLACE, Kind.COUNTRY)
    if word.startswith("the"):
        return kind in (Kind.THINGS, Kind.COUNTRY, Kind.BODY) or (lenient and kind is Kind.PERSON)
    return kind in (Kind.THING, Kind.COUNTRY, Kind.BODY) or (lenient and kind is Kind.PERSON)


def _may_be(word: str, name: str, text: str) -> bool:
    """Whether the given name, here or where the text has it with the surname, speaks against "he" or "she"."""
    other = _WOMEN if word in ("he", "him", "himself", "his") else _MEN
    surname = re.escape(name.split()[-1])
    given = [m[1].lower() for m in re.finditer(rf"\b([A-Z]\w+)\s+(?=(?:[A-Z]\S*\s+)?{surname}\b)", text)]
    return not any(first in other for first in [name.split()[0].lower(), *given])


def _preferred(word: str, fitting: Sequence[Mention], question: str, start: int) -> Mention:
    """People and their bodies go on as the subject; "it" and "them" are the last thing that was none."""
    subjects = [m for m in fitting if m.subject]
    following = re.match(r"\w+\s+([\w'’]+)", question[start:])
    acts = following is not None and following[1].lower() in _ACTS | SPEECH_VERBS
    as_subject = word in _POSSESSIVE or bool(_SUBJECT_PLACE.search(question[:start]))
    if word in _PERSONAL:
        return (subjects or list(fitting))[0]
    if word == "there":
        return fitting[-1]
    if word.startswith("the"):
        fitting = [m for m in fitting if m.plural] or list(fitting)
        subjects = [m for m in fitting if m.subject]
    things = [m for m in fitting if m.kind is Kind.THING]
    if subjects and (acts or (as_subject and (word != "it" or not things or subjects[0].kind is Kind.THING))):
        return subjects[0]
    others = [m for m in fitting if not m.subject and m.kind is not Kind.COUNTRY]
    return others[-1] if others else fitting[0]


def _in_place(word: str, mention: Mention, question: str, match: re.Match[str]) -> str:
    """The mention in the pronoun's form: "his" is "Kerry's", "there" is "in Sochi"."""
    text = mention.again
    following = re.match(r"\s+([\w’'-]+)", question[match.end() :])
    possesses = word in _POSSESSIVE or (word == "her" and following and following[1].lower() not in FUNCTION_WORDS)
    if possesses:
        text += "'" if text.endswith("s") else "'s"
    elif word == "there":
        text = f"{'in' if mention.kind in (Kind.PLACE, Kind.COUNTRY) else 'at'} {text}"
    at_beginning = not question[: match.start()].strip()
    return text[0].upper() + text[1:] if at_beginning else text
