"""A speaker's name, as one article has it -> who that can be: a person, a body, a description, or nobody in particular.

Pure: by the words alone and the file of institutions, one name at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingest.language.gazetteer import Gazetteer, Standing
from ingest.language.words import fold, tokenise

#: What stands where a name should and names nobody.
_NOBODY = frozenset(
    """i me we us you he she it they him them this that these those who which what when where there here one some many
    most all others other another someone everyone anyone somebody everybody anybody nobody none few several each both
    more the a an as if however but and or so then also yes no not why how now story related read watch click signed
    winner fact check via photo photos image video advertisement update updated q""".split()  # noqa: SIM905
)
_MINISTRY = frozenset(["ministry", "affairs", "defence", "defense", "finance", "interior", "health", "justice", "bank"])
_LONGEST = 80  # characters of a name
_HEADING = 6  # letters of a word in capitals that is no acronym


class Group(StrEnum):
    """What a name is the name of."""

    PERSON = "person"  # or whatever else has a name of two words and more
    SURNAME = "surname"  # one word: a surname, a company
    BODY = "body"  # a country or one of its bodies
    DESCRIBED = "described"  # "State Department official"
    ANYBODY = "anybody"  # "officials", "police": not the same from one article to the next
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class NameReading:
    """What a name comes to: the name without what stands before it, and what it stands for by itself."""

    group: Group
    name: str
    standing: Standing


_NONE = Standing()


def read_name(gazetteer: Gazetteer, name: str, common: frozenset[str]) -> NameReading:
    """Read one name.

    Args:
        common: folded words that also occur without a capital as speakers: "Officials" is no name.
    """
    folded = fold(name)
    words = name.split()
    if not words or folded in _NOBODY or len(name) > _LONGEST or not any(c.isalpha() for c in name):
        return NameReading(Group.NOBODY, name, _NONE)
    if body := gazetteer.body(name):
        return NameReading(Group.BODY, body[0], Standing(sides=body))
    described, rest = gazetteer.split(name)
    if described and not gazetteer.is_common(rest):
        group = Group.PERSON if " " in rest else Group.SURNAME
        return NameReading(group, rest, gazetteer.standing(described))
    standing = gazetteer.standing(name)
    if standing.sides:
        # "Russia's Ministry of Foreign Affairs" is the Russian Foreign Ministry, "the US State Department" the one.
        whole = len(standing.sides) > 1 and (not standing.offices or _is_ministry(words[-1]))
        return NameReading(Group.BODY if whole else Group.DESCRIBED, standing.sides[0] if whole else name, standing)
    if not _is_name(words) or folded in common or gazetteer.is_common(name):
        return NameReading(Group.ANYBODY, name, standing)
    if len(words) == 1:
        return NameReading(Group.SURNAME, name, standing)
    return NameReading(Group.PERSON, name, standing)


def _is_ministry(word: str) -> bool:
    return fold(word) in (
        "ministry",
        "affairs",
        "defence",
        "defense",
        "finance",
        "interior",
        "health",
        "justice",
        "bank",
    )


def _is_name(words: list[str]) -> bool:
    capital = [word for word in words if word[0].isupper() or word[0].isdigit()]
    small = [word for word in words if word not in capital]
    if words[0] not in capital or len(words[0]) < 2 or "and" in words:
        return False
    if len(words) == 1 and words[0].isupper() and sum(c.isalpha() for c in words[0]) >= _HEADING:
        return False
    return all(len(word) <= 3 or word[0] in "'’\"“" for word in small) and words[-1] in capital


def last_word(name: str) -> str:
    """The folded last word of a name, by which a surname joins it."""
    tokens = tokenise(name)
    return tokens[-1].word if tokens else ""
