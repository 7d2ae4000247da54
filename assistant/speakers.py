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
    recalled remarked asserted contended maintained maintains wrote holds urged urges acknowledged conceded spoke speaks
    declares answered"""
)
_TRANSPARENT = word_set(
    """also later then again still only first once more already now never even simply briefly afterwards afterward
    repeatedly publicly had has have would will could may might did does do"""
)
_PASSIVE = word_set("is are was were be been being am get gets got")
_PRONOUNS = word_set("he she it they i we")
_RELATIVE = word_set("who which that")
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
_MANY = word_set("officials diplomats ministers leaders aides authorities lawmakers senators")
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


def speaker_fit(subject: str, sentences: Sequence[NumberedSentence]) -> list[float]:
    """How far each sentence is in the words of ``subject`` ("Russia", "Peskov"): 1 where it is, -1 where it is in the
    words of another country than the one that is asked for, 0 where that is not known.
    """
    asked, head = Speaker(_telling(subject), frozenset(_countries(subject))), _head(subject)
    return [_fit(asked, head, spoken) for spoken in speakers(sentences)]


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
    telling = [w for w in named if w in _telling(subject) and country(w) is None]
    return telling[-1] if telling and country(" ".join(named)) is None else ""


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
        for phrase in _subjects(text):
            speaker = self._speaker(phrase, text)
            if speaker is not None:
                self._remember(speaker)
                found.append(speaker)
        if not found and self._last is not None and not _unquoted(text).strip(" \x01,.!?"):
            found = [self._last]  # a quotation that goes on
        return tuple(found)

    def _remember(self, speaker: Speaker) -> None:
        self._last = speaker
        self._roles.update((w, speaker) for w in speaker.words & _ROLES)
        body = speaker.words & _BODY_NOUNS and not speaker.words & _PERSON_NOUNS
        if body or all(country(w) for w in speaker.words):
            self._body = speaker
        else:
            self._person = speaker

    def _speaker(self, phrase: str, text: str) -> Speaker | None:
        listed = words(phrase, keep_possessive=False)
        if listed and listed[-1] in _PRONOUNS:
            return self._stood_for(listed[-1], text)
        telling = _telling(phrase)
        if not telling:
            return None
        sides = frozenset(_countries(phrase)).union(*(self._known.get(w, frozenset()) for w in telling))
        if not sides:
            earlier = next((self._roles[w] for w in reversed(listed) if w in self._roles), None)
            if earlier is not None and telling <= earlier.words | _ROLES:
                return Speaker(telling | earlier.words, earlier.sides)
            # "An official in the presidential administration" of a story from Kyiv is one of Ukraine's.
            sides = self._home if telling & _ROLES and not names(phrase) else sides
        return Speaker(telling, sides)

    def _stood_for(self, pronoun: str, text: str) -> Speaker | None:
        if pronoun == "it":
            return self._body
        if pronoun == "they":
            group = re.search(rf"(\w+ )?\b(?:{'|'.join(_MANY)})\b", _unquoted(text))
            if group:
                return self._speaker(group[0], text)
            return self._last if self._last and self._last.words & _MANY else None
        return self._person or self._named(text)

    def _named(self, text: str) -> Speaker | None:
        """Whom "he" stands for where nobody has spoken before: the first person whom the sentence itself names."""
        people = [name for name in names(text) if name.country is None and name.words[-1] in self._known]
        return Speaker(frozenset(people[0].words), self._known[people[0].words[-1]]) if people else None


def _subjects(text: str) -> Iterator[str]:
    """The phrase that names the speaker at each verb of speech outside of quotation marks."""
    plain = _unquoted(text)
    tokens = list(_WORD.finditer(plain))
    for i, token in enumerate(tokens):
        word, front, behind = fold(token[0]), plain[: token.start()], plain[token.end() :]
        if word == "according" and behind.startswith(" to "):
            yield _opening(_BEHIND.split(behind[4:], maxsplit=1)[0])
        elif word in _VERBS and token[0][0].islower():
            preceding = fold(tokens[i - 1][0]) if i else ""
            if preceding in _PASSIVE | {"to"} or (word == "told" and re.match(r"\s+(?:of|by)\b", behind)):
                continue  # "was told", "declined to say"
            yield _opening(_inverted(word, front, behind) or _in_front(front))


def _inverted(verb: str, front: str, behind: str) -> str | None:
    """``said Dag Ferreira`` behind what he said."""
    quoted = front.rstrip(" ,").endswith("\x01")
    following = re.match(r"\s+(?:[A-Z]\w|(?:an?|the|one|another)\s\w)" if quoted else r"\s+[A-Z]\w", behind)
    if following is None or not (quoted or (verb == "said" and front.rstrip().endswith(","))):
        return None
    return _BEHIND.split(behind, maxsplit=1)[0]


def _in_front(front: str) -> str:
    """The subject of a verb: the words before it, over a relative pronoun and over what is put in between commas."""
    pieces = [_last_clause(piece) for piece in _BOUNDARY.split(front.replace("\x01", ";"))]
    last = pieces.pop()
    spoken = words(last)
    if spoken and spoken[-1] in _PRONOUNS:
        return spoken[-1]
    if _plain(last):
        return last
    inserted = pieces.pop() if len(pieces) > 1 else ""
    while pieces and not _plain(pieces[-1]):
        pieces.pop()
    subject = pieces[-1] if pieces else ""
    # "Dmitry Peskov, the president's spokesman, told": both name him. "Lavrov, standing beside him, said": one does.
    apposed = re.match(r"\s*(?:(?:the|an?|his|her|Mr|Ms|\w+[’']s)\s|[A-Z])", inserted)
    if not subject:
        return inserted
    return f"{_opening(subject)} {inserted}" if apposed else subject


def _plain(piece: str) -> bool:
    """Whether a piece holds a subject, and not only adverbs, auxiliaries or a relative pronoun."""
    return any(w not in _TRANSPARENT | _RELATIVE for w in words(piece))


def _last_clause(piece: str) -> str:
    """What stands behind the last conjunction of a long piece."""
    if len(piece.split()) <= 8:
        return re.split(r"\b(?:while|that|because|when|whom|whether)\b", piece)[-1]
    parts = re.split(r"\b(?:and|but|while|that|because|when|whom|whether)\b", piece)
    return parts[-1] if _plain(parts[-1]) else parts[0]


def _opening(phrase: str) -> str:
    """The head of a subject stands at its beginning; what follows ("travelling with Mr Kerry") names others."""
    listed = re.sub(r"^\s*[A-Z .’'-]{3,40} [—–-] ", "", phrase).split()
    return " ".join(listed[:6])


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
