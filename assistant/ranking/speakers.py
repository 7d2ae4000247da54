"""Whose words the sentences of a context are: the speaker that each names, and the country that he speaks for.

Rules over the words of the retrieved passages, without a model: who stands at a verb of speech, "he said" by the
speaker before, and people's countries from what the passages call them ("Kremlin spokesman Dmitry Peskov").

Invariant: what the rules do not see is no speaker (None) or no country (empty), never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.citing.sentences import NumberedSentence
from assistant.ranking.speech_phrases import PRONOUNS, WORD, subjects, unquoted
from ingest.language.gazetteer import bundled
from ingest.language.names import TITLES, names
from ingest.language.words import FUNCTION_WORDS, content_words, fold, word_set, words

#: Nouns that stand for a body, and for those who speak for one; the words before them say whose. Folded.
_BODY_NOUNS = word_set(
    """ministry department government administration army military parliament embassy delegation statement side council
    union company agency commission court party police authorities kremlin"""
)
_PERSON_NOUNS = word_set(
    """official officials diplomat diplomats spokesman spokeswoman spokesperson minister ministers president chancellor
    premier leader leaders ambassador envoy aide aides lawmaker senator analyst historian officer king prince general
    secretary deputy chief executive"""
)
_ROLES = _BODY_NOUNS | _PERSON_NOUNS | {"foreign", "prime", "defence", "defense"}
#: Of one official another may differ; "the ministry" is one and the same.
_ANYBODY = _ROLES - {"ministry"}
_MANY = word_set("officials diplomats ministers leaders aides authorities lawmakers senators")
#: Whoever is called so speaks for no country, wherever the story is from.
_AGAINST = word_set(
    "separatist separatists rebel rebels insurgent opposition proclaimed breakaway exiled militant former"
)
#: Bodies and offices that name their country without naming it.
_BODIES = {"state department": "united states", "secretary of state": "united states", "duma": "russia"}
_DATELINE = re.compile(r"^([A-Z][A-Z .’'-]{2,40})(?:, [\w .’'-]{2,30})? (?:\([^)]*\) ?)?[—–-] ")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: the folded words that name him or her, and the keys of the countries that are spoken for."""

    words: frozenset[str]
    sides: frozenset[str]


@dataclass(frozen=True, slots=True)
class Heard:
    """How far a sentence is in the words that are asked for: 1 where it is, -1 where it is in those of another side,
    0 where that is not known; and, where a whole side is asked for, the folded words that name whoever speaks for it.
    """

    fit: float
    voice: frozenset[str] = frozenset()


def heard(subject: str, sentences: Sequence[NumberedSentence]) -> list[Heard]:
    """Whether each sentence is in the words of ``subject``: of a person, a body, or a country ("Russia")."""
    asked, head = Speaker(_telling(subject), frozenset(_countries(subject))), _head(subject)
    found = []
    for spoken in speakers(sentences):
        fit = _fit(asked, head, spoken)
        own = [one.words - _ANYBODY for one in spoken if one.sides & asked.sides] if fit > 0 and not head else []
        found.append(Heard(fit, frozenset(w for one in own for w in one if bundled().country(w) is None)))
    return found


def _fit(asked: Speaker, head: str, spoken: Sequence[Speaker]) -> float:
    apart = 0
    for one in spoken:
        if asked.sides and one.sides and not asked.sides & one.sides:
            apart += 1
        elif head in one.words if head else asked.sides & one.sides:
            return 1.0
    return -1.0 if apart and apart == len(spoken) else 0.0


def _head(subject: str) -> str:
    """The word that tells the one who is asked for: "peskov", "ministry"; "" where only a country is named."""
    named = words(re.split(r"\s(?:in|of|from|for|at|with)\s", subject)[0], keep_possessive=False)
    telling = [w for w in named if w in _telling(subject) and bundled().country(w) is None]
    return telling[-1] if telling and bundled().country(" ".join(named)) is None else ""


def speakers(sentences: Sequence[NumberedSentence]) -> Iterator[tuple[Speaker, ...]]:
    """The speakers of each sentence, in the order of their verbs; empty where nobody is seen to speak."""
    known = _affiliations(sentences)
    before: NumberedSentence | None = None
    scene = _Scene(known, frozenset())
    for sentence in sentences:
        if before is None or before.passage.article_id != sentence.passage.article_id:
            scene = _Scene(known, _home(sentence.text))
        elif sentence.span.start - before.span.end > 20:
            scene.forget()
        before = sentence
        yield scene.hear(sentence.text)


class _Scene:
    """Who has spoken so far in one article."""

    def __init__(self, known: dict[str, frozenset[str]], home: frozenset[str]) -> None:
        self._known = known
        self._home = home  # the country of its dateline
        self._roles: dict[str, Speaker] = {}
        self.forget()

    def forget(self) -> None:
        """Text is left out here: "he" may be somebody else."""
        self._last: Speaker | None = None
        self._person: Speaker | None = None
        self._body: Speaker | None = None

    def hear(self, text: str) -> tuple[Speaker, ...]:
        """The speakers of the next sentence."""
        for word in words(text)[:3]:
            if word in self._roles and word not in _BODY_NOUNS and text.startswith("The "):
                self._person = self._roles[word]  # "The diplomat laughed."
        found: list[Speaker] = []
        for phrase in subjects(text):
            speaker = self._speaker(phrase, text)
            if speaker is not None:
                self._remember(speaker)
                found.append(speaker)
        if not found and self._last is not None and not unquoted(text).strip(" \x01,.!?"):
            found = [self._last]  # a quotation that goes on
        return tuple(found)

    def _remember(self, speaker: Speaker) -> None:
        self._last = speaker
        self._roles.update((w, speaker) for w in speaker.words & _ROLES)
        body = speaker.words & _BODY_NOUNS and not speaker.words & _PERSON_NOUNS
        if body or all(bundled().country(w) for w in speaker.words):
            self._body = speaker
        else:
            self._person = speaker

    def _speaker(self, phrase: str, text: str) -> Speaker | None:
        listed = words(phrase, keep_possessive=False)
        if len(listed) == 1 and listed[0] in PRONOUNS:
            return self._stood_for(listed[0], text)
        telling = _telling(phrase)
        if not telling:
            return None
        sides = frozenset(_countries(phrase)).union(*(self._known.get(w, frozenset()) for w in telling))
        if not sides:
            earlier = next((self._roles[w] for w in reversed(listed) if w in self._roles), None)
            if earlier is not None and telling <= earlier.words | _ROLES:
                return Speaker(telling | earlier.words, earlier.sides)
            # "An official in the presidential administration" of a story from Kyiv is one of Ukraine's.
            official = telling & _ROLES and not telling & _AGAINST
            sides = self._home if official and not names(phrase) else sides
        return Speaker(telling, sides)

    def _stood_for(self, pronoun: str, text: str) -> Speaker | None:
        if pronoun == "it":
            return self._body
        if pronoun == "they":
            group = re.search(rf"(\w+ )?\b(?:{'|'.join(_MANY)})\b", unquoted(text))
            if group:
                return self._speaker(group[0], text)
            return self._last if self._last and self._last.words & _MANY else None
        return self._person or self._named(text)

    def _named(self, text: str) -> Speaker | None:
        """Whom "he" stands for where nobody has spoken before: the first person whom the sentence itself names."""
        people = [name for name in names(text) if name.country is None and name.words[-1] in self._known]
        return Speaker(frozenset(people[0].words), self._known[people[0].words[-1]]) if people else None


def _telling(phrase: str) -> frozenset[str]:
    return frozenset(w for w in content_words(phrase) if w not in {"mr", "mrs", "ms", "dr"} and not w[0].isdigit())


def _countries(phrase: str) -> Iterator[str]:
    listed = words(phrase, keep_possessive=False)
    # "us" is America only where it is written so.
    if "us" in listed and not re.search(r"\bU\.?S\b", phrase):
        listed = [w for w in listed if w != "us"]
    yield from (key for *_, key in bundled().countries(listed))
    joined = f" {' '.join(listed)} "
    yield from (key for body, key in _BODIES.items() if f" {body} " in joined)


def _home(text: str) -> frozenset[str]:
    dateline = _DATELINE.match(text)
    return frozenset(_countries(dateline[0])) if dateline else frozenset()


def _affiliations(sentences: Sequence[NumberedSentence]) -> dict[str, frozenset[str]]:
    """Surname -> countries that the passages say the person speaks for: "Russia's foreign minister, Sergei Lavrov"."""
    found: dict[str, set[str]] = {}
    people = [
        (sentence.text, name)
        for sentence in sentences
        for name in names(sentence.text)
        if name.country is None and not {w for w in name.words if bundled().country(w) is None} <= _ROLES | TITLES
    ]
    for _ in range(2):  # the second time for "Mr Putin's spokesman, Dmitry Peskov"
        for text, name in people:
            sides = {*_before(text[: name.start], found), *_behind(text[name.end :], found), *_countries(name.text)}
            if sides:
                found.setdefault(name.words[-1], set()).update(sides)
    return {surname: frozenset(sides) for surname, sides in found.items() if len(sides) == 1}


def _before(front: str, found: dict[str, set[str]]) -> Iterator[str]:
    """Countries in the title that stands directly before a name."""
    run: list[str] = []
    for word in reversed(WORD.findall(re.split(r"[;:.!?—–“”\"](?=\s|$)", front)[-1])[-7:]):
        folded = re.sub(r"[’']s$", "", fold(word)).replace(".", "")
        run.insert(0, word)
        if bundled().country(folded) or folded in found:
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
        for word in WORD.findall(apposition[1]):
            yield from _sides_of(word, found)


def _sides_of(word: str, found: dict[str, set[str]]) -> Iterator[str]:
    folded = re.sub(r"[’']s$", "", fold(word)).replace(".", "")
    key = bundled().country(folded)
    if key:
        yield key
    elif folded in found:
        yield from found[folded]
