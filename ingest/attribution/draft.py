"""An attribution in the making, as the rules pass it on."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.attribution.complements import Chars
from ingest.attribution.phrases import Range
from ingest.attribution.reading import Unit


@dataclass(slots=True)
class Draft:
    """An attribution in the making; ``rule`` names how it was found."""

    rule: str
    unit: Unit
    cue: Range
    speaker: Range | None
    contents: list[Chars] = field(default_factory=list)
    stance: bool = False
    lemma: str = ""
