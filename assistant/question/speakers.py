"""Who speaks, of whom a question asks: read off the verbs and nouns of speech of the lexicon, in a few constructions.

"According to X", "what did X say", "what X said", "X's reaction", "the words of X", and in a search line "x on y" and
"x reaction". Invariant: a speaker is a part of the question, as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from assistant.question.focus import INTERROGATIVES, focus
from ingest.language.lexicon import SPEECH, Act, entries, verbs
from ingest.language.names import Name
from ingest.language.roles import GENERIC
from ingest.language.words import FUNCTION_WORDS, word_set, words

#: The chance that somebody's words are asked for, from which on a verb that may be a noun counts ("state"); from which
#: on a noun of speech or a search line tells who ("the view of X", "x on y"); from which on any verb of speech does
#: ("what X said"). Below them more of those found on the labelled questions were wrong than right.
_MAY_BE, LIKELY, _SURE = 0.3, 0.5, 0.9

_AUXILIARIES = word_set("do does did has have had will would can could should may might")
_HAVE = word_set("has have had")
_BE = word_set("is are was were be been being")
_ADVERBS = word_set("also first ever not now still already even publicly openly at have had to")
_OF_NOBODY = word_set("he she it they you i we people anyone anybody someone somebody this that there one")
_PERSONAL = word_set("he she they his her their")
#: What asks for somebody's words behind a possessor or an "of", beside the lexicon's nouns.
VIEWS = word_set("view views take line stance position opinion eyes mind version telling judgment quote quotes")
#: Verbs that ask for words only together with what is asked for: "what reason does X give", "how does X see it".
_LIGHT = word_set(
    "give given offer offered make made put see take look have issue issued name named feel hold sum bring"
)
_STOPS = word_set("after before during in on at when if by as about over with against since until while because to")
#: Words of whoever stands first in a search line, at most.
_LONGEST_IN_LINE = 4
_TOKEN = re.compile(r"(?P<word>(?:[A-Za-z]\.){2,}|[^\W_]+(?:[.&'’-][^\W_]+)*['’]?)|(?P<stop>[?,;:.!()“”\"])")
_VERBS, _PLAIN_VERBS = verbs(*SPEECH, Act.OPINE, Act.WANT), verbs(*SPEECH, Act.OPINE, Act.WANT, nouns=False)
_FORMS = {
    tense: frozenset(word for word, entry in entries("verb").items() if entry.tense in {tense, others})
    for tense, others in (("base", "base"), ("past", "participle"), ("ing", "ing"))
}
_NOUNS = frozenset(word for word, entry in entries("noun").items() if entry.acts) | VIEWS


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a question: folded, without its possessive, and where it stands; "" is a mark between clauses."""

    text: str
    start: int
    end: int
    owner: bool = False
    capital: bool = False


def speech_subject(question: str, chance: float = 0.0, named: Sequence[Name] = ()) -> str | None:
    """Whose words a question asks for: "Russia" in "What does Russia say caused the freeze?"; None where nobody's.

    Returned as the question has it, without its article.

    Args:
        chance: how likely it is that somebody's words are asked for; constructions that do not tell by themselves count
            where it is likely.
        named: the names in the question; a person's before the sentence that asks stands for its "he" or "she".
    """
    asked = focus(question)
    before = question.strip().removesuffix(asked)
    people = sorted(named, key=lambda name: not _is_person(name))
    for text in dict.fromkeys([asked, before or asked] if chance >= LIKELY else [question]):
        tokens = _tokens(text)
        for first, last in [*_certain(tokens, chance), *(_likely(tokens, chance) if chance >= LIKELY else ())]:
            subject = without_article(text[tokens[first].start : _end(text, tokens[last])])
            if _is_somebody(subject):
                return subject
            if tokens[first].text in _PERSONAL:  # of whoever is named before
                return next((name.text for name in people if name.text in before), None)
    return None


def _tokens(text: str) -> list[_Word]:
    found = []
    for match in _TOKEN.finditer(text):
        raw = match["word"] or ""
        plain = re.sub(r"['’]s?$", "", raw)
        listed = words(plain)
        found.append(_Word(" ".join(listed), match.start(), match.end(), raw != plain, raw[:1].isupper()))
    return found


def _end(question: str, word: _Word) -> int:
    """Where a speaker's last word ends, without its possessive."""
    return word.start + len(re.sub(r"['’]s?$", "", question[word.start : word.end]))


def _certain(tokens: list[_Word], chance: float) -> Iterator[tuple[int, int]]:
    """(first, last word) of the speaker, where the construction tells by itself that he or she speaks."""
    spoken = _VERBS if chance >= _MAY_BE else _PLAIN_VERBS
    for at, word in enumerate(tokens):
        if word.text == "according" and at + 2 < len(tokens) and tokens[at + 1].text == "to":
            yield from _rightwards(tokens, at + 2)
    for at, word in enumerate(tokens):
        if word.text in _AUXILIARIES | _BE:
            yield from _between(tokens, at, spoken & _FORMS[_tenses_behind(word.text)])
        if word.owner and chance >= _MAY_BE and any(near.text in _NOUNS for near in tokens[at + 1 : at + 3]):
            yield from _leftwards(tokens, at)


def _likely(tokens: list[_Word], chance: float) -> Iterator[tuple[int, int]]:
    """The same where only the whole question tells."""
    sure, about_words = chance >= _SURE, any(word.text in _NOUNS | {"reason", "reasons"} for word in tokens)
    for at, word in enumerate(tokens):
        if word.text in _AUXILIARIES and (about_words or sure):
            yield from _between(tokens, at, _LIGHT)
        before = tokens[at - 1].text if at else ""
        finite = sure and word.text in _VERBS - _FORMS["ing"]
        if finite and before not in _BE | _AUXILIARIES | {"to", "of", "the", "a"}:
            yield from _leftwards(tokens, at - 1)  # "what X said"
        if sure and word.text in ("by", "from", "per") and before in _VERBS | _NOUNS:
            yield from _rightwards(tokens, at + 1)
        if word.text == "of" and before in _NOUNS:
            yield from _rightwards(tokens, at + 1)
    if not any(word.text in INTERROGATIVES for word in tokens):  # a search line: "x on y", "x reaction to y"
        end = next((at for at, word in enumerate(tokens) if word.text in _NOUNS | _STOPS), 0)
        if end <= _LONGEST_IN_LINE:
            yield from _leftwards(tokens, end - 1)


def _rightwards(tokens: list[_Word], first: int) -> Iterator[tuple[int, int]]:
    """From a word up to a mark, a preposition or an auxiliary."""
    ends = _STOPS | _AUXILIARIES | _BE | INTERROGATIVES | {""}
    length = len(list(takewhile(lambda word: word.text not in ends, tokens[first : first + 8])))
    owner = next((at for at in range(first, first + length) if tokens[at].owner), None)
    if length:
        yield first, first + length - 1 if owner is None or owner + 1 < first + length else owner


def _leftwards(tokens: list[_Word], last: int) -> Iterator[tuple[int, int]]:
    """Back from a word to a mark or a function word, over "of" and articles."""
    first = last
    while last >= 0 and first >= 0 and last - first < 6 and not _parts(tokens[first]):
        first -= 1
    while first < last and tokens[first + 1].text in ("of", "for", "and"):
        first += 1
    if first < last:
        yield first + 1, last


def _parts(word: _Word) -> bool:
    return not word.text or (word.text in FUNCTION_WORDS - {"of", "the", "a", "an", "and", "for", "us"})


def _between(tokens: list[_Word], auxiliary: int, verbs_here: frozenset[str]) -> Iterator[tuple[int, int]]:
    """What stands between an auxiliary and the next verb of some, over adverbs."""
    shouted = all(word.capital for word in tokens if word.text)
    for at in range(auxiliary + 2, min(auxiliary + 12, len(tokens))):
        word, before = tokens[at].text, tokens[at - 1]
        if not before.text or before.text in _BE:  # "had officials been told"
            return
        # A verb behind an article or a possessor is a noun, with a capital a name: "Kerry's reply", "United States".
        noun = before.owner or before.text in ("the", "a", "an") or (tokens[at].capital and not shouted)
        if word in verbs_here and not noun:
            last = at - 1
            while last > auxiliary and (tokens[last].text in _ADVERBS or tokens[last].text.endswith("ly")):
                last -= 1
            if last > auxiliary:
                yield auxiliary + 1, last
            return


def _tenses_behind(auxiliary: str) -> str:
    """ "Did X say", "has X said", "is X saying": "was blamed" has another subject."""
    return "ing" if auxiliary in _BE else "past" if auxiliary in _HAVE else "base"


def asks_who(asked: str, chance: float) -> bool:
    """ "Who denied …", "which minister said …", "did anyone deny …"."""
    left_out = _ADVERBS - {"to", "at"} | {"and", "but", "so"}
    listed = [word.text for word in _tokens(asked) if word.text not in left_out]
    spoken = verbs(*SPEECH, nouns=False) | {"think", "thinks", "thought"}
    if listed[:1] == ["who"] and len(listed) > 1:
        rest = listed[2:] if listed[1] in ("has", "had", "did", "does", "do") else listed[1:]
        return bool(rest) and rest[0] in spoken
    if listed[:1] and listed[0] in ("which", "what") and chance >= _MAY_BE:
        behind = list(takewhile(lambda word: word not in spoken, listed[1:5]))
        reached = 1 + len(behind) < len(listed) and listed[1 + len(behind)] in spoken
        return bool(behind) and reached and not set(behind) & (_AUXILIARIES | _BE | FUNCTION_WORDS)
    indefinite = len(listed) > 2 and listed[0] in _AUXILIARIES and listed[1] in ("anyone", "anybody", "someone", "any")
    return indefinite and any(word in spoken for word in listed[2:4])


def without_article(speaker: str) -> str:
    """A speaker without the article before it."""
    return re.sub(r"^(?:the|an?|one|some)\s+", "", speaker.strip(), flags=re.I)


def _is_person(name: Name) -> bool:
    return name.country is None and (name.titled or (len(name.words) > 1 and not set(name.words) & GENERIC))


def _is_somebody(subject: str) -> bool:
    listed = words(subject)
    # "U.S." is a country, "us" is nobody.
    telling = [word for word in listed if word not in FUNCTION_WORDS] or re.findall(r"\bU\.?S\b", subject)
    return bool(telling) and len(listed) <= 10 and listed[0] not in _OF_NOBODY and not set(listed) & INTERROGATIVES
