"""Quotation marks -> quotations, paragraph by paragraph.

Straight, curly, low, angled and doubled single marks may be mixed within one text, and any of them may be missing.
Invariants: quotations do not overlap, lie within one paragraph each, include their marks and are in order; one that
goes on in the next paragraph has ``goes_on``. Time is linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DOUBLE = re.compile("[\"“”„‟«»＂]|'''|''|``|‘‘|’’")
_SINGLE_OPEN = re.compile(r"(?<!\w)[‘'’](?=[^\W\d])")
_SINGLE_CLOSE = re.compile(r"(?<=[^\s(])['’](?!\w)")
_OPENING = frozenset(["“", "„", "«", "``", "‘‘", "‟"])
_CLOSING = frozenset(["”", "»", "’’"])
_BEFORE_OPENING = frozenset(" \t\u00a0\n([{—–-/:…‘'")


@dataclass(slots=True)
class Quote:
    """``[start, end)``, marks included. ``goes_on``: not closed, and the next paragraph opens with a mark.
    ``continued``: goes on from the paragraph before.
    """

    start: int
    end: int
    goes_on: bool = False
    continued: bool = False


def quotes(text: str, paragraphs: list[tuple[int, int]]) -> list[Quote]:
    """The outermost quotations of ``text``, whose paragraphs are given in order."""
    found: list[Quote] = []
    for start, end in paragraphs:
        carried = bool(found) and found[-1].goes_on
        double = _double(text, start, end, carried)
        if carried and not (double and double[0].continued):
            found[-1].goes_on = False
        found.extend(_with_single(text, start, end, double))
    if found:
        found[-1].goes_on = False
    return found


def _opens(text: str, mark: re.Match[str], inside: bool) -> bool:
    """Whether a mark opens a quotation; the spaces around it tell, and the state where they do not."""
    if mark.group() in _OPENING:
        # “ typed where a quotation ends.
        closes = (
            inside and mark.end() < len(text) and text[mark.end()].isspace() and not text[mark.start() - 1].isspace()
        )
        return not closes
    before = text[mark.start() - 1] if mark.start() else "\n"
    after = text[mark.end()] if mark.end() < len(text) else "\n"
    left, right = before in _BEFORE_OPENING, after.isspace()
    if mark.group() in _CLOSING:
        # A closing mark that stands where only an opening one can, outside a quotation, was typed the wrong way round.
        return not inside and left and not right and before != ","
    if left and not right:
        return not inside or after.isalnum()
    if right and not left:
        return False
    return not inside


def _double(text: str, start: int, end: int, carried: bool) -> list[Quote]:
    found: list[Quote] = []
    opened, depth, closed = -1, 0, -1
    for mark in _DOUBLE.finditer(text, start, end):
        if _opens(text, mark, opened >= 0):
            if opened < 0:
                opened, depth, closed = mark.start(), 1, -1
            elif mark.group() in _OPENING:
                depth += 1
        elif opened >= 0:
            depth -= 1
            closed = mark.end()
            if depth == 0:
                found.append(Quote(opened, closed))
                opened = -1
        elif carried and not found:
            # Closed without having been opened here: the paragraph goes on with the quotation of the one before.
            found.append(Quote(start, mark.end(), continued=True))
    if opened >= 0:
        # Not closed: it may go on in the next paragraph; one that held another pair ends at the last mark.
        found.append(Quote(opened, closed if closed > 0 else end, goes_on=closed < 0))
    if carried and found and found[0].start == start:
        found[0].continued = True
    return found


def _with_single(text: str, start: int, end: int, double: list[Quote]) -> list[Quote]:
    """Add the quotations in single marks; one that holds double marks takes their place."""
    merged: list[Quote] = []
    at, inside = start, 0
    while opening := _SINGLE_OPEN.search(text, at, end):
        while inside < len(double) and double[inside].end <= opening.start():
            merged.append(double[inside])
            inside += 1
        if inside < len(double) and double[inside].start <= opening.start():
            at = double[inside].end
            continue
        closing = _single_close(text, opening, end, double, inside)
        if closing < 0:
            at = opening.end()
            continue
        merged.append(Quote(opening.start(), closing))
        while inside < len(double) and double[inside].start < closing:
            inside += 1
        at = closing
    merged.extend(double[inside:])
    return merged


def _single_close(text: str, opening: re.Match[str], end: int, double: list[Quote], inside: int) -> int:
    """Where a quotation in single marks ends, or -1: the first mark after punctuation, else the first at all."""
    first = -1
    limit = min(end, opening.start() + 600)
    skip = inside
    for mark in _SINGLE_CLOSE.finditer(text, opening.end() + 1, limit):
        while skip < len(double) and double[skip].end <= mark.start():
            skip += 1
        if skip < len(double) and double[skip].start <= mark.start():
            continue
        if text[mark.start() - 1] in '.,!?…”"':
            return mark.end()
        if first < 0:
            first = mark.end()
            if text[mark.start() - 1] != "s":
                return first
    return first
