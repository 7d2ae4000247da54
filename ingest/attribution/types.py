"""What an attribution is: who said what, as spans of one article's text.

Invariant: every span is a half-open range of code points of ``Article.text``; ``contents`` is never empty, in the
order of the text and without overlap.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingest.article import Span


class Kind(StrEnum):
    """How the words of a source are given."""

    #: Every word of the content stands in quotation marks.
    DIRECT = "direct"
    #: The article's own words for what was said.
    INDIRECT = "indirect"
    #: Part of the content stands in quotation marks.
    MIXED = "mixed"
    #: An attitude or act of speech without words: wants, hopes, criticised, called for.
    STANCE = "stance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One claim, or attitude, and whose it is.

    Attributes:
        speaker: the words that stand for the source, or None where the article names none ("reportedly").
        cue: the words that make it an attribution: "said", "according to", "the claim that".
        contents: what was said; more than one span where the cue or the article interrupts it.
        kind: quoted, paraphrased, both, or an attitude.
        confidence: 0 to 1; about the chance that a person marks the same content.
        name: the fullest name of the speaker that the article's text allows ("he" -> "Dmitry Peskov"), else the
            speaker's words as they stand; "" without a speaker.
    """

    speaker: Span | None
    cue: Span
    contents: tuple[Span, ...]
    kind: Kind
    confidence: float
    name: str

    @property
    def content(self) -> Span:
        """From the first word of the content to the last, interruptions included."""
        return Span(self.contents[0].start, self.contents[-1].end)
