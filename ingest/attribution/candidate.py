"""An attribution in the making, as the rules pass it on."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.attribution.contents.complements import Chars
from ingest.attribution.speakers.phrases import Range
from ingest.attribution.tokens import Unit

#: A few facts that are looked at together; ``evidence.names`` spells them out. Drafts share them, so sums are kept.
Facts = tuple[str | int | bool | tuple[str, ...], ...]

#: Rules whose content is a phrase rather than a clause.
NARROW = frozenset(["object", "preposition", "infinitive"])


@dataclass(slots=True)
class Draft:
    """An attribution in the making; ``rule`` names how it was found.

    ``traits`` are what the rule saw of the cue: "negated", "modal", … Its last content may be yet to be settled: it
    begins at token ``begin`` and ends, wherever it does, at token ``limit`` or before it. ``probability`` is that a
    person would mark it, and ``sure`` that its end is right enough, given that.
    """

    rule: str
    unit: Unit
    cue: Range
    speaker: Range | None
    contents: list[Chars] = field(default_factory=list)
    stance: bool = False
    lemma: str = ""
    traits: tuple[str, ...] = ()
    begin: int = -1
    limit: int = -1
    probability: float = 0.0
    sure: float = 1.0
