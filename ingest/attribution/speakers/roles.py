"""What tells a person's name from an institution's."""

from __future__ import annotations

from functools import cache

from ingest.language.gazetteer import bundled
from ingest.language.roles import BODIES, SHARED, TITLES
from ingest.language.words import word_set

#: Whose side somebody is on or what somebody leads, before a name and no part of it.
_BEFORE_NAMES = word_set(
    """
    king's republican democratic democrat first u.s. u.s us democratic-controlled special majority minority leader
    house senate labour conservative kremlin white
    """
)

#: Words that no person's name holds.
NOT_PEOPLE = (
    BODIES
    | SHARED
    | word_set(
        """
        nations america russia europe republicans democrats republican democratic white day week black the security
        affairs war act bill associated americans russians street-based convention games
        """
    )
)

#: What an institution speaks through.
VESSELS = word_set("statement report release document letter article memo survey poll study filing announcement")


def is_title(word: str) -> bool:
    """Whether a word in lower case stands before names and is no part of them: "president", "Kenyan"."""
    return word in TITLES or word in _BEFORE_NAMES or word in _nationalities()


@cache
def _nationalities() -> frozenset[str]:
    return frozenset(people.casefold() for people in bundled().adjectives.values())
