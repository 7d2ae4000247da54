"""Names in a text, and whether another text names the same: people by surname, countries in any of their forms.

A name is a run of capitalised words. Titles ("Secretary of State") and the dates' own capitals are no part of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ingest.language.dates.grammar import CALENDAR_WORDS
from ingest.language.gazetteer import Gazetteer, bundled
from ingest.language.lexicon import is_speech
from ingest.language.roles import GENERIC, TITLES
from ingest.language.words import FUNCTION_WORDS, fold, stem, word_set, words

_DATES = CALENDAR_WORDS | {"gmt", "est", "edt", "bst", "utc"}
# Plain nouns that begin sentences as often as names do. Folded.
_COMMON = word_set(
    """police officials authorities government ministers experts analysts critics scientists researchers prosecutors
    lawmakers protesters residents people workers investigators doctors officers soldiers troops rebels separatists
    diplomats negotiators talks relations sanctions negotiations trade prices shares stocks inflation unemployment
    growth work fire rain snow water power health education climate research evidence news yes no both two three four
    five six seven eight nine ten hundreds thousands millions dozens today yesterday tomorrow earlier later meanwhile
    however instead according asked speaking despite following since last next early late nearly almost about only
    even many most several few some all none nobody everyone someone children women men students parents patients
    voters neither either sources reporters journalists article evidence passage archive sentence statement"""
)

_UPPER = r"[^\W\d_a-zß-ÿ]"
_CAPITAL = (
    rf"(?:(?:{_UPPER}\.)+(?!\w)|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Capt|Lt|Sgt|Sen|Rep|Gov|Rev|St)\."
    rf"|(?:(?:al|el|as|ad|ul)-)?{_UPPER}(?:[\w’'&-]*\w)?)"
)
_PARTICLE = r"(?:of|de|del|der|den|van|von|bin|ibn|al|el|la|le|di|da|for|and|the|&)"
_RUN = re.compile(rf"(?<![\w.@/-]){_CAPITAL}(?:(?:[ \u00a0]+{_PARTICLE})*[ \u00a0]+{_CAPITAL})*")
_CONNECTORS = word_set("of de del der den van von bin ibn al el la le di da for and the &")
_SENTENCE_START = re.compile(r"(?:^|[.!?:…][\"'”’»)]{0,9}\s{1,99}|[\n“\"‘«(\[•-]\s{0,99})$")
_PERSONAL = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One name: as written, its folded words without titles, the country it stands for, and where it begins."""

    text: str
    words: tuple[str, ...]
    country: str | None
    start: int
    titled: bool = False

    @property
    def end(self) -> int:
        """The code point behind the name."""
        return self.start + len(self.text)


def names(text: str, gazetteer: Gazetteer | None = None) -> list[Name]:
    """The names in a text, in order; none where nearly every word has a capital, as in a headline.

    Args:
        gazetteer: whose countries are known; the bundled one's where none is given.
    """
    return list(_found(text, gazetteer or bundled()))


# One question looks at the same sentences from many sides.
@lru_cache(maxsize=8192)
def _found(text: str, known: Gazetteer) -> tuple[Name, ...]:
    letters = [w for w in _PERSONAL.findall(text) if w.casefold() not in FUNCTION_WORDS]
    if len(letters) > 7 and "," not in text and all(w[0].isupper() for w in letters):
        return ()
    return tuple(_names(text, known))


def _names(text: str, known: Gazetteer) -> Iterator[Name]:
    for run in _RUN.finditer(text):
        for start, piece in _split(run[0], known):
            name = _name(text, run.start() + start, piece, known)
            if name is not None:
                yield name


#: What parts two names. White space is looked at from its beginning alone.
_GAP = re.compile(r"(?:['’]s?(?=\s)|(?<!\s)\s++(?:(?:and|for)(?:\s++the)?|the)(?=\s))\s++")


def _split(run: str, known: Gazetteer) -> Iterator[tuple[int, str]]:
    """Parts a run at "and", "the" and possessives: "Russia's Foreign Ministry" and "Kerry and Putin" are two names."""
    start = 0
    for gap in _GAP.finditer(run):
        yield from _before_title(start, run[start : gap.start()], known)
        start = gap.end()
    yield from _before_title(start, run[start:], known)


def _before_title(start: int, piece: str, known: Gazetteer) -> Iterator[tuple[int, str]]:
    """Parts a country from the title behind it: "U.S. Secretary of State John Kerry" names two."""
    tokens = list(re.finditer(r"\S+", piece))
    plain = [_plain(t[0]).replace(".", "") for t in tokens]
    for length in (2, 1):
        behind = plain[length:]
        rest = [w for w in behind if w not in TITLES and w not in _CONNECTORS]
        titled = behind and behind[0] in TITLES and not (rest and rest[0] in GENERIC)
        if titled and known.country(" ".join(plain[:length])):
            yield start, piece[: tokens[length - 1].end()]
            yield start + tokens[length].start(), piece[tokens[length].start() :]
            return
    yield start, piece


def _name(text: str, start: int, piece: str, known: Gazetteer) -> Name | None:
    initial = bool(_SENTENCE_START.search(text, max(0, start - 200), start))
    tokens = list(re.finditer(r"\S+", piece))
    while (
        tokens
        and _plain(tokens[0][0]) in FUNCTION_WORDS
        and (tokens[0][0] == "A" or not tokens[0][0].rstrip(".").isupper())
    ):
        tokens, initial = tokens[1:], False  # "In Sochi", "The Kremlin", "A New York man"
    while tokens and _plain(tokens[-1][0]) in _CONNECTORS | _DATES:
        tokens = tokens[:-1]
    while tokens and _plain(tokens[0][0]) in _DATES | _CONNECTORS:
        tokens, initial = tokens[1:], False
    if not tokens:
        return None
    begin, end = tokens[0].start(), tokens[-1].end()
    shown = re.sub(r"['’]s?$", "", piece[begin:end])
    shown = shown if re.search(r"\b[^\W\d_]\.$", shown) else shown.rstrip(".")
    folded = [w for w in words(shown) if w not in _CONNECTORS]
    untitled = next((folded[i:] for i, w in enumerate(folded) if w not in TITLES), [])
    kept = folded if all(w in GENERIC for w in untitled) else untitled
    if (
        not kept
        or all(w in TITLES or len(w) == 1 for w in kept)
        or (initial and len(folded) == 1 and not _is_name(folded[0], text[start + begin :], known))
    ):
        return None
    titled = len(kept) < len(folded) and folded[0] in TITLES
    key = known.country(" ".join(kept))
    return Name(text=shown, words=tuple(kept), country=key, start=start + begin, titled=titled)


def _plain(token: str) -> str:
    return fold(token).strip(".'’")


def _is_name(word: str, rest: str, known: Gazetteer) -> bool:
    """Whether the single word that begins a sentence is a name and not just capitalised for its place."""
    following = words(rest)[1:2]
    if known.country(word):
        return True
    if word in _COMMON or word in FUNCTION_WORDS or re.search(r"(?:s|ing|ed|ly|tion|ment|ness)$", word):
        return re.match(r"[A-Z]{2,}\b|\S+['’]s\s", rest) is not None and word not in _COMMON | FUNCTION_WORDS
    if re.match(r"[A-Z][\w.]*[A-Z]|\S+['’]s\s", rest):
        return True  # an acronym, or a possessor
    auxiliary = {"is", "was", "has", "had", "will", "would", "did", "does", "also", "and", "met"}
    return bool(following) and (is_speech(following[0]) or following[0] in auxiliary)


class Named:
    """What a text names, prepared for many look-ups. Case does not matter: some archives have none.

    Args:
        text: any text, of a sentence or of a passage.
        gazetteer: whose countries are known; the bundled one's where none is given.
    """

    def __init__(self, text: str, gazetteer: Gazetteer | None = None) -> None:
        self._gazetteer = gazetteer or bundled()
        listed = words(text, keep_possessive=False)
        self._words = set(listed) | {stem(w) for w in listed}
        self._joined = f" {' '.join(listed)} "
        self._countries = self._gazetteer.country_keys(listed)
        self._acronyms = {w for w in listed if 2 <= len(w) <= 6} | set(_initials(text))

    def has(self, name: Name) -> bool:
        """Whether the text names the same: all its words, its surname, its initials, or the same country."""
        if name.country is not None:
            return name.country in self._countries
        telling = [w for w in name.words if w not in GENERIC]
        if not telling:
            return f" {' '.join(name.words)} " in self._joined or self._has_initials(name)
        found = [w for w in telling if self._has_word(w)]
        if found and found[-1] == telling[-1] and 2 * len(found) >= len(telling):
            return True
        return self._has_initials(name)

    def _has_word(self, word: str) -> bool:
        key = self._gazetteer.country(word)
        return word in self._words or stem(word) in self._words or (key is not None and key in self._countries)

    def _has_initials(self, name: Name) -> bool:
        initials = "".join(w[0] for w in name.words)
        short = len(name.words) == 1 and name.text.replace(".", "").isupper() and name.words[0] in self._acronyms
        return short or (len(initials) >= 2 and f" {initials} " in self._joined)


def _initials(text: str) -> Iterator[str]:
    """The initials of each capitalised run: "International Monetary Fund" gives "imf"."""
    for run in _RUN.finditer(text):
        capitals = [w for w in words(run[0]) if w not in _CONNECTORS]
        for first in range(len(capitals) - 1):
            for last in range(first + 2, min(len(capitals), first + 6) + 1):
                yield "".join(w[0] for w in capitals[first:last])
