"""The shown text of an answer -> its statements, each with the display numbers that it cites.

Invariant: every display mark belongs to exactly one statement, unless the text has no statement at all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.chunk import sentences

_MARK = re.compile(r"[^\S\n]*\[([0-9]{1,9})\]")
_BULLET = re.compile(r"\s*(?:(?:[-*•‣◦–—+]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+|>\s*)+")
_HEADING = re.compile(r"\s*(?:#{1,6}\s.*|\*\*[^*]+\*\*:?|__[^_]+__:?|[-=_*|: ]*)\s*")
_TERMINAL = re.compile(r"[.!?…][\"'”’»)\]*_]*$")
# A sentence that ends here goes on: a title, an initial, or a country's abbreviation before a capital.
_UNFINISHED = re.compile(
    r"(?:^|[\s(“\"])(?:U\.S|U\.K|U\.N|E\.U|[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Sen|Rep|Gov|St|No|vs|Inc|Jr|Sr)\.$"
)


@dataclass(slots=True)
class _Part:
    text: str
    line: int
    marks: list[int] = field(default_factory=list)
    heading: bool = False
    bullet: bool = False


def statements(text: str, count: int) -> list[tuple[str, tuple[int, ...]]]:
    """Split an answer into its statements: sentences, list items and lines, without their marks.

    A mark belongs to the sentence that it stands in or directly behind, also after the full stop; at the beginning of
    a line to the sentence that follows it. A heading, and a lead-in that ends with a colon, is no statement of its
    own where it has no mark and something follows.

    Args:
        text: the answer with display marks ``[n]``.
        count: how many display numbers were given; ``[n]`` beyond it is prose.

    Returns:
        statement and display numbers, in order, each number once a statement.
    """
    parts: list[_Part] = []
    stray: list[int] = []  # marks before the first statement
    for index, line in enumerate(text.split("\n")):
        plain, marks = _without_marks(line, count)
        on_line = list(_parts_of_line(plain, index, {position for position, _ in marks}))
        starts = [start for start, _ in on_line]
        # "[1] One. [2] Two.": where a line begins with a mark and ends without one, marks stand before their sentence.
        leading = bool(marks and on_line) and marks[0][0] <= starts[0] and marks[-1][0] < len(plain.rstrip())
        for position, number in marks:
            at = bisect_left(starts, position) - 1
            if on_line:
                at += leading and at + 1 < len(starts) and not plain[position : starts[at + 1]].strip()
                on_line[max(at, 0)][1].marks.append(number)
            elif parts:
                parts[-1].marks.append(number)  # a line of marks alone
            else:
                stray.append(number)
        parts += [part for _, part in on_line]
    kept = [part for i, part in enumerate(parts) if not _leads_in(part, parts[i + 1 :])] or parts
    if kept and stray:
        kept[0].marks[:0] = stray
    return [(part.text, tuple(dict.fromkeys(part.marks))) for part in kept]


def _without_marks(line: str, count: int) -> tuple[str, list[tuple[int, int]]]:
    """The line without its marks, and (position in what is left, number) of each."""
    plain, marks, last = "", [], 0
    for mark in _MARK.finditer(line):
        number = int(mark[1])
        if 1 <= number <= count:
            plain += line[last : mark.start()]
            marks.append((len(plain), number))
            last = mark.end()
    return plain + line[last:], marks


def _parts_of_line(line: str, index: int, marked: set[int]) -> Iterator[tuple[int, _Part]]:
    """(start, part) of each sentence of one line; ``marked`` are the positions of its marks."""
    bullet = _BULLET.match(line)
    offset = bullet.end() if bullet else 0
    heading = bool(_HEADING.fullmatch(line))
    ends = {end for position in marked if (end := _end_at(line, position)) is not None}
    for start, sentence in _cut(list(_joined(line[offset:])), {end - offset for end in ends}):
        words = " ".join(sentence.split())
        if any(c.isalnum() for c in words):
            yield offset + start, _Part(text=words, line=index, heading=heading, bullet=bool(bullet))


def _joined(line: str) -> Iterator[tuple[int, str]]:
    """(start, sentence) of a line; pieces that a splitter took for sentences are joined again."""
    start: int | None = None
    end = 0
    for span in sentences(line):
        if start is not None and not _UNFINISHED.search(line[start:end]) and not line[span.start].islower():
            yield start, line[start:end]
            start = None
        start = span.start if start is None else start
        end = span.end
    if start is not None:
        yield start, line[start:end]


def _end_at(line: str, position: int) -> int | None:
    """Where a sentence ends at a mark: before it (``word. [1]``) or with the stop behind it (``word [1].``)."""
    end = position + 1 if line[position : position + 1] in {".", "!", "?"} else position
    ended = _TERMINAL.search(line[:end]) and not _UNFINISHED.search(line[:end])
    return end if ended and line[end : end + 1].isspace() else None


def _cut(pieces: list[tuple[int, str]], ends: set[int]) -> Iterator[tuple[int, str]]:
    """The pieces, cut where a mark shows that a sentence ends."""
    for start, sentence in pieces:
        cuts = sorted(end - start for end in ends if start < end < start + len(sentence))
        for first, last in pairwise([0, *cuts, len(sentence)]):
            words = sentence[first:last]
            yield start + first + len(words) - len(words.lstrip()), words.strip()


def _leads_in(part: _Part, following: list[_Part]) -> bool:
    """Whether a part only announces what follows it."""
    if part.marks:
        return False
    if part.heading:
        return True
    if not following:
        return False
    if part.text.rstrip("*_").endswith(":"):
        return True
    alone = following[0].line != part.line
    return alone and not part.bullet and len(part.text.split()) <= 6 and not _TERMINAL.search(part.text)
