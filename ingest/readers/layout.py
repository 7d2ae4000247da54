"""Blocks -> text, and lines -> paragraphs, which undoes the line breaks that a fixed width put into running text.

A line break left in the middle of a sentence would end the sentence for everything that follows. A break is taken
for one of the width's when the next line's first word would not have fitted on the line before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.article import SentenceKind
from ingest.language.compounds import is_divided

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_LIST_ITEM = re.compile(r"(?:[-*•‣◦–—·]|\d{1,3}[.)]|\(?[a-z]\))\s")
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")

#: Widths that texts are wrapped at. A shorter limit would join the lines of lists and verse.
_NARROWEST, _WIDEST = 40, 120


@dataclass(frozen=True, slots=True)
class Block:
    """One block of text. ``level`` is a heading's, else 0; ``tight`` blocks, the items of a list or the rows of a
    table, follow one another without a blank line; ``kind`` is what the format says that it is, None where nothing.
    """

    text: str
    level: int = 0
    tight: bool = False
    kind: SentenceKind | None = None


def layout(blocks: Iterable[Block]) -> tuple[tuple[str, SentenceKind], ...]:
    """The blocks that the format says to be no running text, with what they are, in their order."""
    found = ((block.text, block.kind or (SentenceKind.SUBHEAD if block.level else None)) for block in blocks)
    return tuple((text, kind) for text, kind in found if kind is not None)


def together(blocks: Iterable[Block]) -> str:
    """The blocks as one text, divided by blank lines."""
    parts: list[str] = []
    before: Block | None = None
    for block in blocks:
        if before is not None:
            parts.append("\n" if before.tight and block.tight else "\n\n")
        parts.append(block.text)
        before = block
    return "".join(parts)


def unwrap(text: str) -> str:
    """Join the lines of each paragraph where ``text`` is wrapped at a fixed width; any other text stays as it is."""
    blocks = [block.split("\n") for block in _BLANK.split(text)]
    width = wrap_width([len(line.rstrip()) for block in blocks for line in block if line.strip()])
    if width == 0:
        return text
    breaks = [_overflows(line, following, width) for block in blocks for line, following in pairwise(block)]
    if sum(breaks) < 4 or sum(breaks) < 0.6 * len(breaks):
        return text
    words = _words(text)
    return "\n\n".join("\n".join(_joined(block, width, words)) for block in blocks)


def wrap_width(lengths: Sequence[int]) -> int:
    """The width at which lines of these lengths seem to be wrapped, or 0 where no such width shows."""
    narrow = sorted(length for length in lengths if length <= _WIDEST)
    if not narrow or len(narrow) < 0.95 * len(lengths):
        return 0
    width = narrow[min(len(narrow) - 1, int(0.98 * len(narrow)))]
    return width if width >= _NARROWEST else 0


def paragraphs(lines: Sequence[str]) -> str:
    """Paragraphs from the lines of a page that marks none, as PDF does not: divided by blank lines in the result."""
    width = wrap_width([len(line) for line in lines if line.strip()]) or max(map(len, lines), default=0)
    words = _words("\n".join(lines))
    parts: list[list[str]] = []
    previous = ""
    for line in lines:
        if parts and previous and _continues(previous, line, width):
            _append(parts[-1], line, words)
        elif line:
            parts.append([line])
        previous = line
    return "\n\n".join("".join(part) for part in parts)


def _overflows(line: str, following: str, width: int) -> bool:
    """Whether the first word of ``following`` would not have fitted on ``line``."""
    words = following.split(maxsplit=1)
    if not words or _LIST_ITEM.match(following.lstrip()):
        return False
    return len(line.rstrip()) + 1 + len(words[0]) > width


def _continues(line: str, following: str, width: int) -> bool:
    """Whether ``following`` goes on with the paragraph of ``line``. Proportional type makes the width a rough one."""
    if not following or _LIST_ITEM.match(following):
        return False
    first = following.split(maxsplit=1)[0]
    full = len(line) + 1 + len(first) > 0.85 * width
    if _SENTENCE_END.search(line):
        # A short line without a stop is neither inside a paragraph nor its end: it is a heading.
        heading = len(following) < 0.6 * width and not _SENTENCE_END.search(following)
        return full and not heading
    return full or first[0].islower()


def _joined(block: Sequence[str], width: int, words: frozenset[str]) -> Iterator[str]:
    pieces: list[str] = []
    previous = ""
    for line in block:
        if pieces and _overflows(previous, line, width):
            _append(pieces, line.strip(), words)
        else:
            if pieces:
                yield "".join(pieces)
            pieces = [line.rstrip()]
        previous = line
    yield "".join(pieces)


def _append(pieces: list[str], after: str, words: frozenset[str]) -> None:
    """Put the next line behind those of its paragraph. A word that is divided at the line's end is put together; a
    compound keeps its hyphen.
    """
    before = pieces[-1]
    if re.search(r"[^\W\d]-$", before[-2:]) and re.match(r"[^\W\d_]", after):
        head, tail = re.split(r"[^\w]", before[:-1])[-1], re.split(r"\W", after, maxsplit=1)[0]
        if is_divided(head, tail, words):
            pieces[-1] = before[:-1]
        pieces.append(after)
    elif before.endswith("\xad"):  # a hyphen that shows at a line's end alone
        pieces[-1] = before[:-1]
        pieces.append(after)
    else:
        pieces += (" ", after)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w[\w-]*", text))
