"""Words in quotation marks, and whether they stand verbatim in a text.

Verbatim means: the same words in the same order. Case, the kind of quotation mark, apostrophe and dash, and
punctuation may differ; an ellipsis stands for words left out, and square brackets for words put in by the writer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.language.words import FUNCTION_WORDS, words

_PAIRS = (
    re.compile(r"[“„‟]([^“”„]+)(?:”|“|$)"),
    re.compile(r"[«]([^«»]+)(?:»|$)"),
    re.compile(r"[»]([^«»]+)(?:«)"),
    re.compile(r"(?<!\d)\"([^\"]+)(?:\"|$)"),  # not the inches of 6' 2"
    re.compile(r"(?<!\w)[‘‚]((?:[^‘’]|’(?=\w))+)’(?!\w)"),
    # A straight apostrophe opens only before a word and closes only behind one: "the '90s" and "workers'" do neither.
    re.compile(r"(?<![\w'])'(?!\d0s|\s)((?:[^'\n]|'(?=\w))+?)(?<=[\w.,!?…])'(?!\w)"),
)
_DOUBLED = re.compile(r"``|''|‘‘|’’")
_ALTERED_LETTER = re.compile(r"\[(\w)\](?=\w)")
_GAP = re.compile(r"\[[^\]]{0,300}\]|\.\s?\.\s?\.(?:\s?\.)?|…|⋯")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch: its words as written, and the pieces between ellipses and brackets, as folded words."""

    text: str
    pieces: tuple[tuple[str, ...], ...]

    @property
    def is_phrase(self) -> bool:
        """Whether it has two words or more; a single word may be a title or a term."""
        return sum(len(piece) for piece in self.pieces) > 1


_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")


def quotations(text: str) -> list[Quotation]:
    """The quoted stretches of a text that claim to be someone's words: two words or more, or one telling word."""
    found: list[tuple[int, int, str]] = []
    plain = _DOUBLED.sub('"', text)
    for pattern in _PAIRS:
        for match in pattern.finditer(plain):
            # A quotation within a quotation is part of the outer one's words.
            if not any(start <= match.start() and match.end() <= end for start, end, _ in found):
                found.append((match.start(), match.end(), match[1]))
    return [quotation for _, _, inner in sorted(found) for quotation in _quotation(inner)]


def _quotation(inner: str) -> Iterator[Quotation]:
    pieces = tuple(tuple(words(piece)) for piece in _GAP.split(_ALTERED_LETTER.sub(r"\1", inner)))
    pieces = tuple(piece for piece in pieces if piece)
    flat = [word for piece in pieces for word in piece]
    if len(flat) > 1 or (flat and len(flat[0]) >= 4 and flat[0] not in FUNCTION_WORDS):
        yield Quotation(text=" ".join(inner.split()), pieces=pieces)


def stands_in(quotation: Quotation, text: str) -> bool:
    """Whether the quotation's words stand verbatim, and its pieces in order, in ``text``."""
    haystack, at = f" {' '.join(words(text))} ", 0
    for piece in quotation.pieces:
        found = haystack.find(f" {' '.join(piece)} ", at)
        if found < 0:
            return False
        at = found + len(" ".join(piece)) + 1
    return True


def without_quotations(text: str) -> str:
    """The text without its quoted stretches of two words or more."""
    plain = _DOUBLED.sub('"', text)
    for pattern in _PAIRS:
        plain = pattern.sub(lambda m: " " if len(words(m[1])) > 1 else m[0], plain)
    return plain


def unquoted(text: str) -> str:
    """The text, each quotation of it replaced by one control character."""
    first = re.search(r"[“”]", text)
    if first and first[0] == "”":
        text = f"“{text}"  # it began in the sentence before
    return _QUOTED.sub("\x01", text)
