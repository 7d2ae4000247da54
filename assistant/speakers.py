"""Whose words the sentences of a context are: the speaker that each names, and the country that he speaks for.

Rules over the words of the retrieved passages, without a model: who stands at a verb of speech, "he said" by the
speaker before, and people's countries from what the passages call them ("Kremlin spokesman Dmitry Peskov").

Invariant: what the rules do not see is no speaker (None) or no country (empty), never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.context import NumberedSentence
from assistant.countries import countries, country
from assistant.names import TITLES, names
from assistant.words import FUNCTION_WORDS, content_words, fold, word_set, words

_VERBS = word_set(
    """say says said tell tells told adds added claims claimed deny denies denied accuse accuses accused blames blamed
    insists insisted argues argued announced warns warned explains explained confirmed admits admitted describes
    described describing calls called declared declaring replied responded suggests suggested thinks thought believes
    believed stressed promised criticised criticized alleges alleged condemned rejects rejected dismissed dismisses
    recalled remarked asserted contended maintained maintains wrote holds urged urges acknowledged conceded"""
)
_TRANSPARENT = word_set(
    """also later then again still only first once more already now never even simply briefly afterwards afterward
    repeatedly publicly had has have would will could may might did does do"""
)
_PASSIVE = word_set("is are was were be been being am get gets got")
_PRONOUNS = word_set("he she it they i we")
_RELATIVE = word_set("who which that")
#: Nouns that stand for a body or for those who speak for it; the words before them say whose. Folded.
_ROLES = word_set(
    """ministry department government administration official officials diplomat diplomats spokesman spokeswoman
    spokesperson minister ministers president chancellor premier leader leaders army military parliament embassy
    ambassador envoy aide aides delegation statement side council lawmakers senator analyst historian union company
    police officer agency commission court king prince general secretary foreign prime deputy defence defense"""
)
#: Bodies and offices that name their country without naming it.
_BODIES = {"state department": "united states", "secretary of state": "united states", "duma": "russia"}
_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
_WORD = re.compile(r"[^\W_](?:[\w’'.-]*\w)?")
_BOUNDARY = re.compile(r"[,;:()—–]|\s-\s")
_BEHIND = re.compile(r"[,;:.!?()—–\x01]|\s-\s|\b(?:who|which|when|as|after|before|in|on|at|during)\b")
_DATELINE = re.compile(r"^([A-Z][A-Z .’'-]{2,40})(?:, [\w .’'-]{2,30})? (?:\([^)]*\) ?)?[—–-] ")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: the folded words that name him or her, and the keys of the countries that are spoken for."""

    words: frozenset[str]
    sides: frozenset[str]


_Heard = tuple[Speaker, ...]


def speaker_fit(subject: str, sentences: Sequence[NumberedSentence]) -> list[float]:
    """How far each sentence is in the words of ``subject`` ("Russia", "Peskov"): 1 where it is, -1 where it is in the
    words of another country than the one that is asked for, 0 where that is not known.
    """
    asked = Speaker(_telling(subject), frozenset(_countries(subject)))
    heard = list(speakers(sentences))
    return [_fit(asked, spoken) for spoken in heard]


def _fit(asked: Speaker, spoken: _Heard) -> float:
    for one in spoken:
        named = {w for w in asked.words if country(w) is None}
        if named & one.words if named else asked.sides & one.sides:
            return 0.5 if named and asked.sides and one.sides and not asked.sides & one.sides else 1.0
    others = [one for one in spoken if one.sides and asked.sides and not one.sides & asked.sides]
    return -1.0 if others and len(others) == len(spoken) else 0.0


def speakers(sentences: Sequence[NumberedSentence]) -> Iterator[_Heard]:
    """The speakers of each sentence, in the order of their verbs; empty where nobody is seen to speak."""
    known = _affiliations(sentences)
    before: NumberedSentence | None = None
    last: Speaker | None = None
    home: frozenset[str] = frozenset()
    roles: dict[str, Speaker] = {}
    for sentence in sentences:
        if before is None or before.passage.article_id != sentence.passage.article_id:
            last, roles, home = None, {}, _home(sentence.text)
        elif sentence.span.start - before.span.end > 20:
            last = None  # text is left out between the two: "he" may be somebody else
        found: list[Speaker] = []
        for phrase in _subjects(sentence.text):
            speaker = _speaker(phrase, sentence.text, known, roles, last, home)
            if speaker is not None:
                last = speaker
                roles.update((w, speaker) for w in speaker.words & _ROLES)
                found.append(speaker)
        if not found and last is not None and not _unquoted(sentence.text).strip(" \x01,.!?"):
            found = [last]  # a quotation that goes on
        before = sentence
        yield tuple(found)


def _speaker(
    phrase: str,
    text: str,
    known: dict[str, frozenset[str]],
    roles: dict[str, Speaker],
    last: Speaker | None,
    home: frozenset[str],
) -> Speaker | None:
    listed = words(phrase, keep_possessive=False)
    if not listed:
        return None
    if listed[-1] in _PRONOUNS:
        return last or _first_person(text, known)
    telling = _telling(phrase)
    if not telling:
        return None
    sides = frozenset(_countries(phrase)) | frozenset().union(*(known.get(w, frozenset()) for w in telling))
    if not sides:
        earlier = next((roles[w] for w in reversed(listed) if w in roles), None)
        if earlier is not None and telling <= earlier.words | _ROLES:
            return Speaker(telling | earlier.words, earlier.sides)
        # "An official in the presidential administration" of a story from Kyiv is one of Ukraine's.
        sides = home if telling & _ROLES and not names(phrase) else sides
    return Speaker(telling, sides)


def _first_person(text: str, known: dict[str, frozenset[str]]) -> Speaker | None:
    """Whom "he" stands for where nobody has spoken before: the one person whom the sentence itself names."""
    people = [name for name in names(text) if name.country is None and name.words[-1] in known]
    if not people:
        return None
    return Speaker(frozenset(people[0].words), known[people[0].words[-1]])


def _subjects(text: str) -> Iterator[str]:
    """The phrase that names the speaker at each verb of speech outside of quotation marks."""
    plain = _unquoted(text)
    tokens = list(_WORD.finditer(plain))
    for i, token in enumerate(tokens):
        word = fold(token[0])
        behind = plain[token.end() :]
        if word == "according" and behind.startswith(" to "):
            yield _BEHIND.split(behind[4:], maxsplit=1)[0]
        elif word in _VERBS and token[0][0].islower():
            preceding = [fold(t[0]) for t in tokens[max(i - 2, 0) : i]]
            if _PASSIVE & set(preceding[-1:]) or ("been" in preceding):
                continue
            yield _inverted(plain[: token.start()], behind) or _in_front(plain[: token.start()])


def _inverted(front: str, behind: str) -> str | None:
    """``said Dag Ferreira`` behind a quotation."""
    following = re.match(r"\s+(?:(?:an?|the|one|another)\s+\w|[A-Z])", behind)
    if following is None or not front.rstrip().endswith(("\x01", ",")):
        return None
    return _BEHIND.split(behind, maxsplit=1)[0]


def _in_front(front: str) -> str:
    """The subject of a verb: the words before it, over a relative pronoun and over what is put in between commas."""
    pieces = [piece for piece in _BOUNDARY.split(front.replace("\x01", ";"))]
    taken: list[str] = []
    for piece in reversed(pieces):
        listed = words(piece, keep_possessive=False)
        while listed and listed[-1] in _TRANSPARENT:
            listed.pop()
        if not listed or listed[0] in _RELATIVE:
            continue
        taken.append(piece)
        # "Dmitry Peskov, the president's spokesman, told": both name him.
        if len(pieces) > 1 and re.match(r"\s*(?:the|a|an|his|her|Mr|\w+[’']s)\s", piece) and piece is not pieces[0]:
            previous = pieces[pieces.index(piece) - 1]
            if names(previous) and piece is not pieces[-1]:
                taken.append(previous)
        break
    return " ".join(reversed([re.split(r"\b(?:and|but|while|that|because|when)\b", t)[-1] for t in taken]))


def _unquoted(text: str) -> str:
    """The text, each quotation of it replaced by one control character."""
    first = re.search(r"[“”]", text)
    if first and first[0] == "”":
        text = f"“{text}"  # it began in the sentence before
    return _QUOTED.sub("\x01", text)


def _telling(phrase: str) -> frozenset[str]:
    return frozenset(w for w in content_words(phrase) if w not in {"mr", "mrs", "ms", "dr"} and not w[0].isdigit())


def _countries(phrase: str) -> Iterator[str]:
    listed = words(phrase, keep_possessive=False)
    # "us" is America only where it is written so.
    if "us" in listed and not re.search(r"\bU\.?S\b", phrase):
        listed = [w for w in listed if w != "us"]
    yield from (key for *_, key in countries(listed))
    joined = f" {' '.join(listed)} "
    yield from (key for body, key in _BODIES.items() if f" {body} " in joined)


def _home(text: str) -> frozenset[str]:
    dateline = _DATELINE.match(text)
    return frozenset(_countries(dateline[0])) if dateline else frozenset()


def _affiliations(sentences: Sequence[NumberedSentence]) -> dict[str, frozenset[str]]:
    """Surname -> countries that the passages say the person speaks for: "Russia's foreign minister, Sergei Lavrov"."""
    found: dict[str, set[str]] = {}
    for _ in range(2):  # the second time for "Mr Putin's spokesman, Dmitry Peskov"
        for sentence in sentences:
            for name in names(sentence.text):
                if name.country is None and not set(name.words) <= _ROLES | TITLES:
                    sides = {*_before(sentence.text[: name.start], found), *_behind(sentence.text[name.end :], found)}
                    sides |= set(_countries(name.text))
                    if sides:
                        found.setdefault(name.words[-1], set()).update(sides)
    return {surname: frozenset(sides) for surname, sides in found.items() if len(sides) == 1}


def _before(front: str, found: dict[str, set[str]]) -> Iterator[str]:
    """Countries in the title that stands directly before a name."""
    run: list[str] = []
    for word in reversed(_WORD.findall(re.split(r"[;:.!?—–“”\"](?=\s|$)", front)[-1])[-7:]):
        folded = re.sub(r"[’']s$", "", fold(word)).replace(".", "")
        run.insert(0, word)
        if country(folded) or folded in found:
            if any(fold(w) in _ROLES | TITLES for w in run[1:]):
                yield from _sides_of(run[0], found)
            return
        if folded not in _ROLES | TITLES and folded not in FUNCTION_WORDS:
            return
    if "secretary of state" in " ".join(map(fold, run)):
        yield "united states"


def _behind(rest: str, found: dict[str, set[str]]) -> Iterator[str]:
    """Countries in what is put behind a name between commas."""
    apposition = re.match(r",\s+([^,.;:“”\"]{4,60}),", rest)
    if apposition and set(words(apposition[1])) & (_ROLES | TITLES):
        for word in _WORD.findall(apposition[1]):
            yield from _sides_of(word, found)


def _sides_of(word: str, found: dict[str, set[str]]) -> Iterator[str]:
    folded = re.sub(r"[’']s$", "", fold(word)).replace(".", "")
    key = country(folded)
    if key:
        yield key
    elif folded in found:
        yield from found[folded]
