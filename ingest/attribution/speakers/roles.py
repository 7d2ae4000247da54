"""Titles, offices and institutions: what tells a person from an institution."""

from __future__ import annotations

from functools import cache

from ingest.attribution.lexicon import words
from ingest.language.gazetteer import bundled

_TITLES = words(
    """
    mr mrs ms dr sir lady lord miss president vice secretary state prime minister chancellor senator sen rep
    representative congressman congresswoman gov governor mayor judge justice chief general gen colonel col lt
    sgt captain capt admiral adm king queen prince princess pope rev reverend professor prof ambassador attorney
    speaker chairman chairwoman spokesman spokeswoman director former deputy foreign defense defence finance
    interior treasury republican democratic democrat commissioner officer detective inspector coach king's
    premier first u.s. u.s us democratic-controlled acting special majority minority leader
    house senate labour conservative kremlin white
    """
)

#: Offices that a definite description can stand for: "the spokesman".
ROLES = words(
    """
    spokesman spokeswoman spokesperson president minister secretary chancellor senator governor mayor judge
    director chairman chairwoman chair ambassador commissioner professor lawyer attorney candidate nominee
    leader chief economist analyst historian author diplomat official coach captain manager owner founder
    executive scientist doctor researcher billionaire congressman congresswoman representative prosecutor
    sheriff pilot engineer farmer student adviser advisor strategist activist journalist reporter editor premier
    king queen prince runner winner champion harbourmaster fisherman inspector investigator
    """
)

#: Head nouns of institutions.
INSTITUTIONS = words(
    """
    ministry department office agency commission committee council bank party court university house company
    police union institute board association service bureau fund corporation corp inc group center centre
    foundation campaign government parliament congress senate army navy kremlin pentagon administration
    organization organisation federation league club newspaper network times post journal magazine embassy
    authority assembly cabinet treasury reserve society coalition alliance school college hospital firm
    delegation exchange agencies unions councils
    """
)

#: Words that no person's name holds.
NOT_PEOPLE = INSTITUTIONS | words(
    """
    states state united nations america russia europe street news national international republicans democrats
    republican democratic white house day week city county sea black north south east west new the islamic
    security affairs department world war act bill trade press associated americans russians street-based
    convention district river island islands mountain valley lake bay port harbour road bridge airport hall cup
    games
    """
)

#: What an institution speaks through.
VESSELS = words(
    """
    statement report release document letter article memo survey poll study filing announcement
    """
)


def is_title(word: str) -> bool:
    """Whether a word in lower case stands before names and is no part of them: "president", "Kenyan"."""
    return word in _TITLES or word in _nationalities()


@cache
def _nationalities() -> frozenset[str]:
    return frozenset(people.casefold() for people in bundled().adjectives.values())
