"""What an article calls its speakers: "Kremlin spokesman" of "Kremlin spokesman Dmitry Peskov", "Russia's foreign
minister" of "Sergei Lavrov, Russia's foreign minister, said".

Invariants: every description stands in the text as it is given, and holds a word for an office or a trade; time is
linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.attribution.speakers.roles import is_title
from ingest.language.roles import BODIES, ROLES

_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:[-'’&.][^\W_]+)*['’]?|[^\w\s]|\n")
_AROUND = 90  # characters looked at before a name and behind
_LONGEST = 9  # words of a description
_CONNECTORS = frozenset(["of", "the", "for", "to", "at", "with", "'s", "former", "acting", "deputy", "senior", "top"])
_SHORT = frozenset(["ceo", "cfo", "coo"])
_AGENTS = ("spokes", "minister", "president", "director", "executive", "official", "secretary", "ambassador", "envoy")


def descriptions(text: str, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What the article calls each of ``names``, in the order of the text and each wording once.

    Args:
        names: people's names as :func:`ingest.attribution.attributions` gives them.
    """
    wanted = _spelled(names)
    if not wanted:
        return {}
    found: dict[str, dict[str, None]] = {}
    for start, end in _mentions(text, wanted):
        for words in (*_before(text, start), *_behind(text, end)):
            found.setdefault(wanted[text[start:end]], {})[words] = None
    return {name: tuple(words) for name, words in found.items()}


def _mentions(text: str, wanted: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where one of ``wanted`` stands as a word or words of its own, the longest where several begin."""
    places = []
    for name in wanted:
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            if not (at and _is_word(text[at - 1])) and not (end < len(text) and _is_word(text[end])):
                places.append((at, -end))
            at = text.find(name, at + 1)
    reached = 0
    for start, negative in sorted(places):
        if start >= reached:
            yield start, -negative
            reached = -negative


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _spelled(names: Iterable[str]) -> dict[str, str]:
    """What to look for -> whose it is: each name, and the surnames that only one of them has."""
    whole = {name: name for name in names if name[:1].isupper() and len(name) < _AROUND}
    surnames: dict[str, set[str]] = {}
    for name in whole:
        surnames.setdefault(name.split()[-1], set()).add(name)
    alone = {last: holders.pop() for last, holders in surnames.items() if len(holders) == 1 and last[:1].isupper()}
    return alone | whole


def _is_role(word: str) -> bool:
    plain = word.casefold().rstrip(".")
    return plain in ROLES or is_title(plain) or plain in _SHORT or any(agent in plain for agent in _AGENTS)


def _before(text: str, end: int) -> Iterator[str]:
    """The title that stands before a name; a comma may part them: "Russia's foreign minister, Sergei Lavrov"."""
    start = max(0, end - _AROUND)
    if not _is_called(text[start:end]):
        return
    tokens = [(m.start() + start, m[0]) for m in _TOKEN.finditer(text[start:end])]
    if start and tokens:
        tokens = tokens[1:]  # perhaps the rest of a word
    first = len(tokens)
    stop = first - 1 if tokens and tokens[-1][1] == "," else first
    if stop < first and (stop == 0 or not _is_role(tokens[stop - 1][1])):
        return
    first = stop
    while first > 0 and stop - first < _LONGEST and _belongs(tokens[first - 1][1]):
        first -= 1
    while first < stop and tokens[first][1] in _CONNECTORS - {"former", "acting"}:
        first += 1
    if first < stop and any(_is_role(word) or word.casefold() in BODIES for _, word in tokens[first:stop]):
        yield text[tokens[first][0] : tokens[stop - 1][0] + len(tokens[stop - 1][1])]


def _is_called(front: str) -> bool:
    """Whether the word before a name may be of its title, or is a comma: of most names it is neither."""
    words = front.rsplit(None, 1)
    tokens = _TOKEN.findall(words[-1]) if words else []
    return bool(tokens) and (tokens[-1] == "," or _belongs(tokens[-1]))


def _belongs(word: str) -> bool:
    return word[0].isupper() or word.casefold() in BODIES or word in _CONNECTORS or _is_role(word)


def _behind(text: str, start: int) -> Iterator[str]:
    """What is put behind a name between commas: ", a spokesman for the Kremlin,"."""
    apposition = re.match(r",\s([^,.;:()“”\"\n]{4,80})(?=[,.;\n]|\s(?:who|said|told)\b)", text[start : start + _AROUND])
    words = apposition[1].split() if apposition else []
    roles = [at for at, word in enumerate(words) if _is_role(word)]
    if not apposition or not roles or not 1 < len(words) <= _LONGEST:
        return
    # "…, Russian President Vladimir Putin, …" is somebody else.
    if roles[-1] + 1 == len(words) or not words[roles[-1] + 1][0].isupper():
        yield apposition[1]
