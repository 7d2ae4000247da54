"""Pronouns of a follow-up, replaced by what they refer to in the turns before it.

Invariant: a pronoun is replaced only by a mention of its kind, and "it", "they" and "there" only where one alone fits;
otherwise the question keeps its pronoun, and the caller is told that it does not stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.question.answer_type import AnswerType, read_type
from assistant.question.focus import focus
from assistant.question.rewrite.mentions import AUXILIARY, WHOLE, Kind, Mention
from ingest.language.given_names import Gender, given_names
from ingest.language.lexicon import acts
from ingest.language.words import FUNCTION_WORDS, content_words, fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The question before a follow-up, standing alone, its answer without marks, and what reads a text's mentions."""

    question: str
    answer: str = ""
    mentions: Callable[[str], list[Mention]]


_PRONOUN = re.compile(
    r"\b(?:he|him|his|she|hers?|its?|they|them|theirs?|there|this|that|these|those)\b(?!['’](?!s\b))", re.I
)
_MALE = frozenset(["he", "him", "his"])
_PERSONAL = _MALE | {"she", "her", "hers"}
_POSSESSIVE = frozenset(["his", "hers", "its", "their"])
_OBJECTS = frozenset(["him", "her", "it", "them", "there"])
_DEMONSTRATIVE = frozenset(["this", "that", "these", "those"])
#: "Is it true that", "how long does it take to", "how cold did it get": this "it" refers to nothing.
_EMPTY_IT = re.compile(
    r"\b(?:is|was|be)\s+it\b.*?\b(?:that|who|which|whether|to|for|when|if|because|about)\b"
    r"|\bit\s+(?:is|was|be|been|takes?|costs?)\b.*?\b(?:that|who|to|when|if|because|since)\b"
    r"|\bit (?:that|when)\b|^how \w+ \w+ it (?:be|get)\b",
    re.IGNORECASE,
)
_PERIOD = r"(?:day|week|weekend|month|year|season|morning|afternoon|evening|spring|summer|autumn|fall|winter|time)s?\b"
#: Behind a "that" which is no conjunction: "to that", "When was that?", "to that charge?".
_POINTS = re.compile(
    rf"\s*(?:[,.;:?!]|$)|['’]s\b|\s+(?:is|was|means?|happen\w*|so|to)\b|\s+(?!{_PERIOD})\w+\s*(?:[,.;:?!]|$)", re.I
)
_CLAUSE = re.compile(r",|\b(?:that|after|before|when|while|because|if|as|who|which|since|and|say|says|said)\b", re.I)
_FRONT_ENDS = re.compile(rf",|\b{AUXILIARY}\b", re.IGNORECASE)
_NO_AUXILIARY = rf"(?!{AUXILIARY}\b)"
_WH_SUBJECT = re.compile(rf"(?:who|(?:which|what|how many)\s+{_NO_AUXILIARY}[\w-]+)\s+{_NO_AUXILIARY}", re.IGNORECASE)


def resolve(question: str, before: Before) -> tuple[str, bool]:
    """The question with its pronouns replaced, and whether it now stands without any."""
    done, at, whole = "", 0, True
    own = before.mentions(question)
    # What stands before the sentence that asks only leads up to it.
    for match in _PRONOUN.finditer(question, len(question) - len(focus(question))):
        word = match[0].lower()
        if _refers_to_nothing(question, match) or _points_forward(match, own) or _bound(match, own):
            continue
        mention = _antecedent(word, before)
        if mention is None:
            whole = False
            continue
        done += question[at : match.start()] + _in_place(mention, match)
        at = match.end()
    return done + question[at:], whole


def _refers_to_nothing(question: str, match: re.Match[str]) -> bool:
    word, start, end = match[0].lower(), match.start(), match.end()
    if word == "it":
        return any(found.start() <= start < found.end() for found in _EMPTY_IT.finditer(question))
    if word == "there":  # "Are there any", "how many were there?"
        return bool(re.match(r"\W*\w", question[end:]) or re.search(r"\b(?:is|are|was|were) $", question[:start]))
    if word == "that":
        return not _POINTS.match(question, end)
    return word in _DEMONSTRATIVE and re.match(rf"\s+{_PERIOD}", question[end:], re.IGNORECASE) is not None


def _points_forward(match: re.Match[str], own: Sequence[Mention]) -> bool:
    """Whether it stands before the verb of the main clause, and a name follows: "In his address, did Putin …"."""
    question, start = match.string, match.start()
    behind = [question[start : m.start] for m in own if m.proper and m.start > start]
    return not re.search(rf"\b{AUXILIARY}\b", question[:start], re.I) and any(map(_FRONT_ENDS.search, behind))


def _bound(match: re.Match[str], own: Sequence[Mention]) -> bool:
    """Whether the question itself names what the pronoun refers to: "Which city removed its last monument?"."""
    word, question, start = match[0].lower(), match.string, match.start()
    telling = [w for w in content_words(question[:start]) if not acts([w])]
    # A line that does not begin as a question begins with what it is about: "kim reynolds decision she regrets".
    last = not re.search(r"\w", question[match.end() :])
    if len(telling) > (2 if last or WHOLE.match(question) or word in _DEMONSTRATIVE else 0):
        return True
    if word in _DEMONSTRATIVE:
        return False
    is_object = word in _OBJECTS and not _possesses(match)
    if _WH_SUBJECT.match(question) and not is_object:
        return True
    earlier = [m for m in own if m.start < start and (word not in _PERSONAL or m.kind in (Kind.PERSON, Kind.THING))]
    # The object of a clause is not its subject: "Did Russia reject it?".
    return any(not is_object or _CLAUSE.search(question[m.end : start]) for m in earlier)


def _possesses(match: re.Match[str]) -> bool:
    word, following = match[0].lower(), re.match(r"\s+[\w’'-]+", match.string[match.end() :])
    owned = following is not None and following[0].strip().lower() not in FUNCTION_WORDS
    return word in _POSSESSIVE or (word == "her" and owned)


def _antecedent(word: str, before: Before) -> Mention | None:
    """The mention that fits: of the last question, else of its answer."""
    if word in _DEMONSTRATIVE:
        return None
    asked, answered = before.mentions(before.question), before.mentions(before.answer)
    sources = [asked, answered]
    if read_type(before.question).answer_type is AnswerType.PERSON:
        # "Who met Putin?" - "Kerry." - "What did he say?": the answer gave the name that was asked for.
        known = {m.text for m in asked}
        sources.insert(0, [m for m in answered if m.proper and m.text not in known and word in _PERSONAL])
    text = f"{before.question} {before.answer}"
    gender: Gender = "male" if word in _MALE else "female"
    for source in sources:
        if word in _PERSONAL:
            surest = max(source, key=lambda m: _sure(m, gender, text), default=None)  # the first of them
            if surest and _sure(surest, gender, text):
                return surest
        elif fitting := [m for m in source if _fits(word, m, text)]:
            fitting = [m for m in fitting if m.kind is not Kind.PERSON] or fitting
            return fitting[0] if len(fitting) == 1 else None
    return None


def _fits(word: str, mention: Mention, text: str) -> bool:
    """Whether "it", "they" or "there" can be a mention; a name that need not be a person's may be a company's."""
    if word == "there":
        return mention.kind is Kind.PLACE or (mention.kind is Kind.SIDE and mention.proper)
    if mention.kind is Kind.PLACE or (mention.kind is Kind.PERSON and _sure(mention, "male", text) != 1):
        return False
    return mention.proper or mention.plural == word.startswith("the")


def _sure(mention: Mention, gender: Gender, text: str) -> int:
    """0 where the mention is no "he" (or "she"), 1 where it may be, 2 where its words say that it is a person's."""
    if mention.kind is not Kind.PERSON:
        return 0
    name = mention.text.split()
    pattern = rf"\b([A-Z]\w+)\s+(?=(?:[A-Z]\S*\s+)?{re.escape(name[-1])}\b)"
    given = {fold(first) for first in (name[0], *re.findall(pattern, text))}
    if given & given_names("female" if gender == "male" else "male"):
        return 0
    return 2 if name[0].lower() in ("the", "a", "an") or given & given_names(gender) else 1


def _in_place(mention: Mention, match: re.Match[str]) -> str:
    """The mention in the pronoun's form: "his" is "Kerry's", "there" is "in Sochi", "a plan" is "the plan"."""
    text = re.sub(r"^(?:an?|the)\s", "the ", mention.text, flags=re.IGNORECASE)
    if _possesses(match):
        text += "'" if text.endswith("s") else "'s"
    elif match[0].lower() == "there":
        text = f"in {text}"
    return text if match.string[: match.start()].strip() else text[0].upper() + text[1:]
